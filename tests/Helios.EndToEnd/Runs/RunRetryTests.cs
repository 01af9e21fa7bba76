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

/// <summary>How often and when a chunk is tried again, and that a run goes on after anything, at any moment.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(240_000)]
public sealed class RunRetryTests(NativeBinary helios)
{
    private const string AtFrame40 =
        "<!doctype html><body><p id=p></p><script>let n = 0; const step = () => { p.textContent = n; if (n++ === 40) { ACTION } requestAnimationFrame(step); }; requestAnimationFrame(step);</script>";

    [Test]
    [ParallelLimiter<WaitingAtOnce>]
    [ExecutionPriority(TUnit.Core.Enums.Priority.High)]
    public async Task A_browser_that_always_ends_is_tried_three_times_at_growing_distances()
    {
        using var place = new RenderPlace(helios, RunFaultTests.Slow);
        await place.PlanAsync("--frames", "200");
        string browser = await MakeDyingAsync(place, isAlways: true);

        var watch = Stopwatch.StartNew();
        RunResult result = await place.RunJob("--browser", browser, "--progress", "json");

        JsonObject[] failed = [.. Events(result).Where(item => (string)item["event"]! == "chunk-failed")];
        await Assert
            .That(failed.Select(item => ((int)item["attempt"]!, (int)item["retryInMs"]!, (int)item["code"]!)))
            .IsEquivalentTo([(1, 1000, 75), (2, 2000, 75)]);
        await Assert.That(watch.ElapsedMilliseconds).IsGreaterThanOrEqualTo(6000);
        await Assert.That(result.Stderr).Matches("\nhelios: [^\n]+ \\(attempt 3 of 3\\) \\(chunk 0, [^\n]+\n$");
        await Assert.That(result.ExitCode).IsEqualTo(75);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_browser_that_ends_once_costs_one_retry()
    {
        using var place = new RenderPlace(helios, RunFaultTests.Slow);
        await place.PlanAsync("--frames", "100");

        RunResult result = await place.RunJob("--browser", await MakeDyingAsync(place, isAlways: false));

        await Assert
            .That(RenderPlace.Said(result.Succeeded()))
            .Matches(
                "^chunk 0: attempt 1 failed: [^\n]+; again in 1 s\n100 frames in [0-9.]+ s \\([0-9.]+ fps, 1 chunk, 1 worker, 1 retry\\)");
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    /// <summary>Workers that are stopped cannot clean up, which the first Ctrl-C would wait ten seconds for.</summary>
    [Test]
    public async Task A_second_Ctrl_C_does_not_wait_for_workers()
    {
        using var place = new RenderPlace(helios, RunFaultTests.Slow);
        await place.PlanAsync("--frames", "200", "--shards", "2");
        var watch = new Stopwatch();

        RunResult result = await place.DisturbRunAsync(async process =>
        {
            await place.SignalChildAsync("STOP", line => line.Contains("render-chunk", StringComparison.Ordinal));
            await RenderPlace.SignalAsync("INT", process);
            _ = await Pace.WaitAsync(() => place.FindProcesses().Any(child => HasPendingTermination(child.Id))); // the first one was heard
            watch.Start();
            await RenderPlace.SignalAsync("INT", process);
        }, "--workers", "2");

        await Assert.That(watch.Elapsed.TotalSeconds).IsLessThan(8); // on a busy machine, too: ten would be those of the first
        await Assert.That(result.ExitCode).IsEqualTo(130);
        _ = await place.WaitForEndAsync();
        await Assert.That(place.FindProcesses()).IsEmpty();
    }

    [Test]
    [Timeout(600_000)]
    public async Task Killed_at_any_moment_the_same_command_ends_in_the_same_bytes_and_leaves_nothing()
    {
        const int Moments = 6;
        var random = new Random(20_261_125);
        using var place = new RenderPlace(helios, RunFaultTests.Slow);
        place.Directory.Write("click.wav", Sound.MakeClicks([100], Sound.Rate));
        // 400 s of audio: the merge takes a third of the time
        await place.PlanAsync("--frames", "40", "--shards", "3", "--fps", "0.1", "--audio", "click.wav,loop");
        var watch = Stopwatch.StartNew();
        (await place.RunJob("--workers", "2")).Succeeded();
        double length = watch.Elapsed.TotalMilliseconds;
        byte[] undisturbed = await File.ReadAllBytesAsync(place.Directory.PathOf("output.mp4"));

        for (int i = 0; i < Moments; i++)
        {
            File.Delete(place.Directory.PathOf("output.mp4"));
            double moment = length * (i + random.NextDouble()) / Moments; // one in each sixth, the merge among them
            using (Process process = place.RunJob("--workers", "2").Start())
            {
                process.StandardInput.Close();
                Task<string> said = process.StandardError.ReadToEndAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(moment));
                await place.KillAllAsync();
                await process.WaitForExitAsync();
                _ = await said;
            }

            (await place.RunJob("--workers", "2")).Succeeded();

            string when = string.Create(CultureInfo.InvariantCulture, $"killed after {moment:0} of {length:0} ms");
            await Assert
                .That((await File.ReadAllBytesAsync(place.Directory.PathOf("output.mp4"))).AsSpan().SequenceEqual(undisturbed))
                .IsTrue()
                .Because(when);
            await Assert.That(await place.FindRemainsAsync()).IsEmpty().Because(when);
        }
    }

    [Test]
    [Arguments("throw new Error('broken on purpose');", 65)]
    [Arguments("for (;;) ;", 75)]
    public async Task After_a_page_was_mended_the_rerun_completes(string action, int exitCode)
    {
        using var place = new RenderPlace(helios, AtFrame40.Replace("ACTION", action, StringComparison.Ordinal));
        await place.PlanAsync("--frames", "45", "--shards", "3");
        RunResult broken = await place.RunJob("--timeout", Pace.Option(5), "--retries", "0", "--workers", "1");
        place.Directory.Write("page.html", AtFrame40.Replace("ACTION", "", StringComparison.Ordinal));
        await place.PlanAsync("--frames", "45", "--shards", "3");

        RunResult result = await place.RunJob();

        await Assert.That(broken.ExitCode).IsEqualTo(exitCode).Because(broken.Stderr);
        result.Succeeded();
        await Assert.That((string)(await Video.ProbeAsync(place.Directory.PathOf("output.mp4")))["nb_read_frames"]!).IsEqualTo("45");
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task After_the_directory_was_made_again_the_rerun_completes()
    {
        using var place = new RenderPlace(helios, RunFaultTests.Slow);
        string folder = place.Directory.CreateFolder("out");
        await place.PlanAsync("--frames", "60", "--shards", "2", "--output", "out/video.mp4");
        RunResult gone = await place.DisturbRunAsync(_ =>
        {
            Directory.Move(folder, folder + ".gone"); // while files come, removing it may fail
            return Task.CompletedTask;
        });
        Directory.Delete(folder + ".gone", recursive: true);
        _ = place.Directory.CreateFolder("out");

        RunResult result = await place.RunJob();

        await Assert.That(gone.ExitCode).IsEqualTo(73);
        result.Succeeded();
        await Assert
            .That(Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)))
            .IsEquivalentTo(["video.mp4"]);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    /// <summary>
    /// The browser, but a child of the program (a script is refused as a browser) kills it a second later, at its first start or at every
    /// one.
    /// </summary>
    internal static async Task<string> MakeDyingAsync(RenderPlace place, bool isAlways)
    {
        string path = place.Directory.PathOf("dying");
        place.Directory.Write("dying.c", $$"""
            #include <fcntl.h>
            #include <signal.h>
            #include <unistd.h>
            int main(int count, char **words)
            {
                pid_t browser = getpid();
                if (open("{{path}}.once", O_CREAT | {{(isAlways ? "0" : "O_EXCL")}}, 0600) >= 0 && fork() == 0)
                {
                    sleep(1);
                    kill(browser, SIGKILL); /* 75 wherever it was, also where a slow machine has not yet started it */
                    return 0;
                }
                words[0] = "/usr/lib/chromium/chromium-headless-shell";
                return execv(words[0], words);
            }
            """);
        (await Tool.Run("gcc", "gcc", "-o", "dying", "dying.c").In(place.Directory)).Succeeded();
        return path;
    }

    /// <summary>Whether SIGTERM waits for a process that is stopped.</summary>
    private static bool HasPendingTermination(int process)
    {
        try
        {
            string line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("ShdPnd:", StringComparison.Ordinal));
            return (
                    long.Parse(line.AsSpan("ShdPnd:".Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                    & (1L << (15 - 1))
                ) != 0;
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            return false; // just ended
        }
    }

    private static IEnumerable<JsonObject> Events(RunResult result) =>
        result.Stderr.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!.AsObject());
}
