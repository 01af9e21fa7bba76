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
    private static readonly Gen<(long Start, long Frames, ChunkSplit Split, long Number)> s_requests = Gen.Select(
        Gen.Long[0, FrameRange.MaxFrames / 2],
        Gens.Magnitude(3000),
        Gen.OneOf(ChunkSplit.Ceil, ChunkSplit.Even, ChunkSplit.Fixed),
        Gens.Magnitude(4000));

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

    /// <summary>Costs in milliseconds: a frame before the chunk, a frame in it.</summary>
    [Test]
    [Arguments(0, 40, 10, 4, "3+3+3+1", DisplayName = "nothing before a chunk costs anything: as equal as can be")]
    [Arguments(10, 40, 100, 4, "37+27+21+15", DisplayName = "later chunks are shorter")]
    [Arguments(40, 40, 100, 4, "100", DisplayName = "a frame before a chunk costs as much as one in it")]
    [Arguments(50, 40, 100, 4, "100", DisplayName = "a frame before a chunk costs more than one in it")]
    [Arguments(10, 40, 3, 8, "1+1+1", DisplayName = "more shards than frames")]
    [Arguments(10, 40, 100, 1, "100", DisplayName = "one shard")]
    public async Task Chunks_of_equal_time_are_cut(int preroll, int capture, int frames, int chunks, string sizes) =>
        await Assert
            .That(string.Join('+', SizesOf(ChunkPlanner.Plan(new FrameRange(0, frames), ChunkSplit.Cost, chunks, Cost(preroll, capture)))))
            .IsEqualTo(sizes);

    /// <summary>Compared with every other way to cut few frames.</summary>
    [Test]
    public void No_other_cut_makes_the_dearest_chunk_cheaper() =>
        Gen.Select(Gen.Long[0, 20], Gen.Int[1, 9], Gen.Int[1, 5], Gen.Int[0, 60], Gen.Int[1, 60], Gen.Int[0, 90])
            .Sample(
                (start, count, chunks, preroll, capture, fixedCost) =>
                {
                    var cost = new ChunkCost(fixedCost, preroll, capture);
                    var frames = new FrameRange(start, count);
                    ChunkPlan plan = ChunkPlanner.Plan(frames, ChunkSplit.Cost, chunks, cost);
                    return plan.Count <= chunks && DearestOf(plan, cost) == CheapestDearest(frames, chunks, cost);
                });

    [Test]
    public void Chunks_of_equal_time_tile_the_job() =>
        Gen.Select(
                Gen.Long[0, FrameRange.MaxFrames / 2],
                Gens.Magnitude(100_000),
                Gens.Magnitude(500),
                Gen.Int[0, 100_000],
                Gen.Int[1, 100_000])
            .Sample(
                (start, count, chunks, preroll, capture) =>
                {
                    ChunkPlan plan = ChunkPlanner.Plan(
                        new FrameRange(start, count),
                        ChunkSplit.Cost,
                        chunks,
                        new ChunkCost(0, preroll, capture));
                    long next = start;
                    for (int i = 0; i < plan.Count; i++)
                    {
                        if (plan[i].Start != next || plan[i].Count < 1 || plan[i].Count > plan.LongestChunk)
                            return false;
                        next += plan[i].Count;
                    }

                    return next == start + count;
                });

    [Test]
    [Arguments(0, 40, 400, 1000, 10, DisplayName = "25 frames of 40 ms, but a start of 600 ms")]
    [Arguments(10, 40, 100, 2000, 35, DisplayName = "with frames before them")]
    public async Task As_few_chunks_as_take_at_most_a_time(int preroll, int capture, int frames, int time, int most)
    {
        ChunkCost cost = Cost(preroll, capture) with { Start = 600_000 };

        ChunkPlan plan = ChunkPlanner.Plan(new FrameRange(0, frames), ChunkSplit.Time, time * 1000L, cost);

        await Assert.That(DearestOf(plan, cost) <= time * 1000).IsTrue();
        await Assert.That(plan[0].Count).IsEqualTo(most);
    }

    /// <summary>A frame before a chunk costs more than one in it: one chunk is the fastest.</summary>
    [Test]
    public async Task A_time_that_only_one_chunk_keeps_is_kept() =>
        await Assert.That(ChunkPlanner.Plan(new FrameRange(0, 100), ChunkSplit.Time, 4_500_000, Cost(50, 40)).Count).IsEqualTo(1);

    [Test]
    public async Task A_time_that_the_last_frame_alone_exceeds_is_refused() =>
        await Assert
            .That(Refusal.TextOf(() => ChunkPlanner.Plan(new FrameRange(0, 1001), ChunkSplit.Time, 5_000_000, Cost(6, 40))))
            .IsEqualTo(
                "64: the last chunk takes 6.04 s at least by these costs, more than 5 s (--target-time); allow more, or plan with a history that jumps over the frames before a chunk"
            );

    [Test]
    public async Task A_time_that_makes_too_many_chunks_is_refused() =>
        await Assert
            .That(Refusal.TextOf(() => ChunkPlanner.Plan(new FrameRange(0, 100_001), ChunkSplit.Time, 40_000, Cost(0, 40))))
            .IsEqualTo("64: chunks of that time would be more than 100000 (--target-time); allow more");

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

    private static ChunkCost Cost(int preroll, int capture) => new(0, preroll * 1000L, capture * 1000L);

    private static Int128 DearestOf(ChunkPlan plan, ChunkCost cost)
    {
        Int128 most = 0;
        for (int i = 0; i < plan.Count; i++) most = Int128.Max(most, cost.Of(plan[i].Start, plan[i].Count));
        return most;
    }

    private static Int128 CheapestDearest(FrameRange frames, int chunks, ChunkCost cost)
    {
        Int128 best = cost.Of(frames.Start, frames.Count);
        if (chunks == 1) return best;
        for (long first = 1; first < frames.Count; first++)
        {
            Int128 rest = CheapestDearest(new FrameRange(frames.Start + first, frames.Count - first), chunks - 1, cost);
            best = Int128.Min(best, Int128.Max(cost.Of(frames.Start, first), rest));
        }

        return best;
    }
}
