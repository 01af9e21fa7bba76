using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Frames;

/// <summary>Jobs that are drawn with all instructions of the worker's processor (<c>--processor native</c>).</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class ProcessorTests(NativeBinary helios)
{
    private static bool IsX64 => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private const string Page = """
        <!doctype html><style>body { margin: 0 } div { width: 320px; height: 180px; animation: turn 1s linear; background: linear-gradient(#fa0, #05c) }
        @keyframes turn { to { transform: rotate(1turn) } }</style><div></div>
        """;

    /// <summary>Pages whose pixels depend on the processor (docs/decisions/0008): chunks of one machine fit all the same.</summary>
    [Test]
    [Arguments("css-filters-3d.html", "screenshot")]
    [Arguments("planes-3d.html", "screenshot")]
    [Arguments("alpha.html", "paint")]
    [Arguments("canvas-2d.html", "canvas")]
    public async Task Every_part_has_the_frames_of_the_whole(string page, string capture)
    {
        using var directory = new TestDirectory();
        string[] way = ["--processor", "native", "--capture", capture, .. PageRenders.ModeOf(capture), "--frames", "24"];

        string[] whole = StoredFrames.Digests(await PageRenders.RenderAsync(helios, directory, page, 0, [], way));
        string chunk = await PageRenders.RenderAsync(helios, directory, page, 1, [], [.. way, "--chunk-frames", "7"]);
        string[] part = StoredFrames.Digests(chunk);

        await Assert.That(string.Join('\n', part)).IsEqualTo(string.Join('\n', whole[7..14]));
        await Assert.That(whole.Distinct().Count()).IsGreaterThan(6);
    }

    /// <summary>On arm64 the browser has one kind of instructions.</summary>
    [Test]
    public async Task The_receipt_names_the_kind_of_processor_and_another_one_is_refused()
    {
        using var place = new RenderPlace(helios, Page);
        await place.PlanAsync("--frames", "4", "--shards", "2", "--processor", "native");
        await place.RenderAllAsync();
        string native = (string)place.ReceiptOf(1)["seal"]!["processor"]!;
        (await place.Run("merge-chunks", "job.json")).Succeeded();
        JsonObject receipt = place.ReceiptOf(1);
        receipt["seal"]!["processor"] = "x64 CentaurHauls avx";
        await File.WriteAllTextAsync(place.FileOf(1) + ".json", receipt.ToJsonString());

        RunResult refused = await place.Run("merge-chunks", "job.json");

        await Assert.That((string)place.Job["renderOptions"]!["processor"]!).IsEqualTo("native");
        await Assert.That(native).Matches(IsX64 ? "^x64 [A-Za-z]+( [a-z0-9_]+)*$" : "^arm64$");
        foreach (string set in IsX64 ? (string[])["ssse3", "avx", "fma", "avx2", "avx512f", "avx512vl"] : [])
            await Assert.That(native.Split(' ').Contains(set)).IsEqualTo(FlagsOfProcessor().Contains(set));
        await Assert
            .That(refused.Stderr)
            .Matches(
                $"^chunk 0: rendered by [^\n]+ on {native}\nchunk 1: rendered by [^\n]+ on x64 CentaurHauls avx\nhelios: the chunks were rendered by different versions of helios, browser or encoder, or kinds of processor, so seams may be seen "
            );
        await Assert.That(refused.ExitCode).IsEqualTo(65);
    }

    private static string[] FlagsOfProcessor() =>
        File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("flags", StringComparison.Ordinal)).Split(' ');

    [Test]
    [Arguments("any", true)]
    [Arguments("native", false)]
    public async Task The_browser_is_told(string processor, bool isPortable)
    {
        using var place = new RenderPlace(helios, Page);
        await place.PlanAsync("--frames", "60", "--processor", processor);
        List<bool> seen = [];

        RunResult result = await place.DisturbAsync(helios => place.WhileStoppedAsync(helios, (_, line) =>
        {
            if (line.Contains("--user-data-dir", StringComparison.Ordinal))
                seen.Add(line.Contains("--disable-skia-runtime-opts", StringComparison.Ordinal));
        }));

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(seen).Contains(isPortable);
        await Assert.That(seen).DoesNotContain(!isPortable);
    }

    /// <summary>With the questions before the plan, which go to a browser as well.</summary>
    [Test]
    public async Task A_render_that_asks_the_page_takes_it_too()
    {
        using var place = new RenderPlace(helios, Page);

        RunResult result = await place.Run(
            "render", "page.html", "--probe", "--frames", "120", "--width", "320", "--height", "180", "--job", "job.json", "--keep-chunks");

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That((string?)place.Job["renderOptions"]!["processor"]).IsEqualTo("native");
        await Assert.That((string)place.ReceiptOf(0)["seal"]!["processor"]!).StartsWith(IsX64 ? "x64 " : "arm64");
    }

    [Test]
    public async Task Without_it_the_architecture_is_all_that_counts()
    {
        using var place = new RenderPlace(helios, Page);
        await place.PlanAsync("--frames", "2");

        await place.RenderAllAsync();

        await Assert.That((string)place.ReceiptOf(0)["seal"]!["processor"]!).IsEqualTo(IsX64 ? "x64" : "arm64");
        await Assert.That(place.Job["renderOptions"]!["processor"]).IsNull();
    }

    /// <summary>What render draws is drawn on one machine; short jobs, stills and plans are for any.</summary>
    [Test]
    [Arguments("render page.html --frames 120", "native", DisplayName = "render of four seconds")]
    [Arguments("render page.html --duration 4", "native", DisplayName = "a duration")]
    [Arguments("render page.html --frames 120 --start-frame 7", null, DisplayName = "a part")]
    [Arguments("render page.html --frames 120 -o %05d.png", null, DisplayName = "files")]
    [Arguments("render page.html --frames 120 --start-frame 0", "native", DisplayName = "from the start")]
    [Arguments("render page.html --frames 120 --frames-only", null, DisplayName = "frames")]
    [Arguments("render page.html --frames 120 --processor any", null, DisplayName = "render for any")]
    [Arguments("render page.html --frames 119", null, DisplayName = "a short render")]
    [Arguments("render page.html --frames 2 --processor native", "native", DisplayName = "a short render with native instructions")]
    [Arguments("export-job page.html --frames 1000", null, DisplayName = "a plan")]
    [Arguments("export-job page.html --frames 2 --processor native", "native", DisplayName = "a plan with native instructions")]
    public async Task Who_draws_decides(string command, string? processor)
    {
        using var place = new RenderPlace(helios, Page);
        string[] browser = command.StartsWith("render", StringComparison.Ordinal) ? ["--browser", "/nowhere"] : [];

        _ = await place.Run([.. command.Split(' '), "--job", "job.json", .. browser]);

        await Assert.That((string?)place.Job["renderOptions"]!["processor"]).IsEqualTo(processor);
    }
}
