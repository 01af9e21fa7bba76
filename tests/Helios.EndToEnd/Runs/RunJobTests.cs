using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
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

namespace Helios.EndToEnd.Runs;

/// <summary>run-job: a whole job on this machine, to its verified video.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class RunJobTests(NativeBinary helios)
{
    /// <summary>Every frame differs, and depends on all before it.</summary>
    internal const string Moving = """
        <!doctype html><body style="margin:0;background:#000"><div id="d" style="width:40px;height:40px;background:#f80;position:absolute"></div><script>
        let x = 0; const step = () => { x += 3; d.style.left = x + "px"; requestAnimationFrame(step); }; requestAnimationFrame(step);
        </script>
        """;

    [Test]
    public async Task A_job_becomes_its_video_and_nothing_else_stays()
    {
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "20", "--shards", "3");

        RunResult result = await place.RunJob("--workers", "2");

        await Assert
            .That(RenderPlace.Said(result.Succeeded()))
            .Matches(
                "^20 frames in [0-9.]+ s \\([0-9.]+ fps, 3 chunks, 2 workers\\) → .*/output\\.mp4\n  browser start [0-9]+ %, pre-roll [0-9]+ %, capture [0-9]+ %, encode [0-9]+ % of the workers' time; merge [0-9.]+ s\n  slowest: chunk [0-2] [0-9.]+ s, chunk [0-2] [0-9.]+ s, chunk [0-2] [0-9.]+ s\n$"
            );
        await Assert.That(result.Stdout).IsEmpty();
        await Assert.That((string)(await Video.ProbeAsync(place.Directory.PathOf("output.mp4")))["nb_read_frames"]!).IsEqualTo("20");
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["job.json", "output.mp4", "page.html"]);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task Chunks_stay_when_that_is_asked_for_and_the_next_run_only_merges()
    {
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "12", "--shards", "2");
        (await place.RunJob("--keep-chunks")).Succeeded();
        byte[] video = await File.ReadAllBytesAsync(place.Directory.PathOf("output.mp4"));
        File.Delete(place.Directory.PathOf("output.mp4"));

        RunResult check = await place.Run("check-job", "job.json", "--outputs");
        RunResult again = await place.RunJob("--browser", "/nowhere"); // not needed any more

        await Assert.That(check.Succeeded().Stdout).EndsWith("2 complete, 0 missing, 0 wrong\n");
        await Assert
            .That(again.Succeeded().Stderr)
            .Matches("^2 of 2 chunks are complete already\n12 frames in [0-9.]+ s → [^\n]*output.mp4\n$");
        await Assert.That((await File.ReadAllBytesAsync(place.Directory.PathOf("output.mp4"))).AsSpan().SequenceEqual(video)).IsTrue();
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_job_that_was_planned_otherwise_is_rendered_again_and_says_so()
    {
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "8", "--shards", "2");
        (await place.RunJob("--keep-chunks", "-q")).Succeeded();
        await place.PlanAsync("--frames", "8", "--shards", "2", "--quality", "40");

        RunResult result = await place.RunJob("--keep-chunks");

        await Assert
            .That(RenderPlace.Said(result.Succeeded()))
            .StartsWith(
                "2 of the chunk files that are there cannot be used and are rendered again; chunk 0: it was rendered from another version of this job\n8 frames in "
            );
        await Assert.That((string)place.ReceiptOf(1)["jobId"]!).IsEqualTo("j");
    }

    [Test]
    public async Task Fresh_starts_over()
    {
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "8", "--shards", "2");
        (await place.RunJob("--keep-chunks")).Succeeded();

        RunResult result = await place.RunJob("--keep-chunks", "--fresh", "--workers", "1");

        await Assert.That(RenderPlace.Said(result.Succeeded())).Matches("^8 frames in [0-9.]+ s \\([0-9.]+ fps, 2 chunks, 1 worker\\)");
    }

    [Test]
    public async Task A_changed_composition_is_65_once_and_starts_no_worker()
    {
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "8", "--shards", "4");
        place.Directory.Write("page.html", Moving + "<p>changed");

        RunResult result = await place.RunJob();
        RunResult allowed = await place.RunJob("--allow-changed", "--quiet");

        await Assert
            .That(result.Stderr)
            .Matches(
                $"^helios: the composition changed since the job was planned \\({place.Directory.PathOf("page.html")}\\); [^\n]*--allow-changed\n$"
            );
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(RenderPlace.Said(allowed.Succeeded())).IsEmpty();
    }

    [Test]
    public async Task A_job_comes_from_stdin_and_its_paths_from_workdir()
    {
        using var place = new RenderPlace(helios, Moving);
        string elsewhere = place.Directory.CreateFolder("elsewhere");
        await place.PlanAsync("--frames", "6", "--shards", "2", "--portable");

        RunResult result = await place
            .Run("run-job", "-", "--workdir", place.Directory.Path)
            .WithInput(place.Directory.Read("job.json"))
            .In(elsewhere);

        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.Stderr);
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["elsewhere", "job.json", "output.mp4", "page.html"]);
        await Assert.That(Directory.EnumerateFileSystemEntries(elsewhere)).IsEmpty();
    }

    [Test]
    public async Task Events_are_those_of_the_documentation()
    {
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "12", "--shards", "2");
        (await place.Render("--index", "0", "-q")).Succeeded();

        RunResult result = await place.RunJob("--progress", "json", "--keep-chunks");

        JsonObject[] events =
        [
            .. result
                .Succeeded()
                .Stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonNode.Parse(line)!.AsObject()),
        ];
        string[] names = [.. events.Select(item => (string)item["event"]!).Where(name => name is not ("progress" or "warning" or "merge"))];
        await Assert.That(names).IsEquivalentTo(["job-started", "chunk-started", "chunk-finished", "merge-started", "job-finished"]);
        await Assert
            .That(events[0].ToJsonString())
            .IsEqualTo(
                """{"event":"job-started","job":"j","chunks":2,"completeChunks":1,"totalFrames":12,"completeFrames":6,"workers":1}""");
        JsonObject chunk = events.Single(item => (string)item["event"]! == "chunk-finished");
        await Assert.That((int)chunk["chunk"]!).IsEqualTo(1);
        foreach (string phase in (string[])["loadMs", "prerollMs", "captureMs", "totalMs"])
            await Assert.That((long)chunk[phase]!).IsEqualTo((long)place.ReceiptOf(1)["timings"]![phase]!);
        string documentation = await File.ReadAllTextAsync(Repository.PathOf("docs", "progress.md"));
        foreach (string name in events.SelectMany(item => item.Select(member => member.Key).Append((string)item["event"]!)).Distinct())
            await Assert.That(documentation).Contains($"`{name}`");
    }

    [Test]
    [Arguments("--workers", "0", "\"0\" is not a whole number from 1 to 256 (--workers); give one, in digits")]
    [Arguments("--workers", "many", "\"many\" is not a whole number from 1 to 256 (--workers); give one, in digits")]
    [Arguments("--retries", "-1", "\"-1\" is not a whole number from 0 to 1000 (--retries); give one, in digits")]
    [Arguments("--timeout", "0", "\"0\" is not a whole number from 1 to 86400 (--timeout); give one, in digits")]
    [Arguments("--progress", "jason",
        "\"jason\" is not a way to show progress (did you mean \"json\"?) (--progress); use auto, json, plain or none")]
    public async Task A_wrong_value_is_64_and_does_nothing(string option, string value, string message)
    {
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "6");
        IReadOnlyList<string> before = place.Directory.List();

        RunResult result = await place.RunJob($"{option}={value}");

        await Assert.That(result.Stderr).IsEqualTo($"helios: {message}\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert.That(place.Directory.List()).IsEquivalentTo(before);
    }

    [Test]
    public async Task A_spec_that_is_wrong_is_65_before_anything_starts()
    {
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "6", "--shards", "2");
        place.Directory.Write(
            "job.json",
            place.Directory.Read("job.json").Replace("\"startFrame\":3", "\"startFrame\":4", StringComparison.Ordinal));

        RunResult result = await place.RunJob();

        await Assert.That(result.Stderr).StartsWith("helios: $.chunks[1].startFrame is 4, expected 3");
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_terminal_gets_one_bar_that_is_drawn_over()
    {
        Tool.Require("script", "bsdutils");
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "40", "--shards", "2");

        RunResult result = await helios
            .RunScript("script -qec 'helios run-job job.json' /dev/null")
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary);

        string[] drawn = [.. result.Succeeded().Stdout.Split("\r\e[K").Where(text => text.StartsWith('['))];
        await Assert.That(drawn.Length).IsGreaterThan(1);
        foreach (string bar in drawn)
            await Assert.That(bar).Matches(@"^\[[#.]{20}\] [0-9]+/40 frames(, [0-9.]+ fps, [0-9:]+( s)? left)?, [0-2] workers?\z");
        await Assert.That(result.Stdout).Contains("40 frames in ");
    }

    [Test]
    public async Task The_orchestrator_takes_little_memory_and_processor_time()
    {
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "240", "--shards", "3");

        using Process process = place.RunJob("--progress", "plain").Start();
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        var watch = Stopwatch.StartNew();
        long peak = 0;
        TimeSpan used = TimeSpan.Zero;
        while (!process.HasExited)
        {
            if (MemoryOf(process.Id) is long kilobytes) (peak, used) = (Math.Max(peak, kilobytes), process.TotalProcessorTime);
            await Task.Delay(50);
        }

        await Assert.That(process.ExitCode).IsEqualTo(0).Because(await errors);
        await Assert.That(peak).IsLessThan(12 * 1024);
        // start, planning, checking and merging included; one core is 100 %
        await Assert.That(used.TotalSeconds / watch.Elapsed.TotalSeconds).IsLessThan(0.05);
    }

    private static long? MemoryOf(int process)
    {
        try
        {
            string line = File.ReadLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status")
                .First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim('\t'), CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            return null; // just ended
        }
    }
}
