using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Merging;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Rendering;

/// <summary>GIFs and image sequences: every frame of the page, in its place, whatever the number of shards.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class PictureOutputTests(NativeBinary helios)
{
    private const string Gradients = """
        <!doctype html><body style="margin:0;background:linear-gradient(120deg,#08203e,#557c93 50%,#ffb199)"><div id="b" style="width:90px;height:90px;border-radius:50%;background:radial-gradient(#fff,#f06 60%,#306)"></div><script>
        let n = 0;
        const draw = () => { b.style.transform = `translateX(${n++ * 8}px)`; requestAnimationFrame(draw); };
        requestAnimationFrame(draw);
        </script>
        """;

    private const string Transparent = """
        <!doctype html><body style="margin:0"><div style="position:absolute;left:160px;width:80px;height:180px;background:#f008"></div><div id="b" style="width:60px;height:60px;background:#00f"></div><script>
        let n = 0;
        const draw = () => { b.style.transform = `translateX(${n++ * 10}px)`; requestAnimationFrame(draw); };
        requestAnimationFrame(draw);
        </script>
        """;

    private static readonly string[] s_small = ["--width", "320", "--height", "180", "--progress", "none"];

    [Test]
    [Arguments("30", 13)]
    [Arguments("30000/1001", 13)]
    [Arguments("50", 13)]
    [Arguments("8", 5)]
    [Arguments("0.5", 2)]
    [Arguments("25", 1)]
    public async Task A_gif_shows_every_frame_at_its_time_and_is_the_same_from_one_chunk_and_from_many(string rate, int frames)
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        string[] job = ["--frames", $"{frames}", "--fps", rate, "-o", "out.gif"];
        await place.PlanAsync(job);
        await place.RenderAllAsync();
        IReadOnlyList<string> pixels = await HashPixelsAsync(place.FileOf(0));
        (await place.Run("merge-chunks", "job.json", "--delete-chunks")).Succeeded();
        byte[] one = await File.ReadAllBytesAsync(place.Directory.PathOf("out.gif"));
        await place.PlanAsync([.. job, "--shards", "3"]);
        await place.RenderAllAsync();

        RunResult result = await place.Run("merge-chunks", "job.json").Under("taskset", "--cpu-list", "0"); // fewer threads, the same bytes

        await Assert.That(result.Succeeded().Stdout).IsEmpty();
        await Assert.That(result.Stderr).Matches($"^{frames} frames? of [1235] chunks? merged in [0-9.]+ s → [^\n]+/out\\.gif\n$");
        await Assert.That((await File.ReadAllBytesAsync(place.Directory.PathOf("out.gif"))).AsSpan().SequenceEqual(one)).IsTrue();
        // a page of few colours loses none
        await Assert.That(await HashPixelsAsync(place.Directory.PathOf("out.gif"))).IsEquivalentTo(pixels);
        await Assert.That(pixels.Distinct().Count()).IsEqualTo(frames);

        JsonObject probe = (
            await Tool.Run(
                "ffprobe", "ffmpeg", "-v", "error", "-show_packets", "-show_streams", "-of", "json",
                place.Directory.PathOf("out.gif")))
            .Succeeded()
            .Json;
        decimal[] parts = [.. rate.Split('/').Select(part => decimal.Parse(part, CultureInfo.InvariantCulture)), 1];
        decimal Place(int frame) => Math.Round(frame * parts[1] / parts[0], 2, MidpointRounding.AwayFromZero);
        await Assert
            .That(probe["packets"]!.AsArray().Select(packet => decimal.Parse((string)packet!["pts_time"]!, CultureInfo.InvariantCulture)))
            .IsEquivalentTo(Enumerable.Range(0, frames).Select(Place));
        await Assert.That(decimal.Parse((string)probe["streams"]![0]!["duration"]!, CultureInfo.InvariantCulture)).IsEqualTo(Place(frames));
        await Assert
            .That(one.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]))
            .IsGreaterThan(0)
            .Because("it plays for ever");
    }

    [Test]
    public async Task A_gif_of_many_colours_has_one_palette_that_comes_close()
    {
        using var place = new RenderPlace(helios, Gradients);
        (
            await place.Run([
                "render", "page.html", "-o", "out.gif", "--frames", "12", "--shards", "2", "--keep-chunks", "--job", "job.json", "--job-id",
                "j", .. s_small,
            ])
        ).Succeeded();

        byte[] seen = (
            await Tool.Run(
                "ffmpeg", "ffmpeg", "-v", "error", "-i",
                place.Directory.PathOf("out.gif"),
                "-f", "rawvideo", "-pix_fmt", "bgr0", "-"))
            .Succeeded()
            .Output;
        byte[] meant = [.. await PixelsAsync(place.FileOf(0)), .. await PixelsAsync(place.FileOf(1))];

        HashSet<int> Colours(byte[] pixels) =>
            [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(pixels).ToArray().Select(pixel => pixel & 0xFFFFFF)];
        await Assert.That(Colours(meant).Count).IsGreaterThan(1000);
        await Assert.That(Colours(seen).Count).IsBetween(200, 256);
        await Assert.That(seen.Length).IsEqualTo(meant.Length);
        double error = 0;
        for (int i = 0; i < seen.Length; i++) error += i % 4 == 3 ? 0 : Math.Abs(seen[i] - meant[i]);
        await Assert.That(error / (seen.Length / 4 * 3)).IsLessThan(3);
    }

    [Test]
    public async Task Frames_that_do_not_change_are_frames_all_the_same()
    {
        using var place = new RenderPlace(helios, "<!doctype html><body style='margin:0;background:#00f'>");

        (await place.Run(["render", "page.html", "-o", "out.gif", "--frames", "9", .. s_small])).Succeeded();
        (await place.Run(["render", "page.html", "-o", "%d.png", "--frames", "9", .. s_small])).Succeeded();

        await Assert.That((string)(await Video.ProbeAsync(place.Directory.PathOf("out.gif")))["nb_read_frames"]!).IsEqualTo("9");
        await Assert
            .That(Video.PixelAt(await Video.DecodeAsync(place.Directory.PathOf("out.gif"), 8), 319, 179))
            .IsEquivalentTo([0, 0, 255]);
        await Assert
            .That(place.Directory.Names())
            .IsEquivalentTo([.. Enumerable.Range(0, 9).Select(n => $"{n}.png"), "out.gif", "page.html"]);
    }

    [Test]
    public async Task Png_files_are_those_of_frames_only_whatever_the_number_of_shards()
    {
        string folder = "two  words/it's \"quoted\" 100% %d %05d";
        using var place = new RenderPlace(helios, MergeTests.Moving);
        _ = Directory.CreateDirectory(place.Directory.PathOf(folder));
        string[] job = ["page.html", "--frames", "7", "--start-frame", "5", .. s_small];
        (await place.Run(["render", .. job, "--frames-only", "-o", "expected"])).Succeeded();
        foreach (string shards in (string[])["1", "3"])
        {
            RunResult result = await place.Run(["render", .. job, "--shards", shards, "-o", folder + $"/{shards} %04d!.PNG"]);

            await Assert.That(RenderPlace.Said(result.Succeeded())).Contains($"→ {place.Directory.PathOf(folder)}/{shards} %04d!.PNG\n");
        }

        await Assert
            .That(
                Directory
                    .EnumerateFileSystemEntries(place.Directory.PathOf(folder))
                    .Select(path => Path.GetFileName(path))
                    .Order(StringComparer.Ordinal))
            .IsEquivalentTo([
                .. Enumerable.Range(5, 7).Select(n => $"1 {n:0000}!.PNG"),
                .. Enumerable.Range(5, 7).Select(n => $"3 {n:0000}!.PNG"),
            ]);
        for (int frame = 5; frame < 12; frame++)
        {
            byte[] expected = await DecodePngAsync(place.Directory.PathOf("expected", $"{frame:000000}.png"), "rgb24");
            byte[] one = await File.ReadAllBytesAsync(place.Directory.PathOf(folder, $"1 {frame:0000}!.PNG"));
            byte[] three = await File.ReadAllBytesAsync(place.Directory.PathOf(folder, $"3 {frame:0000}!.PNG"));
            await Assert.That(three.AsSpan().SequenceEqual(one)).IsTrue();
            await Assert
                .That(
                    (await DecodePngAsync(place.Directory.PathOf(folder, $"1 {frame:0000}!.PNG"), "rgb24")).AsSpan().SequenceEqual(expected)
                )
                .IsTrue();
            await Assert.That(Video.PixelAt(expected, (5 * frame) + 58, 30)).IsEquivalentTo([0, 0, 255]); // the box is where it should be
            await Assert.That(Video.PixelAt(expected, (5 * frame) + 62, 30)).IsEquivalentTo([255, 255, 255]);
        }

        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task Transparency_is_kept_where_bgra_asks_for_it()
    {
        using var place = new RenderPlace(helios, Transparent);
        string[] job = ["page.html", "--frames", "12", "--shards", "2", "--pixel-format", "bgra", .. s_small];

        (await place.Run(["render", .. job, "-o", "out.gif"])).Succeeded();
        (await place.Run(["render", .. job, "-o", "%02d.png"])).Succeeded();

        for (int frame = 0; frame < 12; frame += 11)
        {
            byte[] gif = await Video.DecodeAsync(place.Directory.PathOf("out.gif"), frame, "rgba");
            byte[] png = await DecodePngAsync(place.Directory.PathOf($"{frame:00}.png"), "rgba");
            foreach (byte[] pixels in (byte[][])[gif, png])
            {
                await Assert.That(Video.PixelAt(pixels, (10 * frame) + 30, 30)).IsEquivalentTo([0, 0, 255, 255]);
                await Assert
                    .That(Video.PixelAt(pixels, frame == 0 ? 140 : 30, 30)[3])
                    .IsEqualTo(0)
                    .Because("nothing stays where the box was");
                await Assert.That(Video.PixelAt(pixels, 300, 170)[3]).IsEqualTo(0);
            }

            await Assert.That(Video.PixelAt(png, 200, 150)).IsEquivalentTo([255, 0, 0, 136]);
            await Assert.That(Video.PixelAt(gif, 200, 150)).IsEquivalentTo([255, 0, 0, 255]); // more than half is all
        }
    }

    [Test]
    public async Task Programs_are_told_the_pattern_and_the_size_of_all_files()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "6", "--shards", "2", "-o", "%d.png");
        await place.RenderAllAsync();

        RunResult result = await place.Run("merge-chunks", "job.json", "--progress", "json");

        JsonNode last = JsonNode.Parse(result.Succeeded().Stderr.TrimEnd().Split('\n')[^1])!;
        await Assert.That((string)last["event"]!).IsEqualTo("merge-finished");
        await Assert.That((string)last["output"]!).IsEqualTo(place.Directory.PathOf("%d.png"));
        await Assert
            .That((long)last["bytes"]!)
            .IsEqualTo(Enumerable.Range(0, 6).Sum(n => new FileInfo(place.Directory.PathOf($"{n}.png")).Length));
    }

    [Test]
    public async Task Either_pass_over_the_chunks_is_half_of_the_progress()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "12", "--fps", "4", "-o", "out.gif");
        await place.RenderAllAsync();

        RunResult result = await place.Run(
            "merge-chunks", "job.json", "--progress", "json", "--ffmpeg",
            PictureOutputFaultTests.Slow(place));

        long[] frames =
        [
            .. result
                .Succeeded()
                .Stderr.TrimEnd()
                .Split('\n')
                .Select(line => JsonNode.Parse(line)!)
                .Where(line => (string)line["event"]! == "merge")
                .Select(line => (long)line["frames"]!),
        ];
        await Assert.That(frames).IsInOrder();
        await Assert.That(frames.Any(count => count is > 0 and < 6)).IsTrue();
        await Assert.That(frames.Any(count => count is > 6 and < 12)).IsTrue();
        await Assert.That(frames[^1]).IsEqualTo(12);
    }

    [Test]
    public async Task What_another_run_left_is_replaced_or_told()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        for (int n = 0; n < 6; n++) place.Directory.Write($"f{n}.png", "old");
        await place.PlanAsync("--frames", "3", "--start-frame", "1", "-o", "f%d.png");
        await place.RenderAllAsync();

        RunResult result = await place.Run("merge-chunks", "job.json", "--delete-chunks");

        await Assert
            .That(result.Succeeded().Stderr)
            .StartsWith(
                $"{place.Directory.PathOf("f4.png")} is left over from another run; tools that read numbered files in order will include it\n3 frames of 1 chunk merged in "
            );
        foreach (int n in (int[])[0, 4, 5])
            await Assert.That(place.Directory.Read($"f{n}.png")).IsEqualTo("old");
        foreach (int n in (int[])[1, 2, 3])
            await Assert.That(place.Directory.Read($"f{n}.png")).Contains("IHDR");
        await Assert
            .That(place.Directory.Names())
            .IsEquivalentTo([.. Enumerable.Range(0, 6).Select(n => $"f{n}.png"), "job.json", "page.html"]);
    }

    private static async Task<byte[]> PixelsAsync(string path) =>
        (
            await Tool.Run(
                "ffmpeg", "ffmpeg", "-v", "error", "-i", path, "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "bgr0", "-"))
            .Succeeded()
            .Output;

    private static async Task<byte[]> DecodePngAsync(string path, string format) =>
        (
            await Tool.Run("ffmpeg", "ffmpeg", "-v", "error", "-f", "png_pipe", "-i", "-", "-f", "rawvideo", "-pix_fmt", format, "-")
                .WithInput(await File.ReadAllBytesAsync(path)))
            .Succeeded()
            .Output;

    private static async Task<IReadOnlyList<string>> HashPixelsAsync(string path)
    {
        RunResult result = await Tool.Run(
            "ffmpeg", "ffmpeg", "-v", "error", "-i", path, "-fps_mode", "passthrough", "-pix_fmt", "rgb24", "-f", "framemd5", "-");
        return
        [
            .. result
                .Succeeded()
                .Stdout.Split('\n')
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(line => line.Split(',')[^1].Trim()),
        ];
    }
}
