using System;
using System.Collections.Generic;
using Helios.Errors;

namespace Helios.Cli.Help;

/// <summary>
/// Completion scripts, made from the help of the commands, so that the two cannot differ. A command's name may have two words
/// (<c>adapt slurm</c>).
/// </summary>
internal static class Completions
{
    private static readonly string[] s_shells = ["bash", "zsh", "fish", "powershell"];

    /// <exception cref="HeliosException">64: no such shell.</exception>
    internal static string Make(string shell, IReadOnlyList<CommandSchema> commands) => shell switch
    {
        "bash" => BashCompletion.Make(commands),
        "zsh" => ZshCompletion.Make(commands),
        "fish" => FishCompletion.Make(commands),
        "powershell" or "pwsh" => PowerShellCompletion.Make(commands),
        _ => throw CommandLine.Wrong($"there are no completions for \"{ErrorText.OneLine(shell)}\"{NearestName.Hint(shell, s_shells)}",
            "use one of " + string.Join(", ", s_shells), "<shell>"),
    };

    /// <summary>First words of the commands, each once.</summary>
    internal static List<string> FirstWords(IReadOnlyList<CommandSchema> commands)
    {
        var words = new List<string>();
        foreach (CommandSchema command in commands)
            if (!words.Contains(FirstWordOf(command))) words.Add(FirstWordOf(command));
        return words;
    }

    /// <summary>Second words of the commands that begin with a word; empty for a command of one word.</summary>
    internal static List<string> SecondWords(IReadOnlyList<CommandSchema> commands, string first)
    {
        var words = new List<string>();
        foreach (CommandSchema command in commands)
            if (command.Name.StartsWith(first + " ", StringComparison.Ordinal)) words.Add(command.Name[(first.Length + 1)..]);
        return words;
    }

    /// <summary>Possible values of a command's argument: words, or null for a file.</summary>
    internal static string[]? ValuesOf(string argument) => argument == "shell" ? s_shells : null;

    internal static bool IsFile(CommandOption option) => option.ValueName is "FILE" or "DIR" or "PATH";

    internal static string FirstWordOf(CommandSchema command) => command.Name.Split(' ')[0];

    /// <summary>In single quotes, as sh, zsh and fish read it; PowerShell and fish double or escape the quote itself.</summary>
    internal static string Quote(string text, string quoteInside) => "'" + text.Replace("'", quoteInside, StringComparison.Ordinal) + "'";
}
