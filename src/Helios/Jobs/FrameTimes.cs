using System;

namespace Helios.Jobs;

/// <summary>
/// The time of frame n: n·denominator/numerator seconds on the timeline, and on the page's clock. That clock is ahead by
/// <see cref="Lead"/>, as if the browser had drawn its first frame that long after the page was loaded.
/// docs/decisions/0006-the-clock-of-the-page.md has the reasons for each number.
/// </summary>
internal readonly struct FrameTimes(FrameRate rate)
{
    /// <summary>
    /// Factor by which time stamps of pages grow faster than frames. A page that counts frames from
    /// a time stamp, of frame 0 or any other, then never computes 0.9999999 frames where it means
    /// 1. It stays above the rounding of doubles for ten hours, and adds 4 μs per hour.
    /// </summary>
    internal const double Growth = 1 + 1e-9;

    private const long TicksPerSecond = 10_000; // Blink's grid of page-visible times, 0.1 ms
    private const long TicksPerMillisecond = TicksPerSecond / 1000;
    private const long MostLead = 12; // ms; p5 draws nothing before 11.67 ms, the next multiple of a millisecond keeps Date exact
    private const long Billion = 1_000_000_000;

    /// <summary>
    /// Lead of the page's clock over the timeline, whole ms. At most three quarters of a frame, so that the frame number that a
    /// page computes from its clock is correct.
    /// </summary>
    internal long Lead => Math.Clamp(rate.Denominator * 750L / rate.Numerator, 1, MostLead);

    /// <summary>Frames are this many milliseconds long, divided by <see cref="PerLength"/>.</summary>
    internal long Length => 1000L * rate.Denominator;

    /// <inheritdoc cref="Length"/>
    internal long PerLength => rate.Numerator;

    /// <summary>Time of a frame on the timeline in units of 0.1 ms, rounded to the nearest: the encoder's timestamp.</summary>
    internal long TicksOf(long frame)
    {
        Int128 scaled = (Int128)frame * rate.Denominator * TicksPerSecond * 2;
        return (long)((scaled / rate.Numerator + 1) / 2);
    }

    /// <summary>
    /// The page's clock while a frame is drawn, in units of 0.1 ms. It is on Blink's grid, because frames between its points
    /// differed in 10 to 40 % of runs, and never before <see cref="PageTimeOf"/>. Animations begin with frame 0, which is drawn
    /// 0.1 ms early: in frame n they are then never slightly short of n frames.
    /// </summary>
    internal long ClockOf(long frame)
    {
        if (frame == 0) return (Lead * TicksPerMillisecond) - 1;
        Int128 scaled = (Int128)frame * rate.Denominator * TicksPerSecond * (Billion + 2); // grown twice as fast as the page's time stamps
        Int128 divisor = (Int128)rate.Numerator * Billion;
        return (Lead * TicksPerMillisecond) + (long)((scaled + divisor - 1) / divisor);
    }

    /// <summary>Time of a frame as the page reads it, ms (prelude.js computes the same).</summary>
    internal double PageTimeOf(long frame) => frame == 0 ? Lead - 0.1 : Lead + ((double)(frame * Length) / PerLength * Growth);

    /// <summary>The last frame whose time, as the page reads it, is before another: from 0 to <see cref="FrameRange.MaxFrames"/>.</summary>
    /// <param name="time">ms; may be infinite.</param>
    internal long LastBefore(double time) =>
        (long)Math.Clamp(Math.Ceiling((time - Lead) / Growth * PerLength / Length) - 1, 0, FrameRange.MaxFrames);

    /// <summary>Time of a frame in seconds, exact to the rounding of a double: the argument of seek hooks.</summary>
    internal double SecondsOf(long frame) => (double)(frame * rate.Denominator) / rate.Numerator;

    /// <summary>Length of a frame in milliseconds.</summary>
    internal double Interval => 1000.0 * rate.Denominator / rate.Numerator;
}
