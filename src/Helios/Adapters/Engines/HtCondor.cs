using System;
using System.Globalization;
using System.Text;
using Helios.Jobs;
using Helios.Render;

namespace Helios.Adapters.Engines;

/// <summary>
/// HTCondor 10 and later: submit descriptions for chunks and merge, the DAG that orders them, and the script that submits it. Source:
/// HTCondor manual, "condor_submit" and "DAGMan". Each task is a node, since DAGMan caps nodes (MAXJOBS) and by direct submission
/// ignores max_materialize. Left out: file transfer (tasks share a file system), container universes, grids.
/// </summary>
internal static class HtCondor
{
    /// <summary>Nodes of a DAG whose manager needs about 1 GB.</summary>
    internal const int MaxTasks = 100_000;

    internal static string Write(AdapterJob job, AdapterOptions options)
    {
        TaskPlan plan = TaskPlan.Make(job.ChunkCount, options, MaxTasks, "nodes of one DAG");
        return TaskCommand.FindDocument(job, options, "dag") switch
        {
            null => Script(job, options, plan),
            "dag" => Graph(job, options, plan, ""),
            string step => Write(job, options, plan, step, ""),
        };
    }

    private static string Write(AdapterJob job, AdapterOptions options, TaskPlan plan, string step, string prefix) =>
        step == AdapterJob.MergeStep
            ? Submit(job, options, step, prefix + step, null)
            : Submit(job, options, step, $"{prefix}{job.Item}-$(index)",
                $"{TaskIndex.Neutral}=$(index) {TaskIndex.ChunksPerTask}={TaskCommand.Number(plan.PerTask)}");

    /// <summary>
    /// An exit that no retry helps ends the retries; a signal, which has no exit code, does not. Eviction costs none of them. A task
    /// over its time is removed instead of held, because a held node would keep the DAG waiting for ever.
    /// </summary>
    private static string Submit(AdapterJob job, AdapterOptions options, string step, string log, string? environment)
    {
        string until = string.Join(" || ", Array.ConvertAll(RetryRules.Never, static code => $"(ExitCode =?= {TaskCommand.Number(code)})"));
        var text = new StringBuilder();
        Line("universe", "vanilla");
        Line("executable", "/usr/bin/env"); // finds the program on PATH
        Line("transfer_executable", "false");
        Line("arguments", Quote([options.Program, .. TaskCommand.Words(options, TaskCommand.Of(step), job.LocalPath(options))]));
        Line("getenv", "PATH, HELIOS_BROWSER, HELIOS_FFMPEG");
        Line("environment", environment is null ? null : $"\"{environment}\"");
        Line("should_transfer_files", "NO");
        Line("request_cpus", TaskCommand.Number(options.Cpus));
        Line("request_memory", TaskCommand.Number(options.MemoryMiB) + "MB");
        Line("requirements", Requirements(options));
        Line("accounting_group", options.Account);
        Line("max_retries", TaskCommand.Number(options.RetriesOrDefault));
        Line("retry_until", until);
        Line("periodic_remove", $"(JobStatus == 2) && (time() - EnteredCurrentStatus > {TaskCommand.Number(options.TimeLimit)})");
        Line("output", log + ".out");
        Line("error", log + ".err");
        Line("batch_name", job.NameOf(options));
        return text.Append("queue\n").ToString();

        void Line(string name, string? value)
        {
            if (value is not null) text.Append(CultureInfo.InvariantCulture, $"{name} = {value}\n");
        }
    }

    /// <summary>HTCondor itself requires the architecture of the machine that submits, unless the expression names one.</summary>
    private static string? Requirements(AdapterOptions options)
    {
        string? arch = options.Arch is null ? null : $"(TARGET.Arch == \"{(options.IsArm ? "aarch64" : "X86_64")}\")";
        string? given = options.NodeSelector is string text ? $"({text})" : null;
        return arch is null ? given : given is null ? arch : $"{arch} && {given}";
    }

    /// <summary>
    /// The newer syntax: the whole in double quotes, a word with blanks in single ones, either quote doubled. $(…) would be a macro.
    /// </summary>
    private static string Quote(params string[] words)
    {
        var text = new StringBuilder("\"");
        foreach (string word in words)
        {
            if (text.Length > 1) text.Append(' ');
            string escaped = word.Replace("'", "''", StringComparison.Ordinal).Replace("\"", "\"\"", StringComparison.Ordinal)
                .Replace("$", "$(DOLLAR)", StringComparison.Ordinal);
            bool isPlain = word.Length > 0 && word.AsSpan().IndexOfAny(" \t'") < 0;
            text.Append(isPlain ? escaped : $"'{escaped}'");
        }

        return text.Append('"').ToString();
    }

    /// <summary>A node that fails does not end the others: of a batch, none depends on another.</summary>
    private static string Graph(AdapterJob job, AdapterOptions options, TaskPlan plan, string prefix)
    {
        var graph = new StringBuilder();
        for (int i = 0; i < plan.Count; i++)
        {
            graph.Append(CultureInfo.InvariantCulture, $"JOB {job.Item}{i} {prefix}{job.Step}.sub\nVARS {job.Item}{i} index=\"{i}\"\n");
            if (options.Concurrency > 0) graph.Append(CultureInfo.InvariantCulture, $"CATEGORY {job.Item}{i} {job.Step}\n");
        }

        if (options.Concurrency > 0) graph.Append(CultureInfo.InvariantCulture, $"MAXJOBS {job.Step} {options.Concurrency}\n");
        if (job.IsBatch) return graph.ToString();
        graph.Append(CultureInfo.InvariantCulture, $"JOB merge {prefix}merge.sub\n");
        for (int i = 0; i < plan.Count; i++) graph.Append(CultureInfo.InvariantCulture, $"PARENT chunk{i} CHILD merge\n");
        return graph.ToString();
    }

    /// <summary>DAGMan reads the descriptions when it submits a node, so they stay in a directory that the script makes.</summary>
    private static string Script(AdapterJob job, AdapterOptions options, TaskPlan plan)
    {
        string directory = job.NameOf(options) + ".condor";
        var script = new StringBuilder($$"""
            #!/bin/sh
            # {{TaskCommand.Submits(job, "HTCondor", plan, TaskCommand.RunInPlace)}}
            # Its submit descriptions, logs and rescue files are in {{directory}}, which must not exist yet.
            set -eu
            mkdir {{directory}}
            work={{directory}}

            """);
        foreach (string step in job.Steps) script.AppendFile(step + ".sub", Write(job, options, plan, step, directory + "/"));
        script.AppendFile("job.dag", Graph(job, options, plan, directory + "/")).Append("""

            said=$(condor_submit_dag "$work/job.dag")
            id=${said##*submitted to cluster }
            id=${id%%.*}
            case $id in '' | *[!0-9]*) echo "condor_submit_dag said: $said" >&2; exit 1 ;; esac
            echo "dag $id"

            """);
        return script.AppendNextSteps("condor_q -dag -nobatch $id", "condor_rm $id", $"rm -r {directory}").ToString();
    }
}
