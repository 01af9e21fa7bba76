using System;
using System.Text;
using System.Text.Json;

namespace Helios.Browser;

/// <summary>The envelope of one message: an answer (<see cref="Id"/> &gt; 0) or an event.</summary>
internal readonly ref struct DevToolsMessage
{
    private DevToolsMessage(
        int id, ReadOnlySpan<byte> method, ReadOnlySpan<byte> session, ReadOnlySpan<byte> body, ReadOnlySpan<byte> error)
    {
        Id = id;
        Method = method;
        Session = session;
        Body = body;
        Error = error;
    }

    /// <summary>Number of the call that this answers; 0 for an event.</summary>
    internal int Id { get; }

    internal ReadOnlySpan<byte> Method { get; }

    internal ReadOnlySpan<byte> Session { get; }

    /// <summary>Result of a call or parameters of an event.</summary>
    internal ReadOnlySpan<byte> Body { get; }

    /// <summary>The error object of a refused call; otherwise empty.</summary>
    internal ReadOnlySpan<byte> Error { get; }

    /// <summary>The method of a truncated message; empty when its beginning does not name one.</summary>
    internal static string NameOf(ReadOnlySpan<byte> beginning)
    {
        ReadOnlySpan<byte> name = "{\"method\":\""u8;
        if (!beginning.StartsWith(name)) return "";
        ReadOnlySpan<byte> rest = beginning[name.Length..];
        int end = rest.IndexOf((byte)'"');
        return end < 0 ? "" : Encoding.UTF8.GetString(rest[..end]);
    }

    internal static DevToolsMessage Parse(ReadOnlySpan<byte> json)
    {
        int id = 0;
        ReadOnlySpan<byte> method = default, session = default, body = default, error = default;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            if (name.SequenceEqual("id"u8)) id = reader.GetInt32();
            else if (name.SequenceEqual("method"u8)) method = reader.ValueSpan;
            else if (name.SequenceEqual("sessionId"u8)) session = reader.ValueSpan;
            reader.Skip();
            ReadOnlySpan<byte> value = json[start..(int)reader.BytesConsumed];
            if (name.SequenceEqual("result"u8) || name.SequenceEqual("params"u8)) body = value;
            else if (name.SequenceEqual("error"u8)) error = value;
        }

        return new DevToolsMessage(id, method, session, body, error);
    }
}
