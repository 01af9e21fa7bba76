using System;
using System.Threading.Tasks;
using CsCheck;
using Helios.Jobs;
using Helios.Render;
using Helios.Tests.Support;

namespace Helios.Tests.Render;

internal sealed class FrameTimesTests
{
    [Test]
    [Arguments("30/1", 0, 0, DisplayName = "30: frame 0")]
    [Arguments("30/1", 1, 333, DisplayName = "30: 33.33 ms is rounded down")]
    [Arguments("30/1", 2, 667, DisplayName = "30: 66.67 ms is rounded up")]
    [Arguments("30/1", 3, 1000, DisplayName = "30: frame 3")]
    [Arguments("30/1", 1_000_000_000, 333_333_333_333, DisplayName = "30: last frame")]
    [Arguments("30000/1001", 1, 334, DisplayName = "29.97: 33.37 ms")]
    [Arguments("30000/1001", 2, 667, DisplayName = "29.97: 66.73 ms")]
    [Arguments("30000/1001", 30, 10_010, DisplayName = "29.97: frame 30 is at 1.001 s")]
    [Arguments("24000/1001", 1, 417, DisplayName = "23.976: 41.708 ms")]
    [Arguments("24000/1001", 2, 834, DisplayName = "23.976: 83.417 ms")]
    [Arguments("24000/1001", 24, 10_010, DisplayName = "23.976: frame 24 is at 1.001 s")]
    [Arguments("60/1", 1, 167, DisplayName = "60: 16.67 ms")]
    [Arguments("60/1", 2, 333, DisplayName = "60: 33.33 ms")]
    [Arguments("60/1", 60, 10_000, DisplayName = "60: a second")]
    [Arguments("1000/1", 1, 10, DisplayName = "1000: a millisecond")]
    [Arguments("1000/1", 999, 9990, DisplayName = "1000: the last of a second")]
    // halves: 16 frames a second last 62.5 ms, 32 last 31.25 ms
    [Arguments("32/1", 1, 313, DisplayName = "32: half of the grid is rounded up")]
    [Arguments("32/1", 3, 938, DisplayName = "32: half of the grid is rounded up again")]
    [Arguments("1/100", 2_000_000_000, 2_000_000_000_000_000, DisplayName = "slowest rate, last frame")]
    public async Task A_frame_is_at_the_nearest_tenth_of_a_millisecond(string rate, long frame, long ticks) =>
        await Assert.That(Times(rate).TicksOf(frame)).IsEqualTo(ticks);

    [Test]
    public void A_later_frame_is_at_a_later_time() =>
        Gen.Select(Gens.Rate, Gens.Magnitude(2 * FrameRange.MaxFrames)).Sample((rate, frame) =>
            new FrameTimes(rate).TicksOf(frame) > new FrameTimes(rate).TicksOf(frame - 1), iter: 1000);

    [Test]
    public void The_rounding_never_moves_a_frame_by_more_than_half_of_the_grid() =>
        Gen.Select(Gens.Rate, Gens.Magnitude(2 * FrameRange.MaxFrames)).Sample((rate, frame) =>
        {
            Int128 ticks = new FrameTimes(rate).TicksOf(frame);
            Int128 error = (ticks * rate.Numerator) - ((Int128)frame * rate.Denominator * 10_000);
            return Int128.Abs(error) * 2 <= rate.Numerator;
        }, iter: 1000);

    [Test]
    public void Whole_multiples_of_the_rate_are_exact() =>
        Gen.Select(Gens.Rate, Gen.Long[0, 1000]).Sample((rate, n) =>
            new FrameTimes(rate).TicksOf(n * rate.Numerator) == n * rate.Denominator * 10_000, iter: 500);

    [Test]
    [Arguments("30/1", 45, 1.5, DisplayName = "30")]
    [Arguments("30000/1001", 30, 1.001, DisplayName = "29.97")]
    [Arguments("1000/1", 1, 0.001, DisplayName = "1000")]
    [Arguments("1/100", 3, 300.0, DisplayName = "slowest")]
    public async Task Hooks_get_seconds_that_are_not_on_the_grid(string rate, long frame, double seconds) =>
        await Assert.That(Times(rate).SecondsOf(frame)).IsEqualTo(seconds);

    [Test]
    public async Task An_interval_is_in_milliseconds() => await Assert.That(Times("40/1").Interval).IsEqualTo(25.0);

    private static FrameTimes Times(string rate) =>
        FrameRate.TryParse(rate, out FrameRate parsed) ? new FrameTimes(parsed) : throw new ArgumentException(rate, nameof(rate));
}
