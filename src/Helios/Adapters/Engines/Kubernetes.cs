using System;
using System.Globalization;
using Helios.Adapters.Document;
using Helios.Jobs;
using Helios.Render;

namespace Helios.Adapters.Engines;

/// <summary>
/// Kubernetes: an Indexed Job for the chunks and a Job for the merge, or both in one JobSet. Source: kubernetes/api
/// batch/v1/types.go and pkg/apis/batch/validation (1.33); kubernetes-sigs/jobset api/jobset/v1alpha2. Left out: priority
/// classes, affinity, TTL: add them with kustomize.
/// </summary>
internal static class Kubernetes
{
    /// <summary>Above this limit the API server requires rules that are useless for a job that needs all its chunks.</summary>
    internal const int MaxTasks = 100_000;

    private const int MaxLabel = 63;
    private const int MaxCodes = 255;
    private const int RandomSuffix = 6; // -xxxxx
    private const string CompletionIndex = "metadata.annotations['batch.kubernetes.io/job-completion-index']";

    internal static string Write(AdapterJob job, AdapterOptions options)
    {
        TaskPlan plan = TaskPlan.Make(job.ChunkCount, options, MaxTasks, "completions of an Indexed Job");
        EngineLimits.ThrowIfAbove(MaxTasks, options.Concurrency, "pods of an Indexed Job's parallelism",
            "--concurrency", "give fewer, or leave it out");
        EngineLimits.ThrowIfAbove(MaxCodes, RetryRules.Never.Length, "exit codes of a podFailurePolicy", "exit codes", "report this");
        KubernetesPod.CheckNamespace(options);
        job.CheckMounted(options, KubernetesPod.MountOf(options));
        if (options.IsJobSet)
        {
            EngineLimits.ThrowUnless(!job.IsBatch, "a batch has no merge that a JobSet could start", "--jobset", "leave it out");
            EngineLimits.ThrowUnless(options.Document is null, "--jobset is one document", "--document", "leave one of them out");
            string set = $"jobset/{job.NameOf(options)}" + (options.Place is null ? "" : " -n " + options.Place);
            return ShellScript.StoreComments(job, options)
                + $"# watch: kubectl get {set} --watch\n# cancel, clean up: kubectl delete {set}\n"
                + YamlText.Write(JobSet(job, options, plan));
        }

        foreach (string step in job.Steps) CheckName(NameOf(job, options, step), step == AdapterJob.MergeStep ? 1 : plan.Count);
        if (TaskCommand.FindDocument(job, options) is string only) return Write(job, options, plan, only);
        string space = options.Place is null ? "" : " -n " + options.Place;
        string jobs = job.ForSteps(" ", step => "job/" + NameOf(job, options, step));
        string waits = job.IsBatch ? "" : $"""
             The merge waits suspended; when the chunks are complete:
            #   kubectl wait --for=condition=complete --timeout=24h job/{NameOf(job, options, job.Step)}{space} &&
            #   kubectl patch job/{NameOf(job, options, AdapterJob.MergeStep)}{space} --type=merge -p '{"{\"spec\":{\"suspend\":false}}"}'
            """;
        return ShellScript.StoreComments(job, options) + $"""
            # {job.Title}: {TaskCommand.Describe(job, plan)}.{waits}
            # watch: kubectl get{space} {jobs} --watch
            # cancel, clean up: kubectl delete{space} {jobs}
            {job.ForSteps("---\n", step => Write(job, options, plan, step, isSuspended: step == AdapterJob.MergeStep))}
            """;
    }

    private static string NameOf(AdapterJob job, AdapterOptions options, string step) => $"{job.NameOf(options)}-{step}";

    private static string Write(AdapterJob job, AdapterOptions options, TaskPlan plan, string step, bool isSuspended = false) =>
        YamlText.Write(Job(NameOf(job, options, step), options,
            step == AdapterJob.MergeStep ? MergeSpec(job, options, isSuspended) : ChunksSpec(job, options, plan)));

    private static MapNode Job(string name, AdapterOptions options, MapNode spec) => new()
    {
        ["apiVersion"] = "batch/v1",
        ["kind"] = "Job",
        ["metadata"] = Metadata(name, options),
        ["spec"] = spec,
    };

    private static MapNode Metadata(string name, AdapterOptions options) => new()
    {
        ["name"] = name,
        ["namespace"] = options.Place,
        ["labels"] = new MapNode { ["app.kubernetes.io/name"] = "helios" },
    };

