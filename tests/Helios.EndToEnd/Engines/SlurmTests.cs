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

/// <summary>adapt slurm, submitted to a real Slurm, with real rendering.</summary>
[ClassDataSource<NativeBinary, SlurmNode>(Shared = [SharedType.PerTestSession, SharedType.PerTestSession])]
[Timeout(180_000)]
[ParallelLimiter<WaitingAtOnce>] // one at a time: one of them looks at the queue of all
[ExecutionPriority(TUnit.Core.Enums.Priority.High)]
public sealed class SlurmTests(NativeBinary helios, SlurmNode slurm)
{
    [Test]
    public async Task Chunks_are_rendered_by_an_array_and_merged_once_after_it()
    {
        using RenderPlace place = await PlanAsync(frames: 8, shards: 4);

        var (chunks, merge) = await SubmitAsync(place);

        await Assert.That(await slurm.WaitAsync(chunks, merge)).IsEquivalentTo(
            [$"{chunks}_0 COMPLETED", $"{chunks}_1 COMPLETED", $"{chunks}_2 COMPLETED", $"{chunks}_3 COMPLETED", $"{merge}_N/A COMPLETED"]);
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
        IReadOnlyList<string> states = await slurm.WaitAsync(chunks, merge);

        await Assert.That(Directory.Exists(place.Directory.PathOf("killed"))).IsTrue();
        await Assert.That(states.Where(state => !state.EndsWith(" COMPLETED", StringComparison.Ordinal))).IsEmpty();
        await Assert.That(await CountFramesAsync(place)).IsEqualTo(6);
    }

    [Test]
    public async Task A_task_that_is_requeued_as_after_a_lost_node_runs_again_and_the_merge_waits_for_it()
    {
        using RenderPlace place = await PlanAsync(frames: 6, shards: 3);
        string program = await WriteProgramAsync(place, """
            if [ "$HELIOS_CHUNK_INDEX" = 2 ] && mkdir requeued 2>/dev/null; then
              scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
              sleep 60
            fi
            exec helios "$@"
            """);

        var (chunks, merge) = await SubmitAsync(place, "--helios", program);
        IReadOnlyList<string> states = await slurm.WaitAsync(chunks, merge);

        await Assert.That(Directory.Exists(place.Directory.PathOf("requeued"))).IsTrue();
        await Assert.That(states.Where(state => !state.EndsWith(" COMPLETED", StringComparison.Ordinal))).IsEmpty();
        await Assert.That(await CountFramesAsync(place)).IsEqualTo(6);
    }

    [Test]
    public async Task A_chunk_that_can_never_work_ends_the_job_at_once_with_nothing_pending()
    {
        using RenderPlace place = await PlanAsync(frames: 8, shards: 4);
        place.Directory.Write("page.html", "changed after it was planned");

        var (chunks, merge) = await SubmitAsync(place, "--concurrency", "1");
        IReadOnlyList<string> states = await slurm.WaitAsync(chunks, merge);

        // tasks that never began are one line or none
        await Assert.That(states).Contains($"{chunks}_0 FAILED").And.Contains($"{merge}_N/A CANCELLED");
        await Assert
            .That(states.Where(state => !state.EndsWith(" CANCELLED", StringComparison.Ordinal)))
            .IsEquivalentTo([$"{chunks}_0 FAILED"]);
        await Assert
            .That(await File.ReadAllTextAsync(place.Directory.PathOf($"helios-j-chunks-{chunks}_0.log")))
            .Contains("the composition changed since the job was planned");
        await Assert.That(place.Directory.Names()).DoesNotContain("output.mp4");
    }

    [Test]
    public async Task A_task_that_keeps_failing_uses_its_retries_and_the_job_ends()
    {
        using RenderPlace place = await PlanAsync(frames: 2, shards: 2);
        string program = await WriteProgramAsync(place, "echo attempt; exit 75");

        var (chunks, merge) = await SubmitAsync(place, "--helios", program, "--retries", "1");
        IReadOnlyList<string> states = await slurm.WaitAsync(chunks, merge);

        await Assert.That(states).IsEquivalentTo([$"{chunks}_0 FAILED", $"{chunks}_1 FAILED", $"{merge}_N/A CANCELLED"]);
        await Assert
            .That(await File.ReadAllTextAsync(place.Directory.PathOf($"helios-j-chunks-{chunks}_0.log")))
            .IsEqualTo("attempt\nattempt\n");
    }

    [Test]
    public async Task More_chunks_than_the_cluster_has_array_indices_share_tasks()
    {
        using RenderPlace place = await PlanAsync(frames: 12, shards: 12);

        var (chunks, merge) = await SubmitAsync(place, "--max-array-size", $"{SlurmNode.MaxArraySize}", "--concurrency", "2");
        IReadOnlyList<string> states = await slurm.WaitAsync(chunks, merge);

        await Assert.That(states).IsEquivalentTo(
            [$"{chunks}_0 COMPLETED", $"{chunks}_1 COMPLETED", $"{chunks}_2 COMPLETED", $"{chunks}_3 COMPLETED", $"{merge}_N/A COMPLETED"]);
        await Assert.That(await CountFramesAsync(place)).IsEqualTo(12);
    }

    [Test]
    public async Task A_submission_that_slurm_refuses_leaves_nothing_behind()
    {
        using RenderPlace place = await PlanAsync(frames: 12, shards: 12);

        RunResult result = await Submission(place);

        await Assert.That(result.ExitCode).IsNotEqualTo(0);
        await Assert.That(result.Stderr).Contains("Invalid job array specification");
        await Assert.That(await slurm.QueueAsync("-n", "helios-j-chunks,helios-j-merge")).IsEmpty();
    }

    private async Task<RenderPlace> PlanAsync(int frames, int shards)
    {
        var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", $"{frames}", "--shards", $"{shards}", "--portable");
        return place;
    }

    private ProcessRun Submission(RenderPlace place, params string[] options) => slurm.Prepare(helios.RunScript(
        """
        helios adapt slurm job.json --cpus 2 --memory 256M "$@" >submit.sh && exec sh submit.sh
        """, options)).In(place.Directory);

    private async Task<(string Chunks, string Merge)> SubmitAsync(RenderPlace place, params string[] options)
    {
        string[] lines = (await Submission(place, options)).Succeeded().Stdout.Split('\n');
        return (lines[0]["chunks ".Length..], lines[1]["merge ".Length..]);
    }

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
