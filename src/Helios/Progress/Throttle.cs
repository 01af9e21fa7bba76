using System;

namespace Helios.Progress;

/// <summary>Whether it is time to show something again.</summary>
/// <param name="period">Shortest time between two of them, ms; null for never.</param>
/// <param name="clock">Monotonic time, ms.</param>
internal sealed class Throttle(int? period, Func<long> clock)
{
    private long _last = clock();

    /// <param name="isForced">Shown whatever the time, unless nothing ever is.</param>
    internal bool IsDue(bool isForced = false)
    {
        if (period is null || (!isForced && clock() - _last < period)) return false;
        _last = clock();
        return true;
    }
}
