using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.CommandLine;

/// <summary>The example of the request, typed as there.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class ExampleTests(NativeBinary helios)
{
    private static readonly string[] s_example =
    [
        "export-job", "examples/basic/composition.html", "--shards", "4", "--duration", "2", "--fps", "30",
    ];

    [Test]
    public async Task The_example_gives_four_chunks_of_fifteen_frames_that_cover_the_video()
    {
        RunResult result = await helios.Run(s_example).In(Repository.Root);

        await Assert.That(result.ExitCode).IsEqualTo(0);
        JsonObject job = result.Json;
        string id = (string)job["jobId"]!;
        string chunks = string.Join(
            '\n',
            job["chunks"]!.AsArray().Select(chunk => $"{chunk!["id"]} {chunk["startFrame"]} {chunk["frameCount"]} {chunk["output"]}"));
        await Assert
            .That(chunks)
            .IsEqualTo(
                $"""
                0 0 15 {Repository.Root}/temp_{id}_part_0.mov
                1 15 15 {Repository.Root}/temp_{id}_part_1.mov
                2 30 15 {Repository.Root}/temp_{id}_part_2.mov
                3 45 15 {Repository.Root}/temp_{id}_part_3.mov
                """
            );
        await Assert.That((int)job["totalFrames"]!).IsEqualTo(60);
        await Assert.That((string)job["output"]!).IsEqualTo($"{Repository.Root}/output.mp4");
    }

    [Test]
    public async Task The_summary_for_people_is_one_line_on_stderr()
    {
        RunResult result = await helios.Run(s_example).In(Repository.Root);

        await Assert.That(result.Stderr).IsEqualTo("60 frames at 30 fps in 4 chunks of 15\n");
    }

    [Test]
    [Arguments("--quiet")]
    [Arguments("-q")]
    public async Task Quiet_leaves_stderr_empty(string option)
    {
        RunResult result = await helios.Run([.. s_example, option]).In(Repository.Root);

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(result.Stderr).IsEmpty();
        await Assert.That((int)result.Json["totalFrames"]!).IsEqualTo(60);
    }

    [Test]
    public async Task Planning_to_stdout_writes_no_file()
    {
        using var directory = new TestDirectory();
        var before = directory.List();

        await helios.Run("export-job", "page.html", "--shards", "4").In(directory);

        await Assert.That(directory.List()).IsEquivalentTo(before);
    }

    [Test]
    public async Task Without_options_the_job_is_one_second_of_full_hd_in_one_chunk()
    {
        using var directory = new TestDirectory();

        JsonObject job = (await helios.Run("export-job", "page.html").In(directory)).Json;

        JsonNode options = job["renderOptions"]!;
        await Assert
            .That($"{options["width"]}x{options["height"]} {options["frameRate"]} {options["duration"]} s")
            .IsEqualTo("1920x1080 30/1 1 s");
        await Assert.That(job["chunks"]!.AsArray().Count).IsEqualTo(1);
    }

    [Test]
    [Arguments("5", "4", "ceil", "2 2 1", DisplayName = "ceil: 5 frames in 4 shards are 2+2+1")]
    [Arguments("5", "4", "even", "2 1 1 1", DisplayName = "even: 5 frames in 4 shards are 2+1+1+1")]
    [Arguments("3", "9", "ceil", "1 1 1", DisplayName = "more shards than frames give one frame a chunk")]
    [Arguments("3", "9", "even", "1 1 1", DisplayName = "even: more shards than frames give one frame a chunk")]
    public async Task The_split_gives_these_chunks(string frames, string shards, string split, string expected)
    {
        using var directory = new TestDirectory();

        RunResult result = await helios
            .Run("export-job", "page.html", "--frames", frames, "--shards", shards, "--split", split)
            .In(directory);

        string counts = string.Join(' ', result.Json["chunks"]!.AsArray().Select(chunk => chunk!["frameCount"]!.ToString()));
        await Assert.That(counts).IsEqualTo(expected);
    }

    [Test]
    [Arguments("basic", "2")]
    [Arguments("canvas", "4")]
    [Arguments("waapi", "6")]
    [Arguments("props", "3")]
    public async Task Every_example_can_be_planned_and_checked(string example, string seconds)
    {
        using var directory = new TestDirectory();
        string[] props = example == "props" ? ["--props", "@" + Repository.PathOf("examples", "props", "props.json")] : [];

        (
            await helios
                .Run([
                    "export-job",
                    Repository.PathOf("examples", example, "composition.html"),
                    "--duration", seconds, "--shards", "4", "--job", "job.json", .. props,
                ])
                .In(directory)
        ).Succeeded();
        RunResult check = await helios.Run("check-job", "job.json").In(directory);

        await Assert.That(check.ExitCode).IsEqualTo(0);
    }
}
