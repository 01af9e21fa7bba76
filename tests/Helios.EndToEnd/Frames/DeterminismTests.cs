using System;
using System.Collections.Generic;
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
/// Frames are a pure function of composition and frame number: every page of Pages/ is rendered whole and in
/// chunks, and their lossless frames are compared bit by bit. A new page is a new test. HELIOS_DETERMINISM_RUNS says how
/// often each page goes through all parts; a release takes 20. Without it each goes once through one of the two that find most.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class DeterminismTests(NativeBinary helios)
{
    private const int FewestPictures = 6; // some pages move rarely, but each of them moves

    private static readonly bool s_isWhole = Environment.GetEnvironmentVariable("HELIOS_DETERMINISM_RUNS") is not null;

    /// <summary>How often each page is rendered.</summary>
    internal static readonly int Runs = int.Parse(
        Environment.GetEnvironmentVariable("HELIOS_DETERMINISM_RUNS") ?? "1",
        CultureInfo.InvariantCulture);

    /// <summary>Pages that have a hook, which declares them functions of time, and state besides.</summary>
    private static readonly string[] s_stateful = ["gsap.html", "late-comers.html", "waiting-hooks.html"];

    // chunks of a job, and jobs that begin inside the piece; the second is a chunk of one frame
    private static readonly Part[] s_parts =
    [
        new("from frame 7", Start: 7, Count: 7, Index: 1, "--frames", "24", "--chunk-frames", "7"),
        new("the last frame", Start: 23, Count: 1, Index: 23, "--frames", "24", "--chunk-frames", "1"),
        new("from frame 1", Start: 1, Count: 23, Index: 0, "--start-frame", "1", "--frames", "23"),
        new("the second half", Start: 12, Count: 12, Index: 1, "--frames", "24", "--chunk-frames", "12"),
        new("the same again", Start: 0, Count: 24, Index: 0, "--frames", "24"),
    ];

    public static IEnumerable<(string Page, string Capture)> Pages() =>
        PageNames()
            .Select(page => (page, "screenshot"))
            .Concat(PageNames().Except(RefusedByPaint().Select(row => row.Page)).Select(page => (page, "paint")))
            .Concat(CanvasPages().Select(page => (page, "canvas")));

    private static IEnumerable<string> CanvasPages() =>
        ["canvas-2d.html", "webgl.html", "canvas-translucent.html", "canvas-still.html", "alpha-canvas.html", "answers-while-drawing.html"];

    /// <summary>What paint cannot do, and the word for it in the refusal.</summary>
    public static IEnumerable<(string Page, string Word)> RefusedByPaint() =>
    [
        ("gif-animation.html", "moves by itself"),
        ("webp-animation.html", "moves by itself"),
        ("content-visibility.html", "content-visibility: auto"),
        ("starting-style.html", "a popover"),
        ("view-transitions.html", "a view transition"),
        ("video-webm.html", "a video element"),
        ("video-mp4.html", "a video element"),
        ("late-video.html", "a video element"),
        ("media-source.html", "a video element"),
        ("media-source-by-timer.html", "a video element"),
        ("revealed-videos.html", "a video element"),
        ("css-filters-3d.html", "preserve-3d"),
        ("planes-3d.html", "preserve-3d"),
        ("canvas-scaled.html", "a canvas element that is scaled"),
        ("given-canvases.html", "a canvas element that is scaled"),
        ("webgl-frames.html", "a canvas element that is scaled"),
        ("top-layer.html", "a view transition"),
        ("text-between-pixels.html", "a blurred backdrop"),
        ("html-in-canvas.html", "draws HTML in a canvas element"),
    ];

    public static IEnumerable<string> PageNames() =>
        Directory.EnumerateFiles(PageRenders.Folder, "*.html").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    [Test]
    [MethodDataSource(nameof(Pages))]
    [Timeout(600_000)] // enough for twenty runs
    public async Task Every_part_has_the_frames_of_the_whole(string page, string capture)
    {
        using var directory = new TestDirectory();
        string[] way = ["--capture", capture, .. ModeOf(capture), .. s_stateful.Contains(page) ? (string[])["--history", "replay"] : []];
        string[] whole = await RenderWhole(page, capture);

        List<string> differences = [];
        // one of the first two in turn: where the suite is whole, every page has all of them
        int turn = (Array.IndexOf([.. PageNames()], page) + (capture == "screenshot" ? 0 : 1)) % 2;
        for (int run = 0; run < Runs; run++)
        {
            foreach (Part part in s_isWhole ? s_parts : [s_parts[turn]])
                differences.AddRange(Compare(part, whole, await Render(directory, page, part.Index, [.. way, .. part.Options])));
        }

        await Assert.That(whole.Length).IsEqualTo(PageRenders.Frames);
        await Assert.That(whole.Distinct().Count()).IsGreaterThanOrEqualTo(FewestPictures);
        await Assert.That(string.Join('\n', differences)).IsEqualTo("");
    }

    /// <summary>Jobs that begin late, by both ways to get there. Those that observe nothing are jumped to.</summary>
    [Test]
    [MethodDataSource(nameof(LateStarts))]
    [Timeout(300_000)]
    public async Task A_late_chunk_has_the_frames_of_one_that_was_replayed(string page, int start)
    {
        using var directory = new TestDirectory();
        string[] part = ["--start-frame", start.ToString(CultureInfo.InvariantCulture), "--frames", "4", "--history"];

        string[] found = await Render(directory, page, index: 0, [.. part, "auto"]);
        string[] replayed = await Render(directory, page, index: 0, [.. part, "replay"]);

        await Assert.That(found.Length).IsEqualTo(4);
        await Assert.That(string.Join('\n', found)).IsEqualTo(string.Join('\n', replayed));
    }

    /// <summary>All pages at both places where the suite is whole.</summary>
    public static IEnumerable<(string Page, int Start)> LateStarts() =>
        s_isWhole
            ? PageNames().Except(s_stateful).SelectMany(page => (IEnumerable<(string, int)>)[(page, 90), (page, 900)])
            :
            [
                ("css-keyframes.html", 900),
                ("timers.html", 90),
                ("timers-in-frames.html", 90),
                ("late-styles.html", 90),
                ("helios-hooks.html", 900),
            ];

    /// <summary>
    /// A page that runs twice as fast as the video is the one that the video of its own rate shows, of which every second frame is left
    /// out.
    /// </summary>
    [Test]
    [MethodDataSource(nameof(FasterPages))]
    [Timeout(300_000)]
    public async Task A_page_of_twice_the_rate_has_every_second_frame_of_a_video_of_that_rate(string page, string capture)
    {
        using var directory = new TestDirectory();
        string[] way = ["--capture", capture, .. ModeOf(capture), "--fps", "15", "--page-fps", "30", "--frames", "12"];
        string[] history = s_stateful.Contains(page) ? ["--history", "replay"] : [];
        string[] whole = await RenderWhole(page, capture);
        string[] second = [.. Enumerable.Range(0, 12).Select(frame => whole[frame * 2])];

        List<string> differences = [];
        for (int run = 0; run < Runs; run++)
        {
            differences.AddRange(
                Compare(new("whole", Start: 0, Count: 12, Index: 0), second, await Render(directory, page, 0, [.. way, .. history])));
            differences.AddRange(
                Compare(
                    new("from frame 5", Start: 5, Count: 5, Index: 1),
                    second,
                    await Render(directory, page, 1, [.. way, .. history, "--chunk-frames", "5"])));
        }

        await Assert.That(string.Join('\n', differences)).IsEqualTo("");
    }

    /// <summary>All pages where the suite is whole.</summary>
    public static IEnumerable<(string Page, string Capture)> FasterPages() =>
        s_isWhole
            ? Pages()
            : Pages()
                .Where(row =>
                    row.Page
                        is "raf-accumulating.html"
                            or "workers.html"
                            or "helios-hooks.html"
                            or "transitions.html"
                            or "late-styles.html"
                            or "webgl-uncleared.html");

    [Test]
    [MethodDataSource(nameof(RefusedByPaint))]
    public async Task Paint_refuses_what_it_cannot_show(string page, string word)
    {
        using var directory = new TestDirectory();
        (
            await helios
                .Run(
                    "export-job",
                    Path.Combine(PageRenders.Folder, page),
                    "--width", "320", "--height", "180", "--frames", "12", "--capture", "paint", "--job", "job.json", "-q")
                .In(directory)
        ).Succeeded();

        RunResult result = await helios.Run("render-chunk", "job.json", "--index", "0").In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(result.Stderr).Contains(word);
        await Assert.That(result.Stderr).Contains("plan the job with --capture screenshot");
    }

    /// <summary>Where nothing is blended differently, the ways give the same pixels.</summary>
    [Test]
    [Arguments("canvas-2d.html", "paint")]
    [Arguments("webgl.html", "paint")]
    [Arguments("raf-accumulating.html", "paint")]
    [Arguments("canvas-2d.html", "canvas")]
    [Arguments("webgl.html", "canvas")]
    [Arguments("webgl-uncleared.html", "canvas")]
    [Arguments("webgl-uncleared.html", "paint")]
    [Arguments("desynchronized.html", "paint")]
    [Arguments("canvas-translucent.html", "canvas")]
    [Arguments("canvas-still.html", "canvas")]
    [Arguments("alpha-canvas.html", "canvas")]
    [Arguments("alpha-canvas.html", "paint")]
    public async Task Another_way_gives_the_pixels_of_a_screenshot(string page, string capture)
    {
        using var directory = new TestDirectory();
        string[] mode = ModeOf(capture);

        string[] shot =
            mode.Length == 0
                ? await RenderWhole(page, "screenshot")
                : await Render(directory, page, index: 0, ["--capture", "screenshot", "--frames", "24", .. mode]);
        string[] other = await RenderWhole(page, capture);

        await Assert.That(string.Join('\n', other)).IsEqualTo(string.Join('\n', shot));
    }

    /// <summary>What decides how a chunk gets to its first frame, and other rates: 0.1 ms is no fraction of their frames.</summary>
    [Test]
    [Arguments("transitions.html", "30", "replay", "displayed")]
    [Arguments("raf-accumulating.html", "24000/1001", "auto", "displayed")]
    [Arguments("raf-accumulating.html", "60", "auto", null)]
    [Arguments("timers.html", "24000/1001", "auto", null)]
    [Arguments("css-keyframes.html", "23.5", "auto", null)]
    [Arguments("waapi.html", "60000/1001", "replay", null)]
    [Arguments("css-keyframes.html", "30", "seek", null)]
    [Arguments("timelines.html", "60", "seek", null)]
    public async Task A_chunk_has_the_frames_of_the_whole(string page, string rate, string history, string? preroll)
    {
        using var directory = new TestDirectory();
        string[] options = ["--fps", rate, "--history", history, "--frames", "24", "--chunk-frames"];

        string[] whole = await Render(directory, page, index: 0, [.. options, "24"]);
        string[] half = await RenderWith(directory, page, index: 1, preroll is null ? [] : ["--preroll", preroll], [.. options, "12"]);

        await Assert.That(whole.Distinct().Count()).IsGreaterThanOrEqualTo(FewestPictures);
        await Assert.That(string.Join('\n', half)).IsEqualTo(string.Join('\n', whole[12..]));
    }

    [Test]
    public async Task Props_reach_the_page()
    {
        using var directory = new TestDirectory();

        string[] given = await Render(directory, "props.html", index: 0, "--frames", "1");
        string[] other = await Render(directory, "props.html", index: 0, "--frames", "1", "--props", """{"title":"other"}""");

        await Assert.That(other[0]).IsNotEqualTo(given[0]);
    }

    [Test]
    [Arguments("math-random.html")]
    [Arguments("crypto-random.html")]
    public async Task The_seed_decides_chance(string page)
    {
        using var directory = new TestDirectory();

        string[] one = await Render(directory, page, index: 0, "--frames", "1", "--seed", "1");
        string[] two = await Render(directory, page, index: 0, "--frames", "1", "--seed", "2");

        await Assert.That(two[0]).IsNotEqualTo(one[0]);
    }

    [Test]
    public async Task A_transparent_page_keeps_its_alpha()
    {
        using var directory = new TestDirectory();
        _ = await Render(directory, "alpha.html", index: 0, "--frames", "1");

        byte[] alpha = (
            await Tool.Run("ffmpeg", "ffmpeg", "-v", "error", "-i", "temp_j_part_0.mov", "-vf", "extractplanes=a", "-f", "rawvideo", "-")
                .In(directory))
            .Succeeded()
            .Output;

        await Assert.That(alpha.Length).IsEqualTo(320 * 180);
        await Assert.That(alpha[0]).IsEqualTo((byte)0); // a corner, where nothing is
        await Assert.That(alpha[(80 * 320) + 60]).IsBetween((byte)40, (byte)60); // the red disc at its opacity of 0.2
    }

    private static string[] ModeOf(string capture) => PageRenders.ModeOf(capture);

    private Task<string[]> RenderWhole(string page, string capture) => PageRenders.HashesOfWholeAsync(helios, page, capture);

    /// <summary>Hashes of the frames of one chunk.</summary>
    private Task<string[]> Render(TestDirectory directory, string page, int index, params string[] options) =>
        RenderWith(directory, page, index, [], options);

    private async Task<string[]> RenderWith(TestDirectory directory, string page, int index, string[] workerOptions, string[] options) =>
        StoredFrames.Digests(await PageRenders.RenderAsync(helios, directory, page, index, workerOptions, options));

    private static IEnumerable<string> Compare(Part part, string[] whole, string[] frames)
    {
        if (frames.Length != part.Count) yield return $"{part.Name}: {frames.Length} frames, expected {part.Count}";

        int[] different =
        [
            .. Enumerable
                .Range(0, Math.Min(frames.Length, part.Count))
                .Where(i => frames[i] != whole[part.Start + i])
                .Select(i => part.Start + i),
        ];
        if (different.Length > 0)
            yield return $"{part.Name}: frames {string.Join(", ", different)} differ";
    }

    /// <param name="Name">For the report.</param>
    /// <param name="Start">Frame of the piece that it begins with.</param>
    /// <param name="Count">Frames that it has.</param>
    /// <param name="Index">Chunk of the plan.</param>
    /// <param name="Options">What makes the plan.</param>
    private sealed record Part(string Name, int Start, int Count, int Index, params string[] Options);
}
