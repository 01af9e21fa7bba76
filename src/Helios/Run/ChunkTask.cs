using System;
using System.Globalization;
using System.IO;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Merge;
using Helios.Os;
using Helios.Os.Processes;
using Helios.Page;
using Helios.Progress;
using Helios.Render;

namespace Helios.Cli;

/// <summary>One task of a farm: reads the job spec and renders its chunk or few chunks.</summary>
internal sealed class ChunkWorker(string job, string? workdir, WorkerArguments arguments, ProgressSink progress)
{
    private readonly string _name = JobFiles.NameOf(job);
    private ChunkCheck? _check;

    internal void Run(string? index)
    {
        TaskChunks task = TaskIndex.FindChunks(index, Environment.GetEnvironmentVariable);
        arguments.Check();
        string directory = JobFiles.DirectoryOf(job, workdir);
        using var interrupts = new Interrupts();
        ParentWatch.Begin();
        using Stream stream = JobFiles.OpenSpec(job, task.Count > 1);
        RenderSettings? settings = null;
        for (int i = 0; i < task.Count; i++)
        {
            if (i > 0) stream.Position = 0;
            if (Find(stream, task, i) is not { } found) return; // the last task may have fewer
            if (!arguments.IsForced && arguments.Pictures is null && IsComplete(found.Spec, found.Chunk, directory)) continue;
            // only once: removed processors do not come back
            if (settings is null && arguments.ThreadCount > 0) Processors.Limit(arguments.ThreadCount, found.Chunk.Id);
            settings ??= arguments.ToSettings(directory, interrupts, progress.Warn);
            Render(found.Spec, found.Chunk, new ChunkMeter(progress, found.Chunk.Id, found.Chunk.FrameCount).Observe(settings));
            interrupts.ThrowIfRequested(); // an interrupt that arrived while the receipt was written; the receipt is complete now
        }
    }

    private (JobSpec Spec, Chunk Chunk)? Find(Stream stream, TaskChunks task, int i)
    {
        try
        {
            return new JobReader(_name).Find(stream, task.First is int first ? first + i : null, task.Source);
        }
        catch (HeliosException error) when (i > 0 && error.Code == ExitCode.Usage)
        {
            return null;
        }
    }

    private bool IsComplete(JobSpec spec, Chunk chunk, string directory)
    {
        _check ??= new ChunkCheck(spec, directory, new ProjectFiles(spec, directory, check: null));
        var (state, reason) = _check.Check(chunk);
        if (state == ChunkState.Complete) progress.Report(new ChunkSkipped(chunk.Id, chunk.Output));
        else if (state == ChunkState.Wrong)
            progress.Warn(string.Create(CultureInfo.InvariantCulture, $"helios: chunk {chunk.Id} is rendered again: {reason}"));
        return state == ChunkState.Complete;
    }

    private void Render(JobSpec spec, Chunk chunk, RenderSettings settings)
    {
        if (arguments.Pictures is string directory)
        {
            JobSpec lossless = spec with { RenderOptions = EncodeArgs.ForImages(spec.RenderOptions) };
            ReceiptTimings timings = new ChunkRenderer(lossless, chunk, settings)
                .RenderPictures(PictureNames.In(directory), isPattern: true);
            progress.Report(new ChunkFinished(chunk.Id, chunk.FrameCount, 0, timings, directory));
            return;
        }

        Receipt receipt = new ChunkRenderer(spec, chunk, settings).Render(Versions.Text);
        progress.Report(new ChunkFinished(chunk.Id, chunk.FrameCount, receipt.Size, receipt.Timings!, chunk.Output));
    }
}
