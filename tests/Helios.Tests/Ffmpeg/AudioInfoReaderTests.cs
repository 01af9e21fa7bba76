using System.Threading.Tasks;
using Helios.Ffmpeg;
using Helios.Ffmpeg.Probes;
using Helios.Jobs;

namespace Helios.Tests.Ffmpeg;

/// <summary>Lines of ffmpeg 5.1.</summary>
internal sealed class AudioInfoReaderTests
{
    private const string Silence =
        "#tb 0: 1/44100\n#media_type 0: audio\n#codec_id 0: pcm_s16le\n#sample_rate 0: 44100\n#channel_layout_name 0: stereo\n";
    private const string Sound = "#tb 1: 1/44100\n#media_type 1: audio\n#codec_id 1: mp3\n#sample_rate 1: 44100\n";

    [Test]
    public async Task A_file_with_sound()
    {
        AudioInfoReader answer = Hear(
            Silence + Sound + "#channel_layout_name 1: stereo\n",
            "  Duration: 00:01:10.03, start: 0.025057, bitrate: 128 kb/s\n  Duration: N/A, start: 0.000000, bitrate: 768 kb/s\n");

        await Assert.That(answer.IsConclusive).IsTrue();
        await Assert.That(answer.Info).IsEqualTo(new AudioInfo(IsMono: false, Seconds: 70.03m));
    }

    [Test]
    [Arguments("#channel_layout_name 1: mono\n")]
    [Arguments("#channel_layout 1: 4\n")]
    public async Task One_channel(string layout) =>
        await Assert.That(Hear(Silence + Sound + layout, "").Info).IsEqualTo(new AudioInfo(IsMono: true, Seconds: 0));

    [Test]
    public async Task A_file_without_sound()
    {
        AudioInfoReader answer = Hear(Silence, "  Duration: 00:00:02.00, start: 0.000000, bitrate: 18 kb/s\n");

        await Assert.That(answer.IsConclusive).IsTrue();
        await Assert.That(answer.Info).IsNull();
    }

    [Test]
    [Arguments("", DisplayName = "nothing")]
    [Arguments("#tb 0: 1/44100\n", DisplayName = "cut off")]
    [Arguments(Silence + Sound, DisplayName = "without channels")]
    [Arguments("  Stream #0:0: Audio: mp3, 44100 Hz, stereo\n", DisplayName = "words for people")]
    public async Task What_is_not_whole_is_no_answer(string output) => await Assert.That(Hear(output, "").IsConclusive).IsFalse();

    [Test]
    [Arguments("[aac @ 0x1] Estimating duration from bitrate, this may be inaccurate\n  Duration: 00:00:04.56, bitrate: 2 kb/s\n",
        DisplayName = "an estimate")]
    [Arguments("\u001b[0m  Duration: 00:00:04.56, bitrate: 2 kb/s\n", DisplayName = "in colours")]
    public async Task A_length_that_is_not_sure_is_unknown(string errors) =>
        await Assert.That(Hear(Silence + Sound + "#channel_layout_name 1: stereo\n", errors).Info!.Seconds).IsEqualTo(0);

    private static AudioInfoReader Hear(string output, string errors)
    {
        var answer = new AudioInfoReader();
        foreach (string line in output.Split('\n')) answer.OnOutput(line);
        foreach (string line in errors.Split('\n')) answer.OnError(line);
        return answer;
    }
}
