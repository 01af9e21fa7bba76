using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Frames;

/// <summary>
/// Boxes with text between two pixels, whose rims Chromium leaves translucent or another box's colour where they are layers
/// (docs/decisions/0010), and pages that turn from transparent to opaque: every frame arrives, at its place, and without a rim.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class TranslucentPictureTests(NativeBinary helios)
{
    private const int Frames = 12;
    private const double Step = 14; // and a third: pixels that a box goes in a frame

    /// <summary>A box that nobody sees but for its text, and one whose colour is another.</summary>
    private const string Page = """
        <!doctype html><style>
          body { margin: 0; background: #345; color: #fff; font: 12px sans-serif; }
          div { position: absolute; left: 10px; top: 20px; width: 100px; height: 40px; animation: across 0.7s linear both; }
          @keyframes across { to { transform: translateX(301px); } }
        </style>
        <div style="background:#345">a</div><div style="background:#3c6;top:100px">b</div>
        """;

    [Test]
    [Arguments("x.mkv", "--video-codec ffv1 --pixel-format bgr0", 1, DisplayName = "ffv1, RGB")]
    [Arguments("x.mkv", "--video-codec ffv1 --pixel-format yuv444p", 3, DisplayName = "ffv1")]
    [Arguments("x.mov", "--video-codec prores", 6, DisplayName = "prores")]
    [Arguments("x.mov", "--video-codec prores --pixel-format yuva444p10le", 6, DisplayName = "prores with alpha")]
    [Arguments("x.mp4", "--quality 0 --pixel-format yuv444p", 3, DisplayName = "h264, lossless")]
    [Arguments("x.mp4", "", 10, DisplayName = "h264")]
    [Arguments("x.gif", "", 10, DisplayName = "GIF")]
    [Arguments("x_%03d.png", "", 1, DisplayName = "PNG files")]
    [Arguments("x.mkv", "--video-codec ffv1 --pixel-format bgr0 --shards 3", 1, DisplayName = "chunks")]
    public async Task Every_frame_arrives_at_its_place_and_without_a_rim(string output, string options, int tolerance)
    {
        using var place = new RenderPlace(helios, Page);

        (
            await place.Run([
                "render", "page.html", "-o", output, "--width", "320", "--height", "180", "--frames", $"{Frames}", "--retries", "0", "-q",
                .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            ])
        ).Succeeded();

        await CheckAsync(await Video.DecodeAsync(place.Directory.PathOf(output)), tolerance);
    }

    [Test]
    public async Task So_it_does_as_pictures_of_their_own()
    {
        using var place = new RenderPlace(helios, Page);

        (
            await place.Run(
                "render", "page.html", "-o", "x", "--frames-only", "--width", "320", "--height", "180", "--frames", $"{Frames}", "-q")
        ).Succeeded();
        (await place.Run("render", "page.html", "-o", "still.png", "--still", "4", "--width", "320", "--height", "180", "-q")).Succeeded();

        byte[] all = await Video.DecodeAsync(place.Directory.PathOf("x", "%06d.png"));
        await CheckAsync(all, tolerance: 1);
        await Assert.That((await Video.DecodeAsync(place.Directory.PathOf("still.png"))).AsSpan().SequenceEqual(FrameOf(all, 4))).IsTrue();
    }

    [Test]
    public async Task A_part_of_such_pictures_is_cut_out_rightly()
    {
        using var place = new RenderPlace(
            helios,
            Page + "<canvas width=160 height=120 style='position:absolute;left:20px;top:10px;z-index:-1;background:#345'></canvas>");

        (
            await place.Run(
                "render", "page.html", "-o", "x.mkv", "--mode", "canvas", "--capture", "screenshot", "--video-codec", "ffv1",
                "--pixel-format", "bgr0", "--width", "320", "--height", "180", "--frames", $"{Frames}", "--retries", "0", "-q")
        ).Succeeded();

        // the canvas, stretched to twice its width
        byte[] all = await Video.DecodeAsync(place.Directory.PathOf("x.mkv"));
        await Assert.That(all.Length).IsEqualTo(Frames * 320 * 180 * 3);
        int[] wrong =
        [
            .. Enumerable.Range(0, Frames).Where(frame => Video.DistanceAt(FrameOf(all, frame).ToArray(), 40, 75, [0x33, 0x44, 0x55]) > 1),
        ];
        await Assert.That(wrong).IsEmpty(); // between the two boxes
    }

    /// <summary>The kind of the first picture says nothing of those that follow.</summary>
    [Test]
    public async Task A_transparent_page_that_becomes_opaque_keeps_every_frame_and_its_alpha()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><style>body { margin: 0; } div { position: absolute; inset: 0; background: #d33; clip-path: inset(0 100% 0 0); animation: open 0.2s linear both; }
            @keyframes open { to { clip-path: inset(0); } }</style><div></div>
            """);

        (
            await place.Run(
                "render", "page.html", "-o", "x.mov", "--video-codec", "prores", "--pixel-format", "yuva444p10le", "--width", "320",
                "--height", "180", "--frames", $"{Frames}", "--retries", "0", "-q")
        ).Succeeded();

        byte[] alpha = (
            await Tool.Run(
                "ffmpeg", "ffmpeg", "-v", "error", "-i",
                place.Directory.PathOf("x.mov"),
                "-vf", "extractplanes=a,format=gray", "-f", "rawvideo", "-"))
            .Succeeded()
            .Output;
        await Assert.That(alpha.Length).IsEqualTo(Frames * 320 * 180);
        await Assert.That((alpha[(90 * 320) + 160], alpha[^1])).IsEqualTo(((byte)0, (byte)255));
    }

    private static async Task CheckAsync(byte[] all, int tolerance)
    {
        await Assert.That(all.Length).IsEqualTo(Frames * 320 * 180 * 3);
        string[] wrong =
        [
            .. Enumerable
                .Range(0, Frames)
                .Select(frame => Describe(FrameOf(all, frame).ToArray(), frame, tolerance))
                .Where(text => text.Length > 0),
        ];
        await Assert.That(string.Join('\n', wrong)).IsEqualTo("");
    }

    /// <summary>What is wrong with a frame; empty when nothing is.</summary>
    private static string Describe(byte[] frame, int number, int tolerance)
    {
        int[] ground = [0x33, 0x44, 0x55], box = [0x33, 0xcc, 0x66];
        double left = 10 + (number * (Step + (1.0 / 3)));
        (int X, int Y, int[] Colour)[] points =
        [
            .. Enumerable.Range((int)left + 97, 8).Where(x => x < 320).Select(x => (x, 50, ground)), // the rim of the box that nobody sees
            .. left < 212 ? [((int)left + 50, 130, box), ((int)left + 110, 130, ground)] : Array.Empty<(int, int, int[])>(),
        ];
        var (wrongX, wrongY, _) = points.FirstOrDefault(point => Video.DistanceAt(frame, point.X, point.Y, point.Colour) > tolerance);
        return wrongY == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"frame {number} at {wrongX},{wrongY}: {string.Join(',', Video.PixelAt(frame, wrongX, wrongY))}");
    }

    private static ReadOnlySpan<byte> FrameOf(byte[] all, int frame) => all.AsSpan(frame * 320 * 180 * 3, 320 * 180 * 3);
}
