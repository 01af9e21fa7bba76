using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Harness.Servers;
using Helios.EndToEnd.Merging;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Engines;

/// <summary>adapt grid-engine, submitted to a real Grid Engine, with real rendering.</summary>
[ClassDataSource<NativeBinary, GridEngineNode>(Shared = [SharedType.PerTestSession, SharedType.PerTestSession])]
[Timeout(180_000)]
[ParallelLimiter<WaitingAtOnce>]
[ExecutionPriority(TUnit.Core.Enums.Priority.High)]
public sealed class GridEngineTests(NativeBinary helios, GridEngineNode engine)
{
    [Test]
    public async Task Chunks_are_rendered_by_an_array_and_merged_once_after_it()
    {
        using RenderPlace place = await PlanAsync(frames: 8, shards: 4);

        var (chunks, merge) = await SubmitAsync(place, "--arch", "amd64");

        await Assert
            .That(await engine.WaitAsync(chunks, merge))
            .IsEquivalentTo([$"{chunks}.1 0", $"{chunks}.2 0", $"{chunks}.3 0", $"{chunks}.4 0", $"{merge}.undefined 0"]);
        await Assert.That(await CountFramesAsync(place)).IsEqualTo(8);
    }

    [Test]
    public async Task A_task_that_is_killed_once_is_retried_and_the_job_ends_well()
    {
        using RenderPlace place = await PlanAsync(frames: 6, shards: 3);
        string program = await WriteProgramAsync(place, """
            if [ "$HELIOS_CHUNK_INDEX" = 1 ] && mkdir killed 2>/dev/null; then
              helios "$@" &
              sleep 0.5
              kill -KILL $!
              wait $!
              exit
            fi
            exec helios "$@"
            """);

        var (chunks, merge) = await SubmitAsync(place, "--helios", program);
        IReadOnlyList<string> ended = await engine.WaitAsync(chunks, merge);

        await Assert.That(Directory.Exists(place.Directory.PathOf("killed"))).IsTrue();
        await Assert.That(ended.Where(task => !task.EndsWith(" 0", StringComparison.Ordinal))).IsEmpty();
        await Assert.That(await CountFramesAsync(place)).IsEqualTo(6);
    }

    [Test]
    public async Task A_chunk_that_can_never_work_ends_tasks_that_wait_and_the_merge_names_what_is_missing()
    {
        using RenderPlace place = await PlanAsync(frames: 8, shards: 4);
        place.Directory.Write("page.html", "changed after it was planned");

        var (chunks, merge) = await SubmitAsync(place, "--concurrency", "1");
        IReadOnlyList<string> ended = await engine.WaitAsync(chunks, merge);

        await Assert.That(ended).IsEquivalentTo([$"{chunks}.1 65", $"{merge}.undefined 65"]);
        await Assert
            .That(await File.ReadAllTextAsync(place.Directory.PathOf($"helios-j-chunks.{chunks}.1.log")))
            .Contains("the composition changed since the job was planned");
        await Assert.That(await File.ReadAllTextAsync(place.Directory.PathOf($"helios-j-merge.{merge}.log"))).Contains("temp_j_part_0.mov");
        await Assert.That(place.Directory.Names()).DoesNotContain("output.mp4");
    }

    [Test]
    public async Task A_task_that_keeps_failing_uses_its_retries_and_the_job_ends()
    {
        using RenderPlace place = await PlanAsync(frames: 2, shards: 1);
        string program = await WriteProgramAsync(place, "echo attempt; exit 75");

        var (chunks, merge) = await SubmitAsync(place, "--helios", program, "--retries", "1");
        IReadOnlyList<string> ended = await engine.WaitAsync(chunks, merge);

        await Assert.That(ended).IsEquivalentTo([$"{chunks}.1 75", $"{merge}.undefined 75"]);
        await Assert
            .That(await File.ReadAllTextAsync(place.Directory.PathOf($"helios-j-chunks.{chunks}.1.log")))
            .IsEqualTo("attempt\nattempt\n");
    }

