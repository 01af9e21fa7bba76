using System;
using System.Globalization;
using Helios.Adapters.Document;
using Helios.Errors;
using Helios.Plan;

namespace Helios.Adapters;

/// <summary>The words of a task's command, protected from expansion by engines.</summary>
internal static class TaskCommand
{
    /// <summary>Kubernetes, Argo and AWS Batch replace <c>$(NAME)</c>; they read <c>$$</c> as <c>$</c>.</summary>
    internal static string EscapeReferences(string word) => word.Replace("$", "$$", StringComparison.Ordinal);

    internal const string Merge = "merge-chunks";

    /// <summary>What scripts for engines need whose tasks share the directory of the submission.</summary>
    internal const string RunInPlace = "Run it where tasks shall work.";

    private const string Render = "render-chunk";

    /// <summary>The words after the program: <c>render-chunk /data/job.json</c>, or those of the merge with its options.</summary>
    internal static string[] Words(AdapterOptions options, string command, string jobPath) =>
        [command, jobPath, .. OptionsOf(options, command)];

    /// <summary>What follows the job.</summary>
    internal static string[] OptionsOf(AdapterOptions options, string command) => command == Merge ? options.MergeOptions : [];

    /// <summary><c>helios render-chunk /data/job.json</c> for an engine that starts programs without a shell.</summary>
    internal static ListNode Command(AdapterOptions options, string command, string jobPath)
    {
        ListNode list = ListNode.Of(EscapeReferences(options.Program));
        foreach (string word in Words(options, command, jobPath)) list.Add(EscapeReferences(word));
        return list;
    }

    internal static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    internal static string Seconds(int seconds) => Number(seconds) + "s";

    internal static int ToMinutes(int seconds) => (seconds + 59) / 60;

    /// <summary>The command that tasks of a step run.</summary>
    internal static string Of(string step) => step == AdapterJob.MergeStep ? Merge : Render;

    /// <summary><c>4 chunks in 2 tasks, then the merge</c>, or <c>4 rows in 2 tasks, a video for each row</c>.</summary>
    /// <param name="job">The job.</param>
    /// <param name="plan">Its tasks.</param>
    /// <param name="then">What comes between, of an engine that knows no dependencies.</param>
    internal static string Describe(AdapterJob job, TaskPlan plan, string then = "") =>
        $"{JobPlan.Count(plan.Chunks, job.Item)} in {JobPlan.Count(plan.Count, "task")}, "
            + (job.IsBatch ? "a video for each row" : then + "then the merge");

    /// <summary>The first line of a script that submits it.</summary>
    internal static string Submits(AdapterJob job, string engine, TaskPlan plan, string need, string then = "") =>
        $"Submits {job.Title} to {engine}: {Describe(job, plan, then)}. {need}";

    /// <summary>The requested document of an engine with one for each step; null for the whole submission.</summary>
    /// <param name="job">The job.</param>
    /// <param name="options">The name.</param>
    /// <param name="others">Names of documents besides those of the steps.</param>
    /// <exception cref="HeliosException">64: there is no document of that name.</exception>
    internal static string? FindDocument(AdapterJob job, AdapterOptions options, params string[] others) =>
        FindDocument(options, [.. others, .. job.Steps]);

    /// <exception cref="HeliosException">64: there is no document of that name.</exception>
    internal static string? FindDocument(AdapterOptions options, params string[] names)
    {
        if (options.Document is not string name || name == "all" || Array.IndexOf(names, name) >= 0)
            return options.Document == "all" ? null : options.Document;
        throw new HeliosException(ExitCode.Usage, $"there is no document \"{name}\"{NearestName.Hint(name, names)}", "--document",
            "use all, " + string.Join(" or ", names));
    }
}
