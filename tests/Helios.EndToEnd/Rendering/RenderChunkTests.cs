using System;
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

namespace Helios.EndToEnd.Rendering;

/// <summary>render-chunk: the file, its receipt, and where it is put.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class RenderChunkTests(NativeBinary helios)
{
    private const string Green = "<!doctype html><body style='margin:0;background:#0f0'>";

    /// <summary>What a frame shows depends on all before it.</summary>
    private const string Moving = """
        <!doctype html><body style="margin:0;background:#234"><div id="box" style="position:absolute;top:40px;width:60px;height:60px;background:#fa0"></div><script>
        let x = 0;
        const step = () => { x = (x * 1.1 + 3) % 260; box.style.left = x + "px"; requestAnimationFrame(step); };
        requestAnimationFrame(step);
        </script>
        """;

    [Test]
    public async Task A_chunk_is_a_file_of_exactly_its_frames_and_a_receipt()
    {
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "25", "--shards", "3", "--fps", "30000/1001");

        RunResult result = await place.Render("--index", "1");

        await Assert.That(result.Succeeded().Stdout).IsEmpty();
        await Assert.That(RenderPlace.Said(result)).Matches($"^chunk 1: 9 frames in [0-9.]+ s \\([0-9.]+ fps\\) → {place.FileOf(1)}\n$");
        await Assert.That(place.FileOf(1)).IsEqualTo(place.Directory.PathOf("temp_j_part_1.mov"));
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["job.json", "page.html", "temp_j_part_1.mov", "temp_j_part_1.mov.json"]);

        JsonObject stream = await Video.ProbeAsync(place.FileOf(1));
        await Assert.That((string)stream["nb_read_frames"]!).IsEqualTo("9");
        await Assert.That((string)stream["r_frame_rate"]!).IsEqualTo("30000/1001");
        await Assert.That((string)stream["avg_frame_rate"]!).IsEqualTo("30000/1001");
        await Assert.That((string)stream["time_base"]!).IsEqualTo("1/30000");
        await Assert.That((long)stream["duration_ts"]!).IsEqualTo(9 * 1001);
        await Assert.That((int)stream["width"]!).IsEqualTo(320);
        await Assert.That((int)stream["height"]!).IsEqualTo(180);
        await Assert.That((string)stream["color_space"]!).IsEqualTo("bt709");

        JsonObject receipt = place.ReceiptOf(1);
        RunResult sum = await Tool.Run("sha256sum", "coreutils", place.FileOf(1));
        await Assert.That((int)receipt["version"]!).IsEqualTo(2);
        await Assert.That((string)receipt["jobId"]!).IsEqualTo("j");
        await Assert.That((int)receipt["chunkId"]!).IsEqualTo(1);
        await Assert.That((int)receipt["startFrame"]!).IsEqualTo(9);
        await Assert.That((int)receipt["frameCount"]!).IsEqualTo(9);
        await Assert.That((long)receipt["size"]!).IsEqualTo(new FileInfo(place.FileOf(1)).Length);
        await Assert.That((string)receipt["digest"]!).IsEqualTo("sha256:" + sum.Succeeded().Stdout.Split(' ')[0]);
        await Assert.That((string)receipt["specDigest"]!).Matches("^sha256:[0-9a-f]{64}$");
        await Assert
            .That("helios " + (string)receipt["helios"]!)
            .IsEqualTo((await place.Run("--version")).Stdout.TrimEnd('\n').Replace("helios helios", "helios", StringComparison.Ordinal));
        await Assert.That((string)receipt["browser"]!).Matches("^HeadlessChrome/[0-9.]+$");
        await Assert.That((string)receipt["encoder"]!).IsNotEmpty();
        foreach (string phase in (string[])["loadMs", "prerollMs", "captureMs", "totalMs"])
            await Assert.That((long)receipt["timings"]![phase]!).IsGreaterThanOrEqualTo(0);
    }

    [Test]
    public async Task A_complete_chunk_is_left_alone_and_force_gives_the_same_bytes()
    {
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "12");
        (await place.Render()).Succeeded();
        IReadOnlyList<string> files = place.Directory.List();
        byte[] bytes = place.BytesOf(0);

        RunResult again = await place.Render();
        IReadOnlyList<string> untouched = place.Directory.List();
        RunResult forced = await place.Render("--force");

        await Assert.That(again.Succeeded().Stdout).IsEmpty();
        await Assert.That(again.Stderr).IsEqualTo($"chunk 0: complete already, {place.FileOf(0)}\n");
        await Assert.That(untouched).IsEquivalentTo(files);
        await Assert.That(forced.ExitCode).IsEqualTo(0);
        await Assert.That(place.Directory.List()).IsNotEquivalentTo(files);
        await Assert.That(place.BytesOf(0).AsSpan().SequenceEqual(bytes)).IsTrue();
    }

    [Test]
    public async Task Threads_limit_browser_and_encoder_and_leave_the_bytes_alone()
    {
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "100");
        (await place.Render()).Succeeded();
        byte[] bytes = place.BytesOf(0);

        List<string> allowed = [];
        (
            await place.DisturbAsync(
                id => place.WhileStoppedAsync(
                    id, (process, _) => allowed.Add(RenderSandboxTests.StatusOf(process, "Cpus_allowed_list:"))),
                "--force", "--threads", "1")
        ).Succeeded();

        await Assert.That(allowed.Count).IsGreaterThan(3); // helios, the browser with its helpers, ffmpeg
        foreach (string processors in allowed) await Assert.That(processors).Matches("^[0-9]+$");
        await Assert.That(allowed.Distinct().Count()).IsEqualTo(1);
        await Assert.That(place.BytesOf(0).AsSpan().SequenceEqual(bytes)).IsTrue();
    }

    [Test]
    [Arguments("h264", "x.mp4")]
    [Arguments("h265", "x.mp4")]
    [Arguments("vp9", "x.webm")]
    [Arguments("av1", "x.webm")]
    [Arguments("prores", "x.mov")]
    public async Task A_chunk_has_the_same_bytes_on_any_number_of_processors(string codec, string output)
    {
        Tool.Require("taskset", "util-linux");
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "12", "--video-codec", codec, "-o", output);
        (await place.Render()).Succeeded();
        byte[] bytes = place.BytesOf(0);

        (await place.Render("--force").Under("taskset", "-c", "0")).Succeeded();

        await Assert.That(place.BytesOf(0).AsSpan().SequenceEqual(bytes)).IsTrue();
    }

    [Test]
    public async Task A_chunk_that_is_not_what_its_receipt_says_is_rendered_again()
    {
        using var place = new RenderPlace(helios, Green);
        await place.PlanAsync("--frames", "5");
        (await place.Render()).Succeeded();
        byte[] bytes = place.BytesOf(0);
        await File.WriteAllBytesAsync(place.FileOf(0), [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]);

        RunResult check = await place.Run("check-job", "job.json", "--outputs");
        RunResult result = await place.Render("--quiet");

        await Assert.That(check.Stdout).Contains("chunk 0: wrong: ");
        await Assert
            .That(RenderPlace.Said(result.Succeeded()))
            .IsEqualTo("helios: chunk 0 is rendered again: its bytes are not those of its receipt\n");
        await Assert.That(place.BytesOf(0).AsSpan().SequenceEqual(bytes)).IsTrue();
    }

    [Test]
    public async Task Check_job_knows_which_chunks_are_rendered_and_for_which_plan()
    {
        using var place = new RenderPlace(helios, Green);
        await place.PlanAsync("--frames", "10", "--shards", "3");
        (await place.Render("--index", "0")).Succeeded();
        (await place.Render("--index", "2")).Succeeded();

        RunResult some = await place.Run("check-job", "job.json", "--outputs");
        (await place.Render("--index", "1")).Succeeded();
        RunResult all = await place.Run("check-job", "job.json", "--outputs");
        await place.PlanAsync("--frames", "10", "--shards", "3", "--quality", "30");
        RunResult replanned = await place.Run("check-job", "job.json", "--outputs");
        RunResult rendered = await place.Render("--index", "0");

        await Assert.That(some.Stdout).Contains($"chunk 1: missing: {place.FileOf(1)}: no file\n");
        await Assert.That(some.Stdout).EndsWith("2 complete, 1 missing, 0 wrong\n");
        await Assert.That(all.Succeeded().Stdout).EndsWith("3 complete, 0 missing, 0 wrong\n");
        await Assert.That(replanned.ExitCode).IsEqualTo(65);
        await Assert.That(replanned.Stdout).EndsWith("0 complete, 0 missing, 3 wrong\n");
        await Assert
            .That(RenderPlace.Said(rendered.Succeeded()))
            .StartsWith("helios: chunk 0 is rendered again: it was rendered from another version of this job\nchunk 0: 4 frames in ");
        await Assert.That((await place.Run("check-job", "job.json", "--outputs")).Stdout).EndsWith("1 complete, 0 missing, 2 wrong\n");
    }

    [Test]
    [Arguments("ffv1", "video.mkv", "", DisplayName = "ffv1")]
    [Arguments("h264", "video.mp4", "--quality 0", DisplayName = "h264 without loss")]
    public async Task Chunks_joined_by_stream_copy_are_the_unsplit_render(string codec, string output, string options)
    {
        using var place = new RenderPlace(helios, Moving);
        string[] job =
        [
            "--frames", "20", "--fps", "30000/1001", "--video-codec", codec, "--output", output,
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ];
        await place.PlanAsync(job);
        (await place.Render()).Succeeded();
        IReadOnlyList<(long Time, string Digest)> unsplit = await Video.HashAsync(place.FileOf(0));
        await place.PlanAsync([.. job, "--shards", "3"]);
        for (int i = 0; i < 3; i++) (await place.Render("--index", $"{i}")).Succeeded();

        string joined = "joined" + Path.GetExtension(place.FileOf(0));
        await Video.ConcatenateAsync(place.Directory, Enumerable.Range(0, 3).Select(place.FileOf), joined);

        await Assert.That(await Video.HashAsync(place.Directory.PathOf(joined))).IsEquivalentTo(unsplit);
        await Assert.That((string)(await Video.ProbeAsync(place.Directory.PathOf(joined)))["r_frame_rate"]!).IsEqualTo("30000/1001");
        await Assert.That(unsplit.Select(frame => frame.Digest).Distinct().Count()).IsEqualTo(20);
    }

    [Test]
    public async Task Lossy_chunks_joined_by_stream_copy_keep_every_frame_at_its_time()
    {
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "20", "--fps", "30000/1001", "--shards", "3");
        var frames = new List<string>();
        for (int i = 0; i < 3; i++)
        {
            (await place.Render("--index", $"{i}")).Succeeded();
            frames.AddRange((await Video.HashAsync(place.FileOf(i))).Select(frame => frame.Digest));
        }

        await Video.ConcatenateAsync(place.Directory, Enumerable.Range(0, 3).Select(place.FileOf), "joined.mov");

        await Assert
            .That(await Video.HashAsync(place.Directory.PathOf("joined.mov")))
            .IsEquivalentTo(frames.Select((digest, i) => ((long)i, digest)));
        await Assert.That((long)(await Video.ProbeAsync(place.Directory.PathOf("joined.mov")))["duration_ts"]!).IsEqualTo(20 * 1001);
    }

    [Test]
    [Arguments("two words")]
    [Arguments("it's \"quoted\"")]
    [Arguments("grüße-日本-🎬")]
    [Arguments("100% #1?&%41")]
    [Arguments("back\\slash:colon,comma")]
    [Arguments("$(touch pwned);`id`")]
    [Arguments("-dash")]
    [Arguments("%d frames %03d")]
    public async Task Names_of_page_and_output_may_be_odd(string name)
    {
        using var place = new RenderPlace(helios, Green);
        place.Directory.CreateFolder(name);
        place.Directory.Write(Path.Combine(name, name + ".html"), "<!doctype html><body style='margin:0'><img src='a%23%20%C3%BC.svg'>");
        place.Directory.Write(
            Path.Combine(name, "a# ü.svg"),
            "<svg xmlns='http://www.w3.org/2000/svg' width='320' height='180'><rect width='320' height='180' fill='#0f0'/></svg>");
        (
            await place.Run(
                "export-job", "--output", $"./{name}/{name}.mp4", "--job", "job.json", "--job-id", "j", "--width", "320", "--height", "180",
                "--frames", "3", "-q", "--", $"./{name}/{name}.html")
        ).Succeeded();

        RunResult result = await place.Render();

        await Assert.That(RenderPlace.Said(result.Succeeded())).StartsWith("chunk 0: 3 frames");
        await Assert.That(Directory.EnumerateFileSystemEntries(place.Directory.PathOf(name)).Select(path => Path.GetFileName(path)))
            .IsEquivalentTo([name + ".html", "a# ü.svg", "temp_j_part_0.mov", "temp_j_part_0.mov.json"]);
        await Assert.That(Video.PixelAt(await Video.DecodeAsync(place.FileOf(0), 2), 160, 90)[1]).IsGreaterThan(250);
    }

    [Test]
    public async Task Progress_is_one_json_object_a_line_or_nothing()
    {
        using var place = new RenderPlace(helios, Green);
        await place.PlanAsync("--frames", "10");

        RunResult json = await place.Render("--progress", "json");
        RunResult none = await place.Render("--quiet", "--force");

        JsonObject[] lines =
        [
            .. RenderPlace
                .Said(json.Succeeded())
                .Split('\n')
                .Where(line => line.StartsWith('{'))
                .Select(line => JsonNode.Parse(line)!.AsObject()),
        ];
        JsonObject last = lines.Last(line => (string)line["event"]! == "progress");
        await Assert.That((int)last["frames"]!).IsEqualTo(10);
        await Assert.That((int)last["totalFrames"]!).IsEqualTo(10);
        await Assert
            .That(lines.Where(line => (string)line["event"]! == "phase").Select(line => (string)line["phase"]!))
            .IsEquivalentTo(["load", "capture", "encode"]);
        await Assert.That((string)lines[^1]["event"]!).IsEqualTo("chunk-finished");
        await Assert.That((long)lines[^1]["bytes"]!).IsEqualTo(new FileInfo(place.FileOf(0)).Length);
        await Assert.That(RenderPlace.Said(none.Succeeded())).IsEmpty();
    }

    [Test]
    public async Task Nothing_temporary_stays_after_success()
    {
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "5");

        (await place.Render()).Succeeded();

        await Assert.That(place.FindProcesses()).IsEmpty();
        await Assert.That(Directory.EnumerateFileSystemEntries(place.Temporary)).IsEmpty();
        await Assert.That(place.Directory.Names().Where(name => name.EndsWith(".tmp", StringComparison.Ordinal))).IsEmpty();
    }

    [Test]
    public async Task An_ordinary_user_renders_too()
    {
        using var place = new RenderPlace(helios, Green);
        await place.PlanAsync("--frames", "5");
        using var tools = new TestDirectory();
        (await new ProcessRun("/bin/sh", ["-c", "chmod 777 .. . ../temporary"]).In(place.Directory)).Succeeded();

        RunResult result = await helios
            .RunAsOrdinaryUser(tools, "render-chunk", "job.json", "--progress", "none")
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary);

        // with its sandbox on there is nothing to be said about it
        await Assert.That(result.Stderr).StartsWith("chunk 0: 5 frames in ");
        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(Directory.EnumerateFileSystemEntries(place.Temporary)).IsEmpty();
    }
}
