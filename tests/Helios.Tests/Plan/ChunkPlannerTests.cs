using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using CsCheck;
using Helios.Jobs;
using Helios.Plan;
using Helios.Tests.Support;

namespace Helios.Tests.Plan;

internal sealed class ChunkPlannerTests
{
    private static readonly Gen<(long Start, long Frames, ChunkSplit Split, long Number)> s_requests =
        Gen.Select(Gen.Long[0, FrameRange.MaxFrames / 2], Gens.Magnitude(3000), Gen.OneOf(ChunkSplit.Ceil, ChunkSplit.Even, ChunkSplit.Fixed), Gens.Magnitude(4000));

    [Test]
    // the split of RenderOrchestrator
    [Arguments(ChunkSplit.Ceil, 60, 4, "15+15+15+15", DisplayName = "ceil: the example")]
    [Arguments(ChunkSplit.Ceil, 5, 4, "2+2+1", DisplayName = "ceil: the fourth chunk would be empty")]
    [Arguments(ChunkSplit.Ceil, 10, 3, "4+4+2", DisplayName = "ceil: the last takes the rest")]
    [Arguments(ChunkSplit.Ceil, 10, 4, "3+3+3+1", DisplayName = "ceil: a short last chunk")]
    [Arguments(ChunkSplit.Ceil, 3, 8, "1+1+1", DisplayName = "ceil: more shards than frames")]
    [Arguments(ChunkSplit.Ceil, 55, 1, "55", DisplayName = "ceil: one shard")]
    [Arguments(ChunkSplit.Ceil, 1, 1, "1", DisplayName = "ceil: one frame")]
    // sizes differ by at most one
    [Arguments(ChunkSplit.Even, 60, 4, "15+15+15+15", DisplayName = "even: no rest")]
    [Arguments(ChunkSplit.Even, 5, 4, "2+1+1+1", DisplayName = "even: as many chunks as shards")]
    [Arguments(ChunkSplit.Even, 10, 4, "3+3+2+2", DisplayName = "even: longer chunks come first")]
    [Arguments(ChunkSplit.Even, 3, 8, "1+1+1", DisplayName = "even: more shards than frames")]
    // a fixed size
    [Arguments(ChunkSplit.Fixed, 60, 25, "25+25+10", DisplayName = "fixed: the last takes the rest")]
    [Arguments(ChunkSplit.Fixed, 50, 25, "25+25", DisplayName = "fixed: no rest")]
    [Arguments(ChunkSplit.Fixed, 5, 100, "5", DisplayName = "fixed: longer than the job")]
    [Arguments(ChunkSplit.Fixed, 3, 1, "1+1+1", DisplayName = "fixed: one frame a chunk")]
    public async Task Frames_are_cut(ChunkSplit split, int frames, int number, string sizes) =>
        await Assert.That(string.Join('+', SizesOf(ChunkPlanner.Plan(new FrameRange(0, frames), split, number)))).IsEqualTo(sizes);

    [Test]
    [Arguments(ChunkSplit.Ceil, 1_000_000_000, 10_000_000, 10_000_000, 999_999_900, 100, DisplayName = "ceil: most frames in most chunks")]
    [Arguments(ChunkSplit.Ceil, 1_000_000_000, 3, 3, 666_666_668, 333_333_332, DisplayName = "ceil: most frames in three")]
    [Arguments(ChunkSplit.Even, 1_000_000_000, 3, 3, 666_666_667, 333_333_333, DisplayName = "even: most frames in three")]
    [Arguments(ChunkSplit.Fixed, 1_000_000_000, 999_999_999, 2, 999_999_999, 1, DisplayName = "fixed: one frame is left")]
    public async Task A_job_may_have_a_billion_frames(ChunkSplit split, int frames, int number, int count, int lastStart, int lastCount)
    {
        ChunkPlan plan = ChunkPlanner.Plan(new FrameRange(0, frames), split, number);

        await Assert.That(plan.Count).IsEqualTo(count);
        await Assert.That(plan[count - 1]).IsEqualTo(new FrameRange(lastStart, lastCount));
    }

