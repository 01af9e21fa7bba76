using System.IO;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs;

internal sealed class ReceiptTextTests
{
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
        Helios = "0.1.0",
        Browser = "HeadlessChrome/156.0.1.2",
        Encoder = "5.1.9-0+deb12u1",
        Timings = new ReceiptTimings { LoadMs = 10, PrerollMs = 0, CaptureMs = 30, TotalMs = 45 },
        Preroll = new ReceiptPreroll { Jumped = 5, Replayed = 6, Displayed = 2 },
    };

    [Test]
    public async Task A_receipt_is_indented_text_with_its_timings_last() =>
        await Assert.That(Encoding.UTF8.GetString(ReceiptDocument.ToText(s_receipt).Span)).IsEqualTo("""
            {
              "version": 1,
              "jobId": "j1",
              "chunkId": 1,
              "startFrame": 2,
              "frameCount": 2,
              "size": 3,
              "digest": "sha256:ba78",
              "specDigest": "sha256:c0de",
              "helios": "0.1.0",
              "browser": "HeadlessChrome/156.0.1.2",
              "encoder": "5.1.9-0+deb12u1",
              "timings": {
                "loadMs": 10,
                "prerollMs": 0,
                "captureMs": 30,
                "totalMs": 45
              },
              "preroll": {
                "jumped": 5,
                "replayed": 6,
                "displayed": 2
              }
            }

            """);

    [Test]
    public async Task Without_timings_there_is_no_member_of_them() =>
        await Assert
            .That(Encoding.UTF8.GetString(ReceiptDocument.ToText(s_receipt with { Timings = null }).Span))
            .DoesNotContain("timings");

    [Test]
    public async Task What_was_written_is_read_with_its_timings() =>
        await Assert.That(Read(s_receipt)).IsEqualTo(s_receipt with { Preroll = null });

    [Test]
    [Arguments("5", DisplayName = "a number")]
    [Arguments("[{\"totalMs\":5}]", DisplayName = "a list")]
    [Arguments("{\"loadMs\":1}", DisplayName = "no total")]
    [Arguments("{\"totalMs\":-1}", DisplayName = "negative")]
    [Arguments("{\"totalMs\":99999999999999999999999}", DisplayName = "beyond 64 bits")]
    [Arguments("{\"totalMs\":{\"totalMs\":5}}", DisplayName = "an object for a time")]
    [Arguments("{\"totalMs\":5,\"captureMs\":\"5\"}", DisplayName = "a text for a time")]
    public async Task Impossible_timings_count_as_none(string timings)
    {
        string text = Encoding.UTF8.GetString(ReceiptDocument.ToText(s_receipt with { Timings = null, Preroll = null }).Span);
        string changed = text.Replace("\"version\"", "\"timings\": " + timings + ", \"version\"", System.StringComparison.Ordinal);

        Receipt receipt = ReceiptDocument.Read(new MemoryStream(Encoding.UTF8.GetBytes(changed)), "part.mov.json");

        await Assert.That(receipt).IsEqualTo(s_receipt with { Timings = null, Preroll = null });
    }

    [Test]
    public void Any_receipt_comes_back() =>
        Gen.Select(Gens.Text, Gens.Text, Gens.Magnitude(FrameRange.MaxFrames), Gen.Long[0, long.MaxValue], Gen.Int[0, ChunkPlan.MaxChunks])
            .Sample(
                (browser, encoder, frames, size, id) =>
                {
                    Receipt receipt = s_receipt with
                    {
                        Browser = "b" + browser,
                        Encoder = "e" + encoder,
                        StartFrame = 2 * frames,
                        FrameCount = frames,
                        Size = size,
                        ChunkId = id,
                    };

                    return Read(receipt) == receipt with { Preroll = null };
                }, iter: 300);

    private static Receipt Read(Receipt receipt) =>
        ReceiptDocument.Read(new MemoryStream(ReceiptDocument.ToText(receipt).ToArray()), "part.mov.json");
}
