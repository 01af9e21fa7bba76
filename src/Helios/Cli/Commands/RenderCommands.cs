using System;
using ConsoleAppFramework;
using Helios.Cli.Help;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Jobs;
using Helios.Progress;
using Helios.Render;
using Helios.Run;
using Helios.Run.Batch;
using Helios.Run.Checks;
using Helios.Run.Stores;

namespace Helios.Cli.Commands;

/// <summary>The commands that start a browser. Parameters are text for the same reason as in <see cref="JobCommands"/>.</summary>
internal sealed class RenderCommands
{
    /// <summary>Render one chunk of a job: the stateless worker. Any order, any number of times gives the same file, on all machines that draw alike (docs/images.md).</summary>
    /// <param name="job">&lt;job&gt; Job spec: a file, a URL in a bucket (s3://, gs://, az://, rclone:), the folder of a batch, of which it renders a row to its video, or - for standard input</param>
    /// <param name="index">&lt;N&gt; Which chunk, or row, from 0; - reads their numbers from standard input, one a line [default: HELIOS_CHUNK_INDEX, else the variable of the batch engine]</param>
    /// <param name="workdir">&lt;DIR&gt; Where relative paths of the spec start [default: the spec's directory]</param>
    /// <param name="root">&lt;DIR&gt; Project directory that the page may read [default: the job's]</param>
    /// <param name="browser">&lt;PATH&gt; chromium-headless-shell [default: HELIOS_BROWSER, else one that is found; docs/browser.md]</param>
    /// <param name="ffmpeg">&lt;PATH&gt; ffmpeg [default: HELIOS_FFMPEG, else ffmpeg on PATH]</param>
    /// <param name="force">Render even if the chunk is complete</param>
    /// <param name="offline">Fail requests to the net</param>
    /// <param name="allowChanged">Render although the composition changed since it was planned</param>
    /// <param name="preroll">&lt;HOW&gt; Frames before the chunk, more exactly than planned: replay (run all), displayed (run and draw all; slow) [default: the job's history]</param>
    /// <param name="framesTo">&lt;DIR&gt; Write the frames as PNG files into this directory, named by their numbers, instead of a chunk file</param>
    /// <param name="timeout">&lt;SECONDS&gt; Longest time for one frame, 1..86400 [default: 30]</param>
    /// <param name="readyTimeout">&lt;SECONDS&gt; Longest time until the page is ready, 1..86400 [default: 60]</param>
    /// <param name="threads">&lt;N&gt; Processors that browser and encoder may use at a time; the bytes stay the same [default: all]</param>
    /// <param name="transfer">&lt;PROGRAM&gt; Program that copies to and from the store of a job's URL [default: HELIOS_TRANSFER, else aws, gcloud, azcopy, az or rclone]</param>
    /// <param name="progress">&lt;MODE&gt; auto, json, plain or none, on stderr [default: auto]</param>
    /// <param name="quiet">-q, No progress, no summary</param>
    [Command("render-chunk")]
    public int RenderChunk(
        [Argument] string? job = null,
        [HideDefaultValue] string? index = null,
        [HideDefaultValue] string? workdir = null,
        [HideDefaultValue] string? root = null,
        [HideDefaultValue] string? browser = null,
        [HideDefaultValue] string? ffmpeg = null,
        bool force = false,
        bool offline = false,
        bool allowChanged = false,
        [HideDefaultValue] string? preroll = null,
        [HideDefaultValue] string? framesTo = null,
        [HideDefaultValue] string? timeout = null,
        [HideDefaultValue] string? readyTimeout = null,
        [HideDefaultValue] string? threads = null,
        [HideDefaultValue] string? transfer = null,
        [HideDefaultValue] string? progress = null,
        bool quiet = false) => ErrorBoundary.Run(progress, quiet, sink =>
    {
        var arguments = new WorkerArguments
        {
            Root = root,
            Browser = browser,
            Ffmpeg = ffmpeg,
            IsOffline = offline,
            AllowsChanged = allowChanged,
            Preroll = preroll,
            Timeout = timeout,
            ReadyTimeout = readyTimeout,
            Threads = threads,
        };
        TaskChunks task = TaskIndex.FindChunks(index, Environment.GetEnvironmentVariable);
        if (task.IsRead && job == TaskIndex.Standard)
        {
            throw new HeliosException(ExitCode.Usage, "the job and the chunks' numbers would both come from standard input", "--index -",
                "give the job as a file");
        }

        arguments.Check();
        using StoredBatch? storedBatch = StoredBatch.Open(job!, transfer, workdir);
        BatchSource? batch = storedBatch?.Source ?? (BatchSource.IsBatch(job!) ? new BatchSource(job!, workdir) : null);
        using StoredJob? stored = batch is null ? StoredJob.Open(job!, transfer, workdir) : null;
        JobSource? source = batch is null ? stored?.Source ?? new JobSource(job!, workdir) : null;
        var settings = new TaskSettings
        {
            IsForced = force,
            FrameFolder = framesTo,
            Threads = arguments.ThreadCount,
            MakeRenderSettings = interrupts => arguments.ToSettings(batch?.Directory ?? source!.Directory, interrupts, sink.Warn),
        };
        if (batch is null) new ChunkTask(source!, task, settings, sink, stored).Run();
        else RenderRows(batch, storedBatch, task, settings, sink);
    });

