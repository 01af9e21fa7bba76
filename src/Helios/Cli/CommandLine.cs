using System;
using System.Collections.Generic;
using Helios.Cli.Help;
using Helios.Errors;

namespace Helios.Cli;

/// <summary>
/// Checks a command line before the framework binds it, and rewrites syntax that the framework does not support
/// (<c>--name=value</c>, <c>--</c>). The framework never sees an invalid one: it would exit with 0 for an unknown command or a
/// missing argument.
/// </summary>
internal static class CommandLine
{
    /// <summary>Separates the values of a repeated option: the one character that no word can contain.</summary>
    internal const char Separator = '\0';

    /// <summary>The same command line in the framework's form: the command, its arguments, <c>--name value</c> pairs, flags.</summary>
    /// <exception cref="HeliosException">64: the mistake, the value, the allowed values.</exception>
    internal static string[] Normalize(ReadOnlySpan<string> words, CommandSchema command)
    {
        var arguments = new List<string>();
        var options = new List<string>();
        var seen = new HashSet<string>();
        bool hasEnded = false;
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            if (hasEnded || word.Length < 2 || word[0] != '-') AddArgument(arguments, word, command);
            else if (word == "--") hasEnded = true;
            else AddOption(options, words, ref i, command, seen);
        }

        if (arguments.Count < command.Required)
        {
            throw Wrong($"{command.Name} needs <{command.Arguments[arguments.Count]}>",
                $"write helios {command.Name} <{string.Join("> <", command.Arguments)}> [options]; "
                + $"helios {command.Name} --help lists the options");
        }

        return [.. command.Name.Split(' '), .. arguments, .. options];
    }

    /// <summary>Whether help or the version is requested, anywhere before <c>--</c> and not as an option's value.</summary>
    internal static string? FindHelpOrVersion(ReadOnlySpan<string> words, CommandSchema? command)
    {
        for (int i = 0; i < words.Length && words[i] != "--"; i++)
        {
            if (words[i] is "-h" or "--help" or "--version") return words[i] == "-h" ? "--help" : words[i];
            if (command?.FindOption(words[i])?.ValueName is not null && i + 1 < words.Length && !IsOptionName(words[i + 1], command)) i++;
        }

        return null;
    }

    internal static HeliosException Wrong(string what, string fix, string where = "command line") => new(ExitCode.Usage, what, where, fix);

    private static void AddArgument(List<string> arguments, string word, CommandSchema command)
    {
        if (arguments.Count == command.Arguments.Count)
        {
            throw Wrong($"\"{ErrorText.OneLine(word)}\" is one argument too many", command.Arguments.Count == 0
                ? $"{command.Name} takes none"
                : $"{command.Name} takes <{string.Join("> <", command.Arguments)}>; quote a path that has blanks");
        }

        if (word.Length == 0) throw Wrong($"<{command.Arguments[arguments.Count]}> is empty", "give a file name");

        // the framework reads a word that begins with a dash as an option; every argument of helios that may do so is a path
        arguments.Add(word.Length > 1 && word[0] == '-' ? "./" + word : word);
    }

    private static void AddOption(List<string> options, ReadOnlySpan<string> words, ref int i, CommandSchema command, HashSet<string> seen)
    {
        string word = words[i];
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        if (name is "--help" or "--version" or "-h") throw Wrong($"{name} takes no value", $"write {name} alone");
        CommandOption option = command.FindOption(name) ?? throw Wrong(
            $"{command.Name} has no option \"{ErrorText.OneLine(name)}\"",
            NearestName.Find(name, command.OptionNames()) is string nearest
                ? $"did you mean {nearest}?"
                : $"helios {command.Name} --help lists them");
        if (!seen.Add(option.Name) && !option.IsRepeatable) throw Wrong($"{option.Name} is given twice", "keep one of them");

        if (option.ValueName is null)
        {
            if (equals >= 0) throw Wrong($"{option.Name} takes no value", $"write {option.Name} alone");
            options.Add(option.Name);
            return;
        }

        string? value = equals >= 0 ? word[(equals + 1)..] : i + 1 < words.Length ? words[++i] : null;
        if (string.IsNullOrEmpty(value)) throw Wrong($"{option.Name} needs a value", $"write {option.Name} <{option.ValueName}>");
        if (value is "--" or "-h" or "--help" or "--version") // the framework recognizes these everywhere
            throw Wrong($"{option.Name} cannot have the value \"{value}\"", $"write {option.Name} <{option.ValueName}>");
        if (equals < 0 && IsOptionName(value, command))
        {
            throw Wrong($"{option.Name} needs a value, but \"{value}\" is an option",
                $"write {option.Name} <{option.ValueName}>, or {option.Name}={value} if that is the value");
        }

        int given = options.IndexOf(option.Name);
        if (option.IsRepeatable && given >= 0)
        {
            options[given + 1] += Separator + value;
            return;
        }

        options.Add(option.Name);
        options.Add(value);
    }

    private static bool IsOptionName(string word, CommandSchema command) =>
        word is "-h" or "--help" or "--version" || (word.Length > 1 && word[0] == '-' && command.FindOption(word) is not null);
}
