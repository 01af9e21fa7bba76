using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Jobs;

/// <summary>show-chunk: which chunk, in which form, safe for a shell.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class ShowChunkTests(NativeBinary helios)
{
    private static readonly string[] s_fields =
    [
        "jobId", "composition", "id", "startFrame", "frameCount", "output", "width", "height", "scale", "frameRate",
    ];

    /// <summary>Variables of engines with the value that means chunk 2: most count from 0, LSF and Grid Engine from 1.</summary>
    public static IEnumerable<(string Name, string Value)> Variables()
    {
        foreach (
            string name in (string[])
                [
                    "HELIOS_CHUNK_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX", "JOB_COMPLETION_INDEX", "BATCH_TASK_INDEX", "CLOUD_RUN_TASK_INDEX",
                    "SLURM_ARRAY_TASK_ID", "NOMAD_ALLOC_INDEX", "CUE_IFRAME", "PBS_ARRAY_INDEX", "PBS_ARRAYID",
                ])
        {
            yield return (name, "2");
        }

        yield return ("LSB_JOBINDEX", "3");
        yield return ("SGE_TASK_ID", "3");
    }

    /// <summary>Directory names that a careless script would trip over or execute.</summary>
    public static IEnumerable<TestDataRow<string>> Directories()
    {
        foreach (
            string name in (string[])
                [
                    "two words", "it's", "''", "\"double\"", "$(touch pwned)", "`touch pwned`", "two\nlines", "; touch pwned;",
                    "a && touch pwned", "$HOME", "*", "back\\slash", "-n", "#", "%s", "~",
                    "grüße 日本 🎬", "a=b", "!!", "' ; touch pwned ; '",
                    "\\'; touch pwned; \\'",
                ])
        {
            yield return new(name, DisplayName: name.ReplaceLineEndings("\\n").Replace("$", "dollar", StringComparison.Ordinal));
        }
    }

    [Test]
    public async Task A_chunk_is_shown_as_json_with_what_its_worker_needs_of_the_job()
    {
        using TestDirectory directory = await CreateWithJob();

        RunResult result = await helios.Run("show-chunk", "job.json", "--index", "3").In(directory);

        await Assert.That(result.Succeeded().Stdout).IsEqualTo($$"""
            {
              "jobId": "j",
              "composition": "file://{{directory.Path}}/page.html",
              "id": 3,
              "startFrame": 45,
              "frameCount": 15,
              "output": "{{directory.Path}}/temp_j_part_3.mov",
              "width": 1920,
              "height": 1080,
              "scale": 1,
              "frameRate": "30/1"
            }

            """);
        await Assert.That(result.Stderr).IsEmpty();
    }

    [Test]
    public async Task Every_field_is_what_the_json_has_bare_on_a_line()
    {
        using TestDirectory directory = await CreateWithJob();
        JsonObject shown = (await helios.Run("show-chunk", "job.json", "--index", "1", "--format", "json").In(directory)).Succeeded().Json;

        foreach (string field in s_fields)
        {
            RunResult result = await helios.Run("show-chunk", "job.json", "--index", "1", "--field", field).In(directory);
            await Assert.That(result.Succeeded().Stdout).IsEqualTo(shown[field]!.ToString() + "\n");
        }
    }

    [Test]
    [MethodDataSource(nameof(Variables))]
    public async Task The_variable_of_an_engine_says_which_chunk(string name, string value)
    {
        using TestDirectory directory = await CreateWithJob();

        RunResult result = await helios.Run("show-chunk", "job.json", "--field", "id").In(directory).WithEnvironment(name, value);

        await Assert.That(result.Succeeded().Stdout).IsEqualTo("2\n");
    }

    [Test]
    [MethodDataSource(nameof(Variables))]
    public async Task The_option_wins_over_a_variable(string name, string value)
    {
        using TestDirectory directory = await CreateWithJob();

        RunResult result = await helios
            .Run("show-chunk", "job.json", "--field", "id", "--index", "0")
            .In(directory)
            .WithEnvironment(name, value);

        await Assert.That(result.Succeeded().Stdout).IsEqualTo("0\n");
    }

    [Test]
    [MethodDataSource(nameof(Variables))]
    public async Task A_variable_that_holds_no_index_is_64_and_named(string name, string value)
    {
        using TestDirectory directory = await CreateWithJob();

        RunResult result = await helios.Run("show-chunk", "job.json").In(directory).WithEnvironment(name, value + "x");

        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert
            .That(result.Stderr)
            .IsEqualTo($"helios: \"{value}x\" is not an index ({name}); give a whole number from {(value == "3" ? 1 : 0)}\n");
    }

    [Test]
    [Arguments("LSB_JOBINDEX", "0")]
    [Arguments("SGE_TASK_ID", "undefined")]
    [Arguments("SLURM_ARRAY_TASK_ID", "")]
    public async Task What_an_engine_sets_outside_of_arrays_says_nothing(string name, string value)
    {
        using TestDirectory directory = await CreateWithJob();

        RunResult result = await helios
            .Run("show-chunk", "job.json", "--field", "id")
            .In(directory)
            .WithEnvironment(name, value)
            .WithEnvironment("PBS_ARRAY_INDEX", "1");

        await Assert.That(result.Succeeded().Stdout).IsEqualTo("1\n");
    }

    [Test]
    public async Task Variables_that_disagree_are_64_and_both_named()
    {
        using TestDirectory directory = await CreateWithJob();

        RunResult result = await helios.Run("show-chunk", "job.json").In(directory)
            .WithEnvironment("AWS_BATCH_JOB_ARRAY_INDEX", "1").WithEnvironment("SLURM_ARRAY_TASK_ID", "2");

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                "helios: AWS_BATCH_JOB_ARRAY_INDEX says chunk 1, but SLURM_ARRAY_TASK_ID says chunk 2 (environment); set HELIOS_CHUNK_INDEX or --index to the one that is meant\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(64);
    }

    [Test]
    public async Task Variables_that_agree_are_fine_whatever_they_count_from()
    {
        using TestDirectory directory = await CreateWithJob();

        RunResult result = await helios
            .Run("show-chunk", "job.json", "--field", "id")
            .In(directory)
            .WithEnvironment("SLURM_ARRAY_TASK_ID", "2")
            .WithEnvironment("SGE_TASK_ID", "3");

        await Assert.That(result.Succeeded().Stdout).IsEqualTo("2\n");
    }

    [Test]
    public async Task The_neutral_variable_settles_a_disagreement()
    {
        using TestDirectory directory = await CreateWithJob();

        RunResult result = await helios
            .Run("show-chunk", "job.json", "--field", "id")
            .In(directory)
            .WithEnvironment("AWS_BATCH_JOB_ARRAY_INDEX", "1")
            .WithEnvironment("SLURM_ARRAY_TASK_ID", "2")
            .WithEnvironment("HELIOS_CHUNK_INDEX", "3");

        await Assert.That(result.Succeeded().Stdout).IsEqualTo("3\n");
    }

    [Test]
    [Arguments("--index", "4", "chunk index 4 is outside 0..3 (job.json, index from --index); submit as many tasks as the job has chunks")]
    [Arguments("--index", "-1", "\"-1\" is not an index (--index); give a whole number from 0")]
    [Arguments("--index", "1.0", "\"1.0\" is not an index (--index); give a whole number from 0")]
    [Arguments("--index", "99999999999", "\"99999999999\" is not an index (--index); give a whole number from 0")]
    [Arguments("--format", "jsn", "there is no format \"jsn\" (did you mean \"json\"?) (--format); use json, env or args")]
    [Arguments("--field", "outptu",
        "there is no field \"outptu\" (did you mean \"output\"?) (--field); use one of jobId, composition, id, startFrame, frameCount, output, width, height, scale, frameRate")]
    public async Task A_wrong_option_is_64(string option, string value, string stderr)
    {
        using TestDirectory directory = await CreateWithJob();
        string[] index = option == "--index" ? [] : ["--index", "0"];

        RunResult result = await helios.Run(["show-chunk", "job.json", option, value, .. index]).In(directory);

        await Assert.That(result.Stderr).IsEqualTo($"helios: {stderr}\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert.That(result.Stdout).IsEmpty();
    }

    [Test]
    public async Task Format_and_field_exclude_each_other()
    {
        RunResult result = await helios.Run("show-chunk", "-", "--format", "env", "--field", "id").WithInput("");

        await Assert.That(result.Stderr).IsEqualTo("helios: --format and --field exclude each other (command line); give one of them\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
    }

    [Test]
    public async Task Without_an_index_a_job_of_many_chunks_is_64()
    {
        using TestDirectory directory = await CreateWithJob();

        RunResult result = await helios.Run("show-chunk", "job.json").In(directory);

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                "helios: the job has more than one chunk, and no index says which (job.json); give --index, or set HELIOS_CHUNK_INDEX\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
    }

    [Test]
    public async Task Without_an_index_a_job_of_one_chunk_shows_it()
    {
        using var directory = new TestDirectory();

        RunResult result = await helios.RunScript("helios export-job page.html -q | helios show-chunk - --field id").In(directory);

        await Assert.That(result.Succeeded().Stdout).IsEqualTo("0\n");
    }

    [Test]
    public async Task A_task_of_several_chunks_is_not_one_chunk()
    {
        using TestDirectory directory = await CreateWithJob();

        RunResult result = await helios
            .Run("show-chunk", "job.json")
            .In(directory)
            .WithEnvironment("HELIOS_CHUNKS_PER_TASK", "2")
            .WithEnvironment("HELIOS_CHUNK_INDEX", "1");

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                "helios: HELIOS_CHUNKS_PER_TASK is 2, so the task has several chunks, and one is shown at a time (environment); say which with --index\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(64);
    }

    [Test]
    public async Task A_spec_on_stdin_is_read_no_further_than_the_chunk()
    {
        using TestDirectory directory = await CreateWithJob();
        string spec = directory.Read("job.json");
        string cut = spec[..(spec.IndexOf("_part_1.mov", StringComparison.Ordinal) + 20)];

        RunResult result = await helios.Run("show-chunk", "-", "--index", "0", "--field", "output").In(directory).WithInput(cut);

        await Assert.That(result.Succeeded().Stdout).IsEqualTo(directory.PathOf("temp_j_part_0.mov") + "\n");
    }

    [Test]
    [MethodDataSource(nameof(Directories))]
    public async Task Assignments_survive_eval_and_nothing_is_executed(string name)
    {
        using var directory = new TestDirectory(name);

        RunResult result = await helios
            .RunScript(
                """
                helios export-job page.html --job-id j --frames 8 --shards 2 -q >job.json
                assignments=$(helios show-chunk job.json --index 1 --format env) || exit
                eval "$assignments"
                printf '%s|' "$HELIOS_JOB_ID" "$HELIOS_CHUNK_INDEX" "$HELIOS_START_FRAME" "$HELIOS_FRAME_COUNT" "$HELIOS_WIDTH" "$HELIOS_HEIGHT" "$HELIOS_FRAME_RATE" "$HELIOS_CHUNK_OUTPUT"
                """
            )
            .In(directory);

        await Assert.That(result.Succeeded().Stdout).IsEqualTo($"j|1|4|4|1920|1080|30/1|{directory.Path}/temp_j_part_1.mov|");
        await Assert.That(directory.Names()).IsEquivalentTo(["job.json", "page.html"]);
    }

    [Test]
    [MethodDataSource(nameof(Directories))]
    public async Task Arguments_survive_eval_and_nothing_is_executed(string name)
    {
        using var directory = new TestDirectory(name);

        RunResult result = await helios.RunScript("""
            helios export-job page.html --job-id j --frames 8 --shards 2 -q >job.json
            arguments=$(helios show-chunk job.json --index 1 --format args) || exit
            eval "set -- $arguments"
            printf '%s|' "$@"
            """).In(directory);

        string composition = new Uri(
            "file://" + string.Join('/', Array.ConvertAll(directory.PathOf("page.html").Split('/'), Uri.EscapeDataString))
        ).LocalPath;
        string[] words = result.Succeeded().Stdout.Split('|');
        await Assert.That(new Uri(words[1]).LocalPath).IsEqualTo(composition);
        words[1] = "URL";
        await Assert
            .That(string.Join('|', words))
            .IsEqualTo(
                $"--composition|URL|--start-frame|4|--frame-count|4|--width|1920|--height|1080|--fps|30/1|--output|{directory.Path}/temp_j_part_1.mov|"
            );
        await Assert.That(directory.Names()).IsEquivalentTo(["job.json", "page.html"]);
    }

    [Test]
    public async Task Paths_of_a_portable_job_start_in_its_directory_or_in_workdir()
    {
        using var directory = new TestDirectory();
        directory.CreateFolder("elsewhere");
        (
            await helios.RunScript("helios export-job page.html --portable --job-id j -q >job.json; cp job.json elsewhere").In(directory)
        ).Succeeded();

        RunResult beside = await helios.Run("show-chunk", "elsewhere/job.json", "--field", "output").In(directory);
        RunResult workdir = await helios.Run("show-chunk", "elsewhere/job.json", "--field", "output", "--workdir", ".").In(directory);
        RunResult stdin = await helios.Run("show-chunk", "-", "--field", "output").In(directory).WithInput(directory.Read("job.json"));

        await Assert.That(beside.Succeeded().Stdout).IsEqualTo(directory.PathOf("elsewhere", "temp_j_part_0.mov") + "\n");
        await Assert.That(workdir.Succeeded().Stdout).IsEqualTo(directory.PathOf("temp_j_part_0.mov") + "\n");
        await Assert.That(stdin.Succeeded().Stdout).IsEqualTo(directory.PathOf("temp_j_part_0.mov") + "\n");
    }

    private async Task<TestDirectory> CreateWithJob()
    {
        var directory = new TestDirectory();
        (await helios.RunScript("helios export-job page.html --job-id j --duration 2 --shards 4 -q >job.json").In(directory)).Succeeded();
        return directory;
    }
}
