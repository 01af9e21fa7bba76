using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs;

internal sealed class SealDocumentTests
{
    private static string Text => Encoding.UTF8.GetString(ReceiptDocument.ToText(Receipts.Sealed).Span);

    [Test]
    public async Task What_was_written_is_read()
    {
        Receipt receipt = Read(Text);

        await Assert.That(receipt.Seam).IsEqualTo(Receipts.Sealed.Seam);
        await Assert
            .That(receipt.Seal! with { Files = [], Responses = null, Fonts = null })
            .IsEqualTo(Receipts.Seal with { Files = [], Responses = null, Fonts = null });
        await Assert.That(receipt.Seal!.Files).IsEquivalentTo(Receipts.Seal.Files);
        await Assert.That(receipt.Seal.Responses!).IsEquivalentTo(Receipts.Seal.Responses!);
        await Assert.That(receipt.Seal.Fonts!).IsEquivalentTo(Receipts.Seal.Fonts!);
    }

    [Test]
    public async Task Digests_in_capitals_are_the_same_digests() =>
        await Assert
            .That(Read(Text.Replace(Receipts.Other, "SHA256:" + Receipts.Other[7..].ToUpperInvariant(), StringComparison.Ordinal)).Seam)
            .IsEqualTo(Receipts.Sealed.Seam);

    [Test]
    public async Task Members_of_later_versions_of_helios_are_ignored() =>
        await Assert
            .That(Read(Text.Replace("\"history\"", "\"gpu\": {\"a\": [1]}, \"history\"", StringComparison.Ordinal)).Seal!.History)
            .IsEqualTo("replay");

    [Test]
    [Arguments("\"seal\": {", "\"seal\": 5, \"x\": {", "$.seal is 5, expected an object", DisplayName = "seal is a number")]
    [Arguments("\"seam\": {", "\"x\": {", "the receipt lacks seam", DisplayName = "no seam")]
    [Arguments("\"last\": ", "\"first\": ", "$.seam lacks last", DisplayName = "no last frame")]
    [Arguments("\"files\": [", "\"files\": [7,", "$.seal.files[0] is 7, expected an object", DisplayName = "a file is a number")]
    [Arguments("\"files\": [", "\"files\": [{},", "$.seal.files[0] lacks path", DisplayName = "a file without a path")]
    [Arguments("\"path\": \"scene.js\"", "\"path\": \"/etc/passwd\"",
        "$.seal.files[2].path is \"/etc/passwd\", expected a path relative to the composition's directory", DisplayName = "absolute path")]
    [Arguments("\"size\": 9000000,", "\"size\": -1,", "$.seal.files[2].size is -1, expected a whole number from 0 to 9223372036854775807",
        DisplayName = "negative size")]
    [Arguments("\"status\": 200", "\"status\": \"ok\"", "$.seal.responses[0].status is \"ok\", expected a whole number from 0 to 999",
        DisplayName = "status is text")]
    [Arguments("\"fonts\": [", "\"fonts\": [{\"name\": \"x\"},", "$.seal.fonts[0] lacks digest", DisplayName = "a font without a digest")]
    [Arguments("\"fileCount\": 3,", "", "$.seal lacks fileCount", DisplayName = "no count")]
    public async Task What_is_no_seal_is_refused(string found, string replacement, string what)
    {
        await Assert.That(Text).Contains(found);

        HeliosException refusal = Refusal.Of(() => Read(Text.Replace(found, replacement, StringComparison.Ordinal)));

        await Assert.That((refusal.Code, refusal.What)).IsEqualTo((ExitCode.Invalid, what));
    }

    [Test]
    public async Task A_digest_that_is_none_is_refused_with_its_path()
    {
        HeliosException refusal = Refusal.Of(() => Read(Text.Replace(Receipts.Digest, "md5:1", StringComparison.Ordinal)));

        await Assert.That(refusal.What).Contains("is \"md5:1\", expected sha256: and 64 lower-case hex digits");
    }

    [Test]
    public async Task A_list_of_a_million_files_is_refused_early()
    {
        var text = new StringBuilder("{\"version\":2,\"seal\":{\"files\":[");
        for (int i = 0; i < 1_000_000; i++) text.Append("{\"path\":\"a\"},");
        var stream = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));

        HeliosException refusal = Refusal.Of(() => ReceiptDocument.Read(stream, "part.mov.json"));

        await Assert.That(refusal.What).IsEqualTo("$.seal.files has more than 4096 entries");
        await Assert.That(stream.Position).IsLessThan(1_000_000);
    }

    [Test]
    public async Task A_receipt_cut_off_at_any_byte_is_refused()
    {
        string text = Text;
        for (int length = 0; length < text.Length - 1; length++)
            await Assert.That(Refusal.Of(() => Read(text[..length])).Code).IsEqualTo(ExitCode.Invalid);
    }

    private static Receipt Read(string text) => ReceiptDocument.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "part.mov.json");
}
