using System.Collections.Generic;
using System.Text;

namespace Helios.Cli.Help;

/// <summary>Completions for fish 3 and later, with the descriptions of the help.</summary>
internal static class FishCompletion
{
    internal static string Make(IReadOnlyList<CommandSchema> commands)
    {
        var text = new StringBuilder();
        text.Append("# helios in fish: helios completions fish | source, or put this text into ~/.config/fish/completions/helios.fish\n");
        text.Append("function __helios_is\n    set -l words (commandline -opc)\n    set -l last (math 1 + (count $argv))\n"
            + "    test (count $words) -ge $last; and test \"$words[2..$last]\" = \"$argv\"\nend\n");
        text.Append("function __helios_at\n    set -l words (commandline -opc)\n"
            + "    test (count $words) -eq (math 1 + (count $argv)); or return 1\n    test (count $argv) -eq 0; or __helios_is $argv\n"
            + "end\n");
        text.Append("complete -c helios -f\n");
        text.Append("complete -c helios -s h -l help -d 'Help'\n");
        text.Append("complete -c helios -l version -d 'Version and commit'\n");
        foreach (string first in Completions.FirstWords(commands))
        {
            List<string> seconds = Completions.SecondWords(commands, first);
            string summary = seconds.Count > 0 ? CommandGroup.Summary : Find(commands, first).Summary;
            text.Append("complete -c helios -n __helios_at -a ").Append(first).Append(" -d ").Append(Quote(summary)).Append('\n');
            foreach (string second in seconds)
            {
                text.Append("complete -c helios -n '__helios_at ").Append(first).Append("' -a ").Append(second).Append(" -d ")
                    .Append(Quote(Find(commands, first + " " + second).Summary)).Append('\n');
            }
        }

        foreach (CommandSchema command in commands) AppendCommand(text, command);
        return text.ToString();
    }

    private static void AppendCommand(StringBuilder text, CommandSchema command)
    {
        string start = $"complete -c helios -n '__helios_is {command.Name}' ";
        foreach (CommandOption option in command.Options)
        {
            text.Append(start).Append("-l ").Append(option.Name[2..]);
            if (option.Short is not null) text.Append(" -s ").Append(option.Short[1..]);
            if (option.ValueName is not null) text.Append(Completions.IsFile(option) ? " -r -F" : " -x");
            text.Append(" -d ").Append(Quote(option.Help)).Append('\n');
        }

        foreach (string argument in command.Arguments)
        {
            text.Append(start);
            if (Completions.ValuesOf(argument) is string[] values) text.Append("-a ").Append(Quote(string.Join(' ', values)));
            else text.Append("-F");
            text.Append('\n');
        }
    }

    private static CommandSchema Find(IReadOnlyList<CommandSchema> commands, string name)
    {
        foreach (CommandSchema command in commands)
            if (command.Name == name) return command;
        throw new KeyNotFoundException(name);
    }

    private static string Quote(string text) =>
        Completions.Quote(text.Replace("\\", "\\\\", System.StringComparison.Ordinal).Replace('\n', ' '), "\\'");
}
