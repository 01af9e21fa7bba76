using ConsoleAppFramework;
using Helios.Cli.Help;
using Helios.Cli.Options;
using Helios.Os;
using Helios.Progress;
using Helios.Run;
using Helios.Run.Batch;
using Helios.Run.Stores;

namespace Helios.Cli.Commands;

/// <summary>
/// The embedded engine: a whole job on this machine. Most options are those of export-job and render-chunk
/// (<see cref="BorrowedOptions"/>).
/// </summary>
internal sealed class RunCommands
{
    /// <summary>Run a job, or all jobs of a batch, on this machine: render what is not complete in worker processes, then merge. Killed at any moment, the same command resumes where it stopped.</summary>
    /// <param name="job">&lt;job&gt; Job spec: a file, a URL in a bucket (s3://, gs://, az://, rclone:), the folder of a batch, or - for standard input</param>
    /// <param name="workers">&lt;N&gt; Worker processes at a time, 1..256 [default: as many as processors, memory and length of the job allow, see --explain]</param>
    /// <param name="retries">&lt;N&gt; How often a chunk that failed is tried again, 0..1000 [default: 2]</param>
    /// <param name="fresh">Start over: render complete chunks again</param>
    /// <param name="keepChunks">Keep chunk files and receipts after the merge</param>
    /// <param name="explain">Say how many workers are used, and why</param>
    /// <param name="failFast">With a batch: end at the first row that fails</param>
    [Command("run-job")]
    public int RunJob(
        [Argument] string? job = null,
        [HideDefaultValue] string? workers = null,
        [HideDefaultValue] string? retries = null,
        bool fresh = false,
        bool keepChunks = false,
        bool explain = false,
        bool failFast = false) => ErrorBoundary.Run(BorrowedOptions.Given["--progress"], BorrowedOptions.Given.Has("--quiet"), sink =>
    {
        OptionValues given = BorrowedOptions.Given;
        var arguments = new RunArguments
        {
            Workers = workers,
            Retries = retries,
            IsFresh = fresh,
            KeepsChunks = keepChunks,
            IsExplained = explain,
            AllowsMixed = given.Has("--allow-mixed"),
            Then = ThenArguments.From(given),
            Worker = WorkerArguments.From(given),
        };
        arguments.Check();
        using StoredBatch? storedBatch = StoredBatch.Open(job!, given["--transfer"], given["--workdir"]);
        if (storedBatch is not null || BatchSource.IsBatch(job!))
        {
            RunBatch(storedBatch?.Source ?? new BatchSource(job!, given["--workdir"]), storedBatch, arguments, failFast, sink);
            return;
        }

        if (failFast) throw CommandLine.Wrong("--fail-fast is for a batch; a chunk that fails always ends a job", "leave it out");
        RunSettings Make(string file, string directory, Interrupts interrupts) => arguments.ToSettings(file, directory, interrupts, sink);
        using StoredJob? stored = StoredJob.Open(job!, given["--transfer"], given["--workdir"]);
        if (stored is null) JobRun.Run(new JobSource(job!, given["--workdir"]), Make);
        else StoredRun.Run(stored, Make);
    });

    /// <summary>Render a composition on this machine: export-job and run-job in one go, without a job file. Killed at any moment, the same command resumes where it stopped.</summary>
    /// <param name="composition">&lt;composition&gt; Path, file:// or http(s):// URL of the page</param>
    /// <param name="shards">&lt;N&gt; Chunks to cut the job into, 1..10000000 [default: --workers, else one for each processor]</param>
    /// <param name="job">&lt;FILE&gt; Keep the job spec in this file, or - for stdout</param>
    /// <param name="jobId">&lt;ID&gt; Name of the job in file names: a-z, 0-9 and -, at most 63 [default: made of what is rendered, so that the same command resumes]</param>
    /// <param name="still">&lt;FRAMES&gt; Render frames alone as PNG files, such as 45, 0,45,90 or 25%,50%; several as still_000045.png … [default of --output: still.png]</param>
    /// <param name="contactSheet">&lt;FILE&gt; Make one PNG file of several frames, each with its number and time: those of --still, at most 100 [default: 12 of the whole]</param>
    /// <param name="poster">&lt;FRAME&gt; Also write this frame, such as 45 or 50%, next to the video: out.poster.png for out.mp4</param>
    /// <param name="noProbe">Do not ask the page for the width, height, rate and duration that no option gives</param>
    /// <param name="framesOnly">Render the frames as PNG files 000000.png … into the directory --output, without a video [default of --output: frames]</param>
    [Command("render")]
    public int Render(
        [Argument] string? composition = null,
        [HideDefaultValue] string? shards = null,
        [HideDefaultValue] string? job = null,
        [HideDefaultValue] string? jobId = null,
        [HideDefaultValue] string? still = null,
        [HideDefaultValue] string? contactSheet = null,
        [HideDefaultValue] string? poster = null,
        bool noProbe = false,
        bool framesOnly = false) => ErrorBoundary.Run(BorrowedOptions.Given["--progress"], BorrowedOptions.Given.Has("--quiet"), sink =>
    {
        OptionValues given = BorrowedOptions.Given;
        RunArguments arguments = RunArguments.From(given);
        if (noProbe && given.Has("--probe")) throw ExportArguments.Exclude("--probe", "--no-probe");
        ExportArguments export = ExportArguments.From(composition!, shards, job, jobId, given) with { IsProbed = !noProbe };
        bool isOfStills = still is not null || contactSheet is not null;
        string stills = still is not null ? "--still" : "--contact-sheet";
        if (isOfStills && framesOnly) throw ExportArguments.Exclude(stills, "--frames-only");
        if (poster is not null && (isOfStills || framesOnly))
            throw ExportArguments.Exclude("--poster", isOfStills ? stills : "--frames-only");
        if (isOfStills || framesOnly) arguments.Then.Refuse(isOfStills ? stills : "--frames-only");
        if (isOfStills) StillOutputs.Render(export, still, contactSheet, arguments.Worker, sink);
        else if (framesOnly) RenderOutputs.RenderFrames(export, arguments, sink);
        else RenderOutputs.RenderVideo(export, given.Has("--compact"), poster, arguments, sink);
    });

    private static void RunBatch(
        BatchSource batch, StoredBatch? stored, RunArguments arguments, bool isFailFast, ProgressSink sink)
    {
        if (arguments.KeepsChunks)
            throw CommandLine.Wrong("--keep-chunks is for a job; a batch keeps the videos of its rows", "leave it out");
        arguments.Then.Refuse("a batch, whose report.jsonl has a line for each row");
        sink.Unit = RunStatus.Row;
        using var interrupts = new Interrupts();
        RunSettings settings = arguments.ToSettings(stored is null ? batch.Folder : batch.Name, batch.Directory, interrupts, sink);
        if (stored is not null)
        {
            string? transfer = BorrowedOptions.Given["--transfer"];
            settings = settings with
            {
                IsInStore = true,
                SilenceLimit = int.MaxValue, // a transfer says nothing, and has a limit of its own that grows with its bytes
                WorkerOptions = transfer is null ? settings.WorkerOptions : [.. settings.WorkerOptions, "--transfer=" + transfer],
            };
        }

        new BatchRun(batch, settings, isFailFast, stored).Run();
    }
}
