using System;
using System.Collections.Generic;
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
/// Capture by paint shows what a screenshot shows, but for the smoothing of edges: on every page of Pages/ that it does not
/// refuse. Planes that hide each other and canvas elements that were scaled had once been painted wrongly, and alike every time.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class PaintFidelityTests(NativeBinary helios)
{
    private const double MostDifference = 1.5; // levels of 255, the mean over a frame; a box at the wrong place makes 5

    public static IEnumerable<string> Pages() => DeterminismTests.PageNames()
        .Except(DeterminismTests.RefusedByPaint().Select(row => row.Page))
        .Except(["will-change-scaling.html"]); // a screenshot is blurred there, because its first raster is scaled

    [Test]
    [MethodDataSource(nameof(Pages))]
    public async Task Paint_looks_like_a_screenshot(string page)
    {
        byte[] shot = await DecodeAsync(page, "screenshot");
        byte[] paint = await DecodeAsync(page, "paint");
        int size = shot.Length / PageRenders.Frames;
        IEnumerable<double> differences = Enumerable
            .Range(0, PageRenders.Frames)
            .Select(frame => Differ(shot.AsSpan(frame * size, size), paint.AsSpan(frame * size, size)));

        await Assert.That(paint.Length).IsEqualTo(shot.Length);
        await Assert.That(differences.Max()).IsLessThan(MostDifference);
    }

    /// <summary>Each was drawn otherwise than in a screenshot, without an error.</summary>
    [Test]
    [Arguments(":root { --some: blur(2px) } p { backdrop-filter: var(--some) }", "", "a blurred backdrop (backdrop-filter)",
        DisplayName = "a blurred backdrop by a variable")]
    [Arguments("", "document.querySelector('p').animate({ backdropFilter: ['none', 'blur(2px)'] }, 9000)",
        "a blurred backdrop (backdrop-filter)", DisplayName = "a blurred backdrop by a script's animation")]
    [Arguments("p { backdrop-filter: var(--none-yet) }", "", "a blurred backdrop (backdrop-filter)",
        DisplayName = "a variable that may become a blurred backdrop")]
    [Arguments(":root { --face: hidden } p { backface-visibility: var(--face) }", "", "preserve-3d or hidden back faces",
        DisplayName = "hidden back faces by a variable")]
    [Arguments("", "getSelection().selectAllChildren(document.querySelector('p'))", "a selection")]
    [Arguments("canvas { box-sizing: border-box; width: 64px; height: 64px; border-right: 9px solid }", "",
        "a canvas element that is scaled or does not stand at the page's corner", DisplayName = "a border of a canvas element")]
    [Arguments("canvas { width: 64px; height: 64px; object-view-box: inset(9px) }", "",
        "a canvas element that is scaled or does not stand at the page's corner", DisplayName = "a part of a canvas element")]
    public async Task What_paint_draws_otherwise_is_refused(string style, string script, string what)
    {
        const string Page = "<!doctype html><style>canvas { position: absolute; left: 0; top: 0; z-index: -1 } STYLE</style>"
            + "<p>Text</p><canvas width=64 height=64></canvas><script>SCRIPT</script>";
        using var place = new RenderPlace(
            helios,
            Page.Replace("STYLE", style, StringComparison.Ordinal).Replace("SCRIPT", script, StringComparison.Ordinal));
        await place.PlanAsync("--frames", "3", "--capture", "paint");

        RunResult result = await place.Render();

        await Assert
            .That(RenderPlace.Said(result))
            .StartsWith($"helios: the page has {what}, which cannot be captured by paint (");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    /// <summary>Chromium 156 dies of these inside a canvas element, or has nothing to capture.</summary>
    [Test]
    [Arguments("document.querySelector('dialog').showModal()", "a modal dialog")]
    [Arguments("document.querySelector('p').showPopover()", "a popover")]
    [Arguments("document.querySelector('p').startViewTransition(() => {})", "a view transition", DisplayName = "an element's transition")]
    [Arguments("document.startViewTransition(() => {})", "a view transition", DisplayName = "a transition of the document")]
    public async Task What_paint_cannot_draw_is_refused(string script, string what)
    {
        using var place = new RenderPlace(
            helios, $"<!doctype html><p popover>Text</p><dialog></dialog><script>setTimeout(() => {script}, 30)</script>");
        await place.PlanAsync("--frames", "3", "--capture", "paint");

        RunResult result = await place.Render();

        await Assert.That(RenderPlace.Said(result)).Contains(what);
        await Assert.That(RenderPlace.Said(result)).Contains("cannot be captured by paint");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    /// <summary>Renders that DeterminismTests compares with their parts.</summary>
    private async Task<byte[]> DecodeAsync(string page, string capture) =>
        await Video.DecodeAsync(await PageRenders.WholeAsync(helios, page, capture), PageRenders.HasAlpha(page) ? "bgra" : "rgb24");

    private static double Differ(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        long sum = 0;
        for (int i = 0; i < a.Length; i++) sum += Math.Abs(a[i] - b[i]);
        return (double)sum / a.Length;
    }
}
