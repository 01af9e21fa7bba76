using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Helios.EndToEnd.Harness.Documents;

/// <summary>A document of docs/ as the tests read it: sections by their headings, tables, words that are set as code.</summary>
internal static partial class Markdown
{
    /// <summary>Lines below a heading, up to the next one of any level.</summary>
    internal static IReadOnlyList<string> Section(string file, string heading)
    {
        string[] lines = File.ReadAllLines(file);
        int start = Array.FindIndex(lines, line => line.TrimStart('#').Trim() == heading && line.StartsWith('#'));
        if (start < 0) throw new InvalidOperationException($"{file} has no heading \"{heading}\"");
        return [.. lines.Skip(start + 1).TakeWhile(line => !line.StartsWith('#'))];
    }

    /// <summary>Cells of the only table of a section whose head begins so, a row each, without the head.</summary>
    internal static IReadOnlyList<string[]> Table(string file, string heading, string head)
    {
        IEnumerable<string> lines = Section(file, heading).SkipWhile(line => !line.StartsWith("| " + head, StringComparison.Ordinal));
        IEnumerable<string> body = lines.TakeWhile(line => line.StartsWith('|')).Skip(2);
        string[][] rows = [.. body.Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))];
        return rows.Length > 0 ? rows : throw new InvalidOperationException($"\"{heading}\" of {file} has no table of \"{head}\"");
    }

    /// <summary>Words between backticks.</summary>
    internal static IReadOnlyList<string> Code(string text) => [.. CodePattern().Matches(text).Select(match => match.Groups[1].Value)];

    /// <summary>The first block fenced as a language.</summary>
    internal static string Block(string file, string language)
    {
        string text = File.ReadAllText(file);
        string fence = $"```{language}\n";
        int start = text.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        if (start < fence.Length) throw new InvalidOperationException($"{file} has no block fenced as {language}");
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodePattern();
}
