using System;
using System.Collections.Generic;

namespace Helios.Cli.Help;

/// <summary>One option of a command.</summary>
/// <param name="Name">Long name with its dashes, <c>--shards</c>.</param>
/// <param name="Short">Short name, <c>-o</c>, or null.</param>
/// <param name="ValueName">Placeholder of the value in help, <c>N</c>; null for a flag.</param>
/// <param name="Description">A part of the command's help: only few commands print it.</param>
internal sealed record CommandOption(string Name, string? Short, string? ValueName, ReadOnlyMemory<char> Description)
{
    internal string Help => Description.ToString();

    /// <summary>Whether it may be repeated: the name of its value ends in an ellipsis.</summary>
    internal bool IsRepeatable => ValueName?.EndsWith('…') == true;
}

/// <summary>A command and its summary, for the help of the program.</summary>
internal sealed record CommandSummary(string Name, string Summary);

/// <summary>A command's arguments and options.</summary>
/// <remarks>An argument that may be left out is the last, and its name ends in a question mark where it is declared.</remarks>
internal sealed record CommandSchema(string Name, string Summary, IReadOnlyList<string> Arguments, IReadOnlyList<CommandOption> Options)
{
    /// <summary>Arguments that must be given.</summary>
    internal int Required { get; init; } = Arguments.Count;

    /// <summary>
    /// Reads the help that ConsoleAppFramework generated from the command method and its comments: names and help exist in one
    /// place, and this is the only way to query them at run time. Tests pin the format (help goldens). An argument's or option's
    /// description begins with the name of its value in angle brackets; a flag has none.
    /// </summary>
    internal static CommandSchema Parse(string name, string help)
    {
        var arguments = new List<string>();
        int required = 0;
        var options = new List<CommandOption>();
        var summary = new List<string>();
        bool isList = false, isOfOptions = false;
        foreach (Range range in help.AsSpan().Split('\n')) // nothing is copied that no one may read: this is part of every start
        {
            ReadOnlyMemory<char> line = help.AsMemory(range);
            if (line.Span is "Arguments:" or "Options:" or "Commands:") (isList, isOfOptions) = (true, line.Span is not "Arguments:");
            else if (line.Length == 0 || line.Span.StartsWith("Usage:")) continue;
            else if (!isList) summary.Add(line.ToString());
            else if (!isOfOptions) AddArgument(ParseDescription(line).ValueName!);
            else options.Add(ParseOption(line));
        }

        return new CommandSchema(name, string.Join('\n', summary), arguments, options) { Required = required };

        void AddArgument(string argument)
        {
            if (!argument.EndsWith('?')) required++;
            arguments.Add(argument.TrimEnd('?'));
        }
    }

    /// <summary>Names and summaries from the help of the program.</summary>
    internal static List<CommandSummary> ParseCommands(string help)
    {
        var commands = new List<CommandSummary>();
        bool isList = false;
        foreach (string line in help.Split('\n'))
        {
            if (isList && line.Length > 2)
            {
                string[] parts = line.Trim().Split("  ", 2, StringSplitOptions.TrimEntries);
                commands.Add(new CommandSummary(parts[0], parts.Length > 1 ? parts[1] : ""));
            }

            if (line == "Commands:") isList = true;
        }

        return commands;
    }

    internal CommandOption? FindOption(string name)
    {
        foreach (CommandOption option in Options)
            if (option.Name == name || option.Short == name) return option;
        return null;
    }

    internal IEnumerable<string> OptionNames()
    {
        foreach (CommandOption option in Options) yield return option.Name;
        yield return "--help";
        yield return "--version";
    }

    /// <summary><c>  -o, --output &lt;string?&gt;    &lt;FILE&gt; text</c></summary>
    private static CommandOption ParseOption(ReadOnlyMemory<char> line)
    {
        var (valueName, description) = ParseDescription(line);
        string? shortName = null;
        string name = "";
        ReadOnlySpan<char> text = line.Span;
        foreach (Range range in text.SplitAny(' ', ','))
        {
            ReadOnlySpan<char> word = text[range];
            if (word.StartsWith("--")) name = word.ToString();
            else if (word.StartsWith('-')) shortName = word.ToString();
            if (name.Length > 0) break;
        }

        return new CommandOption(name, shortName, valueName, description);
    }

    private static (string? ValueName, ReadOnlyMemory<char> Description) ParseDescription(ReadOnlyMemory<char> line)
    {
        ReadOnlyMemory<char> body = line.TrimStart();
        int gap = body.Span.IndexOf("    ");
        ReadOnlyMemory<char> text = gap < 0 ? default : body[gap..].Trim();
        if (!text.Span.StartsWith('<')) return (null, text);
        int end = text.Span.IndexOf('>');
        return (text[1..end].ToString(), text[(end + 1)..].TrimStart());
    }
}
