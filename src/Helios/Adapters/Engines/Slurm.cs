using System.Globalization;
using System.Text;
using Helios.Jobs;
using Helios.Render;

namespace Helios.Adapters.Engines;

/// <summary>
/// Slurm: a batch script for the array of chunks, one for the merge, and the script that submits both. Source:
/// SchedMD/slurm doc/man/man1/sbatch.1, doc/html/job_array.shtml; tried on 22.05. Left out: licences, reservations, nodes
/// by name, and the site option RequeueExit, which makes afterok fail at the first exit.
/// </summary>
internal static class Slurm
{
    /// <summary>Default MaxArraySize of Slurm: indices end at 1000.</summary>
    internal const int DefaultMaxArraySize = 1001;

    private const int MaxScript = 4 * 1024 * 1024;

    internal static string Write(AdapterJob job, AdapterOptions options)
    {
        int most = options.MaxArraySize > 0 ? options.MaxArraySize : DefaultMaxArraySize;
        TaskPlan plan = TaskPlan.Make(job.ChunkCount, options, most, "tasks of a Slurm array here (MaxArraySize)");
        return TaskCommand.FindDocument(job, options) is string step ? Write(job, options, plan, step) : Script(job, options, plan);
    }

    private static string Write(AdapterJob job, AdapterOptions options, TaskPlan plan, string step) =>
        step == AdapterJob.MergeStep ? Merge(job, options) : Chunks(job, options, plan);

    private static string Chunks(AdapterJob job, AdapterOptions options, TaskPlan plan)
    {
        string cap = options.Concurrency > 0 ? "%" + TaskCommand.Number(options.Concurrency) : "";
        StringBuilder script = Begin(job, options, job.Step, "%A_%a");
        script.Append(CultureInfo.InvariantCulture, $"#SBATCH --array=0-{plan.Count - 1}{cap}\n");
        script.Append(CultureInfo.InvariantCulture,
            $"\nexport {TaskIndex.Neutral}=\"$SLURM_ARRAY_TASK_ID\" {TaskIndex.ChunksPerTask}={plan.PerTask}\n");

        // when a chunk fails permanently, the tasks that have not begun are useless
        script.Append(ShellScript.Retry(ShellScript.Task(job, options, "render-chunk"), options.RetriesOrDefault,
            job.IsBatch ? "" : "scancel --state=PENDING \"$SLURM_ARRAY_JOB_ID\""));
        return Checked(script);
    }

    private static string Merge(AdapterJob job, AdapterOptions options) =>
        Checked(Begin(job, options, "merge", "%j").Append('\n')
            .Append(ShellScript.Retry(ShellScript.Task(job, options, TaskCommand.Merge), options.RetriesOrDefault)));

    /// <summary>The directives. A requeued task keeps its log (open-mode).</summary>
    private static StringBuilder Begin(AdapterJob job, AdapterOptions options, string step, string logId)
    {
        string name = NameOf(job, options, step);
        var script = new StringBuilder("#!/bin/sh\n");
        Directive("job-name", name);
        Directive("partition", options.Place);
        Directive("account", options.Account);
        Directive("qos", options.QualityOfService);
        Directive("constraint", Constraint(options));
        Directive("nodes", "1");
        Directive("ntasks", "1");
        Directive("cpus-per-task", TaskCommand.Number(options.Cpus));
        Directive("mem", TaskCommand.Number(options.MemoryMiB) + "M");
        Directive("time", TaskCommand.Number(TaskCommand.ToMinutes(options.TimeLimit)));
        Directive("output", $"{name}-{logId}.log");
        Directive("open-mode", "append");
        script.Append("#SBATCH --requeue\n");
        return script;

        void Directive(string option, string? value)
        {
            if (value is not null) script.Append(CultureInfo.InvariantCulture, $"#SBATCH --{option}={value}\n");
        }
    }

    /// <summary>Slurm knows architectures only as features that a site gives its nodes; sbatch refuses one that no node has.</summary>
    private static string? Constraint(AdapterOptions options) => options.Arch is null ? options.NodeSelector
        : options.NodeSelector is string others ? $"{options.Arch}&({others})" : options.Arch;

    private static string Script(AdapterJob job, AdapterOptions options, TaskPlan plan)
    {
        StringBuilder script = ShellScript.BeginSubmission(TaskCommand.Submits(job, "Slurm", plan, TaskCommand.RunInPlace));
        foreach (string step in job.Steps) script.AppendFile(step + ".sbatch", Write(job, options, plan, step));
        script.Append(CultureInfo.InvariantCulture, $$"""

            {{job.Step}}=$(sbatch --parsable "$work/{{job.Step}}.sbatch")
            {{job.Step}}=${{{job.Step}}%%;*}

            """);
        if (!job.IsBatch) // without kill-on-invalid-dep a merge whose chunks have failed stays pending for ever
        {
            script.Append("""
                merge=$(sbatch --parsable --dependency="afterok:$chunks" --kill-on-invalid-dep=yes "$work/merge.sbatch")
                merge=${merge%%;*}

                """);
        }

        string LogsOf(string step) => $"{NameOf(job, options, step)}-${{{step}}}{(step == job.Step ? "_*" : "")}.log";
        return script.AppendIds(job).AppendNextSteps(
            $"squeue -r -j {job.ForSteps(",", static step => "$" + step)}",
            $"scancel {job.ForSteps(" ", static step => "$" + step)}",
            $"rm -f {job.ForSteps(" ", LogsOf)}").ToString();
    }

    private static string NameOf(AdapterJob job, AdapterOptions options, string step) => $"{job.NameOf(options)}-{step}";

    private static string Checked(StringBuilder script)
    {
        string text = script.ToString();
        EngineLimits.ThrowIfTooLong(text, MaxScript, "Slurm");
        return text;
    }
}
