using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Harness.Servers;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Jobs;

/// <summary>Receipts say all that decided the pixels, and nothing is merged that differs in it.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(240_000)]
public sealed class SealTests(NativeBinary helios)
{
    /// <summary>Each frame moves on by what a script says, from where the last one was.</summary>
    private const string Page = """
        <!DOCTYPE html><style>body { margin: 0; background: #fff } div { position: absolute; top: 40px; width: 40px; height: 40px; background: #c30 }</style>
        <div></div><script src="scene.js"></script>
        <script>
          fetch("missing.json").catch(() => {});
          let x = 0;
          requestAnimationFrame(function frame() { x += step; document.querySelector("div").style.left = x + "px"; requestAnimationFrame(frame); });
        </script>
        """;

    [Test]
    public async Task A_receipt_names_every_file_with_the_digest_that_sha256sum_prints()
    {
        using RenderPlace place = await PrepareAsync();
        await place.RenderAllAsync();

        JsonNode seal = place.ReceiptOf(1)["seal"]!;

        await Assert
            .That(seal["files"]!.AsArray().Select(file => ((string)file!["path"]!, (string?)file["digest"])).ToArray())
            .IsEquivalentTo([
                ("missing.json", null),
                ("page.html", DigestOf(place, "page.html")),
                ("scene.js", DigestOf(place, "scene.js")),
            ]);
        await Assert.That((int)seal["fileCount"]!).IsEqualTo(3);
        await Assert.That((string)seal["compositionDigest"]!).IsEqualTo(DigestOf(place, "page.html"));
        await Assert.That((string)seal["history"]!).IsEqualTo("auto");
    }

    [Test]
    public async Task Neighbours_have_the_same_frame_at_their_seam()
    {
        using RenderPlace place = await PrepareAsync();
        await place.RenderAllAsync();
        JsonNode[] seams = [.. Enumerable.Range(0, 3).Select(id => place.ReceiptOf(id)["seam"]!)];

        await Assert.That(seams[0]["before"]).IsNull();
        await Assert.That((string)seams[1]["before"]!).IsEqualTo((string)seams[0]["last"]!);
        await Assert.That((string)seams[2]["before"]!).IsEqualTo((string)seams[1]["last"]!);
        await Assert.That(seams.Select(seam => (string)seam["last"]!).Distinct().Count()).IsEqualTo(3);
    }

    [Test]
    public async Task Chunks_are_rendered_again_when_a_file_that_they_read_has_changed()
    {
        using RenderPlace place = await PrepareAsync();
        foreach (string index in (string[])["0", "1"]) (await place.Render("--index", index, "--quiet")).Succeeded();
        place.Directory.Write("scene.js", "const step = 8;");

        RunResult check = await place.Run("check-job", "job.json", "--outputs");
        RunResult merge = await place.Run("merge-chunks", "job.json");
        RunResult chunk = await place.Render("--index", "1");
        RunResult run = await place.RunJob("--keep-chunks");

        await Assert
            .That(check.Stdout)
            .IsEqualTo(
                $"chunk 0: wrong: {place.FileOf(0)}: scene.js has changed since it was rendered\nchunk 1: wrong: {place.FileOf(1)}: scene.js has changed since it was rendered\n"
                    + $"chunk 2: missing: {place.FileOf(2)}: no file\n0 complete, 1 missing, 2 wrong\n");
        await Assert.That(merge.ExitCode).IsEqualTo(65);
        await Assert
            .That(RenderPlace.Said(chunk.Succeeded()))
            .Contains("helios: chunk 1 is rendered again: scene.js has changed since it was rendered\n");
        await Assert
            .That(RenderPlace.Said(run.Succeeded()))
            .Contains(
                "1 of the chunk files that are there cannot be used and are rendered again; chunk 0: scene.js has changed since it was rendered"
            );
        await Assert.That((string)place.ReceiptOf(0)["seal"]!["files"]![2]!["digest"]!).IsEqualTo(DigestOf(place, "scene.js"));
    }

