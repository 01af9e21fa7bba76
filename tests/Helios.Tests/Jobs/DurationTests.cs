using System.Globalization;
using System.Threading.Tasks;
using CsCheck;
using Helios.Jobs;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs;

internal sealed class DurationTests
{
    [Test]
    [Arguments("1", 1_000_000_000, DisplayName = "whole seconds")]
    [Arguments("2.2", 2_200_000_000, DisplayName = "decimal seconds, exactly")]
    [Arguments("2.500", 2_500_000_000, DisplayName = "trailing zeros")]
    [Arguments(".5", 500_000_000, DisplayName = "no digit before the point")]
    [Arguments("0.000000001", 1, DisplayName = "shortest: a nanosecond")]
    [Arguments("1000000000", 1_000_000_000_000_000_000, DisplayName = "longest")]
    [Arguments("1:30", 90_000_000_000, DisplayName = "mm:ss")]
    [Arguments("90:00", 5_400_000_000_000, DisplayName = "the first field may exceed 59")]
    [Arguments("01:02:03.004", 3_723_004_000_000, DisplayName = "hh:mm:ss.mmm")]
    [Arguments("0:05", 5_000_000_000, DisplayName = "zero minutes")]
    [Arguments("00:00:00.5", 500_000_000, DisplayName = "zero hours and minutes")]
    public async Task A_duration_is_read_exactly(string text, long nanoseconds)
    {
        await Assert.That(Duration.TryParse(text, out Duration duration)).IsTrue();
        await Assert.That(duration.Nanoseconds).IsEqualTo(nanoseconds);
    }

    [Test]
    [Arguments("", DisplayName = "empty")]
    [Arguments("0", DisplayName = "zero")]
    [Arguments("0.000", DisplayName = "zero with places")]
    [Arguments("0:00", DisplayName = "zero minutes and seconds")]
    [Arguments("-1", DisplayName = "negative")]
    [Arguments("+1", DisplayName = "plus sign")]
    [Arguments("NaN", DisplayName = "NaN")]
    [Arguments("1e300", DisplayName = "exponent")]
    [Arguments("90f", DisplayName = "frames are not a duration")]
    [Arguments("1s", DisplayName = "unit")]
    [Arguments(" 1", DisplayName = "blank before")]
    [Arguments("1 ", DisplayName = "blank after")]
    [Arguments("2,5", DisplayName = "comma")]
    [Arguments("1.2.3", DisplayName = "two points")]
    [Arguments("1:2:3:4", DisplayName = "four fields")]
    [Arguments("1::2", DisplayName = "empty field")]
    [Arguments(":30", DisplayName = "empty first field")]
    [Arguments("1:", DisplayName = "empty last field")]
    [Arguments("-1:00", DisplayName = "negative field")]
    [Arguments("1.5:00", DisplayName = "decimal minutes")]
    [Arguments("1:60", DisplayName = "60 seconds")]
    [Arguments("0:60", DisplayName = "60 seconds after zero minutes")]
    [Arguments("0:00:90", DisplayName = "90 seconds after zero hours and minutes")]
    [Arguments("1:60:00", DisplayName = "60 minutes after hours")]
    [Arguments("0.0000000001", DisplayName = "ten places")]
    [Arguments("1000000001", DisplayName = "beyond the longest")]
    [Arguments("277777:46:40.1", DisplayName = "beyond the longest in hours")]
    [Arguments("999999999999999:59:59", DisplayName = "far beyond the longest")]
    [Arguments("1000000000000000", DisplayName = "sixteen digits")]
    public async Task What_is_no_duration_is_refused(string text) =>
        await Assert.That(Duration.TryParse(text, out _)).IsFalse();

    [Test]
    [Arguments("2.2", "25/1", 55, DisplayName = "2.2 s at 25 fps, where binary floating point says 56")]
    [Arguments("2", "30/1", 60, DisplayName = "the example")]
    [Arguments("0.1", "30/1", 3, DisplayName = "0.1 s at 30 fps, where binary floating point says 4")]
    [Arguments("1", "30000/1001", 30, DisplayName = "a started frame is shown")]
    [Arguments("10", "30000/1001", 300, DisplayName = "ten seconds of NTSC")]
    [Arguments("1001", "30000/1001", 30000, DisplayName = "whole NTSC frames")]
    [Arguments("0.000000001", "1/100", 1, DisplayName = "never less than one frame")]
    [Arguments("1000000000", "1000/1", 1_000_000_000_000, DisplayName = "longest at the fastest")]
    public async Task Frames_are_counted_exactly_and_rounded_up(string text, string fps, long frames)
    {
        Duration.TryParse(text, out Duration duration);
        FrameRate.TryParse(fps, out FrameRate rate);

        await Assert.That(duration.ToFrames(rate)).IsEqualTo(frames);
    }

    [Test]
    public void Frames_to_time_and_back_is_the_identity() =>
        Gen.Select(Gens.Rate, Gens.Magnitude(FrameRange.MaxFrames)).Sample((rate, frames) =>
            !Duration.TryFromFrames(frames, rate, out Duration duration)
                ? (decimal)frames * rate.Denominator / rate.Numerator > Duration.MaxSeconds
                : duration.ToFrames(rate) == frames, iter: 3000);

    [Test]
    [Arguments(0L, DisplayName = "none")]
    [Arguments(-1L, DisplayName = "negative")]
    public async Task No_frames_last_no_time(long frames)
    {
        FrameRate.TryParse("30", out FrameRate rate);

        await Assert.That(Duration.TryFromFrames(frames, rate, out _)).IsFalse();
    }

    [Test]
    public void Seconds_of_a_spec_read_back_as_the_same_duration() =>
        Gens.Magnitude(Duration.MaxSeconds * 1_000_000_000).Sample(nanoseconds =>
            Duration.TryCreate(nanoseconds, out Duration duration)
            && Duration.TryFromSeconds(duration.ToSeconds(), out Duration again) && again == duration, iter: 2000);

    [Test]
    [Arguments("2.000", 2_000_000_000, DisplayName = "zeros do not matter")]
    [Arguments("0.000000001", 1, DisplayName = "nine places")]
    [Arguments("1000000000.000000000", 1_000_000_000_000_000_000, DisplayName = "longest")]
    public async Task Seconds_of_a_spec_are_read_exactly(string seconds, long nanoseconds)
    {
        await Assert.That(Duration.TryFromSeconds(decimal.Parse(seconds, CultureInfo.InvariantCulture), out Duration duration)).IsTrue();
        await Assert.That(duration.Nanoseconds).IsEqualTo(nanoseconds);
    }

    [Test]
    [Arguments("0", DisplayName = "zero")]
    [Arguments("-1", DisplayName = "negative")]
    [Arguments("0.0000000001", DisplayName = "ten places")]
    [Arguments("7.0000000000000000000000000001", DisplayName = "28 places")]
    [Arguments("1000000000.000000001", DisplayName = "beyond the longest")]
    [Arguments("79228162514264337593543950335", DisplayName = "largest decimal")]
    public async Task Seconds_that_no_duration_has_are_refused(string seconds) =>
        await Assert.That(Duration.TryFromSeconds(decimal.Parse(seconds, CultureInfo.InvariantCulture), out _)).IsFalse();
}
