using System;

namespace Helios.Jobs;

/// <summary>
/// The animation frames of the page and their times, on the timeline and on the page's clock. That clock is ahead by
/// <see cref="Lead"/>, as if the browser had drawn its first frame that long after the page was loaded
/// (docs/decisions/0006-the-clock-of-the-page.md has the reasons for each number). Every frame of the video is an animation frame at
/// exactly its own time; with a faster page rate, more of them lie between two of those, at equal distances
/// (docs/decisions/0017-the-rate-of-the-page.md).
/// </summary>
internal readonly struct PageTimes
{
    /// <summary>
    /// Factor by which time stamps of pages grow faster than frames. A page that counts frames from
    /// a time stamp, of frame 0 or any other, then never computes 0.9999999 frames where it means
    /// 1. It stays above the rounding of doubles for ten hours, and adds 4 μs per hour.
    /// </summary>
    internal const double Growth = 1 + 1e-9;

    /// <summary>Largest term of the ratio: a number of frames times it stays exact in the page's doubles.</summary>
    private const long MaxTerm = 1_000_000;

    private const long TicksPerSecond = 10_000; // Blink's grid of page-visible times, 0.1 ms
    private const long TicksPerMillisecond = TicksPerSecond / 1000;
    private const long MostLead = 12; // ms; p5 draws nothing before 11.67 ms, the next multiple of a millisecond keeps Date exact
    private const long Billion = 1_000_000_000;

    private readonly FrameRate _rate; // of the video
    private readonly FrameRate _pageRate;

    private PageTimes(FrameRate rate, FrameRate pageRate, long steps, long perSteps) =>
        (_rate, _pageRate, Steps, PerSteps) = (rate, pageRate, steps, perSteps);

    /// <summary>Animation frames to each <see cref="PerSteps"/> frames of the video, in lowest terms.</summary>
    internal long Steps { get; }

    /// <inheritdoc cref="Steps"/>
    internal long PerSteps { get; }

    /// <summary>
    /// Lead of the page's clock over the timeline, whole ms. At most three quarters of an animation frame, so that the frame number that a
    /// page computes from its clock is correct.
    /// </summary>
    internal long Lead => Math.Clamp(_pageRate.Denominator * 750L / _pageRate.Numerator, 1, MostLead);

    /// <summary>Frames of the video are this many milliseconds long, divided by <see cref="PerLength"/>.</summary>
    internal long Length => 1000L * _rate.Denominator;

    /// <inheritdoc cref="Length"/>
    internal long PerLength => _rate.Numerator;

    /// <summary>Animation frames a second.</summary>
    internal double Rate => (double)_pageRate.Numerator / _pageRate.Denominator;

    /// <summary>Usual time between two animation frames, ms.</summary>
    internal double Interval => 1000.0 * _pageRate.Denominator / _pageRate.Numerator;

    /// <exception cref="ArgumentException">The rates do not fit each other, which <see cref="RenderRules"/> has checked.</exception>
    internal static PageTimes Of(RenderOptions options)
    {
        if (TryCreate(options.FrameRate, options.PageRate ?? options.FrameRate, out PageTimes times)) return times;
        throw new ArgumentException("the page's rate does not fit the video's", nameof(options));
    }

    /// <summary>False where the page is slower than the video, or the terms of the ratio are too large.</summary>
    internal static bool TryCreate(FrameRate rate, FrameRate pageRate, out PageTimes times)
    {
        long steps = (long)pageRate.Numerator * rate.Denominator;
        long perSteps = (long)pageRate.Denominator * rate.Numerator;
        long divisor = FrameRate.GreatestCommonDivisor(steps, perSteps);
        times = new(rate, pageRate, steps / divisor, perSteps / divisor);
        return steps >= perSteps && times.Steps <= MaxTerm;
    }

    /// <summary>The animation frame that is drawn at the time of a frame of the video: as many as the page's rate has until then.</summary>
    internal long At(long frame) => frame * Steps / PerSteps;

    /// <summary>
    /// The page's clock while an animation frame is drawn, in units of 0.1 ms. It is on Blink's grid, because frames between its points
    /// differed in 10 to 40 % of runs, and never before <see cref="PageTimeOf"/>. Animations begin with frame 0, which is drawn
    /// 0.1 ms early: in frame n they are then never slightly short of n frames.
    /// </summary>
    internal long ClockOf(long animationFrame)
    {
        if (animationFrame == 0) return (Lead * TicksPerMillisecond) - 1;
        var (frame, part, parts) = Locate(animationFrame);
        Int128 place = ((Int128)frame * parts) + part;
        Int128 scaled = place * _rate.Denominator * TicksPerSecond * (Billion + 2); // grown twice as fast as the page's time stamps
        Int128 divisor = (Int128)_rate.Numerator * parts * Billion;
        return (Lead * TicksPerMillisecond) + (long)((scaled + divisor - 1) / divisor);
    }

    /// <summary>Time of an animation frame as the page reads it, ms (prelude.js computes the same).</summary>
    internal double PageTimeOf(long animationFrame) =>
        animationFrame == 0 ? Lead - 0.1 : Lead + (Multiply(animationFrame, Length) / PerLength * Growth);

    /// <summary>Time of an animation frame in seconds, exact to the rounding of a double: the argument of seek hooks.</summary>
    internal double SecondsOf(long animationFrame) => Multiply(animationFrame, _rate.Denominator) / _rate.Numerator;

    /// <summary>
    /// The last frame of the video whose time, as the page reads it, is before another: from 0 to <see cref="FrameRange.MaxFrames"/>.
    /// </summary>
    /// <param name="time">ms; may be infinite.</param>
    internal long LastBefore(double time) =>
        (long)Math.Clamp(Math.Ceiling((time - Lead) / Growth * PerLength / Length) - 1, 0, FrameRange.MaxFrames);

    /// <summary>
    /// The frame of the video at or before an animation frame, and how many of the equal parts of the time until the next one have passed.
    /// </summary>
    private (long Frame, long Part, long Parts) Locate(long animationFrame)
    {
        long frame = (((animationFrame + 1) * PerSteps) + Steps - 1) / Steps - 1;
        long first = At(frame);
        return (frame, animationFrame - first, At(frame + 1) - first);
    }

    /// <summary>An animation frame's number of frames of the video, with its fraction, times a length.</summary>
    private double Multiply(long animationFrame, long length)
    {
        var (frame, part, parts) = Locate(animationFrame);
        return (double)(frame * length) + ((double)(part * length) / parts);
    }
}
