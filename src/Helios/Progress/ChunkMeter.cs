using System;
using System.Diagnostics;
using Helios.Page;

namespace Helios.Progress;

/// <summary>Turns the progress of a worker or a merge into events, with its rate.</summary>
/// <param name="sink">Receives the events.</param>
/// <param name="chunk">Id of the chunk; -1 for a merge.</param>
/// <param name="totalFrames">Frames to come.</param>
internal sealed class ChunkMeter(ProgressSink sink, int chunk, long totalFrames)
{
    internal const int Merge = -1;

    private long _start = Stopwatch.GetTimestamp();

    /// <summary>The rate counts frames a second of the capture phase.</summary>
    internal void OnPhase(RenderPhase phase)
    {
        if (phase == RenderPhase.Capture) _start = Stopwatch.GetTimestamp();
        sink.Report(new PhaseBegun(chunk, phase));
    }

    /// <summary>The same settings with this as the observer.</summary>
    internal RenderSettings Observe(RenderSettings settings) =>
        settings with { OnPhase = OnPhase, OnPreroll = OnPreroll, OnFrame = OnFrame };

    internal void OnPreroll(long frames, long total) => sink.Report(new PrerollAdvanced(chunk, frames, total));

    internal void OnFrame(long frames)
    {
        double rate = frames / Math.Max(0.001, Stopwatch.GetElapsedTime(_start).TotalSeconds);
        sink.Report(chunk == Merge ? new MergeAdvanced(frames, totalFrames, rate) : new ChunkAdvanced(chunk, frames, totalFrames, rate));
    }
}
