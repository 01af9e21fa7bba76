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

namespace Helios.EndToEnd.Runs;

/// <summary>What a run makes of files that earlier runs left, whatever happened in between.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class RunResumeTests(NativeBinary helios)
{
    private const string Mixed =
        @"chunk 0 was rendered by helios [^\n]+, HeadlessChrome/1\.0 and ffmpeg [^\n]+, but chunk 1 by [^\n]+, so seams may be seen \(job j\); render all of it again with --fresh, or continue as it is with --allow-mixed";

    [Test]
    public async Task Starting_over_removes_nothing_before_everything_is_checked()
    {
        using RenderPlace place = await PrepareAsync();
        IReadOnlyList<string> before = place.Directory.List();

        RunResult noBrowser = await place.RunJob("--fresh", "--browser", "/nowhere");
        RunResult noEncoder = await place.RunJob("--fresh", "--ffmpeg", "/nowhere");

        await Assert.That(noBrowser.ExitCode).IsEqualTo(69);
        await Assert.That(noEncoder.ExitCode).IsEqualTo(69);
        await Assert.That(place.Directory.List()).IsEquivalentTo(before);
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task Chunks_of_a_plan_that_had_more_of_them_go_too(bool isRun)
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        await place.PlanAsync("--frames", "8", "--shards", "4");
        (await place.RunJob("--keep-chunks")).Succeeded();
        foreach (string name in (string[])["temp_j_part_x.mov", "temp_j_part_9.txt", "temp_jj_part_0.mov", "temp_j_part_.mov"])
            place.Directory.Write(name, "somebody else's");
        place.Directory.Write("temp_j_part_3.mov.0123456789abcdef.tmp", "half");
        await place.PlanAsync("--frames", "8", "--shards", "2");
        if (!isRun) await place.RenderAllAsync();

        (await (isRun ? place.RunJob() : place.Run("merge-chunks", "job.json", "--delete-chunks"))).Succeeded();

        await Assert
            .That(place.Directory.Names())
            .IsEquivalentTo([
                "job.json", "output.mp4", "page.html", "temp_j_part_.mov", "temp_j_part_9.txt", "temp_j_part_x.mov", "temp_jj_part_0.mov",
            ]);
    }

    /// <summary>The same command must cut the same way when it goes on, however much memory there is at that moment.</summary>
    [Test]
    public async Task A_render_is_cut_by_the_number_of_processors_alone()
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);

        RunResult result = await place.Run(
            "render", "page.html", "--frames", "60", "--width", "16384", "--height", "16384", "--job", "job.json", "--browser", "/nowhere");

        await Assert.That(result.ExitCode).IsEqualTo(69);
        await Assert.That(place.Job["chunks"]!.AsArray().Count).IsEqualTo(Environment.ProcessorCount);
    }

    [Test]
    public async Task One_processor_is_one_worker()
    {
        Tool.Require("taskset", "util-linux");
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        await place.PlanAsync("--frames", "8", "--shards", "4");

        RunResult result = await place.RunJob().Under("taskset", "-c", "0");

        await Assert.That(RenderPlace.Said(result.Succeeded())).Matches("^8 frames in [0-9.]+ s \\([0-9.]+ fps, 4 chunks, 1 worker\\)");
    }

    [Test]
    public async Task Chunks_of_different_versions_are_refused_before_anything_is_rendered()
    {
        using RenderPlace place = await PrepareAsync();
        ChangeBrowser(place, 0);
        place.Directory.Write("output.mp4", "the video of yesterday");

        RunResult refused = await place.RunJob();
        RunResult allowed = await place.RunJob("--allow-mixed", "--keep-chunks");
        RunResult fresh = await place.RunJob("--fresh");

        await Assert.That(refused.Stderr).Matches($"^helios: {Mixed}\n$");
        await Assert.That(refused.ExitCode).IsEqualTo(65);
        await Assert.That(RenderPlace.Said(allowed.Succeeded())).StartsWith("3 of 3 chunks are complete already\n");
        await Assert.That(RenderPlace.Said(fresh.Succeeded())).StartsWith("6 frames in ");
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_browser_that_was_upgraded_meanwhile_is_noticed_with_the_first_chunk()
    {
        using RenderPlace place = await PrepareAsync();
        ChangeBrowser(place, 0);
        foreach (int chunk in (int[])[1, 2]) File.Delete(place.FileOf(chunk) + ".json");

        RunResult result = await place.RunJob("--workers", "1", "--progress", "json");
        RunResult rerun = await place.RunJob("--workers", "1");

        await Assert.That(Events(result, "chunk-finished").Count).IsEqualTo(1);
        await Assert.That(result.Stderr).Matches($"\nhelios: {Mixed.Replace("chunk 1 by", "chunk [12] by", StringComparison.Ordinal)}\n$");
        await Assert.That(result.ExitCode).IsEqualTo(65);
        // at once, and nothing was lost
        await Assert.That(rerun.Stderr).Matches($"^helios: {Mixed.Replace("chunk 1 by", "chunk [12] by", StringComparison.Ordinal)}\n$");
    }

    [Test]
    public async Task Files_from_the_future_are_used_or_removed_like_any_other()
    {
        using RenderPlace place = await PrepareAsync();
        byte[] undisturbed = await File.ReadAllBytesAsync(place.Directory.PathOf("output.mp4"));
        File.Delete(place.FileOf(2) + ".json");
        place.Directory.Write("temp_j_merge.0123456789abcdef.tmp", "half");
        place.Directory.Write(Path.GetFileName(place.FileOf(1)) + ".77.tmp", "half");
        place.Directory.Write("temp_j.lock", "");
        string left = Directory.CreateDirectory(Path.Combine(place.Temporary, "helios-browser-0123456789abcdef")).FullName;
        foreach (string path in Directory.EnumerateFiles(place.Directory.Path)) File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(1));
        Directory.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(1));

        RunResult result = await place.RunJob();

        await Assert.That(RenderPlace.Said(result.Succeeded())).StartsWith("2 of 3 chunks are complete already\n");
        await Assert
            .That((await File.ReadAllBytesAsync(place.Directory.PathOf("output.mp4"))).AsSpan().SequenceEqual(undisturbed))
            .IsTrue();
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    /// <summary>Twenty minutes of sound: the merge takes long enough to be disturbed.</summary>
    [Test]
    [Arguments("KILL", 137)]
    [Arguments("TERM", 143)]
    [Arguments("HUP", 143)]
    public async Task A_merge_that_was_ended_is_made_at_once_by_the_same_command_and_leaves_nothing(string signal, int exitCode)
    {
        using var place = new RenderPlace(helios, "<!doctype html><body style='margin:0;background:#00f'>");
        place.Directory.Write("click.wav", Sound.MakeClicks([100], Sound.Rate));
        await place.PlanAsync("--frames", "36", "--fps", "0.03", "--shards", "2", "--audio", "click.wav,loop");
        await place.RenderAllAsync();

        RunResult result = await place.DisturbRunAsync(process => RenderPlace.SignalAsync(signal, process));
        _ = await place.WaitForEndAsync();
        bool hasVideo = File.Exists(place.Directory.PathOf("output.mp4"));
        RunResult rerun = await place.RunJob();

        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        if (signal != "KILL")
        {
            await Assert
                .That(result.Stderr)
                .IsEqualTo($"helios: interrupted by SIG{signal} (signal); run it again; nothing half done was left behind\n");
        }

        await Assert.That(hasVideo).IsFalse();
        await Assert.That(RenderPlace.Said(rerun.Succeeded())).Matches("^2 of 2 chunks are complete already\n36 frames in ");
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    /// <summary>The killed one may have ended its work but for the removal; then no command needs a directory of its own.</summary>
    [Test]
    [Arguments("run-job job.json --keep-chunks")]
    [Arguments("render-chunk job.json --index 1")]
    [Arguments("run-job batch")]
    [Arguments("render-chunk batch --index 0")]
    public async Task What_a_killed_helios_left_goes_even_if_nothing_has_to_be_rendered(string command)
    {
        using RenderPlace place = await PrepareAsync();
        place.Directory.Write("rows.jsonl", "{}\n");
        (await place.Run("export-job", "page.html", "--rows", "rows.jsonl", "-o", "b.mp4", "--job", "batch", "--frames", "2")).Succeeded();
        (await place.Run("run-job", "batch")).Succeeded();
        string boot = (await File.ReadAllTextAsync("/proc/sys/kernel/random/boot_id"))[..8];
        string left = Path.Combine(place.Temporary, $"helios-run-{boot}01234567");
        Directory.CreateDirectory(Path.Combine(left, "profile"));
        await File.WriteAllTextAsync(Path.Combine(left, "helios.lock"), "");

        RunResult result = await place.Run(command.Split(' '));

        _ = result.Succeeded();
        await Assert.That(Directory.EnumerateFileSystemEntries(place.Temporary)).IsEmpty();
    }

    private static void ChangeBrowser(RenderPlace place, int chunk)
    {
        JsonObject receipt = place.ReceiptOf(chunk);
        receipt["browser"] = "HeadlessChrome/1.0";
        File.WriteAllText(place.FileOf(chunk) + ".json", receipt.ToJsonString());
    }

    private static IReadOnlyList<string> Events(RunResult result, string name) =>
        [.. result.Stderr.Split('\n').Where(line => line.StartsWith($"{{\"event\":\"{name}\"", StringComparison.Ordinal))];

    /// <summary>A job that is rendered, with three chunks that were kept.</summary>
    private async Task<RenderPlace> PrepareAsync()
    {
        var place = new RenderPlace(helios, RunJobTests.Moving);
        await place.PlanAsync("--frames", "6", "--shards", "3");
        (await place.RunJob("--keep-chunks")).Succeeded();
        return place;
    }
}
