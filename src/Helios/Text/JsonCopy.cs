using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Helios.Text;

/// <summary>
/// Copies one JSON value from tokens to a writer, or only skips it, and rejects repeated member
/// names and text that is not Unicode. Used for props, for members of the user (<c>x-…</c>) and for
/// layout: compact output is copied to an indenting writer.
/// </summary>
internal static class JsonCopy
{
    /// <summary>Copies the current value; afterwards the last token of the value is current.</summary>
    /// <param name="tokens">The source.</param>
    /// <param name="writer">The destination; null to skip the value.</param>
    /// <param name="maxBytes">Limit on the total number of bytes written.</param>
    /// <exception cref="Errors.HeliosException">65: the value is too long, or <see cref="JsonTokens"/> rejects it.</exception>
    internal static void CopyValue(ref JsonTokens tokens, Utf8JsonWriter? writer, long maxBytes = JsonTokens.MaxTokenBytes)
    {
        int depth = tokens.Depth;
        var names = new Stack<HashSet<string>?>(); // null for an array
        while (true)
        {
            CopyToken(ref tokens, writer, names);
            if (writer is not null && writer.BytesCommitted + writer.BytesPending > maxBytes)
                throw tokens.Fail("props are longer than 1 MiB", "keep large data in a file that the composition fetches");
            if (tokens.Depth == depth && tokens.Type is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return;
            tokens.Read();
        }
    }

    private static void CopyToken(ref JsonTokens tokens, Utf8JsonWriter? writer, Stack<HashSet<string>?> names)
    {
        switch (tokens.Type)
        {
            case JsonTokenType.StartObject:
                names.Push([]);
                writer?.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                names.Pop();
                writer?.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                names.Push(null);
                writer?.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                names.Pop();
                writer?.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                string name = tokens.GetText();
                tokens.CheckMember(names.Peek()!.Add(name), names.Peek()!.Count, name);
                writer?.WritePropertyName(name);
                break;
            case JsonTokenType.String:
                string text = tokens.GetText();
                writer?.WriteStringValue(text);
                break;
            default: // number, true, false, null
                if (writer is not null) CopyRaw(tokens.Raw, writer, isItem: names.TryPeek(out HashSet<string>? members) && members is null);
                break;
        }
    }

    /// <summary>Copies the bytes of a value unchanged: 1.50e3 stays 1.50e3.</summary>
    private static void CopyRaw(ReadOnlySpan<byte> value, Utf8JsonWriter writer, bool isItem)
    {
        if (!isItem || !writer.Options.Indented)
        {
            writer.WriteRawValue(value, skipInputValidation: true);
            return;
        }

        // a writer leaves raw items on the line of the previous one
        int indent = writer.CurrentDepth * writer.Options.IndentSize;
        Span<byte> line = new byte[1 + indent + value.Length];
        line[0] = (byte)'\n';
        line.Slice(1, indent).Fill((byte)writer.Options.IndentCharacter);
        value.CopyTo(line[(1 + indent)..]);
        writer.WriteRawValue(line, skipInputValidation: true);
    }
}
