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

namespace Helios.EndToEnd.Frames;

/// <summary>
/// Pages that seem to show one canvas element and nothing else. Where they do, its pixels are those of a screenshot; where something else
/// decides pixels, however little of it is a box of its own, capture by canvas refuses them.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class SoleCanvasTests(NativeBinary helios)
{
    private const string Canvas = "<canvas width='320' height='180'></canvas>";
    private const string Fixed = "canvas { position: fixed; inset: 0 } ";
    private const string Below = "canvas { position: fixed; inset: 0; z-index: -1 } body { height: 100px } ";
    private const string Bare =
        "margin: 0; border: 0; padding: 0; outline: none; background: transparent; max-width: none; max-height: none; "
        + "overflow: visible; inset: 0; width: 320px; height: 180px";

    public static IEnumerable<TestDataRow<(string Style, string Body, string What)>> Refused()
    {
        yield return new(("canvas { box-sizing: border-box; width: 320px; height: 180px; border-right: 20px solid red }", Canvas,
            "a canvas element with borderRightWidth 20px"));
        yield return new(("canvas { box-sizing: border-box; width: 320px; height: 180px; padding-bottom: 20px }", Canvas,
            "a canvas element with paddingBottom 20px"));
        yield return new(("canvas { object-view-box: inset(20px); width: 320px; height: 180px }", Canvas,
            "a canvas element with objectViewBox inset(20px)"));
        yield return new(("canvas { offset-path: path('M 160 90 L 0 90') }", Canvas, "a canvas element with offsetPath path("),
            DisplayName: "upside down by a path");
        yield return new(("canvas { -webkit-mask-box-image: linear-gradient(#000, transparent) }", Canvas,
            "a canvas element with webkitMaskBoxImageSource "));
        yield return new(("canvas { background: red; background-clip: text }", Canvas, "a canvas element with backgroundClip text"));
        yield return new(("canvas { background: rgb(255 0 0 / 50%) } body { background: #008 }", Canvas,
            "a canvas element with background-color rgba(255, 0, 0, 0.5)"));
        yield return new(("div { overflow: hidden; resize: both; width: 320px; height: 180px }", $"<div>{Canvas}</div>",
            "a canvas element with resize both"));
        yield return new(("div { backdrop-filter: invert(1) }", $"<div>{Canvas}</div>", "a canvas element with backdropFilter invert(1)"));
        yield return new((Below + "body { border: 20px solid red }", Canvas, "a canvas element with borderTopWidth 20px"),
            DisplayName: "a border above the canvas element");
        yield return new((Below + "html { background: #000 } body { background: red }", Canvas,
            "a canvas element in <body> with background-color rgb(255, 0, 0)"), DisplayName: "a body above the canvas element");
        yield return new((Fixed + "html { background: #008 } body { background: #800 }", Canvas,
            "a canvas element in <body> with background-color rgb(136, 0, 0)"), DisplayName: "a body without height");
        yield return new((Fixed + "body { display: list-item; list-style: inside disc; font-size: 90px }", Canvas, "generated content"),
            DisplayName: "a marker");
        yield return new((Fixed + "details::details-content { background: red; height: 180px } summary { display: none }",
            $"<details open><summary></summary>{Canvas}</details>", "generated content"), DisplayName: "content of details");
        yield return new((Fixed + "html { overflow-y: scroll } html::scroll-button(down) { content: 'v'; position: fixed; inset: 9px }",
            Canvas, "generated content"), DisplayName: "a button for scrolling");
        yield return new(("div { width: 320px; height: 180px; overflow-x: scroll; scroll-marker-group: after }", $"<div>{Canvas}</div>",
            "a canvas element with scrollMarkerGroup after"));
        yield return new(("canvas { display: inline; vertical-align: top } div { line-height: 180px } div::first-line { background: red }",
            $"<div>{Canvas}</div>", "a first line"));
        yield return new((Fixed + "div { white-space: pre; font-size: 40px; text-decoration: underline 20px red }",
            $"<div>    {Canvas}</div>", "a canvas element with textDecorationLine underline"));
        yield return new((Fixed + "div { display: grid; grid: 180px / 90px 90px; gap: 20px; column-rule: 20px solid red }",
            $"<div>{Canvas}</div>", "a canvas element with columnRuleStyle solid"));
        yield return new(("", "<meta name='color-scheme' content='dark'>" + Canvas, "a dark color-scheme"));
        yield return new(($"dialog {{ {Bare} }} dialog::backdrop {{ background: red }}",
            $"<dialog>{Canvas}</dialog><script>document.querySelector('dialog').showModal()</script>",
            "a canvas element in <dialog> with a place in the top layer"));
        yield return new(($"div {{ {Bare} }} div::backdrop {{ background: red }}",
            $"<div popover>{Canvas}</div><script>document.querySelector('div').showPopover()</script>",
            "a canvas element in <div> with a place in the top layer"));
        yield return new(("canvas { position: absolute; left: 0.4px }", Canvas,
            "a canvas element of another size or place than the viewport"));
        yield return new(("div { mix-blend-mode: difference }", $"<div>{Canvas}</div>", "a canvas element with mixBlendMode difference"));
        yield return new(("@keyframes fade { to { opacity: 0 } } div { animation: fade 1s both }", $"<div>{Canvas}</div>",
            "a canvas element with opacity 0."));
    }

    [Test]
    [MethodDataSource(nameof(Refused))]
    public async Task What_else_decides_pixels_is_refused(string style, string body, string what)
    {
        using var place = new RenderPlace(helios, PageOf(style, body));

        RunResult result = await place.Run(["render", "page.html", .. s_job, "--capture", "canvas", "-o", "out.mkv"]);

        await Assert
            .That(RenderPlace.Said(result))
            .Contains($"helios: the page does not show one canvas element alone but {what}")
            .And.Contains(", which cannot be captured by canvas (chunk 0, ");
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments("body { background: #800 } canvas { position: fixed; inset: 0 }", "1", DisplayName = "ground of the body")]
    [Arguments("html { background: rgb(0 0 255 / 30%) }", "1", DisplayName = "translucent ground of the document")]
    [Arguments("canvas { background: #f00 } body { background: oklch(60% 0.1 200) }", "1", DisplayName = "a ground of its own")]
    [Arguments("html { zoom: 0.5 } canvas { width: 640px; height: 360px }", "1", DisplayName = "zoomed")]
    [Arguments("canvas { image-rendering: pixelated; will-change: transform }", "1", DisplayName = "hints")]
    [Arguments("body { height: 900px } canvas { position: fixed; inset: 0 }", "1", DisplayName = "a page that could be scrolled")]
    [Arguments("", "2")]
    [Arguments("", "1.5")]
    [Arguments("", "1.25")]
    public async Task One_that_is_all_there_is_to_see_has_the_pixels_of_a_screenshot(string style, string scale)
    {
        using var place = new RenderPlace(helios, PageOf(style, Canvas));
        string[] job = [.. s_job, "--scale", scale];

        (await place.Run(["render", "page.html", .. job, "--capture", "canvas", "-o", "canvas.mkv"])).Succeeded();
        (await place.Run(["render", "page.html", .. job, "--capture", "screenshot", "-o", "shots.mkv"])).Succeeded();

        byte[] pixels = await Video.DecodeAsync(place.Directory.PathOf("canvas.mkv"));
        byte[] shots = await Video.DecodeAsync(place.Directory.PathOf("shots.mkv"));
        await Assert.That(shots.Length).IsEqualTo((int)(320 * 180 * 3 * 4 * decimal.Parse(scale) * decimal.Parse(scale)));
        await Assert.That(pixels.AsSpan().SequenceEqual(shots)).IsTrue();
    }

    /// <summary>A page that leaves the element at its size of CSS pixels has fewer pixels than a screen of that scale shows.</summary>
    [Test]
    [Arguments("", "2", "canvas")]
    [Arguments("", "1.5", "canvas")]
    [Arguments("#unaware", "2", "screenshot")]
    public async Task At_a_scale_it_is_chosen_where_the_page_draws_at_that_scale(string hash, string scale, string capture)
    {
        using var place = new RenderPlace(helios, PageOf("", Canvas));

        RunResult result = await place.Run(
            "export-job", "page.html" + hash, "--probe", "--width", "320", "--height", "180", "--fps", "10", "--duration", "12",
            "--scale", scale, "--job", "job.json");

        JsonNode options = place.Job["renderOptions"]!;
        await Assert.That(result.Succeeded().Stderr).Contains($"capture {capture}: ");
        await Assert.That((string)options["capture"]!).IsEqualTo(capture);
        if (capture == "canvas") await Assert.That(result.Stderr).Contains(": 2 frames by canvas and screenshots differ by 0 of ");
    }

    private static readonly string[] s_job =
    [
        "--width", "320", "--height", "180", "--fps", "10", "--frames", "4", "--shards", "1", "--video-codec", "ffv1",
        "--pixel-format", "bgr0",
    ];

    /// <summary>A translucent picture, so that what is behind the element decides pixels, too.</summary>
    private static string PageOf(string style, string body) =>
        $$"""
        <!doctype html><style>html, body { margin: 0; padding: 0 } canvas { display: block } {{style}}</style>{{body}}<script>
        const canvas = document.querySelector("canvas"), context = canvas.getContext("2d");
        const ratio = location.hash === "#unaware" ? 1 : devicePixelRatio;
        if (ratio !== 1) {
          [canvas.style.width, canvas.style.height] = ["320px", "180px"];
          [canvas.width, canvas.height] = [320 * ratio, 180 * ratio];
        }
        let n = 0;
        const draw = () => {
          context.clearRect(0, 0, canvas.width, canvas.height);
          context.fillStyle = "rgb(20 200 80 / 40%)";
          context.fillRect(0, 0, canvas.width, canvas.height);
          context.fillStyle = "#fff";
          context.fillRect(20 + 30 * n++, 40, 31, 31);
          requestAnimationFrame(draw);
        };
        requestAnimationFrame(draw);
        </script>
        """;
}
