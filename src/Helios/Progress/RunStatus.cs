using System;
using System.Collections.Generic;
using System.Diagnostics;
using Helios.Jobs;
using Helios.Jobs.Receipts;

namespace Helios.Progress;

/// <summary>The numbers of a run, during it and at its end. All times are of the monotonic clock.</summary>
internal sealed class RunStatus
{
    internal const string Chunk = "chunk";
    internal const string Row = "row";

    internal const int SlowestShown = 3;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly List<(int Chunk, long Milliseconds)> _slowest = [];
    private long _mergeStart;

    internal required string JobId { get; init; }

    /// <summary>Path of the final video.</summary>
    internal required string Output { get; set; }

    /// <summary>What it counts: chunks, or rows of a batch.</summary>
    internal string Unit { get; init; } = Chunk;

    internal required int TotalChunks { get; init; }

    internal required long TotalFrames { get; init; }

    /// <summary>Maximum number of concurrent workers.</summary>
    internal int Workers { get; set; }

    /// <summary>Chunks that were complete before.</summary>
    internal int ReusedChunks { get; set; }

    internal long ReusedFrames { get; set; }

    /// <summary>Chunks that this run has rendered.</summary>
    internal int FinishedChunks { get; private set; }

    /// <summary>Frames of those chunks.</summary>
    internal long FinishedFrames { get; private set; }

    /// <summary>Frames that running workers have captured.</summary>
    internal long RunningFrames { get; set; }

    internal int RunningWorkers { get; set; }

    internal int Retries { get; set; }

    /// <summary>Sums over the chunks of this run, ms: browser start and loading, pre-roll, capture, and the total.</summary>
    internal long LoadTime { get; private set; }

    internal long PrerollTime { get; private set; }

    internal long CaptureTime { get; private set; }

    internal long WorkerTime { get; private set; }

    /// <summary>The chunks of this run that took longest, the longest first.</summary>
    internal IReadOnlyList<(int Chunk, long Milliseconds)> Slowest => _slowest;

    internal long DoneFrames => ReusedFrames + FinishedFrames + RunningFrames;

    internal double Seconds => Stopwatch.GetElapsedTime(_start).TotalSeconds;

    internal double MergeSeconds => _mergeStart == 0 ? 0 : Stopwatch.GetElapsedTime(_mergeStart).TotalSeconds;

    /// <summary>Frames a second that this run has made so far, by all workers together.</summary>
    internal double Rate => (FinishedFrames + RunningFrames) / Math.Max(0.001, Seconds - MergeSeconds);

    /// <summary>Estimate; null while there is no data.</summary>
    internal double? SecondsLeft => FinishedFrames + RunningFrames == 0 ? null : (TotalFrames - DoneFrames) / Rate;

    internal void Add(int chunk, long frames, ReceiptTimings timings)
    {
        FinishedChunks++;
        FinishedFrames += frames;
        LoadTime += timings.LoadMs;
        PrerollTime += timings.PrerollMs;
        CaptureTime += timings.CaptureMs;
        WorkerTime += timings.TotalMs;
        int place = _slowest.FindIndex(other => other.Milliseconds < timings.TotalMs);
        _slowest.Insert(place < 0 ? _slowest.Count : place, (chunk, timings.TotalMs));
        if (_slowest.Count > SlowestShown) _slowest.RemoveAt(SlowestShown);
    }

    /// <summary>A chunk that counted as done is rendered again.</summary>
    internal void Forget(long frames, bool wasReused)
    {
        if (wasReused) (ReusedChunks, ReusedFrames) = (ReusedChunks - 1, ReusedFrames - frames);
        else (FinishedChunks, FinishedFrames) = (FinishedChunks - 1, FinishedFrames - frames);
    }

    internal void BeginMerge() => _mergeStart = Stopwatch.GetTimestamp();
}
