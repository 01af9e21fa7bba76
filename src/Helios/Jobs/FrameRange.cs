using System;

namespace Helios.Jobs;

/// <summary>
/// A half-open range of frames <c>[Start, End)</c> on the composition's timeline, 0-based.
/// </summary>
internal readonly record struct FrameRange
{
    /// <summary>Most frames of one job: 193 days at 60 fps.</summary>
    internal const long MaxFrames = 1_000_000_000;

    /// <summary>
    /// Throws <see cref="ArgumentOutOfRangeException"/> when start is negative or count is not in 1..<see cref="MaxFrames"/>.
    /// </summary>
    internal FrameRange(long start, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, 2 * MaxFrames); // a chunk of a job that begins at the last frame
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxFrames);
        Start = start;
        Count = count;
    }

    /// <summary>First frame.</summary>
    internal long Start { get; }

    /// <summary>Number of frames, at least 1.</summary>
    internal long Count { get; }

    /// <summary>The first frame after the range.</summary>
    internal long End => Start + Count;
}
