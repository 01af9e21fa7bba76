using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Documents;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Jobs;

/// <summary><c>export-job --rows</c>: a folder of jobs, all of them or none.</summary>
[ClassDataSource<NativeBinary, BatchSchemaValidator>(Shared = [SharedType.PerTestSession, SharedType.PerTestSession])]
public sealed class BatchPlanTests(NativeBinary helios, BatchSchemaValidator schema)
{
    private const int LimitKilobytes = 28 * 1024;
    private const int BytesOfRow = 16; // 8 that stay, and 8 while they are sorted

    [Test]
    public async Task A_row_becomes_a_job_and_the_index_says_which(CancellationToken cancellation)
    {
        using var directory = new TestDirectory();
        directory.CreateFolder("out");
        directory.Write("rows.jsonl", "{\"id\":\"a\",\"title\":\"A\"}\n{\"id\":7}\n");

        RunResult result = await helios
            .Run(
                "export-job", "page.html", "--rows", "rows.jsonl", "-o", "out/{id}.mp4", "--job", "batch/", "--shards", "2", "--props",
                "{\"title\":\"none\"}")
            .In(directory);

        await Assert.That(result.Stderr).IsEqualTo("2 rows, each 30 frames at 30 fps in 2 chunks of 15 → batch/\n");
        await Assert.That((result.ExitCode, result.Stdout)).IsEqualTo((0, ""));
        await Assert.That(Names(directory, "batch")).IsEqualTo("batch.json job_0.json job_1.json");
        JsonNode index = JsonNode.Parse(directory.Read("batch/batch.json"))!;
        await Assert.That(await schema.ValidateAsync(index, cancellation)).IsEqualTo("valid");
        await Assert.That(index["rows"]![1]!["output"]!.ToString()).IsEqualTo(directory.PathOf("out/7.mp4"));
        JsonNode job = JsonNode.Parse(directory.Read("batch/job_1.json"))!;
        await Assert.That(job["renderOptions"]!["props"]!.ToJsonString()).IsEqualTo("{\"title\":\"none\",\"id\":7}");
        await Assert.That((await helios.Run("check-job", "batch").In(directory)).Stdout).IsEqualTo("valid: batch of 2 rows, 60 frames\n");
        await Assert.That((await helios.Run("check-job", "batch/job_1.json").In(directory)).ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task The_same_command_gives_the_same_bytes_and_fewer_rows_leave_nothing_of_more()
    {
        using var directory = new TestDirectory();
        directory.Write("rows.csv", "id\na\nb\nc\n");
        string[] command = ["export-job", "page.html", "--rows", "rows.csv", "-o", "{id}.mp4", "--job", "batch", "-q"];

        (await helios.Run(command).In(directory)).Succeeded();
        string first = directory.Read("batch/batch.json") + directory.Read("batch/job_1.json");
        (await helios.Run(command).In(directory)).Succeeded();
        string second = directory.Read("batch/batch.json") + directory.Read("batch/job_1.json");
        directory.Write("rows.csv", "id\na\n");
        (await helios.Run(command).In(directory)).Succeeded();

        await Assert.That(second).IsEqualTo(first);
        await Assert.That(Names(directory, "batch")).IsEqualTo("batch.json job_0.json");
    }

    [Test]
    public async Task A_portable_batch_is_relative_to_its_folder()
    {
        using var directory = new TestDirectory();
        directory.Write("rows.jsonl", "{\"id\":\"a\"}\n");

        (
            await helios
                .Run("export-job", "page.html", "--rows", "rows.jsonl", "-o", "out/{id}.mp4", "--job", ".", "--portable", "-q")
                .In(directory)
        ).Succeeded();

        JsonNode job = JsonNode.Parse(directory.Read("job_0.json"))!;
        await Assert.That((job["output"]!.ToString(), job["composition"]!.ToString())).IsEqualTo(("out/a.mp4", "page.html"));
        await Assert.That(directory.Read("batch.json")).Contains("\"output\":\"out/a.mp4\"");
    }

    [Test]
    [Arguments("{\"id\":\"a\"}\n{\"id\":\"../b\"}\n", 65,
        "\"id\" is \"../b\", which would lead into another directory, and names the video (rows.jsonl, line 2); give the row another value")]
    [Arguments("{\"id\":\"a\"}\n{\"id\":\"b\\u0000\"}\n", 65,
        "\"id\" is \"b\\u0000\", which holds a control character, and names the video (rows.jsonl, line 2); give the row another value")]
    [Arguments("{\"id\":\"a\"}\n{\"id\":\"A\"}\n", 65,
        "\"A.mp4\" and \"a.mp4\" of the row on line 1 are one file on some hosts (rows.jsonl, line 2); name the videos by a field that no two rows share")]
    [Arguments("{\"id\":\"a\"}\n{\"title\":\"b\"}\n", 65,
        "the row has no \"id\", which the name of its video needs (rows.jsonl, line 2); give it one, or leave {id} out of --output")]
    [Arguments("", 65, "the file is empty (rows.jsonl); write one JSON object a line for each video")]
    public async Task A_wrong_row_is_named_and_nothing_is_written(string rows, int code, string message)
    {
        using var directory = new TestDirectory();
        directory.Write("rows.jsonl", rows);

        RunResult result = await helios
            .Run("export-job", "page.html", "--rows", "rows.jsonl", "-o", "{id}.mp4", "--job", "batch")
            .In(directory);

        await Assert.That((result.ExitCode, result.Stdout, result.Stderr)).IsEqualTo((code, "", $"helios: {message}\n"));
        await Assert.That(directory.Names()).IsEquivalentTo(["page.html", "rows.jsonl"]);
    }

    [Test]
    [Arguments("--rows rows.jsonl --job batch", 64,
        "--rows needs --output, the name of each row's video (command line); write a path such as 'out/{id}.mp4'")]
    [Arguments("--rows rows.jsonl -o {id}.mp4", 64,
        "--rows needs --job, the folder for the jobs (command line); give one, such as --job batch")]
    [Arguments("--rows rows.jsonl -o {id}.mp4 --job -", 64,
        "--rows needs --job, the folder for the jobs (command line); give one, such as --job batch")]
    [Arguments("--rows none.jsonl -o {id}.mp4 --job batch", 66,
        "the file cannot be read: no such file or directory (none.jsonl); check the path and its permissions")]
    [Arguments("--rows /dev/null -o {id}.mp4 --job batch", 66,
        "the file cannot be read: a device or pipe is there (/dev/null); name a file")]
    [Arguments("--rows rows.jsonl -o none/{id}.mp4 --job batch", 73,
        "the directory \"HERE/none/\" does not exist (--output none/{id}.mp4); create it, or use --portable to have paths resolved where the job runs")]
    [Arguments("--rows rows.jsonl -o {id}.mp4 --job page.html", 73, "the folder cannot be made: ")]
    [Arguments("--rows rows.jsonl -o {id}.mp4 --job batch --portable", 64,
        "with --portable the output stays below the job file's directory, but \"a.mp4\" is not (--output); put the job file above the output, or leave --portable out")]
    public async Task A_wrong_command_line_is_refused(string options, int code, string message)
    {
        using var directory = new TestDirectory();
        directory.Write("rows.jsonl", "{\"id\":\"a\"}\n");

        RunResult result = await helios.Run(["export-job", "page.html", .. options.Split(' ')]).In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(code);
        await Assert.That(result.Stderr.Replace(directory.Path, "HERE", StringComparison.Ordinal)).StartsWith("helios: " + message);
        await Assert.That(directory.Names()).IsEquivalentTo(["page.html", "rows.jsonl"]);
    }

    [Test]
    public async Task A_folder_that_is_no_batch_is_refused()
    {
        using var directory = new TestDirectory();
        directory.CreateFolder("none");

        RunResult result = await helios.Run("check-job", "none").In(directory);

        await Assert
            .That((result.ExitCode, result.Stderr))
            .IsEqualTo(
                (
                    66,
                    "helios: the folder has no batch.json, so it is no batch, or was not planned to its end (none); plan it with helios export-job --rows, or name a job file\n"
                ));
    }

    [Test]
    public async Task A_job_that_is_not_that_of_the_index_is_refused()
    {
        using var directory = new TestDirectory();
        directory.Write("rows.jsonl", "{\"id\":\"a\"}\n{\"id\":\"b\"}\n");
        (
            await helios.Run("export-job", "page.html", "--rows", "rows.jsonl", "-o", "{id}.mp4", "--job", "batch", "-q").In(directory)
        ).Succeeded();
        File.Copy(directory.PathOf("batch/job_0.json"), directory.PathOf("batch/job_1.json"), overwrite: true);

        RunResult result = await helios.Run("check-job", "batch").In(directory);

        await Assert
            .That((result.ExitCode, result.Stderr))
            .IsEqualTo(
                (
                    65,
                    "helios: the job is not the one that batch.json has for this row (batch/job_1.json); plan the batch again with helios export-job --rows\n"
                ));
    }

    /// <summary>A limit, not a measurement, so it holds on any machine; docs/batch.md has the numbers of a million.</summary>
    [Test]
    [Timeout(180_000)] // 20,000 files on a busy disk
    [ParallelLimiter<WaitingAtOnce>]
    [ExecutionPriority(TUnit.Core.Enums.Priority.High)]
    public async Task Rows_take_eight_bytes_each_and_no_more()
    {
        const int Rows = 20_000;
        Tool.Require("time", "time");
        using var directory = new TestDirectory();
        var text = new StringBuilder();
        for (int i = 0; i < Rows; i++)
            text.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"video-{i}\",\"title\":\"{new string('x', 100)}\"}}\n");
        directory.Write("rows.jsonl", text.ToString());

        RunResult result = await helios
            .RunScript(
                "command time --quiet --format %M --output memory helios export-job page.html --rows rows.jsonl -o '{id}.mp4' --job batch -q"
            )
            .In(directory);

        result.Succeeded();
        await Assert
            .That(int.Parse(directory.Read("memory"), CultureInfo.InvariantCulture))
            .IsLessThan(LimitKilobytes + (Rows * BytesOfRow / 1024));
        await Assert.That(Directory.EnumerateFiles(directory.PathOf("batch")).Count()).IsEqualTo(Rows + 1);
    }

    private static string Names(TestDirectory directory, string folder) =>
        string.Join(
            ' ',
            Directory
                .EnumerateFileSystemEntries(directory.PathOf(folder))
                .Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal));
}
