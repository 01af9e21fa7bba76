using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Helios.Browser;
using Helios.Errors;
using Helios.Text;

namespace Helios.Page;

/// <summary>
/// Reports errors that the page logs (console.error): the render continues, but the author considered them worth a message. A page
/// may log one in every frame, so each text is reported once.
/// </summary>
internal sealed class PageConsole
{
    private const int Most = 20;

    private readonly DevToolsSession _page;
    private readonly Action<string> _warn;
    private readonly HashSet<string> _said = [];

    /// <param name="page">The page.</param>
    /// <param name="warn">Receives one line of text.</param>
    internal PageConsole(DevToolsSession page, Action<string> warn)
    {
        (_page, _warn) = (page, warn);
        page.Connection.Subscribe("Runtime.consoleAPICalled"u8, message => OnCall(message.Body));
    }

    private void OnCall(ReadOnlySpan<byte> parameters)
    {
        if (_said.Count >= Most || JsonFields.GetText(parameters, "type"u8) != "error") return;
        string text = ErrorText.Shorten(TextOf(JsonFields.Find(parameters, "args"u8)));
        if (_said.Add(text)) _warn($"helios: the page logs an error: {text} ({_page.Where})");
    }

    /// <summary>A log entry as a console shows it without unfolding objects.</summary>
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
        return end < 0 ? text : text[..end]; // the rest is the stack trace
    }
}
