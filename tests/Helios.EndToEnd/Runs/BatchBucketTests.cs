using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Harness.Servers;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Runs;

/// <summary>Batches in object stores: the videos of a local run, and a worker that fetches what its rows need.</summary>
[ClassDataSource<NativeBinary, ObjectStore>(Shared = [SharedType.PerTestSession, SharedType.PerClass])]
[Category("Browser")]
[Timeout(400_000)] // many calls of aws, each of which takes seconds on a slow machine
public sealed class BatchBucketTests(NativeBinary helios, ObjectStore stores)
{
    private const string Page = """
        <!doctype html><body style="margin:0;background:#123;color:#fff;font:40px sans-serif"><p id="text"></p><img src="red.svg"><script>
        if (window.__HELIOS_PROPS__.isBad) throw new Error("a bad row");
        text.textContent = window.__HELIOS_PROPS__.id;
        </script>
        """;

    private const string Picture = """
        <svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="red"/></svg>
        """;

    [Test]
    [Arguments("s3://spots/q 3/rows/", DisplayName = "aws against S3")]
    [Arguments("rclone:seen:spots/rows/", DisplayName = "rclone against S3")]
    [Arguments("rclone:azure:spots/rows/", DisplayName = "rclone against Azure Blob Storage")]
    public async Task A_batch_in_a_bucket_becomes_the_videos_of_a_local_one(string folder)
    {
        using RenderPlace place = await PlanAsync("a", "b", "c");
        RunResult push = (await Run(place, "push", "batch", folder)).Succeeded();

        (await Run(place, "render-chunk", folder).WithEnvironment("HELIOS_CHUNK_INDEX", "0").WithEnvironment("HELIOS_CHUNKS_PER_TASK", "2"))
            .Succeeded();
        RunResult some = await Run(place, "check-job", folder, "--outputs");
        (await Run(place, "render-chunk", folder, "--index", "2")).Succeeded();
        RunResult all = await Run(place, "check-job", folder, "--outputs");
        RunResult again = await Run(place, "render-chunk", folder, "--index", "1", "--browser", "/nowhere");

        await Assert.That(push.Stdout).IsEqualTo(folder + "\n");
        await Assert.That(push.Stderr).IsEqualTo($"2 files and 3 jobs, 0.0 MB → {folder}\n");
        await Assert.That((some.ExitCode, some.Stdout)).IsEqualTo(
            (65, $"row 2: missing: {folder}out/v2.mp4: it was not rendered to its end\n6 of 9 frames\n2 complete, 1 missing, 0 wrong\n"));
        await Assert.That((all.ExitCode, all.Stdout)).IsEqualTo((0, "9 of 9 frames\n3 complete, 0 missing, 0 wrong\n"));
        await Assert.That(again.Succeeded().ExitCode).IsEqualTo(0);
        (await place.Run("run-job", "batch", "--workers", "1")).Succeeded();
        for (int row = 0; row < 3; row++) await CompareAsync(place, folder, $"out/v{row}.mp4");
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task Run_job_makes_the_videos_of_a_local_batch_in_s3()
    {
        const string Folder = "s3://spots/q 4/rows/";
        using RenderPlace place = await PlanAsync("a", "b", "c");
        (await Run(place, "push", "batch", Folder)).Succeeded();

        RunResult run = await Run(place, "run-job", Folder, "--workers", "2");
        RunResult check = await Run(place, "check-job", Folder, "--outputs");

        await Assert.That(run.Succeeded().Stderr).Contains($" → {Folder}\n");
        await Assert.That(check.Stdout).IsEqualTo("9 of 9 frames\n3 complete, 0 missing, 0 wrong\n");
        (await place.Run("run-job", "batch", "--workers", "1")).Succeeded();
        for (int row = 0; row < 3; row++) await CompareAsync(place, Folder, $"out/v{row}.mp4");
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_worker_fetches_the_project_and_its_rows_and_nothing_else()
    {
        using RenderPlace place = await PlanAsync("a", "b", "c", "d");
        string farm = await PushAsync(
            place,
            BucketTests.Script.Replace(
                "case $1 in\n", "echo \"$1 $2 $3\" >>\"$TMPDIR/../calls\"\ncase $1 in\n", StringComparison.Ordinal));
        string calls = Path.Combine(place.Temporary, "..", "calls");
        string[] pushed = await File.ReadAllLinesAsync(calls);
        File.Delete(calls);

        (
            await Own(place, "render-chunk", $"cp:{farm}/")
                .WithEnvironment("HELIOS_CHUNK_INDEX", "1")
                .WithEnvironment("HELIOS_CHUNKS_PER_TASK", "2")
        ).Succeeded();

        await Assert.That(pushed[^1]).EndsWith($" cp:{farm}/batch.head.json");
        await Assert.That((await File.ReadAllLinesAsync(calls)).Select(Shorten)).IsEquivalentTo(
            [
                "get batch.head.json", "get job_2.json", "list project/", "get-tree project/", "get job_2.receipt.json", "put out/v2.mp4",
                "put job_2.receipt.json", "get job_3.json", "get job_3.receipt.json", "put out/v3.mp4", "put job_3.receipt.json",
            ]);
        await Assert.That(Names(farm)).IsEqualTo("batch.head.json batch.json job_0.json job_1.json job_2.json job_2.receipt.json "
            + "job_3.json job_3.receipt.json out project");
        await Assert.That(Names(farm + "/project")).IsEqualTo("page.html red.svg");
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();

        string Shorten(string call)
        {
            string[] words = call.Split(' ');
            return words[0] + " " + (words[0] == "put" ? words[2] : words[1]).Replace($"cp:{farm}/", "", StringComparison.Ordinal);
        }
    }

    [Test]
    public async Task What_was_lost_or_cut_in_the_store_is_seen_and_rendered_again()
    {
        using RenderPlace place = await PlanAsync("a", "b", "", "d");
        string farm = await PushAsync(place, BucketTests.Script);
        string batch = $"cp:{farm}/";
        RunResult make = await MakeAsync(place, batch);
        byte[] video = await File.ReadAllBytesAsync(farm + "/out/v1.mp4");
        File.Delete(farm + "/out/v0.mp4");
        await File.WriteAllBytesAsync(farm + "/out/v1.mp4", video[..^10]);

        RunResult check = await Own(place, "check-job", batch, "--outputs");
        RunResult again = await MakeAsync(place, batch);
        RunResult after = await Own(place, "check-job", batch, "--outputs");

        await Assert.That(make.ExitCode).IsEqualTo(2);
        await Assert.That(make.Stderr).Contains("a bad row");
        await Assert.That(check.Stdout).IsEqualTo($"row 0: missing: {batch}out/v0.mp4: its video is gone\n"
            + $"row 1: wrong: {batch}out/v1.mp4: its video has another size than its receipt says\n"
            + $"row 2: missing: {batch}out/v2.mp4: it was not rendered to its end\n3 of 12 frames\n1 complete, 2 missing, 1 wrong\n");
        await Assert.That(again.ExitCode).IsEqualTo(2);
        await Assert.That(after.Stdout).EndsWith("3 complete, 1 missing, 0 wrong\n");
        await Assert.That((await File.ReadAllBytesAsync(farm + "/out/v1.mp4")).AsSpan().SequenceEqual(video)).IsTrue();
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task Run_job_renders_what_is_missing_and_puts_the_report_beside_it()
    {
        using RenderPlace place = await PlanAsync("a", "", "c");
        string farm = await PushAsync(place, BucketTests.Script);
        string batch = $"cp:{farm}/";
        (await Own(place, "render-chunk", batch, "--index", "2")).Succeeded();
        DateTime before = File.GetLastWriteTimeUtc(farm + "/out/v2.mp4");

        // typed, so that the workers have to be told
        RunResult run = await place.Run("run-job", batch, "--transfer", Transfer(place), "--workers", "1", "--retries", "0");
        string[] report = await File.ReadAllLinesAsync(farm + "/report.jsonl");
        RunResult again = await Own(place, "run-job", batch, "--retries", "0", "-q");

        await Assert.That((run.ExitCode, again.ExitCode)).IsEqualTo((65, 65)).Because(run.Stderr);
        await Assert.That(run.Stderr).Contains($"1 of 3 rows failed; row 1: ").And.Contains($"({batch}report.jsonl)");
        await Assert.That(report.Length).IsEqualTo(3);
        await Assert.That(report[0]).StartsWith($"{{\"row\":0,\"output\":\"{batch}out/v0.mp4\",\"digest\":\"sha256:");
        await Assert.That(report[1]).Contains("\"frames\":0,\"code\":65,\"message\":\"").And.Contains("a bad row");
        await Assert.That(report[2]).Contains("\"frames\":3,\"code\":0}");
        await Assert.That(File.GetLastWriteTimeUtc(farm + "/out/v2.mp4")).IsEqualTo(before);
        await Assert.That(await File.ReadAllLinesAsync(farm + "/report.jsonl")).IsEquivalentTo(report);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments(1, DisplayName = "the only row of its worker")]
    [Arguments(2, DisplayName = "one of two")]
    public async Task A_row_whose_video_cannot_be_put_has_failed(int rows)
    {
        using RenderPlace place = await PlanAsync(rows == 1 ? ["a"] : ["a", "b"]);
        string script = BucketTests.Script.Replace(
            "put) ", "put) case $3 in *v0.mp4) echo 'no room' >&2; exit 1 ;; esac; ", StringComparison.Ordinal);
        string farm = await PushAsync(place, script);
        string batch = $"cp:{farm}/";

        RunResult run = await Own(place, "run-job", batch, "--workers", "1", "--retries", "0");
        RunResult check = await Own(place, "check-job", batch, "--outputs");

        await Assert.That(run.ExitCode).IsEqualTo(75).Because(run.Stderr);
        await Assert.That(run.Stderr).Contains($"1 of {rows} row{(rows == 1 ? "" : "s")} failed; row 0: ").And.Contains("no room");
        await Assert.That(check.Stdout).EndsWith($"{rows - 1} complete, 1 missing, 0 wrong\n");
        await Assert.That((await File.ReadAllLinesAsync(farm + "/report.jsonl"))[0]).StartsWith("{\"row\":0,").And.Contains("\"code\":75");
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_fresh_run_leaves_nothing_of_an_earlier_one_that_counts()
    {
        using RenderPlace place = await PlanAsync("a", "b");
        string farm = await PushAsync(place, BucketTests.Script);
        string batch = $"cp:{farm}/";
        (await Own(place, "run-job", batch, "-q")).Succeeded();
        byte[] report = await File.ReadAllBytesAsync(farm + "/report.jsonl");
        place.Directory.Write("no-browser", "");

        RunResult none = await Own(place, "run-job", batch, "--fresh", "--browser", place.Directory.PathOf("no-browser"), "-q");
        byte[] after = await File.ReadAllBytesAsync(farm + "/report.jsonl");
        _ = ProgramFile.Write(
            Transfer(place), BucketTests.Script.Replace("put) ", "put) case $3 in *v1.mp4) exit 1 ;; esac; ", StringComparison.Ordinal));
        RunResult failed = await Own(place, "run-job", batch, "--fresh", "--workers", "1", "--retries", "0", "-q");
        RunResult check = await Own(place, "check-job", batch, "--outputs");

        await Assert.That(none.ExitCode).IsEqualTo(69).Because(none.Stderr);
        await Assert.That(after.AsSpan().SequenceEqual(report)).IsTrue(); // no row was rendered
        await Assert.That(failed.ExitCode).IsEqualTo(75).Because(failed.Stderr);
        await Assert.That(check.Stdout).EndsWith("1 complete, 1 missing, 0 wrong\n");
        await Assert.That(Names(farm)).Contains("job_1.json").And.DoesNotContain("job_1.receipt.json");
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_report_that_cannot_be_put_does_not_hide_what_failed()
    {
        using RenderPlace place = await PlanAsync("a", "");
        string script = BucketTests.Script.Replace("put) ", "put) case $3 in *report*) exit 73 ;; esac; ", StringComparison.Ordinal);
        string batch = $"cp:{await PushAsync(place, script)}/";

        RunResult run = await Own(place, "run-job", batch, "--workers", "1", "--retries", "0");

        await Assert.That(run.ExitCode).IsEqualTo(65).Because(run.Stderr);
        await Assert.That(run.Stderr).Contains("there is no report of this run: ").And.Contains("1 of 2 rows failed; row 1: ");
    }

    [Test]
    [Arguments("\"output\": \"out/v0.mp4\"", "\"output\": \"/tmp/v0.mp4\"", "$.output")]
    [Arguments("\"composition\": \"page.html\"", "\"composition\": \"../page.html\"", "$.composition")]
    [Arguments("\"out/temp_b-0_part_0.mov\"", "\"other.mov\"", "chunk files stay below out/")]
    public async Task A_hostile_row_leaves_its_folder_nowhere(string member, string hostile, string said)
    {
        using RenderPlace place = await PlanAsync("a", "b");
        string farm = await PushAsync(place, BucketTests.Script);
        string spec = await File.ReadAllTextAsync(farm + "/job_0.json");
        await Assert.That(spec).Contains(member);
        spec = spec.Replace(member, hostile, StringComparison.Ordinal);
        if (said == "$.output") spec = spec.Replace("\"out/temp", "\"/tmp/temp", StringComparison.Ordinal);
        await File.WriteAllTextAsync(farm + "/job_0.json", spec);
        string before = Names(farm);

        RunResult result = await Own(place, "render-chunk", $"cp:{farm}/", "--index", "0");

        await Assert.That(result.ExitCode).IsEqualTo(65).Because(result.Stderr);
        await Assert.That(result.Stderr).Contains(said);
        await Assert.That(Names(farm)).IsEqualTo(before);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_batch_that_was_not_pushed_to_its_end_and_one_that_is_not_portable_are_refused()
    {
        using RenderPlace place = await PlanAsync("a", "b");
        string farm = await PushAsync(
            place,
            BucketTests.Script.Replace("put) ", "put) case $3 in *head*) exit 73 ;; esac; ", StringComparison.Ordinal),
            isRefused: true);

        RunResult none = await Own(place, "render-chunk", $"cp:{farm}/", "--index", "0");
        RunResult beyond = await Own(place, "adapt", "github-actions", $"cp:{farm}/");
        (
            await place.Run("export-job", "batch/page.html", "--rows", "rows.jsonl", "-o", "batch/out/v{row}.mp4", "--job", "batch", "-q")
        ).Succeeded();
        RunResult absolute = await Own(place, "push", "batch", $"cp:{farm}/");
        RunResult adapted = await place.Run("adapt", "argo", "batch", "--bucket", "s3://spots/q3/");

        await Assert.That(none.ExitCode).IsEqualTo(66);
        await Assert.That(none.Stderr)
            .EndsWith($" (cp:{farm}/batch.head.json); check the address; helios push uploads a job and its project\n");
        await Assert.That(beyond.ExitCode).IsEqualTo(66);
        await Assert.That((absolute.ExitCode, adapted.ExitCode)).IsEqualTo((65, 65)).Because(absolute.Stderr + adapted.Stderr);
    }

    private async Task<RenderPlace> PlanAsync(params string[] ids)
    {
        var place = new RenderPlace(helios, Page);
        _ = place.Directory.CreateFolder("batch");
        _ = place.Directory.CreateFolder("batch/out");
        place.Directory.Write("batch/page.html", Page);
        place.Directory.Write("batch/red.svg", Picture);
        place.Directory.Write("rows.jsonl", string.Join('\n', ids.Select((id, row) =>
            $$"""{"row":{{row}},"id":"{{id}}","isBad":{{(id.Length == 0 ? "true" : "false")}}}""")));
        (
            await place.Run("export-job", "batch/page.html", "--rows", "rows.jsonl", "-o", "batch/out/v{row}.mp4", "--job", "batch",
                "--job-id", "b", "--width", "320", "--height", "180", "--frames", "3", "--portable", "-q")
        ).Succeeded();
        return place;
    }

    private ProcessRun Run(RenderPlace place, params string[] arguments) => stores.WithStores(place.Run(arguments), place.Directory);

    private static string Transfer(RenderPlace place) => Path.GetFullPath(Path.Combine(place.Temporary, "..", "transfer"));

    private static ProcessRun Own(RenderPlace place, params string[] arguments) =>
        place.Run(arguments).WithEnvironment("HELIOS_TRANSFER", Transfer(place));

    private ProcessRun MakeAsync(RenderPlace place, string batch) =>
        helios
            .RunScript("helios adapt make \"$1\" --tasks 2 --retries 0 | make -f -", batch)
            .WithEnvironment("HELIOS_TRANSFER", Transfer(place))
            .WithEnvironment("TMPDIR", place.Temporary)
            .In(place.Directory);

    private static async Task<string> PushAsync(RenderPlace place, string script, bool isRefused = false)
    {
        _ = ProgramFile.Write(Transfer(place), script);
        string farm = Path.GetFullPath(Path.Combine(place.Temporary, "..", "farm"));
        RunResult push = await Own(place, "push", "batch", "cp:" + farm, "-q");
        if (isRefused) await Assert.That(push.ExitCode).IsEqualTo(73);
        else _ = push.Succeeded();
        return farm;
    }

    private static string Names(string folder) =>
        string.Join(' ', Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    private async Task CompareAsync(RenderPlace place, string folder, string name)
    {
        string copy = place.Directory.PathOf("copy.mp4");
        ProcessRun get = folder.StartsWith("s3:", StringComparison.Ordinal)
            ? new ProcessRun("env", ["aws", "s3", "cp", folder + name, copy])
            : new ProcessRun("rclone", ["copyto", folder["rclone:".Length..] + name, copy]);
        (await stores.WithStores(get, place.Directory)).Succeeded();
        byte[] expected = await File.ReadAllBytesAsync(place.Directory.PathOf("batch/" + name));
        await Assert.That((await File.ReadAllBytesAsync(copy)).AsSpan().SequenceEqual(expected)).IsTrue();
    }
}
