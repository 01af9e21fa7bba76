using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using Helios.Jobs;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs;

internal sealed class PageTimesTests
{
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
            var times = Times(rate);
            double ahead = (times.ClockOf(frame) / 10.0) - times.PageTimeOf(frame);
            return ahead > 0 && ahead <= 0.1001 + (1e-9 * times.PageTimeOf(frame));
        }, iter: 1000);

    /// <summary>
    /// Animations of frame 0 have a start that may be 0.07 ms late, because the frame may be asked for fifty times, after twenty frames for
    /// hooks.
    /// </summary>
    [Test]
    public void An_animation_of_frame_0_has_had_all_of_its_frames_and_not_one_more() =>
        Gen.Select(Gens.Rate, Gens.Magnitude(1_000_000))
            .Sample(
                (rate, frame) =>
                {
                    var times = Times(rate);
                    Int128 least = (Int128)frame * rate.Denominator * 100_000;
                    Int128 passed = (Int128)((times.ClockOf(frame) - times.ClockOf(0)) * 10) * rate.Numerator;
                    return passed - (7 * (Int128)rate.Numerator) >= least
                        && passed <= least + (20 * (Int128)rate.Numerator) + (least / 100_000_000);
                },
                iter: 1000);

    private const string Standard = "24000/1001 24/1 25/1 30000/1001 30/1 48/1 50/1 60000/1001 60/1 90/1 100/1 120000/1001 120/1";

    /// <summary>As JavaScript computes it, in doubles, in the ways that people write it, for ten hours.</summary>
    [Test]
    public async Task Frames_counted_from_the_load_or_from_any_frame_are_the_right_ones()
    {
        List<string> wrong = [];
        foreach (string text in Standard.Split(' '))
        {
            PageTimes times = Times(text);
            double fps = (double)times.PerLength * 1000 / times.Length;
            for (long frame = 1; frame < 36_000 * fps; frame += frame < 5000 ? 1 : 997)
            {
                double time = times.PageTimeOf(frame);
                if (
                    (long)Math.Floor(time * fps / 1000) != frame
                    || (long)Math.Floor(time / (1000 / fps)) != frame
                    || (long)Math.Floor(time / 1000 * fps) != frame)
                {
                    wrong.Add($"{text}: {frame}");
                }

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
        PageTimes times = Times(text);

        await Assert
            .That(Enumerable.Range(0, (int)(3600 * fps)).Where(frame => (int)Math.Floor(times.PageTimeOf(frame) * fps / 1000) != frame))
            .IsEmpty();
    }

    /// <summary>GSAP's ticker wants 1/240 s by Date, p5 11.67 ms.</summary>
    [Test]
    public async Task The_lead_is_enough_for_tickers_and_less_than_a_frame()
    {
        foreach (string text in Standard.Split(' '))
        {
            PageTimes times = Times(text);
            await Assert.That((double)times.Lead).IsBetween(1000 / 240.0, times.Interval - 1.5);
            if (times.Interval > 1000 / 61.0) await Assert.That(times.PageTimeOf(0)).IsGreaterThan((1000 / 60.0) - 5);
        }
    }

    /// <summary>
    /// Animation frames at each frame of the video: never fewer than the page's rate has until then, and no whole one more.
    /// </summary>
    [Test]
    [Arguments("30/1", "60/1", "0 2 4 6", DisplayName = "60 of 30")]
    [Arguments("24/1", "60/1", "0 2 5 7 10", DisplayName = "60 of 24")]
    [Arguments("25/1", "60/1", "0 2 4 7 9 12", DisplayName = "60 of 25")]
    [Arguments("30000/1001", "60000/1001", "0 2 4 6", DisplayName = "59.94 of 29.97")]
    [Arguments("60000/1001", "60/1", "0 1 2 3", DisplayName = "60 of 59.94: the first thousand are the same")]
    [Arguments("1/1", "60/1", "0 60 120", DisplayName = "60 of 1")]
    public async Task A_frame_of_the_video_has_as_many_animation_frames_before_it_as_the_page_has(string rate, string page, string expected)
    {
        PageTimes times = Times(rate, page);

        string[] found = [.. Enumerable.Range(0, expected.Split(' ').Length).Select(frame => times.At(frame).ToString())];

        await Assert.That(string.Join(' ', found)).IsEqualTo(expected);
    }

    [Test]
    public async Task One_page_frame_more_comes_once_in_a_thousand_where_the_page_is_faster_by_a_thousandth()
    {
        PageTimes times = Times("60000/1001", "60/1");

        await Assert.That(times.At(999)).IsEqualTo(999);
        await Assert.That(times.At(1000)).IsEqualTo(1001);
        await Assert.That(times.SecondsOf(1000)).IsEqualTo(999.5 * 1001 / 60000); // half way between the two
    }

    [Test]
    public async Task Animation_frames_between_two_frames_of_the_video_are_equally_far_apart()
    {
        PageTimes times = Times("24/1", "60/1");

        double[] seconds = [.. Enumerable.Range(0, 6).Select(frame => Math.Round(times.SecondsOf(frame) * 144, 9))];

        await Assert.That(string.Join(' ', seconds)).IsEqualTo("0 3 6 8 10 12");
    }

    /// <summary>At those frames it is the clock of a page without a rate of its own, as far as the lead is the same.</summary>
    [Test]
    public void A_frame_of_the_video_is_an_animation_frame_at_exactly_its_time() =>
        Gen.Select(Gens.Rate, Gens.Rate, Gens.Magnitude(2 * FrameRange.MaxFrames))
            .Where(row => PageTimes.TryCreate(row.Item1, row.Item2, out _))
            .Sample(
                (rate, page, frame) =>
                {
                    PageTimes own = Times(rate);
                    _ = PageTimes.TryCreate(rate, page, out PageTimes times);
                    return times.SecondsOf(times.At(frame)) == own.SecondsOf(frame)
                        && times.ClockOf(times.At(frame)) - (10 * times.Lead) == own.ClockOf(frame) - (10 * own.Lead)
                        && times.At(frame)
                            == (long)((Int128)frame * page.Numerator * rate.Denominator / ((Int128)page.Denominator * rate.Numerator));
                },
                iter: 1000);

    [Test]
    public void A_later_animation_frame_is_at_a_later_time() =>
        Gen.Select(Gens.Rate, Gens.Rate, Gens.Magnitude(1_000_000))
            .Where(row => PageTimes.TryCreate(row.Item1, row.Item2, out _))
            .Sample(
                (rate, page, frame) =>
                {
                    _ = PageTimes.TryCreate(rate, page, out PageTimes times);
                    double step = times.PageTimeOf(frame) - times.PageTimeOf(frame - 1);
                    return times.ClockOf(frame) > times.ClockOf(frame - 1) && step > times.Interval / 2.01 && step < times.Interval * 2.01;
                },
                iter: 1000);

    /// <summary>As the page's scripts compute it: whole numbers up to 2^53.</summary>
    [Test]
    public void Counts_of_frames_are_exact_in_doubles() =>
        Gen.Select(Gens.Rate, Gens.Rate, Gens.Magnitude(2 * FrameRange.MaxFrames))
            .Where(row => PageTimes.TryCreate(row.Item1, row.Item2, out _))
            .Sample(
                (rate, page, frame) =>
                {
                    _ = PageTimes.TryCreate(rate, page, out PageTimes times);
                    double at = Math.Floor((double)frame * times.Steps / times.PerSteps);
                    return at == times.At(frame) && Math.Ceiling((at + 1) * times.PerSteps / times.Steps) - 1 == frame;
                },
                iter: 1000);

    [Test]
    [Arguments("30/1", "24/1", DisplayName = "a page that is slower")]
    [Arguments("60/1", "60000/1001", DisplayName = "slower by a thousandth")]
    [Arguments("999983/1001", "1000000/1001", false, DisplayName = "a million")]
    [Arguments("999983/999979", "999961/99991", DisplayName = "no common measure")]
    public async Task Rates_that_cannot_be_counted_are_refused(string rate, string page, bool isRefused = true) =>
        await Assert.That(PageTimes.TryCreate(Specs.Rate(rate), Specs.Rate(page), out _)).IsEqualTo(!isRefused);

    private static PageTimes Times(string rate) => Times(rate, rate);

    private static PageTimes Times(FrameRate rate) =>
        PageTimes.TryCreate(rate, rate, out PageTimes times) ? times : throw new ArgumentException("rate", nameof(rate));

    private static PageTimes Times(string rate, string page) =>
        PageTimes.TryCreate(Specs.Rate(rate), Specs.Rate(page), out PageTimes times)
            ? times
            : throw new ArgumentException(page, nameof(page));
}
