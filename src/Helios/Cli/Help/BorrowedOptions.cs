using System;
using System.Collections.Generic;

namespace Helios.Cli.Help;

/// <summary>
/// Options that a command has from others: run-job passes options to its workers, and render does all of the work. The framework
/// wants every option as a parameter with its description, so each would be declared up to three times, those of adapters once for each
/// engine; instead a command declares its own, and the rest comes from the help of the lenders.
/// </summary>
internal static class BorrowedOptions
{
    private static readonly Loan[] s_loans =
    [
        new("run-job", "render-chunk", "--index", "--force", "--frames-to"),
        new("run-job", "merge-chunks", "--delete-chunks"),
        // those of render-chunk have uses besides --probe
        new("render", "export-job", "--browser", "--root", "--offline", "--ready-timeout", "--rows"),
        new("render", "run-job", "--fail-fast"),
        new("render", "render-chunk", "--index", "--force", "--frames-to", "--workdir", "--transfer"),
        new("render", "merge-chunks", "--delete-chunks", "--workdir", "--transfer"),
        new("verify", "render-chunk", "--index", "--ffmpeg", "--force", "--allow-changed", "--preroll", "--frames-to", "--threads",
            "--progress", "--quiet"),
        new("adapt aws-batch", "adapt common", "--concurrency"),
        new("adapt step-functions", "adapt common", "--image", "--cpus", "--memory", "--concurrency", "--arch"),
        new("adapt gcp-batch", "adapt common"),
        new("adapt cloud-run", "adapt common", "--arch"),
        new("adapt azure-batch", "adapt common", "--cpus", "--memory", "--arch"),
        new("adapt github-actions", "adapt common", "--cpus", "--memory", "--arch"),
        new("adapt kubernetes", "adapt common"),
        new("adapt argo", "adapt common"),
        new("adapt nomad", "adapt common", "--concurrency"),
        new("adapt slurm", "adapt common", "--image"),
        new("adapt grid-engine", "adapt common", "--image"),
        new("adapt pbs", "adapt common", "--image", "--arch"),
        new("adapt lsf", "adapt common", "--image"),
        new("adapt htcondor", "adapt common", "--image"),
        new("adapt openjd", "adapt common", "--image", "--retries", "--concurrency"),
        new("adapt make", "adapt common", "--name", "--image", "--cpus", "--memory", "--time-limit", "--concurrency", "--arch"),
        new("adapt helios-node", "adapt common", "--name", "--image", "--cpus", "--memory", "--time-limit", "--retries", "--concurrency",
            "--tasks", "--chunks-per-task", "--arch"),
    ];

    /// <param name="Borrower">The command that takes the options.</param>
    /// <param name="Lender">The command that declares them.</param>
    /// <param name="Except">Those that the borrower cannot use.</param>
    private sealed record Loan(string Borrower, string Lender, params string[] Except);

    /// <summary>The given options that the running command has from others.</summary>
    internal static OptionValues Given { get; private set; } = new();

    /// <summary>The command with all its options, its own first; of two with the same name, the first counts.</summary>
    /// <param name="own">As the framework defines it.</param>
    /// <param name="find">Another command, as the framework defines it.</param>
    internal static CommandSchema Extend(CommandSchema own, Func<string, CommandSchema> find)
    {
        var options = new List<CommandOption>(own.Options);
        foreach (Loan loan in s_loans)
        {
            if (loan.Borrower != own.Name) continue;
            foreach (CommandOption option in find(loan.Lender).Options)
                if (Array.IndexOf(loan.Except, option.Name) < 0 && !options.Exists(other => other.Name == option.Name)) options.Add(option);
        }

        if (own.Name.StartsWith(CommandGroup.Adapt + " ", StringComparison.Ordinal)) // every engine has a merge
        {
            foreach (CommandOption option in find("merge-chunks").Options)
                if (option.Name.StartsWith("--then", StringComparison.Ordinal)) options.Add(option);
        }

        return own with { Options = options };
    }

    /// <summary>Removes the borrowed options from a checked command line; the rest is for the framework.</summary>
    /// <param name="words">The command, its arguments, its options.</param>
    /// <param name="own">As the framework defines it.</param>
    /// <param name="all">With its borrowed options.</param>
    internal static string[] Take(string[] words, CommandSchema own, CommandSchema all)
    {
        var left = new List<string>();
        var given = new OptionValues();
        int firstOption = own.Name.Split(' ').Length + own.Arguments.Count;
        for (int i = 0; i < words.Length; i++)
        {
            CommandOption? option = i < firstOption ? null : all.FindOption(words[i]);
            bool isBorrowed = option is not null && own.FindOption(words[i]) is null;
            bool hasValue = option?.ValueName is not null;
            if (isBorrowed) given.Add(option!.Name, hasValue ? words[i + 1] : "");
            else left.Add(words[i]);
            if (!hasValue) continue;
            if (!isBorrowed) left.Add(words[i + 1]);
            i++;
        }

        Given = given;
        return [.. left];
    }
}
