using System.Collections.Generic;
using System.Text;

namespace Helios.Cli.Help;

/// <summary>Completions for zsh, with the descriptions of the help.</summary>
internal static class ZshCompletion
{
    internal static string Make(IReadOnlyList<CommandSchema> commands)
    {
        var text = new StringBuilder();
        text.Append("#compdef helios\n"
            + "# helios in zsh: put this text into a file _helios on $fpath, or source <(helios completions zsh)\n_helios() {\n"
            + "  local -a names\n");
        text.Append("  if (( CURRENT == 2 )); then\n    names=(");
        foreach (string first in Completions.FirstWords(commands))
            text.Append("\n      ").Append(Quote(first + ":" + SummaryOf(commands, first)));
        text.Append("\n    )\n    _describe command names -- '(--help --version)'\n    return\n  fi\n  local command=$words[2]\n");
        foreach (string first in Completions.FirstWords(commands))
        {
            List<string> seconds = Completions.SecondWords(commands, first);
            if (seconds.Count == 0) continue;
            text.Append("  if [[ $command == ").Append(first).Append(" ]]; then\n");
            text.Append("    if (( CURRENT == 3 )); then names=(").AppendJoin(' ', seconds).Append("); _describe word names; return; fi\n");
            text.Append("    command=\"$command $words[3]\"\n    shift words; (( CURRENT-- ))\n  fi\n");
        }

        text.Append("  shift words; (( CURRENT-- ))\n  case $command in\n");
        foreach (CommandSchema command in commands) AppendCommand(text, command);
        text.Append("  esac\n}\nif [ \"$funcstack[1]\" = _helios ]; then _helios \"$@\"; else compdef _helios helios; fi\n");
        return text.ToString();
    }

    private static void AppendCommand(StringBuilder text, CommandSchema command)
    {
        text.Append("    '").Append(command.Name).Append("') _arguments -S");
        foreach (CommandOption option in command.Options)
        {
            string action = option.ValueName is null ? "" : $":{Escape(option.ValueName)}:{(Completions.IsFile(option) ? "_files" : "")}";
            string description = $"[{Escape(option.Help)}]{action}";
            string sign = option.ValueName is null ? "" : "=";
            text.Append(" \\\n      ");
            if (option.Short is null)
            {
                text.Append(Quote(option.Name + sign + description));
            }
            else
            {
                text.Append(Quote($"({option.Short} {option.Name})")).Append('{').Append(option.Short)
                    .Append(',').Append(option.Name).Append(sign).Append('}').Append(Quote(description));
            }
        }

        foreach (string argument in command.Arguments)
        {
            string action = Completions.ValuesOf(argument) is string[] values ? $"({string.Join(' ', values)})" : "_files";
            text.Append(" \\\n      ").Append(Quote($":{Escape(argument)}:{action}"));
        }

        text.Append(" \\\n      '(- *)'{-h,--help}'[This help]' '(- *)--version[Version and commit]' ;;\n");
    }

    private static string SummaryOf(IReadOnlyList<CommandSchema> commands, string first)
    {
        foreach (CommandSchema command in commands)
            if (command.Name == first) return Escape(command.Summary);
        return Escape(CommandGroup.Summary);
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in text.Replace('\n', ' '))
        {
            if (c is '[' or ']' or ':' or '\\') escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static string Quote(string text) => Completions.Quote(text, "'\\''");
}
