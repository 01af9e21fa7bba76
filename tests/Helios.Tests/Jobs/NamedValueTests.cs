using System.Linq;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Jobs.Audio;

namespace Helios.Tests.Jobs;

/// <summary>Modes, containers and audio codecs: values that have a name in job specs.</summary>
internal sealed class NamedValueTests
{
    [Test]
    public async Task A_mode_is_read_from_the_name_that_it_is_written_as()
    {
        foreach (RenderMode mode in RenderMode.All)
            await Assert.That(RenderMode.Find(mode.Name)).IsSameReferenceAs(mode);
        foreach (CaptureMode mode in CaptureMode.All)
            await Assert.That(CaptureMode.Find(mode.Name)).IsSameReferenceAs(mode);
        foreach (History history in History.All)
            await Assert.That(History.Find(history.Name)).IsSameReferenceAs(history);
        await Assert
            .That(string.Join(' ', (object[])[.. RenderMode.All, .. CaptureMode.All, .. History.All]))
            .IsEqualTo("dom canvas screenshot paint canvas auto replay seek");
    }

    [Test]
    [Arguments("Dom")]
    [Arguments("paints")]
    [Arguments("")]
    [Arguments("1")]
    public async Task Nothing_else_is_a_mode(string name) =>
        await Assert.That(RenderMode.Find(name) is null && CaptureMode.Find(name) is null && History.Find(name) is null).IsTrue();

    [Test]
    [Arguments("mp4", "mp4 movie aac none", DisplayName = "mp4")]
    [Arguments("mov", "mov movie aac pcm none", DisplayName = "mov")]
    [Arguments("mkv", "matroska opus flac pcm none", DisplayName = "mkv")]
    [Arguments("webm", "webm opus none", DisplayName = "webm")]
    [Arguments("gif", "gif pictures none", DisplayName = "gif")]
    [Arguments("png", "png pictures none", DisplayName = "png")]
    public async Task A_container_has_its_traits(string name, string expected)
    {
        Container container = Container.All.Single(candidate => candidate.Name == name);

        string traits = container.Muxer + (container.IsMovie ? " movie" : "") + (container.IsOfImages ? " pictures" : "");

        await Assert.That($"{traits} {string.Join<AudioCodec>(' ', container.AudioCodecs)}").IsEqualTo(expected);
        await Assert.That(Container.Of("a%d." + name)).IsSameReferenceAs(container);
    }

    [Test]
    [Arguments("aac", "aac -b:a 192k")]
    [Arguments("opus", "libopus -b:a 160k")]
    [Arguments("flac", "flac -sample_fmt s32 -bits_per_raw_sample 24")]
    [Arguments("pcm", "pcm_s24le")]
    [Arguments("none", "")]
    public async Task An_audio_codec_has_an_encoder(string name, string encoder) =>
        await Assert.That(string.Join(' ', AudioCodec.Find(name)!.Encoder)).IsEqualTo(encoder);

    [Test]
    public async Task Every_audio_codec_belongs_to_a_container() =>
        await Assert.That(Container.All.SelectMany(container => container.AudioCodecs).Distinct()).IsEquivalentTo(AudioCodec.All);
}
