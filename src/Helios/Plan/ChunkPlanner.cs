using System;
using Helios.Errors;
using Helios.Jobs;

namespace Helios.Plan;

/// <summary>How a job's frames are divided into chunks.</summary>
internal enum ChunkSplit
{
    /// <summary>Size ceil(frames / shards), the last chunk takes the rest: the split of RenderOrchestrator.</summary>
    Ceil,

    /// <summary>As many chunks as shards, sizes differ by at most one.</summary>
    Even,

    /// <summary>A fixed number of frames per chunk.</summary>
    Fixed,

    /// <summary>At most as many chunks as shards, of equal predicted time.</summary>
    Cost,

    /// <summary>As few chunks as possible, none of which takes longer than a time by the predicted costs.</summary>
    Time,
}

/// <summary>Divides a range of frames into chunks. Empty chunks are omitted.</summary>
internal static class ChunkPlanner
{
    /// <param name="frames">All frames of the job.</param>
    /// <param name="split">The rule.</param>
    /// <param name="number">
    /// Number of shards, of frames per chunk with <see cref="ChunkSplit.Fixed"/>, or of microseconds with <see cref="ChunkSplit.Time"/>;
    /// at least 1.
    /// </param>
    /// <param name="cost">The predicted costs; only with the last two splits.</param>
    /// <exception cref="HeliosException">64: more than <see cref="ChunkPlan.MaxChunks"/> chunks; as of <see cref="CostSplit"/>.</exception>
    internal static ChunkPlan Plan(FrameRange frames, ChunkSplit split, long number, ChunkCost? cost = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        if (split == ChunkSplit.Cost) return CostSplit.IntoChunks(frames, number, cost!);
        if (split == ChunkSplit.Time) return CostSplit.WithinTime(frames, number, cost!);
        if (split == ChunkSplit.Even)
        {
            int chunks = CheckCount(Math.Min(number, frames.Count));
            return new ChunkPlan(frames, chunks, frames.Count / chunks, (int)(frames.Count % chunks));
        }

        long size = split == ChunkSplit.Fixed ? number : CeilingDivide(frames.Count, number);
        return new ChunkPlan(frames, CheckCount(CeilingDivide(frames.Count, size)), size);
    }

    private static long CeilingDivide(long dividend, long divisor) => (dividend + divisor - 1) / divisor;

    private static int CheckCount(long count) => count <= ChunkPlan.MaxChunks
        ? (int)count
        : throw new HeliosException(ExitCode.Usage, $"the job would have {count} chunks, more than {ChunkPlan.MaxChunks}",
            "--shards, --chunk-frames", "cut it into fewer chunks");
}
