using System;
using System.Collections.Concurrent;
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

namespace Helios.EndToEnd.Runs;

/// <summary>
/// Whatever happens to a run ends with its exit code and one message, keeps what is complete, leaves nobody and nothing
/// behind, and the same command then ends in the bytes of an undisturbed run.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class RunFaultTests(NativeBinary helios)
{
    /// <summary>Some 20 ms a frame, so that there is time to disturb it.</summary>
    internal const string Slow = """
        <!doctype html><body style="margin:0;background:#fff"><p id="p"></p><script>
        let n = 0, x = 0;
        const work = () => { for (let i = 0; i < 3e6; i++) x += Math.sqrt(i); p.textContent = ++n; requestAnimationFrame(work); };
        requestAnimationFrame(work);
        </script>
        """;

    private static readonly ConcurrentDictionary<int, Lazy<Task<byte[]>>> s_undisturbed = new();

    private const string AtFrame40 =
        "<!doctype html><body><script>let n = 0; const step = () => { if (n++ === 40) { ACTION } requestAnimationFrame(step); }; requestAnimationFrame(step);</script>";

    [Test]
    [Arguments("the worker", "the worker was killed by signal 9")]
    [Arguments("the browser", "the browser ended unexpectedly")]
    [Arguments("the encoder", "the encoder ended with exit code 137")]
    public async Task A_process_that_is_killed_costs_one_attempt(string victim, string message)
    {
        byte[] undisturbed = await UndisturbedAsync(2);
        using RenderPlace place = await PlanSlowAsync(2);

        RunResult result = await place.DisturbRunAsync(_ => KillOneAsync(place, line => victim switch
                    {
                        "the worker" => line.Contains("render-chunk", StringComparison.Ordinal),
                        "the browser" => line.Contains("--remote-debugging-pipe", StringComparison.Ordinal)
                            && !line.Contains("--type=", StringComparison.Ordinal),
                        _ => line.Contains("ffmpeg", StringComparison.Ordinal) && line.Contains(".tmp", StringComparison.Ordinal),
                    }), "--workers", "2");

        string[] failures = Lines(RenderPlace.Said(result));
        await Assert.That(failures.Length).IsEqualTo(1);
        await Assert
            .That(failures[0])
            .Matches($"^{{\"event\":\"chunk-failed\",\"chunk\":[01],\"attempt\":1,\"retryInMs\":1000,\"code\":75,\"what\":\"{message}");
        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That((await File.ReadAllBytesAsync(Output(place))).AsSpan().SequenceEqual(undisturbed)).IsTrue();
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_page_that_throws_at_frame_40_ends_the_run_once_and_keeps_what_is_complete()
    {
        using var place = new RenderPlace(
            helios,
            AtFrame40.Replace("ACTION", "throw new Error('broken on purpose');", StringComparison.Ordinal));
        await place.PlanAsync("--frames", "60", "--shards", "3");
        (await place.Render("--index", "0")).Succeeded();

        RunResult result = await place.RunJob("--workers", "2");

        await Assert
            .That(RenderPlace.Said(result))
            .Matches(
                @"^1 of 3 chunks are complete already\nhelios: the page throws: Error: broken on purpose at https://composition\.helios/page\.html:1 \(chunk 2, frame 40 of https://composition\.helios/page\.html\); [^\n]+\n$"
            );
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That((await place.Run("check-job", "job.json", "--outputs")).Stdout).Contains("0 wrong\n");
        await Assert.That(File.Exists(place.FileOf(0))).IsTrue();
        await Assert.That(Directory.EnumerateFiles(place.Directory.Path, "*.tmp")).IsEmpty();
        await Assert.That(place.FindProcesses()).IsEmpty();
    }

    [Test]
    public async Task A_page_that_hangs_at_frame_40_is_tried_again_and_then_75()
    {
        using var place = new RenderPlace(helios, AtFrame40.Replace("ACTION", "for (;;) ;", StringComparison.Ordinal));
        await place.PlanAsync("--frames", "45");

        RunResult result = await place.RunJob("--timeout", Pace.Option(5), "--retries", "1");

        string[] lines = Lines(RenderPlace.Said(result));
        await Assert.That(lines.Length).IsEqualTo(2);
        await Assert
            .That(lines[0])
            .Matches(
                $@"^chunk 0: attempt 1 failed: no answer to .* within {Pace.Option(5)} s: .* \(chunk 0, frame 40 of .*\); again in 1 s$");
        await Assert
            .That(lines[1])
            .Matches($@"^helios: no answer to .* within {Pace.Option(5)} s: .* \(attempt 2 of 2\) \(chunk 0, frame 40 of .*\); ");
        await Assert.That(result.ExitCode).IsEqualTo(75);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments("INT", 130)]
    [Arguments("TERM", 143)]
    public async Task A_signal_keeps_complete_chunks_and_the_same_command_goes_on(string signal, int exitCode)
    {
        byte[] undisturbed = await UndisturbedAsync(4);
        using RenderPlace place = await PlanSlowAsync(4);
        (await place.Render("--index", "1")).Succeeded();

        RunResult result = await place.DisturbRunAsync(process => RenderPlace.SignalAsync(signal, process), "--workers", "2");
        IReadOnlyList<(int, string)> processes = place.FindProcesses();
        RunResult check = await place.Run("check-job", "job.json", "--outputs");
        RunResult rerun = await place.RunJob();

        await Assert
            .That(RenderPlace.Said(result))
            .Matches($"^helios: interrupted by SIG{signal} \\(signal\\); run it again to continue: [1-3] of 4 chunks are complete\n$");
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(processes).IsEmpty();
        await Assert.That(check.Stdout).Matches("[1-3] complete, [1-3] missing, 0 wrong\n$");
        await Assert.That(RenderPlace.Said(rerun.Succeeded())).Matches("^[1-3] of 4 chunks are complete already\n");
        await Assert.That((await File.ReadAllBytesAsync(Output(place))).AsSpan().SequenceEqual(undisturbed)).IsTrue();
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task When_everything_is_killed_the_same_command_ends_in_the_same_bytes()
    {
        byte[] undisturbed = await UndisturbedAsync(4);
        using RenderPlace place = await PlanSlowAsync(4);
        (await place.Render("--index", "2")).Succeeded();

        RunResult result = await place.DisturbRunAsync(_ => place.KillAllAsync(), "--workers", "2");
        RunResult rerun = await place.RunJob();

        await Assert.That(result.ExitCode).IsEqualTo(137);
        await Assert.That(RenderPlace.Said(rerun.Succeeded())).Matches("^[1-3] of 4 chunks are complete already\n120 frames in ");
        await Assert.That((await File.ReadAllBytesAsync(Output(place))).AsSpan().SequenceEqual(undisturbed)).IsTrue();
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task When_the_run_itself_is_killed_its_workers_end_and_clean_up()
    {
        using var place = new RenderPlace(helios, Slow);
        await place.PlanAsync("--frames", "200", "--shards", "2");

        RunResult result = await place.DisturbRunAsync(process => RenderPlace.SignalAsync("KILL", process), "--workers", "2");
        _ = await place.WaitForEndAsync();

        await Assert.That(result.ExitCode).IsEqualTo(137);
        await Assert.That(place.FindProcesses()).IsEmpty();
        await Assert.That(Directory.EnumerateFiles(place.Directory.Path, "*.tmp")).IsEmpty();
        await Assert
            .That(Directory.EnumerateFiles(place.Temporary, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)))
            .IsEquivalentTo(["helios.lock"]);
        (await place.Run("doctor")).Succeeded(); // whoever starts a browser next
        await Assert.That(Directory.EnumerateFileSystemEntries(place.Temporary)).IsEmpty();
    }

    [Test]
    public async Task A_second_run_of_the_same_job_is_refused()
    {
        using var place = new RenderPlace(helios, Slow);
        await place.PlanAsync("--frames", "100", "--shards", "2");
        RunResult? second = null;

        RunResult first = await place.DisturbRunAsync(async _ => second = await place.RunJob());

        await Assert
            .That(second!.Stderr)
            .IsEqualTo(
                $"helios: another helios works on this job ({place.Directory.PathOf("temp_j.lock")}); wait for it, or end it first\n");
        await Assert.That(second.ExitCode).IsEqualTo(75);
        await Assert.That(first.ExitCode).IsEqualTo(0);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments("truncated")]
    [Arguments("swapped")]
    [Arguments("replaced by text")]
    [Arguments("of another job")]
    [Arguments("without its receipt")]
    public async Task A_chunk_file_that_is_not_what_it_should_be_is_rendered_again(string harm)
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        await place.PlanAsync("--frames", "8", "--shards", "2");
        (await place.RunJob("--keep-chunks")).Succeeded();
        byte[] undisturbed = await File.ReadAllBytesAsync(Output(place));
        byte[] chunk = place.BytesOf(0);
        switch (harm)
        {
            case "truncated":
                await File.WriteAllBytesAsync(place.FileOf(0), chunk[..^100]);
                break;
            case "swapped":
                await File.WriteAllBytesAsync(place.FileOf(0), place.BytesOf(1));
                break;
            case "replaced by text":
                await File.WriteAllTextAsync(place.FileOf(0), "not a video");
                break;
            case "of another job":
                await File.WriteAllTextAsync(
                    place.FileOf(0) + ".json",
                    (await File.ReadAllTextAsync(place.FileOf(0) + ".json")).Replace("\"j\"", "\"other\"", StringComparison.Ordinal));
                break;
            default:
                File.Delete(place.FileOf(0) + ".json");
                break;
        }

        RunResult result = await place.RunJob();

        await Assert.That(RenderPlace.Said(result.Succeeded())).Contains("1 of 2 chunks are complete already\n");
        if (harm != "without its receipt")
        {
            await Assert
                .That(RenderPlace.Said(result))
                .StartsWith("1 of the chunk files that are there cannot be used and are rendered again; chunk 0: it ");
        }

        await Assert.That((await File.ReadAllBytesAsync(Output(place))).AsSpan().SequenceEqual(undisturbed)).IsTrue();
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_disk_that_fills_up_is_74_and_after_making_room_the_run_goes_on()
    {
        Tool.Require("unshare", "util-linux");
        using var place = new RenderPlace(helios, """
            <!doctype html><body style="margin:0"><canvas id="c" width="320" height="180"></canvas><script>
            const context = c.getContext("2d"), picture = context.createImageData(320, 180);
            const draw = () => { for (let i = 0; i < picture.data.length; i++) picture.data[i] = Math.random() * 256; context.putImageData(picture, 0, 0); requestAnimationFrame(draw); };
            requestAnimationFrame(draw);
            </script>
            """);
        place.Directory.CreateFolder("small");
        await place.PlanAsync("--frames", "30", "--shards", "2", "--output", "small/video.mkv", "--video-codec", "ffv1");

        RunResult result = await helios
            .RunScript(
                """
                mount -t tmpfs -o size=1500k helios-test small || { echo "cannot mount a tmpfs: run the tests as root, or allow user namespaces" >&2; exit 99; }
                helios run-job job.json --workers 1 --keep-chunks --progress none
                echo "first $?"
                ls -A small | grep -v -e '\.mov$' -e '\.mov\.json$'
                mount -o remount,size=64m small
                helios run-job job.json -q
                echo "second $?"
                ls -A small
                """
            )
            .Under("unshare", Environment.IsPrivilegedProcess ? ["--mount"] : ["--mount", "--map-root-user"])
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary);

        await Assert
            .That(RenderPlace.Said(result))
            .Matches("^(the job needs about [^\n]*\n)?helios: [^\n]*No space left on device[^\n]*; make room[^\n]*\n$");
        await Assert.That(result.Stdout).IsEqualTo("first 74\nsecond 0\nvideo.mkv\n");
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_disk_that_is_too_small_is_noticed_before_anything_starts()
    {
        using var place = new RenderPlace(helios, Slow);
        await place.PlanAsync("--frames", "1000000000", "--shards", "2", "--output", "video.mkv", "--video-codec", "ffv1");

        RunResult result = await place.RunJob();

        await Assert
            .That(result.Stderr)
            .Matches(
                $@"^helios: the job needs about [0-9]+ MB of disk for chunks and video, and [0-9.]+ MB are free \({place.Directory.Path}\); make room, or plan the job for another disk\n$"
            );
        await Assert.That(result.ExitCode).IsEqualTo(74);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_directory_of_the_output_that_goes_away_meanwhile_is_73()
    {
        using var place = new RenderPlace(helios, Slow);
        string folder = place.Directory.CreateFolder("out");
        await place.PlanAsync("--frames", "80", "--shards", "2", "--output", "out/video.mp4");

        RunResult result = await place.DisturbRunAsync(_ =>
        {
            Directory.Move(folder, folder + ".gone"); // while files come, removing it may fail
            return Task.CompletedTask;
        }, "--workers", "1");
        Directory.Delete(folder + ".gone", recursive: true);

        await Assert.That(Lines(RenderPlace.Said(result))[^1]).Matches($"^helios: the directory \"{folder}\" does not exist [^\n]+$");
        await Assert.That(result.ExitCode).IsEqualTo(73);
        await Assert.That(Directory.Exists(folder)).IsFalse();
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments(">&-")]
    [Arguments("2>&-")]
    [Arguments(">&- 2>&- <&-")]
    public async Task Closed_standard_streams_do_not_matter(string redirection)
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        await place.PlanAsync("--frames", "8", "--shards", "2");

        RunResult result = await helios
            .RunScript($"helios run-job job.json {redirection}")
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary);

        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.Stderr);
        await Assert.That((string)(await Video.ProbeAsync(Output(place)))["nb_read_frames"]!).IsEqualTo("8");
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    private static string Output(RenderPlace place) => (string)place.Job["output"]!;

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The slow page's video in so many chunks, from a run that nobody disturbed; the first test that needs it makes it.</summary>
    private Task<byte[]> UndisturbedAsync(int chunks) =>
        s_undisturbed
            .GetOrAdd(chunks, _ => new Lazy<Task<byte[]>>(async () =>
            {
                using RenderPlace place = await PlanSlowAsync(chunks);
                (await place.RunJob()).Succeeded();
                return await File.ReadAllBytesAsync(Output(place));
            }))
            .Value;

    private async Task<RenderPlace> PlanSlowAsync(int chunks)
    {
        var place = new RenderPlace(helios, Slow);
        await place.PlanAsync("--frames", "120", "--shards", $"{chunks}");
        return place;
    }

    private static async Task KillOneAsync(RenderPlace place, Func<string, bool> isMeant)
    {
        var (id, _) = place.FindProcesses().First(process => isMeant(process.CommandLine));
        await RenderPlace.SignalAsync("KILL", id);
    }
}
