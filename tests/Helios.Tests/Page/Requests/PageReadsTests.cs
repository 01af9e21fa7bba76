using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Page.Requests;
using Helios.Tests.Support;

namespace Helios.Tests.Page.Requests;

internal sealed class PageReadsTests
{
    [Test]
    public async Task A_small_file_is_one_part_with_the_digest_that_sha256sum_prints()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("scene.js", "abc");
        var reads = new PageReads("page.html");

        byte[] bytes = Read(reads, folder, "scene.js", 1, 2);

        await Assert.That(bytes).IsEquivalentTo("bc"u8.ToArray());
        await Assert.That(FilesOf(reads)).IsEquivalentTo([new SealedFile { Path = "scene.js", Size = 3, Digest = Receipts.Digest }]);
    }

    [Test]
    [Arguments("page.html", "a/b.js", "a/b.js")]
    [Arguments("pages/deep/page.html", "assets/b.js", "../../assets/b.js")]
    [Arguments("pages/page.html", "pages/b.js", "b.js")]
    public async Task Paths_are_relative_to_the_directory_of_the_composition(string composition, string path, string name)
    {
        var reads = new PageReads(composition);
        reads.NoteMissing(path);

        await Assert.That(FilesOf(reads)).IsEquivalentTo([new SealedFile { Path = name }]);
    }

    [Test]
    public async Task A_file_that_was_read_and_then_is_gone_has_changed()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder["scene.js"], "1");
        var reads = new PageReads("page.html");
        _ = Read(reads, folder, "scene.js", 0, 1);

        HeliosException refusal = Refusal.Of(() => reads.NoteMissing("scene.js"));

        await Assert.That((refusal.Code, refusal.What)).IsEqualTo((ExitCode.Temporary, "the file changed while the page was reading it"));
    }

    [Test]
    public async Task Of_a_large_file_only_the_parts_are_noted_that_the_page_read()
    {
        using var folder = new TemporaryDirectory();
        byte[] content = new byte[(2 * SealedFile.PartSize) + 5];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(folder["v.mp4"], content);
        var reads = new PageReads("page.html");

        byte[] across = Read(reads, folder, "v.mp4", (2 * SealedFile.PartSize) - 3, 8);
        byte[] again = Read(reads, folder, "v.mp4", (2 * SealedFile.PartSize) + 1, 2);

        await Assert.That(across).IsEquivalentTo(content[((2 * SealedFile.PartSize) - 3)..]);
        await Assert.That(again).IsEquivalentTo(content[((2 * SealedFile.PartSize) + 1)..((2 * SealedFile.PartSize) + 3)]);
        await Assert
            .That(FilesOf(reads))
            .IsEquivalentTo([
                new SealedFile
                {
                    Path = "v.mp4",
                    Offset = SealedFile.PartSize,
                    Size = content.Length,
                    Digest = DigestOf(content.AsSpan(SealedFile.PartSize, SealedFile.PartSize)),
                },
                new SealedFile
                {
                    Path = "v.mp4",
                    Offset = 2 * SealedFile.PartSize,
                    Size = content.Length,
                    Digest = DigestOf(content.AsSpan(2 * SealedFile.PartSize)),
                },
            ]);
    }

    [Test]
    public async Task An_empty_file_was_read_too()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("empty.css", "");
        var reads = new PageReads("page.html");

        await Assert.That(Read(reads, folder, "empty.css", 0, 0)).IsEmpty();
        await Assert.That(FilesOf(reads)).IsEquivalentTo([new SealedFile { Path = "empty.css", Digest = DigestOf([]) }]);
    }

    [Test]
    public async Task A_file_that_changes_while_the_page_reads_it_is_refused()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("scene.js", "abc");
        var reads = new PageReads("page.html");
        _ = Read(reads, folder, "scene.js", 0, 3);
        folder.Add("scene.js", "abd");
        File.SetLastWriteTimeUtc(folder["scene.js"], new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        await Assert
            .That(Refusal.TextOf(() => Read(reads, folder, "scene.js", 0, 3)))
            .IsEqualTo(
                $"75: the file changed while the page was reading it ({folder["scene.js"]}); render when nothing writes to the project any more"
            );
    }

    [Test]
    public async Task A_file_that_was_only_touched_is_the_same()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("scene.js", "abc");
        var reads = new PageReads("page.html");
        _ = Read(reads, folder, "scene.js", 0, 3);
        File.SetLastWriteTimeUtc(folder["scene.js"], new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        await Assert.That(Read(reads, folder, "scene.js", 0, 3)).IsEquivalentTo("abc"u8.ToArray());
    }

    [Test]
    public async Task Another_composition_than_the_one_that_was_checked_is_not_served()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("page.html", "abd");
        PageReads reads = PageReads.Of("page.html", 3, Receipts.Digest);

        await Assert.That(Refusal.Of(() => Read(reads, folder, "page.html", 0, 3)).Code).IsEqualTo(ExitCode.Temporary);
        await Assert.That(reads.ToSeal("replay", "x64").CompositionDigest).IsEqualTo(Receipts.Digest);
    }

    [Test]
    public async Task The_list_ends_where_it_would_be_long_but_not_the_digest()
    {
        var reads = new PageReads("page.html");
        for (int i = 0; i <= Seal.MostFiles; i++) reads.NoteMissing($"{i:00000}.png");
        Seal seal = reads.ToSeal("replay", "x64");
        reads.NoteMissing("last.png");

        await Assert.That(seal.Files.Length).IsEqualTo(Seal.MostFiles);
        await Assert.That(seal.FileCount).IsEqualTo(Seal.MostFiles + 1);
        await Assert.That(reads.ToSeal("replay", "x64").FilesDigest).IsNotEqualTo(seal.FilesDigest);
    }

    private static byte[] Read(PageReads reads, TemporaryDirectory folder, string path, long start, long count)
    {
        using FileStream file = File.OpenRead(folder[path]);
        return reads.Read(path, file, start, count);
    }

    [Test]
    [Arguments("../data.json")]
    [Arguments("a/../../data.json")]
    [Arguments("LONG")]
    public async Task A_missing_file_that_no_receipt_could_name_is_not_noted(string path)
    {
        var reads = new PageReads();

        reads.NoteMissing(path == "LONG" ? new string('x', 5000) : path);

        await Assert.That(FilesOf(reads)).IsEmpty();
    }

    private static SealedFile[] FilesOf(PageReads reads) => reads.ToSeal("replay", "x64").Files;

    private static string DigestOf(ReadOnlySpan<byte> bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));
}
