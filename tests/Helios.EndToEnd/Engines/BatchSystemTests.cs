using System;
using System.IO;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Merging;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Engines;

/// <summary>
/// adapt pbs, lsf and htcondor, submitted to stand-ins that read directives as the engines' manuals say (BatchSystems/), with real
/// rendering: no package of these engines can be installed here.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Timeout(180_000)]
public sealed class BatchSystemTests(NativeBinary helios)
{
    [Test]
    [Arguments("pbs", "helios-j-chunks 1[0].stub 0,helios-j-chunks 1[1].stub 1,helios-j-chunks 1[2].stub 2,helios-j-merge 2.stub")]
    [Arguments("lsf", "helios-j-chunks 1,helios-j-chunks 2,helios-j-chunks 3,helios-j-merge 0")]
    [Arguments("htcondor", "chunk0 0,chunk1 0,chunk2 0,merge 0")]
    public async Task Chunks_are_rendered_by_tasks_and_merged_once_after_them(string engine, string ran)
    {
        using RenderPlace place = await PlanAsync(frames: 6, shards: 3);

        RunResult result = await Submission(place, engine, "--concurrency", "2");

        await Assert.That(result.Succeeded().Stdout).Contains("\nwatch: ").And.Contains("\ncancel: ").And.Contains("\nclean up: ");
        await Assert.That(ReadRan(place)).IsEqualTo(ran);
        await Assert.That(await CountFramesAsync(place)).IsEqualTo(6);
    }

    [Test]
    [Arguments("pbs", "chunks 1.stub\nmerge 2.stub\n")]
    [Arguments("lsf", "chunks 1\nmerge 2\n")]
    [Arguments("htcondor", "dag 42\n")]
    public async Task One_task_of_several_chunks_needs_no_array_and_ids_are_printed(string engine, string ids)
    {
        using RenderPlace place = await PlanAsync(frames: 6, shards: 3);

        RunResult result = await Submission(place, engine, "--tasks", "1");

        await Assert.That(result.Succeeded().Stdout).StartsWith(ids);
        await Assert.That(await CountFramesAsync(place)).IsEqualTo(6);
    }

    [Test]
    [Arguments("pbs", "helios-j-chunks 1[0].stub 0")]
    [Arguments("lsf", "helios-j-chunks 1")]
    [Arguments("htcondor", "chunk0 65,chunk1 65,chunk2 65")]
    public async Task A_chunk_that_can_never_work_is_not_retried_and_nothing_is_merged(string engine, string ran)
    {
        using RenderPlace place = await PlanAsync(frames: 6, shards: 3);
        place.Directory.Write("page.html", "changed after it was planned");

        await Submission(place, engine);

        await Assert.That(ReadRan(place)).IsEqualTo(ran);
        await Assert.That(place.Directory.Names()).DoesNotContain("output.mp4");
    }

    [Test]
    [Arguments("pbs")]
    [Arguments("lsf")]
    [Arguments("htcondor")]
    public async Task A_task_that_fails_once_in_a_way_that_may_pass_runs_again(string engine)
    {
        using RenderPlace place = await PlanAsync(frames: 6, shards: 3);
        string program = place.Directory.Write(
            "my helios",
            "#!/bin/sh\nif [ \"$HELIOS_CHUNK_INDEX\" = 1 ] && mkdir \"$STUB/failed\" 2>/dev/null; then exit 75; fi\nexec helios \"$@\"\n");
        (await Tool.Run("chmod", "coreutils", "+x", program)).Succeeded();

        RunResult result = await Submission(place, engine, "--helios", program);

        _ = result.Succeeded();
        await Assert.That(Directory.Exists(Path.Combine(place.Temporary, "failed"))).IsTrue();
        await Assert.That(await CountFramesAsync(place)).IsEqualTo(6);
    }

    [Test]
    [Arguments("pbs")]
    [Arguments("lsf")]
    [Arguments("htcondor")]
    public async Task A_path_that_a_shell_would_change_reaches_the_task_as_it_is(string engine)
    {
        using RenderPlace place = await PlanAsync(frames: 2, shards: 1);
        const string Odd = "it's $HOME & 50% \"#1\" $(x).json";
        File.Move(place.Directory.PathOf("job.json"), place.Directory.PathOf(Odd));

        RunResult result = await helios
            .RunScript($"PATH=\"$1:$PATH\"; helios adapt {engine} \"$2\" >submit.sh && exec sh submit.sh", Systems, Odd)
            .WithEnvironment("STUB", place.Temporary)
            .WithEnvironment("TMPDIR", place.Temporary)
            .In(place.Directory);

        _ = result.Succeeded();
        await Assert.That(await CountFramesAsync(place)).IsEqualTo(2);
    }

    [Test]
    [Arguments("pbs")]
    [Arguments("lsf")]
    [Arguments("htcondor")]
    public async Task A_program_of_then_hears_of_the_video(string engine)
    {
        using RenderPlace place = await PlanAsync(frames: 2, shards: 1);
        const string Odd = "it's $HOME & 50% \"#1\" $(x)";

        RunResult result = await Submission(place, engine, "--then", "sh", "--then=-c", "--then",
            "printf '%s\\n' \"$1\" \"$HELIOS_JOB_ID\" \"$HELIOS_OUTPUT\" \"$HELIOS_FRAMES\" >said", "--then", "name", "--then", Odd);

        _ = result.Succeeded();
        await Assert.That(place.Directory.Read("said")).IsEqualTo($"{Odd}\nj\n{place.Directory.PathOf("output.mp4")}\n2\n");
    }

    private static string Systems => Path.Combine(Repository.Project, "BatchSystems");

    private async Task<RenderPlace> PlanAsync(int frames, int shards)
    {
        Tool.Require("node", "nodejs");
        var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", $"{frames}", "--shards", $"{shards}", "--portable");
        return place;
    }

    private ProcessRun Submission(RenderPlace place, string engine, params string[] options) =>
        helios
            .RunScript(
                """
                PATH="$1:$PATH"; engine=$2; shift 2
                helios adapt "$engine" job.json "$@" >submit.sh && exec sh submit.sh
                """,
                [Systems, engine, .. options])
            .WithEnvironment("STUB", place.Temporary)
            .WithEnvironment("TMPDIR", place.Temporary)
            .In(place.Directory);

    /// <summary>What ran, in order.</summary>
    private static string ReadRan(RenderPlace place) =>
        File.ReadAllText(Path.Combine(place.Temporary, "ran")).TrimEnd('\n').Replace('\n', ',');

    private static async Task<int> CountFramesAsync(RenderPlace place) =>
        int.Parse((string)(await Video.ProbeAsync(place.Directory.PathOf("output.mp4")))["nb_read_frames"]!);
}