    [Test]
    public async Task A_job_may_begin_at_the_last_start_frame_and_have_several_chunks()
    {
        ChunkPlan plan = ChunkPlanner.Plan(new FrameRange(FrameRange.MaxFrames, 10), ChunkSplit.Ceil, 5);

        await Assert.That(plan[4].Start).IsEqualTo(FrameRange.MaxFrames + 8);
    }

    [Test]
    public async Task The_longest_chunk_is_the_first() =>
        await Assert.That(ChunkPlanner.Plan(new FrameRange(7, 10), ChunkSplit.Even, 4).LongestChunk).IsEqualTo(3);

    [Test]
    public async Task Too_many_chunks_are_refused() =>
        await Assert.That(Refusal.TextOf(() => ChunkPlanner.Plan(new FrameRange(0, 1_000_000_000), ChunkSplit.Fixed, 1))).IsEqualTo(
            "64: the job would have 1000000000 chunks, more than 10000000 (--shards, --chunk-frames); cut it into fewer chunks");

    [Test]
    [Arguments(0, DisplayName = "zero")]
    [Arguments(-1, DisplayName = "negative")]
    public async Task Fewer_than_one_shard_cannot_be_planned(int number) =>
        await Assert.That(() => ChunkPlanner.Plan(new FrameRange(0, 5), ChunkSplit.Ceil, number)).Throws<ArgumentOutOfRangeException>();

    [Test]
    public void The_ceil_split_is_the_one_of_RenderOrchestrator() =>
        Gen.Select(Gens.Magnitude(5000), Gens.Magnitude(6000)).Sample((frames, shards) =>
        {
            ChunkPlan plan = ChunkPlanner.Plan(new FrameRange(0, frames), ChunkSplit.Ceil, shards);
            var expected = SplitOfRenderOrchestrator(frames, shards);
            if (plan.Count != expected.Count) return false;
            for (int i = 0; i < expected.Count; i++)
                if ((plan[i].Start, plan[i].Count) != expected[i]) return false;
            return true;
        }, iter: 500);

    [Test]
    public void Chunks_tile_the_job_in_order_and_none_is_empty() => s_requests.Sample((start, frames, split, number) =>
    {
        ChunkPlan plan = ChunkPlanner.Plan(new FrameRange(start, frames), split, number);
        long next = start;
        for (int i = 0; i < plan.Count; i++)
        {
            if (plan[i].Start != next || plan[i].Count < 1) return false;
            next = plan[i].End;
        }

        return next == start + frames;
    }, iter: 500);

    [Test]
    public void Even_sizes_differ_by_at_most_one_and_every_shard_is_used() =>
        Gen.Select(Gens.Magnitude(3000), Gens.Magnitude(4000)).Sample((frames, shards) =>
        {
            List<long> sizes = SizesOf(ChunkPlanner.Plan(new FrameRange(0, frames), ChunkSplit.Even, shards));
            sizes.Sort();
            return sizes.Count == Math.Min(frames, shards) && sizes[^1] - sizes[0] <= 1;
        }, iter: 500);

    /// <summary>As in RenderOrchestrator of the Node.js Helios, line by line: the reference.</summary>
    private static List<(long Start, long Count)> SplitOfRenderOrchestrator(long total, long shards)
    {
        var chunks = new List<(long, long)>();
        long chunkSize = (long)Math.Ceiling((decimal)total / shards);
        for (long i = 0; i < shards; i++)
        {
            long start = i * chunkSize;
            long count = Math.Min(chunkSize, total - start);
            if (count <= 0) break;
            chunks.Add((start, count));
        }

        return chunks;
    }

    private static List<long> SizesOf(ChunkPlan plan)
    {
        var sizes = new List<long>();
        for (int i = 0; i < plan.Count; i++) sizes.Add(plan[i].Count);
        return sizes;
    }
}
