using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Frames;

/// <summary>
/// --scale: a real device pixel ratio, in every way to capture, or a refusal. What is enlarged later would show on edges.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(180_000)]
public sealed class ScaleTests(NativeBinary helios)
{
    /// <summary>
    /// A red line, one CSS pixel wide, at 40 + 5n, and a colour that tells ratio, layout, screen and what media queries see.
    /// </summary>
    private const string Lines = """
        <!doctype html><body style="margin:0;background:#fff"><div id="told" style="position:absolute;left:200px;width:100px;height:100px"></div><canvas style="position:absolute;left:0;top:0;width:320px;height:180px"></canvas><script>
        const ratio = location.hash === "#unaware" ? 1 : devicePixelRatio;
        const canvas = document.querySelector("canvas");
        const context = canvas.getContext("2d");
        [canvas.width, canvas.height] = [320 * ratio, 180 * ratio];
        context.scale(ratio, ratio);
        context.fillStyle = "#f00";
        const isRight = innerWidth === 320 && innerHeight === 180 && screen.width === 800 && matchMedia(`(resolution: ${devicePixelRatio}dppx)`).matches && document.documentElement.clientWidth === 320;
        told.style.background = `rgb(0 ${isRight ? 200 : 0} ${devicePixelRatio * 100})`;
        let n = 0;
        const draw = () => {
          context.clearRect(0, 0, 320, 180);
          context.fillRect(40 + 6 * n++, 0, 2, 180);
          requestAnimationFrame(draw);
        };
        requestAnimationFrame(draw);
        </script>
        """;

    private static readonly string[] s_job =
    [
        "--frames", "7", "--fps", "10", "--video-codec", "ffv1", "--pixel-format", "bgr0", "-o", "out.mkv",
    ];

    [Test]
    [Arguments("screenshot", "dom", "2")]
    [Arguments("screenshot", "dom", "1.5")]
    [Arguments("screenshot", "dom", "0.5")]
    [Arguments("screenshot", "canvas", "2")]
    [Arguments("paint", "dom", "2")]
    [Arguments("paint", "dom", "1.5")]
    [Arguments("paint", "canvas", "2")]
    [Arguments("canvas", "canvas", "2")]
    [Arguments("canvas", "canvas", "1.5")]
    public async Task Frames_have_the_pixels_of_such_a_screen_from_one_chunk_and_from_many(string capture, string mode, string scale)
    {
        double factor = double.Parse(scale, System.Globalization.CultureInfo.InvariantCulture);
        int width = (int)(320 * factor), height = (int)(180 * factor);
        using var place = new RenderPlace(helios, Lines);
        string[] job = [.. s_job, "--capture", capture, "--mode", mode, "--scale", scale];
        await place.PlanAsync(job);
        await place.RenderAllAsync();
        (await place.Run("merge-chunks", "job.json", "--delete-chunks")).Succeeded();
        IReadOnlyList<(long Time, string Digest)> one = await Video.HashAsync(place.Directory.PathOf("out.mkv"));
        await place.PlanAsync([.. job, "--chunk-frames", "2"]);
        await place.RenderAllAsync();

        (await place.Run("merge-chunks", "job.json")).Succeeded();

        string video = place.Directory.PathOf("out.mkv");
        JsonObject probe = await Video.ProbeAsync(video);
        await Assert.That((int)probe["width"]!).IsEqualTo(width);
        await Assert.That((int)probe["height"]!).IsEqualTo(height);
        await Assert.That(await Video.HashAsync(video)).IsEquivalentTo(one);
        await Assert.That(one.Select(frame => frame.Digest).Distinct().Count()).IsEqualTo(7);

        byte[] pixels = await Video.DecodeAsync(video, 4);
        int[] At(int x, int y) => [.. pixels.Skip(((y * width) + x) * 3).Take(3).Select(value => (int)value)];
        int first = (int)((40 + (6 * 4)) * factor);
        int[] row = [.. Enumerable.Range(first - 3, (int)(2 * factor) + 6).Select(x => At(x, height / 2)[1])];
        int[] sharp = [255, 255, 255, .. Enumerable.Repeat(0, (int)(2 * factor)), 255, 255, 255];
        await Assert.That(string.Join(' ', row)).IsEqualTo(string.Join(' ', sharp));
        if (capture != "canvas")
            await Assert.That(At((int)(250 * factor), (int)(50 * factor))).IsEquivalentTo([0, 200, Math.Min(255, (int)(100 * factor))]);
    }

