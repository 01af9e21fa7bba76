using Helios.Adapters.Document;
using Helios.Render;

namespace Helios.Adapters.Engines;

/// <summary>
/// Open Job Description, for AWS Deadline Cloud and <c>openjd run</c>: a template of two steps. Source:
/// OpenJobDescription/openjd-specifications wiki/2023-09-Template-Schemas.md. Left out: retries and worker counts, which are set at
/// submission (CreateJob), and environments.
/// </summary>
internal static class OpenJobDescription
{
    private const int MaxJobName = 128;
    private const int MaxString = 1024;
    private const int MaxTemplate = 1_000_000;
    private const int MaxTaskCount = 150; // of AWS Deadline Cloud
    private const string Directory = "JobDirectory";
    private const string DirectoryParameter = "{{Param." + Directory + "}}";
    private const string Chunks = "Chunks"; // the step that the merge depends on

    private const string IndicesOfRange = """
        exec "$2" render-chunk "$3" --index - <<END
        $(seq "${1%-*}" "${1#*-}")
        END

        """;

    internal static string Write(AdapterJob job, AdapterOptions options)
    {
        TaskPlan plan = TaskPlan.Make(job.ChunkCount, options, int.MaxValue, "tasks of a range expression");
        EngineLimits.ThrowIfAbove(MaxJobName, job.NameOf(options).Length, "characters of an Open Job Description name",
            "--name", "give a shorter one");
        if (options.JobPath is null) job.CheckPortable("Open Job Description");
        EngineLimits.ThrowUnless(!job.IsBatch || options.TargetTime == 0,
            "a batch leaves it to helios which rows a task has, so that a row that fails does not end the others of its task",
            "--target-time", "leave it out, or use --chunks-per-task");
        string path = options.JobPath ?? job.PathBelow(DirectoryParameter);
        string name = options.JobPath ?? job.FileName;
        EngineLimits.ThrowIfReplaced("{{", name, "Open Job Description", "--job-path");
        EngineLimits.ThrowIfReplaced("{{", options.Program, "Open Job Description", "--helios");
        EngineLimits.ThrowIfReplaced("{{", options, "Open Job Description");
        EngineLimits.ThrowIfAbove(MaxString, name.Length, "characters of an Open Job Description parameter", "--job-path",
            "use a shorter path");

        string document = NextSteps(options) + YamlText.Write(new MapNode
        {
            ["specificationVersion"] = "jobtemplate-2023-09",
            ["extensions"] = options.TargetTime > 0 ? ListNode.Of("TASK_CHUNKING") : null,
            ["name"] = job.NameOf(options),
            ["parameterDefinitions"] = options.JobPath is not null ? null : ListNode.Of(new MapNode
            {
                ["name"] = Directory,
                ["type"] = "PATH",
                ["objectType"] = "DIRECTORY",
                ["dataFlow"] = "INOUT",
                ["default"] = ".",
                ["description"] = job.IsBatch
                    ? "Where the path of the batch starts: its jobs, the page and the videos are below it."
                    : $"The directory of {job.FileName}: the page, the chunk files and the video are below it.",
            }),
            ["steps"] = ListNode.Of(
                options.TargetTime > 0 ? DealtChunks(options, plan, path) : Tasks(job, options, plan, path),
                job.IsBatch ? null : Merge(options, path)),
        });
        EngineLimits.ThrowIfTooLong(document, MaxTemplate, "Open Job Description");
        return document;
    }

