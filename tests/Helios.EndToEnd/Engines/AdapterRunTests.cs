using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Documents;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Merging;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Engines;

/// <summary>adapt make and adapt helios-node: what they write is run, with real rendering.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Timeout(120_000)]
public sealed class AdapterRunTests(NativeBinary helios)
{
    private const string Make = "helios adapt make job.json | make -f - -j2";

    [Test]
    public async Task Make_renders_and_merges_and_has_nothing_to_do_the_second_time()
    {
        using RenderPlace place = await PlanAsync(frames: 6, shards: 3);

        RunResult first = await RunAsync(place, Make);
        RunResult second = await RunAsync(place, Make);

        _ = first.Succeeded();
        await Assert.That(await CountFramesAsync(place)).IsEqualTo(6);
        await Assert.That(second.Succeeded().Stdout).Contains("Nothing to be done");
    }

    [Test]
    public async Task Make_goes_on_where_it_was_interrupted()
    {
        using RenderPlace place = await PlanAsync(frames: 24, shards: 6);
        (await RunAsync(place, "helios adapt make job.json >job.mk")).Succeeded();

        using (
            Process make = helios
                .RunScript("exec setsid make -f job.mk -j1")
                .In(place.Directory)
                .WithEnvironment("TMPDIR", place.Temporary)
                .Start())
        {
            while (StampsOf(place).Count == 0 && !make.HasExited) await Task.Delay(50);
            (await new ProcessRun("/bin/sh", ["-c", $"kill -s INT -- -{make.Id}"])).Succeeded(); // its group, as Ctrl-C does
            await make.WaitForExitAsync();
            await Assert.That(make.ExitCode).IsNotEqualTo(0);
        }

        IReadOnlyList<string> done = StampsOf(place);
        await Assert.That(File.Exists(place.Directory.PathOf(place.FileOf(0)))).IsTrue();
        DateTime before = File.GetLastWriteTimeUtc(place.Directory.PathOf(place.FileOf(0)));
        await Assert.That(done.Count).IsBetween(1, 5);
        await Assert.That(place.Directory.Names().Where(name => name.EndsWith(".tmp", StringComparison.Ordinal))).IsEmpty();

        (await RunAsync(place, "make -f job.mk -j2")).Succeeded();

        await Assert.That(File.GetLastWriteTimeUtc(place.Directory.PathOf(place.FileOf(0)))).IsEqualTo(before);
        await Assert.That(await CountFramesAsync(place)).IsEqualTo(24);
    }

    [Test]
    public async Task Make_renders_a_chunk_again_that_was_lost_before_the_merge()
    {
        using RenderPlace place = await PlanAsync(frames: 6, shards: 3);
        (
            await RunAsync(place, "helios adapt make job.json >job.mk; make -f job.mk $(sed -n 's/^STAMPS := //p' job.mk)/task-1")
        ).Succeeded();
        File.Delete(place.Directory.PathOf(place.FileOf(1)));

        RunResult merge = await RunAsync(place, "make -f job.mk");
        RunResult again = await RunAsync(place, "make -f job.mk");

        await Assert.That(merge.ExitCode).IsNotEqualTo(0);
        await Assert.That(merge.Stderr).Contains("temp_j_part_1.mov");
        _ = again.Succeeded();
        await Assert.That(await CountFramesAsync(place)).IsEqualTo(6);
    }

    [Test]
    public async Task A_task_that_open_job_description_deals_chunks_to_renders_just_these()
    {
        using RenderPlace place = await PlanAsync(frames: 6, shards: 3);
        JsonNode template = YamlDocument.Parse(
            (await RunAsync(place, "helios adapt openjd job.json --target-time 5m --job-path job.json")).Succeeded().Stdout);
        string[] words = [.. template["steps"]![0]!["script"]!["actions"]!["onRun"]!["args"]!.AsArray().Select(word => (string)word!)];

        (await RunAsync(place, "exec sh \"$@\"", Deal("1-2"))).Succeeded();
        bool isEarly = File.Exists(place.Directory.PathOf(place.FileOf(0)));
        (await RunAsync(place, "sh \"$@\" && helios merge-chunks job.json", Deal("0-0"))).Succeeded();

        await Assert.That(isEarly).IsFalse();
        await Assert.That(await CountFramesAsync(place)).IsEqualTo(6);

        string[] Deal(string range) => [.. words.Select(word => word == "{{Task.Param.Index}}" ? range : word)];
    }

