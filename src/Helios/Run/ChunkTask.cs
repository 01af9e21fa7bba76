using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Ffmpeg;
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

namespace Helios.Run;

/// <summary>One task of a farm: reads the job spec and renders its chunk or few chunks.</summary>
/// <param name="job">The spec.</param>
/// <param name="task">Which chunks.</param>
/// <param name="settings">Settings besides the job.</param>
/// <param name="progress">Receives the events.</param>
/// <param name="stored">The job in a store, of which the spec is a copy; null for a local job.</param>
internal sealed class ChunkTask(
    JobSource job, TaskChunks task, TaskSettings settings, ProgressSink progress, StoredJob? stored = null)
{
    private ChunkCheck? _check;

    /// <exception cref="HeliosException">
    /// As of <see cref="ChunkRenderer.Render"/>; 64: the job has no such chunk; 65: the spec is broken; 66: there is none.
    /// </exception>
    internal void Run()
    {
        using var interrupts = new Interrupts();
        ParentWatch.Begin();
        using Stream stream = task.Count > 1 ? job.OpenSeekable() : job.Open();
        using var page = new TaskPage();
        RenderSettings? render = null;
        int count = 0;
        foreach (int? index in TaskIndices.Of(task, interrupts))
        {
            if (count++ > 0) stream.Position = 0;
            if (Find(stream, index, isFirst: count == 1) is not { } found) break; // the last task may have fewer
            if (count == 1) Prepare(found.Spec);
            if (stored is not null) StoreRules.CheckChunk(found.Spec, found.Chunk, job.Name);
            if (!settings.IsForced && settings.FrameFolder is null && IsComplete(found.Spec, found.Chunk)) continue;
            // only once: removed processors do not come back; by the task's place, because its neighbours' chunks are theirs
            if (render is null && settings.Threads > 0) Processors.Limit(settings.Threads, found.Chunk.Id / task.Count);
            render ??= settings.MakeRenderSettings(interrupts);
            RenderSettings observed = new ChunkMeter(progress, found.Chunk.Id, found.Chunk.FrameCount).Observe(render);
            Render(found.Spec, found.Chunk, observed, page, isFollowed: count < task.Count);
            interrupts.ThrowIfRequested(); // an interrupt that arrived while the receipt was written; the receipt is complete now
        }

        if (render is null) PrivateDirectory.RemoveLeftovers();
    }

    private void Prepare(JobSpec spec)
    {
        stored?.Prepare(spec);
        stored?.FetchProject(spec);
    }

    private (JobSpec Spec, Chunk Chunk)? Find(Stream stream, int? index, bool isFirst)
    {
        try
        {
            return new JobReader(job.Name).Find(stream, index, task.Source);
        }
        catch (HeliosException error) when (!isFirst && !task.IsRead && error.Code == ExitCode.Usage)
        {
            return null;
        }
    }

    private bool IsComplete(JobSpec spec, Chunk chunk)
    {
        stored?.FetchReceipt(chunk);
        _check ??= new ChunkCheck(spec, job.Directory, new ProjectFiles(spec, job.Directory, check: null), stored?.Chunks);
        var (state, reason) = _check.Check(chunk);
        if (state == ChunkState.Complete) progress.Report(new ChunkSkipped(chunk.Id, chunk.Output));
        else if (state == ChunkState.Wrong)
            progress.Warn(string.Create(CultureInfo.InvariantCulture, $"helios: chunk {chunk.Id} is rendered again: {reason}"));
        return state == ChunkState.Complete;
    }

    private void Render(JobSpec spec, Chunk chunk, RenderSettings render, TaskPage page, bool isFollowed)
    {
        if (settings.FrameFolder is string directory)
        {
            JobSpec lossless = spec with { RenderOptions = EncodeArgs.ForImages(spec.RenderOptions) };
            ReceiptTimings timings = new ChunkRenderer(lossless, chunk, render, page, isFollowed)
                .RenderFrames(FrameFiles.In(directory), isPattern: true);
            progress.Report(new ChunkFinished(chunk.Id, chunk.FrameCount, 0, timings, directory));
            return;
        }

        Receipt receipt = new ChunkRenderer(spec, chunk, render, page, isFollowed).Render(Versions.Text);
        if (stored is not null)
        {
            stored.PutChunk(chunk, receipt);
            new ChunkRemoval(spec, job.Directory).Remove(chunk); // a task of many chunks keeps its disk
        }

        progress.Report(new ChunkFinished(chunk.Id, chunk.FrameCount, receipt.Size, receipt.Timings!, chunk.Output));
    }
}
