using System.Globalization;
using System.Text;
using Helios.Jobs;
using Helios.Render;

namespace Helios.Adapters.Engines;

/// <summary>
/// Grid Engine (Sun, Son of, Open, Univa, Altair): a script for the array of chunks, one for the merge, and the script that submits
/// both. Source: submit(1), queue_conf(5), sge_conf(5); tried on 8.1.9. Left out: GPUs, calendars, reservations, per-user limits.
/// </summary>
internal static class GridEngine
{
    /// <summary>Default max_aj_tasks of Grid Engine.</summary>
    internal const int DefaultMaxTasks = 75_000;

    internal static string Write(AdapterJob job, AdapterOptions options)
    {
        int most = options.MaxArraySize > 0 ? options.MaxArraySize : DefaultMaxTasks;
        TaskPlan plan = TaskPlan.Make(job.ChunkCount, options, most, "tasks of a Grid Engine array here (max_aj_tasks)");
        return TaskCommand.FindDocument(job, options) is string step ? Write(job, options, plan, step) : Script(job, options, plan);
    }

    private static string Write(AdapterJob job, AdapterOptions options, TaskPlan plan, string step) =>
        step == AdapterJob.MergeStep ? Merge(job, options) : Chunks(job, options, plan);

    /// <summary>
    /// When a chunk fails permanently, the tasks that have not begun are useless. Those that run go on: what they complete is kept.
    /// Nodes that may not call qdel leave them to fail by themselves.
    /// </summary>
    private static string Chunks(AdapterJob job, AdapterOptions options, TaskPlan plan)
    {
        StringBuilder script = Begin(job, options, job.Step, "$JOB_ID.$TASK_ID");
        script.Append(CultureInfo.InvariantCulture, $"#$ -t 1-{plan.Count}\n");
        if (options.Concurrency > 0) script.Append(CultureInfo.InvariantCulture, $"#$ -tc {options.Concurrency}\n");
        script.Append(CultureInfo.InvariantCulture,
            $"\nexport {TaskIndex.Neutral}=\"$((SGE_TASK_ID - 1))\" {TaskIndex.ChunksPerTask}={plan.PerTask}\n");
        string task = ShellScript.Task(job, options, "render-chunk");
        if (job.IsBatch)
            return script.Append(ShellScript.Retry(task, options.RetriesOrDefault)).ToString();
        script.Append("""
            give_up() {
              pending=$(qstat -s p -u "$USER" | awk -v job="$JOB_ID" '$1 == job { print $NF }')
              [ -z "$pending" ] || qdel "$JOB_ID" -t "$pending" || :
            }

            """);
        return script.Append(ShellScript.Retry(task, options.RetriesOrDefault, "give_up")).ToString();
    }

    private static string Merge(AdapterJob job, AdapterOptions options) => Begin(job, options, "merge", "$JOB_ID").Append('\n')
        .Append(ShellScript.Retry(ShellScript.Task(job, options, TaskCommand.Merge), options.RetriesOrDefault)).ToString();

    /// <summary>
    /// Without -v, tasks get the PATH of their node's shell. Memory is what the host must have free: a limit such as h_vmem counts
    /// the address space that a browser reserves, and would end it.
    /// </summary>
    private static StringBuilder Begin(AdapterJob job, AdapterOptions options, string step, string logId)
    {
        string name = $"{job.NameOf(options)}-{step}";
        var script = new StringBuilder("#!/bin/sh\n");
        Directive("N", name);
        Directive("S", "/bin/sh");
        Directive("q", options.Place);
        Directive("P", options.Account);
        if (options.Cpus > 1) Directive("pe", $"{options.ParallelEnvironment ?? "smp"} {TaskCommand.Number(options.Cpus)}");
        Directive("l", $"mem_free={TaskCommand.Number(options.MemoryMiB)}M");
        Directive("l", $"h_rt={TaskCommand.Number(options.TimeLimit)}");
        if (options.Arch is not null) Directive("l", "arch=lx*-" + options.Arch);
        Directive("v", "PATH");
        script.Append("#$ -cwd\n#$ -j y\n");
        Directive("o", $"{name}.{logId}.log");
        Directive("r", "y"); // a task of a lost node runs again
        return script;

        void Directive(string option, string? value)
        {
            if (value is not null) script.Append(CultureInfo.InvariantCulture, $"#$ -{option} {value}\n");
        }
    }

    /// <summary>The dependency is the end of the array, not its success: the merge itself refuses when a chunk is missing.</summary>
    private static string Script(AdapterJob job, AdapterOptions options, TaskPlan plan)
    {
        StringBuilder script = ShellScript.BeginSubmission(TaskCommand.Submits(job, "Grid Engine", plan, TaskCommand.RunInPlace));
        foreach (string step in job.Steps) script.AppendFile(step + ".sh", Write(job, options, plan, step));
        script.Append(CultureInfo.InvariantCulture, $$"""

            {{job.Step}}=$(qsub -terse "$work/{{job.Step}}.sh")
            {{job.Step}}=${{{job.Step}}%%.*}

            """);
        if (!job.IsBatch) script.Append("merge=$(qsub -terse -hold_jid \"$chunks\" \"$work/merge.sh\")\n");
        string name = job.NameOf(options);
        return script.AppendIds(job).AppendNextSteps(
            $"qstat -g d | grep -w {job.ForSteps(" ", static step => "-e $" + step)}",
            $"qdel {job.ForSteps(" ", static step => "$" + step)}",
            $"rm -f {job.ForSteps(" ", step => $"{name}-{step}.${step}{(step == job.Step ? ".*" : "")}.log")}").ToString();
    }
}
