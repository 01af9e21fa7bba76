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
        EngineLimits.Above(MaxName, longest.Length, $"characters of an LSF array such as {longest}", "--name", "give a shorter one");
        return TaskCommand.FindDocument(job, options) switch
        {
            null => Script(job, options, plan),
            "merge" => Merge(job, options),
            _ => Chunks(job, options, plan),
        };
    }

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
        string name = job.NameOf(options);
        if (job.IsBatch)
        {
            return ShellScript.BeginSubmission(TaskCommand.DescribeBatch(job, "LSF", plan))
                .AppendFile("rows.bsub", Chunks(job, options, plan))
                .Append(IdOf)
                .Append("""

                    said=$(bsub <"$work/rows.bsub")
                    rows=$(id_of "$said")
                    echo "rows $rows"

                    """)
                .AppendNextSteps("bjobs -A $rows && bjobs $rows", "bkill $rows", $"rm -f {name}-rows.$rows.*.log").ToString();
        }

        StringBuilder script = ShellScript.BeginSubmission(
            $"Submits helios job {job.Spec.JobId} to LSF: {TaskCommand.Describe(plan)}, then "
            + "the merge. Run it where tasks shall work.")
            .AppendFile("chunks.bsub", Chunks(job, options, plan))
            .AppendFile("merge.bsub", Merge(job, options));
        script.Append(IdOf).Append("""

            said=$(bsub <"$work/chunks.bsub")
            chunks=$(id_of "$said")
            said=$(bsub -ti -w "done($chunks)" <"$work/merge.bsub")
            merge=$(id_of "$said")
            echo "chunks $chunks"
            echo "merge $merge"

            """);
        return script.AppendNextSteps("bjobs -A $chunks && bjobs $chunks $merge", "bkill $merge $chunks",
            $"rm -f {name}-chunks.$chunks.*.log {name}-merge.$merge.log").ToString();
    }
}
