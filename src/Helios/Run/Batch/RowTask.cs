using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Jobs.Receipts;
using Helios.Merge;
using Helios.Os;
using Helios.Os.Files;
using Helios.Os.Processes;
using Helios.Page;
using Helios.Progress;
using Helios.Render;
using Helios.Run.Stores;
using Helios.Text;

namespace Helios.Run.Batch;

/// <summary>
/// One task of a batch: renders its rows, one after the other, each to its merged video. The chunks of a row stay together: they
/// are rendered in one page.
/// </summary>
/// <param name="batch">The batch.</param>
/// <param name="task">Which rows.</param>
/// <param name="settings">Settings besides the batch.</param>
/// <param name="progress">Receives the events.</param>
/// <param name="stored">The batch in a store, of which the folder is a copy; null for a local one.</param>
internal sealed class RowTask(
    BatchSource batch, TaskChunks task, TaskSettings settings, ProgressSink progress, StoredBatch? stored = null)
{
    private RenderSettings? _render;

    /// <exception cref="HeliosException">
    /// As of <see cref="ChunkRenderer.Render"/> and <see cref="ChunkMerger.Merge"/>; 64: the batch has no such row; 75: another helios
    /// works on it.
    /// </exception>
    internal void Run()
    {
        using var interrupts = new Interrupts();
        ParentWatch.Begin();
        int rows = batch.Read(visit: null);
        var receipts = new RowReceipts(batch, interrupts.ThrowIfRequested);
        var page = new TaskPage(keepsBrowser: true);
        HeliosException? failure = null;
        try
        {
            int count = 0;
            foreach (int? index in TaskIndices.Of(task, interrupts))
            {
                if (count++ > 0 && !task.IsRead && index >= rows) break; // the last task may have fewer
                int id = CheckIndex(index, rows);
                try
                {
                    Run(id, receipts, page, interrupts);
                }
                catch (HeliosException error) when (!task.IsRead && task.Count > 1 && interrupts.Count == 0 && IsOfRow(error))
                {
                    progress.Report(new RowFailed(id, error));
                    failure = Choose(failure, error);
                    page.Dispose();
                    page = new TaskPage(keepsBrowser: true); // nothing of the row that failed
                }

                interrupts.ThrowIfRequested(); // an interrupt that arrived while the receipt was written; the receipt is complete now
            }
        }
        finally
        {
            page.Dispose();
        }

        if (_render is null) PrivateDirectory.RemoveLeftovers();
        if (failure is not null) throw failure;
    }

    /// <summary>Whether other rows may succeed where one has failed.</summary>
    internal static bool IsOfRow(HeliosException error) =>
        error.Reason != Reason.DiskFull && error.Code is not (ExitCode.Unavailable or ExitCode.Usage);

    /// <summary>The engine tries a task again for the rows that this can help: their code counts before that of the others.</summary>
    private static HeliosException Choose(HeliosException? first, HeliosException other) =>
        first is null || (!IsRetryable(first) && IsRetryable(other)) ? other : first;

    private static bool IsRetryable(HeliosException error) => ExitCodes.Find((int)error.Code) is { IsRetryable: true };

    private void Run(int id, RowReceipts receipts, TaskPage page, Interrupts interrupts)
    {
        stored?.Fetch(id, settings.IsForced);
        if (!settings.IsForced && IsComplete(receipts, id))
        {
            stored?.Forget(id);
            return;
        }

        // only once: removed processors do not come back
        if (_render is null && settings.Threads > 0) Processors.Limit(settings.Threads, id / task.Count);
        _render ??= settings.MakeRenderSettings(interrupts);
        ChunkFinished finished = Render(id, receipts, page, interrupts);
        stored?.Put(id);
        progress.Report(finished); // whoever hears it may take the row for complete
    }

    private int CheckIndex(int? index, int rows)
    {
        if (index is null && rows == 1) return 0;
        if (index is null)
        {
            throw new HeliosException(ExitCode.Usage, "the batch has more than one row, and no index says which", batch.Name,
                "give --index, or set HELIOS_CHUNK_INDEX");
        }

        if (index < rows) return index.Value;
        throw new HeliosException(ExitCode.Usage,
            string.Create(CultureInfo.InvariantCulture, $"row {index} is outside 0..{rows - 1}"),
            $"{batch.Name}, index from {task.Source}", "submit as many tasks as the batch has rows");
    }

    private bool IsComplete(RowReceipts receipts, int id)
    {
        if (!receipts.IsDone(id)) return false;
        progress.Report(new ChunkSkipped(id, OutputOf(id)));
        return true;
    }

    private string OutputOf(int id)
    {
        JobSource job = batch.JobOf(id);
        using Stream stream = job.Open();
        return batch.NameOf(job.ReadChecked(stream).Spec.Output);
    }

    private ChunkFinished Render(int id, RowReceipts receipts, TaskPage page, Interrupts interrupts)
    {
        var watch = Stopwatch.StartNew();
        var (spec, chunks) = ReadJob(id);
        string output = JobPaths.Resolve(spec.Output, batch.Directory);
        string directory = Path.GetDirectoryName(output)!;
        MakeDirectory(directory);
        using FileLock heldLock = FileLock.TryTake(JobPaths.LockOf(spec, batch.Directory)) ?? throw new HeliosException(
            ExitCode.Temporary, "another helios works on this row", output, "wait for it, or end it first");

        page.Close(); // what is left of another row has other props
        receipts.Remove(id); // the video is about to be replaced
        var done = new List<Receipt>();
        var check = new ChunkCheck(spec, batch.Directory, new ProjectFiles(spec, batch.Directory, interrupts.ThrowIfRequested));
        for (int i = 0; i < chunks.Count; i++)
        {
            Chunk chunk = chunks.Get(i);
            Receipt? complete = settings.IsForced ? null : check.CheckAll(chunk, interrupts.ThrowIfRequested).Receipt;
            complete = complete is null ? null : complete with { Timings = null }; // of another run
            done.Add(complete ?? Render(spec, chunk, id, page, isFollowed: i + 1 < chunks.Count));
            interrupts.ThrowIfRequested();
        }

        void Visit(Action<Chunk> visit)
        {
            for (int i = 0; i < chunks.Count; i++) visit(chunks.Get(i));
        }

        _ = new ChunkMerger(spec, Visit, MakeMergeSettings(interrupts, heldLock.IsReal)).Merge();
        Receipt receipt = receipts.Write(id, spec, done);
        Visit(new ChunkRemoval(spec, batch.Directory).Remove);
        ReceiptTimings timings = Sum(done, watch.ElapsedMilliseconds);
        return new ChunkFinished(id, spec.TotalFrames, receipt.Size, timings, batch.NameOf(spec.Output));
    }

    private Receipt Render(JobSpec spec, Chunk chunk, int row, TaskPage page, bool isFollowed)
    {
        long before = chunk.StartFrame - spec.Frames.Start;
        var meter = new ChunkMeter(progress, row, spec.TotalFrames);
        RenderSettings observed = _render! with
        {
            OnPhase = meter.OnPhase,
            OnPreroll = meter.OnPreroll,
            OnFrame = frames => meter.OnFrame(before + frames),
        };
        return new ChunkRenderer(spec, chunk, observed, page, isFollowed).Render(Versions.Text);
    }

    private (JobSpec Spec, ChunkTable Chunks) ReadJob(int id)
    {
        JobSource job = batch.JobOf(id);
        using Stream stream = job.OpenSeekable();
        var (spec, _) = job.ReadChecked(stream);
        var chunks = new ChunkTable(ChunkFileNames.For(spec));
        stream.Position = 0;
        _ = new JobReader(job.Name).ReadAll(stream, chunks.Add);
        return (spec, chunks);
    }

    private MergeSettings MakeMergeSettings(Interrupts interrupts, bool isLocked) => new()
    {
        Directory = batch.Directory,
        EncoderPath = _render!.EncoderPath,
        Root = _render.Root,
        AllowsChanged = _render.AllowsChanged,
        Interrupts = interrupts,
        Warn = progress.Warn,
        IsLocked = isLocked,
    };

    /// <summary>Those that fields of the row name may be missing.</summary>
    private static void MakeDirectory(string directory)
    {
        try
        {
            _ = Directory.CreateDirectory(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SystemError.ToException(error, "the directory of the video cannot be made", directory, "make it, or change permissions");
        }
    }

    private static ReceiptTimings Sum(List<Receipt> chunks, long total)
    {
        long load = 0, preroll = 0, capture = 0;
        foreach (Receipt chunk in chunks)
        {
            if (chunk.Timings is not ReceiptTimings timings) continue; // rendered before
            (load, preroll, capture) = (load + timings.LoadMs, preroll + timings.PrerollMs, capture + timings.CaptureMs);
        }

        return new ReceiptTimings { LoadMs = load, PrerollMs = preroll, CaptureMs = capture, TotalMs = total };
    }
}
