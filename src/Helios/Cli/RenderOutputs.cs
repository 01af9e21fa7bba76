using System.IO;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Jobs.Encode;
using Helios.Os.Files;
using Helios.Plan;
using Helios.Progress;
using Helios.Run;

namespace Helios.Cli;

/// <summary>Outputs of render by workers: a video, or all frames as files.</summary>
internal static class RenderOutputs
{
    private const string DefaultFolder = "frames";

    /// <param name="export">The typed options of the plan.</param>
    /// <param name="isCompact">Whether the spec is written compact.</param>
    /// <param name="poster">Which frame becomes a file next to the video; null for none.</param>
    /// <param name="arguments">The typed options of the run.</param>
    /// <param name="progress">Receives the events.</param>
    internal static void RenderVideo(
        ExportArguments export, bool isCompact, string? poster, RunArguments arguments, ProgressSink progress) =>
        Run(export with { IsWholeVideo = true }, isCompact, frameFolder: null, arguments, progress,
            poster is null ? null : StillOutputs.ReadPoster(export, poster));

    /// <summary>All frames, by workers as for a video; no chunk is encoded or merged.</summary>
    internal static void RenderFrames(ExportArguments export, RunArguments arguments, ProgressSink progress)
    {
        string folder = CurrentDirectory.Resolve(export.Output ?? DefaultFolder);
        if (Container.Of(folder) is Container container)
        {
            throw ExportArguments.Wrong("--output", export.Output!, "a directory for frames",
                "name a directory, such as frames" + (container.IsSequence ? ", or leave --frames-only out" : ""));
        }

        Run(ToLossless(export, Path.Combine(folder, "frames.mkv")), isCompact: false, folder, arguments, progress);
    }

    private static void Run(ExportArguments export, bool isCompact, string? frameFolder, RunArguments arguments, ProgressSink progress,
        FrameList? poster = null)
    {
        arguments.Check();
        // mistakes are found before a browser starts
        _ = new SplitArguments(export).Read();
        if (frameFolder is null && export.Output is string output)
            OutputDirectory.Check(Path.GetDirectoryName(CurrentDirectory.Resolve(output)) ?? output, output);
        export = ProbedOptions.Complete(export, arguments.Worker, progress);
        JobRequest request = export.ToRequest();
        if (export.Shards is null && export.ChunkFrames is null && export.TargetTime is null)
            request = request with { SplitNumber = arguments.CountShards() };
        // first: what is wrong with the page is found before many workers find it
        if (poster is not null) StillOutputs.RenderPoster(export, poster, arguments.Worker, progress);
        JobRun.Run(request, isPrinted: export.Job == "-", isCompact, frameFolder,
            (file, directory, interrupts) => arguments.ToSettings(file, directory, interrupts, progress));
    }

    /// <summary>The same frames, without loss and audio.</summary>
    internal static ExportArguments ToLossless(ExportArguments export, string output) => export with
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
        ImageQuality = null,
        Preset = null,
        AudioCodec = AudioCodec.None.Name,
        Audio = null,
        Title = null,
        CreationTime = null,
    };
}
