using System;
using System.Globalization;
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
/// A page with animation frames at another rate than the video: each frame of the video shows the page at its own time, after as many
/// animation frames as the page's rate has until then.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(180_000)]
public sealed class PageRateTests(NativeBinary helios)
{
    /// <summary>
    /// Rows: animation frames so far; of a worker; time stamp and clock since frame 0, μs; sum of all steps; an animation of CSS, 10 ms.
    /// </summary>
    private const string Page = """
        <!doctype html>
        <style>
          body { margin: 0; background: #000; }
          canvas { display: block; }
          @keyframes count { from { z-index: 0; } to { z-index: 1000000; } }
          #box { position: absolute; animation: count 10000s linear both; }
        </style>
        <canvas width="320" height="180"></canvas><div id="box"></div>
        <script>
        const context = document.querySelector("canvas").getContext("2d", { willReadFrequently: true });
        const write = (row, value) => {
          for (let bit = 0; bit < 20; bit++) { context.fillStyle = value >> bit & 1 ? "#fff" : "#000"; context.fillRect(bit * 16, row * 10, 16, 10); }
        };
        let ofWorker = 0;
        new Worker(URL.createObjectURL(new Blob(["let n = 0; requestAnimationFrame(function frame() { postMessage(++n); requestAnimationFrame(frame); });"]))).onmessage = ({ data }) => { ofWorker = data; };
        let frames = 0, last = LEAD, sum = 0;
        requestAnimationFrame(function frame(time) {
          frames++;
          sum += time - last;
          last = time;
          [frames, ofWorker, Math.round((time - LEAD) * 1000), Math.round((performance.now() - LEAD) * 1000), Math.round(sum * 1000), Number(getComputedStyle(box).zIndex)]
            .forEach((value, row) => write(row, Math.max(0, value) % 1000000));
          requestAnimationFrame(frame);
        });
        </script>
        """;

    [Test]
    [Arguments("30", "60", "screenshot")]
    [Arguments("30", "60", "canvas")]
    [Arguments("24", "60", "screenshot")]
    [Arguments("25", "60", "paint")]
    [Arguments("30000/1001", "60000/1001", "screenshot")]
    [Arguments("29.97", "60", "canvas")]
    [Arguments("59.94", "60", "canvas")]
    [Arguments("59.94", "60", "canvas", 990)]
    [Arguments("10", "120", "canvas")]
    public async Task A_frame_shows_the_page_at_its_time_after_as_many_animation_frames_as_its_rate_has(
        string rate,
        string page,
        string capture,
        int start = 0)
    {
        // ms that the clock is ahead
        using var place = new RenderPlace(helios, Page.Replace("LEAD", page == "120" ? "6" : "12", StringComparison.Ordinal));
        string[] options =
        [
            "--fps", rate, "--page-fps", page, "--frames", "24", "--start-frame", $"{start}", "--video-codec", "ffv1", "--pixel-format",
            "bgr0", "-o", "x.mkv",
            .. capture == "canvas" ? (string[])["--mode", "canvas"] : ["--capture", capture],
        ];
        const int chunks = 2; // each goes through all frames before it
        await place.PlanAsync([.. options, "--shards", $"{chunks}"]);
        for (int chunk = 0; chunk < chunks; chunk++) (await place.Render("--index", $"{chunk}", "--quiet")).Succeeded();
        (await place.Run("merge-chunks", "job.json")).Succeeded();
        int[][] parts = await Cells.ReadAsync(place.Directory.PathOf("x.mkv"), 6);
        await place.PlanAsync(options);
        await place.RenderAllAsync();
        int[][] whole = await Cells.ReadAsync(place.FileOf(0), 6);

        (decimal video, decimal own) = (NumberOf(rate), NumberOf(page));
        string[] expected =
        [
            .. Enumerable
                .Range(start, 24)
                .Select(frame => Describe((int)decimal.Floor((frame * own / video) + 1e-12m), frame / (double)video)),
        ];
        await Assert.That(string.Join('\n', whole.Select(row => string.Join(' ', row)))).IsEqualTo(string.Join('\n', expected));
        await Assert.That(string.Join('\n', parts.Select(row => string.Join(' ', row)))).IsEqualTo(string.Join('\n', expected));
    }

    private static decimal NumberOf(string rate) => rate switch
    {
        "29.97" or "30000/1001" => 30000m / 1001,
        "59.94" or "60000/1001" => 60000m / 1001,
        _ => decimal.Parse(rate, CultureInfo.InvariantCulture),
    };

