using System;
using System.Globalization;
using Helios.Adapters.Document;
using Helios.Jobs;
using Helios.Render;
using Helios.Text;

namespace Helios.Adapters.Engines;

/// <summary>
/// Azure Batch: a job and its tasks, as <c>az batch job create</c> and <c>az batch task create --json-file</c> take them. Source:
/// Azure SDK for Python, azure/batch/models (JobAddParameter, TaskAddParameter). Left out: pools, which are the farm itself;
/// resource files and output files, since the job's files are on a share that the pool mounts.
/// </summary>
internal static class AzureBatch
{
    /// <summary>Each task is a document, added in batches of a hundred: more tasks would take hours and hundreds of megabytes.</summary>
    internal const int MaxTasks = 10_000;

    private const int MaxId = 64;
    private const int MaxCommand = 8191;
    private static readonly MapNode s_exitConditions = ExitConditions();

    private const string MountVariable = "$AZ_BATCH_NODE_MOUNTS_DIR/";

    internal static string Write(AdapterJob job, AdapterOptions options)
    {
        TaskPlan plan = TaskPlan.Make(job.ChunkCount, options, MaxTasks, "tasks that Azure Batch is given in one job");
        string id = job.NameOf(options);
        EngineLimits.ThrowIfAbove(MaxId, id.Length, "characters of an Azure Batch job's id", "--name", "give a shorter one");
        if (options.JobPath is null && job.AddressOf(options) is null) job.CheckPortable("Azure Batch");
        return TaskCommand.FindDocument(options, "job", "tasks") switch
        {
            "job" => JsonText.Write(Job(job, options)),
            "tasks" => Tasks(job, options, plan),
            _ => ShellScript.BeginSubmission(
                TaskCommand.Submits(job, "Azure Batch", plan, "Needs az, logged in to the Batch account."))
                .AppendFile("job.json", JsonText.Write(Job(job, options)))
                .AppendFile("tasks.json", Tasks(job, options, plan))
                .AppendPush(job, options)
                .Append($"""

                    az batch job create --json-file "$work/job.json"
                    az batch task create --job-id {id} --json-file "$work/tasks.json" --output none
                    az batch job set --job-id {id} --on-all-tasks-complete terminatejob

                    """).AppendNextSteps($"az batch job task-counts show --job-id {id}", $"az batch job stop --job-id {id}",
                    $"az batch job delete --yes --job-id {id}").AppendVideo(job, options).ToString(),
        };
    }

    private static MapNode Job(AdapterJob job, AdapterOptions options) => new()
    {
        ["id"] = job.NameOf(options),
        ["poolInfo"] = new MapNode { ["poolId"] = options.Place ?? "helios" },
        ["maxParallelTasks"] = options.Concurrency > 0 ? options.Concurrency : null,
        ["usesTaskDependencies"] = job.IsBatch ? null : true,
        ["onTaskFailure"] = job.IsBatch ? "noaction" : "performexitoptionsjobaction",
        ["onAllTasksComplete"] = "noaction", // a job without tasks yet would be complete
        ["constraints"] = new MapNode { ["maxTaskRetryCount"] = 0 },
    };

    private static string Tasks(AdapterJob job, AdapterOptions options, TaskPlan plan)
    {
        var tasks = new ListNode();
        for (int i = 0; i < plan.Count; i++)
        {
            // ids are plain numbers: only these can be named as a range
            tasks.Add(Task(job, options, TaskCommand.Number(i), job.Step, ListNode.Of(
                new MapNode { ["name"] = TaskIndex.Neutral, ["value"] = TaskCommand.Number(i) },
                plan.PerTask == 1
                    ? null
                    : new MapNode { ["name"] = TaskIndex.ChunksPerTask, ["value"] = TaskCommand.Number(plan.PerTask) })));
        }

        if (job.IsBatch) return JsonText.Write(tasks);
        MapNode merge = Task(job, options, AdapterJob.MergeStep, AdapterJob.MergeStep, null);
        merge["dependsOn"] = new MapNode { ["taskIdRanges"] = ListNode.Of(new MapNode { ["start"] = 0, ["end"] = plan.Count - 1 }) };
        tasks.Add(merge);
        return JsonText.Write(tasks);
    }

    private static MapNode Task(AdapterJob job, AdapterOptions options, string id, string step, ListNode? environment)
    {
        string commandLine = CommandLine(job, options, TaskCommand.Of(step));
        EngineLimits.ThrowIfAbove(MaxCommand, commandLine.Length, "characters of an Azure Batch command line", "--job-path",
            "use a shorter path");
        return new MapNode
        {
            ["id"] = id,
            ["commandLine"] = commandLine,
            ["containerSettings"] = options.Image is null
                ? null
                : new MapNode { ["imageName"] = options.Image, ["containerRunOptions"] = "--rm" },
            ["environmentSettings"] = environment,
            ["exitConditions"] = job.IsBatch ? null : s_exitConditions,
            ["constraints"] = new MapNode { ["maxTaskRetryCount"] = 0, ["maxWallClockTime"] = Duration(options.TimeLimit) },
        };
    }

    /// <summary>
    /// The service would retry regardless of the code, so the command contains the retries; a permanent failure ends the job. The
    /// service requeues a task on a reclaimed node, which costs no retry.
    /// </summary>
    private static MapNode ExitConditions()
    {
        var ranges = new ListNode();
        for (int i = 0; i < RetryRules.Never.Length; i++)
        {
            int end = RetryRules.FindEndOfRange(i);
            ranges.Add(new MapNode
            {
                ["start"] = RetryRules.Never[i],
                ["end"] = RetryRules.Never[end],
                ["exitOptions"] = Options("terminate")
            });
            i = end;
        }

        return new MapNode { ["exitCodeRanges"] = ranges, ["default"] = Options("none") };

        static MapNode Options(string action) => new() { ["jobAction"] = action, ["dependencyAction"] = "block" };
    }

    /// <summary>One line for <c>/bin/sh -c</c>, which Azure Batch splits like a shell.</summary>
    private static string CommandLine(AdapterJob job, AdapterOptions options, string command)
    {
        string path = (job.AddressOf(options) ?? options.JobPath) is string given
            ? ShellScript.Command(given)
            : $"\"{MountVariable}\"" + ShellScript.Command(job.PathBelow(options.Volume ?? "work"));
        string[] rest = Array.ConvertAll(TaskCommand.OptionsOf(options, command), ShellQuote.QuoteIfNeeded);
        string task = string.Join(' ', [ShellScript.Command(options.Program, command), path, .. rest]);
        string script = ShellScript.Retry(task, options.RetriesOrDefault);
        return "/bin/sh -c " + ShellQuote.Quote(ShellScript.OnOneLine(script));
    }

    /// <summary>ISO 8601, in seconds.</summary>
    private static string Duration(int seconds) => string.Create(CultureInfo.InvariantCulture, $"PT{seconds}S");
}
