using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Jobs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Rendering;

/// <summary>render-chunk as a task of an engine: where it finds its job, and which chunks it renders.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class RenderTaskTests(NativeBinary helios)
{
    private const string Green = "<!doctype html><body style='margin:0;background:#0f0'>";

    [Test]
    public async Task A_job_comes_from_stdin_and_its_paths_from_workdir()
    {
        using var place = new RenderPlace(helios, Green);
        place.Directory.CreateFolder("elsewhere");
        await place.PlanAsync("--frames", "6", "--shards", "2", "--portable");

        RunResult result = await place.Run("render-chunk", "-", "--index", "1", "--workdir", place.Directory.Path)
            .WithInput(place.Directory.Read("job.json")).In(place.Directory.PathOf("elsewhere"));

        await Assert.That(result.Succeeded().Stdout).IsEmpty();
        await Assert
            .That(place.Directory.Names())
            .IsEquivalentTo(["elsewhere", "job.json", "page.html", "temp_j_part_1.mov", "temp_j_part_1.mov.json"]);
        await Assert.That(Directory.EnumerateFileSystemEntries(place.Directory.PathOf("elsewhere"))).IsEmpty();
    }

    [Test]
    public async Task A_task_of_several_chunks_reads_a_spec_from_stdin()
    {
        using var place = new RenderPlace(helios, Green);
        await place.PlanAsync("--frames", "6", "--shards", "3");

        RunResult result = await place.Run("render-chunk", "-").WithInput(place.Directory.Read("job.json"))
            .WithEnvironment("HELIOS_CHUNK_INDEX", "0").WithEnvironment("HELIOS_CHUNKS_PER_TASK", "2");

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(RenderedChunks(place)).IsEquivalentTo([0, 1]);
    }

    [Test]
    public async Task A_portable_job_is_rendered_where_it_was_moved_to()
    {
        using var place = new RenderPlace(helios, Green);
        await place.PlanAsync("--frames", "5", "--portable");
        place.Directory.CreateFolder("moved");
        foreach (string name in (string[])["job.json", "page.html"])
            File.Move(place.Directory.PathOf(name), place.Directory.PathOf("moved", name));

        RunResult result = await place.Run("render-chunk", "moved/job.json");

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["moved"]);
        await Assert.That(File.Exists(place.Directory.PathOf("moved", "temp_j_part_0.mov.json"))).IsTrue();
    }

    [Test]
    [Arguments("0", new[] { 0, 1 })]
    [Arguments("1", new[] { 2, 3 })]
    [Arguments("2", new[] { 4 })]
    public async Task A_task_renders_its_share_of_the_chunks(string task, int[] chunks)
    {
        using var place = new RenderPlace(helios, Green);
        await place.PlanAsync("--frames", "10", "--shards", "5");

        RunResult result = await place.Render().WithEnvironment("HELIOS_CHUNK_INDEX", task).WithEnvironment("HELIOS_CHUNKS_PER_TASK", "2");

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(RenderedChunks(place)).IsEquivalentTo(chunks);
    }

    /// <summary>Without rendering: the job has fewer chunks, and the refusal says which index was read from which variable.</summary>
    [Test]
    [MethodDataSource<ShowChunkTests>(nameof(ShowChunkTests.Variables))]
    public async Task The_variable_of_every_engine_is_read(string name, string value)
    {
        using var place = new RenderPlace(helios, Green);
        await place.PlanAsync("--frames", "2", "--shards", "2");

        RunResult result = await place.Render().WithEnvironment(name, value);

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                $"helios: chunk index 2 is outside 0..1 (job.json, index from {name}); submit as many tasks as the job has chunks\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
    }

    [Test]
    [Arguments("HELIOS_CHUNK_INDEX", "1")]
    [Arguments("AWS_BATCH_JOB_ARRAY_INDEX", "1")]
    [Arguments("LSB_JOBINDEX", "2")]
    public async Task The_variable_of_an_engine_says_which_chunk(string variable, string value)
    {
        using var place = new RenderPlace(helios, Green);
        await place.PlanAsync("--frames", "4", "--shards", "2");

        RunResult result = await place.Render().WithEnvironment(variable, value);

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(RenderedChunks(place)).IsEquivalentTo([1]);
    }

    [Test]
    [Arguments("", "", "the job has more than one chunk, and no index says which (job.json); give --index, or set HELIOS_CHUNK_INDEX",
        DisplayName = "no index")]
    [Arguments("--index 3", "", "chunk index 3 is outside 0..2 (job.json, index from --index); submit as many tasks as the job has chunks",
        DisplayName = "behind the last")]
    [Arguments("--index -1", "", null, DisplayName = "before the first")]
    [Arguments("", "2",
        "chunk index 4 is outside 0..2 (job.json, index from HELIOS_CHUNK_INDEX); submit as many tasks as the job has chunks",
        DisplayName = "a task without chunks")]
    public async Task A_chunk_that_is_not_there_is_64(string options, string task, string? stderr)
    {
        using var place = new RenderPlace(helios, Green);
        await place.PlanAsync("--frames", "9", "--shards", "3");
        ProcessRun run = place.Render(options.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (task.Length > 0) run = run.WithEnvironment("HELIOS_CHUNK_INDEX", task).WithEnvironment("HELIOS_CHUNKS_PER_TASK", "2");

        RunResult result = await run;

        if (stderr is null) await Assert.That(result.Stderr).Matches("^helios: [^\n]+\n$");
        else await Assert.That(result.Stderr).IsEqualTo($"helios: {stderr}\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert.That(result.Stdout).IsEmpty();
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["job.json", "page.html"]);
    }

    private static IEnumerable<int> RenderedChunks(RenderPlace place) =>
        Enumerable
            .Range(0, place.Job["chunks"]!.AsArray().Count)
            .Where(i => File.Exists(place.FileOf(i)) && File.Exists(place.FileOf(i) + ".json"));
}
