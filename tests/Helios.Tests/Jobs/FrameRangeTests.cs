using System;
using System.Threading.Tasks;
using Helios.Jobs;

namespace Helios.Tests.Jobs;

internal sealed class FrameRangeTests
{
    [Test]
    public async Task A_range_ends_before_the_frame_after_its_last() =>
        await Assert.That(new FrameRange(10, 5).End).IsEqualTo(15);

    [Test]
    [Arguments(0L, 1L, DisplayName = "one frame")]
    [Arguments(0L, 1_000_000_000L, DisplayName = "most frames")]
    [Arguments(1_000_000_000L, 1_000_000_000L, DisplayName = "most frames from the last start")]
    public async Task The_limits_are_allowed(long start, long count)
    {
        var range = new FrameRange(start, count);

        await Assert.That((range.Start, range.Count)).IsEqualTo((start, count));
    }

    [Test]
    [Arguments(-1L, 1L, DisplayName = "start is negative")]
    [Arguments(0L, 0L, DisplayName = "empty")]
    [Arguments(0L, -1L, DisplayName = "count is negative")]
    [Arguments(0L, 1_000_000_001L, DisplayName = "count is beyond the limit")]
    [Arguments(long.MaxValue, 1L, DisplayName = "end would overflow")]
    public async Task A_range_cannot_be_wrong(long start, long count) =>
        await Assert.That(() => new FrameRange(start, count)).Throws<ArgumentOutOfRangeException>();
}
