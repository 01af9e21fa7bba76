using System.Linq;
using System.Threading.Tasks;
using Helios.Jobs.Encode;
using Helios.Media;
using Helios.Tests.Support;

namespace Helios.Tests.Media;

/// <summary>A buffer of 1000 kbit that fills with 500 kbit a second, at 25 frames a second: 20 kbit a frame.</summary>
internal sealed class BufferCheckTests
{
    [Test]
    public async Task A_job_without_a_maximum_is_not_checked() => await Assert.That(BufferCheck.Of(Specs.Options)).IsNull();

    [Test]
    [Arguments("125000", null, DisplayName = "as much as it holds")]
    [Arguments("125001", "frame 0 in decoding order has 1000008 bits, and the buffer holds 1000000 then", DisplayName = "a bit more")]
    [Arguments("125000 2500 2500", null, DisplayName = "as much as comes")]
    [Arguments("125000 2500 2501", "frame 2 in decoding order has 20008 bits, and the buffer holds 20000 then",
        DisplayName = "more than comes")]
    [Arguments("0 0 0 125000 2500", null, DisplayName = "full is full")]
    [Arguments("0 0 0 125000 2501", "frame 4 in decoding order has 20008 bits, and the buffer holds 20000 then",
        DisplayName = "not fuller than full")]
    [Arguments("200000 0 200000", "frame 0 in decoding order has 1600000 bits, and the buffer holds 1000000 then",
        DisplayName = "the first fault counts")]
    public async Task A_frame_needs_its_bits_in_time(string bytes, string? fault)
    {
        BufferCheck check = BufferCheck.Of(Specs.Options with { Rate = new RateControl(null, 500_000, 1_000_000) })!;

        foreach (uint size in bytes.Split(' ').Select(uint.Parse)) check.Add(size);

        await Assert.That(check.Fault).IsEqualTo(fault is null ? null : "the video exceeds its maximum bit rate: " + fault);
    }

    [Test]
    public async Task A_rate_that_is_no_whole_number_is_counted_exactly()
    {
        BufferCheck check = BufferCheck.Of(
            Specs.Options with
            {
                FrameRate = Specs.Rate("30000/1001"),
                Rate = new RateControl(null, 240_000, 80_000),
            }
        )!;

        check.Add(10_000); // empty now; a frame brings 240000 * 1001 / 30000 = 8008 bits
        for (int i = 0; i < 100_000; i++) check.Add(1001);
        await Assert.That(check.Fault).IsNull();
        check.Add(1002);

        await Assert.That(check.Fault).Contains("has 8016 bits, and the buffer holds 8008 then");
    }
}
