using System;
using System.Text;
using Helios.Adapters.Document;
using Helios.Errors;
using Helios.Jobs;
using Helios.Render;

namespace Helios.Adapters.Engines;

/// <summary>
/// Google Cloud Run jobs: one for the chunks and one for the merge, as <c>gcloud run jobs replace</c> takes them. Source:
/// run.googleapis.com v1 (namespaces.jobs); docs.cloud.google.com/run: quotas, "Create jobs", "Set maximum retries", "Set task
/// timeout", "CPU limits", "Memory limits". Left out: GPUs, VPC, secrets, sidecars. Machines are amd64 only.
/// </summary>
internal static class CloudRun
{
    internal const int MaxTasks = 10_000;

    private const int MaxRetries = 10;
    private const int MaxTime = 7 * 24 * 3600;
    private const int MaxName = 63;

    private static readonly Size[] s_sizes =
        [new(1, 512, 4096), new(2, 512, 8192), new(4, 2048, 16_384), new(6, 4096, 24_576), new(8, 4096, 32_768)];

    /// <summary>Memory that Cloud Run takes with a number of CPUs, in MiB.</summary>
    private readonly record struct Size(int Cpus, int Least, int Most);

    internal static string Write(AdapterJob job, AdapterOptions options)
    {
        TaskPlan plan = TaskPlan.Make(job.ChunkCount, options, MaxTasks, "tasks of a Cloud Run job");
        Check(job, options);
        return TaskCommand.FindDocument(job, options) is string step ? Write(job, options, plan, step) : Script(job, options, plan);
    }

    private static string MountOf(AdapterOptions options) => options.Mount ?? "/mnt/work";

    private static void Check(AdapterJob job, AdapterOptions options)
    {
        EngineLimits.ThrowIfAbove(MaxRetries, options.RetriesOrDefault, "retries of Cloud Run", "--retries", "give fewer");
        EngineLimits.ThrowIfAbove(MaxTime, options.TimeLimit, "seconds (7 days) that Cloud Run runs a task", "--time-limit", "give less");
        EngineLimits.ThrowUnless(options.Volume is null || options.OtherVolume is null, "--bucket and --nfs exclude each other",
            "command line",
            "give one of them");
        string longest = $"{job.NameOf(options)}-{job.Step}";
        EngineLimits.ThrowIfAbove(MaxName, longest.Length, $"characters of a Cloud Run job such as {longest}", "--name",
            "give a shorter one");
        int index = Array.FindIndex(s_sizes, size => size.Cpus == options.Cpus);
        EngineLimits.ThrowUnless(index >= 0, $"Cloud Run has no size with {options.Cpus} CPUs", "--cpus", "use 1, 2, 4, 6 or 8");
        Size size = s_sizes[index];
        EngineLimits.ThrowUnless(options.MemoryMiB >= size.Least && options.MemoryMiB <= size.Most,
            $"Cloud Run has no size with {options.Cpus} CPUs and {options.MemoryMiB} MiB", "--memory",
            $"with {size.Cpus} CPUs use {size.Least}M to {size.Most}M");
        if (Volume(options) is not null) job.CheckMounted(options, MountOf(options));
    }

    private static string Write(AdapterJob job, AdapterOptions options, TaskPlan plan, string step)
    {
        bool isMerge = step == AdapterJob.MergeStep;
        ListNode? environment = isMerge || plan.PerTask == 1
            ? null
            : ListNode.Of(new MapNode { ["name"] = TaskIndex.ChunksPerTask, ["value"] = TaskCommand.Number(plan.PerTask) });
        return YamlText.Write(Job(job, options, step, new MapNode
        {
            ["taskCount"] = isMerge ? 1 : plan.Count,
            ["parallelism"] = options.Concurrency > 0 && !isMerge ? Math.Min(options.Concurrency, plan.Count) : null,
            ["template"] = Task(job, options, step, environment),
        }));
    }

    private static MapNode Job(AdapterJob job, AdapterOptions options, string step, MapNode specification) => new()
    {
        ["apiVersion"] = "run.googleapis.com/v1",
        ["kind"] = "Job",
        ["metadata"] = new MapNode { ["name"] = $"{job.NameOf(options)}-{step}" },
        ["spec"] = new MapNode { ["template"] = new MapNode { ["spec"] = specification } },
    };

