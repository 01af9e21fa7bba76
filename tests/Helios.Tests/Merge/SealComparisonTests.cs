using System.Collections.Generic;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Merge;
using Helios.Tests.Support;

namespace Helios.Tests.Merge;

internal sealed class SealComparisonTests
{
    private static readonly SealedFile s_scene = new() { Path = "scene.js", Size = 3, Digest = Receipts.Digest };
    private static readonly SealedResponse s_response = new() { Url = "https://example.com/a", Status = 200, Digest = Receipts.Digest };

    [Test]
    public async Task Chunks_that_read_different_files_agree() =>
        await Assert
            .That(
                Compare(
                    Receipts.Seal with
                    {
                        Files = [s_scene],
                    },
                    Receipts.Seal with
                    {
                        Files = [s_scene with { Path = "other.js", Digest = Receipts.Other }],
                    }))
            .IsEmpty();

    [Test]
    [Arguments("scene.js", DisplayName = "other bytes")]
    public async Task The_same_file_with_other_bytes_is_named(string path) =>
        await Assert
            .That(
                Compare(Receipts.Seal with { Files = [s_scene] }, Receipts.Seal with { Files = [s_scene with { Digest = Receipts.Other }] })
            )
            .IsEquivalentTo([$"its page read other bytes of {path} than that of chunk 1"]);

    [Test]
    public async Task A_file_that_was_there_for_one_page_only_is_named() =>
        await Assert
            .That(Compare(Receipts.Seal with { Files = [s_scene] }, Receipts.Seal with { Files = [new SealedFile { Path = "scene.js" }] }))
            .IsEquivalentTo(["its page read other bytes of scene.js than that of chunk 1"]);

    [Test]
    public async Task Chunks_that_read_more_files_than_their_receipts_list_are_counted()
    {
        var comparison = new SealComparison();

        _ = comparison.Add(Receipts.Chunk(1), Receipts.Sealed with { Seal = Receipts.Seal with { Files = [s_scene], FileCount = 1 } });
        _ = comparison.Add(Receipts.Chunk(2), Receipts.Sealed with { Seal = Receipts.Seal with { Files = [s_scene], FileCount = 2 } });

        await Assert.That(comparison.Unlisted).IsEqualTo(1);
    }

    [Test]
    public async Task Parts_of_one_file_are_compared_part_by_part() =>
        await Assert
            .That(
                Compare(
                    Receipts.Seal with
                    {
                        Files = [s_scene with { Offset = SealedFile.PartSize }],
                    },
                    Receipts.Seal with
                    {
                        Files = [s_scene with { Digest = Receipts.Other }],
                    }))
            .IsEmpty();

    [Test]
    public async Task Other_answers_and_fonts_are_named()
    {
        Seal one = Receipts.Seal with
        {
            Responses = [s_response],
            Fonts = [new SealedFont { Name = "DejaVuSans.ttf", Digest = Receipts.Digest }],
        };
        Seal other = one with
        {
            History = "auto",
            Responses = [s_response with { Status = 404 }],
            Fonts = [new SealedFont { Name = "DejaVuSans.ttf", Digest = Receipts.Other }],
        };

        await Assert.That(Compare(one, other)).IsEquivalentTo(
        [
            "its page got another response from https://example.com/a than that of chunk 1",
            "its browser opened another DejaVuSans.ttf than that of chunk 1",
        ]);
    }

    [Test]
    public async Task Processors_whose_WebGL_differs_are_named_where_both_pages_used_it()
    {
        await Assert
            .That(Compare(Receipts.Seal, Receipts.Seal with { WebGl = "GenuineIntel avx2" }))
            .IsEquivalentTo([
                "its WebGL was drawn by another kind of processor (GenuineIntel avx2) than that of chunk 1 (AuthenticAMD avx2)",
            ]);
        await Assert.That(Compare(Receipts.Seal with { WebGl = null }, Receipts.Seal)).IsEmpty();
    }

    [Test]
    public async Task Another_build_of_the_same_version_is_named()
    {
        Seal other = Receipts.Seal with { BrowserBuild = Receipts.Digest };

        await Assert
            .That(Compare(Receipts.Seal, other))
            .IsEquivalentTo([$"its HeadlessChrome/156 is another build ({Receipts.Digest}) than that of chunk 1 (0aff12)"]);
        await Assert.That(Compare(Receipts.Seal, Receipts.Seal)).IsEmpty();
    }