    private static void RenderRows(BatchSource batch, StoredBatch? stored, TaskChunks task, TaskSettings settings, ProgressSink sink)
    {
        if (settings.FrameFolder is not null)
            throw CommandLine.Wrong("--frames-to is for a job; a row of a batch is rendered to its video", "name its job file");
        sink.Unit = RunStatus.Row;
        new RowTask(batch, task, settings, sink, stored).Run();
    }

    /// <summary>Render border frames of some chunks again, here, and compare them with the receipts: for those who doubt a machine. Changes no file.</summary>
    /// <param name="job">&lt;job&gt; Job spec: a file, a URL in a bucket (s3://, gs://, az://, rclone:), or - for standard input</param>
    /// <param name="sample">&lt;N&gt; How many chunks, all if there are not so many [default: 5]</param>
    /// <param name="seed">&lt;N&gt; Chooses other chunks, 0..4294967295 [default: made of the job's id, so that the same call checks the same chunks]</param>
    /// <param name="format">&lt;FORMAT&gt; text or json [default: text]</param>
    [Command("verify")]
    public int Verify(
        [Argument] string? job = null,
        [HideDefaultValue] string? sample = null,
        [HideDefaultValue] string? seed = null,
        [HideDefaultValue] string? format = null) => ErrorBoundary.Run(() =>
    {
        const int Usual = 5;
        int count = (int)ExportArguments.ReadInteger("--sample", sample, 1, ChunkPlan.MaxChunks, Usual);
        long number = ExportArguments.ReadInteger("--seed", seed, 0, uint.MaxValue, ChunkSample.OfJob);
        var report = new VerifyReport(EstimateReport.IsJson(format));
        OptionValues given = BorrowedOptions.Given;
        WorkerArguments worker = WorkerArguments.From(given);
        worker.Check();
        if (BatchSource.IsBatch(job!)) throw CommandLine.Wrong("verify is for one job, not for a batch", "name the job file of a row");
        using StoredJob? stored = StoredJob.Open(job!, given["--transfer"], given["--workdir"]);
        JobSource source = stored?.Source ?? new JobSource(job!, given["--workdir"]);
        var verification = new ChunkVerification(source, stored, interrupts =>
            worker.ToProbeSettings(source.Directory, interrupts, report.Warn) with { FrameTimeout = worker.FrameTimeoutMs });
        var (spec, chunks) = verification.Run(count, number, report.Add);
        report.Finish(spec, chunks);
        return (int)ExitCode.Ok;
    });

    /// <summary>Say whether this machine can render, or render a job: browser, encoder, fonts, memory, disk and one frame, and how to fix what is wrong.</summary>
    /// <param name="job">&lt;job?&gt; Job spec that is to be rendered here, or - for standard input</param>
    /// <param name="workdir">&lt;DIR&gt; Where relative paths of the spec start [default: the spec's directory]</param>
    /// <param name="browser">&lt;PATH&gt; chromium-headless-shell [default: HELIOS_BROWSER, else one that is found; docs/browser.md]</param>
    /// <param name="ffmpeg">&lt;PATH&gt; ffmpeg [default: HELIOS_FFMPEG, else ffmpeg on PATH]</param>
    /// <param name="format">&lt;FORMAT&gt; text or json [default: text]</param>
    [Command("doctor")]
    public int Doctor(
        [Argument] string? job = null,
        [HideDefaultValue] string? workdir = null,
        [HideDefaultValue] string? browser = null,
        [HideDefaultValue] string? ffmpeg = null,
        [HideDefaultValue] string? format = null) =>
        ErrorBoundary.Run(() => (int)DoctorReport.Print(job, workdir, browser, ffmpeg, format));
}
