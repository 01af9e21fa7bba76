using System;
using System.Collections.Generic;
using ConsoleAppFramework;
using Helios.Errors;
using Helios.Os;
using Helios.Os.Processes;
using Helios.Text;

namespace Helios.Cli.Help;

/// <summary>
/// A whole process: help and version, mistakes in the command line, or one command. Wraps the framework, which prints errors on
/// stdout and exits with 0 or 1 where helios exits with 64.
/// </summary>
internal static class Shell
{
    private const int FrameworkFailure = 1; // no command of helios returns it

    private static Action<string[]>? s_framework;

    internal static int Run(string[] args, Action<string[]> framework) => ErrorBoundary.Run(() =>
    {
        args = ParentWatch.Take(args);
        StandardStreams.Prepare();
        s_framework = framework;
        string[]? words = Prepare(args, framework);
        if (words is null) return (int)ExitCode.Ok;

        ConsoleApp.Log = ConsoleApp.LogError = StandardStreams.WriteError;
        framework(words);
        return Environment.ExitCode == FrameworkFailure ? (int)ExitCode.Usage : Environment.ExitCode;
    });

    /// <summary>Every command with all its options.</summary>
    internal static List<CommandSchema> DescribeCommands()
    {
        Action<string[]> framework = s_framework!;
        Action<string> log = ConsoleApp.Log;
        List<CommandSchema> commands = CommandSchema.ParseCommands(Capture(framework, ["--help"]))
            .ConvertAll(summary => BorrowedOptions.Extend(FindCommand(framework, summary.Name), lender => FindCommand(framework, lender)));
        ConsoleApp.Log = log;
        return commands;
    }

    /// <summary>The command line for the framework, or null when help or the version was printed.</summary>
    private static string[]? Prepare(string[] args, Action<string[]> framework)
    {
        string first = args.Length == 0 ? "" : args[0];
        if (first is "--version") return Print(Versions.Line);
        if (FindSingle(framework, first) is { } single) return Prepare(args.AsSpan(1), single, framework);
        List<CommandSummary> commands = CommandSchema.ParseCommands(Capture(framework, ["--help"]));
        if (first is "-h" or "--help") return Print(HelpText.ForProgram(CommandGroup.Fold(commands)));
        if (CommandGroup.Find(first, commands) is { } group)
        {
            string member = args.Length == 1 ? "" : args[1];
            if (member is "-h" or "--help") return Print(HelpText.ForGroup(group));
            if (member is "--version") return Print(Versions.Line);
            string name = group.FullNameOf(member);
            return Prepare(args.AsSpan(2), FindCommand(framework, name), framework);
        }

        throw UnknownCommand(first, CommandGroup.Fold(commands));
    }

    private static string[]? Prepare(ReadOnlySpan<string> rest, CommandSchema own, Action<string[]> framework)
    {
        CommandSchema schema = BorrowedOptions.Extend(own, lender => FindCommand(framework, lender));
        return CommandLine.FindHelpOrVersion(rest, schema) switch
        {
            "--help" => Print(HelpText.ForCommand(schema)),
            "--version" => Print(Versions.Line),
            _ => BorrowedOptions.Take(CommandLine.Normalize(rest, schema), own, schema),
        };
    }

    /// <summary>A command of one word; null when the word is not one. The list of all commands is not needed for it.</summary>
    private static CommandSchema? FindSingle(Action<string[]> framework, string word)
    {
        if (word.Length == 0 || word[0] is '-' or '[' || word == CommandGroup.Adapt) return null; // its list begins "Usage: [command]"
        string help = Capture(framework, [word, "--help"]);
        return help.StartsWith($"Usage: {word} ", StringComparison.Ordinal) ? CommandSchema.Parse(word, help) : null;
    }

    private static CommandSchema FindCommand(Action<string[]> framework, string name) =>
        CommandSchema.Parse(name, Capture(framework, [.. name.Split(' '), "--help"]));

    private static HeliosException UnknownCommand(string word, List<CommandSummary> commands)
    {
        string[] names = [.. commands.ConvertAll(static command => command.Name)];
        if (word.Length == 0)
            return CommandLine.Wrong("no command is given", "use one of " + string.Join(", ", names) + "; helios --help explains them");
        string kind = word[0] == '-' ? "an option, and the command comes first" : "a command";
        string fix = NearestName.Find(word, names) is string nearest
            ? $"did you mean {nearest}?"
            : "use one of " + string.Join(", ", names);
        return CommandLine.Wrong(word[0] == '-' ? $"\"{word}\" is {kind}" : $"\"{word}\" is not {kind}", fix);
    }

    /// <summary>The framework's output for a command line.</summary>
    private static string Capture(Action<string[]> framework, string[] words)
    {
        string text = "";
        ConsoleApp.Log = line => text = text.Length == 0 ? line : $"{text}\n{line}"; // help is one constant string: it is not copied
        framework(words);
        return text;
    }

    private static string[]? Print(string text)
    {
        StandardStreams.WriteOutput(text);
        return null;
    }
}
