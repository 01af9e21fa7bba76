using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Helios.Text;

/// <summary>
/// Copies one JSON value from tokens to a writer, or only walks over it, and refuses repeated member names and text
/// that is not Unicode on the way. Used for props, for members that belong to the user (<c>x-…</c>) and for layout.
/// </summary>
internal static class JsonCopy
{
    /// <summary>Copies the current value; afterwards the last token of the value is current.</summary>
    internal static void CopyValue(ref JsonTokens tokens, Utf8JsonWriter? writer)
    {
        int depth = tokens.Depth;
        var names = new Stack<HashSet<string>>();
        while (true)
        {
            CopyToken(ref tokens, writer, names);
            if (writer is not null && writer.BytesCommitted + writer.BytesPending > JsonTokens.MaxTokenBytes)
                throw tokens.Fail("props are longer than 1 MiB", "keep large data in a file that the composition fetches");
            if (tokens.Depth == depth && tokens.Type is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return;
            tokens.Read();
        }
    }

    private static void CopyToken(ref JsonTokens tokens, Utf8JsonWriter? writer, Stack<HashSet<string>> names)
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
                writer?.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer?.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                string name = tokens.GetText();
                tokens.CheckMember(names.Peek().Add(name), names.Peek().Count, name);
                writer?.WritePropertyName(name);
                break;
            case JsonTokenType.String:
                string text = tokens.GetText();
                writer?.WriteStringValue(text);
                break;
            default: // number, true, false, null: their own bytes
                writer?.WriteRawValue(tokens.Raw, skipInputValidation: true);
                break;
        }
    }
}