    private static MapNode ChunksSpec(AdapterJob job, AdapterOptions options, TaskPlan plan) => new()
    {
        ["completionMode"] = "Indexed",
        ["completions"] = plan.Count,
        ["parallelism"] = options.Concurrency > 0 ? Math.Min(options.Concurrency, plan.Count) : plan.Count,
        ["backoffLimitPerIndex"] = options.RetriesOrDefault,
        ["maxFailedIndexes"] = job.IsBatch ? null : 0, // without one chunk there is no video
        ["podFailurePolicy"] = FailurePolicy(job.IsBatch),
        ["template"] = KubernetesPod.Template(job, options, "render-chunk", ChunkEnvironment(plan)),
    };

    private static MapNode MergeSpec(AdapterJob job, AdapterOptions options, bool isSuspended) => new()
    {
        ["suspend"] = isSuspended ? true : null,
        ["backoffLimit"] = options.RetriesOrDefault,
        ["podFailurePolicy"] = FailurePolicy(),
        ["template"] = KubernetesPod.Template(job, options, TaskCommand.Merge, null),
    };

    /// <summary>
    /// Drains and reclaimed machines cost no retry; a code that no retry helps ends the job at once, or in a batch that index alone.
    /// </summary>
    private static MapNode FailurePolicy(bool isBatch = false) => new()
    {
        ["rules"] = ListNode.Of(
            new MapNode
            {
                ["action"] = "Ignore",
                ["onPodConditions"] = ListNode.Of(new MapNode { ["type"] = "DisruptionTarget", ["status"] = "True" })
            },
            new MapNode
            {
                ["action"] = isBatch ? "FailIndex" : "FailJob",
                ["onExitCodes"] = new MapNode
                {
                    ["containerName"] = KubernetesPod.ContainerName,
                    ["operator"] = "In",
                    ["values"] = ListNode.OfNumbers(RetryRules.Never)
                },
            }),
    };

    private static ListNode ChunkEnvironment(TaskPlan plan) => ListNode.Of(
        new MapNode
        {
            ["name"] = TaskIndex.Neutral,
            ["valueFrom"] = new MapNode { ["fieldRef"] = new MapNode { ["fieldPath"] = CompletionIndex } },
        },
        plan.PerTask == 1 ? null : new MapNode { ["name"] = TaskIndex.ChunksPerTask, ["value"] = TaskCommand.Number(plan.PerTask) });

    /// <summary>The document itself states that the merge depends on the chunks; the JobSet controller starts it.</summary>
    private static MapNode JobSet(AdapterJob job, AdapterOptions options, TaskPlan plan)
    {
        string name = job.NameOf(options);
        string longest = $"{name}-chunks-0-{TaskCommand.Number(plan.Count - 1)}";
        EngineLimits.ThrowIfAbove(MaxLabel - RandomSuffix, longest.Length, $"characters that a JobSet leaves for {longest}", "--name",
            "give a shorter one");
        return new MapNode
        {
            ["apiVersion"] = "jobset.x-k8s.io/v1alpha2",
            ["kind"] = "JobSet",
            ["metadata"] = Metadata(name, options),
            ["spec"] = new MapNode
            {
                ["failurePolicy"] = new MapNode { ["maxRestarts"] = 0 },
                ["replicatedJobs"] = ListNode.Of(
                    new MapNode
                    {
                        ["name"] = "chunks",
                        ["replicas"] = 1,
                        ["template"] = new MapNode { ["spec"] = ChunksSpec(job, options, plan) }
                    },
                    new MapNode
                    {
                        ["name"] = "merge",
                        ["replicas"] = 1,
                        ["dependsOn"] = ListNode.Of(new MapNode { ["name"] = "chunks", ["status"] = "Complete" }),
                        ["template"] = new MapNode { ["spec"] = MergeSpec(job, options, isSuspended: false) },
                    }),
            },
        };
    }

    /// <summary>A pod's host name consists of the job's name and its index, and is a DNS label.</summary>
    private static void CheckName(string name, int count)
    {
        string last = string.Create(CultureInfo.InvariantCulture, $"{name}-{count - 1}");
        EngineLimits.ThrowIfAbove(MaxLabel, last.Length, $"characters of a host name, and the last pod's would be {last}", "--name",
            "give a shorter one");
    }
}
