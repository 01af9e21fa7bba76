using System;
using System.Collections.Generic;
using System.IO;
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
    private const int Frames = 12;
    private const double MostDifference = 1.5; // levels of 255, the mean over a frame; a box at the wrong place makes 5

    public static IEnumerable<string> Pages() => DeterminismTests.PageNames()
        .Except(DeterminismTests.RefusedByPaint().Select(row => row.Page))
        .Except(["will-change-scaling.html"]); // a screenshot is blurred there, because its first raster is scaled

    [Test]
    [MethodDataSource(nameof(Pages))]
    public async Task Paint_looks_like_a_screenshot(string page)
    {
        using var directory = new TestDirectory();
        foreach (string capture in (string[])["screenshot", "paint"])
        {
            (
                await helios
                    .Run(
                        "export-job",
                        Path.Combine(Repository.Project, "Pages", page),
                        "--width",
                        "320",
                        "--height",
                        "180",
                        "--fps",
                        "10",
                        "--frames",
                        "12",
                        "--capture",
                        capture,
                        "--video-codec",
                        "ffv1",
                        "--pixel-format",
                        "bgr0",
                        "-o",
                        "x.mkv",
                        "--job",
                        capture + ".json",
                        "--job-id",
                        capture)
                    .In(directory)
            ).Succeeded();
            (await helios.Run("render-chunk", capture + ".json", "--index", "0", "--root", Repository.Project).In(directory)).Succeeded();
        }

        byte[] shot = await Video.DecodeAsync(directory.PathOf("temp_screenshot_part_0.mov"));
        byte[] paint = await Video.DecodeAsync(directory.PathOf("temp_paint_part_0.mov"));
        int size = shot.Length / Frames;
        IEnumerable<double> differences = Enumerable
            .Range(0, Frames)
            .Select(frame => Differ(shot.AsSpan(frame * size, size), paint.AsSpan(frame * size, size)));

        await Assert.That(paint.Length).IsEqualTo(shot.Length);
        await Assert.That(differences.Max()).IsLessThan(MostDifference);
    }

    private static double Differ(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        long sum = 0;
        for (int i = 0; i < a.Length; i++) sum += Math.Abs(a[i] - b[i]);
        return (double)sum / a.Length;
    }
}