    [Test]
    public async Task Chunks_whose_pages_read_different_bytes_are_not_merged_unless_it_is_allowed()
    {
        using RenderPlace place = await PrepareAsync();
        (await place.Render("--index", "0", "--quiet")).Succeeded();
        place.Directory.Write("scene.js", "const step = 8;");
        foreach (string index in (string[])["1", "2"]) (await place.Render("--index", index, "--quiet")).Succeeded();

        RunResult refused = await place.Run("merge-chunks", "job.json", "--allow-changed");
        RunResult allowed = await place.Run("merge-chunks", "job.json", "--allow-changed", "--allow-mixed", "--quiet");

        await Assert
            .That(refused.Stderr)
            .StartsWith(
                "chunk 1: its page read other bytes of scene.js than that of chunk 0\nchunk 2: its page read other bytes of scene.js than that of chunk 0\nchunks 0 and 1 do not fit"
            );
        await Assert
            .That(refused.Stderr)
            .Contains(
                "\nhelios: the chunks were not rendered from the same files, by the same browser, fonts and kind of processor (job j); render them again on machines that have the same, chunk 1 with --index 1 --force, or merge them as they are with --allow-mixed\n"
            );
        await Assert.That(refused.ExitCode).IsEqualTo(65);
        await Assert.That(allowed.Succeeded().Stderr).IsEmpty();
    }

    [Test]
    public async Task A_jump_that_loses_state_does_not_fit_and_is_refused()
    {
        using RenderPlace place = await PrepareAsync("seek");
        foreach (string index in (string[])["0", "1", "2"])
            (await place.Render("--index", index, "--quiet")).Succeeded(); // in one page none would be lost

        RunResult check = await place.Run("check-job", "job.json", "--outputs");
        RunResult merge = await place.Run("merge-chunks", "job.json");

        const string Seams =
            "chunks 0 and 1 do not fit: the frame before frame 4 is not the same in both; nothing differs in their receipts\n"
            + "chunks 1 and 2 do not fit: the frame before frame 8 is not the same in both; nothing differs in their receipts\n";
        await Assert.That(check.Stdout).StartsWith(Seams).And.EndsWith("\n3 complete, 0 missing, 0 wrong\n");
        await Assert.That(check.ExitCode).IsEqualTo(65);
        await Assert
            .That(merge.Stderr)
            .IsEqualTo(
                Seams
                    + "helios: chunks do not fit at their seams (job j); render them again, chunk 1 with --index 1 --force and --preroll displayed, "
                    + "or plan the job with --history replay, or merge them as they are with --allow-mixed\n");
        await Assert.That(merge.ExitCode).IsEqualTo(65);
        (await place.Run("merge-chunks", "job.json", "--allow-mixed", "--quiet")).Succeeded();
    }

    [Test]
    public async Task A_run_replays_what_a_jump_has_lost()
    {
        using RenderPlace exact = await PrepareAsync("replay");
        using RenderPlace place = await PrepareAsync("seek");

        RunResult run = await place.RunJob("--keep-chunks", "--workers", "3"); // a page for each chunk
        (await exact.RunJob("--keep-chunks")).Succeeded();

        await Assert.That(RenderPlace.Said(run.Succeeded())).Contains("chunk 1 is rendered again\n");
        await Assert
            .That(string.Join(' ', Enumerable.Range(0, 3).Select(id => (string)place.ReceiptOf(id)["seal"]!["history"]!)))
            .IsEqualTo("seek replay replay");
        for (int id = 0; id < 3; id++)
            await Assert.That(File.ReadAllBytes(place.FileOf(id)).AsSpan().SequenceEqual(File.ReadAllBytes(exact.FileOf(id)))).IsTrue();
    }

    [Test]
    public async Task A_run_renders_the_odd_chunk_again()
    {
        using RenderPlace place = await PrepareAsync();
        await place.RenderAllAsync();
        JsonObject receipt = place.ReceiptOf(1);
        receipt["seam"]!["before"] = receipt["seam"]!["last"]!.DeepClone();
        File.WriteAllText(place.FileOf(1) + ".json", receipt.ToJsonString());

        RunResult run = await place.RunJob("--keep-chunks");

        await Assert.That(RenderPlace.Said(run.Succeeded())).Contains("helios: chunks 0 and 1 do not fit: ");
        await Assert.That(RenderPlace.Said(run)).Contains("chunk 1 is rendered again\n");
        await Assert.That((string)place.ReceiptOf(1)["seam"]!["before"]!).IsEqualTo((string)place.ReceiptOf(0)["seam"]!["last"]!);
    }

