using System;

namespace Helios.Jobs;

/// <summary>
/// Frame ranges of a job's chunks, computed on demand: memory does not grow with their number. The
/// chunks tile the job's range in order. Made by the planner.
/// </summary>
internal readonly record struct ChunkPlan
{
    /// <summary>Most chunks of one job.</summary>
    internal const int MaxChunks = 10_000_000;

    private readonly long _size;
    private readonly int _larger;

    /// <param name="frames">All frames of the job.</param>
    /// <param name="count">Number of chunks, 1..<see cref="MaxChunks"/>.</param>
    /// <param name="size">Frames of an ordinary chunk; the last one takes the rest.</param>
    /// <param name="larger">Number of chunks at the start with one additional frame.</param>
    internal ChunkPlan(FrameRange frames, int count, long size, int larger = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxChunks);
        Frames = frames;
        Count = count;
        _size = size;
        _larger = larger;
    }

    internal FrameRange Frames { get; }

    internal int Count { get; }

    /// <summary>Frames of the first chunk, the longest.</summary>
    internal long LongestChunk => this[0].Count;

    /// <summary>Frames of chunk <paramref name="index"/>, 0..Count-1.</summary>
    internal FrameRange this[int index]
    {
        get
        {
            long start = (index * _size) + Math.Min(index, _larger);
            long count = index < _larger ? _size + 1 : Math.Min(_size, Frames.Count - start);
            return new FrameRange(Frames.Start + start, count);
        }
    }
}
