using System;
using System.Collections.Generic;
using Helios.Errors;

namespace Helios.Cli.Help;

/// <summary>Commands of two words that share the first: <c>adapt slurm</c>, <c>adapt make</c> … There is one such word.</summary>
/// <param name="Name">The shared word.</param>
/// <param name="Commands">Second words and their summaries.</param>
internal sealed record CommandGroup(string Name, List<CommandSummary> Commands)
{
    internal const string Adapt = "adapt";

    /// <summary>Meaning of the second word.</summary>
    internal const string Member = "engine";

    internal const string Summary = "Write the submission document of a batch engine that exists: chunks as an array of tasks, then the "
        + "merge, with retries by exit code and the engine's limits checked.";

    /// <summary>The group of a word, or null when there is none.</summary>
    internal static CommandGroup? Find(string word, List<CommandSummary> commands)
    {
        List<CommandSummary> members = [];
        foreach (CommandSummary command in commands)
            if (IsMember(command, word)) members.Add(command with { Name = command.Name[(word.Length + 1)..] });
        return members.Count == 0 ? null : new CommandGroup(word, members);
    }

    /// <summary>Commands as the program's help lists them: the group once, in its place.</summary>
    internal static List<CommandSummary> Fold(List<CommandSummary> commands)
    {
        List<CommandSummary> folded = [];
        foreach (CommandSummary command in commands)
        {
            if (!IsMember(command, Adapt)) folded.Add(command);
            else if (!folded.Exists(other => other.Name == Adapt)) folded.Add(new CommandSummary(Adapt, Summary));
        }

        return folded;
    }

    /// <exception cref="HeliosException">64: no such member.</exception>
    internal string FullNameOf(string member)
    {
        string[] names = [.. Commands.ConvertAll(static command => command.Name)];
        string list = "use one of " + string.Join(", ", names);
        if (member.Length == 0) throw CommandLine.Wrong($"{Name} needs an {Member} and a job", list);
        if (Array.IndexOf(names, member) >= 0) return $"{Name} {member}";
        throw member[0] == '-'
            ? CommandLine.Wrong($"\"{ErrorText.OneLine(member)}\" is an option, and the {Member} comes first", list)
            : CommandLine.Wrong($"\"{ErrorText.OneLine(member)}\" is not an {Member} that helios knows{NearestName.Hint(member, names)}",
                list);
    }

    private static bool IsMember(CommandSummary command, string word) =>
        command.Name.StartsWith(word, StringComparison.Ordinal) && command.Name.Length > word.Length && command.Name[word.Length] == ' ';
}
