using System;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Os;
using Helios.Os.Files;
using Helios.Page;
using Helios.Plan;
using Helios.Progress;
using Helios.Render;

namespace Helios.Run;

/// <summary>One frame as a PNG file, rendered in this process: no chunks, resume or merge.</summary>
internal static class StillRender
{
    /// <param name="request">A job of that frame alone, lossless.</param>
    /// <param name="output">Path of the PNG file, as typed.</param>
    /// <param name="makeSettings">Finds browser and encoder.</param>
    /// <param name="progress">Receives the events.</param>
    /// <exception cref="HeliosException">
    /// As of <see cref="JobPlanner.Plan"/> and <see cref="ChunkRenderer.RenderPictures"/>. No partial file remains.
    /// </exception>
    internal static void Run(JobRequest request, string output, Func<Interrupts, RenderSettings> makeSettings, ProgressSink progress)
    {
        JobPlan plan = JobPlanner.Plan(request, CurrentDirectory.Get(), InputFile.OpenRegular);
        long frame = request.Frames.Start;
        var chunk = new Chunk { Id = 0, StartFrame = frame, FrameCount = 1, Output = plan.ChunkFiles[0] };
        using var interrupts = new Interrupts();
        RenderSettings settings = new ChunkMeter(progress, chunk.Id, chunk.FrameCount).Observe(makeSettings(interrupts));
        string path = CurrentDirectory.Resolve(output);
        string temporary = TemporaryFile.NameFor(path);
        try
        {
            using var page = new TaskPage();
            ReceiptTimings timings = new ChunkRenderer(plan.Spec, chunk, settings, page).RenderPictures(temporary, isPattern: false);
            _ = AtomicFile.Publish(temporary, path);
            progress.Report(new StillFinished(frame, timings, output));
        }
        catch
        {
            AtomicFile.DeleteQuietly(temporary);
            throw;
        }
    }
}
