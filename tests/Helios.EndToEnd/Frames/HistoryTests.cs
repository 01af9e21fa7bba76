using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
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

namespace Helios.EndToEnd.Frames;

/// <summary>
/// With history auto a chunk has the frames that it has by replay, whatever the page does to observe the frames before it; and a page that
/// cannot observe them costs nothing for them.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class HistoryTests(NativeBinary helios)
{
    private const int Start = 43;
    private const int Count = 4;

    private static readonly string s_folder = Path.Combine(Repository.Project, "Pages", "history");

    /// <summary>What more than one test compares with: rendered by the first of them.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<Task<string[]>>> s_replays = new();

    /// <summary>Pages that look like functions of time and are not, as a jump over everything shows.</summary>
    private static readonly string[] s_observers =
    [
        "animation-onfinish", "animation-promise", "container-query", "content-visibility", "display-animation", "event-in-iframe",
        "handler-attribute", "handler-attribute-late", "inherited-transition", "intersection-in-timer", "listener-on-shadow-root",
        "observer-in-timer", "performance-observer", "scroll-timeline", "slides", "smil-class",
    ];

    /// <summary>Pages of which most frames are not run.</summary>
    private static readonly string[] s_jumpers =
    [
        "hook", "keyframes", "observer-at-end", "position-in-timer", "react-root", "slides", "transition-after-animation",
    ];

    public static IEnumerable<string> PageNames() =>
        Directory.EnumerateFiles(s_folder, "*.html").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static IEnumerable<string> Observers() => s_observers;

    [Test]
    [MethodDataSource(nameof(PageNames))]
    [Timeout(600_000)] // enough for twenty runs
    public async Task A_chunk_has_the_frames_of_a_replay(string page)
    {
        using var directory = new TestDirectory();

        string[] replayed = await ReplayAsync(page);
        var (frames, preroll) = await RenderAsync(directory, page, "auto");

        await Assert.That(string.Join('\n', frames)).IsEqualTo(string.Join('\n', replayed));
        for (int run = 1; run < DeterminismTests.Runs; run++)
        {
            await Assert
                .That(string.Join('\n', (await RenderAsync(directory, page, "auto")).Frames))
                .IsEqualTo(string.Join('\n', replayed));
        }

        await Assert.That(frames.Length).IsEqualTo(Count);
        await Assert.That(preroll.Sum(member => (int)member.Value!)).IsEqualTo(Start - 1);
        if (s_jumpers.Contains(page)) await Assert.That((int)preroll["jumped"]!).IsGreaterThan(Start / 2);
    }

    /// <summary>Otherwise the test above could not fail.</summary>
    [Test]
    [MethodDataSource(nameof(Observers))]
    public async Task A_jump_over_all_frames_shows_others(string page)
    {
        using var directory = new TestDirectory();

        string[] replayed = await ReplayAsync(page);
        var (frames, preroll) = await RenderAsync(directory, page, "seek");

        await Assert.That(string.Join('\n', frames)).IsNotEqualTo(string.Join('\n', replayed));
        await Assert.That((int)preroll["jumped"]!).IsEqualTo(Start - 3);
    }

    /// <summary>The time limit of a frame is for ten seconds of the page's time.</summary>
    [Test]
    public async Task A_jump_of_an_hour_goes_through_a_timer_of_a_millisecond()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><p></p><script>let count = 0; setInterval(() => { count++; }, 1); helios = { fps: 30, seek() { document.querySelector("p").textContent = count; } };</script>
            """);
        await place.PlanAsync("--start-frame", "108000", "--frames", "1");

        (await place.Render("--quiet", "--timeout", Pace.Option(20))).Succeeded();

        await Assert.That((int)place.ReceiptOf(0)["preroll"]!["jumped"]!).IsEqualTo(107_997);
    }

    /// <summary>Each chunk would report another beginning, and the merge would mix them all.</summary>
    [Test]
    public async Task What_a_hook_plays_by_script_is_not_jumped_over()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><script>
            let sound = null;
            window.__hf = { seek(time) { if (time >= 0.1 && !sound) { sound = new Audio("a.wav"); sound.play(); } } };
            </script>
            """);
        place.Directory.Write("a.wav", Sound.MakeClicks([100], 48_000));
        await place.PlanAsync("--frames", "20", "--chunk-frames", "10");
        RunResult jumped = await place.Render("--index", "1", "--quiet");
        RunResult replayed = await place.Render("--index", "1", "--quiet", "--preroll", "replay");

        await Assert
            .That(RenderPlace.Said(jumped))
            .Matches(
                "^helios: the page starts or stops [^\n]*a\\.wav by script after a jump over frames, so its time is not known \\([^\n]+\\); plan the job with --history replay\n$"
            );
        await Assert.That(jumped.ExitCode).IsEqualTo(65);
        await Assert.That((double)place.ReceiptOf(1)["media"]![0]!["start"]!).IsEqualTo(0.1);
        _ = replayed.Succeeded();
    }

    /// <summary>The same with every frame before it run.</summary>
    private Task<string[]> ReplayAsync(string page) =>
        s_replays
            .GetOrAdd(page, _ => new Lazy<Task<string[]>>(async () =>
            {
                using var directory = new TestDirectory();
                return (await RenderAsync(directory, page, "replay")).Frames;
            }))
            .Value;

    /// <summary>Hashes of the frames of a chunk that begins later, and what became of the frames before it.</summary>
    private async Task<(string[] Frames, JsonObject Preroll)> RenderAsync(TestDirectory directory, string page, string history)
    {
        (
            await helios
                .Run(
                    "export-job",
                    Path.Combine(s_folder, page + ".html"),
                    "--width", "320", "--height", "180", "--fps", "30", "--frames", $"{Start + Count}", "--chunk-frames", $"{Start}",
                    "--video-codec", "ffv1", "--pixel-format", "bgr0", "--history", history, "-o", "x.mkv", "--job", "job.json", "--job-id",
                    "j", "-q")
                .In(directory)
        ).Succeeded();
        ProcessRun render = helios.Run("render-chunk", "job.json", "--index", "1", "--force", "-q").In(directory);
        (await render.WithEnvironment("PATH", KnownEncoder.PathWithIt)).Succeeded();
        string file = directory.PathOf("temp_j_part_1.mov");
        return (
            StoredFrames.Digests(file),
            JsonNode.Parse(File.ReadAllText(file + ".json"))!["preroll"]!.AsObject());
    }
}
