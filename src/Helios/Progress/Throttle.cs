using System;

namespace Helios.Progress;

/// <summary>Limits how often something is shown.</summary>
/// <param name="period">Minimum time between two outputs, ms; null for never.</param>
/// <param name="clock">Monotonic time, ms.</param>
internal sealed class Throttle(int? period, Func<long> clock)
{
    private long _last = clock();

    /// <param name="isForced">Shown regardless of the time, unless the period is null.</param>
    internal bool IsDue(bool isForced = false)
    {
        if (period is null || (!isForced && clock() - _last < period)) return false;
        _last = clock();
        return true;
    }
}
