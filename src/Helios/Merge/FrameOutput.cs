using System;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Ffmpeg.Probes;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Media;
using Helios.Os;
using Helios.Os.Files;

namespace Helios.Merge;

/// <summary>
/// An image sequence: a file for each frame, numbered by its position on the composition's timeline. All are made and checked
/// in a directory next to their destination before the first is replaced.
/// </summary>
/// <param name="spec">A valid spec.</param>
/// <param name="pattern">Absolute path of the files, with a placeholder for the number.</param>
/// <param name="settings">Settings of the merge.</param>
internal sealed class FrameOutput(JobSpec spec, string pattern, MergeSettings settings) : IMergeOutput
{
    private readonly FrameNames _names = FrameNames.TryParse(pattern, out FrameNames names)
        ? names
        : throw new ArgumentException("a spec is checked when read", nameof(pattern));

    private long First => spec.RenderOptions.StartFrame;

    public void CheckTarget()
    {
        for (long i = 0; i < spec.TotalFrames; i++)
        {
            settings.Interrupts.ThrowIfRequested();
            OutputDirectory.CheckTarget(_names.Format(First + i));
        }
    }

    /// <exception cref="HeliosException">69: ffmpeg lacks the encoder.</exception>
    internal static void CheckEncoder(JobSpec spec, FfmpegProgram ffmpeg)
    {
        if (!spec.Container.HasImageQuality) return; // every ffmpeg has png
        using var probe = new EncoderProbe(ffmpeg, spec.Container.ImageEncoder!);
        probe.Check();
    }

    public string? Make(ConcatPass feed, string temporary)
    {
        CheckEncoder(spec, settings.Ffmpeg);
        MakeDirectory(temporary);
        string files = Path.Combine(temporary.Replace("%", "%%", StringComparison.Ordinal), "%d." + spec.Container);
        feed.Run(ImageArgs.MakeFrames(spec.RenderOptions, spec.Container, files), temporary);
        return CheckCount(temporary) ?? CheckFiles(temporary);
    }

    public long Publish(string temporary)
    {
        long size = AtomicFile.Publish(spec.TotalFrames, i => FileOf(temporary, First + i), i => _names.Format(First + i),
            settings.Interrupts.ThrowIfRequested);
        TemporaryFile.Remove(temporary);
        string next = _names.Format(First + spec.TotalFrames);
        if (File.Exists(next))
        {
            settings.Warn($"{ErrorText.OneLine(next)} is left over from another run; "
                + "tools that read numbered files in order will include it");
        }

        return size;
    }

    private string FileOf(string temporary, long frame) =>
        Path.Combine(temporary, string.Create(CultureInfo.InvariantCulture, $"{frame}.{spec.Container}"));

    private void MakeDirectory(string temporary)
    {
        try
        {
            _ = Directory.CreateDirectory(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SystemError.ToException(error, "a directory for the frames cannot be made", pattern,
                "make its directory writable, then run it again");
        }
    }

    private string? CheckCount(string temporary)
    {
        long count = 0;
        foreach (string _ in Directory.EnumerateFileSystemEntries(temporary)) count++;
        return count == spec.TotalFrames
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"it holds {count} frames, expected {spec.TotalFrames}");
    }

    private string? CheckFiles(string temporary)
    {
        for (long frame = First; frame < First + spec.TotalFrames; frame++)
        {
            settings.Interrupts.ThrowIfRequested();
            string path = FileOf(temporary, frame);
            if (!File.Exists(path)) return string.Create(CultureInfo.InvariantCulture, $"frame {frame} is missing");
            using FileStream file = InputFile.OpenFile(path, path);
            if (ImageFile.Check(file, spec.Container, spec.RenderOptions) is string wrong)
                return string.Create(CultureInfo.InvariantCulture, $"frame {frame}: {wrong}");
        }

        return null;
    }
}
