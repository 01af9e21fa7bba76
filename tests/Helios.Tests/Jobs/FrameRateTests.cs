using System;
using System.Globalization;
using System.Numerics;
using System.Threading.Tasks;
using CsCheck;
using Helios.Jobs;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs;

internal sealed class FrameRateTests
{
    [Test]
    // whole numbers and decimals
    [Arguments("30", "30/1", DisplayName = "whole")]
    [Arguments("12.5", "25/2", DisplayName = "decimal in lowest terms")]
    [Arguments("24.00", "24/1", DisplayName = "two places that are no rounding of 23.976")]
    [Arguments("29.9", "299/10", DisplayName = "one place is never NTSC")]
    [Arguments("29.98", "1499/50", DisplayName = "near NTSC is not NTSC")]
    [Arguments(".5", "1/2", DisplayName = "no digit before the point")]
    [Arguments("0.01", "1/100", DisplayName = "slowest")]
    [Arguments("1000", "1000/1", DisplayName = "fastest")]
    // NTSC rates as people round them
    [Arguments("23.976", "24000/1001", DisplayName = "23.976")]
    [Arguments("23.98", "24000/1001", DisplayName = "23.98")]
    [Arguments("29.97", "30000/1001", DisplayName = "29.97")]
    [Arguments("29.970", "30000/1001", DisplayName = "29.97 with a zero")]
    [Arguments("29.97002997", "30000/1001", DisplayName = "29.97 to eight places")]
    [Arguments("47.95", "48000/1001", DisplayName = "47.95")]
    [Arguments("59.94", "60000/1001", DisplayName = "59.94")]
    [Arguments("119.88", "120000/1001", DisplayName = "119.88")]
    // fractions and names
    [Arguments("30000/1001", "30000/1001", DisplayName = "fraction")]
    [Arguments("60/2", "30/1", DisplayName = "fraction in lowest terms")]
    [Arguments("30000000/1001000", "30000/1001", DisplayName = "terms are limited after reduction")]
    [Arguments("ntsc", "30000/1001", DisplayName = "ntsc")]
    [Arguments("NTSC-Film", "24000/1001", DisplayName = "names in any case")]
    [Arguments("film", "24/1", DisplayName = "film")]
    [Arguments("pal", "25/1", DisplayName = "pal")]
    public async Task A_rate_is_read_exactly(string text, string exact)
    {
        await Assert.That(FrameRate.TryParse(text, out FrameRate rate)).IsTrue();
        await Assert.That(rate.ToString()).IsEqualTo(exact);
    }

    [Test]
    [Arguments(null, DisplayName = "null")]
    [Arguments("", DisplayName = "empty")]
    [Arguments("0", DisplayName = "zero")]
    [Arguments("-30", DisplayName = "negative")]
    [Arguments("+30", DisplayName = "plus sign")]
    [Arguments("NaN", DisplayName = "NaN")]
    [Arguments("Infinity", DisplayName = "infinity")]
    [Arguments("1e-9", DisplayName = "small exponent")]
    [Arguments("3e1", DisplayName = "exponent")]
    [Arguments("30000/0", DisplayName = "zero denominator")]
    [Arguments("0/1", DisplayName = "zero numerator")]
    [Arguments("30000/", DisplayName = "no denominator")]
    [Arguments("/1001", DisplayName = "no numerator")]
    [Arguments("30/1/1", DisplayName = "two slashes")]
    [Arguments("30/-1", DisplayName = "negative denominator")]
    [Arguments("29.97/1", DisplayName = "decimal in a fraction")]
    [Arguments(" 30", DisplayName = "blank before")]
    [Arguments("30 ", DisplayName = "blank after")]
    [Arguments("30fps", DisplayName = "unit")]
    [Arguments("30.", DisplayName = "no digit after the point")]
    [Arguments("30,5", DisplayName = "comma")]
    [Arguments("٣٠", DisplayName = "digits that are not ASCII")]
    [Arguments("0.009", DisplayName = "below the slowest")]
    [Arguments("1/101", DisplayName = "fraction below the slowest")]
    [Arguments("1000.01", DisplayName = "above the fastest")]
    [Arguments("1000001/1001", DisplayName = "numerator beyond a million")]
    [Arguments("29.9700000001", DisplayName = "ten places")]
    [Arguments("1000000000000000", DisplayName = "sixteen digits")]
    [Arguments("video", DisplayName = "no such name")]
    public async Task What_is_no_rate_is_refused(string? text) =>
        await Assert.That(FrameRate.TryParse(text, out _)).IsFalse();

