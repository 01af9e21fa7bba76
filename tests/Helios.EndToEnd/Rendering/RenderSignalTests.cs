using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Rendering;

/// <summary>
/// Whatever is killed or stopped in mid-render: an end in seconds, nothing left behind, and the retry gives the same bytes.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class RenderSignalTests(NativeBinary helios)
{
    /// <summary>Takes tens of ms a frame, so that there is time to disturb it.</summary>
    private const string Slow = """
        <!doctype html><body style="margin:0;background:#fff"><p id="p"></p><script>
        let n = 0, x = 0;
        const work = () => { for (let i = 0; i < 1e7; i++) x += Math.sqrt(i); p.textContent = ++n; requestAnimationFrame(work); };
        requestAnimationFrame(work);
        </script>
        """;

    private const string Browser = "the browser";
    private const string Renderer = "a page";
    private const string Graphics = "the graphics";
    private const string Encoder = "the encoder";

    [Test]
    [Arguments("INT", 130)]
    [Arguments("TERM", 143)]
    public async Task A_signal_in_mid_render_ends_everything(string signal, int exitCode)
    {
        using var place = new RenderPlace(helios, Slow);
        await place.PlanAsync("--frames", "100");

        RunResult result = await place.DisturbAsync(process => RenderPlace.SignalAsync(signal, process));

        await Assert
            .That(RenderPlace.Said(result))
            .IsEqualTo($"helios: interrupted by SIG{signal} (signal); run it again; nothing half done was left behind\n");
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [MatrixDataSource]
    public async Task A_child_that_is_ended_in_mid_render_is_75_and_the_retry_gives_the_same_bytes(
        [Matrix(Browser, Renderer, Graphics, Encoder)] string child, [Matrix("KILL", "TERM")] string signal)
    {
        using var place = new RenderPlace(helios, Slow);
        await place.PlanAsync("--frames", "100");

        RunResult result = await place.DisturbAsync(
            _ => place.SignalChildAsync(signal, line => Is(child, line)),
            "--timeout",
            Pace.Option(5));
        IReadOnlyList<string> remains = await place.FindRemainsAsync();
        (await place.Render()).Succeeded();
        byte[] retried = place.BytesOf(0);
        if (child == Browser) (await place.Render("--force")).Succeeded(); // once is enough

        await Assert
            .That(RenderPlace.Said(result))
            .Matches("^helios: [^\n]+ \\((frame [0-9]+ of https://composition\\.helios/page\\.html[^\n]*)\\); [^\n]+\n$");
        await Assert.That(result.ExitCode).IsEqualTo(75);
        await Assert.That(remains).IsEmpty();
        await Assert.That(retried.AsSpan().SequenceEqual(place.BytesOf(0))).IsTrue();
    }

    [Test]
    [Arguments(Browser)]
    [Arguments(Renderer)]
    [ParallelLimiter<WaitingAtOnce>]
    [ExecutionPriority(TUnit.Core.Enums.Priority.High)]
    public async Task A_child_that_stands_still_is_75_within_the_time_limit(string child)
    {
        using var place = new RenderPlace(helios, Slow);
        await place.PlanAsync("--frames", "100");

        RunResult result = await place.DisturbAsync(
            _ => place.SignalChildAsync("STOP", line => Is(child, line)),
            "--timeout",
            Pace.Option(5));

        await Assert
            .That(RenderPlace.Said(result))
            .Matches(
                $"^helios: no answer to [^\n]+ within {Pace.Option(5)} s: [^\n]+ \\(frame [0-9]+ of https://composition\\.helios/page\\.html\\); [^\n]+\n$"
            );
        await Assert.That(result.ExitCode).IsEqualTo(75);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Timeout(240_000)]
    [ParallelLimiter<WaitingAtOnce>]
    [ExecutionPriority(TUnit.Core.Enums.Priority.High)] // it is the longest
    public async Task An_encoder_that_stands_still_is_75_after_two_minutes()
    {
        using var place = new RenderPlace(helios, Slow);
        await place.PlanAsync("--frames", "100");

        RunResult result = await place.DisturbAsync(
            _ => place.SignalChildAsync("STOP", static line => Is(Encoder, line)),
            "--timeout",
            Pace.Option(5));

        await Assert
            .That(RenderPlace.Said(result))
            .Matches(
                "^helios: the encoder took nothing for 120 s \\(frame [0-9]+ of https://composition\\.helios/page\\.html, [^\n]*ffmpeg\\); [^\n]+\n$"
            );
        await Assert.That(result.ExitCode).IsEqualTo(75);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task When_helios_itself_is_killed_its_children_end_and_the_retry_cleans_up()
    {
        using var place = new RenderPlace(helios, Slow);
        await place.PlanAsync("--frames", "100");

        RunResult result = await place.DisturbAsync(process => RenderPlace.SignalAsync("KILL", process));
        _ = await place.WaitForEndAsync();
        IReadOnlyList<(int, string)> orphans = place.FindProcesses();
        bool isPublished = File.Exists(place.FileOf(0));
        (await place.Render()).Succeeded();
        IReadOnlyList<string> names = place.Directory.Names();
        byte[] retried = place.BytesOf(0);
        (await place.Render("--force")).Succeeded();

        await Assert.That(result.ExitCode).IsEqualTo(137);
        await Assert.That(orphans).IsEmpty();
        await Assert.That(isPublished).IsFalse();
        await Assert.That(names).IsEquivalentTo(["job.json", "page.html", "temp_j_part_0.mov", "temp_j_part_0.mov.json"]);
        await Assert.That(Directory.EnumerateFileSystemEntries(place.Temporary)).IsEmpty();
        await Assert.That(retried.AsSpan().SequenceEqual(place.BytesOf(0))).IsTrue();
    }

    /// <summary>One that works on after its input has ended, as at the end of a slow encode, would do so for as long as it takes.</summary>
    [Test]
    public async Task An_encoder_that_works_on_ends_with_helios_all_the_same()
    {
        using var place = new RenderPlace(helios, Slow);
        string encoder = ProgramFile.Write(
            place.Directory.PathOf("encoder"),
            "#!/bin/sh\ncase $1 in -h) exec ffmpeg \"$@\" ;; *) exec ffmpeg -v error -nostdin -re -f lavfi -i testsrc -f null - ;; esac\n");
        await place.PlanAsync("--frames", "100");

        RunResult result = await place.DisturbAsync(process => RenderPlace.SignalAsync("KILL", process), "--ffmpeg", encoder);
        _ = await place.WaitForEndAsync();
        IReadOnlyList<(int Id, string CommandLine)> orphans = place.FindProcesses();
        foreach (var (id, _) in orphans) await RenderPlace.SignalAsync("KILL", id);

        await Assert.That(result.ExitCode).IsEqualTo(137);
        await Assert.That(orphans).IsEmpty();
    }

    /// <summary>The chunk is whole by then: it stays, and the signal is answered all the same.</summary>
    [Test]
    [Arguments(1)]
    [Arguments(2)]
    public async Task A_signal_while_the_receipt_is_flushed_is_heard_and_undoes_nothing(int chunks)
    {
        Tool.Require("strace", "strace");
        using var place = new RenderPlace(helios, "<!doctype html><body>");
        await place.PlanAsync("--frames", "2", "--shards", "2");

        RunResult result = await helios
            .RunScript(
                """
                strace --quiet=all -o /dev/null -e trace=fsync -e inject=fsync:delay_enter=2000000 helios render-chunk job.json --progress none & strace=$!
                until [ -s "$(echo temp_j_part_0.mov.json.*.tmp)" ]; do sleep 0.01; done
                kill -s TERM $(cat /proc/$strace/task/$strace/children)
                wait $strace
                """
            )
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary)
            .WithEnvironment("HELIOS_CHUNK_INDEX", "0")
            .WithEnvironment("HELIOS_CHUNKS_PER_TASK", $"{chunks}");

        await Assert
            .That(RenderPlace.Said(result))
            .Matches(
                "^chunk 0: 1 frames in [^\n]+\nhelios: interrupted by SIGTERM \\(signal\\); run it again; nothing half done was left behind\n$"
            );
        await Assert.That(result.ExitCode).IsEqualTo(143);
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["job.json", "page.html", "temp_j_part_0.mov", "temp_j_part_0.mov.json"]);
        await Assert.That((await place.Run("check-job", "job.json", "--outputs")).Stdout).Contains("1 complete");
    }

    private static bool Is(string child, string commandLine) =>
        child switch
        {
            Browser => commandLine.Contains("--remote-debugging-pipe", StringComparison.Ordinal)
                && !commandLine.Contains("--type=", StringComparison.Ordinal),
            Graphics => commandLine.Contains("--type=gpu-process", StringComparison.Ordinal),
            Renderer => commandLine.Contains("--type=renderer", StringComparison.Ordinal),
            _ => commandLine.Contains("ffmpeg", StringComparison.Ordinal) && commandLine.Contains(".tmp", StringComparison.Ordinal),
        };
}
