using System.Threading.Tasks;
using Helios.Ffmpeg;
using Helios.Ffmpeg.Probes;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Os;
using Helios.Tests.Support;

namespace Helios.Tests.Ffmpeg;

internal sealed class OpusProbeTests
{
    [Test]
    [Arguments("echo \"Unknown encoder 'libopus'\" >&2; exit 1",
        "69: ffmpeg cannot encode Opus: Unknown encoder 'libopus' (STUB); "
        + "install ffmpeg 5.1 or later with libopus, or plan the job with another --audio-codec")]
    [Arguments("exit 0", "75: ffmpeg does not encode silence as Opus (STUB); " + FfmpegCommand.AnswerFix)]
    [Arguments("for file; do :; done; echo nonsense >\"$file\"",
        "75: ffmpeg does not encode silence as Opus (STUB); " + FfmpegCommand.AnswerFix)]
    [Arguments("kill -KILL $$", "75: ffmpeg ended with exit code 137 when asked of a file (STUB); " + FfmpegCommand.AnswerFix)]
    public async Task An_ffmpeg_that_writes_no_Opus_is_an_error(string script, string text)
    {
        using var stub = new StubProgram(script);
        using var interrupts = new Interrupts();
        RenderOptions options = Specs.Options with { AudioCodec = AudioCodec.Opus };

        await Assert.That(stub.Strip(Refusal.TextOf(() => OpusProbe.NeedsShift(options, stub.ToFfmpeg(interrupts))))).IsEqualTo(text);
    }
}
