using System;
using System.Globalization;
using System.Text;
using Helios.Adapters.Document;
using Helios.Jobs;
using Helios.Render;

namespace Helios.Adapters.Engines;

/// <summary>
/// Google Cloud Batch: a job for the chunks and one for the merge, as <c>gcloud batch jobs submit --config</c> takes them.
/// Source: googleapis/googleapis google/cloud/batch/v1/job.proto, task.proto, volume.proto; cloud.google.com/batch/quotas.
/// Left out: instance templates, GPUs, networks, notifications.
/// </summary>
internal static class GoogleBatch
{
    internal const int MaxTasks = 100_000;

    private const int MaxParallel = 5000;
    private const int MaxRetries = 10;
    private const int MaxTime = 14 * 24 * 3600;
    private const int MaxDocument = 1_000_000;
    private const int MaxName = 64;
    private static readonly string[] s_armFamilies = ["c4a", "n4a", "t2a", "a4x"];
    private static readonly int[] s_armCpus = [1, 2, 4, 8, 16, 32, 48, 64, 72]; // of c4a

    private const int Reclaimed = 50001; // reserved exit code of Batch: the machine was reclaimed

    internal static string Write(AdapterJob job, AdapterOptions options)
    {
        TaskPlan plan = TaskPlan.Make(job.ChunkCount, options, MaxTasks, "tasks of a Google Cloud Batch job");
        Check(job, options);
        return TaskCommand.FindDocument(job, options) is string step ? Write(job, options, plan, step) : Script(job, options, plan);
    }

    private static int RetriesOf(AdapterOptions options) =>
        options.Retries ?? (options.IsSpot ? MaxRetries : AdapterOptions.DefaultRetries);

    private static string MountOf(AdapterOptions options) => options.Mount ?? "/mnt/disks/work";

    private static void Check(AdapterJob job, AdapterOptions options)
    {
        EngineLimits.ThrowIfAbove(MaxParallel, options.Concurrency, "parallel tasks of a Google Cloud Batch job", "--concurrency",
            "give fewer");
        EngineLimits.ThrowIfAbove(MaxRetries, RetriesOf(options), "retries of Google Cloud Batch", "--retries", "give fewer");
        EngineLimits.ThrowIfAbove(MaxTime, options.TimeLimit, "seconds (14 days) that Google Cloud Batch runs a job", "--time-limit",
            "give less");
        EngineLimits.ThrowUnless(!options.IsSpot || RetriesOf(options) > 0,
            "on Google Cloud Batch a reclaimed machine costs a retry, so a spot job without retries ends with the first", "--retries",
            "give at least 1, or leave --spot out");
        EngineLimits.ThrowUnless(options.Volume is null || options.OtherVolume is null, "--bucket and --nfs exclude each other",
            "command line",
            "give one of them");
        string longest = $"{job.NameOf(options)}-{job.Step}";
        EngineLimits.ThrowIfAbove(MaxName, longest.Length, $"characters of a Google Cloud Batch job such as {longest}",
            "--name", "give a shorter one");
        if (Volume(options) is not null) job.CheckMounted(options, MountOf(options));
    }

    private static string Write(AdapterJob job, AdapterOptions options, TaskPlan plan, string step) => Job(job, options, step,
        step == AdapterJob.MergeStep
            ? new MapNode { ["taskCount"] = "1", ["taskSpec"] = Task(job, options, step, perTask: 1) }
            : new MapNode
            {
                ["taskCount"] = TaskCommand.Number(plan.Count),
                ["parallelism"] = TaskCommand.Number(options.Concurrency > 0 ? options.Concurrency : Math.Min(plan.Count, MaxParallel)),
                ["taskSpec"] = Task(job, options, step, plan.PerTask),
            });

    private static string Job(AdapterJob job, AdapterOptions options, string step, MapNode group)
    {
        bool depends = options.IsAlpha && step == AdapterJob.MergeStep;
        string document = JsonText.Write(new MapNode
        {
            ["taskGroups"] = ListNode.Of(group),
            ["dependencies"] = !depends
                ? null
                : ListNode.Of(new MapNode { ["items"] = new MapNode { [$"{job.NameOf(options)}-{job.Step}"] = "SUCCEEDED" } }),
            ["allocationPolicy"] = new MapNode
            {
                ["instances"] = ListNode.Of(new MapNode
                {
                    ["policy"] = new MapNode
                    {
                        ["machineType"] = MachineTypeOf(options),
                        ["provisioningModel"] = options.IsSpot ? "SPOT" : "STANDARD"
                    },
                }),
            },
            ["logsPolicy"] = new MapNode { ["destination"] = "CLOUD_LOGGING" },
        });
        EngineLimits.ThrowIfTooLong(document, MaxDocument, "Google Cloud Batch");
        return document;
    }

