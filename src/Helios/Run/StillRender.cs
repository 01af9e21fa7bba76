using System;
using System.Globalization;
using System.IO;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os;
using Helios.Os.Files;
using Helios.Page;
using Helios.Plan;
using Helios.Progress;
using Helios.Render;

namespace Helios.Cli;

/// <summary>render --still and --frames-only: output without a video, to look at while making a composition.</summary>
internal static class PictureRunner
{
    private const string DefaultStill = "still.png";
    private const string DefaultFolder = "frames";

    /// <summary>One frame, in this process: no plan, resume or merge.</summary>
    internal static void RenderStill(ExportArguments export, string still, WorkerArguments worker, ProgressSink progress)
    {
        string output = export.Output ?? DefaultStill;
        if (!output.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
            throw ExportArguments.Wrong("--output", output, "a place for a still", "name a .png file");
        if (export.Frames is not null || export.Duration is not null || export.StartFrame is not null || export.Shards is not null
            || export.ChunkFrames is not null || export.Job is not null)
        {
            throw CommandLine.Wrong("--still is one frame of the timeline, so it excludes "
                + "--frames, --duration, --start-frame, --shards, --chunk-frames and --job", "leave them out");
        }

        long frame = ExportArguments.ReadInteger("--still", still, 0, FrameRange.MaxFrames, 0);
        string currentDirectory = CurrentDirectory.Get();
        string path = CurrentDirectory.Resolve(output);
        OutputDirectory.Check(Path.GetDirectoryName(path)!, output);
        ExportArguments lossless = ToLossless(export, Path.ChangeExtension(path, ".mkv")) with
        {
            Frames = "1",
            StartFrame = DecimalOf(frame)
        };
        lossless = CompositionProbe.Ask(lossless, worker, progress);
        JobPlan plan = JobPlanner.Plan(lossless.ToRequest(static () => Guid.Empty), currentDirectory, InputFile.OpenRegular);
        var chunk = new Chunk { Id = 0, StartFrame = frame, FrameCount = 1, Output = plan.ChunkFiles[0] };
        using var interrupts = new Interrupts();
        RenderSettings settings = new ChunkMeter(progress, chunk.Id, chunk.FrameCount)
            .Observe(worker.ToSettings(currentDirectory, interrupts, progress.Warn));
        string temporary = TemporaryFile.NameFor(path);
        try
        {
            ReceiptTimings timings = new ChunkRenderer(plan.Spec, chunk, settings).RenderPictures(temporary, isPattern: false);
            _ = AtomicFile.Publish(temporary, path);
            progress.Report(new StillFinished(frame, timings, output));
        }
        catch
        {
            AtomicFile.DeleteQuietly(temporary);
            throw;
        }
    }

    /// <summary>All frames, by workers as for a video; no chunk is encoded or merged.</summary>
    internal static void RenderFrames(ExportArguments export, RunArguments arguments, ProgressSink progress)
    {
        string folder = CurrentDirectory.Resolve(export.Output ?? DefaultFolder);
        if (Container.Of(folder) is Container container)
        {
            throw ExportArguments.Wrong("--output", export.Output!, "a directory for frames",
                "name a directory, such as frames" + (container == Container.Png ? ", or leave --frames-only out" : ""));
        }

        JobRunner.Render(ToLossless(export, Path.Combine(folder, "frames.mkv")), isCompact: false, arguments, progress, folder);
    }

    /// <summary>Makes the directory for frames; called after all checks.</summary>
    internal static void MakeFolder(string folder)
    {
        try
        {
            _ = Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HeliosException(ExitCode.CantCreate, "the directory cannot be made: " + ErrorText.Reason(error), folder,
                "name another with --output", error);
        }
    }

    private static ExportArguments ToLossless(ExportArguments export, string output) => export with
    {
        Output = output,
        VideoCodec = VideoCodec.Ffv1.Name,
        PixelFormat = (export.PixelFormat is string name && PixelFormat.Find(name) is PixelFormat format
            ? format.Rgb
            : PixelFormat.Bgr0).Name,
        Quality = null,
        Preset = null,
        AudioCodec = AudioCodec.None.Name,
        Audio = null,
    };

    private static string DecimalOf(long number) => number.ToString(CultureInfo.InvariantCulture);
}
