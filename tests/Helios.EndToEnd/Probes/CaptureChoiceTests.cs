using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Probes;

/// <summary>
/// The way to capture that is found by comparing frames: which one, what it must not overlook, and what follows when the page changes
/// later.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class CaptureChoiceTests(NativeBinary helios)
{
    private const string Canvas = """
        <!doctype html><style>body { margin: 0 } canvas { display: block }</style><canvas width="320" height="180"></canvas><script>
        const context = document.querySelector("canvas").getContext("2d");
        const draw = time => {
          context.fillStyle = "#246";
          context.fillRect(0, 0, 320, 180);
          context.fillStyle = "#fff";
          context.fillRect(time / 40 % 320, 50, 40, 40);
          AFTER
          requestAnimationFrame(draw);
        };
        requestAnimationFrame(draw);
        </script>
        """;

    private const string Boxes = """
        <!doctype html><style>body { margin: 0; background: #fd8; font: 40px sans-serif } div { width: 80px; background: #06c; animation: go 4s infinite }
        @keyframes go { to { translate: 200px 60px; rotate: 90deg } } STYLE</style><div>Box</div>BODY
        """;

    // stripes in perspective, which paint smooths in another way: a difference that helios does not know by name
    private const string Stripes =
        "<p style='position:absolute;margin:0;left:100px;top:100px;width:60px;height:60px;background:repeating-linear-gradient(0deg,#000 0 3px,#fff 3px 6px);transform:perspective(40px) rotateX(60deg)'></p>";

    private const string ByCanvas =
        "capture canvas: 2 frames by canvas and screenshots differ by 0 of 255 levels at most, as means of 8x8 pixels, and by 0, as means of 16x16\n";

    public static IEnumerable<TestDataRow<(string Page, string Capture)>> Pages()
    {
        yield return new((PageOf("", ""), "paint"), DisplayName: "boxes");
        yield return new((PageOf("", "<video></video>"), "screenshot"), DisplayName: "a video element");
        yield return new(
            (PageOf("p { position: absolute; backdrop-filter: invert(1) blur(2px); width: 20px; height: 20px }", "<p></p>"), "screenshot"),
            DisplayName: "a blurred backdrop");
        yield return new(
            (PageOf("", "<p style='position:absolute;backdrop-filter:blur(2px);width:20px;height:20px'></p>"), "screenshot"),
            DisplayName: "a blurred backdrop by an attribute");
        yield return new((PageOf("", "<object data='data:text/html,&lt;h1>x&lt;/h1>'></object>"), "screenshot"), DisplayName: "an object");
        yield return new((PageOf("", "<embed src='data:text/html,&lt;h1>x&lt;/h1>'>"), "screenshot"), DisplayName: "an embedded document");
        yield return new(
            (
                PageOf(
                    "",
                    "<object type='image/svg+xml' data='data:image/svg+xml,&lt;svg xmlns=\"http://www.w3.org/2000/svg\"/>'></object>"),
                "paint"),
            DisplayName: "an object that is an image");
        yield return new((PageOf("", Stripes), "screenshot"), DisplayName: "wrong in a corner");
        yield return new(
            (
                PageOf(
                    "p { visibility: hidden; animation: show 1s 9s both } @keyframes show { from { visibility: visible } to { visibility: visible } }",
                    Stripes),
                "screenshot"),
            DisplayName: "wrong after nine seconds");
        yield return new(
            (PageOf("", $"<section style='position:absolute;transform:translate(-60px,-70px)'>{Stripes}</section>"), "screenshot"),
            DisplayName: "wrong under a transform");
        yield return new((Canvas.Replace("AFTER", "", StringComparison.Ordinal), "canvas"), DisplayName: "one canvas element");
        yield return new(
            (
                Canvas
                    .Replace("body {", "html, body { background: #123 } body {", StringComparison.Ordinal)
                    .Replace("AFTER", "", StringComparison.Ordinal),
                "canvas"),
            DisplayName: "one canvas element, and one ground for page and body");
        yield return new(
            (
                Canvas
                    .Replace(
                        "canvas {",
                        "html, body { background: #123 } canvas { position: absolute; z-index: -1;",
                        StringComparison.Ordinal)
                    .Replace("AFTER", "", StringComparison.Ordinal),
                "paint"),
            DisplayName: "a canvas element below the body");
        yield return new(
            (Canvas.Replace("AFTER", "", StringComparison.Ordinal) + "<h1>Title</h1>", "paint"),
            DisplayName: "a heading below a canvas element");
        yield return new(
            (
                Canvas
                    .Replace("body {", "body::after { content: 'x'; position: fixed; top: 0 } body {", StringComparison.Ordinal)
                    .Replace("AFTER", "", StringComparison.Ordinal),
                "paint"),
            DisplayName: "generated content over a canvas element");
        yield return new(
            (
                Canvas
                    .Replace("canvas {", "canvas { filter: blur(2px);", StringComparison.Ordinal)
                    .Replace("AFTER", "", StringComparison.Ordinal),
                "paint"),
            DisplayName: "a filter on a canvas element");
    }

    private static string PageOf(string style, string body) =>
        Boxes.Replace("STYLE", style, StringComparison.Ordinal).Replace("BODY", body, StringComparison.Ordinal);

    [Test]
    [MethodDataSource(nameof(Pages))]
    public async Task The_fastest_way_that_shows_the_same_is_planned(string page, string capture)
    {
        using var place = new RenderPlace(helios, page);

        RunResult result = await place.Run(
            "export-job", "page.html", "--probe", "--width", "320", "--height", "180", "--fps", "10", "--duration", "12", "--job",
            "job.json");

        JsonNode options = place.Job["renderOptions"]!;
        await Assert.That(result.Succeeded().Stderr).Contains($"capture {capture}: ");
        await Assert
            .That(((string)options["mode"]!, (string)options["capture"]!, (string?)options["captureFallback"]))
            .IsEqualTo(("dom", capture, capture == "screenshot" ? null : "screenshot"));
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments("--capture", "screenshot")]
    [Arguments("--mode", "canvas")]
    [Arguments("--duration", "11.9")]
    public async Task A_typed_way_and_a_short_job_are_not_tried(string option, string value)
    {
        using var place = new RenderPlace(helios, Canvas.Replace("AFTER", "", StringComparison.Ordinal));
        string[] length = option == "--duration" ? [] : ["--duration", "12"];

        RunResult result = await place.Run([
            "export-job", "page.html", "--probe", "--width", "320", "--height", "180", "--fps", "10", .. length, option, value, "--job",
            "job.json",
        ]);

        await Assert.That(result.Succeeded().Stderr).DoesNotContain("capture ");
        await Assert.That(place.Directory.Read("job.json")).DoesNotContain("captureFallback");
    }

    /// <summary>The heading comes in frame 100, which was not compared: the pixels of the canvas element would lack it.</summary>
    [Test]
    public async Task A_page_that_changes_later_is_rendered_by_screenshot()
    {
        const string After =
            "if (time > 10000) document.body.insertAdjacentHTML('beforeend', '<h1 style=\"position:absolute;top:0;margin:0;background:#f00\">Late</h1>');";
        using var place = new RenderPlace(helios, Canvas.Replace("AFTER", After, StringComparison.Ordinal));
        string[] options =
        [
            "page.html", "--width", "320", "--height", "180", "--fps", "10", "--duration", "12", "--shards", "2", "--video-codec", "ffv1",
            "--pixel-format", "bgr0", "--progress", "none",
        ];

        RunResult chosen = await place.Run(["render", .. options, "-o", "chosen.mkv", "--probe"]);
        (await place.Run(["render", .. options, "--capture", "screenshot", "-o", "typed.mkv"])).Succeeded();

        await Assert.That(chosen.Succeeded().Stderr).Contains(ByCanvas);
        await Assert
            .That(chosen.Stderr)
            .Contains(
                "the page does not show one canvas element alone but <h1>, which cannot be captured by canvas (chunk 1, frame 100 of ");
        await Assert.That(chosen.Stderr).Contains("; all chunks are rendered by screenshot\n");
        byte[] pixels = await Video.DecodeAsync(place.Directory.PathOf("chosen.mkv"));
        byte[] typed = await Video.DecodeAsync(place.Directory.PathOf("typed.mkv"));
        await Assert.That(pixels.AsSpan().SequenceEqual(typed)).IsTrue();
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["chosen.mkv", "page.html", "typed.mkv"]);
    }

    /// <summary>Paint would blur what is next to the backdrop, in frame 100 alone, which was not compared.</summary>
    [Test]
    public async Task What_paint_would_show_wrongly_in_one_frame_is_rendered_by_screenshot()
    {
        const string Body =
            "<p></p><script>let n = 0; requestAnimationFrame(function next() { "
            + "document.querySelector('p').style.backdropFilter = n++ === 100 ? 'blur(4px)' : 'none'; "
            + "requestAnimationFrame(next); })</script>";
        using var place = new RenderPlace(
            helios,
            PageOf("p { position: absolute; margin: 0; top: 0; width: 60px; height: 60px }", Body));
        string[] options =
        [
            "page.html", "--width", "320", "--height", "180", "--fps", "10", "--duration", "12", "--shards", "2", "--video-codec", "ffv1",
            "--pixel-format", "bgr0",
        ];

        RunResult chosen = await place.Run(["render", .. options, "-o", "chosen.mkv", "--probe"]);
        (await place.Run(["render", .. options, "--capture", "screenshot", "-o", "typed.mkv"])).Succeeded();

        await Assert.That(chosen.Succeeded().Stderr).Contains("capture paint: ");
        await Assert
            .That(chosen.Stderr)
            .Contains("the page has a blurred backdrop (backdrop-filter), which cannot be captured by paint (chunk 1, frame 100 of ");
        byte[] pixels = await Video.DecodeAsync(place.Directory.PathOf("chosen.mkv"));
        byte[] typed = await Video.DecodeAsync(place.Directory.PathOf("typed.mkv"));
        await Assert.That(pixels.AsSpan().SequenceEqual(typed)).IsTrue();
    }

    /// <summary>What is around the canvas element decides pixels, too, and may begin to do so after the compared frames.</summary>
    [Test]
    [Arguments(
        "<div style='overflow:hidden;width:320px;height:180px;animation:narrow 2s 6s both'>CANVAS</div><style>@keyframes narrow { to { width: 0 } }</style>",
        "", "bgr0", DisplayName = "a box that clips it later")]
    [Arguments("<x-stage></x-stage><script>document.querySelector('x-stage').attachShadow({ mode: 'open' }).innerHTML = `CANVAS`</script>",
        "if (time > 6000) context.clearRect(0, 0, 160, 180);", "bgr0", DisplayName = "a ground behind a shadow root")]
    [Arguments("CANVAS", "if (time > 6000) context.clearRect(0, 0, 160, 180);", "bgra", DisplayName = "a ground where alpha is kept")]
    public async Task What_is_around_the_canvas_element_is_in_the_video(string body, string after, string format)
    {
        const string Element = "<canvas style='display:block' width='320' height='180'></canvas>";
        string page = Canvas
            .Replace(
                "<canvas width=\"320\" height=\"180\"></canvas>",
                body.Replace("CANVAS", Element, StringComparison.Ordinal),
                StringComparison.Ordinal)
            .Replace("body { margin: 0 }", "body { margin: 0; background: #204060 }", StringComparison.Ordinal)
            .Replace(
                "document.querySelector(\"canvas\")", "(document.querySelector('x-stage')?.shadowRoot ?? document).querySelector('canvas')",
                StringComparison.Ordinal)
            .Replace("AFTER", after, StringComparison.Ordinal);
        using var place = new RenderPlace(helios, page);
        string[] options =
        [
            "page.html", "--width", "320", "--height", "180", "--fps", "10", "--duration", "12", "--shards", "2", "--video-codec", "ffv1",
            "--pixel-format", format, "--progress", "none",
        ];

        RunResult chosen = await place.Run(["render", .. options, "-o", "chosen.mkv", "--probe"]);
        (await place.Run(["render", .. options, "--capture", "screenshot", "-o", "typed.mkv"])).Succeeded();

        await Assert.That(chosen.Succeeded().Stderr).Matches("(^|\n)capture (canvas|paint): ");
        byte[] pixels = await Video.DecodeAsync(place.Directory.PathOf("chosen.mkv"));
        byte[] typed = await Video.DecodeAsync(place.Directory.PathOf("typed.mkv"));
        await Assert.That(pixels.AsSpan().SequenceEqual(typed)).IsTrue();
    }

    /// <summary>What the browser has for paint is hidden: otherwise a page could draw another picture than by screenshot.</summary>
    [Test]
    public async Task A_page_by_paint_finds_the_interfaces_that_it_finds_by_screenshot()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><body><script>
            const names = Object.getOwnPropertyNames(window).filter(name => !name.startsWith("_") && name !== "gc");
            const members = name => Object.getOwnPropertyNames(window[name]?.prototype ?? {}).map(member => `${name}.${member}`);
            const all = [...names, ...names.filter(name => /^[A-Z]/.test(name)).flatMap(members)].sort().join();
            console.error(`found ${all.length} ${/Element(Sub)?Image/.test(all)}`);
            </script>
            """);

        string[] said = ["", ""];
        foreach (string way in (string[])["screenshot", "paint"])
        {
            await place.PlanAsync("--frames", "1", "--capture", way);
            said[way == "paint" ? 1 : 0] = (await place.Render("--force")).Succeeded().Stderr.Split(" (")[0];
        }

        await Assert.That(said[0]).Matches("found [0-9]{6} false");
        await Assert.That(said[1]).IsEqualTo(said[0]);
    }

    [Test]
    public async Task A_typed_way_is_not_replaced()
    {
        using var place = new RenderPlace(
            helios,
            Canvas.Replace("AFTER", "if (time > 300) document.body.append('Late');", StringComparison.Ordinal));

        RunResult result = await place.Run(
            "render", "page.html", "--width", "320", "--height", "180", "--fps", "10", "--duration", "1", "--capture", "canvas", "--shards",
            "1", "--progress", "none");

        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert
            .That(result.Stderr)
            .Contains("the page does not show one canvas element alone but text, which cannot be captured by canvas (chunk 0, frame 3 of ");
        await Assert.That(result.Stderr).Contains("); plan the job with --capture screenshot\n");
    }
}
