using System.Globalization;
using System.Text;
using Helios.Jobs;
using Helios.Render;

namespace Helios.Adapters.Engines;

/// <summary>
/// IBM Spectrum LSF 10.1: a script for the array of chunks, one for the merge, and the script that submits both. Source: IBM's pages
/// "bsub", "Job arrays", "bkill" and "lsb.params". Left out: GPUs, service classes, licence scheduling, LSF_UNIT_FOR_LIMITS: sizes
/// carry their unit.
/// </summary>
internal static class Lsf
{
    /// <summary>Default MAX_JOB_ARRAY_SIZE of LSF, the largest index.</summary>
    internal const int DefaultMaxArraySize = 1000;

    private const int MaxName = 255;

    private const string IdOf = """

        id_of() { # what bsub said: Job <123> is submitted to …
          id=${1#*<}
          id=${id%%>*}
          case $id in '' | *[!0-9]*) echo "bsub said: $1" >&2; exit 1 ;; esac
          echo "$id"
        }

        """;

    internal static string Write(AdapterJob job, AdapterOptions options)
    {
        int most = options.MaxArraySize > 0 ? options.MaxArraySize : DefaultMaxArraySize;
        TaskPlan plan = TaskPlan.Make(job.ChunkCount, options, most, "elements of an LSF array here (MAX_JOB_ARRAY_SIZE)");
        string longest = ArrayName(job, options, plan);
        EngineLimits.ThrowIfAbove(MaxName, longest.Length, $"characters of an LSF array such as {longest}", "--name", "give a shorter one");
        return TaskCommand.FindDocument(job, options) is string step ? Write(job, options, plan, step) : Script(job, options, plan);
    }

    private static string Write(AdapterJob job, AdapterOptions options, TaskPlan plan, string step) =>
        step == AdapterJob.MergeStep ? Merge(job, options) : Chunks(job, options, plan);

    private static string ArrayName(AdapterJob job, AdapterOptions options, TaskPlan plan) =>
        $"{job.NameOf(options)}-{job.Step}[1-{TaskCommand.Number(plan.Count)}]"
        + (options.Concurrency > 0 ? "%" + TaskCommand.Number(options.Concurrency) : "");

    private static string Chunks(AdapterJob job, AdapterOptions options, TaskPlan plan)
    {
        StringBuilder script = Begin(job, options, job.Step, ArrayName(job, options, plan), "%J.%I");
        script.Append(CultureInfo.InvariantCulture,
            $"\nexport {TaskIndex.Neutral}=\"$((LSB_JOBINDEX - 1))\" {TaskIndex.ChunksPerTask}={plan.PerTask}\n");

        // when a chunk fails permanently, the elements that have not begun are useless
        return script.Append(ShellScript.Retry(ShellScript.Task(job, options, "render-chunk"), options.RetriesOrDefault,
            job.IsBatch ? "" : "bkill -stat pend \"$LSB_JOBID\"")).ToString();
    }

    private static string Merge(AdapterJob job, AdapterOptions options) =>
        Begin(job, options, "merge", job.NameOf(options) + "-merge", "%J").Append('\n')
            .Append(ShellScript.Retry(ShellScript.Task(job, options, TaskCommand.Merge), options.RetriesOrDefault)).ToString();

    private static StringBuilder Begin(AdapterJob job, AdapterOptions options, string step, string name, string logId)
    {
        var script = new StringBuilder("#!/bin/sh\n");
        Directive("J", $"\"{name}\"");
        Directive("q", options.Place);
        Directive("P", options.Account);
        Directive("n", TaskCommand.Number(options.Cpus));
        if (options.Arch is not null) Directive("R", $"\"select[type=={(options.IsArm ? "LINUX_ARM64" : "X86_64")}]\"");
        Directive("R", "\"span[hosts=1]\"");
        Directive("R", $"\"rusage[mem={TaskCommand.Number(options.MemoryMiB)}MB/host]\"");
        Directive("W", TaskCommand.Number(TaskCommand.ToMinutes(options.TimeLimit)));
        Directive("o", $"{job.NameOf(options)}-{step}.{logId}.log");
        script.Append("#BSUB -r\n"); // a task of a lost host runs again
        return script;

        void Directive(string option, string? value)
        {
            if (value is not null) script.Append(CultureInfo.InvariantCulture, $"#BSUB -{option} {value}\n");
        }
    }

    /// <summary>bsub answers with a sentence; -ti ends the merge when a chunk failed, which would otherwise wait for ever.</summary>
    private static string Script(AdapterJob job, AdapterOptions options, TaskPlan plan)
    {
        StringBuilder script = ShellScript.BeginSubmission(TaskCommand.Submits(job, "LSF", plan, TaskCommand.RunInPlace));
        foreach (string step in job.Steps) script.AppendFile(step + ".bsub", Write(job, options, plan, step));
        script.Append(IdOf).Append(CultureInfo.InvariantCulture, $"""

            said=$(bsub <"$work/{job.Step}.bsub")
            {job.Step}=$(id_of "$said")

            """);
        if (!job.IsBatch)
        {
            script.Append("""
                said=$(bsub -ti -w "done($chunks)" <"$work/merge.bsub")
                merge=$(id_of "$said")

                """);
        }

        string name = job.NameOf(options);
        return script.AppendIds(job).AppendNextSteps(
            $"bjobs -A ${job.Step} && bjobs {job.ForSteps(" ", static step => "$" + step)}",
            $"bkill {job.ForSteps(" ", static step => "$" + step, isBackwards: true)}",
            $"rm -f {job.ForSteps(" ", step => $"{name}-{step}.${step}{(step == job.Step ? ".*" : "")}.log")}").ToString();
    }
}
