using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Helios.Jobs;
using Helios.Os;

namespace Helios.Merge;

/// <summary>
/// Joins the chunks of a job into its video by stream copy. Nothing is written before every chunk is known to be complete
/// and of this job, and the output is replaced only by a video that was read again and found right.
/// </summary>
/// <param name="spec">A valid spec.</param>
/// <param name="forEachChunk">Calls its argument with every chunk, in order; it is used more than once.</param>
/// <param name="settings">What the merge is told beside the spec.</param>
internal sealed class ChunkMerger(JobSpec spec, Action<Action<Chunk>> forEachChunk, MergeSettings settings)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly string _output = JobPaths.Resolve(spec.Output, settings.Directory);
    private readonly FrameRate _rate = FrameRate.TryParse(spec.RenderOptions.FrameRate, out FrameRate rate) ? rate : throw new ArgumentException("a spec is checked when read", nameof(spec));

    /// <summary>Named after the job, as its lock is: who holds that knows whose the file is, whichever machine wrote it.</summary>
    private string TemporaryStart => Path.Combine(Path.GetDirectoryName(_output)!, $"temp_{spec.JobId}_merge");

    /// <exception cref="HeliosException">65, 69, 73, 74, 75, 130, 143; the message says what to do. Nothing half done stays.</exception>
    internal MergeResult Merge()
    {
        CheckOutput();
        RemoveAbandoned();
        var inspection = new ChunkInspection(spec, settings);
        forEachChunk(inspection.Inspect);
        inspection.ThrowIfBad();
        CheckRoom(inspection.PictureBytes);

        AudioMix? mix = new AudioSources(spec, settings).Find(inspection.Media);
        string temporary = TemporaryFile.NameFor(TemporaryStart);
        try
        {
            Join(inspection, mix, temporary);
            long size = AtomicFile.Publish(temporary, _output);
            if (settings.DeletesChunks) RemoveChunks();
            return new MergeResult(_output, spec.TotalFrames, inspection.Count, size, _watch.ElapsedMilliseconds);
        }
        catch
        {
            AtomicFile.DeleteQuietly(temporary);
            throw;
        }
    }

    private void CheckOutput()
    {
        string directory = Path.GetDirectoryName(_output)!;
        if (!Directory.Exists(directory))
            throw new HeliosException(ExitCode.CantCreate, $"the directory \"{directory}\" does not exist", _output, "create it, or name another with --workdir");
        if (!OperatingSystem.IsWindows() && Libc.Access(directory, Libc.WriteAccess | Libc.ExecuteAccess) != 0)
            throw new HeliosException(ExitCode.CantCreate, $"the directory \"{directory}\" is not writable", _output, "change its permissions");
        if (FileKind.WhyNotRegular(_output) is string kind) throw new HeliosException(ExitCode.CantCreate, kind, _output, "remove it: helios writes regular files only");
    }

    /// <summary>Removes what a killed merge left: at once where we hold the job's lock, else when nobody has written to it lately.</summary>
    private void RemoveAbandoned()
    {
        foreach (string path in TemporaryFile.FindFiles(Path.GetDirectoryName(_output)!, Path.GetFileName(TemporaryStart) + ".*" + TemporaryFile.Extension))
            if (settings.IsLocked || TemporaryFile.IsAbandoned(path)) AtomicFile.DeleteQuietly(path);
    }

    /// <summary>The old video stays until the new one is whole, so there must be room beside it.</summary>
    private void CheckRoom(long need)
    {
        string directory = Path.GetDirectoryName(_output)!;
        long available = FileSystem.AvailableBytes(directory);
        if (available >= need) return;
        throw new HeliosException(ExitCode.IoError, string.Create(CultureInfo.InvariantCulture, $"the video needs {need / 1e6:0.0} MB of disk, and {available / 1e6:0.0} MB are free"),
            directory, "make room, then run it again");
    }

    /// <summary>The files' bytes are checked while ffmpeg copies them: either takes as long as reading them.</summary>
    private void Join(ChunkInspection inspection, AudioMix? mix, string temporary)
    {
        // ffmpeg 5.1 moves the picture to where Opus begins unless the sound is moved before; later ones do not
        bool hasPriming = mix is not null && spec.RenderOptions.AudioCodec == "opus";
        string? wrong = JoinOnce(inspection, mix, hasPriming, temporary);
        if (wrong is not null && hasPriming && JoinOnce(inspection, mix, hasPriming: false, temporary) is null) wrong = null;
        if (wrong is null) return;
        throw new HeliosException(ExitCode.Temporary, $"the merged video is not right: {wrong}", _output, $"run it again; if it stays, please report it with the version of {settings.EncoderPath}");
    }

    /// <returns>What is wrong with the result; null when nothing is.</returns>
    private string? JoinOnce(ChunkInspection inspection, AudioMix? mix, bool hasPriming, string temporary)
    {
        using var list = new ConcatList(_rate);
        var arguments = MergeArgs.Make(spec.RenderOptions, Container.Of(spec.Output)!, temporary, mix, hasPriming);
        using var joiner = new Joiner(arguments, temporary, inspection.Size, settings);
        forEachChunk(chunk => joiner.Write(list.Add(JobPaths.Resolve(chunk.Output, settings.Directory), chunk.FrameCount)));
        joiner.EndList();
        forEachChunk(chunk => inspection.InspectBytes(chunk, joiner.Check));
        inspection.ThrowIfBad();
        joiner.Finish();
        return VideoCheck.CheckResult(temporary, spec, mix?.Samples ?? 0);
    }

    private void RemoveChunks()
    {
        var removal = new ChunkRemoval(spec, settings.Directory);
        forEachChunk(removal.Remove);
        removal.RemoveRest();
    }
}
