using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Plan;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Plan;

internal sealed class CostTallyTests
{
    [Test]
    public async Task Costs_are_means_of_the_finished_chunks()
    {
        var tally = new CostTally();
        Add(tally, 0, 0, 100, new ReceiptTimings { LoadMs = 900, PrerollMs = 0, CaptureMs = 4000, TotalMs = 5000 });
        Add(tally, 1, 100, 100, new ReceiptTimings { LoadMs = 2900, PrerollMs = 200, CaptureMs = 4200, TotalMs = 7400 });

        // starts of 1000 and 3000 ms, 200 ms for 100 frames before chunks, 8200 ms for 200 frames
        await Assert.That(tally.Cost).IsEqualTo(new ChunkCost(2_000_000, 2000, 41_000));
        await Assert.That((tally.Chunks, tally.Frames, tally.Time, tally.Rate)).IsEqualTo((2, 200L, 12_400L, 16.1m));
    }

    [Test]
    public async Task A_receipt_without_times_counts_as_finished_only()
    {
        var tally = new CostTally();
        Add(tally, 0, 0, 100, null);

        await Assert.That((tally.Chunks, tally.TimedChunks, tally.Frames, tally.Rate)).IsEqualTo((1, 0, 100L, null));
        await Assert.That(tally.Cost).IsNull();
    }

    [Test]
    public async Task Times_that_do_not_add_up_give_costs_that_are_not_negative()
    {
        var tally = new CostTally();
        Add(tally, 0, 0, 1, new ReceiptTimings { LoadMs = 0, PrerollMs = 500, CaptureMs = 0, TotalMs = 0 });

        await Assert.That(tally.Cost).IsEqualTo(new ChunkCost(0, 0, 1));
        await Assert.That(tally.Rate).IsNull();
    }

    [Test]
    [Arguments(3_600_000_000L, 4, "4")]
    [Arguments(1_800_000L, 2, "0.001")]
    [Arguments(0L, 4, "0")]
    public async Task Core_hours_are_time_by_cores(long time, int cores, string expected) =>
        await Assert
            .That(CostTally.ToCoreHours(time, cores))
            .IsEqualTo(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));

    private static void Add(CostTally tally, int id, long start, long count, ReceiptTimings? timings) => tally.Add(
        new Chunk { Id = id, StartFrame = start, FrameCount = count, Output = "x.mov" },
        Support.Receipts.Sealed with { Timings = timings });
}