    [Test]
    public async Task A_receipt_that_names_no_build_and_one_of_another_version_are_not_compared_with_it()
    {
        Seal unknown = Receipts.Seal with { BrowserBuild = null };
        var comparison = new SealComparison();
        _ = comparison.Add(Receipts.Chunk(1), Receipts.Sealed);

        await Assert.That(Compare(unknown, Receipts.Seal)).IsEmpty();
        await Assert.That(Compare(Receipts.Seal, unknown)).IsEmpty();
        await Assert
            .That(
                comparison.Add(
                    Receipts.Chunk(2),
                    Receipts.Sealed with
                    {
                        Browser = "HeadlessChrome/157",
                        Seal = Receipts.Seal with { BrowserBuild = "12" },
                    }))
            .IsEmpty();
    }

    [Test]
    public async Task A_machine_with_other_fonts_is_named_with_what_it_drew_with() =>
        await Assert
            .That(Compare(Receipts.Seal, Receipts.Seal with { FontSet = Receipts.Other }))
            .IsEquivalentTo([
                "other fonts are installed where it was rendered than where chunk 1 was (the browser opened dejavu/DejaVuSans.ttf)",
            ]);

    [Test]
    public async Task Two_fonts_of_one_name_in_one_receipt_are_not_taken_for_another_version()
    {
        SealedFont font = Receipts.Seal.Fonts![0];
        Seal two = Receipts.Seal with { Fonts = [font, font with { Digest = Receipts.Digest }] };

        await Assert.That(Compare(two, Receipts.Seal)).IsEmpty();
    }

    [Test]
    public async Task A_body_that_only_one_browser_kept_is_not_compared() =>
        await Assert
            .That(
                Compare(
                    Receipts.Seal with
                    {
                        Responses = [s_response],
                    },
                    Receipts.Seal with
                    {
                        Responses = [s_response with { Digest = null }],
                    }))
            .IsEmpty();

    [Test]
    public async Task A_receipt_without_a_seal_has_nothing_to_compare() =>
        await Assert.That(new SealComparison().Add(Receipts.Chunk(1), Receipts.Sealed with { Seal = null })).IsEmpty();

    [Test]
    public async Task A_seam_fits_when_the_frame_before_is_the_last_of_the_neighbour()
    {
        var seams = new SeamCheck();

        await Assert.That(seams.Add(Receipts.Chunk(0), Receipts.Sealed with { Seam = new Seam { Last = Receipts.Digest } })).IsNull();
        await Assert.That(seams.Add(Receipts.Chunk(1), Receipts.Sealed)).IsNull();
        await Assert.That(seams.Add(Receipts.Chunk(2), Receipts.Sealed)).IsEqualTo(
            "chunks 1 and 2 do not fit: the frame before frame 4 is not the same in both; nothing differs in their receipts");
    }

    [Test]
    public async Task A_seam_that_does_not_fit_says_what_differs()
    {
        var seams = new SeamCheck();
        _ = seams.Add(Receipts.Chunk(1), Receipts.Sealed);

        await Assert
            .That(
                seams.Add(
                    Receipts.Chunk(2),
                    Receipts.Sealed with
                    {
                        Browser = "HeadlessChrome/157",
                        Seal = Receipts.Seal with { History = "auto" },
                    }))
            .IsEqualTo(
                "chunks 1 and 2 do not fit: the frame before frame 4 is not the same in both; one was rendered by helios 0.1.0, HeadlessChrome/156 and ffmpeg 5.1 on x64, "
                    + "the other by helios 0.1.0, HeadlessChrome/157 and ffmpeg 5.1 on x64; one reached its first frame by replay, the other by auto"
            );
    }

    [Test]
    public async Task Where_a_chunk_is_missing_or_of_an_earlier_helios_nothing_is_compared()
    {
        var seams = new SeamCheck();
        _ = seams.Add(Receipts.Chunk(0), Receipts.Sealed);
        _ = seams.Add(Receipts.Chunk(1), null);

        await Assert.That(seams.Add(Receipts.Chunk(2), Receipts.Sealed)).IsNull();
        await Assert.That(seams.Add(Receipts.Chunk(3), Receipts.Sealed with { Version = 1, Seal = null, Seam = null })).IsNull();
        await Assert.That(seams.Add(Receipts.Chunk(4), Receipts.Sealed)).IsNull();
        await Assert.That(seams.Unproven).IsEqualTo(1);
    }

    private static IReadOnlyList<string> Compare(Seal one, Seal other)
    {
        var comparison = new SealComparison();
        _ = comparison.Add(Receipts.Chunk(1), Receipts.Sealed with { Seal = one });
        return comparison.Add(Receipts.Chunk(2), Receipts.Sealed with { Seal = other });
    }
}