    [Test]
    [Arguments("30/1", "30", DisplayName = "whole")]
    [Arguments("25/2", "12.5", DisplayName = "no trailing zeros")]
    [Arguments("30000/1001", "29.97003", DisplayName = "rounded down")]
    [Arguments("24000/1001", "23.976024", DisplayName = "six places")]
    [Arguments("2/3", "0.666667", DisplayName = "rounded up")]
    [Arguments("3/128", "0.023438", DisplayName = "half is rounded up")]
    public async Task A_rate_for_readers_has_six_places_at_most(string exact, string shown)
    {
        FrameRate.TryParse(exact, out FrameRate rate);

        await Assert.That(rate.ToDisplay()).IsEqualTo(shown);
        await Assert.That(rate.ToNumber().ToString(CultureInfo.InvariantCulture)).IsEqualTo(shown);
    }

    [Test]
    public void The_text_of_a_rate_reads_back_as_the_same_rate() => Gens.Rate.Sample(rate =>
        FrameRate.TryParse(rate.ToString(), out FrameRate again) && again == rate, iter: 2000);

    [Test]
    public void A_created_rate_is_the_quotient_in_lowest_terms() =>
        Gen.Select(Gen.Int[1, 2_000_000], Gen.Int[1, 2_000_000]).Sample((n, d) =>
            !FrameRate.TryCreate(n, d, out FrameRate rate)
            || ((long)n * rate.Denominator == (long)d * rate.Numerator
                && BigInteger.GreatestCommonDivisor(rate.Numerator, rate.Denominator).IsOne), iter: 2000);

    [Test]
    [Arguments(long.MaxValue, 1L, DisplayName = "huge numerator")]
    [Arguments(1L, long.MaxValue, DisplayName = "huge denominator")]
    [Arguments(long.MaxValue, long.MaxValue - 1, DisplayName = "huge terms near one")]
    [Arguments(-30L, -1L, DisplayName = "both negative")]
    public async Task Terms_out_of_range_are_refused(long numerator, long denominator) =>
        await Assert.That(FrameRate.TryCreate(numerator, denominator, out _)).IsFalse();

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
        await Assert.That(Specs.Rate(rate).TicksOf(frame)).IsEqualTo(ticks);

    [Test]
    public void A_later_frame_is_at_a_later_time() =>
        Gen.Select(Gens.Rate, Gens.Magnitude(2 * FrameRange.MaxFrames)).Sample((rate, frame) =>
            rate.TicksOf(frame) > rate.TicksOf(frame - 1), iter: 1000);

    [Test]
    public void The_rounding_never_moves_a_frame_by_more_than_half_of_the_grid() =>
        Gen.Select(Gens.Rate, Gens.Magnitude(2 * FrameRange.MaxFrames)).Sample((rate, frame) =>
        {
            Int128 ticks = rate.TicksOf(frame);
            Int128 error = (ticks * rate.Numerator) - ((Int128)frame * rate.Denominator * 10_000);
            return Int128.Abs(error) * 2 <= rate.Numerator;
        }, iter: 1000);

    [Test]
    public void Whole_multiples_of_the_rate_are_exact() =>
        Gen.Select(Gens.Rate, Gen.Long[0, 1000]).Sample((rate, n) =>
            rate.TicksOf(n * rate.Numerator) == n * rate.Denominator * 10_000, iter: 500);
}
