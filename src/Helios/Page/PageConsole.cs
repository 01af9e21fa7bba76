using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Helios.Browser;
using Helios.Errors;
using Helios.Text;

namespace Helios.Page;

/// <summary>
/// Passes on what a page reports as an error (console.error): it goes on, but whoever made it thought that worth a word.
/// A page may say it in every frame, so each text counts once.
/// </summary>
internal sealed class PageConsole(DevToolsSession session, Action<string> warn)
{
    private const int Most = 20;

    private readonly HashSet<string> _said = [];

    /// <summary>To be called for Runtime.consoleAPICalled.</summary>
    internal void OnCall(ReadOnlySpan<byte> parameters)
    {
        if (_said.Count >= Most || JsonFields.GetText(parameters, "type"u8) != "error") return;
        string text = ErrorText.Shorten(TextOf(JsonFields.Find(parameters, "args"u8)));
        if (_said.Add(text)) warn($"helios: the page logs an error: {text} ({session.Where})");
    }

    /// <summary>What was logged, as a console shows it without unfolding objects.</summary>
    internal static string TextOf(ReadOnlySpan<byte> arguments)
    {
        var text = new StringBuilder();
        if (arguments.IsEmpty) return "";
        var reader = new Utf8JsonReader(arguments);
        _ = reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (text.Length > 0) _ = text.Append(' ');
            _ = text.Append(Describe(arguments[start..(int)reader.BytesConsumed]));
        }

        return text.ToString();
    }

    private static string Describe(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> plain = JsonFields.Find(value, "value"u8);
        string text = JsonFields.ToText(plain) ?? JsonFields.GetText(value, "description"u8)
            ?? (plain.IsEmpty ? JsonFields.GetText(value, "type"u8) ?? "" : Encoding.UTF8.GetString(plain));
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? text : text[..end]; // the rest is where it was made
    }
}
