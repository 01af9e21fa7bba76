using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Runs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Rendering;

/// <summary>JPEG, WebP and AVIF files: each shows its frame, as exactly as its format can, from one chunk and from many.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(240_000)]
public sealed class SequenceTests(NativeBinary helios)
{
    private const string Moving = """
        <!doctype html><body style="margin:0;background:linear-gradient(90deg,#08203e,#ffb199)"><div id="b" style="position:absolute;width:90px;height:90px;background:#0f0"></div><script>
        let n = 0;
        const draw = () => { b.style.left = `${n++ * 20}px`; requestAnimationFrame(draw); };
        requestAnimationFrame(draw);
        </script>
        """;

    private static readonly string[] s_small = ["--width", "320", "--height", "180", "--fps", "1000/7"];

    [Test]
    [Arguments("jpg", "90", "mjpeg", 3)]
    [Arguments("jpeg", "30", "mjpeg", 12)]
    [Arguments("webp", "90", "webp", 6)]
    [Arguments("webp", "100", "webp", 0)]
    [Arguments("avif", "90", "av1", 3)]
    [Arguments("avif", "100", "av1", 0)]
    public async Task Files_show_the_frames_and_are_the_same_whatever_the_number_of_shards(
        string extension,
        string quality,
        string codec,
        double most)
    {
        using var place = new RenderPlace(helios, Moving);
        string[] job = ["page.html", .. s_small, "--start-frame", "2", "--frames", "5"];
        (await place.Run(["render", .. job, "--frames-only", "-o", "exact"])).Succeeded();
        foreach (string shards in (string[])["1", "3"])
        {
            _ = Directory.CreateDirectory(place.Directory.PathOf(shards + " 100%"));
            (
                await place.Run(["render", .. job, "--image-quality", quality, "--shards", shards, "-o", $"{shards} 100%/%03d.{extension}"])
            ).Succeeded();
        }

        await Assert.That(Directory.EnumerateFiles(place.Directory.PathOf("3 100%")).Select(path => Path.GetFileName(path)).Order())
            .IsEquivalentTo(Enumerable.Range(2, 5).Select(frame => $"{frame:000}.{extension}"));
        for (int frame = 2; frame < 7; frame++)
        {
            string file = place.Directory.PathOf("1 100%", $"{frame:000}.{extension}");
            byte[] other = await File.ReadAllBytesAsync(place.Directory.PathOf("3 100%", $"{frame:000}.{extension}"));
            await Assert.That((await File.ReadAllBytesAsync(file)).AsSpan().SequenceEqual(other)).IsTrue().Because($"frame {frame}");
            JsonObject probe = (await Tool.Run("ffprobe", "ffmpeg", "-v", "error", "-show_streams", "-of", "json", "file:" + file))
                .Succeeded()
                .Json["streams"]![0]!.AsObject();
            await Assert.That(((string)probe["codec_name"]!, (int)probe["width"]!, (int)probe["height"]!)).IsEqualTo((codec, 320, 180));
            byte[] seen = await DecodeAsync(file), meant = await DecodeAsync(place.Directory.PathOf("exact", $"{frame:000000}.png"));
            double error = seen.Zip(meant, (a, b) => Math.Abs(a - b)).Average();
            await Assert.That(error).IsLessThanOrEqualTo(most);
            await Assert.That(error == 0).IsEqualTo(most == 0);
            foreach (int x in (int[])[(frame * 20) + 45, 300]) // pure colours stay, so that range and matrix are right
            {
                await Assert
                    .That(Video.DistanceAt(seen, x, 45, Video.PixelAt(meant, x, 45)))
                    .IsLessThanOrEqualTo(most == 0 ? 0 : 14)
                    .Because($"{x}: {string.Join(' ', Video.PixelAt(seen, x, 45))}");
            }
        }
    }

    [Test]
    public async Task Webp_files_can_be_translucent()
    {
        using var place = new RenderPlace(
            helios,
            "<!doctype html><body style='margin:0'><div style='width:160px;height:180px;background:#00f8'></div>");

        (
            await place.Run([
                "render", "page.html", .. s_small, "--frames", "2", "--pixel-format", "bgra", "--image-quality", "100", "-o", "%d.webp",
            ])
        ).Succeeded();

        byte[] pixels = await Video.DecodeAsync(place.Directory.PathOf("1.webp"), 0, "rgba");
        await Assert.That(Video.PixelAt(pixels, 10, 90)).IsEquivalentTo([0, 0, 255, 136]);
        await Assert.That(Video.PixelAt(pixels, 300, 90)[3]).IsEqualTo(0);
    }

    [Test]
    [Arguments("jpg", "after 'truncate -s -1 \"${out%/*}\"/3.jpg'", "frame 3: it is cut off")]
    [Arguments("webp", "after 'truncate -s -1 \"${out%/*}\"/3.webp'", "frame 3: it is cut off")]
    [Arguments("avif", "after 'truncate -s -1 \"${out%/*}\"/3.avif'", "frame 3: it is cut off")]
    [Arguments("avif", "insert -s 160x90", "frame 0: it has 160x90 pixels, expected 320x180")]
    [Arguments("jpg", "after 'rm \"${out%/*}\"/3.jpg'", "it holds 3 frames, expected 4")]
    [Arguments("webp", "insert -s 160x90", "frame 0: it has 160x90 pixels, expected 320x180")]
    public async Task Files_that_are_not_right_are_not_published(string extension, string change, string message)
    {
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "4", "-o", "%d." + extension);
        await place.RenderAllAsync();
        string ffmpeg = PictureOutputFaultTests.Lie(place, "image2", change);

        RunResult result = await place.Run("merge-chunks", "job.json", "--ffmpeg", ffmpeg);

        await Assert.That(result.Stderr).Contains($"the merged video is not right: {message}");
        await Assert.That(result.ExitCode).IsEqualTo(75);
        await Assert.That(place.Directory.Names().Where(name => name.EndsWith(extension, StringComparison.Ordinal))).IsEmpty();
    }

    [Test]
    public async Task An_ffmpeg_without_the_encoder_is_refused_before_the_first_chunk()
    {
        using var place = new RenderPlace(helios, Moving);
        string ffmpeg = RunSystemTests.Program(
            place, "lacking",
            "case \"$*\" in *encoder=libwebp*) echo \"ffmpeg version 5.1.9 x\" >&2; echo \"Codec 'libwebp' is not recognized by FFmpeg.\"; exit 0;; esac; exec ffmpeg \"$@\""
        );

        RunResult result = await place.Run(["render", "page.html", .. s_small, "--frames", "2", "-o", "%d.webp", "--ffmpeg", ffmpeg]);

        await Assert.That(RenderPlace.Said(result)).StartsWith("helios: the encoder has no codec libwebp (");
        await Assert.That(result.ExitCode).IsEqualTo(69);
    }

    private static async Task<byte[]> DecodeAsync(string path) =>
        (
            await Tool.Run(
                "ffmpeg", "ffmpeg", "-v", "error", "-i", "file:" + path, "-f", "rawvideo", "-sws_flags", "accurate_rnd+full_chroma_int",
                "-pix_fmt", "rgb24", "-"))
            .Succeeded()
            .Output;
}