    /// <summary>Neither index variable nor step environment can hold a task's parameter, so <c>env</c> sets them.</summary>
    private static MapNode Tasks(AdapterJob job, AdapterOptions options, TaskPlan plan, string path) => new()
    {
        ["name"] = job.IsBatch ? "Rows" : Chunks,
        ["parameterSpace"] = new MapNode
        {
            ["taskParameterDefinitions"] = ListNode.Of(new MapNode
            {
                ["name"] = "Index",
                ["type"] = "INT",
                ["range"] = plan.Count == 1 ? "0" : $"0-{TaskCommand.Number(plan.Count - 1)}",
            }),
        },
        ["script"] = Script(options, "env", ListNode.Of(
            TaskIndex.Neutral + "={{Task.Param.Index}}",
            plan.PerTask == 1 ? null : $"{TaskIndex.ChunksPerTask}={TaskCommand.Number(plan.PerTask)}",
            options.Program, "render-chunk", path)),
        ["hostRequirements"] = Host(options),
    };

    /// <summary>
    /// The scheduler deals neighbouring chunks to a task, more of them the faster they are. The task is told a range such as 4-9, which
    /// helios takes as a list of indices: they go on in one page. The shell becomes helios, which so gets the signals.
    /// </summary>
    private static MapNode DealtChunks(AdapterOptions options, TaskPlan plan, string path)
    {
        EngineLimits.ThrowIfAbove(MaxTaskCount, plan.PerTask, "chunks that AWS Deadline Cloud begins with in a task", "--chunks-per-task",
            "give fewer");
        return new MapNode
        {
            ["name"] = Chunks,
            ["parameterSpace"] = new MapNode
            {
                ["taskParameterDefinitions"] = ListNode.Of(new MapNode
                {
                    ["name"] = "Index",
                    ["type"] = "CHUNK[INT]",
                    ["range"] = plan.Chunks == 1 ? "0" : $"0-{TaskCommand.Number(plan.Chunks - 1)}",
                    ["chunks"] = new MapNode
                    {
                        ["defaultTaskCount"] = plan.PerTask,
                        ["targetRuntimeSeconds"] = options.TargetTime,
                        ["rangeConstraint"] = "CONTIGUOUS",
                    },
                }),
            },
            ["script"] = Script(options, "sh", ListNode.Of("-c", IndicesOfRange, "sh", "{{Task.Param.Index}}", options.Program,
                path)),
            ["hostRequirements"] = Host(options),
        };
    }

    private static string NextSteps(AdapterOptions options) => ShellScript.NextSteps(
        "deadline bundle submit DIRECTORY, where this is template.yaml; on this machine: openjd run template.yaml",
        "deadline job get --job-id JOB", "deadline job cancel --job-id JOB")
        + (options.TargetTime > 0 ? "# needs: the extension TASK_CHUNKING (openjd run --extensions TASK_CHUNKING)\n" : "");

    private static MapNode Merge(AdapterOptions options, string path) => new()
    {
        ["name"] = "Merge",
        ["dependencies"] = ListNode.Of(new MapNode { ["dependsOn"] = Chunks }),
        ["script"] = Script(options, options.Program,
            ListNode.OfWords(TaskCommand.Words(options, TaskCommand.Merge, path))),
        ["hostRequirements"] = Host(options),
    };

    private static MapNode Script(AdapterOptions options, string command, ListNode arguments) => new()
    {
        ["actions"] = new MapNode
        {
            ["onRun"] = new MapNode
            {
                ["command"] = command,
                ["args"] = arguments,
                ["timeout"] = options.TimeLimit,
                ["cancelation"] = new MapNode { ["mode"] = "NOTIFY_THEN_TERMINATE", ["notifyPeriodInSeconds"] = 30 },
            },
        },
    };

    private static MapNode Host(AdapterOptions options) => new()
    {
        ["amounts"] = ListNode.Of(
            new MapNode { ["name"] = "amount.worker.vcpu", ["min"] = options.Cpus },
            new MapNode { ["name"] = "amount.worker.memory", ["min"] = options.MemoryMiB }),
        ["attributes"] = ListNode.Of(
            new MapNode { ["name"] = "attr.worker.cpu.arch", ["anyOf"] = ListNode.Of(options.IsArm ? "arm64" : "x86_64") }),
    };
}
