using System;
using Helios.Jobs;
using Helios.Jobs.Receipts;

namespace Helios.Plan;

/// <summary>What finished chunks of a job took, and so what the others will take.</summary>
internal sealed class CostTally
{
    private long _timedFrames;
    private long _framesBefore;
    private long _prerollTime;
    private long _captureTime;
    private long _startTime;

    /// <summary>Finished chunks.</summary>
    internal int Chunks { get; private set; }

    /// <summary>Finished chunks whose receipts have times.</summary>
    internal int TimedChunks { get; private set; }

    /// <summary>Frames of the finished chunks.</summary>
    internal long Frames { get; private set; }

    /// <summary>Time of workers that is known, ms.</summary>
    internal long Time { get; private set; }

    /// <summary>Whether a finished chunk with a time had frames before it.</summary>
    internal bool KnowsPreroll => _framesBefore > 0;

    /// <summary>Frames a second of one worker, with its start; null while no time is known.</summary>
    internal decimal? Rate => Time > 0 ? decimal.Round(_timedFrames * 1000m / Time, 1) : null;

    /// <summary>
    /// The costs, as means; null while no time is known. That of frames before a chunk is spread over all of them, also those that were
    /// jumped over, and is 0 while only chunks that begin with the composition are known.
    /// </summary>
    internal ChunkCost? Cost => TimedChunks == 0
        ? null
        : new ChunkCost((long)((Int128)_startTime * 1000 / TimedChunks),
            KnowsPreroll ? (long)((Int128)_prerollTime * 1000 / _framesBefore) : 0,
            Math.Max(1, (long)((Int128)_captureTime * 1000 / _timedFrames)));

    /// <summary>Core-hours of a time of workers, to four decimals.</summary>
    /// <param name="time">Microseconds.</param>
    /// <param name="cores">Cores of a worker.</param>
    internal static decimal ToCoreHours(Int128 time, int cores) =>
        decimal.Round((decimal)time * cores / 3_600_000_000m, 4);

    internal void Add(Chunk chunk, Receipt receipt)
    {
        Chunks++;
        Frames += chunk.FrameCount;
        if (receipt.Timings is not { } times) return;
        TimedChunks++;
        _timedFrames += chunk.FrameCount;
        _framesBefore += chunk.StartFrame;
        _prerollTime += times.PrerollMs;
        _captureTime += times.CaptureMs;
        _startTime += Math.Max(0, times.TotalMs - times.PrerollMs - times.CaptureMs);
        Time += times.TotalMs;
    }
}
