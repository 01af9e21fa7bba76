using System;
using System.Collections.Generic;
using Helios.Ffmpeg;
using Helios.Jobs;

namespace Helios.Merge;

/// <summary>All chunks of a job, given to ffmpeg in their order as often as it has to see them.</summary>
/// <param name="spec">A valid spec.</param>
/// <param name="forEachChunk">Calls its argument with every chunk, in order.</param>
/// <param name="inspection">Has seen them all.</param>
/// <param name="settings">Of the merge.</param>
internal sealed class ChunkFeed(JobSpec spec, Action<Action<Chunk>> forEachChunk, ChunkInspection inspection, MergeSettings settings)
{
    private readonly FrameRate _rate = spec.RenderOptions.FrameRate;

    /// <summary>What the page plays.</summary>
    internal IReadOnlyList<MediaClip> Media => inspection.Media;

    /// <summary>Bytes of all pictures as they are in the chunks.</summary>
    internal long PictureBytes => inspection.PictureBytes;

    /// <summary>
    /// Runs ffmpeg over all chunks. In the first pass their bytes are checked meanwhile: either takes as long as reading them.
    /// </summary>
    /// <param name="arguments">Its command line.</param>
    /// <param name="output">As <see cref="ConcatProcess"/> wants it.</param>
    /// <param name="pass">Which of several, from 0.</param>
    /// <param name="passes">How many there are: each is the same part of the work for whoever watches.</param>
    internal void Run(IReadOnlyList<string> arguments, string? output, int pass = 0, int passes = 1)
    {
        using var list = new ConcatList(_rate);
        using var process = new ConcatProcess(settings.Ffmpeg, arguments, output, inspection.Size, settings.Warn, Report);
        forEachChunk(chunk => process.Write(list.Add(JobPaths.Resolve(chunk.Output, settings.Directory), chunk.FrameCount)));
        process.EndList();
        if (pass == 0)
        {
            forEachChunk(chunk => inspection.InspectBytes(chunk, process.Check));
            inspection.ThrowIfBad();
        }

        process.Finish();

        void Report(long frames) => settings.OnFrame(((pass * spec.TotalFrames) + Math.Min(frames, spec.TotalFrames)) / passes);
    }
}