    /// <summary>Rows of a frame; a worker's message comes before the callback of the frame.</summary>
    private static string Describe(int count, double seconds)
    {
        long time = (long)Math.Round(seconds * 1e6) % 1_000_000;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count + 1} {count + 1} {time} {time} {time} {Math.Floor((seconds * 100) + 0.5)}");
    }

    /// <summary>What a script plays in an animation frame between two frames of the video begins there, whichever chunk finds it.</summary>
    [Test]
    public async Task Audio_begins_with_the_animation_frame_that_plays_it()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><script>
            let n = 0;
            requestAnimationFrame(function frame() { if (n++ === 7) new Audio("a.wav").play(); requestAnimationFrame(frame); });
            </script>
            """);
        place.Directory.Write("a.wav", Sound.MakeClicks([100], 48_000));
        await place.PlanAsync("--fps", "30", "--page-fps", "60", "--frames", "12", "--chunk-frames", "6");
        await place.RenderAllAsync();
        (await place.Render("--index", "1", "--force", "--quiet")).Succeeded();

        JsonNode?[] starts = [place.ReceiptOf(0)["media"]![0]!["start"], place.ReceiptOf(1)["media"]![0]!["start"]];

        await Assert.That(starts.Select(start => (double)start!)).All(start => start == 0.116667); // 7/60 s
    }

    /// <summary>Looking ahead, a seam, a jump: each has to take the animation frames between two frames with it.</summary>
    [Test]
    [Arguments(
        "let n = 0; const at = () => { if (++n % 50 === 7) p.textContent = n; requestAnimationFrame(at); }; requestAnimationFrame(at);",
        "auto", DisplayName = "a page that is static most of the time")]
    [Arguments("setInterval(() => { p.textContent = performance.now(); }, 700);", "auto", DisplayName = "a page that is jumped over")]
    [Arguments("const at = t => { p.style.left = t / 10 + 'px'; requestAnimationFrame(at); }; requestAnimationFrame(at);", "seek",
        DisplayName = "a page of time alone")]
    public async Task One_chunk_and_many_have_the_same_frames(string script, string history)
    {
        using var place = new RenderPlace(helios, "<!doctype html><p id=p style='position:absolute'>0</p><script>" + script + "</script>");
        string[] options =
        [
            "--fps", "24", "--page-fps", "60", "--frames", "96", "--history", history, "--video-codec", "ffv1", "--pixel-format", "bgr0",
            "-o", "x.mkv",
        ];

        await place.PlanAsync(options);
        await place.RenderAllAsync();
        string[] whole = [.. (await Video.HashAsync(place.FileOf(0))).Select(frame => frame.Digest)];
        await place.PlanAsync([.. options, "--chunk-frames", "37"]);
        (await place.RunJob("--workers", "2", "--quiet")).Succeeded();
        string[] parts = [.. (await Video.HashAsync(place.Directory.PathOf("x.mkv"))).Select(frame => frame.Digest)];

        await Assert.That(whole.Distinct().Count()).IsGreaterThan(3);
        await Assert.That(string.Join('\n', parts)).IsEqualTo(string.Join('\n', whole));
    }

    [Test]
    public async Task A_still_is_the_frame_of_the_video()
    {
        using var place = new RenderPlace(helios, Page.Replace("LEAD", "12", StringComparison.Ordinal));
        string[] options = ["page.html", "--width", "320", "--height", "180", "--fps", "24", "--page-fps", "60", "--quiet"];

        (await place.Run(["render", .. options, "--still", "5", "-o", "still.png"])).Succeeded();

        await Assert
            .That(string.Join(' ', (await Cells.ReadAsync(place.Directory.PathOf("still.png"), 6))[0]))
            .IsEqualTo(Describe(12, 5 / 24.0));
    }

    [Test]
    [Arguments("--page-fps 24",
        "a page of 24 frames a second has none for each of the video's 30 (--page-fps); give 30 or more, or a lower rate of the video")]
    [Arguments("--fps 60 --page-fps 59.94",
        "a page of 59.94006 frames a second has none for each of the video's 60 (--page-fps); give 60 or more, or a lower rate of the video")]
    [Arguments("--fps 999983/999979 --page-fps 999961/99991",
        "rates of 999961/99991 and 999983/999979 have no common measure that helios can count in (--page-fps); give rates with a simpler ratio, such as 60 of 24 or 60 of 29.97")]
    [Arguments("--page-fps 0",
        "\"0\" is not a frame rate (--page-fps); give a rate from 0.01 to 1000 such as 30, 29.97, 30000/1001 or ntsc")]
    [Arguments("--page-fps 1e9",
        "\"1e9\" is not a frame rate (--page-fps); give a rate from 0.01 to 1000 such as 30, 29.97, 30000/1001 or ntsc")]
    [Arguments("--page-fps -60",
        "\"-60\" is not a frame rate (--page-fps); give a rate from 0.01 to 1000 such as 30, 29.97, 30000/1001 or ntsc")]
    public async Task A_rate_that_does_not_fit_is_64(string options, string message)
    {
        using var directory = new TestDirectory();
        directory.Write("page.html", "");

        RunResult result = await helios.Run(["export-job", "page.html", "--frames", "1", .. options.Split(' ')]).In(directory);

        await Assert.That(result.Stderr).IsEqualTo($"helios: {message}\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
    }

    [Test]
    [Arguments("--page-fps 60", "60/1", " (page at 60)")]
    [Arguments("--page-fps 59.94", "60000/1001", " (page at 59.94006)")]
    [Arguments("--page-fps 30", null, "")]
    [Arguments("", null, "")]
    public async Task The_rate_is_in_the_spec_where_it_is_another_one(string options, string? rate, string said)
    {
        using var place = new RenderPlace(helios, "");

        RunResult result = await place.Run([
            "export-job", "page.html", "--fps", "30", "--frames", "2", "--job", "job.json",
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ]);

        await Assert.That((string?)place.Job["renderOptions"]!["pageRate"]).IsEqualTo(rate);
        await Assert.That(result.Succeeded().Stderr).IsEqualTo($"2 frames at 30 fps{said} in 1 chunk of 2 → job.json\n");
    }
}
