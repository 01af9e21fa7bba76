using System;
using System.Globalization;

namespace Helios.Run;

/// <summary>
/// Finds out whether one worker more pays. How many processors a worker keeps busy depends on page and machine, and shows only while it
/// renders.
/// </summary>
/// <param name="processors">That may be used.</param>
/// <param name="most">Workers that fit into memory and pay by the length of the job.</param>
/// <param name="readTimes">Processor time that this run has used so far, and that of the machine that nobody has used, s.</param>
/// <param name="readTime">Time since the run began.</param>
internal sealed class WorkerGrowth(int processors, int most, Func<(double Used, double Idle)?> readTimes, Func<TimeSpan> readTime)
{
    private const double Window = 2; // s in which processors are watched
    private const double LeastIdle = 0.5; // processors; with fewer a worker gains less than it takes from the others
    private const double LeastRest = 8; // times of a worker's start: what is left of the job after one

    private TimeSpan _start; // when all workers that run had rendered a frame
    private TimeSpan _since;
    private (double Used, double Idle)? _before;

    /// <summary>Why another worker is to be started; null when it is not, or not yet.</summary>
    /// <param name="workers">Workers that run.</param>
    /// <param name="haveBegun">Whether all of them have rendered a frame.</param>
    /// <param name="secondsLeft">Estimate of the rest of the run; null when unknown.</param>
    internal string? FindReason(int workers, bool haveBegun, double? secondsLeft)
    {
        if (workers >= most) return null;
        TimeSpan now = readTime();
        if (!haveBegun)
        {
            _before = null;
            return null;
        }

        if (_start == default) _start = now;
        if (_before is not var (used, unused))
        {
            (_before, _since) = (readTimes(), now);
            return null;
        }

        double seconds = (now - _since).TotalSeconds;
        if (seconds < Window || readTimes() is not { } times) return null;
        // the first counts where the machine has more processors than this container, the second where others use them
        double idle = Math.Min(processors - ((times.Used - used) / seconds), (times.Idle - unused) / seconds);
        (_before, _since) = (times, now);
        return idle >= LeastIdle && secondsLeft > LeastRest * _start.TotalSeconds
            ? string.Create(CultureInfo.InvariantCulture, $"{idle:0.0} of {processors} processors were idle")
            : null;
    }
}
