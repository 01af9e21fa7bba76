using System;
using System.Buffers;
using System.Text;
using Helios.Adapters.Document;
using Helios.Jobs;
using Helios.Render;

namespace Helios.Adapters.Engines;

/// <summary>
/// GitHub Actions: a workflow with a matrix of chunks and a merge; parts travel as artifacts, and so do the videos of rows. Source:
/// docs.github.com actions/reference/workflows-and-actions/workflow-syntax and actions/reference/limits; actions/upload-artifact v4. Left
/// out: caches, environments, concurrency groups.
/// </summary>
internal static class GitHubActions
{
    /// <summary>Maximum number of jobs of one matrix.</summary>
    internal const int MaxTasks = 256;

    private const int MaxFile = 500_000;
    private const int MaxHosted = 6 * 3600;
    private const int MaxSelfHosted = 5 * 24 * 3600;

    private static readonly SearchValues<char> s_pattern = SearchValues.Create("*?[]!#~\\");

    private static readonly string[] s_hosted = ["ubuntu-", "windows-", "macos-"];

    internal static string Write(AdapterJob job, AdapterOptions options)
    {
        TaskPlan plan = TaskPlan.Make(job.ChunkCount, options, MaxTasks, "jobs of a matrix of GitHub Actions");
        job.CheckPortable("GitHub Actions");
        string path = job.LocalPath(options);
        EngineLimits.ThrowUnless(path[0] != '/', $"\"{path}\" is absolute, and a runner's checkout is not there", "--job-path",
            "give a path in the repository");
        EngineLimits.ThrowUnless(job.HasUsualChunkFiles,
            "chunk files have names of their own, which artifacts cannot collect by one pattern",
            job.File, "write the spec again with helios export-job");
        bool isHosted = Array.Exists(s_hosted, RunsOn(options).StartsWith);
        EngineLimits.ThrowIfAbove(isHosted ? MaxHosted : MaxSelfHosted, options.TimeLimit,
            $"seconds of a job on {(isHosted ? "GitHub's" : "your own")} runners", "--time-limit",
            "give less, or cut the job into more chunks");

        string steps = ShellScript.NextSteps("gh workflow run FILE, once it is in .github/workflows", "gh run watch",
            "gh run cancel RUN", "gh run delete RUN, which deletes its artifacts, too");
        string document = steps + YamlText.Write(new MapNode
        {
            ["name"] = Escape(job.NameOf(options)),
            ["on"] = new MapNode { ["workflow_dispatch"] = new MapNode() },
            ["permissions"] = new MapNode { ["contents"] = "read" },
            ["jobs"] = new MapNode
            {
                [job.Step] = Tasks(job, options, plan, path),
                [AdapterJob.MergeStep] = job.IsBatch ? null : Merge(job, options, path),
            },
        });
        EngineLimits.ThrowIfTooLong(document, MaxFile, "GitHub Actions");
        return document;
    }

    private static string RunsOn(AdapterOptions options) => options.Place ?? "ubuntu-latest";

    private static MapNode Tasks(AdapterJob job, AdapterOptions options, TaskPlan plan, string path) => new()
    {
        ["runs-on"] = RunsOn(options),
        ["container"] = Escape(options.Image),
        ["timeout-minutes"] = TaskCommand.ToMinutes(options.TimeLimit),
        ["strategy"] = new MapNode
        {
            ["fail-fast"] = !job.IsBatch, // the video needs every chunk; complete chunks are kept as artifacts
            ["max-parallel"] = options.Concurrency > 0 ? options.Concurrency : null,
            ["matrix"] = Matrix(job, plan, path),
        },
        ["steps"] = ListNode.Of(
            new MapNode { ["uses"] = "actions/checkout@v4" },
            new MapNode
            {
                ["name"] = "Render",
                ["run"] = Run(options, TaskCommand.Of(job.Step), path),
                ["env"] = new MapNode
                {
                    [TaskIndex.Neutral] = "${{ matrix.index }}",
                    [TaskIndex.ChunksPerTask] = plan.PerTask == 1 ? null : TaskCommand.Number(plan.PerTask)
                },
            },
            new MapNode
            {
                ["if"] = job.IsBatch ? "${{ !cancelled() }}" : null, // rows that are complete beside one that failed
                ["uses"] = "actions/upload-artifact@v4",
                ["with"] = new MapNode
                {
                    ["name"] = $"{(job.IsBatch ? "videos" : "part")}-{job.Id}-${{{{ matrix.index }}}}",
                    ["path"] = job.IsBatch ? "${{ matrix.videos }}" : Pattern(job, path),
                    ["if-no-files-found"] = "error",
                    ["overwrite"] = true, // for a job that is run again
                    ["retention-days"] = job.IsBatch ? null : 1,
                    ["compression-level"] = 0, // video does not compress further
                },
            }),
    };

