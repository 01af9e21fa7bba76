using System.Globalization;
using System.Text;
using Helios.Jobs;
using Helios.Render;

namespace Helios.Adapters.Engines;

/// <summary>
/// PBS Professional and OpenPBS: a script for the array of chunks, one for the merge, and the script that submits both. Source:
/// PBS Professional user's guide, chapters 2, 5 and 8, and openpbs/openpbs doc/man1/qsub.1B (2020 and later for the cap of an array). Left
/// out: TORQUE, whose arrays and dependencies differ; GPUs, reservations, placement sets.
/// </summary>
internal static class Pbs
{
    /// <summary>Default max_array_size of a PBS server.</summary>
    internal const int DefaultMaxArraySize = 10_000;

    private const int MaxName = 230;

    internal static string Write(AdapterJob job, AdapterOptions options)
    {
        int most = options.MaxArraySize > 0 ? options.MaxArraySize : DefaultMaxArraySize;
        TaskPlan plan = TaskPlan.Make(job.ChunkCount, options, most, "subjobs of a PBS array here (max_array_size)");
        string longest = $"{job.NameOf(options)}-{job.Step}";
        EngineLimits.ThrowIfAbove(MaxName, longest.Length, $"characters of a PBS job's name such as {longest}", "--name",
            "give a shorter one");
        return TaskCommand.FindDocument(job, options) is string step ? Write(job, options, plan, step) : Script(job, options, plan);
    }

    private static string Write(AdapterJob job, AdapterOptions options, TaskPlan plan, string step) =>
        step == AdapterJob.MergeStep ? Merge(job, options) : Chunks(job, options, plan);

    /// <summary>PBS has no array of one: a single task is a plain job, and gets its index here.</summary>
    private static string Chunks(AdapterJob job, AdapterOptions options, TaskPlan plan)
    {
        StringBuilder script = Begin(job, options, job.Step);
        string cap = options.Concurrency > 0 ? "%" + TaskCommand.Number(options.Concurrency) : "";
        if (plan.Count > 1) script.Append(CultureInfo.InvariantCulture, $"#PBS -J 0-{plan.Count - 1}{cap}\n");
        script.Append("\ncd \"$PBS_O_WORKDIR\"\n");
        string index = plan.Count > 1 ? "\"$PBS_ARRAY_INDEX\"" : "0";
        script.Append(CultureInfo.InvariantCulture, $"export {TaskIndex.Neutral}={index} {TaskIndex.ChunksPerTask}={plan.PerTask}\n");

        // one subjob that fails permanently makes the others useless; PBS ends those that run, too
        string giveUp = plan.Count > 1 && !job.IsBatch ? "qdel \"$PBS_ARRAY_ID\"" : "";
        string task = ShellScript.Task(job, options, "render-chunk");
        return script.Append(ShellScript.Retry(task, options.RetriesOrDefault, giveUp)).ToString();
    }

    private static string Merge(AdapterJob job, AdapterOptions options) => Begin(job, options, "merge")
        .Append("\ncd \"$PBS_O_WORKDIR\"\n")
        .Append(ShellScript.Retry(ShellScript.Task(job, options, TaskCommand.Merge), options.RetriesOrDefault)).ToString();

    /// <summary>Logs keep the names that PBS gives: a path of ours would need the placeholder of each version for the index.</summary>
    private static StringBuilder Begin(AdapterJob job, AdapterOptions options, string step)
    {
        var script = new StringBuilder("#!/bin/sh\n");
        Directive("N", $"{job.NameOf(options)}-{step}");
        Directive("S", "/bin/sh");
        Directive("q", options.Place);
        Directive("A", options.Account);
        Directive("l", $"select=1:ncpus={TaskCommand.Number(options.Cpus)}:mem={TaskCommand.Number(options.MemoryMiB)}mb");
        Directive("l", "walltime=" + TaskCommand.Number(options.TimeLimit));
        Directive("v", "PATH"); // else that of the node's shell
        Directive("j", "oe");
        Directive("r", "y"); // a task of a lost node runs again; arrays require it
        return script;

        void Directive(string option, string? value)
        {
            if (value is not null) script.Append(CultureInfo.InvariantCulture, $"#PBS -{option} {value}\n");
        }
    }

    private static string Script(AdapterJob job, AdapterOptions options, TaskPlan plan)
    {
        StringBuilder script = ShellScript.BeginSubmission(TaskCommand.Submits(job, "PBS", plan, TaskCommand.RunInPlace));
        foreach (string step in job.Steps) script.AppendFile(step + ".pbs", Write(job, options, plan, step));
        script.Append(CultureInfo.InvariantCulture, $"\n{job.Step}=$(qsub \"$work/{job.Step}.pbs\")\n");
        if (!job.IsBatch) script.Append("merge=$(qsub -W depend=afterok:\"$chunks\" \"$work/merge.pbs\")\n");
        return script.AppendIds(job).AppendNextSteps(
            $"qstat -t {job.ForSteps(" ", static step => $"'${step}'")}",
            $"qdel {job.ForSteps(" ", static step => $"'${step}'", isBackwards: true)}",
            $"rm -f {job.ForSteps(" ", step => $"{job.NameOf(options)}-{step}.o*")}").ToString();
    }
}
