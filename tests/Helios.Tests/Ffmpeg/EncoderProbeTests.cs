using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Helios.Ffmpeg;
using Helios.Ffmpeg.Probes;
using Helios.Os;
using Helios.Tests.Support;

namespace Helios.Tests.Ffmpeg;

internal sealed class EncoderProbeTests
{
    private const string Banner = "echo 'ffmpeg version 7.1 Copyright' >&2; ";
    private const string Codec = "echo 'Encoder libx264 [H.264]:'; ";
    private const string OtherFix =
        "; install an ffmpeg that has it, version 5.1 or later, or plan the job with another codec or pixel format";
    private const string Formats = "echo '    Supported pixel formats: yuv420p gray'; ";

    [Test]
    public async Task A_codec_that_takes_the_pixel_format_is_fine()
    {
        using var stub = new StubProgram(Banner + Codec + Formats + "echo \"$@\" >\"$0.asked\"");
        using var interrupts = new Interrupts();
        using var probe = new EncoderProbe(stub.ToFfmpeg(interrupts), "libx264");

        probe.Check("yuv420p");
        probe.Check("gray");
        probe.Check();

        await Assert.That(probe.Version).IsEqualTo("7.1");
        await Assert.That(File.ReadAllText(stub["asked"])).IsEqualTo("-h encoder=libx264\n");
    }

    [Test]
    [Arguments(Banner, "69: the encoder has no codec libx264 (STUB)" + OtherFix)]
    [Arguments(Codec + Formats, "69: the encoder does not say which version of ffmpeg it is (STUB); " + EncoderFinder.Fix)]
    [Arguments(Banner + Codec, "69: the encoder's codec libx264 does not take the pixel format yuv420p (STUB)" + OtherFix)]
    [Arguments(Banner + "echo why >&2; exit 3",
        "69: the encoder ended with exit code 3 when asked for its codec libx264: why (STUB); " + EncoderFinder.Fix)]
    [Arguments(Banner + Codec + Formats + "kill -KILL $$",
        "75: the encoder ended with exit code 137 when asked for its codec libx264: ffmpeg version 7.1 Copyright (STUB); run it again")]
    public async Task What_is_not_clearly_said_is_an_error(string script, string text)
    {
        using var stub = new StubProgram(script);
        using var interrupts = new Interrupts();
        using var probe = new EncoderProbe(stub.ToFfmpeg(interrupts), "libx264");

        await Assert.That(stub.Strip(Refusal.TextOf(() => probe.Check("yuv420p")))).IsEqualTo(text);
    }

    [Test]
    public async Task One_that_says_nothing_is_not_waited_for_for_ever()
    {
        using var stub = new StubProgram("exec sleep 100");
        using var interrupts = new Interrupts();
        using var probe = new EncoderProbe(stub.ToFfmpeg(interrupts) with { StallTimeout = 20 }, "libx264");

        string text = stub.Strip(Refusal.TextOf(() => probe.Check()));

        await Assert.That(text).IsEqualTo("75: the encoder said nothing of its codec libx264 for 0 s (STUB); run it again");
    }

    [Test]
    public async Task A_probe_that_has_answered_holds_no_process()
    {
        using var stub = new StubProgram(Banner + Codec + "echo $$ >\"$0.id\"");
        using var interrupts = new Interrupts();
        using var probe = new EncoderProbe(stub.ToFfmpeg(interrupts), "libx264");

        probe.Check();

        int id = int.Parse(File.ReadAllText(stub["id"]), CultureInfo.InvariantCulture);
        await Assert.That(Directory.Exists($"/proc/{id}")).IsFalse();
        probe.Check();
    }
}
