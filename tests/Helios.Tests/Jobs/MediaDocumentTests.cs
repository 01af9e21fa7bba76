using System.IO;
using System.Text;
using System.Threading.Tasks;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Receipts;

namespace Helios.Tests.Jobs;

internal sealed class MediaDocumentTests
{
    private static readonly MediaClip s_clip = new()
    {
        Source = "sound/a%20b.wav",
        Start = 0.2m,
        End = 0.7m,
        Offset = 1,
        Rate = 1.5m,
        Loop = true,
        Volume = 0.5m,
        FadeIn = 0.1m,
        FadeOut = 2,
    };

    private static readonly Receipt s_receipt = new()
    {
        Version = 1,
        JobId = "j1",
        ChunkId = 1,
        StartFrame = 2,
        FrameCount = 2,
        Size = 3,
        Digest = "sha256:ba78",
        SpecDigest = "sha256:c0de",
        Helios = "0",
        Browser = "0",
        Encoder = "0",
    };

    [Test]
    public async Task A_receipt_keeps_what_the_page_plays()
    {
        byte[] text = ReceiptDocument.ToText(s_receipt with { Media = [s_clip, s_clip with { Source = "b.wav", End = 0 }] }).ToArray();

        Receipt receipt = ReceiptDocument.Read(new MemoryStream(text), "receipt");

        await Assert.That(receipt.Media).IsEquivalentTo([s_clip, s_clip with { Source = "b.wav", End = 0 }]);
    }

    [Test]
    [Arguments("null", DisplayName = "null")]
    [Arguments("{}", DisplayName = "an object")]
    [Arguments("[1,[{}],null,{}]", DisplayName = "a list of anything")]
    [Arguments("""[{"source":"a","start":-1}]""", DisplayName = "before the start")]
    [Arguments("""[{"source":"a","rate":0}]""", DisplayName = "standing still")]
    [Arguments("""[{"source":"a","rate":1e20}]""", DisplayName = "too fast")]
    [Arguments("""[{"source":"a","volume":0}]""", DisplayName = "silent")]
    [Arguments("""[{"source":"a","volume":2}]""", DisplayName = "too loud")]
    [Arguments("""[{"source":"a","start":2,"end":1}]""", DisplayName = "ends before it begins")]
    [Arguments("""[{"source":["a"]}]""", DisplayName = "no source")]
    [Arguments("""[{"start":1}]""", DisplayName = "no source at all")]
    public async Task What_cannot_be_is_left_out(string text) => await Assert.That(MediaDocument.Read(text)).IsEmpty();

    [Test]
    public async Task A_receipt_stays_small()
    {
        var text = new StringBuilder("[");
        for (int i = 0; i < 1000; i++) text.Append("{\"source\":\"a\"},");

        await Assert.That(MediaDocument.Read(text.Append("{\"source\":\"b\"}]").ToString()).Count).IsEqualTo(MediaClip.Most);
        await Assert.That(MediaDocument.Read($$"""[{"source":"{{new string('a', MediaClip.MaxSourceLength + 1)}}"}]""")).IsEmpty();
    }

    [Test]
    public async Task A_later_chunk_knows_when_a_sound_was_stopped()
    {
        await Assert.That(s_clip.IsSame(s_clip with { End = 0 })).IsTrue();
        await Assert.That(s_clip.IsSame(s_clip with { Start = 0.3m })).IsFalse();
    }
}
