using Helios.Adapters.Document;
using Helios.Jobs;

namespace Helios.Adapters.Engines;

/// <summary>
/// AWS Step Functions around one AWS Batch array: the array and the merge are two states, so no job id must be passed on. The job
/// definition is that of <c>adapt aws-batch</c>. Source: states-language.net/spec.html; developer guide, connect-batch and
/// service-quotas. Left out: Distributed Map, which costs an execution a chunk.
/// </summary>
internal static class StepFunctions
{
    private const int MaxDefinition = 1_000_000;
    private const int MaxBatchName = 128;
    private const string SubmitAndWait = "arn:aws:states:::batch:submitJob.sync";

    internal static string Write(AdapterJob job, AdapterOptions options)
    {
        AwsBatch.CheckTimeLimit(options);
        TaskPlan plan = AwsBatch.PlanOf(job, options);
        var states = new MapNode();
        foreach (string step in job.Steps) states[StateOf(step)] = State(job, options, plan, step);
        string document = JsonText.Write(new MapNode
        {
            ["Comment"] = $"{job.Title}: {TaskCommand.Describe(job, plan)}. "
                + "Watch: aws stepfunctions describe-execution --execution-arn ARN; "
                + "cancel: aws stepfunctions stop-execution --execution-arn ARN" + StoreComment(job, options),
            ["StartAt"] = StateOf(job.Step),
            ["States"] = states,
        });
        EngineLimits.ThrowIfTooLong(document, MaxDefinition, "Step Functions");
        return document;
    }

    private static string StoreComment(AdapterJob job, AdapterOptions options) => job.VideoOf(options) is not string video ? ""
        : (job.PushOf(options) is string[] push ? $"; upload it first: {ShellScript.Command(push)}" : "")
        + $"; the video{(job.IsBatch ? "s" : "")}: {video}";

    /// <summary>The name of a step's state: Chunks, Rows or Merge.</summary>
    private static string StateOf(string step) => char.ToUpperInvariant(step[0]) + step[1..];

    private static MapNode State(AdapterJob job, AdapterOptions options, TaskPlan plan, string step)
    {
        bool isMerge = step == AdapterJob.MergeStep;
        bool isLast = step == job.Steps[^1];
        string name = $"{job.NameOf(options)}-{step}";
        EngineLimits.ThrowIfAbove(MaxBatchName, name.Length, "characters of an AWS Batch name", "--name", "give a shorter one");
        string path = job.MountedPath(options, options.Mount ?? "/data");
        ListNode? environment = isMerge ? null : AwsBatch.Environment(plan, "Name", "Value");
        return new MapNode
        {
            ["Type"] = "Task",
            ["Resource"] = SubmitAndWait,
            ["Parameters"] = new MapNode
            {
                ["JobName"] = name,
                ["JobQueue"] = options.Place ?? "helios",
                ["JobDefinition"] = options.Definition ?? job.NameOf(options),
                ["ArrayProperties"] = isMerge || plan.Count == 1 ? null : new MapNode { ["Size"] = plan.Count },
                ["ContainerOverrides"] = new MapNode
                {
                    ["Command"] = TaskCommand.Command(options, TaskCommand.Of(step), path),
                    ["Environment"] = environment
                },
                ["RetryStrategy"] = Capitalize(AwsBatch.RetryStrategy(options)),
                ["Timeout"] = new MapNode { ["AttemptDurationSeconds"] = options.TimeLimit },
            },
            ["ResultPath"] = Node.Null,
            ["Next"] = isLast ? null : StateOf(AdapterJob.MergeStep),
            ["End"] = isLast ? true : null,
        };
    }

    /// <summary>Step Functions writes the members of a service's request with a capital.</summary>
    private static Node Capitalize(Node node)
    {
        if (node is ListNode list)
        {
            var items = new ListNode();
            foreach (Node item in list.Items) items.Add(Capitalize(item));
            return items;
        }

        if (node is not MapNode map) return node;
        var members = new MapNode();
        foreach (MapNode.Member member in map.Members)
            members[char.ToUpperInvariant(member.Name[0]) + member.Name[1..]] = Capitalize(member.Value);
        return members;
    }
}
