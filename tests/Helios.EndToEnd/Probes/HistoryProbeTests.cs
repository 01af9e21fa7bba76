using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Probes;

/// <summary>--probe of longer jobs: how the page gets to its frames, and what they cost.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class HistoryProbeTests(NativeBinary helios)
{
    private const string Begin = """
        <!doctype html><body style="margin:0;background:#000"><div id="d" style="width:40px;height:40px;background:#f80;position:absolute"></div><script>
        const show = x => { d.style.transform = `translateX(${x}px)`; };
        """;

    private const string ByTime = "requestAnimationFrame(function draw(t) { show(t / 50); requestAnimationFrame(draw); });</script>";
    private const string Counting =
        "let x = 0; requestAnimationFrame(function draw() { show(x++); requestAnimationFrame(draw); });</script>";
    private const string Idle = "requestAnimationFrame(function draw() { requestAnimationFrame(draw); });</script>";
    private const string Hooked = "window.helios = { seek(frame) { show(frame); } };</script>";
    private const string Animated = "d.animate([{ opacity: 0 }, { opacity: 1 }], 20000);</script>";

    /// <summary>Depends on time alone, but only for three seconds.</summary>
    private const string Late =
        "let x = 0; requestAnimationFrame(function draw(t) { if (t > 3000) x++; show(t / 50 + x); requestAnimationFrame(draw); });</script>";

    private const string Costs =
        "; start [0-9]+\\.[0-9] s(, a frame before a chunk [0-9]+\\.[0-9] ms)?, a frame in a chunk [0-9]+\\.[0-9] ms \\([0-9]+ fps\\); beyond [0-9]+ shards? twice as many save less than a tenth of the time";

    [Test]
    [Arguments(ByTime, "seek", "the page depends on time alone: the compared frames are the same after a jump; history seek",
        DisplayName = "draws by the time")]
    [Arguments(Counting, "auto",
        "the page depends on the frames before: frame 12 is another after a jump \\(what observes them: a callback of requestAnimationFrame\\); history auto",
        DisplayName = "counts its frames")]
    [Arguments(Idle, "auto",
        "the compared frames are all equal, so the frames before a chunk are run \\(what observes them: a callback of requestAnimationFrame\\); history auto",
        DisplayName = "stands still")]
    [Arguments(Hooked, "auto", "chunks may begin anywhere: nothing in the page observes frames, or a hook takes it to them; history auto",
        DisplayName = "has a hook")]
    [Arguments(Animated, "auto", "chunks may begin anywhere: nothing in the page observes frames, or a hook takes it to them; history auto",
        DisplayName = "is animated without a script")]
    public async Task A_page_that(string script, string history, string said)
    {
        using var place = new RenderPlace(helios, Begin + script);

        RunResult result = await place.Run(
            "export-job", "page.html", "--probe", "--capture", "screenshot", "--frames", "240", "--width", "320", "--height", "180",
            "--job", "job.json");

        string[] lines = RenderPlace.Said(result.Succeeded()).Split('\n');
        await Assert.That(lines[1]).Matches("^" + said + Costs + "$");
        await Assert.That((string)place.Job["renderOptions"]!["history"]!).IsEqualTo(history);
        await Assert.That((double)place.Job["cost"]!["captureMs"]!).IsGreaterThan(0);
        await Assert
            .That((double)place.Job["cost"]!["prerollMs"]! > 0)
            .IsEqualTo(lines[1].Contains("a frame before a chunk", StringComparison.Ordinal));
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["job.json", "page.html"]);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    /// <summary>Asks for the time, as p5 does to hold its rate, and moves a step a frame all the same.</summary>
    private const string Gated =
        "let x = 0, last = 0; requestAnimationFrame(function draw(t) { if (t - last > 11) { last = t; show(x++); } requestAnimationFrame(draw); });</script>";

    private const string Warning =
        "the page moves with each animation frame: frame 12 is another with 60 of them a second than with 30; if it was made for a screen of 60 Hz, add --page-fps 60";

    [Test]
    [Arguments("export-job", Counting, "", true, DisplayName = "a counter")]
    [Arguments("export-job", Counting, "--frames 300", true, DisplayName = "a counter in a job that is tried")]
    [Arguments("export-job", Gated, "", true, DisplayName = "a counter that asks for the time")]
    [Arguments("export-job", ByTime, "", false, DisplayName = "drawn by the time")]
    [Arguments("export-job", Animated, "", false, DisplayName = "animated without a script")]
    [Arguments("export-job", Hooked, "", false, DisplayName = "a hook")]
    [Arguments("export-job", Counting, "--page-fps 60", false, DisplayName = "a counter whose rate is given")]
    [Arguments("export-job", Counting, "--page-fps 30", false, DisplayName = "a counter whose rate is given as that of the video")]
    [Arguments("export-job", Counting, "--fps 60", false, DisplayName = "a counter in a video of 60 a second")]
    [Arguments("export-job", Counting, "--frames 10", false, DisplayName = "a counter in a job of ten frames")]
    [Arguments("render", Counting, "", true, DisplayName = "a counter that is rendered")]
    [Arguments("render", Gated, "", false, DisplayName = "a counter that asks for the time and is rendered")]
    public async Task The_rate_of_the_page_is_said_for(string command, string script, string options, bool isSaid)
    {
        using var place = new RenderPlace(helios, Begin + script);
        string[] probe = command == "render" ? ["--probe", "-o", "x.mp4"] : ["--probe", "--job", "job.json"];

        RunResult result = await place.Run([
            command, "page.html", "--width", "320", "--height", "180", .. probe,
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ]);

        await Assert.That(RenderPlace.Said(result.Succeeded()).Split('\n').Contains(Warning)).IsEqualTo(isSaid);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments("--capture paint")]
    [Arguments("--mode canvas")]
    public async Task It_is_tried_in_the_way_of_the_job(string options)
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><body style="margin:0"><canvas width="320" height="180"></canvas><script>
            const context = document.querySelector("canvas").getContext("2d");
            requestAnimationFrame(function draw(t) { context.fillStyle = `hsl(${t / 30} 90% 50%)`; context.fillRect(0, 0, 320, 180); requestAnimationFrame(draw); });
            </script>
            """);

        RunResult result = await place.Run([
            "export-job", "page.html", "--probe", "--frames", "300", "--width", "320", "--height", "180", "--fps", "30", "--job",
            "job.json",
            .. options.Split(' '),
        ]);

        await Assert.That(RenderPlace.Said(result.Succeeded())).StartsWith("the page depends on time alone: ");
        await Assert.That((string)place.Job["renderOptions"]!["history"]!).IsEqualTo("seek");
    }

    [Test]
    [Arguments("--frames 239", "auto", DisplayName = "a short job")]
    [Arguments("--frames 300 --history replay", "replay", DisplayName = "a history that was typed")]
    public async Task Nothing_is_tried_for(string options, string history)
    {
        using var place = new RenderPlace(helios, Begin + ByTime);

        RunResult result = await place.Run([
            "export-job", "page.html", "--probe", "--width", "320", "--height", "180", "--fps", "30", "--capture", "screenshot",
            "--browser", "/nowhere", "--job", "job.json",
            .. options.Split(' '),
        ]);

        // and no browser was looked for
        await Assert.That(result.Succeeded().Stderr).Matches("^[0-9]+ frames at 30 fps in 1 chunk of [0-9]+ → job.json\n$");
        await Assert.That((string)place.Job["renderOptions"]!["history"]!).IsEqualTo(history);
    }

    [Test]
    public async Task Measured_costs_make_chunks_of_equal_time()
    {
        using var place = new RenderPlace(helios, Begin + Counting);

        (
            await place.Run(
                "export-job", "page.html", "--probe", "--capture", "screenshot", "--frames", "6000", "--shards", "6", "--split", "cost",
                "--width", "320", "--height", "180", "--fps", "30", "--job", "job.json")
        ).Succeeded();

        RunResult estimate = await place.Run("estimate", "job.json", "--format", "json");

        await Assert.That((string)estimate.Succeeded().Json["source"]!).IsEqualTo("spec");
        await Assert.That(estimate.Json["cost"]!.ToJsonString()).IsEqualTo(place.Job["cost"]!.ToJsonString());
        long[] counts = [.. place.Job["chunks"]!.AsArray().Select(chunk => chunk!["frameCount"]!.GetValue<long>())];
        await Assert.That(counts.Length).IsGreaterThan(1);
        await Assert.That(counts.SequenceEqual(counts.OrderDescending())).IsTrue();
        await Assert.That(counts[0]).IsGreaterThan(counts[^1]);
    }

    [Test]
    [Arguments(ByTime, "replay", true, DisplayName = "where frames before a chunk run because that was typed")]
    [Arguments(Counting, "seek", false, DisplayName = "where they do not for the same reason")]
    public async Task Measured_costs_are_those_of_the_typed_history(string script, string history, bool isReplayed)
    {
        using var place = new RenderPlace(helios, Begin + script);

        RunResult result = await place.Run(
            "export-job", "page.html", "--probe", "--capture", "screenshot", "--frames", "6000", "--shards", "6", "--split", "cost",
            "--history", history, "--width", "320", "--height", "180", "--fps", "30", "--job", "job.json");

        await Assert.That(result.Succeeded().Stderr.Contains("a frame before a chunk", StringComparison.Ordinal)).IsEqualTo(isReplayed);
        long[] counts = [.. place.Job["chunks"]!.AsArray().Select(chunk => chunk!["frameCount"]!.GetValue<long>())];
        await Assert.That(counts[0] > counts[^1] + 10).IsEqualTo(isReplayed);
    }

    [Test]
    public async Task A_page_that_changes_its_mind_is_exact_all_the_same()
    {
        using var place = new RenderPlace(helios, Begin + Late);
        string[] job =
        [
            "page.html", "--capture", "screenshot", "--frames", "240", "--shards", "3", "--width", "320", "--height", "180", "--fps", "30",
            "--video-codec", "ffv1", "--pixel-format", "bgr0",
        ];

        RunResult plan = await place.Run(["export-job", "--probe", .. job, "--job", "job.json", "-o", "probed.mkv"]);
        RunResult result = await place.RunJob("--workers", "2");
        (await place.Run(["render", .. job, "--history", "replay", "-o", "replayed.mkv"])).Succeeded();

        await Assert.That(RenderPlace.Said(plan.Succeeded())).Contains("history seek;");
        await Assert.That(RenderPlace.Said(result.Succeeded())).Contains("chunks 1 and 2 do not fit: ");
        var frames = await Video.HashAsync(place.Directory.PathOf("replayed.mkv"));
        await Assert.That((await Video.HashAsync(place.Directory.PathOf("probed.mkv"))).SequenceEqual(frames)).IsTrue();
        await Assert.That(frames.Select(frame => frame.Digest).Distinct().Count()).IsGreaterThan(200);
    }

    [Test]
    public async Task Render_probes_by_itself()
    {
        using var place = new RenderPlace(
            helios,
            Begin + "window.helios = { width: 320, height: 180, fps: 10, duration: 0.5, seek(frame) { show(frame); } };</script>");

        RunResult result = await helios
            .Run("render", "page.html", "--progress", "none")
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary);

        await Assert
            .That(RenderPlace.Said(result.Succeeded()))
            .StartsWith(
                "from the page: width 320 (window.helios.width), height 180 (window.helios.height), fps 10 (window.helios.fps), duration 0.5 (window.helios.duration)\n5 frames in "
            );
    }

    [Test]
    public async Task Without_a_probe_the_defaults_count()
    {
        using var place = new RenderPlace(
            helios,
            Begin + "window.helios = { width: 320, height: 180, seek(frame) { show(frame); } };</script>");

        (await place.Run("render", "page.html", "--no-probe", "--frames", "2", "--job", "job.json", "-q")).Succeeded();

        await Assert
            .That(((int)place.Job["renderOptions"]!["width"]!, (int)place.Job["renderOptions"]!["height"]!))
            .IsEqualTo((1920, 1080));
    }

    /// <summary>Some of its outputs have no seams that would show that the page depends on earlier frames after all.</summary>
    [Test]
    public async Task Render_does_not_take_it_from_a_trial_that_a_page_depends_on_time_alone()
    {
        using var place = new RenderPlace(helios, Begin + Late);
        string[] job =
        [
            "page.html", "--capture", "screenshot", "--frames", "240", "--shards", "3", "--width", "320", "--height", "180", "--fps", "30",
            "--frames-only",
        ];

        (await place.Run(["render", "--probe", .. job, "-o", "probed", "-q"])).Succeeded();
        (await place.Run(["render", .. job, "--history", "replay", "-o", "replayed", "-q"])).Succeeded();

        foreach (string name in (string[])["000079.png", "000120.png", "000239.png"])
        {
            await Assert
                .That(
                    File.ReadAllBytes(place.Directory.PathOf("probed", name))
                        .SequenceEqual(File.ReadAllBytes(place.Directory.PathOf("replayed", name))))
                .IsTrue();
        }
    }

    [Test]
    public async Task Both_ways_to_say_it_exclude_each_other()
    {
        using var place = new RenderPlace(helios, Begin + Counting);

        RunResult result = await place.Run("render", "page.html", "--probe", "--no-probe");

        await Assert.That(result.Stderr).IsEqualTo("helios: --probe and --no-probe exclude each other (command line); give one of them\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
    }
}
