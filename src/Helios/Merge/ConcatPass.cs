using System;
using System.Collections.Generic;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Receipts;

namespace Helios.Merge;

/// <summary>Feeds all chunks of a job to ffmpeg in order, once for each pass.</summary>
/// <param name="spec">A valid spec.</param>
/// <param name="forEachChunk">Calls its argument with every chunk, in order.</param>
/// <param name="inspection">Has inspected all chunks.</param>
/// <param name="settings">Settings of the merge.</param>
internal sealed class ConcatPass(JobSpec spec, Action<Action<Chunk>> forEachChunk, ChunkInspection inspection, MergeSettings settings)
{
    private readonly FrameRate _rate = spec.RenderOptions.FrameRate;

    /// <summary>Media that the page plays.</summary>
    internal IReadOnlyList<MediaClip> Media => inspection.Media;

    /// <summary>Bytes of all frames as encoded in the chunks.</summary>
    internal long VideoBytes => inspection.VideoBytes;

    /// <summary>
    /// Runs ffmpeg over all chunks. The first pass checks their bytes at the same time: either takes as long as reading them.
    /// </summary>
    /// <param name="arguments">Its command line.</param>
    /// <param name="output">As for <see cref="ConcatProcess"/>.</param>
    /// <param name="pass">Index of the pass, from 0.</param>
    /// <param name="passes">Number of passes: progress counts each as the same share of the work.</param>
    internal void Run(IReadOnlyList<string> arguments, string? output, int pass = 0, int passes = 1)
    {
        using var list = new ConcatList(_rate);
        using var process = new ConcatProcess(settings.Ffmpeg, arguments, output, inspection.Size, settings.Warn, Report);
        if (settings.Stored is not null)
        {
            RunStored(process, list, pass);
            return;
        }

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

    /// <summary>Chunks of a store come one after the other, checked before ffmpeg gets them.</summary>
    private void RunStored(ConcatProcess process, ConcatList list, int pass)
    {
        bool isMovie = spec.RenderOptions.VideoCodec.ChunkContainerFor(spec.RenderOptions.PixelFormat).IsMovie;
        using var feed = new StoredFeed(inspection.Stored, isMovie, settings);
        for (int i = 0; i < inspection.Stored.Count; i++)
            process.Write(list.Add(feed.PipeOf(i), inspection.Stored[i].Chunk.FrameCount));
        feed.Begin();
        process.EndList();
        feed.Run(process, pass == 0 ? chunk => inspection.InspectFetched(chunk, process.Check) : static _ => { });
        if (pass == 0) inspection.ThrowIfBad(); // a maximum bit rate over all chunks
        process.Finish();
    }
}
