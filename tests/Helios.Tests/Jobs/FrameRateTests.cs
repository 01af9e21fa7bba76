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
}