    [Test]
    public async Task Stills_and_sequences_have_the_same_pixels()
    {
        using var place = new RenderPlace(helios, Lines);
        string[] job = ["page.html", "--width", "320", "--height", "180", "--fps", "10", "--scale", "2"];

        (await place.Run(["render", .. job, "--still", "4", "-o", "still.png"])).Succeeded();
        (await place.Run(["render", .. job, "--frames", "5", "-o", "f%d.png", "--shards", "2"])).Succeeded();
        (await place.Run(["render", .. job, "--frames", "5", "--frames-only", "-o", "all"])).Succeeded();

        byte[] still = await Video.DecodeAsync(place.Directory.PathOf("still.png"));
        await Assert.That(still.Length).IsEqualTo(640 * 360 * 3);
        foreach (string name in (string[])["f4.png", "all/000004.png"])
            await Assert.That((await Video.DecodeAsync(place.Directory.PathOf(name))).AsSpan().SequenceEqual(still)).IsTrue();
    }

    [Test]
    [Arguments("canvas", "canvas", "the canvas has 320x180 pixels instead of 640x360, so its page does not draw it at the scale 2")]
    [Arguments("paint", "dom",
        "the page has a canvas element that is scaled or does not stand at the page's corner, which cannot be captured by paint")]
    public async Task A_canvas_that_is_not_drawn_at_the_scale_is_refused_but_by_screenshot(string capture, string mode, string message)
    {
        using var place = new RenderPlace(helios, Lines);
        string[] job =
        [
            "page.html#unaware", "--width", "320", "--height", "180", "--scale", "2", "--frames", "2", "-o", "out.mkv", "--mode", mode,
        ];

        RunResult refused = await place.Run(["render", .. job, "--capture", capture]);
        RunResult shown = await place.Run(["render", .. job, "--capture", "screenshot"]);

        await Assert.That(refused.ExitCode).IsEqualTo(65);
        await Assert.That(refused.Stderr).Contains(message).And.Contains("--capture screenshot");
        _ = shown.Succeeded();
    }

    [Test]
    [Arguments("0", "\"0\" is not a scale (--scale); give a number from 0.5 to 16, with up to four decimals")]
    [Arguments("0.4", "\"0.4\" is not a scale (--scale); give a number from 0.5 to 16, with up to four decimals")]
    [Arguments("17", "\"17\" is not a scale (--scale); give a number from 0.5 to 16, with up to four decimals")]
    [Arguments("1e9", "\"1e9\" is not a scale (--scale); give a number from 0.5 to 16, with up to four decimals")]
    [Arguments("-2", "\"-2\" is not a scale (--scale); give a number from 0.5 to 16, with up to four decimals")]
    [Arguments("2x", "\"2x\" is not a scale (--scale); give a number from 0.5 to 16, with up to four decimals")]
    [Arguments("1.333",
        "a scale of 1.333 makes 1920x1080 pixels 2559.36x1439.64, which are not whole (--scale); give another scale, such as 2 or 1.5, or another width and height")]
    [Arguments("16",
        "a scale of 16 makes 1920x1080 pixels 30720x17280, and a side has at most 16384 (--scale); give at most 8, or a smaller page")]
    public async Task An_impossible_scale_is_64(string scale, string message)
    {
        using var directory = new TestDirectory();
        directory.Write("page.html", "<!doctype html>");

        RunResult result = await helios.Run("export-job", "page.html", "--scale=" + scale).In(directory);

        await Assert.That(result.Stderr).IsEqualTo($"helios: {message}\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
    }
}