    [Test]
    public async Task More_chunks_than_the_cluster_has_array_tasks_share_tasks()
    {
        using RenderPlace place = await PlanAsync(frames: 12, shards: 12);

        var (chunks, merge) = await SubmitAsync(place, "--max-array-size", $"{GridEngineNode.MaxTasks}", "--concurrency", "2");
        IReadOnlyList<string> ended = await engine.WaitAsync(chunks, merge);

        await Assert
            .That(ended)
            .IsEquivalentTo([$"{chunks}.1 0", $"{chunks}.2 0", $"{chunks}.3 0", $"{chunks}.4 0", $"{merge}.undefined 0"]);
        await Assert.That(await CountFramesAsync(place)).IsEqualTo(12);
    }

    [Test]
    public async Task What_is_printed_cancels_the_job_and_removes_its_logs()
    {
        using RenderPlace place = await PlanAsync(frames: 2, shards: 2);
        string program = await WriteProgramAsync(place, "echo begun; sleep 60");
        string[] lines = (await Submission(place, "--helios", program)).Succeeded().Stdout.Split('\n');
        string[] ids = [IdOf(lines[0]), IdOf(lines[1])];
        while (!place.Directory.Names().Any(name => name.EndsWith(".log", StringComparison.Ordinal))) await Task.Delay(200);

        RunResult watch = await RunLineAsync(place, lines, "watch: ");
        RunResult cancel = await RunLineAsync(place, lines, "cancel: ");
        while ((await engine.QueueAsync()).Intersect(ids).Any()) await Task.Delay(200);
        RunResult cleanUp = await RunLineAsync(place, lines, "clean up: ");

        await Assert.That(watch.Succeeded().Stdout).Contains(ids[0]).And.Contains(ids[1]);
        _ = cancel.Succeeded();
        _ = cleanUp.Succeeded();
        await Assert.That(place.Directory.Names().Where(name => name.EndsWith(".log", StringComparison.Ordinal))).IsEmpty();
    }

    [Test]
    public async Task A_submission_that_grid_engine_refuses_leaves_nothing_behind()
    {
        using RenderPlace place = await PlanAsync(frames: 12, shards: 12);

        RunResult result = await Submission(place, "--name", "refused");

        await Assert.That(result.ExitCode).IsNotEqualTo(0);
        await Assert.That(result.Stderr).Contains($"more than {GridEngineNode.MaxTasks} tasks");
        await Assert.That(result.Stdout).IsEmpty();
    }

    private async Task<RenderPlace> PlanAsync(int frames, int shards)
    {
        var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", $"{frames}", "--shards", $"{shards}", "--portable");
        return place;
    }

    private ProcessRun Submission(RenderPlace place, params string[] options) => engine.Prepare(helios.RunScript(
        """
        helios adapt grid-engine job.json --cpus 2 --memory 64M "$@" >submit.sh && exec sh submit.sh
        """, options)).In(place.Directory);

    private ProcessRun RunLineAsync(RenderPlace place, string[] lines, string begin) =>
        engine
            .Prepare(helios.RunScript(lines.Single(line => line.StartsWith(begin, StringComparison.Ordinal))[begin.Length..]))
            .In(place.Directory);

    private async Task<(string Chunks, string Merge)> SubmitAsync(RenderPlace place, params string[] options)
    {
        string[] lines = (await Submission(place, options)).Succeeded().Stdout.Split('\n');
        return (IdOf(lines[0]), IdOf(lines[1]));
    }

    private static string IdOf(string line) => line.Split(' ')[1];

    /// <summary>A stand-in for helios that does something to the real one.</summary>
    private static async Task<string> WriteProgramAsync(RenderPlace place, string script)
    {
        string path = place.Directory.Write("my helios", "#!/bin/sh\n" + script + "\n");
        (await Tool.Run("chmod", "coreutils", "+x", path)).Succeeded();
        return path;
    }

    private static async Task<int> CountFramesAsync(RenderPlace place) =>
        int.Parse((string)(await Video.ProbeAsync(place.Directory.PathOf("output.mp4")))["nb_read_frames"]!);
}
