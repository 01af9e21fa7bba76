using Helios.Adapters.Document;
using Helios.Jobs;
using Helios.Render;

namespace Helios.Adapters.Engines;

/// <summary>
/// Argo Workflows: a DAG of the chunks, fanned out by <c>withSequence</c>, and the merge. Source: argoproj/argo-workflows
/// pkg/apis/workflow/v1alpha1/workflow_types.go, docs/retries.md (3.5 and later). Left out: artifacts, offloading of large
/// workflows, archiving.
/// </summary>
internal static class Argo
{
    /// <summary>Node statuses are part of the workflow object, and etcd takes about 1 MB.</summary>
    internal const int MaxTasks = 1000;

    private const int MaxName = 57; // a label holds it with five random characters and a dash

    internal static string Write(AdapterJob job, AdapterOptions options)
    {
        TaskPlan plan = TaskPlan.Make(job.ChunkCount, options, MaxTasks, "tasks whose statuses fit into a workflow object of 1 MB");
        string path = job.MountedPath(options, KubernetesPod.MountOf(options));
        EngineLimits.ThrowIfReplaced("{{", path, "Argo", "--job-path");
        EngineLimits.ThrowIfReplaced("{{", KubernetesPod.MountOf(options), "Argo", "--mount");
        EngineLimits.ThrowIfReplaced("{{", options.Program, "Argo", "--helios");
        EngineLimits.ThrowIfReplaced("{{", options, "Argo");
        EngineLimits.ThrowIfAbove(MaxName, job.NameOf(options).Length, "characters that Argo leaves for a workflow's name", "--name",
            "give a shorter one");
        KubernetesPod.CheckNamespace(options);
        job.CheckMounted(options, KubernetesPod.MountOf(options));
        string space = options.Place is null ? "" : " -n " + options.Place;
        string steps = ShellScript.NextSteps($"argo submit{space} FILE", $"argo watch{space} @latest", $"argo stop{space} @latest",
            $"argo delete{space} @latest");
        return ShellScript.StoreComments(job, options) + steps + YamlText.Write(new MapNode
        {
            ["apiVersion"] = "argoproj.io/v1alpha1",
            ["kind"] = "Workflow",
            ["metadata"] = new MapNode { ["generateName"] = job.NameOf(options) + "-", ["namespace"] = options.Place },
            ["spec"] = new MapNode
            {
                ["entrypoint"] = "render",
                ["parallelism"] = options.Concurrency > 0 ? options.Concurrency : null,
                ["serviceAccountName"] = options.Account,
                ["nodeSelector"] = KubernetesPod.NodeSelector(options),
                ["volumes"] = KubernetesPod.Volumes(job, options),
                ["templates"] = ListNode.Of(Graph(job, plan), Chunk(job, options, plan),
                    job.IsBatch ? null : Template(job, options, AdapterJob.MergeStep, environment: null)),
            },
        });
    }

    private static MapNode Graph(AdapterJob job, TaskPlan plan)
    {
        var tasks = ListNode.Of(new MapNode
        {
            ["name"] = job.Step,
            ["template"] = job.Item,
            ["withSequence"] = new MapNode { ["count"] = TaskCommand.Number(plan.Count) },
            ["arguments"] = new MapNode
            {
                ["parameters"] = ListNode.Of(new MapNode { ["name"] = "index", ["value"] = "{{item}}" })
            },
        });
        if (!job.IsBatch)
            tasks.Add(new MapNode { ["name"] = "merge", ["template"] = "merge", ["depends"] = job.Step + ".Succeeded" });
        return new MapNode
        {
            ["name"] = "render",
            ["failFast"] = !job.IsBatch, // without one chunk there is no video
            ["dag"] = new MapNode { ["tasks"] = tasks },
        };
    }

    private static MapNode Chunk(AdapterJob job, AdapterOptions options, TaskPlan plan) => Template(job, options, job.Item,
        ListNode.Of(
            new MapNode { ["name"] = TaskIndex.Neutral, ["value"] = "{{inputs.parameters.index}}" },
            plan.PerTask == 1 ? null : new MapNode { ["name"] = TaskIndex.ChunksPerTask, ["value"] = TaskCommand.Number(plan.PerTask) }));

    private static MapNode Template(AdapterJob job, AdapterOptions options, string name, ListNode? environment) => new()
    {
        ["name"] = name,
        ["inputs"] = environment is null
            ? null
            : new MapNode { ["parameters"] = ListNode.Of(new MapNode { ["name"] = "index" }) },
        ["activeDeadlineSeconds"] = options.TimeLimit,
        ["retryStrategy"] = Retry(options),
        ["container"] = KubernetesPod.Container(job, options, TaskCommand.Of(name), environment, name: null),
    };

    /// <summary>Retries any failure, including a lost pod, unless its code says that no retry helps; a pod without a code has -1.</summary>
    private static MapNode? Retry(AdapterOptions options) => options.RetriesOrDefault == 0 ? null : new MapNode
    {
        ["limit"] = TaskCommand.Number(options.RetriesOrDefault),
        ["retryPolicy"] = "Always",
        ["expression"] = $"!(asInt(lastRetry.exitCode) in [{RetryRules.Join(", ", RetryRules.Never)}])",
    };
}