    /// <summary>Retries only the codes that a retry can help; RETRY_TASK fails the task on every other.</summary>
    private static MapNode Task(AdapterJob job, AdapterOptions options, string step, int perTask) => new()
    {
        ["computeResource"] = new MapNode
        {
            ["cpuMilli"] = TaskCommand.Number(options.Cpus * 1000L),
            ["memoryMib"] = TaskCommand.Number(options.MemoryMiB)
        },
        ["maxRunDuration"] = TaskCommand.Seconds(options.TimeLimit),
        ["maxRetryCount"] = RetriesOf(options),
        ["lifecyclePolicies"] = ListNode.Of(new MapNode
        {
            ["action"] = "RETRY_TASK",
            ["actionCondition"] = new MapNode { ["exitCodes"] = ListNode.OfNumbers([.. RetryRules.Again, Reclaimed]) },
        }),
        ["environment"] = perTask == 1
            ? null
            : new MapNode { ["variables"] = new MapNode { [TaskIndex.ChunksPerTask] = TaskCommand.Number(perTask) } },
        ["runnables"] = ListNode.Of(new MapNode
        {
            ["container"] = new MapNode
            {
                ["imageUri"] = options.ImageOrDefault,
                ["entrypoint"] = options.Program,
                ["commands"] = ListNode.OfWords(
                    TaskCommand.Words(options, TaskCommand.Of(step), job.MountedPath(options, MountOf(options)))),
            },
        }),
        ["volumes"] = Volume(options) is MapNode volume ? ListNode.Of(volume) : null,
    };

    /// <summary>Batch chooses among amd64 machines by itself; an arm64 one must be named, so the smallest that fits is.</summary>
    private static string? MachineTypeOf(AdapterOptions options)
    {
        if (options.MachineType is string type)
        {
            bool isArm = Array.Exists(s_armFamilies, family => type.StartsWith(family + "-", StringComparison.Ordinal));
            EngineLimits.ThrowUnless(options.Arch is null || isArm == options.IsArm,
                $"machines of type {type} have {(isArm ? "arm64" : "amd64")} processors", "--arch",
                "leave one of --arch and --machine-type out");
            return type;
        }

        if (!options.IsArm) return null;
        int cpus = Array.Find(s_armCpus, count => count >= options.Cpus && options.MemoryMiB <= count * 8192L);
        EngineLimits.ThrowUnless(cpus > 0, $"no arm64 machine of type c4a has {options.Cpus} CPUs and {options.MemoryMiB} MiB", "--arch",
            "give fewer --cpus or less --memory");
        return $"c4a-{(options.MemoryMiB > cpus * 4096L ? "highmem" : "standard")}-{TaskCommand.Number(cpus)}";
    }

    private static MapNode? Volume(AdapterOptions options)
    {
        if (options.Volume is string bucket)
        {
            string path = bucket.StartsWith("gs://", StringComparison.Ordinal) ? bucket[5..] : bucket;
            return new MapNode { ["gcs"] = new MapNode { ["remotePath"] = path }, ["mountPath"] = MountOf(options) };
        }

        if (options.OtherVolume is not string export) return null;
        int colon = export.IndexOf(":/", StringComparison.Ordinal);
        EngineLimits.ThrowUnless(colon > 0, $"\"{export}\" is not an NFS export", "--nfs", "give SERVER:/PATH");
        return new MapNode
        {
            ["nfs"] = new MapNode { ["server"] = export[..colon], ["remotePath"] = export[(colon + 1)..] },
            ["mountPath"] = MountOf(options)
        };
    }

    /// <summary>Jobs of the stable API have no dependencies, so the script waits; those of v1alpha have them.</summary>
    private static string Script(AdapterJob job, AdapterOptions options, TaskPlan plan)
    {
        string name = job.NameOf(options);
        string gcloud = options.IsAlpha ? "gcloud alpha batch jobs" : "gcloud batch jobs";
        StringBuilder script = ShellScript.BeginSubmission(
            TaskCommand.Submits(job, "Google Cloud Batch", plan, "Needs the gcloud CLI."));
        foreach (string step in job.Steps) script.AppendFile(step + ".json", Write(job, options, plan, step));
        if (Volume(options) is null && job.AddressOf(options) is null)
            script.Append(ShellScript.NothingShared(MountOf(options), "--bucket or --nfs"));
        string place = ShellScript.Command("--location", options.Place ?? "us-central1")
            + (options.Account is null ? "" : " " + ShellScript.Command("--project", options.Account));
        if (!options.IsAlpha)
        {
            script.Append($$"""

                wait_for() {
                  while :; do
                    state=$({{gcloud}} describe "$1" {{place}} --format='value(status.state)')
                    case $state in
                      SUCCEEDED) return 0 ;;
                      FAILED | CANCELLED | DELETION_IN_PROGRESS) echo "$1: $state" >&2; exit 1 ;;
                    esac
                    sleep 20
                  done
                }

                """);
        }

        script.Append('\n').AppendNextSteps($"{gcloud} describe {name}-{job.Step} {place}",
            job.ForSteps("; ", step => $"{gcloud} cancel {name}-{step} {place}"),
            job.ForSteps("; ", step => $"{gcloud} delete {name}-{step} {place}"));
        script.AppendPush(job, options).Append('\n');
        foreach (string step in job.Steps)
        {
            script.Append(CultureInfo.InvariantCulture, $"{gcloud} submit {name}-{step} {place} --config=\"$work/{step}.json\"\n");
            if (!options.IsAlpha) script.Append(CultureInfo.InvariantCulture, $"wait_for {name}-{step}\n");
        }

        return script.AppendVideo(job, options).ToString();
    }
}
