using System;
using System.IO;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Encoders;

/// <summary>Transparent WebM: vp9 with its alpha in the blocks, joined with the chunks, as libvpx's own decoder sees it.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class WebmAlphaTests(NativeBinary helios)
{
    /// <summary>An opaque box that moves 8 pixels a frame, a half transparent one that stays, and nothing elsewhere.</summary>
    private const string Page = """
        <!doctype html><body style="margin:0"><div style="position:absolute;left:160px;width:80px;height:180px;background:rgb(255 0 0 / 50%)"></div><div id="b" style="width:40px;height:40px;background:#00f"></div><script>
        let n = 0;
        const draw = () => { b.style.transform = `translateX(${n++ * 8}px)`; requestAnimationFrame(draw); };
        requestAnimationFrame(draw);
        </script>
        """;

    [Test]
    [Arguments("out.webm", "30000/1001", "--quality 0")]
    [Arguments("out.mkv", "25", "--quality 0")]
    [Arguments("out.webm", "30", "")]
    [Timeout(180_000)]
    public async Task Alpha_is_the_same_from_one_chunk_and_from_many(string output, string rate, string quality)
    {
        const int Frames = 14;
        string[] job =
        [
            "--frames", $"{Frames}", "--fps", rate, "-o", output, "--video-codec", "vp9", "--pixel-format", "yuva420p",
            .. quality.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ];
        using var place = new RenderPlace(helios, Page);
        await place.PlanAsync(job);
        await place.RenderAllAsync();
        (await place.Run("merge-chunks", "job.json", "--delete-chunks")).Succeeded();
        string path = place.Directory.PathOf(output);
        byte[] whole = await DecodeAsync(path);
        string times = await TimesAsync(path);
        await place.PlanAsync([.. job, "--shards", "4"]);
        await place.RenderAllAsync();
        await Assert.That(place.FileOf(0)).EndsWith("temp_j_part_0.webm");

        (await place.Run("merge-chunks", "job.json")).Succeeded();

        byte[] merged = await DecodeAsync(path);
        await Assert.That(await TimesAsync(path)).IsEqualTo(times); // to the millisecond
        await Assert.That(merged.Length).IsEqualTo(whole.Length);
        if (quality.Length > 0) await Assert.That(merged.AsSpan().SequenceEqual(whole)).IsTrue();
        // ffmpeg's scaler is a level off in between
        int most = quality.Length > 0 ? 0 : 6; // levels that a lossy encode may miss
        for (int frame = 0; frame < Frames; frame++)
        {
            await Assert
                .That(Math.Abs(AlphaAt(merged, frame, (frame * 8) + 20, 20) - 255))
                .IsLessThanOrEqualTo(most)
                .Because($"the box of frame {frame}");
            await Assert
                .That(Math.Abs(AlphaAt(merged, frame, 200, 120) - 128))
                .IsLessThanOrEqualTo(Math.Max(1, most))
                .Because($"the half transparent one of frame {frame}");
            await Assert.That(AlphaAt(merged, frame, 300, 160)).IsLessThanOrEqualTo(most).Because($"nothing in frame {frame}");
        }

        string tag = (await Tool.Run("ffprobe", "ffmpeg", "-v", "error", "-show_entries", "stream_tags=alpha_mode", "-of", "csv=p=0", path))
            .Succeeded()
            .Stdout;
        await Assert.That(tag).IsEqualTo("1\n");
    }

    /// <summary>A file whose alpha was lost plays like any other.</summary>
    [Test]
    public async Task A_chunk_without_its_alpha_is_not_merged()
    {
        using var place = new RenderPlace(helios, Page);
        await place.PlanAsync("--frames", "4", "--shards", "2", "-o", "out.webm", "--pixel-format", "yuva420p");
        await place.RenderAllAsync();
        string chunk = place.FileOf(1), opaque = place.Directory.PathOf("opaque.webm");
        (await Tool.Run("ffmpeg", "ffmpeg", "-v", "error", "-i", chunk, "-c:v", "libvpx-vp9", "-pix_fmt", "yuv420p", opaque)).Succeeded();
        File.Copy(opaque, chunk, overwrite: true);
        JsonObject receipt = place.ReceiptOf(1);
        receipt["size"] = new FileInfo(chunk).Length;
        receipt["digest"] = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(chunk)));
        await File.WriteAllTextAsync(chunk + ".json", receipt.ToJsonString());

        RunResult result = await place.Run("merge-chunks", "job.json");

        await Assert.That(result.Stderr).Contains("0 of its 2 frames have alpha");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    [Test]
    [Arguments("out.mp4")]
    public async Task A_container_that_loses_alpha_is_refused(string output)
    {
        using var directory = new TestDirectory();

        RunResult result = await helios
            .Run("export-job", "page.html", "-o", output, "--video-codec", "vp9", "--pixel-format", "yuva420p")
            .In(directory);

        await Assert
            .That(result.Stderr)
            .IsEqualTo("helios: a .mp4 file has no pixel format \"yuva420p\" (--pixel-format); end the output in .webm or .mkv\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
    }

    /// <summary>ffmpeg's own decoder of vp9 leaves alpha out.</summary>
    private static async Task<byte[]> DecodeAsync(string path) =>
        (
            await Tool.Run(
                "ffmpeg", "ffmpeg", "-v", "error", "-c:v", "libvpx-vp9", "-i", path, "-fps_mode", "passthrough", "-f", "rawvideo",
                "-pix_fmt", "yuva420p", "-"))
            .Succeeded()
            .Output;

    private static async Task<string> TimesAsync(string path) =>
        (
            await Tool.Run(
                "ffprobe", "ffmpeg", "-v", "error", "-select_streams", "v:0", "-show_entries", "packet=pts,duration", "-of", "csv=p=0",
                path))
            .Succeeded()
            .Stdout;

    /// <summary>Alpha is the last of the planes.</summary>
    private static int AlphaAt(byte[] frames, int frame, int x, int y)
    {
        const int Size = RenderPlace.Width * RenderPlace.Height;
        return frames[(frame * Size * 5 / 2) + (Size * 3 / 2) + (y * RenderPlace.Width) + x];
    }
}
