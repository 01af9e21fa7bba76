using System.IO;
using System.Threading.Tasks;
using Helios.Ffmpeg;
using Helios.Ffmpeg.Probes;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Os;
using Helios.Tests.Support;

namespace Helios.Tests.Ffmpeg;

internal sealed class AudioProbeTests
{
    private const string Silence = "echo '#media_type 0: audio'; ";
    private const string Stereo = Silence
        + "echo '#media_type 1: audio'; echo '#channel_layout_name 1: stereo'; echo '  Duration: 00:00:10.00, start' >&2; ";
    private const string Fix = "; " + FfmpegCommand.AnswerFix;

    [Test]
    public async Task A_file_is_asked_about_once()
    {
        using var stub = new StubProgram(Stereo + "echo \"$@\" >>\"$0.asked\"");
        using var interrupts = new Interrupts();
        var probe = new AudioProbe(stub.ToFfmpeg(interrupts));

        AudioInfo? first = probe.Find("/a b.wav");
        AudioInfo? second = probe.Find("/a b.wav");

        await Assert.That(first).IsEqualTo(new AudioInfo(IsMono: false, Seconds: 10));
        await Assert.That(second).IsEqualTo(first);
        await Assert.That(File.ReadAllLines(stub["asked"]).Length).IsEqualTo(1);
        await Assert.That(File.ReadAllText(stub["asked"])).Contains("-protocol_whitelist file ").And.Contains(" -i file:/a b.wav ");
    }

    [Test]
    public async Task A_file_without_audio_is_told_from_one_of_no_format()
    {
        await Assert.That(Find(Silence)).IsNull();
        await Assert.That(Find("exit 183")).IsEqualTo(AudioInfo.Unreadable);
        await Assert.That(Find("echo 'file:x: Invalid data found when processing input' >&2; exit 1")).IsEqualTo(AudioInfo.Unreadable);
    }

    [Test]
    [Arguments("exit 0", "75: ffmpeg does not say what audio is in a file (exit code 0) (/a.wav)" + Fix)]
    [Arguments("exit 1", "75: ffmpeg does not say what audio is in a file (exit code 1) (/a.wav)" + Fix)]
    [Arguments(Stereo + "exit 1",
        "75: ffmpeg does not say what audio is in a file (exit code 1:   Duration: 00:00:10.00, start) (/a.wav)" + Fix)]
    [Arguments(Stereo + "kill -KILL $$",
        "75: ffmpeg ended with exit code 137 when asked of a file:   Duration: 00:00:10.00, start (/a.wav)" + Fix)]
    [Arguments("exit 251", "74: ffmpeg ended with exit code 251 when asked of a file (/a.wav); check the disk, then run it again")]
    public async Task What_is_not_clearly_said_is_an_error(string script, string text) =>
        await Assert.That(Refusal.TextOf(() => Find(script))).IsEqualTo(text);

    [Test]
    public async Task Of_much_that_it_says_the_end_is_shown()
    {
        string text = Refusal.TextOf(() => Find("for i in 1 2 3 4 5 6 7 8; do echo $i >&2; done; exit 1"));

        await Assert.That(text).Contains("(exit code 1: 3 | 4 | 5 | 6 | 7 | 8)");
    }

    [Test]
    public async Task The_length_is_the_end_of_the_last_packet_and_counted_once()
    {
        using var stub = new StubProgram(Stereo
            + "echo x >>\"$0.asked\"; echo '0, 0, 0, 1024, 2048, 0x1'; echo '0, 1024, 1024, 23976, 2, 0x2'; echo '0, 5, 5, 1, 2, 0x3'");
        using var interrupts = new Interrupts();
        var probe = new AudioProbe(stub.ToFfmpeg(interrupts));

        decimal length = probe.Measure("/a.wav");

        await Assert.That(length).IsEqualTo(25_000m / AudioRules.SampleRate);
        await Assert.That(probe.Measure("/a.wav")).IsEqualTo(length);
        await Assert.That(File.ReadAllLines(stub["asked"]).Length).IsEqualTo(2); // what it is, and how long
    }

    [Test]
    [Arguments("exit 1")]
    [Arguments("echo 'x: Input/output error' >&2", DisplayName = "a disk that fails, which ffmpeg takes for the end")]
    public async Task A_length_that_is_counted_in_part_is_none(string fault)
    {
        string counted = $"echo '#media_type 0: audio'; echo '0, 0, 0, 1024, 2048, 0x1'; {fault}";
        string script = $"case \" $* \" in *' -af '*) {counted};; *) {Stereo};; esac";

        string text = Refusal.TextOf(() => Run(script, static probe => probe.Measure("/a.wav")));

        await Assert.That(text).StartsWith("75: ffmpeg does not say what audio is in a file (exit code ");
    }

    private static AudioInfo? Find(string script) => Run(script, static probe => probe.Find("/a.wav"));

    private static T Run<T>(string script, System.Func<AudioProbe, T> use)
    {
        using var stub = new StubProgram(script);
        using var interrupts = new Interrupts();
        return use(new AudioProbe(stub.ToFfmpeg(interrupts)));
    }
}
