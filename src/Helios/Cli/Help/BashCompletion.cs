using System.Collections.Generic;
using System.Text;

namespace Helios.Cli.Help;

/// <summary>Completions for bash 4 and later.</summary>
internal static class BashCompletion
{
    internal static string Make(IReadOnlyList<CommandSchema> commands)
    {
        var text = new StringBuilder();
        text.Append("# helios in bash: eval \"$(helios completions bash)\", or put this text into /etc/bash_completion.d/helios\n");
        text.Append("_helios() {\n");
        text.Append("  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} words= "
            + "options= files= values=\n");
        text.Append("  COMPREPLY=()\n");
        text.Append("  if [ \"$previous\" = = ]; then previous=${COMP_WORDS[COMP_CWORD-2]}; "
            + "elif [ \"$word\" = = ]; then previous=${COMP_WORDS[COMP_CWORD-1]} word=; fi\n");
        text.Append("  if [ \"$COMP_CWORD\" = 1 ]; then\n");
        text.Append("    COMPREPLY=($(compgen -W '").AppendJoin(' ', Completions.FirstWords(commands))
            .Append(" --help --version' -- \"$word\"))\n    return\n  fi\n");
        foreach (string first in Completions.FirstWords(commands))
        {
            List<string> seconds = Completions.SecondWords(commands, first);
            if (seconds.Count == 0) continue;
            text.Append("  if [ \"$command\" = ").Append(first).Append(" ]; then\n");
            text.Append("    if [ \"$COMP_CWORD\" = 2 ]; then COMPREPLY=($(compgen -W '").AppendJoin(' ', seconds)
                .Append(" --help' -- \"$word\")); return; fi\n");
            text.Append("    command=\"$command ${COMP_WORDS[2]}\"\n  fi\n");
        }

        text.Append("  case $command in\n");
        foreach (CommandSchema command in commands) AppendCommand(text, command);
        text.Append("  esac\n");
        text.Append("  case \" $files \" in *\" $previous \"*) compopt -o filenames 2>/dev/null; "
            + "mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); return ;; esac\n");
        text.Append("  case \" $values \" in *\" $previous \"*) return ;; esac\n");
        text.Append("  case $word in\n");
        text.Append("    -*) COMPREPLY=($(compgen -W \"$options --help --version\" -- \"$word\")) ;;\n");
        text.Append("    *) if [ -n \"$words\" ]; then COMPREPLY=($(compgen -W \"$words\" -- \"$word\")); "
            + "else compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); fi ;;\n");
        text.Append("  esac\n}\ncomplete -F _helios helios\n");
        return text.ToString();
    }

    private static void AppendCommand(StringBuilder text, CommandSchema command)
    {
        var (all, files, values) = (new List<string>(), new List<string>(), new List<string>());
        foreach (CommandOption option in command.Options)
        {
            List<string>? kind = option.ValueName is null ? null : Completions.IsFile(option) ? files : values;
            all.Add(option.Name);
            kind?.Add(option.Name);
            if (option.Short is null) continue;
            all.Add(option.Short);
            kind?.Add(option.Short);
        }

        string[]? words = command.Arguments.Count == 0 ? null : Completions.ValuesOf(command.Arguments[0]);
        text.Append("    '").Append(command.Name).Append("') options='").AppendJoin(' ', all).Append("' files='").AppendJoin(' ', files);
        text.Append("' values='").AppendJoin(' ', values).Append("' words='").AppendJoin(' ', words ?? []).Append("' ;;\n");
    }
}
