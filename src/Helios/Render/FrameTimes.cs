using System;
using Helios.Jobs;

namespace Helios.Render;

/// <summary>
/// When frame n is shown: n·denominator/numerator seconds, rounded to 0.1 ms. Blink rounds the time stamps that pages see
/// to that grid; frames between its points came out different in 10 to 40 % of runs (docs/rendering.md).
/// </summary>
internal readonly struct FrameTimes(FrameRate rate)
{
    private const long TicksPerSecond = 10_000;

    /// <summary>Time of a frame in units of 0.1 ms.</summary>
    internal long TicksOf(long frame)
    {
        Int128 scaled = (Int128)frame * rate.Denominator * TicksPerSecond * 2;
        return (long)((scaled / rate.Numerator + 1) / 2);
    }

    /// <summary>Time of a frame in seconds, exact to the rounding of a double: what seek hooks get.</summary>
    internal double SecondsOf(long frame) => (double)(frame * rate.Denominator) / rate.Numerator;

    /// <summary>Length of a frame in milliseconds.</summary>
    internal double Interval => 1000.0 * rate.Denominator / rate.Numerator;
}
