using System;

namespace Helios.Jobs;

/// <summary>
/// Frame ranges of a job's chunks, computed on demand: memory does not grow with their number, except where each has a length of its
/// own. The chunks tile the job's range in order. Made by the planner.
/// </summary>
internal readonly record struct ChunkPlan
{
    /// <summary>Most chunks of one job.</summary>
    internal const int MaxChunks = 10_000_000;

    private readonly long _size;
    private readonly int _larger;
    private readonly long[]? _starts;

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

    /// <param name="frames">All frames of the job.</param>
    /// <param name="starts">First frames of the chunks, rising from that of the job.</param>
    internal ChunkPlan(FrameRange frames, long[] starts) : this(frames, starts.Length, size: 0) => _starts = starts;

    internal FrameRange Frames { get; }

    internal int Count { get; }

    /// <summary>Frames of the first chunk, the longest: later ones are at most as long.</summary>
    internal long LongestChunk => this[0].Count;

    /// <summary>Frames of chunk <paramref name="index"/>, 0..Count-1.</summary>
    internal FrameRange this[int index]
    {
        get
        {
            if (_starts is not null)
            {
                long end = index + 1 < Count ? _starts[index + 1] : Frames.Start + Frames.Count;
                return new FrameRange(_starts[index], end - _starts[index]);
            }

            long start = (index * _size) + Math.Min(index, _larger);
            long count = index < _larger ? _size + 1 : Math.Min(_size, Frames.Count - start);
            return new FrameRange(Frames.Start + start, count);
        }
    }
}