    [Test]
    public async Task Make_does_not_retry_what_no_retry_helps()
    {
        using RenderPlace place = await PlanAsync(frames: 2, shards: 2);
        place.Directory.Write("page.html", "changed after it was planned");

        RunResult result = await RunAsync(place, "helios adapt make job.json | make -f - -j1");

        await Assert.That(result.ExitCode).IsEqualTo(2);
        await Assert.That(result.Stderr.Split("the composition changed since").Length - 1).IsEqualTo(1);
        await Assert.That(place.Directory.Names()).DoesNotContain("output.mp4");
    }

    [Test]
    public async Task The_commands_for_the_node_cli_split_as_in_a_shell_and_make_the_video()
    {
        using RenderPlace place = await PlanAsync(frames: 6, shards: 3);
        (await RunAsync(place, "mkdir \"it's\" && mv job.json page.html \"it's\"")).Succeeded();

        RunResult result = await RunAsync(place, "helios adapt helios-node \"it's/job.json\"");
        JsonObject job = result.Succeeded().Json;

        await Assert.That(result.Stderr).Contains("commands hold quotes");
        await Assert.That((string)job["id"]!).IsEqualTo("j");
        await Assert
            .That(job["metadata"]!.ToJsonString())
            .IsEqualTo("""{"totalFrames":6,"fps":30,"width":320,"height":180,"duration":0.2}""");
        foreach (JsonNode? chunk in job["chunks"]!.AsArray())
            (await ExecuteAsync(place, (string)chunk!["command"]!)).Succeeded();
        (await ExecuteAsync(place, (string)job["mergeCommand"]!)).Succeeded();
        await Assert.That(File.Exists(place.Directory.PathOf("it's", (string)job["chunks"]![2]!["outputFile"]!))).IsTrue();
        await Assert.That((string)(await Video.ProbeAsync(place.Directory.PathOf("it's", "output.mp4")))["nb_read_frames"]!).IsEqualTo("6");
    }

    [Test]
    public async Task Chunks_for_the_node_cli_are_written_as_they_are_read()
    {
        using var directory = new TestDirectory();
        (
            await helios.RunScript("helios export-job page.html --frames 300000 --shards 300000 --job-id j -q >job.json").In(directory)
        ).Succeeded();

        RunResult result = await helios.RunScript("/usr/bin/time -f %M helios adapt helios-node job.json | tail -c 200").In(directory);

        await Assert.That(result.Succeeded().Stdout).Contains("--index 299999");
        await Assert.That(int.Parse(result.Stderr.Trim())).IsLessThan(24 * 1024);
    }

    private async Task<RenderPlace> PlanAsync(int frames, int shards)
    {
        var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", $"{frames}", "--shards", $"{shards}", "--portable");
        return place;
    }

    private ProcessRun RunAsync(RenderPlace place, string script, params string[] arguments) =>
        helios.RunScript(script, arguments).In(place.Directory).WithEnvironment("TMPDIR", place.Temporary);

    private ProcessRun ExecuteAsync(RenderPlace place, string command)
    {
        IReadOnlyList<string> words = PosixWords.Split(command);
        return (words[0] == "helios" ? helios.Run([.. words.Skip(1)]) : throw new InvalidOperationException(command))
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary);
    }

    private static IReadOnlyList<string> StampsOf(RenderPlace place)
    {
        string folder = place.Directory.PathOf(".helios");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "task-*", SearchOption.AllDirectories)] : [];
    }

    private static async Task<int> CountFramesAsync(RenderPlace place) =>
        int.Parse((string)(await Video.ProbeAsync(place.Directory.PathOf("output.mp4")))["nb_read_frames"]!);
}
