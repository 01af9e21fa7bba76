using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Ffmpeg.Probes;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Media;
using Helios.Os.Files;

namespace Helios.Merge;

/// <summary>A video file: frames by stream copy, audio mixed and encoded once.</summary>
/// <param name="spec">A valid spec.</param>
/// <param name="path">Absolute path of the output.</param>
/// <param name="settings">Settings of the merge.</param>
internal sealed class VideoOutput(JobSpec spec, string path, MergeSettings settings) : IMergeOutput
{
    public void CheckTarget() => OutputDirectory.CheckTarget(path);

    public string? Make(ConcatPass feed, string temporary)
    {
        CheckRoom(feed.VideoBytes);
        AudioGraph? mix = new AudioSources(spec, settings).Find(feed.Media);
        bool hasPriming = mix is not null && spec.RenderOptions.AudioCodec == AudioCodec.Opus
            && OpusProbe.NeedsShift(spec.RenderOptions, settings.Ffmpeg);
        feed.Run(ConcatArgs.Make(spec.RenderOptions, spec.Container, temporary, mix, hasPriming), temporary);
        return VideoCheck.CheckResult(temporary, spec, mix?.Samples ?? 0);
    }

    public long Publish(string temporary) => AtomicFile.Publish(temporary, path);

    /// <summary>The old video stays until the new one is complete, so both must fit on the disk.</summary>
    private void CheckRoom(long need)
    {
        string directory = Path.GetDirectoryName(path)!;
        long available = FileSystem.AvailableBytes(directory);
        if (available >= need) return;
        throw new HeliosException(ExitCode.IoError,
            string.Create(CultureInfo.InvariantCulture,
                $"the video needs {need / 1e6:0.0} MB of disk, and {available / 1e6:0.0} MB are free"),
            directory, "make room, then run it again", reason: Reason.DiskFull);
    }
}