    [Test]
    public async Task Receipts_of_version_1_are_merged_with_a_word()
    {
        using RenderPlace place = await PrepareAsync();
        await place.RenderAllAsync();
        for (int id = 0; id < 3; id++)
        {
            JsonObject receipt = place.ReceiptOf(id);
            receipt["version"] = 1;
            _ = receipt.Remove("seal");
            _ = receipt.Remove("seam");
            File.WriteAllText(place.FileOf(id) + ".json", receipt.ToJsonString());
        }

        RunResult merge = await place.Run("merge-chunks", "job.json");

        await Assert
            .That(merge.Succeeded().Stderr)
            .StartsWith("helios: 3 of 3 chunks are of an earlier helios, which took no proof that they fit\n");
    }

    [Test]
    public async Task With_allow_changed_the_receipt_has_the_digest_of_the_page_that_was_rendered()
    {
        using RenderPlace place = await PrepareAsync();
        place.Directory.Write("page.html", Page + "<!-- changed -->");

        (await place.Render("--index", "0", "--quiet", "--allow-changed")).Succeeded();

        await Assert.That((string)place.ReceiptOf(0)["seal"]!["compositionDigest"]!).IsEqualTo(DigestOf(place, "page.html"));
        await Assert.That((string)place.Job["compositionDigest"]!).IsNotEqualTo(DigestOf(place, "page.html"));
    }

    [Test]
    public async Task What_comes_from_the_network_is_in_the_receipt()
    {
        using var server = new WebServer();
        server.Add("/data.js", "const step = 4;", "200 OK\r\nContent-Type: text/javascript");
        using var place = new RenderPlace(helios, $"""<!DOCTYPE html><script src="{server.UrlOf("/data.js")}"></script>""");
        await place.PlanAsync("--frames", "2");

        (await place.Render("--index", "0", "--quiet")).Succeeded();

        JsonNode response = place.ReceiptOf(0)["seal"]!["responses"]![0]!;
        await Assert.That((string)response["url"]!).IsEqualTo(server.UrlOf("/data.js"));
        await Assert.That((int)response["status"]!).IsEqualTo(200);
        await Assert
            .That((string)response["digest"]!)
            .IsEqualTo("sha256:" + Convert.ToHexStringLower(SHA256.HashData("const step = 4;"u8)));
    }

    [Test]
    [Arguments("""<canvas></canvas><script>document.querySelector("canvas").getContext("webgl")</script>""", true,
        DisplayName = "a canvas element")]
    [Arguments("""<iframe srcdoc="<canvas></canvas><script>document.querySelector('canvas').getContext('webgl2')</script>"></iframe>""",
        true, DisplayName = "a frame")]
    [Arguments(
        """<iframe sandbox="allow-scripts" srcdoc="<canvas></canvas><script>document.querySelector('canvas').getContext('webgl2')</script>"></iframe>""",
        true, DisplayName = "a sandboxed frame")]
    [Arguments("""<script>new Worker(URL.createObjectURL(new Blob(["new OffscreenCanvas(9, 9).getContext('webgl')"])))</script>""", true,
        DisplayName = "a worker")]
    [Arguments("""<canvas></canvas><script>document.querySelector("canvas").getContext("2d")</script>""", false, DisplayName = "no WebGL")]
    public async Task The_processor_is_sealed_where_the_page_asks_for_WebGL(string page, bool isSealed)
    {
        using var place = new RenderPlace(helios, "<!DOCTYPE html>" + page);
        await place.PlanAsync("--frames", "2");

        (await place.Render("--quiet")).Succeeded();

        await Assert.That(place.ReceiptOf(0)["seal"]!["webgl"] is not null).IsEqualTo(isSealed);
    }

    private async Task<RenderPlace> PrepareAsync(string history = "auto")
    {
        var place = new RenderPlace(helios, Page);
        place.Directory.Write("scene.js", "const step = 4;");
        await place.PlanAsync("--frames", "12", "--shards", "3", "--capture", "screenshot", "--history", history);
        return place;
    }

    private static string DigestOf(RenderPlace place, string name) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(place.Directory.PathOf(name))));
}
