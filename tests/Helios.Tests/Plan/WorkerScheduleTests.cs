using System;
using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using Helios.Plan;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Plan;

internal sealed class WorkerScheduleTests
{
    [Test]
    [Arguments(1, 100)]
    [Arguments(2, 60, DisplayName = "the second worker takes 30, 40 when the first has 10, 20")]
    [Arguments(4, 40)]
    [Arguments(1000, 40, DisplayName = "no number of workers is faster than the longest chunk")]
    public async Task A_free_worker_takes_the_next_chunk(int workers, long expected) =>
        await Assert.That(new WorkerSchedule([10, 20, 30, 40]).TimeOf(workers)).IsEqualTo(expected);

    [Test]
    [Arguments(new long[] { 10, 10, 10, 10 }, 4)]
    [Arguments(new long[] { 40, 10, 10, 10, 10 }, 2, DisplayName = "one long chunk")]
    [Arguments(new long[] { 5 }, 1)]
    [Arguments(new long[] { 0, 0 }, 1, DisplayName = "no time at all")]
    public async Task More_workers_than_are_useful_gain_nothing(long[] times, int expected) =>
        await Assert.That(new WorkerSchedule(times).FindUseful()).IsEqualTo(expected);

    [Test]
    public void Any_schedule_lies_between_its_bounds() =>
        Gen.Select(Gen.Long[0, 1_000_000].Array[1, 200], Gen.Int[1, 250]).Sample((times, workers) =>
        {
            var schedule = new WorkerSchedule(times);
            long time = schedule.TimeOf(workers);
            long longest = times.Max(), total = times.Sum();
            return time >= longest && time >= total / Math.Min(workers, times.Length) && time <= (total / workers) + longest + 1
                && schedule.TimeOf(schedule.FindUseful()) <= longest + (longest / 100);
        });
}
