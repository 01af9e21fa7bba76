using System;
using System.Globalization;
using System.IO;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os.Files;
using Helios.Plan;
using Helios.Progress;
using Helios.Run;

namespace Helios.Cli;

/// <summary>Outputs of render that are single frames: stills, a contact sheet, and the poster of a video.</summary>
internal static class StillOutputs
{
    private const string DefaultStill = "still.png";
    private const string Extension = ".png";

    /// <summary>Frames as files, a sheet of them, or both.</summary>
    /// <param name="export">The typed options of the plan.</param>
    /// <param name="still">Which frames, as typed; null: some of the whole composition.</param>
    /// <param name="sheet">Path of the contact sheet; null for none.</param>
    /// <param name="worker">The typed options of the browser.</param>
    /// <param name="progress">Receives the events.</param>
    internal static void Render(ExportArguments export, string? still, string? sheet, WorkerArguments worker, ProgressSink progress)
    {
        FrameList? list = still is null ? null : new FrameList("--still", still);
        string output = export.Output ?? DefaultStill;
        bool hasStills = list is not null && (sheet is null || export.Output is not null);
        CheckPlace("--output", output, "a place for a still");
        if (sheet is not null) CheckSheet(export, sheet, list);
        if (export.StartFrame is not null || export.Shards is not null || export.ChunkFrames is not null || export.Job is not null
            || export.Split is not null || export.Cost is not null || export.TargetTime is not null)
        {
            throw CommandLine.Wrong("stills and contact sheets are frames of the timeline, so they exclude "
                + "--start-frame, --shards, --chunk-frames, --split, --cost, --target-time and --job", "leave them out");
        }

        ExportArguments lossless = RenderOutputs.ToLossless(export, LosslessPath(output)) with { KeepsScreenshots = true };
        bool needsLength = list is null || list.HasPercents || export.IsTyped("duration");
        ExportArguments known = ProbedOptions.Complete(needsLength ? lossless : lossless with { Frames = "1" }, worker, progress);
        if (!needsLength) known = known with { Frames = null };
        bool isLengthKnown = known.IsTyped("duration") || known.Found.Declarations?.ReadDuration() is not null;
        JobRequest request = known.ToRequest();
        long[] frames = list?.Resolve(request.Frames, isLengthKnown) ?? ContactSheet.Spread(request.Frames);
        StillRender.Run(request, frames, hasStills ? frame => NameOf(output, frame, frames.Length) : null, sheet,
            interrupts => worker.ToSettings(CurrentDirectory.Get(), interrupts, progress.Warn), progress);
    }

    /// <summary>A mistake in --poster, before a browser starts.</summary>
    internal static FrameList ReadPoster(ExportArguments export, string poster)
    {
        var list = new FrameList("--poster", poster);
        if (list.Count > 1) throw ExportArguments.Wrong("--poster", poster, "one frame", "give a number or a percent, such as 45 or 50%");
        if (Container.Of(export.Output ?? ExportArguments.DefaultOutput) is { IsSequence: true })
            throw CommandLine.Wrong("--poster is one frame of a video, but the output is image files", "leave it out");
        return list;
    }

    /// <summary>The poster of a video, which is named after it: <c>out.poster.png</c> next to <c>out.mp4</c>.</summary>
    /// <param name="export">Complete options of the plan.</param>
    /// <param name="poster">Of <see cref="ReadPoster"/>.</param>
    /// <param name="worker">The typed options of the browser.</param>
    /// <param name="progress">Receives the events.</param>
    internal static void RenderPoster(ExportArguments export, FrameList poster, WorkerArguments worker, ProgressSink progress)
    {
        string video = export.Output ?? ExportArguments.DefaultOutput;
        string output = Path.ChangeExtension(video, ".poster.png");
        export = export with { Found = export.Found with { Capture = null } };
        ExportArguments lossless = RenderOutputs.ToLossless(export, LosslessPath(output));
        JobRequest request = lossless.ToRequest() with { JobFile = null, IsPortable = false };
        long[] frames = poster.Resolve(request.Frames, isLengthKnown: true);
        StillRender.Run(request, frames, _ => output, sheet: null,
            interrupts => worker.ToSettings(CurrentDirectory.Get(), interrupts, progress.Warn), progress);
    }

    /// <summary>Of several, <c>shot.png</c> stands for <c>shot_000045.png</c>; a pattern says it otherwise.</summary>
    private static string NameOf(string output, long frame, int count)
    {
        if (count == 1) return output;
        if (FrameNames.TryParse(output, out FrameNames names)) return names.Format(frame);
        return string.Create(CultureInfo.InvariantCulture, $"{output[..^Extension.Length]}_{frame:000000}{output[^Extension.Length..]}");
    }

    private static void CheckSheet(ExportArguments export, string sheet, FrameList? list)
    {
        CheckPlace("--contact-sheet", sheet, "a place for a contact sheet");
        if (list is null && export.Output is not null)
            throw CommandLine.Wrong("--output is for stills, and --contact-sheet names its own file", "add --still, or leave --output out");
        if (list?.Count > ContactSheet.MostFrames)
        {
            throw new HeliosException(ExitCode.Usage,
                string.Create(CultureInfo.InvariantCulture, $"a contact sheet of {list.Count} frames cannot be looked at"),
                "--contact-sheet", string.Create(
                    CultureInfo.InvariantCulture, $"give at most {ContactSheet.MostFrames} with --still, or make several sheets"));
        }
    }

    private static void CheckPlace(string option, string path, string kind)
    {
        if (!path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            throw ExportArguments.Wrong(option, path, kind, "name a .png file");
        OutputDirectory.Check(Path.GetDirectoryName(CurrentDirectory.Resolve(path))!, path);
    }

    private static string LosslessPath(string output) => Path.ChangeExtension(CurrentDirectory.Resolve(output), ".mkv");
}
