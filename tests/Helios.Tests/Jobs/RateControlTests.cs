using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Jobs.Encode;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs;

/// <summary>Bit rates: as people type them, and which go together.</summary>
internal sealed class RateControlTests
{
    [Test]
    [Arguments("800k", 800_000)]
    [Arguments("4M", 4_000_000)]
    [Arguments("4.5M", 4_500_000)]
    [Arguments("0.001M", 1000)]
    [Arguments("1k", 1000)]
    [Arguments("1000", 1000)]
    [Arguments("2000M", 2_000_000_000)]
    public async Task A_number_of_bits_has_a_suffix_or_none(string text, int bits)
    {
        await Assert.That(RateControl.TryParse(text, out int read)).IsTrue();
        await Assert.That(read).IsEqualTo(bits);
    }

    [Test]
    [Arguments("0")]
    [Arguments("0k")]
    [Arguments("999")]
    [Arguments("1500", DisplayName = "half a kilobit")]
    [Arguments("1.0005k")]
    [Arguments("2001M")]
    [Arguments("1000000M", DisplayName = "a terabit")]
    [Arguments("1000000000000")]
    [Arguments("99999999999999999999")]
    [Arguments("1T")]
    [Arguments("1K")]
    [Arguments("1m")]
    [Arguments("4 M")]
    [Arguments("-4M")]
    [Arguments("+4M")]
    [Arguments("1e6")]
    [Arguments("4,5M")]
    [Arguments("M")]
    [Arguments("")]
    [Arguments("4M\n")]
    public async Task Anything_else_is_no_number_of_bits(string text) => await Assert.That(RateControl.TryParse(text, out _)).IsFalse();

    [Test]
    [Arguments("h264", 0, 4000, 0, 0, null)]
    [Arguments("vp9", 0, 4000, 0, 0, null)]
    [Arguments("h264", 18, 0, 4000, 4000, null, DisplayName = "a limit beside a quality")]
    [Arguments("h265", 0, 2000, 4000, 8000, null, DisplayName = "a limit beside a bit rate")]
    [Arguments("h264", 18, 0, 4000, 640, null, DisplayName = "the smallest buffer")]
    [Arguments("h264", 18, 4000, 0, 0, "quality")]
    [Arguments("prores", 0, 4000, 0, 0, "bitrate")]
    [Arguments("ffv1", 0, 4000, 0, 0, "bitrate")]
    [Arguments("av1", 0, 4000, 0, 0, "bitrate")]
    [Arguments("vp9", 24, 0, 4000, 4000, "maxBitrate")]
    [Arguments("av1", 24, 0, 4000, 4000, "maxBitrate")]
    [Arguments("ffv1", 0, 0, 4000, 4000, "maxBitrate")]
    [Arguments("h264", 0, 0, 4000, 4000, "maxBitrate", DisplayName = "a limit of what is lossless")]
    [Arguments("h264", 0, 4000, 3999, 4000, "maxBitrate", DisplayName = "a limit below the average")]
    [Arguments("h264", 18, 0, 0, 4000, "bufferSize", DisplayName = "a buffer without a limit")]
    [Arguments("h264", 18, 0, 4000, 0, "bufferSize", DisplayName = "a limit without a buffer")]
    [Arguments("h264", 18, 0, 4000, 639, "bufferSize", DisplayName = "a buffer of less than four frames")]
    public async Task What_does_not_go_together_is_refused_by_member(
        string codec,
        int quality,
        int rate,
        int most,
        int buffer,
        string? member)
    {
        static int? Kilo(int value) => value == 0 ? null : value * 1000;
        RenderOptions options = Specs.Options with
        {
            VideoCodec = VideoCodec.Find(codec)!,
            Quality = quality,
            Rate = new RateControl(Kilo(rate), Kilo(most), Kilo(buffer)),
        };

        Finding? finding = options.Rate.Check(options);

        await Assert.That(finding?.Member).IsEqualTo(member);
    }
}
