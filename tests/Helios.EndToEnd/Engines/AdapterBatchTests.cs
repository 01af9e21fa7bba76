using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.CommandLine;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Documents;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Engines;

/// <summary>adapt of a batch: what engines run renders each row, and one that fails ends no other.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(180_000)]
public sealed class AdapterBatchTests(NativeBinary helios)
{
    private const string Page = """
        <!doctype html><body style="margin:0;background:#123;color:#fff;font:40px sans-serif"><p id="text"></p><script>
        if (window.__HELIOS_PROPS__.isBad) throw new Error("a bad row");
        text.textContent = window.__HELIOS_PROPS__.id;
        </script>
        """;

    private static readonly string[] s_good = ["a", "b", "c", "d"];

    /// <summary>Engines that cannot run a batch say so, by name.</summary>
    private static readonly string[] s_refusing = ["helios-node"];

    [Test]
    [Arguments("make", "")]
    [Arguments("pbs", "helios-b-rows 1[0].stub 0,helios-b-rows 1[1].stub 1")]
    [Arguments("lsf", "helios-b-rows 1,helios-b-rows 2")]
    [Arguments("htcondor", "row0 0,row1 0")]
    public async Task Every_row_becomes_a_video(string engine, string ran)
    {
        using RenderPlace place = await PlanAsync(s_good);

        (await Submission(place, engine, "--tasks", "2")).Succeeded();
        RunResult check = await place.Run("check-job", "batch", "--outputs");

        await Assert.That(check.Succeeded().Stdout).EndsWith("\n4 complete, 0 missing, 0 wrong\n");
        await Assert.That(engine == "make" ? "" : ReadRan(place)).IsEqualTo(ran);
    }

    [Test]
    [Arguments("make", "", 2)]
    [Arguments("pbs", "helios-b-rows 1[0].stub 0,helios-b-rows 1[1].stub 1,helios-b-rows 1[2].stub 2,helios-b-rows 1[3].stub 3", 0)]
    [Arguments("lsf", "helios-b-rows 1,helios-b-rows 2,helios-b-rows 3,helios-b-rows 4", 0)]
    [Arguments("htcondor", "row0 0,row1 65,row2 0,row3 0", 0)]
    public async Task A_row_that_fails_is_not_retried_and_ends_no_other(string engine, string ran, int code)
    {
        using RenderPlace place = await PlanAsync("a", "", "c", "d");

        RunResult result = await Submission(place, engine);
        RunResult check = await place.Run("check-job", "batch", "--outputs");

        await Assert.That(result.ExitCode).IsEqualTo(code).Because(result.Stderr);
        await Assert.That(check.Stdout).StartsWith("row 1: missing: ").And.EndsWith("\n3 complete, 1 missing, 0 wrong\n");
        if (engine == "make") await Assert.That(result.Stderr.Split("a bad row").Length - 1).IsEqualTo(1);
        else await Assert.That(ReadRan(place)).IsEqualTo(ran);
    }

    [Test]
    public async Task Make_renders_again_what_was_lost_or_has_another_plan_and_nothing_else()
    {
        using RenderPlace place = await PlanAsync(s_good);
        (await Submission(place, "make")).Succeeded();
        DateTime kept = File.GetLastWriteTimeUtc(place.Directory.PathOf("batch", "v0.mp4"));
        File.Delete(place.Directory.PathOf("batch", "v1.mp4"));
        string changed = place.Directory.Read("batch/job_2.json").Replace("\"c\"", "\"C\"", StringComparison.Ordinal);
        byte[] before = await File.ReadAllBytesAsync(place.Directory.PathOf("batch", "v2.mp4"));
        place.Directory.Write("batch/job_2.json", changed);

        (await Submission(place, "make")).Succeeded();

        await Assert.That(File.GetLastWriteTimeUtc(place.Directory.PathOf("batch", "v0.mp4"))).IsEqualTo(kept);
        await Assert.That((await place.Run("check-job", "batch", "--outputs")).Stdout).EndsWith("\n4 complete, 0 missing, 0 wrong\n");
        byte[] after = await File.ReadAllBytesAsync(place.Directory.PathOf("batch", "v2.mp4"));
        await Assert.That(after.AsSpan().SequenceEqual(before)).IsFalse();
        await Assert.That(place.Directory.Names()).DoesNotContain(".helios");
    }

