using System;
using System.Collections.Generic;
using System.Text;
using Helios.Errors;

namespace Helios.Cli.Help;

/// <summary>Formats help for 80 columns, from the framework's definitions of the commands.</summary>
internal static class HelpText
{
    private const int Columns = 80;
    private const int Indent = 26;

    internal static string ForProgram(IEnumerable<CommandSummary> commands)
    {
        var text = new StringBuilder();
        text.Append("""
            helios: plan, render and merge distributed video from HTML

            Usage: helios <command> [arguments] [options]

            Commands:

            """);
        foreach (CommandSummary command in commands) AppendEntry(text, "  " + command.Name, command.Summary);
        text.Append("\nOptions:\n");
        AppendEntry(text, "  -h, --help", "Help for helios, or for a command: helios <command> --help");
        AppendEntry(text, "  --version", "Version and commit");
        text.Append("\nExit codes:\n");
        foreach (ExitCodeInfo row in ExitCodes.All)
        {
            AppendEntry(text, "  " + (int)row.Code,
                row.IsRetryable ? $"{row.Name}: {row.When}; a retry can help" : $"{row.Name}: {row.When}");
        }

        return text.ToString();
    }

    internal static string ForCommand(CommandSchema command)
    {
        var text = new StringBuilder("Usage: helios ").Append(command.Name);
        for (int i = 0; i < command.Arguments.Count; i++)
            text.Append(i < command.Required ? $" <{command.Arguments[i]}>" : $" [{command.Arguments[i]}]");
        text.Append(" [options]\n\n");
        AppendWrapped(text, command.Summary, 0);
        text.Append("\nOptions:\n");
        foreach (CommandOption option in command.Options)
        {
            string names = option.Short is null ? "  " + option.Name : $"  {option.Short}, {option.Name}";
            AppendEntry(text, option.ValueName is null ? names : $"{names} <{option.ValueName}>", option.Help);
        }

        AppendEntry(text, "  -h, --help", "This help");
        AppendEntry(text, "  --version", "Version and commit");
        return text.ToString();
    }

    internal static string ForGroup(CommandGroup group)
    {
        var text = new StringBuilder($"Usage: helios {group.Name} <{CommandGroup.Member}> <job> [options]\n\n");
        AppendWrapped(text, CommandGroup.Summary, 0);
        text.Append("\nEngines:\n");
        foreach (CommandSummary command in group.Commands) AppendEntry(text, "  " + command.Name, command.Summary);
        text.Append("\nOptions:\n");
        AppendEntry(text, "  -h, --help", $"This help, or that of an engine: helios {group.Name} <{CommandGroup.Member}> --help");
        AppendEntry(text, "  --version", "Version and commit");
        return text.ToString();
    }

    private static void AppendEntry(StringBuilder text, string left, string right)
    {
        text.Append(left);
        if (left.Length > Indent - 2) text.Append('\n').Append(' ', Indent);
        else text.Append(' ', Indent - left.Length);
        AppendWrapped(text, right, Indent);
    }

    /// <summary>Appends words; the first line begins at the current column, others at <paramref name="indent"/>.</summary>
    private static void AppendWrapped(StringBuilder text, string words, int indent)
    {
        int column = indent;
        foreach (string word in words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > indent && column + 1 + word.Length > Columns)
            {
                text.Append('\n').Append(' ', indent);
                column = indent;
            }
            else if (column > indent)
            {
                text.Append(' ');
                column++;
            }

            text.Append(word);
            column += word.Length;
        }

        text.Append('\n');
    }
}
