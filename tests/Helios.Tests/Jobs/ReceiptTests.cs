using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs;

internal sealed class ReceiptTests
{
    private const string Text =
        """{"version":1,"jobId":"j1","chunkId":1,"startFrame":2,"frameCount":2,"size":3,"digest":"sha256:ba78","specDigest":"sha256:c0de","helios":"0.1.0","browser":"C/156","encoder":"5.1"}""";

    [Test]
    public async Task A_receipt_is_read() => await Assert.That(Read(Text)).IsEqualTo(new Receipt
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
        Browser = "C/156",
        Encoder = "5.1",
    });

    [Test]
    public async Task Members_of_later_versions_of_helios_are_ignored() =>
        await Assert
            .That(Read(Text.Replace("{\"version\"", "{\"host\":{\"name\":[\"x\"]},\"version\"", StringComparison.Ordinal)))
            .IsEqualTo(Read(Text));

    [Test]
    public async Task A_chunk_may_begin_behind_the_last_start_frame_of_a_job() =>
        await Assert
            .That(Read(Text.Replace("\"startFrame\":2", "\"startFrame\":1500000000", StringComparison.Ordinal)).StartFrame)
            .IsEqualTo(1_500_000_000);

    [Test]
    [Arguments("{\"version\":1", "[1", "the receipt is not an object", DisplayName = "array")]
    [Arguments("\"version\":1", "\"version\":3", "the receipt is of version 3, which a later helios wrote",
        DisplayName = "a later version")]
    [Arguments("\"version\":1", "\"version\":0", "$.version is 0, expected a whole number from 1 to 2", DisplayName = "no version")]
    [Arguments("\"version\":1", "\"version\":2", "the receipt lacks seal", DisplayName = "version 2 without seal and seam")]
    [Arguments("\"size\":3", "\"size\":-3", "$.size is -3, expected a whole number from 0 to 9223372036854775807",
        DisplayName = "negative size")]
    [Arguments("\"size\":3", "\"size\":\"3\"", "$.size is \"3\", expected a whole number from 0 to 9223372036854775807",
        DisplayName = "size is text")]
    [Arguments("\"chunkId\":1,", "", "the receipt lacks chunkId", DisplayName = "a member is missing")]
    [Arguments("\"digest\":\"sha256:ba78\"", "\"digest\":null", "$.digest is null, expected a string of 1 to 4096 characters",
        DisplayName = "digest is null")]
    [Arguments("\"j1\"", "\"\\ud800\"", "a string has half of a surrogate pair", DisplayName = "half of a surrogate pair")]
    [Arguments("\"frameCount\":2", "\"frameCount\":0", "$.frameCount is 0, expected a whole number from 1 to 1000000000",
        DisplayName = "no frames")]
    public async Task What_is_no_receipt_is_refused(string found, string replacement, string what)
    {
        HeliosException refusal = Refusal.Of(() => Read(Text.Replace(found, replacement, StringComparison.Ordinal)));

        await Assert.That((refusal.Code, refusal.What)).IsEqualTo((ExitCode.Invalid, what));
    }

    [Test]
    public async Task A_receipt_cut_off_at_any_byte_is_refused()
    {
        for (int length = 0; length < Text.Length; length++)
            await Assert.That(Refusal.Of(() => Read(Text[..length])).Code).IsEqualTo(ExitCode.Invalid);
    }

    [Test]
    public async Task A_receipt_is_beside_its_chunk_file() =>
        await Assert.That(Receipt.PathOf("/srv/temp_j1_part_0.mov")).IsEqualTo("/srv/temp_j1_part_0.mov.json");

    private static Receipt Read(string text) => ReceiptDocument.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "part.mov.json");
}
