using System;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Content;

/// <summary>A canvas element that draws HTML has its picture in the frame that draws it.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class HtmlInCanvasTests(NativeBinary helios)
{
    private const string Canvas = """
        <!doctype html><style>body { margin: 0; background: #fff } #box { width: 320px; height: 180px; background: #f00 }</style>
        <canvas id="canvas" width="320" height="180" layoutsubtree><div id="box"></div></canvas><script>
        const context = canvas.getContext("2d");
        canvas.onpaint = () => { context.drawElementImage(box, 0, 0); };
        SCRIPT
        </script>
        """;

    [Test]
    [Arguments("", "", DisplayName = "a page that stands still")]
    [Arguments("", "canvas.requestPaint();", DisplayName = "a page that asks for it all the time")]
    [Arguments("requestAnimationFrame(function frame() { requestAnimationFrame(frame); });", "", DisplayName = "a page with callbacks")]
    public async Task It_is_drawn_in_every_frame(string script, string inPaint)
    {
        string page = Canvas.Replace("SCRIPT", script, StringComparison.Ordinal);
        using var place = new RenderPlace(helios, page.Replace("0, 0); }", $"0, 0); {inPaint} }}", StringComparison.Ordinal));
        await place.PlanAsync("--frames", "4", "--chunk-frames", "2", "--video-codec", "ffv1", "--pixel-format", "bgr0", "-o", "x.mkv");
        (await place.Render("--index", "0", "-q")).Succeeded();
        (await place.Render("--index", "1", "-q")).Succeeded();

        byte[][] frames = [.. await Video.DecodeEachAsync(place.FileOf(0)), .. await Video.DecodeEachAsync(place.FileOf(1))];
        await Assert.That(frames.Length).IsEqualTo(4);
        for (int frame = 0; frame < 4; frame++)
            await Assert.That(Video.PixelAt(frames[frame], 160, 90)).IsEquivalentTo([255, 0, 0]).Because($"frame {frame}");

        (await place.Run("merge-chunks", "job.json")).Succeeded();
    }

    [Test]
    public async Task A_frame_that_names_it_in_a_page_that_does_not_is_65()
    {
        using var place = new RenderPlace(helios, "<!doctype html><iframe src=part.html></iframe>");
        place.Directory.Write("part.html", Canvas);
        await place.PlanAsync("--frames", "2");

        RunResult result = await place.Render("-q");

        await Assert.That(RenderPlace.Said(result))
            .StartsWith("helios: the page loads a document that draws HTML in a canvas element, and does not say so (");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }
}
