using System;
using System.Diagnostics;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Plan;

namespace Helios.Tests.Jobs;

internal sealed class ChunkPlanTests
{
    [Test]
    public async Task Chunks_begin_where_the_job_begins()
    {
        var plan = new ChunkPlan(new FrameRange(100, 5), count: 3, size: 2);

        await Assert.That(plan[0]).IsEqualTo(new FrameRange(100, 2));
        await Assert.That(plan[2]).IsEqualTo(new FrameRange(104, 1));
    }

    [Test]
    public async Task Larger_chunks_come_first()
    {
        var plan = new ChunkPlan(new FrameRange(0, 8), count: 3, size: 2, larger: 2);

        await Assert.That((plan[0].Count, plan[1].Count, plan[2].Count)).IsEqualTo((3L, 3L, 2L));
    }

    [Test]
    [Arguments(0, DisplayName = "none")]
    [Arguments(10_000_001, DisplayName = "more than the most")]
    public async Task The_number_of_chunks_is_limited(int count) =>
        await Assert.That(() => new ChunkPlan(new FrameRange(0, 1_000_000_000), count, 100)).Throws<ArgumentOutOfRangeException>();

    [Test]
    public async Task Planning_a_million_frames_takes_less_than_ten_milliseconds()
    {
        long fastest = long.MaxValue; // of several runs: other tests use the processor too
        for (int run = 0; run < 10; run++)
        {
            var clock = Stopwatch.StartNew();
            ChunkPlan plan = ChunkPlanner.Plan(new FrameRange(0, 1_000_000), ChunkSplit.Even, 10_000);
            long frames = 0;
            for (int i = 0; i < plan.Count; i++) frames += plan[i].Count;
            if (frames == 1_000_000) fastest = Math.Min(fastest, clock.ElapsedMilliseconds);
        }

        await Assert.That(fastest).IsLessThan(10);
    }
}
