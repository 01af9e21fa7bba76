using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs.Document;
using Helios.Text;

namespace Helios.Plan.Rows;

/// <summary>
/// Rows as CSV (RFC 4180): a header, then records of as many fields, separated by commas; all values are strings. A field in quotes may
/// hold commas, line breaks, and quotes that are doubled. Empty lines are skipped.
/// </summary>
internal static class CsvRows
{
    internal static IEnumerable<Row> Read(RowLines lines)
    {
        if (!TryReadRecord(lines, out List<string> header, out _)) yield break;
        byte[][] names = CheckHeader(header, lines);
        for (int id = 0; TryReadRecord(lines, out List<string> values, out long line); id++)
        {
            if (values.Count != header.Count)
            {
                throw lines.Fail(line, string.Create(CultureInfo.InvariantCulture,
                    $"the row has {JobPlan.Count(values.Count, "field")}, and the header {header.Count}"),
                    values.Count < header.Count ? "give each row a field for every column" : "put fields that hold a comma in quotes");
            }

            yield return new Row(id, line, ToObject(names, values));
        }
    }

    private static byte[][] CheckHeader(List<string> header, RowLines lines)
    {
        var seen = new HashSet<string>();
        foreach (string name in header)
        {
            if (name.Length == 0) throw lines.Fail("a field of the header has no name", "name every column");
            if (seen.Add(name)) continue;
            throw lines.Fail($"the header has \"{ErrorText.OneLine(ErrorText.Shorten(name))}\" twice", "keep one of them");
        }

        if (header.Count > JsonTokens.MaxMembers)
        {
            throw lines.Fail(string.Create(CultureInfo.InvariantCulture, $"the header has more than {JsonTokens.MaxMembers} fields"),
                "keep large data in a file that the composition fetches");
        }

        if (header.Count == 1 && header[0].AsSpan().IndexOfAny(';', '\t') >= 0)
            throw lines.Fail("the fields are not separated by commas", "save the table with commas between fields");
        return [.. header.ConvertAll(Encoding.UTF8.GetBytes)];
    }

    private static ReadOnlyMemory<byte> ToObject(byte[][] names, List<string> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JobJson.Compact))
        {
            json.WriteStartObject();
            for (int i = 0; i < names.Length; i++) json.WriteString(names[i], values[i]);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <param name="lines">The lines.</param>
    /// <param name="fields">The fields of the record.</param>
    /// <param name="first">The line on which it begins.</param>
    private static bool TryReadRecord(RowLines lines, out List<string> fields, out long first)
    {
        fields = [];
        ReadOnlyMemory<byte> line;
        do
        {
            if (!lines.TryRead(out line))
            {
                first = lines.Line;
                return false;
            }
        }
        while (line.IsEmpty);

        first = lines.Line;
        while (true)
        {
            fields.Add(line.Span is [(byte)'"', ..] ? ReadQuoted(lines, ref line) : ReadPlain(lines, ref line));
            if (line.IsEmpty) return true;
            line = line[1..]; // the comma
            if (!line.IsEmpty) continue;
            fields.Add("");
            return true;
        }
    }

    private static string ReadPlain(RowLines lines, ref ReadOnlyMemory<byte> line)
    {
        int end = line.Span.IndexOf((byte)',');
        ReadOnlyMemory<byte> field = end < 0 ? line : line[..end];
        if (field.Span.Contains((byte)'"'))
            throw lines.Fail("a field has a quote but does not begin with one", "put the whole field in quotes, and double those in it");
        line = line[field.Length..];
        return Encoding.UTF8.GetString(field.Span);
    }

    private static string ReadQuoted(RowLines lines, ref ReadOnlyMemory<byte> line)
    {
        long first = lines.Line;
        var text = new StringBuilder();
        line = line[1..];
        while (true)
        {
            int end = line.Span.IndexOf((byte)'"');
            if (end < 0)
            {
                text.Append(Encoding.UTF8.GetString(line.Span)).Append('\n');
                if (text.Length > RowLines.LongestLine || !lines.TryRead(out line))
                    throw lines.Fail(first, "a quote is opened and not closed", "close it, and double the quotes in a field");
                continue;
            }

            text.Append(Encoding.UTF8.GetString(line.Span[..end]));
            line = line[(end + 1)..];
            if (line.IsEmpty || line.Span[0] == ',') return text.ToString();
            if (line.Span[0] != '"')
            {
                throw lines.Fail("something follows the closing quote of a field",
                    "double the quotes in a field, and put a comma behind it");
            }

            text.Append('"');
            line = line[1..];
        }
    }
}