    /// <summary>Indices of tasks; those of a batch with the videos that each makes, which no pattern would find.</summary>
    private static MapNode Matrix(AdapterJob job, TaskPlan plan, string path)
    {
        var indices = new ListNode();
        if (!job.IsBatch)
        {
            for (int i = 0; i < plan.Count; i++) indices.Add(i);
            return new MapNode { ["index"] = indices };
        }

        var videos = new StringBuilder();
        int rows = 0;
        job.VisitOutputs(output =>
        {
            if (videos.Length > 0) videos.Append('\n');
            videos.Append(Output(Join(path + "/", output)));
            if (++rows % plan.PerTask == 0 || rows == plan.Chunks) End();
        });
        return new MapNode { ["include"] = indices };

        void End()
        {
            indices.Add(new MapNode { ["index"] = (rows - 1) / plan.PerTask, ["videos"] = videos.ToString() });
            videos.Clear();
        }
    }

    private static MapNode Merge(AdapterJob job, AdapterOptions options, string path) => new()
    {
        ["needs"] = "chunks",
        ["runs-on"] = RunsOn(options),
        ["container"] = Escape(options.Image),
        ["timeout-minutes"] = TaskCommand.ToMinutes(options.TimeLimit),
        ["steps"] = ListNode.Of(
            new MapNode { ["uses"] = "actions/checkout@v4" },
            new MapNode
            {
                ["uses"] = "actions/download-artifact@v4",
                ["with"] = new MapNode
                {
                    ["pattern"] = $"part-{job.Spec.JobId}-*",
                    ["path"] = Escape("./" + FolderOf(job, path)),
                    ["merge-multiple"] = true
                },
            },
            new MapNode { ["name"] = "Merge", ["run"] = Run(options, TaskCommand.Merge, path) },
            new MapNode
            {
                ["uses"] = "actions/upload-artifact@v4",
                ["with"] = new MapNode
                {
                    ["name"] = "video-" + job.Spec.JobId,
                    ["path"] = Output(Join(path, job.Spec.Output)),
                    ["if-no-files-found"] = "error",
                    ["overwrite"] = true,
                    ["compression-level"] = 0,
                },
            }),
    };

    private static string Run(AdapterOptions options, string command, string path) =>
        Escape(ShellScript.Retry(ShellScript.Task(options, command, path), options.RetriesOrDefault))!;

    /// <summary>Chunk files and their receipts of this job, wherever the checkout is.</summary>
    private static string Pattern(AdapterJob job, string path) => CheckPattern($"{FolderOf(job, path)}temp_{job.Spec.JobId}_part_") + "*";

    /// <summary>An image sequence: all files that have digits in place of its number.</summary>
    private static string Output(string path) =>
        FrameNames.TryParse(path, out FrameNames names) && Container.Of(path) is { IsSequence: true }
            ? CheckPattern(names.Start) + "[0-9]*" + CheckPattern(names.End)
            : CheckPattern(path);

    /// <summary>Directory of the output, with its final slash; empty for the top of the repository.</summary>
    private static string FolderOf(AdapterJob job, string path) => JobPaths.DirectoryOf(Join(path, job.Spec.Output));

    /// <summary>Paths of the spec are relative to the directory of the job file.</summary>
    private static string Join(string jobPath, string path) => JobPaths.DirectoryOf(jobPath) + path;

    private static string CheckPattern(string path)
    {
        EngineLimits.ThrowUnless(!path.AsSpan().ContainsAny(s_pattern) && path.AsSpan().Trim().Length == path.Length,
            $"\"{path}\" holds what artifacts take for a pattern", "output", "name the output's directory without * ? [ ] ! # ~ and \\");
        return Escape(path)!;
    }

    /// <summary>GitHub evaluates <c>${{</c> anywhere; the only way to write it is an expression that yields it.</summary>
    private static string? Escape(string? text) => text?.Replace("${{", "${{ '${{' }}", StringComparison.Ordinal);
}
