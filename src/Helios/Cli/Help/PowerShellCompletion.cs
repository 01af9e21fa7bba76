using System.Collections.Generic;
using System.Text;

namespace Helios.Cli.Help;

/// <summary>Completions for PowerShell 5.1 and later; the shell completes file names.</summary>
internal static class PowerShellCompletion
{
    internal static string Make(IReadOnlyList<CommandSchema> commands)
    {
        var text = new StringBuilder();
        text.Append("# helios in PowerShell: helios completions powershell | Out-String | Invoke-Expression\n");
        text.Append("Register-ArgumentCompleter -Native -CommandName helios -ScriptBlock {\n    param($word, $ast, $position)\n");
        text.Append("    $next = [ordered]@{\n        '' = [ordered]@{");
        foreach (string first in Completions.FirstWords(commands))
        {
            List<string> seconds = Completions.SecondWords(commands, first);
            AppendEntry(text, first, seconds.Count > 0 ? CommandGroup.Summary : SummaryOf(commands, first));
        }

        text.Append("\n        }");
        foreach (string first in Completions.FirstWords(commands))
        {
            List<string> seconds = Completions.SecondWords(commands, first);
            if (seconds.Count == 0) continue;
            text.Append("\n        ").Append(Quote(first)).Append(" = [ordered]@{");
            foreach (string second in seconds) AppendEntry(text, second, SummaryOf(commands, first + " " + second));
            text.Append("\n        }");
        }

        foreach (CommandSchema command in commands) AppendCommand(text, command);
        text.Append("\n    }\n");
        text.Append("    $words = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | "
            + "Select-Object -Skip 1 | ForEach-Object { $_.ToString() })\n");
        text.Append("    $command = ''\n");
        text.Append("    foreach ($part in $words) { $longer = \"$command $part\".Trim(); "
            + "if ($next.Contains($longer)) { $command = $longer } else { break } }\n");
        text.Append("    $next[$command].GetEnumerator() | Where-Object { $_.Key -like \"$word*\" } | ForEach-Object {\n");
        text.Append("        [System.Management.Automation.CompletionResult]::new($_.Key, $_.Key, 'ParameterName', $_.Value)\n    }\n}\n");
        return text.ToString();
    }

    private static void AppendCommand(StringBuilder text, CommandSchema command)
    {
        text.Append("\n        ").Append(Quote(command.Name)).Append(" = [ordered]@{");
        foreach (string argument in command.Arguments)
            foreach (string value in Completions.ValuesOf(argument) ?? []) AppendEntry(text, value, argument);
        foreach (CommandOption option in command.Options) AppendEntry(text, option.Name, option.Help);
        AppendEntry(text, "--help", "This help");
        AppendEntry(text, "--version", "Version and commit");
        text.Append("\n        }");
    }

    private static void AppendEntry(StringBuilder text, string name, string help) =>
        text.Append("\n            ").Append(Quote(name)).Append(" = ").Append(Quote(help.Length == 0 ? name : help.Replace('\n', ' ')));

    private static string SummaryOf(IReadOnlyList<CommandSchema> commands, string name)
    {
        foreach (CommandSchema command in commands)
            if (command.Name == name) return command.Summary;
        return "";
    }

    private static string Quote(string text) => Completions.Quote(text, "''");
}
