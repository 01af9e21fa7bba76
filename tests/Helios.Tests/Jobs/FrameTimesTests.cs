using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using Helios.Jobs;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs;

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
    public async Task A_frame_of_the_encoder_is_at_the_nearest_tenth_of_a_millisecond(string rate, long frame, long ticks) =>
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

    [Test]
    [Arguments("30/1", 0, 119, DisplayName = "30: frame 0 is 0.1 ms before the lead of 12 ms")]
    [Arguments("30/1", 1, 454, DisplayName = "30: 45.33 ms is rounded up")]
    [Arguments("30/1", 2, 787, DisplayName = "30: 78.67 ms is rounded up")]
    [Arguments("30/1", 3, 1121, DisplayName = "30: 112 ms is on the grid, and what the page reads a hair above it")]
    [Arguments("30/1", 108_000, 36_000_121, DisplayName = "30: an hour")]
    [Arguments("30000/1001", 30, 10_131, DisplayName = "29.97: frame 30 is at 1.001 s")]
    [Arguments("60/1", 0, 119, DisplayName = "60: the lead is 12 ms, too")]
    [Arguments("120/1", 0, 59, DisplayName = "120: three quarters of a frame, whole ms")]
    [Arguments("120/1", 1, 144, DisplayName = "120: 14.33 ms is rounded up")]
    [Arguments("1000/1", 0, 9, DisplayName = "1000: at least one ms")]
    [Arguments("1000/1", 1, 21, DisplayName = "1000: the next frame")]
    [Arguments("1/100", 1, 1_000_121, DisplayName = "slowest rate")]
    public async Task The_page_is_ahead_of_the_timeline_and_never_on_an_earlier_point_of_the_grid(string rate, long frame, long ticks) =>
        await Assert.That(Times(rate).ClockOf(frame)).IsEqualTo(ticks);

    [Test]
    public void What_a_page_reads_is_a_part_of_the_grid_before_its_clock() =>
        Gen.Select(Gens.Rate, Gens.Magnitude(1_000_000)).Sample((rate, frame) =>
        {
            var times = new FrameTimes(rate);
            double ahead = (times.ClockOf(frame) / 10.0) - times.PageTimeOf(frame);
            return ahead > 0 && ahead <= 0.1001 + (1e-9 * times.PageTimeOf(frame));
        }, iter: 1000);

    /// <summary>Animations of frame 0 have a start that may be 0.07 ms late, because the frame may be asked for fifty times, after twenty frames for hooks.</summary>
    [Test]
    public void An_animation_of_frame_0_has_had_all_of_its_frames_and_not_one_more() =>
        Gen.Select(Gens.Rate, Gens.Magnitude(1_000_000)).Sample((rate, frame) =>
        {
            var times = new FrameTimes(rate);
            Int128 least = (Int128)frame * rate.Denominator * 100_000;
            Int128 passed = (Int128)((times.ClockOf(frame) - times.ClockOf(0)) * 10) * rate.Numerator;
            return passed - (7 * (Int128)rate.Numerator) >= least && passed <= least + (20 * (Int128)rate.Numerator) + (least / 100_000_000);
        }, iter: 1000);

    private const string Standard = "24000/1001 24/1 25/1 30000/1001 30/1 48/1 50/1 60000/1001 60/1 90/1 100/1 120000/1001 120/1";

    /// <summary>As JavaScript computes it, in doubles, in the ways that people write it, for ten hours.</summary>
    [Test]
    public async Task Frames_counted_from_the_load_or_from_any_frame_are_the_right_ones()
    {
        List<string> wrong = [];
        foreach (string text in Standard.Split(' '))
        {
            FrameTimes times = Times(text);
            double fps = (double)times.PerLength * 1000 / times.Length;
            for (long frame = 1; frame < 36_000 * fps; frame += frame < 5000 ? 1 : 997)
            {
                double time = times.PageTimeOf(frame);
                if ((long)Math.Floor(time * fps / 1000) != frame || (long)Math.Floor(time / (1000 / fps)) != frame || (long)Math.Floor(time / 1000 * fps) != frame) wrong.Add($"{text}: {frame}");
                foreach (long since in (long[])[0, frame / 3, frame - 7, frame - 1])
                {
                    double passed = time - times.PageTimeOf(Math.Max(0, since));
                    if ((long)Math.Floor(passed * fps / 1000) != frame - Math.Max(0, since)) wrong.Add($"{text}: {frame} since {since}");
                }
            }
        }

        await Assert.That(string.Join(", ", wrong.Take(10))).IsEqualTo("");
    }

    /// <summary>With the rate as people write it, which is a millionth less, for an hour.</summary>
    [Test]
    [Arguments("24000/1001", 23.976)]
    [Arguments("30000/1001", 29.97)]
    [Arguments("60000/1001", 59.94)]
    [Arguments("120000/1001", 119.88)]
    public async Task So_are_frames_counted_from_the_load_by_a_rate_that_is_rounded(string text, double fps)
    {
        FrameTimes times = Times(text);

        await Assert.That(Enumerable.Range(0, (int)(3600 * fps)).Where(frame => (int)Math.Floor(times.PageTimeOf(frame) * fps / 1000) != frame)).IsEmpty();
    }

    /// <summary>GSAP's ticker wants 1/240 s by Date, p5 11.67 ms.</summary>
    [Test]
    public async Task The_lead_is_enough_for_tickers_and_less_than_a_frame()
    {
        foreach (string text in Standard.Split(' '))
        {
            FrameTimes times = Times(text);
            await Assert.That((double)times.Lead).IsBetween(1000 / 240.0, times.Interval - 1.5);
            if (times.Interval > 1000 / 61.0) await Assert.That(times.PageTimeOf(0)).IsGreaterThan((1000 / 60.0) - 5);
        }
    }

    private static FrameTimes Times(string rate) =>
        FrameRate.TryParse(rate, out FrameRate parsed) ? new FrameTimes(parsed) : throw new ArgumentException(rate, nameof(rate));
}
