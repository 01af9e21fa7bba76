using System;
using System.Collections.Generic;

namespace Helios.Plan;

/// <summary>
/// How long chunks take when workers render them at the same time: a worker that is free takes the next chunk, as run-job and array jobs
/// do. Times are whole microseconds.
/// </summary>
internal sealed class WorkerSchedule
{
    private readonly long[] _times;

    /// <param name="times">Time of each chunk, in order; at least one.</param>
    internal WorkerSchedule(long[] times)
    {
        _times = times;
        foreach (long time in times)
        {
            Total += time;
            Longest = Math.Max(Longest, time);
        }
    }

    /// <summary>Of all chunks, one after the other.</summary>
    internal Int128 Total { get; }

    /// <summary>Of the chunk that takes longest: no number of workers is faster.</summary>
    internal long Longest { get; }

    /// <summary>Time until the last chunk is done.</summary>
    /// <param name="workers">From 1.</param>
    internal long TimeOf(int workers)
    {
        if (workers >= _times.Length) return Longest;
        var free = new PriorityQueue<int, long>(workers);
        for (int worker = 0; worker < workers; worker++) free.Enqueue(worker, 0);
        long end = 0;
        foreach (long time in _times)
        {
            _ = free.TryPeek(out int worker, out long begin);
            end = Math.Max(end, begin + time);
            _ = free.DequeueEnqueue(worker, begin + time);
        }

        return end;
    }

    /// <summary>The number of workers from which on more of them save less than a hundredth.</summary>
    internal int FindUseful()
    {
        long limit = Longest + (Longest / 100);
        int low = (int)Int128.Clamp(Total / Math.Max(1, limit), 1, _times.Length);
        int high = _times.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (TimeOf(middle) <= limit) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
