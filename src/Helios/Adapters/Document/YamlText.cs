using System;
using System.Buffers;
using System.Globalization;
using System.Text;

namespace Helios.Adapters.Document;

/// <summary>
/// Writes a document as block YAML that versions 1.1 and 1.2 read alike: text is plain only where no reader can misread it, and
/// double-quoted otherwise (yaml.org/spec/1.2.2, sections 5.7 and 7.3.1).
/// </summary>
internal static class YamlText
{
    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./@-");

    /// <summary>Words that version 1.1 reads as null or a boolean.</summary>
    private static readonly string[] s_words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

    internal static string Write(MapNode document)
    {
        var text = new StringBuilder();
        WriteMap(text, document, 0, isInList: false);
        return text.ToString();
    }

    /// <param name="text">Receives the lines.</param>
    /// <param name="map">Not empty.</param>
    /// <param name="indent">Column of its names.</param>
    /// <param name="isInList">The first name follows <c>- </c> on an existing line.</param>
    private static void WriteMap(StringBuilder text, MapNode map, int indent, bool isInList)
    {
        foreach (MapNode.Member member in map.Members)
        {
            if (!isInList) text.Append(' ', indent);
            isInList = false;
            AppendText(text, member.Name);
            text.Append(':');
            WriteValue(text, member.Value, indent);
        }
    }

    private static void WriteValue(StringBuilder text, Node value, int indent)
    {
        if (value is MapNode { Members.Count: > 0 } map)
        {
            text.Append('\n');
            WriteMap(text, map, indent + 2, isInList: false);
        }
        else if (value is ListNode list && !IsFlat(list))
        {
            text.Append('\n');
            WriteList(text, list, indent + 2);
        }
        else if (value is StringNode scalar && IsBlock(scalar.Text))
        {
            WriteBlock(text, scalar.Text, indent + 2);
        }
        else
        {
            text.Append(' ');
            AppendFlat(text, value);
            text.Append('\n');
        }
    }

    private static void WriteList(StringBuilder text, ListNode list, int indent)
    {
        foreach (Node item in list.Items)
        {
            text.Append(' ', indent).Append("- ");
            if (item is MapNode { Members.Count: > 0 } map)
            {
                WriteMap(text, map, indent + 2, isInList: true);
            }
            else
            {
                AppendFlat(text, item);
                text.Append('\n');
            }
        }
    }

    /// <summary>A list without maps and lists fits on one line.</summary>
    private static bool IsFlat(ListNode list)
    {
        foreach (Node item in list.Items)
            if (item is MapNode { Members.Count: > 0 } or ListNode) return false;
        return true;
    }

    private static void AppendFlat(StringBuilder text, Node node)
    {
        if (node is ListNode list)
        {
            for (int i = 0; i < list.Items.Count; i++)
            {
                text.Append(i == 0 ? "[" : ", ");
                AppendFlat(text, list.Items[i]);
            }

            text.Append(list.Items.Count == 0 ? "[]" : "]");
        }
        else if (node is StringNode scalar)
        {
            AppendText(text, scalar.Text);
        }
        else
        {
            text.Append(node switch
            {
                NumberNode number => number.Number.ToString(CultureInfo.InvariantCulture),
                BooleanNode truth => truth.IsTrue ? "true" : "false",
                NullNode => "null",
                _ => "{}",
            });
        }
    }

    /// <summary>Scripts: several lines that a literal block preserves exactly.</summary>
    private static bool IsBlock(string text) =>
        text.Length > 1 && text[^1] == '\n' && text[^2] != '\n' && text[0] is not (' ' or '\n') && !text.AsSpan().ContainsAny('\t', '\r')
            && !NeedsEscape(text, except: '\n');

    private static void WriteBlock(StringBuilder text, string block, int indent)
    {
        text.Append(" |\n");
        foreach (Range line in block.AsSpan(0, block.Length - 1).Split('\n'))
        {
            ReadOnlySpan<char> words = block.AsSpan(0, block.Length - 1)[line];
            if (words.Length > 0) text.Append(' ', indent).Append(words);
            text.Append('\n');
        }
    }

    private static void AppendText(StringBuilder text, string value)
    {
        if (IsPlain(value)) text.Append(value);
        else AppendQuoted(text, value);
    }

    private static bool IsPlain(string value) =>
        value.Length > 0 && (char.IsAsciiLetter(value[0]) || value[0] is '/' or '_')
        && !value.AsSpan().ContainsAnyExcept(s_plain)
        && Array.FindIndex(s_words, word => word.Equals(value, StringComparison.OrdinalIgnoreCase)) < 0;

    private static bool NeedsEscape(string value, char except)
    {
        foreach (char c in value)
            if (c != except && IsEscaped(c)) return true;
        return false;
    }

    /// <summary>Control characters, line breaks of YAML 1.1, the byte order mark.</summary>
    private static bool IsEscaped(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufeff';

    private static void AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            if (c is '"' or '\\') text.Append('\\').Append(c);
            else if (c == '\n') text.Append("\\n");
            else if (IsEscaped(c)) text.Append("\\u").Append(Convert.ToHexString([(byte)(c >> 8), (byte)c]));
            else text.Append(c);
        }

        text.Append('"');
    }
}
