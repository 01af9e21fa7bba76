using System;
using System.Text.Json;

namespace Helios.Text;

/// <summary>
/// Extracts members from a DevTools message without creating objects. The browser defines the messages, so a member that is
/// absent or of another kind counts as missing.
/// </summary>
internal static class JsonFields
{
    /// <summary>The raw text of a member, strings with their quotes; empty when missing.</summary>
    internal static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        if (json.IsEmpty) return default;
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isWanted = reader.ValueTextEquals(name);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isWanted) return json[start..(int)reader.BytesConsumed];
        }

        return default;
    }

    internal static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> outer, ReadOnlySpan<byte> inner) =>
        Find(Find(json, outer), inner);

    /// <summary>Text of a string value; null for anything else.</summary>
    internal static string? ToText(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value[0] != '"') return null;
        var reader = new Utf8JsonReader(value);
        reader.Read();
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair: a page may log anything
        }
    }

    internal static string? GetText(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) => ToText(Find(json, name));

    internal static double? GetNumber(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> value = Find(json, name);
        if (value.IsEmpty) return null;
        var reader = new Utf8JsonReader(value);
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double number) ? number : null;
    }

    internal static bool IsTrue(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) => Find(json, name).SequenceEqual("true"u8);
}
