using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os.Files;
using Helios.Plan;

namespace Helios.Merge;

/// <summary>
/// Concatenates the chunks of a job into its video, GIF or image sequence. Nothing is written before every chunk is known to be
/// complete and of this job, and the output is replaced only by one that was read back and verified.
/// </summary>
/// <param name="spec">A valid spec.</param>
/// <param name="forEachChunk">Calls its argument with every chunk, in order; it is used more than once.</param>
/// <param name="settings">Settings of the merge besides the spec.</param>
internal sealed class ChunkMerger(JobSpec spec, Action<Action<Chunk>> forEachChunk, MergeSettings settings)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly string _path = JobPaths.Resolve(spec.Output, settings.Directory);

    /// <summary>Named after the job, like its lock: the holder of the lock owns the file, whichever machine wrote it.</summary>
    private string TemporaryStart => Path.Combine(Path.GetDirectoryName(_path)!, $"temp_{spec.JobId}_merge");

    /// <exception cref="HeliosException">65, 69, 73, 74, 75, 130, 143; the message says what to do. No partial result remains.</exception>
    internal MergeResult Merge()
    {
        IMergeOutput output = MakeOutput();
        OutputDirectory.CheckFor(_path);
        output.CheckTarget();
        RemoveAbandoned();
        var inspection = new ChunkInspection(spec, settings);
        forEachChunk(inspection.Inspect);
        inspection.ThrowIfBad();
        if (settings.Stored is not null)
        {
            settings.Note(string.Create(CultureInfo.InvariantCulture,
                $"the merge fetches {inspection.Size / 1e6:0.0} MB in {JobPlan.Count(inspection.Count, "chunk")}, a few at a time, "
                + $"and needs about {inspection.VideoBytes / 1e6:0.0} MB of disk ({Path.GetDirectoryName(_path)})"));
        }

        var feed = new ConcatPass(spec, forEachChunk, inspection, settings);

        string temporary = settings.IsLocked ? TemporaryFile.LockedNameFor(TemporaryStart) : TemporaryFile.NameFor(TemporaryStart);
        using IDisposable sign = LifeSigns.Shared.Give(temporary);
        try
        {
            if (output.Make(feed, temporary) is string wrong)
            {
                throw new HeliosException(ExitCode.Temporary, $"the merged video is not right: {wrong}", _path,
                    $"run it again; if it happens again, please report it with the version of {settings.EncoderPath}");
            }

            long size = output.Publish(temporary);
            var result = new MergeResult(_path, spec.TotalFrames, inspection.Count, size, _watch.ElapsedMilliseconds);
            settings.OnPublished?.Invoke();
            if (settings.DeletesChunks) RemoveChunks();
            return result;
        }
        catch
        {
            TemporaryFile.Remove(temporary);
            throw;
        }
    }

    private IMergeOutput MakeOutput()
    {
        Container container = spec.Container;
        if (container == Container.Gif) return new GifOutput(spec, _path);
        return container.IsSequence ? new FrameOutput(spec, _path, settings) : new VideoOutput(spec, _path, settings);
    }

    /// <summary>
    /// Removes the leftovers of a killed merge: at once when this process holds the job's lock and the file's name says that its
    /// writer held it too, on this machine; otherwise when it has not been written to recently.
    /// </summary>
    private void RemoveAbandoned() => TemporaryFile.RemoveAbandoned(TemporaryStart, settings.IsLocked ? LockState.Free : LockState.Unknown);

    private void RemoveChunks()
    {
        var removal = new ChunkRemoval(spec, settings.Directory);
        forEachChunk(removal.Remove);
        removal.RemoveRest();
    }
}
