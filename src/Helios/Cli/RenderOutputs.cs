using System;
using System.Globalization;
using System.IO;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os;
using Helios.Os.Files;
using Helios.Plan;
using Helios.Progress;
using Helios.Run;

namespace Helios.Cli;

/// <summary>The three outputs of render: a video, one still, or all frames as files.</summary>
internal static class RenderOutputs
{
    private const string DefaultStill = "still.png";
    private const string DefaultFolder = "frames";

    internal static void RenderVideo(ExportArguments export, bool isCompact, RunArguments arguments, ProgressSink progress) =>
        Run(export, isCompact, pictures: null, arguments, progress);

    internal static void RenderStill(ExportArguments export, string still, WorkerArguments worker, ProgressSink progress)
    {
        string output = export.Output ?? DefaultStill;
        if (!output.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
            throw ExportArguments.Wrong("--output", output, "a place for a still", "name a .png file");
        if (export.Frames is not null || export.Duration is not null || export.StartFrame is not null || export.Shards is not null
            || export.ChunkFrames is not null || export.Job is not null || export.Split is not null || export.Cost is not null
            || export.TargetTime is not null)
        {
            throw CommandLine.Wrong("--still is one frame of the timeline, so it excludes "
                + "--frames, --duration, --start-frame, --shards, --chunk-frames, --split, --cost, --target-time and --job",
                "leave them out");
        }

        long frame = ExportArguments.ReadInteger("--still", still, 0, FrameRange.MaxFrames, 0);
        string path = CurrentDirectory.Resolve(output);
        OutputDirectory.Check(Path.GetDirectoryName(path)!, output);
        ExportArguments lossless = ToLossless(export, Path.ChangeExtension(path, ".mkv")) with
        {
            Frames = "1",
            StartFrame = frame.ToString(CultureInfo.InvariantCulture),
        };
        JobRequest request = ProbedOptions.Complete(lossless, worker, progress).ToRequest();
        StillRender.Run(request, output, interrupts => worker.ToSettings(CurrentDirectory.Get(), interrupts, progress.Warn), progress);
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

        Run(ToLossless(export, Path.Combine(folder, "frames.mkv")), isCompact: false, folder, arguments, progress);
    }

    private static void Run(ExportArguments export, bool isCompact, string? pictures, RunArguments arguments, ProgressSink progress)
    {
        arguments.Check();
        _ = new SplitArguments(export).Read(); // a mistake in it is found before a browser starts
        export = ProbedOptions.Complete(export, arguments.Worker, progress);
        JobRequest request = export.ToRequest();
        if (export.Shards is null && export.ChunkFrames is null && export.TargetTime is null)
            request = request with { SplitNumber = arguments.CountShards() };
        JobRun.Run(request, isPrinted: export.Job == "-", isCompact, pictures,
            (file, directory, interrupts) => arguments.ToSettings(file, directory, interrupts, progress) with
            {
                FrameTime = export.Chosen?.FrameTime,
            });
    }

    private static ExportArguments ToLossless(ExportArguments export, string output) => export with
    {
        Output = output,
        VideoCodec = VideoCodec.Ffv1.Name,
        PixelFormat = (export.PixelFormat is string name && PixelFormat.Find(name) is PixelFormat format
            ? format.Rgb
            : PixelFormat.Bgr0).Name,
        Quality = null,
        Bitrate = null,
        MaxBitrate = null,
        BufferSize = null,
        EncoderOption = null,
        Preset = null,
        AudioCodec = AudioCodec.None.Name,
        Audio = null,
    };
}