    /// <summary>What an engine without a stand-in runs, taken from its document, for each task.</summary>
    [Test]
    public async Task Commands_and_variables_of_documents_render_the_rows_of_their_task()
    {
        using RenderPlace place = await PlanAsync(s_good);
        JsonArray azure = JsonNode.Parse(await AdaptAsync(place, "azure-batch", "--document", "tasks", "--tasks", "2"))!.AsArray();
        foreach (JsonNode? task in azure)
        {
            ProcessRun run = Sh(place, (string)task!["commandLine"]!);
            foreach (JsonNode? setting in task["environmentSettings"]!.AsArray())
                run = run.WithEnvironment((string)setting!["name"]!, (string)setting["value"]!);
            (await run).Succeeded();
        }

        await Assert.That((await place.Run("check-job", "batch", "--outputs")).Stdout).EndsWith("\n4 complete, 0 missing, 0 wrong\n");
        await Assert.That(azure.Select(task => (string)task!["id"]!)).IsEquivalentTo(["0", "1"]);

        JsonNode github = YamlDocument.Parse(await AdaptAsync(place, "github-actions", "--tasks", "2"));
        JsonArray tasks = github["jobs"]!["rows"]!["strategy"]!["matrix"]!["include"]!.AsArray();
        IEnumerable<string> videos = tasks.SelectMany(task => ((string)task!["videos"]!).Split('\n'));
        await Assert.That(videos.Select(path => Path.GetFullPath(place.Directory.PathOf(path))))
            .IsEquivalentTo(Enumerable.Range(0, 4).Select(row => place.Directory.PathOf("batch", $"v{row}.mp4")));
    }

    [Test]
    [MethodDataSource<HelpTests>(nameof(HelpTests.Engines))]
    public async Task Every_engine_takes_a_batch_or_says_why_not(string engine)
    {
        using RenderPlace place = await PlanAsync(s_good);

        RunResult result = await place.Run("adapt", engine, "batch");

        if (s_refusing.Contains(engine))
        {
            await Assert.That(result.Stderr).IsEqualTo("helios: a job of the Node.js Helios CLI is one video, and this is a batch (batch); "
                + "use run-job on one machine, adapt of another engine, or name a job file of the folder\n");
            await Assert.That(result.ExitCode).IsEqualTo(64);
            return;
        }

        await Assert.That(result.Succeeded().Stdout).Contains("render-chunk").And.DoesNotContain("merge-chunks");
    }

    private async Task<RenderPlace> PlanAsync(params string[] ids)
    {
        var place = new RenderPlace(helios, Page);
        place.Directory.CreateFolder("batch");
        place.Directory.Write("batch/page.html", Page);
        IEnumerable<string> rows = ids.Select((id, row) =>
            $$"""{"row":{{row}},"id":"{{id}}","isBad":{{(id.Length == 0 ? "true" : "false")}}}""");
        place.Directory.Write("rows.jsonl", string.Join('\n', rows));
        (
            await place.Run("export-job", "batch/page.html", "--rows", "rows.jsonl", "-o", "batch/v{row}.mp4", "--job", "batch", "--job-id",
                "b", "--width", "320", "--height", "180", "--frames", "3", "--portable", "-q")
        ).Succeeded();
        return place;
    }

    private ProcessRun Submission(RenderPlace place, string engine, params string[] options) =>
        helios
            .RunScript(
                """
                PATH="$1:$PATH"; engine=$2; shift 2
                helios adapt "$engine" batch "$@" >submit && if [ $engine = make ]; then make -f submit; else sh submit; fi
                """,
                [Path.Combine(Repository.Project, "BatchSystems"), engine, .. options])
            .WithEnvironment("STUB", place.Temporary)
            .WithEnvironment("TMPDIR", place.Temporary)
            .In(place.Directory);

    private async Task<string> AdaptAsync(RenderPlace place, string engine, params string[] options) =>
        (await place.Run(["adapt", engine, "batch", "--job-path", "batch", .. options])).Succeeded().Stdout;

    private ProcessRun Sh(RenderPlace place, string script) =>
        helios.RunScript(script).In(place.Directory).WithEnvironment("TMPDIR", place.Temporary);

    /// <summary>What ran, in order.</summary>
    private static string ReadRan(RenderPlace place) =>
        File.ReadAllText(Path.Combine(place.Temporary, "ran")).TrimEnd('\n').Replace('\n', ',');
}
