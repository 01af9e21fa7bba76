using System;
using System.Globalization;
using Helios.Adapters.Document;
using Helios.Errors;

namespace Helios.Adapters;

/// <summary>The words of a task's command, protected from expansion by engines.</summary>
internal static class TaskCommand
{
    /// <summary>Kubernetes, Argo and AWS Batch replace <c>$(NAME)</c>; they read <c>$$</c> as <c>$</c>.</summary>
    internal static string EscapeReferences(string word) => word.Replace("$", "$$", StringComparison.Ordinal);

    internal const string Merge = "merge-chunks";

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

    /// <summary>The first line of a script that submits a batch.</summary>
    internal static string DescribeBatch(AdapterJob job, string engine, TaskPlan plan) =>
        $"Submits helios batch {job.Id} to {engine}: {Describe(plan, isBatch: true)}, a video for each row. Run it where tasks shall work.";

    /// <summary><c>4 chunks in 2 tasks</c>.</summary>
    internal static string Describe(TaskPlan plan, bool isBatch = false) =>
        $"{Number(plan.Chunks)} {(isBatch ? "row" : "chunk")}{(plan.Chunks == 1 ? "" : "s")} in "
            + $"{Number(plan.Count)} task{(plan.Count == 1 ? "" : "s")}";

    /// <summary>The same for an engine with one document for its tasks and one for the merge, which a batch has not.</summary>
    /// <exception cref="HeliosException">64: there is no document of that name.</exception>
    internal static string? FindDocument(AdapterJob job, AdapterOptions options) =>
        job.IsBatch ? FindDocument(options, job.Step) : FindDocument(options, job.Step, "merge");

    /// <summary>The requested document of an engine; null for the whole submission.</summary>
    /// <exception cref="HeliosException">64: there is no document of that name.</exception>
    internal static string? FindDocument(AdapterOptions options, params string[] names)
    {
        if (options.Document is not string name || name == "all" || Array.IndexOf(names, name) >= 0)
            return options.Document == "all" ? null : options.Document;
        throw new HeliosException(ExitCode.Usage, $"there is no document \"{name}\"{NearestName.Hint(name, names)}", "--document",
            "use all, " + string.Join(" or ", names));
    }
}
