using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Content;

/// <summary>A machine that lacks a font draws another: its chunks are not merged with those of the others.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(240_000)]
public sealed class FontTests(NativeBinary helios)
{
    private const string Folder = "/usr/share/fonts/truetype/dejavu/"; // of fonts-dejavu-core

    /// <summary>Text in the page and text in a canvas, each in a font of its own.</summary>
    private const string Page = """
        <!DOCTYPE html><p style="font-family: 'DejaVu Serif'">Text</p><canvas></canvas>
        <script>
          const context = document.querySelector("canvas").getContext("2d");
          context.font = "20px 'DejaVu Sans Mono'";
          context.fillText("text", 10, 30);
        </script>
        """;

    [Test]
    public async Task A_receipt_names_the_fonts_with_the_digests_that_sha256sum_prints()
    {
        using RenderPlace place = await PrepareAsync();

        (await place.Render("--index", "1", "--quiet")).Succeeded();

        JsonNode seal = place.ReceiptOf(1)["seal"]!;
        (string, string)[] fonts = [.. seal["fonts"]!.AsArray().Select(font => ((string)font!["name"]!, (string)font["digest"]!))];
        await Assert.That(fonts).Contains(("dejavu/DejaVuSerif.ttf", DigestOf("DejaVuSerif.ttf")));
        await Assert.That(fonts).Contains(("dejavu/DejaVuSansMono.ttf", DigestOf("DejaVuSansMono.ttf")));
        await Assert.That(fonts.Select(font => font.Item1)).DoesNotContain("dejavu/DejaVuSerif-Bold.ttf");
    }

    [Test]
    public async Task Chunks_of_machines_with_different_fonts_are_not_merged_unless_it_is_allowed()
    {
        using RenderPlace place = await PrepareAsync();
        string home = Path.Combine(place.Directory.Path, "home");
        Directory.CreateDirectory(Path.Combine(home, ".fonts"));
        File.Copy(Folder + "DejaVuSerif.ttf", Path.Combine(home, ".fonts", "Other.ttf"));
        (await place.Render("--index", "0", "--quiet")).Succeeded();
        (await place.Render("--index", "1", "--quiet").WithEnvironment("HOME", home)).Succeeded();

        RunResult refused = await place.Run("merge-chunks", "job.json");
        RunResult run = await place.RunJob("--keep-chunks");
        RunResult allowed = await place.Run("merge-chunks", "job.json", "--allow-mixed", "--quiet");

        const string Difference =
            "chunk 1: other fonts are installed where it was rendered than where chunk 0 was (the browser opened .fonts/Other.ttf, ";
        await Assert.That(refused.Stderr).StartsWith(Difference);
        await Assert
            .That(refused.Stderr)
            .Contains(
                "\nhelios: the chunks were not rendered from the same files, by the same browser, fonts and kind of processor (job j); render them again on machines that have the same, "
            );
        await Assert.That(refused.ExitCode).IsEqualTo(65);
        await Assert.That(RenderPlace.Said(run)).StartsWith("helios: " + Difference);
        await Assert.That(run.ExitCode).IsEqualTo(65);
        await Assert.That(allowed.Succeeded().Stderr).IsEmpty();
    }

    private async Task<RenderPlace> PrepareAsync()
    {
        var place = new RenderPlace(helios, Page);
        await place.PlanAsync("--frames", "4", "--shards", "2");
        return place;
    }

    private static string DigestOf(string font) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Folder + font)));
}
