using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Probes;

/// <summary>render --probe: from a page that says what it is to its video, without a number on the command line.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class ProbedRenderTests(NativeBinary helios)
{
    /// <summary>Green as long as it is taken to whole frames.</summary>
    private const string Page = """
        <!doctype html><body style="margin:0;background:#f00"><script>
        window.helios = {
          width: 320, height: 180, fps: 29.97, duration: 0.4,
          seek(frame) { document.body.style.background = Number.isInteger(frame) ? "#0f0" : "#f00"; },
        };
        fetch("missing.json").catch(() => { });
        </script>
        """;

    private const string Line =
        "from the page: width 320 (window.helios.width), height 180 (window.helios.height), fps 29.97003 (window.helios.fps), duration 0.4 (window.helios.duration)\n";

    private const string Missing =
        "helios: the page asked for https://composition.helios/missing.json and did not get it: no such file (loading https://composition.helios/page.html)\n";

    [Test]
    public async Task A_page_becomes_the_video_that_it_says_it_is()
    {
        using var place = new RenderPlace(helios, Page);

        RunResult result = await place.Run("render", "page.html", "--probe", "--shards", "2", "--progress", "none");

        JsonObject video = await Video.ProbeAsync(place.Directory.PathOf("output.mp4"));
        // and no warning a second time
        await Assert.That(RenderPlace.Said(result.Succeeded())).StartsWith(Missing + Line + "12 frames in ");
        await Assert.That(RenderPlace.Said(result).Split("missing.json").Length).IsEqualTo(2);
        await Assert
            .That(((string)video["nb_read_frames"]!, (int)video["width"]!, (int)video["height"]!, (string)video["r_frame_rate"]!))
            .IsEqualTo(("12", 320, 180, "30000/1001"));
        int[] pixel = Video.PixelAt(await Video.DecodeAsync(place.Directory.PathOf("output.mp4"), 7), 160, 90);
        await Assert.That((pixel[0] < 5, pixel[1] > 250)).IsEqualTo((true, true));
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["output.mp4", "page.html"]);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_program_is_told_in_an_event()
    {
        using var place = new RenderPlace(helios, Page);

        RunResult result = await place.Run("render", "page.html", "--probe", "--fps", "10", "--progress", "json");

        JsonObject[] events =
        [
            .. result
                .Succeeded()
                .Stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonNode.Parse(line)!.AsObject()),
        ];
        string probed = events.Single(line => (string)line["event"]! == "page-probed").ToJsonString();
        await Assert
            .That(probed)
            .IsEqualTo(
                """{"event":"page-probed","width":320,"height":180,"frameRate":"10/1","totalFrames":4,"fromPage":{"width":"window.helios.width","height":"window.helios.height","duration":"window.helios.duration"}}"""
            );
        await Assert.That((string)events.Last()["event"]!).IsEqualTo("job-finished");
        await Assert
            .That(
                events.Count(line =>
                    (string)line["event"]! == "warning" && ((string)line["message"]!).Contains("missing.json", StringComparison.Ordinal)))
            .IsEqualTo(1);
    }

    [Test]
    public async Task A_failed_probe_is_an_event_and_makes_no_directory()
    {
        using var place = new RenderPlace(helios, "<!doctype html><script>window.helios = { fps: NaN }</script>");

        RunResult result = await place.Run("render", "page.html", "--probe", "--frames-only", "--progress", "json");

        JsonObject error = JsonNode
            .Parse(result.Stderr.Split('\n').Single(line => line.Contains("\"event\":\"error\"", StringComparison.Ordinal)))!
            .AsObject();
        await Assert
            .That(((int)error["code"]!, (string)error["where"]!))
            .IsEqualTo((65, "window.helios.fps of https://composition.helios/page.html"));
        await Assert.That(result.Stderr.TrimEnd('\n').Split('\n').Last()).StartsWith("helios: the page says fps NaN, ");
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["page.html"]);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_still_has_the_size_of_the_page()
    {
        using var place = new RenderPlace(helios, Page);

        RunResult result = await place.Run("render", "page.html", "--probe", "--still", "3", "--progress", "none");

        await Assert
            .That(RenderPlace.Said(result.Succeeded()))
            .StartsWith(Missing + Line.Replace(", duration 0.4 (window.helios.duration)", "", StringComparison.Ordinal) + "frame 3 in ");
        await Assert.That((await Video.DecodeAsync(place.Directory.PathOf("still.png"), 0)).Length).IsEqualTo(320 * 180 * 3);
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["page.html", "still.png"]);
    }

    [Test]
    public async Task Frames_are_those_of_the_page()
    {
        using var place = new RenderPlace(helios, Page);

        RunResult result = await place.Run(
            "render", "page.html", "--probe", "--frames-only", "--start-frame", "9", "--progress", "none", "-q");

        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.Stderr);
        await Assert
            .That(Directory.EnumerateFiles(place.Directory.PathOf("frames")).Select(path => Path.GetFileName(path)).Order())
            .IsEquivalentTo(["000009.png", "000010.png", "000011.png"]);
    }
}
