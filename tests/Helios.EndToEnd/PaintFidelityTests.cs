using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd;

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
