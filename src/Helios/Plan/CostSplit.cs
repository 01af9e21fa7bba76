using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Errors;
using Helios.Jobs;

namespace Helios.Plan;

/// <summary>
/// Chunks of equal predicted time: where frames before a chunk are run, a later chunk is shorter. Integers only, so that every machine
/// plans the same.
/// </summary>
internal static class CostSplit
{
    /// <summary>Most chunks; their starts are kept in memory.</summary>
    internal const int MostChunks = 100_000;

    /// <summary>At most so many chunks, of which the dearest is as cheap as possible.</summary>
    /// <param name="frames">All frames of the job.</param>
    /// <param name="chunks">1..<see cref="MostChunks"/>.</param>
    /// <param name="cost">The predicted costs.</param>
    internal static ChunkPlan IntoChunks(FrameRange frames, long chunks, ChunkCost cost)
    {
        long last = frames.Start + frames.Count - 1;
        Int128 least = LeastOf(frames, cost);
        Int128 most = cost.Of(frames.Start, frames.Count) + cost.Of(last, 1);
        while (least < most)
        {
            Int128 time = least + ((most - least) / 2);
            if (Cut(frames, time, cost, chunks) is null) least = time + 1;
            else most = time;
        }

        return new ChunkPlan(frames, Cut(frames, least, cost, chunks)!);
    }

    /// <summary>As few chunks as possible, each of which takes at most a time.</summary>
    /// <param name="frames">All frames of the job.</param>
    /// <param name="time">Microseconds.</param>
    /// <param name="cost">The predicted costs.</param>
    /// <exception cref="HeliosException">64: no chunk is that fast, or it takes more than <see cref="MostChunks"/>.</exception>
    internal static ChunkPlan WithinTime(FrameRange frames, long time, ChunkCost cost)
    {
        Int128 least = LeastOf(frames, cost);
        if (least > time)
        {
            throw new HeliosException(ExitCode.Usage,
                string.Create(CultureInfo.InvariantCulture,
                    $"the last chunk takes {ToSeconds(least)} s at least by these costs, more than {ToSeconds(time)} s"),
                "--target-time", "allow more, or plan with a history that jumps over the frames before a chunk");
        }

        return Cut(frames, time, cost, MostChunks) is long[] starts
            ? new ChunkPlan(frames, starts)
            : throw new HeliosException(ExitCode.Usage,
                string.Create(CultureInfo.InvariantCulture, $"chunks of that time would be more than {MostChunks}"),
                "--target-time", "allow more");
    }

    /// <summary>Seconds with up to three decimals, rounded up.</summary>
    internal static string ToSeconds(Int128 microseconds) =>
        ((decimal)((microseconds + 999) / 1000) / 1000).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>No cut is faster: the last chunk holds the last frame, and the only chunk all frames.</summary>
    private static Int128 LeastOf(FrameRange frames, ChunkCost cost) =>
        Int128.Min(cost.Of(frames.Start + frames.Count - 1, 1), cost.Of(frames.Start, frames.Count));

    /// <summary>Starts of chunks that are as long as the time allows; null when they are too many.</summary>
    private static long[]? Cut(FrameRange frames, Int128 time, ChunkCost cost, long most)
    {
        var starts = new List<long>();
        long end = frames.Start + frames.Count;
        for (long start = frames.Start; start < end;)
        {
            Int128 count = cost.CountWithin(start, time);
            if (count < 1 || starts.Count == most) return null;
            starts.Add(start);
            start = count >= end - start ? end : start + (long)count;
        }

        return [.. starts];
    }
}
