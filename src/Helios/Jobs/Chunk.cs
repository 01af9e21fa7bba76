using System;

namespace Helios.Jobs;

/// <summary>Contiguous frames that one worker renders into one file.</summary>
internal sealed record Chunk
{
    /// <summary>0-based and dense.</summary>
    public required int Id { get; init; }

    /// <summary>First frame on the composition's timeline.</summary>
    public required long StartFrame { get; init; }

    public required long FrameCount { get; init; }

    /// <summary>Path of the chunk file, in the directory of the job's output or below it.</summary>
    public required string Output { get; init; }
}

/// <summary>Predicted costs of a chunk, in whole microseconds: of its worker's start, of a frame before it, and of a frame in it.</summary>
internal sealed record ChunkCost(long Start, long Preroll, long Capture)
{
    /// <summary>Most of each, a day.</summary>
    internal const long Most = 86_400_000_000;

    /// <summary>Time of a chunk, microseconds.</summary>
    /// <param name="start">Its first frame on the composition's timeline.</param>
    /// <param name="count">Its frames.</param>
    internal Int128 Of(long start, long count) => Start + ((Int128)Preroll * start) + ((Int128)Capture * count);

    /// <summary>Frames that a chunk may have to take at most a time; 0 when its frames before it take longer.</summary>
    /// <param name="start">Its first frame on the composition's timeline.</param>
    /// <param name="time">Microseconds.</param>
    internal Int128 CountWithin(long start, Int128 time) => Int128.Max(0, (time - Start - ((Int128)Preroll * start)) / Capture);
}