    /// <summary>Cloud Run knows no exit codes: it tries again what no retry helps, too. It replaces no references in words.</summary>
    private static MapNode Task(AdapterJob job, AdapterOptions options, string step, ListNode? environment) => new()
    {
        ["spec"] = new MapNode
        {
            ["maxRetries"] = options.RetriesOrDefault,
            ["timeoutSeconds"] = options.TimeLimit,
            ["serviceAccountName"] = options.ExecutionRole,
            ["containers"] = ListNode.Of(new MapNode
            {
                ["image"] = options.ImageOrDefault,
                ["command"] = ListNode.Of(options.Program),
                ["args"] = ListNode.OfWords(TaskCommand.Words(options, TaskCommand.Of(step), job.MountedPath(options, MountOf(options)))),
                ["env"] = environment,
                ["resources"] = new MapNode
                {
                    ["limits"] = new MapNode
                    {
                        ["cpu"] = TaskCommand.Number(options.Cpus),
                        ["memory"] = TaskCommand.Number(options.MemoryMiB) + "Mi"
                    },
                },
                ["volumeMounts"] = Volume(options) is null
                    ? null
                    : ListNode.Of(new MapNode { ["name"] = "work", ["mountPath"] = MountOf(options) }),
            }),
            ["volumes"] = Volume(options) is MapNode volume ? ListNode.Of(volume) : null,
        },
    };

    private static MapNode? Volume(AdapterOptions options)
    {
        if (options.Volume is string bucket)
        {
            string name = bucket.StartsWith("gs://", StringComparison.Ordinal) ? bucket[5..] : bucket;
            int slash = name.IndexOf('/', StringComparison.Ordinal);
            return new MapNode
            {
                ["name"] = "work",
                ["csi"] = new MapNode
                {
                    ["driver"] = "gcsfuse.run.googleapis.com",
                    ["volumeAttributes"] = new MapNode
                    {
                        ["bucketName"] = slash < 0 ? name : name[..slash],
                        ["mountOptions"] = slash < 0 ? null : "only-dir=" + name[(slash + 1)..],
                    },
                },
            };
        }

        if (options.OtherVolume is not string export) return null;
        int colon = export.IndexOf(":/", StringComparison.Ordinal);
        EngineLimits.ThrowUnless(colon > 0, $"\"{export}\" is not an NFS export", "--nfs", "give SERVER:/PATH");
        return new MapNode
        {
            ["name"] = "work",
            ["nfs"] = new MapNode { ["server"] = export[..colon], ["path"] = export[(colon + 1)..] },
        };
    }

    /// <summary>Executions do not depend on each other, so the script waits.</summary>
    private static string Script(AdapterJob job, AdapterOptions options, TaskPlan plan)
    {
        string name = job.NameOf(options);
        string place = $" --region {ShellScript.Command(options.Place ?? "us-central1")}"
            + (options.Account is string project ? " --project " + ShellScript.Command(project) : "");
        StringBuilder script = ShellScript.BeginSubmission(
            TaskCommand.Submits(job, "Google Cloud Run", plan, "Needs gcloud.", then: "waits for them, "));
        foreach (string step in job.Steps) script.AppendFile(step + ".yaml", Write(job, options, plan, step));
        if (Volume(options) is null) script.Append(ShellScript.NothingShared(MountOf(options), "--bucket or --nfs"));
        script.Append('\n').Append(job.ForSteps("", step => $"gcloud run jobs replace \"$work/{step}.yaml\"{place}\n"));
        script.AppendNextSteps($"gcloud run jobs executions list --job {name}-{job.Step}{place}",
            $"gcloud run jobs executions cancel{place} "
                + $"\\$(gcloud run jobs executions list --job {name}-{job.Step}{place} --limit 1 --format 'value(name)')",
            job.ForSteps("; ", step => $"gcloud run jobs delete {name}-{step}{place} --quiet"));
        return script.Append(job.ForSteps("", step => $"gcloud run jobs execute {name}-{step}{place} --wait\n")).ToString();
    }
}
