using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs.Document;
using Helios.Text;

namespace Helios.Plan.Rows;

/// <summary>The props of a row: its fields in place of, or after, those of <c>--props</c>.</summary>
internal static class RowProps
{
    /// <param name="props">A JSON object, compact.</param>
    /// <param name="fields">Another one; of two members with one name, its own counts. Nested objects are not merged.</param>
    internal static ReadOnlyMemory<byte> Merge(ReadOnlyMemory<byte> props, ReadOnlyMemory<byte> fields)
    {
        if (props.Span.SequenceEqual("{}"u8)) return fields;
        var places = new Dictionary<string, Range>();
        Visit(fields.Span, (name, value) => places[name] = value);
        var buffer = new ArrayBufferWriter<byte>(props.Length + fields.Length);
        using (var json = new Utf8JsonWriter(buffer, JobJson.Compact))
        {
            json.WriteStartObject();
            Visit(props.Span, (name, value) =>
            {
                json.WritePropertyName(name);
                json.WriteRawValue(places.Remove(name, out Range own) ? fields.Span[own] : props.Span[value], skipInputValidation: true);
            });
            Visit(fields.Span, (name, value) => Append(json, places, name, fields.Span[value]));
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>A member as the part of a name: text as it is, numbers as they are written.</summary>
    /// <returns>Null when there is no such member.</returns>
    /// <exception cref="HeliosException">65: it is null, an object or an array.</exception>
    internal static string? Find(ReadOnlyMemory<byte> props, string field, string where)
    {
        var reader = new Utf8JsonReader(props.Span);
        _ = reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isWanted = reader.ValueTextEquals(field);
            _ = reader.Read();
            if (isWanted) return ToName(ref reader, field, where);
            reader.Skip();
        }

        return null;
    }

    private static string ToName(ref Utf8JsonReader reader, string field, string where) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.ASCII.GetString(reader.ValueSpan),
        _ => throw new HeliosException(ExitCode.Invalid,
            $"\"{field}\" is {(reader.TokenType == JsonTokenType.Null ? "null" : "no single value")}, and names the video", where,
            "give it a text or a number"),
    };

    private static void Append(Utf8JsonWriter json, Dictionary<string, Range> left, string name, ReadOnlySpan<byte> value)
    {
        if (!left.ContainsKey(name)) return;
        json.WritePropertyName(name);
        json.WriteRawValue(value, skipInputValidation: true);
    }

    private static void Visit(ReadOnlySpan<byte> json, Action<string, Range> visit)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonTokens.MaxDepth });
        _ = reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            _ = reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            visit(name, start..(int)reader.BytesConsumed);
        }
    }
}
