using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Runs;

/// <summary>A batch: each row to its video, whatever becomes of the others.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class BatchRunTests(NativeBinary helios)
{
    /// <summary>Shows a prop, or throws where the row asks for it.</summary>
    private const string Titled = """
        <!doctype html><body style="margin:0;background:#123;color:#fff;font:40px sans-serif"><p id="text"></p><script>
        const props = window.__HELIOS_PROPS__;
        if (props.isBad) throw new Error("a bad row");
        text.textContent = props.title;
        text.animate([{ marginLeft: 0 }, { marginLeft: "200px" }], 1000);
        </script>
        """;

    [Test]
    public async Task Every_row_becomes_the_video_that_it_is_alone_and_the_report_says_which()
    {
        using var place = new RenderPlace(helios, Titled);
        await PlanAsync(
            place, "{\"id\":\"a\",\"title\":\"Ada\"}\n{\"id\":\"b\",\"title\":\"Bo\"}\n{\"id\":\"c\",\"title\":\"Cy\"}\n",
            "out/{id}/film.mp4");

        RunResult result = await place.Run("run-job", "batch", "--workers", "1");

        await Assert
            .That(RenderPlace.Said(result.Succeeded()))
            .Matches("^18 frames in [0-9.]+ s \\([0-9.]+ fps, 3 rows, 1 worker\\) → .*/batch\n.*\n  slowest: row [0-2] .*\n$");
        await Assert
            .That(Names(place, "batch"))
            .IsEqualTo("batch.json job_0.json job_0.receipt.json job_1.json job_1.receipt.json job_2.json job_2.receipt.json report.jsonl");
        string[] report = place.Directory.Read("batch/report.jsonl").TrimEnd('\n').Split('\n');
        foreach (var (id, number) in ((string, int)[])[("a", 0), ("b", 1), ("c", 2)])
            await CompareAloneAsync(place, JsonNode.Parse(report[number])!, id, number);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_row_that_fails_does_not_end_the_others_and_the_next_run_renders_it_alone()
    {
        using var place = new RenderPlace(helios, Titled);
        await PlanAsync(
            place, "{\"id\":\"a\",\"title\":\"A\"}\n{\"id\":\"b\",\"isBad\":true}\n{\"id\":\"c\",\"title\":\"C\"}\n", "{id}.mp4");

        RunResult result = await place.Run("run-job", "batch", "--workers", "1");
        DateTime first = File.GetLastWriteTimeUtc(place.Directory.PathOf("a.mp4"));
        RunResult again = await place.Run("run-job", "batch", "--progress", "json");

        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(result.Stderr).Contains("row 1 failed: the page throws: Error: a bad row");
        await Assert.That(result.Stderr).Contains("helios: 1 of 3 rows failed; row 1: the page throws: Error: a bad row");
        JsonNode[] report = [.. place.Directory.Read("batch/report.jsonl").TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!)];
        await Assert
            .That(string.Join(' ', report.Select(row => $"{row["row"]}:{row["code"]}:{row["frames"]}")))
            .IsEqualTo("0:0:6 1:65:0 2:0:6");
        await Assert.That(report[1]["message"]!.ToString()).Contains("a bad row");
        await Assert.That(again.ExitCode).IsEqualTo(65);
        await Assert.That(again.Stderr).Contains("{\"event\":\"job-started\",\"job\":\"batch\",\"rows\":3,\"completeRows\":2,");
        await Assert.That(again.Stderr).Contains("{\"event\":\"row-failed\",\"row\":1,\"code\":65,");
        await Assert.That(File.GetLastWriteTimeUtc(place.Directory.PathOf("a.mp4"))).IsEqualTo(first);
    }

    [Test]
    public async Task With_fail_fast_the_first_failure_ends_the_run()
    {
        using var place = new RenderPlace(helios, Titled);
        await PlanAsync(place, "{\"id\":\"a\",\"isBad\":true}\n{\"id\":\"b\",\"title\":\"B\"}\n", "{id}.mp4");

        RunResult result = await place.Run("run-job", "batch", "--workers", "1", "--fail-fast");

        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(File.Exists(place.Directory.PathOf("b.mp4"))).IsFalse();
        await Assert.That(place.Directory.Read("batch/report.jsonl")).StartsWith("{\"row\":0,").And.DoesNotContain("\"row\":1");
    }

    [Test]
    [Arguments("changed job", DisplayName = "a row that is planned anew")]
    [Arguments("changed video", DisplayName = "a video that was changed")]
    [Arguments("changed file", DisplayName = "a file that the page read")]
    [Arguments("no receipt", DisplayName = "a receipt that is gone")]
    public async Task A_row_is_rendered_again_when_anything_of_it_has_changed(string what)
    {
        using var place = new RenderPlace(
            helios,
            Titled.Replace("<script>", "<script src=\"more.js\"></script><script>", StringComparison.Ordinal));
        place.Directory.Write("more.js", "1");
        const string Rows = "{\"id\":\"a\",\"title\":\"A\"}\n{\"id\":\"b\",\"title\":\"B\"}\n";
        await PlanAsync(place, Rows, "{id}.mp4");
        (await place.Run("run-job", "batch", "--workers", "1")).Succeeded();
        switch (what)
        {
            case "changed job": await PlanAsync(place, Rows.Replace("\"B\"", "\"Bo\"", StringComparison.Ordinal), "{id}.mp4"); break;
            case "changed video": place.Directory.Write("b.mp4", new byte[new FileInfo(place.Directory.PathOf("b.mp4")).Length]); break;
            case "changed file": place.Directory.Write("more.js", "2"); break;
            default: File.Delete(place.Directory.PathOf("batch/job_1.receipt.json")); break;
        }

        RunResult again = await place.Run("run-job", "batch", "--workers", "1", "--progress", "json");

        int complete = what == "changed file" ? 0 : 1;
        await Assert.That(again.Succeeded().Stderr).Contains($"\"rows\":2,\"completeRows\":{complete},");
        await Assert.That(again.Stderr).Contains("\"event\":\"row-finished\",\"row\":1,");
    }

    [Test]
    public async Task A_run_that_is_killed_goes_on_where_it_was()
    {
        using var place = new RenderPlace(helios, Titled);
        await PlanAsync(place, string.Concat(Enumerable.Range(0, 6).Select(i => $"{{\"id\":\"v{i}\",\"title\":\"{i}\"}}\n")), "{id}.mp4");
        using Process run = place.Run("run-job", "batch", "--workers", "1").Start();
        string second = place.Directory.PathOf("batch/job_1.receipt.json");
        for (int i = 0; i < 1200 && !File.Exists(second); i++) await Task.Delay(50);
        run.Kill();
        await run.WaitForExitAsync();
        bool haveEnded = await place.WaitForEndAsync(); // its workers
        DateTime first = File.GetLastWriteTimeUtc(place.Directory.PathOf("v0.mp4"));

        RunResult again = await place.Run("run-job", "batch", "--workers", "2", "--progress", "json");

        await Assert.That(haveEnded).IsTrue();
        await Assert.That(again.Succeeded().Stderr).Matches("\"rows\":6,\"completeRows\":[2-6],");
        await Assert.That(File.GetLastWriteTimeUtc(place.Directory.PathOf("v0.mp4"))).IsEqualTo(first);
        await Assert.That(place.Directory.Names().Where(name => name.StartsWith("temp_", StringComparison.Ordinal))).IsEmpty();
        await Assert.That(place.Directory.Read("batch/report.jsonl").Split("\"code\":0").Length).IsEqualTo(7);
    }

    /// <summary>As when its worker was killed between the row's receipt and the removal of its chunks.</summary>
    [Test]
    [Arguments("run-job batch")]
    [Arguments("render-chunk batch --index 0")]
    public async Task Chunks_of_a_row_that_is_complete_do_not_stay(string command)
    {
        using var place = new RenderPlace(helios, Titled);
        string[] left = await LeaveChunksAsync(place, -60);
        place.Directory.Write("temp_another_part_0.mov", "another's");

        RunResult result = await place.Run(command.Split(' '));

        _ = result.Succeeded();
        await Assert.That(left.Where(File.Exists)).IsEmpty();
        await Assert.That(File.Exists(place.Directory.PathOf("temp_another_part_0.mov"))).IsTrue();
    }

    /// <summary>They may be of another render of the row, as a job of its own, which <c>run-job</c> would go on with.</summary>
    [Test]
    [Arguments("newer", DisplayName = "newer than the receipt")]
    [Arguments("held", DisplayName = "the lock is held")]
    [Arguments("shut", DisplayName = "the lock cannot be opened")]
    public async Task Chunks_of_a_row_that_may_be_in_use_stay(string why)
    {
        using var place = new RenderPlace(helios, Titled);
        string[] left = await LeaveChunksAsync(place, why == "newer" ? 60 : -60);
        using FileStream? held = why == "held" ? new(left[0], FileMode.Open, FileAccess.ReadWrite, FileShare.None) : null;
        if (why == "shut")
        {
            File.Delete(left[0]);
            _ = File.CreateSymbolicLink(left[0], "/dev/null"); // to root, nothing else is shut
        }

        RunResult result = await place.Run("run-job", "batch", "-q");

        _ = result.Succeeded();
        await Assert.That(left.Where(path => !File.Exists(path))).IsEmpty();
    }

    /// <summary>A row that is complete, and files that its worker would have removed next; the first is the lock's.</summary>
    /// <param name="place">Where.</param>
    /// <param name="age">Seconds between the row's receipt and these files.</param>
    private static async Task<string[]> LeaveChunksAsync(RenderPlace place, int age)
    {
        await PlanAsync(place, "{\"id\":\"a\",\"title\":\"A\"}\n", "{id}.mp4");
        (await place.Run("run-job", "batch", "-q")).Succeeded();
        string id = (string)JsonNode.Parse(place.Directory.Read("batch/job_0.json"))!["jobId"]!;
        DateTime receipt = File.GetLastWriteTimeUtc(place.Directory.PathOf("batch/job_0.receipt.json"));
        string[] ends = [".lock", "_part_0.mov", "_part_0.mov.json", "_part_1.mov.0123456789abcdef.tmp"];
        string[] left = [.. ends.Select(end => place.Directory.Write($"temp_{id}{end}", "left"))];
        foreach (string path in left) File.SetLastWriteTimeUtc(path, receipt.AddSeconds(age));
        return left;
    }

    [Test]
    [Arguments("INT", 130)]
    [Arguments("TERM", 143)]
    public async Task A_signal_leaves_a_report_of_what_is_complete_and_what_it_interrupted(string signal, int code)
    {
        using var place = new RenderPlace(helios, Titled.Replace("const props", """
            const isSlow = window.__HELIOS_PROPS__.isSlow;
            for (let i = 0; isSlow && i < 5e10; i++);
            const props
            """, StringComparison.Ordinal));
        await PlanAsync(
            place,
            "{\"id\":\"a\",\"title\":\"A\"}\n{\"id\":\"b\",\"title\":\"B\"}\n{\"id\":\"c\",\"isSlow\":true}\n{\"id\":\"d\",\"title\":\"D\"}\n",
            "{id}.mp4");
        place.Directory.Write("batch/report.jsonl", "of an earlier run");
        using Process run = place.Run("run-job", "batch", "--workers", "1", "--progress", "json").Start();
        run.StandardInput.Close();
        const string Slow = "{\"event\":\"row-started\",\"row\":2,";
        while (await run.StandardError.ReadLineAsync() is string line && !line.StartsWith(Slow, StringComparison.Ordinal)) { }

        await RenderPlace.SignalAsync(signal, run.Id);
        _ = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();

        await Assert.That(run.ExitCode).IsEqualTo(code);
        JsonNode[] report = [.. place.Directory.Read("batch/report.jsonl").TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!)];
        await Assert
            .That(string.Join(' ', report.Select(row => $"{row["row"]}:{row["code"]}:{row["frames"]}")))
            .IsEqualTo($"0:0:6 1:0:6 2:{code}:0");
        await Assert.That(report[2]["message"]!.ToString()).IsEqualTo($"interrupted by SIG{signal} (signal); run it again to continue");
        await Assert.That(await place.WaitForEndAsync()).IsTrue();
    }

    [Test]
    public async Task Check_job_says_which_rows_are_complete_missing_and_wrong()
    {
        using var place = new RenderPlace(helios, Titled);
        await PlanAsync(place, string.Concat(Enumerable.Range(0, 8).Select(i => $"{{\"id\":\"v{i}\",\"title\":\"{i}\"}}\n")), "{id}.mp4");
        RunResult none = await place.Run("check-job", "batch", "--outputs");
        (await place.Run("render-chunk", "batch", "-q").WithEnvironment("HELIOS_CHUNK_INDEX", "0")
            .WithEnvironment("HELIOS_CHUNKS_PER_TASK", "4")).Succeeded();
        File.Delete(place.Directory.PathOf("v1.mp4"));
        byte[] video = await File.ReadAllBytesAsync(place.Directory.PathOf("v2.mp4"));
        video[^1] ^= 1;
        await File.WriteAllBytesAsync(place.Directory.PathOf("v2.mp4"), video);

        RunResult some = await place.Run("check-job", "batch", "--outputs");
        RunResult quiet = await place.Run("check-job", "batch", "--outputs", "-q");
        (await place.Run("run-job", "batch")).Succeeded();
        RunResult all = await place.Run("check-job", "batch", "--outputs");
        RunResult cores = await place.Run("check-job", "batch", "--outputs", "--cpus", "2");

        string here = place.Directory.Path;
        await Assert.That((none.ExitCode, none.Stdout)).IsEqualTo(
            (65, "rows 0 to 7: missing: it was not rendered to its end\n0 of 48 frames\n0 complete, 8 missing, 0 wrong\n"));
        await Assert.That((some.ExitCode, some.Stdout)).IsEqualTo((65,
            $"row 1: missing: {here}/v1.mp4: its video is gone\n"
            + $"row 2: wrong: {here}/v2.mp4: the bytes of its video are not those of its receipt\n"
            + "rows 4 to 7: missing: it was not rendered to its end\n12 of 48 frames\n2 complete, 5 missing, 1 wrong\n"));
        await Assert.That((quiet.ExitCode, quiet.Stdout)).IsEqualTo((65, ""));
        await Assert.That((all.ExitCode, all.Stdout)).IsEqualTo((0, "48 of 48 frames\n8 complete, 0 missing, 0 wrong\n"));
        await Assert.That((cores.ExitCode, cores.Stderr)).IsEqualTo(
            (64, "helios: --cpus is for a job, not for a batch (command line); name the job file of a row, or leave it out\n"));
    }

    [Test]
    public async Task A_task_of_a_farm_renders_its_rows_and_goes_on_after_one_that_fails()
    {
        using var place = new RenderPlace(helios, Titled);
        await PlanAsync(
            place,
            "{\"id\":\"a\",\"title\":\"A\"}\n{\"id\":\"b\",\"isBad\":true}\n{\"id\":\"c\",\"title\":\"C\"}\n{\"id\":\"d\",\"title\":\"D\"}\n",
            "{id}.mp4", "--shards", "2");

        RunResult task = await place
            .Run("render-chunk", "batch")
            .WithEnvironment("HELIOS_CHUNK_INDEX", "0")
            .WithEnvironment("HELIOS_CHUNKS_PER_TASK", "3");
        RunResult last = await place
            .Run("render-chunk", "batch")
            .WithEnvironment("AWS_BATCH_JOB_ARRAY_INDEX", "1")
            .WithEnvironment("HELIOS_CHUNKS_PER_TASK", "3");
        RunResult none = await place.Run("render-chunk", "batch", "--index", "4");

        await Assert.That(task.ExitCode).IsEqualTo(65);
        await Assert.That(task.Stderr).Contains("row 1 failed: the page throws");
        last.Succeeded();
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["a.mp4", "batch", "c.mp4", "d.mp4", "page.html", "rows.jsonl"]);
        await Assert
            .That((none.ExitCode, none.Stderr.Replace(place.Directory.Path, "HERE", StringComparison.Ordinal)))
            .IsEqualTo(
                (64, "helios: row 4 is outside 0..3 (HERE/batch, index from --index); submit as many tasks as the batch has rows\n"));
    }

    [Test]
    public async Task Options_of_a_job_are_refused_by_name()
    {
        using var place = new RenderPlace(helios, Titled);
        await PlanAsync(place, "{\"id\":\"a\",\"title\":\"A\"}\n", "{id}.mp4");

        await Assert
            .That((await place.Run("render-chunk", "batch", "--index", "0", "--frames-to", "p")).Stderr)
            .IsEqualTo("helios: --frames-to is for a job; a row of a batch is rendered to its video (command line); name its job file\n");
        await Assert
            .That((await place.Run("run-job", "batch", "--keep-chunks")).Stderr)
            .IsEqualTo("helios: --keep-chunks is for a job; a batch keeps the videos of its rows (command line); leave it out\n");
        await Assert
            .That((await place.Run("run-job", "batch/job_0.json", "--fail-fast")).Stderr)
            .IsEqualTo("helios: --fail-fast is for a batch; a chunk that fails always ends a job (command line); leave it out\n");
    }

    private static async Task PlanAsync(RenderPlace place, string rows, string output, params string[] options)
    {
        place.Directory.Write("rows.jsonl", rows);
        if (output.StartsWith("out/", StringComparison.Ordinal))
            place.Directory.CreateFolder("out");
        (
            await place.Run([
                "export-job", "page.html", "--rows", "rows.jsonl", "-o", output, "--job", "batch", "--job-id", "b", "--width", "320",
                "--height", "180", "--frames", "6", "-q", .. options,
            ])
        ).Succeeded();
    }

    /// <summary>The same job alone, in a browser of its own.</summary>
    private static async Task CompareAloneAsync(RenderPlace place, JsonNode line, string id, int number)
    {
        string output = place.Directory.PathOf("out", id, "film.mp4");
        byte[] video = await File.ReadAllBytesAsync(output);
        await Assert
            .That((line["output"]!.ToString(), (long)line["bytes"]!, (int)line["frames"]!, (int)line["code"]!))
            .IsEqualTo((output, video.Length, 6, 0));
        await Assert
            .That(line["digest"]!.ToString())
            .IsEqualTo("sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(video)));
        (await place.Run("run-job", $"batch/job_{number.ToString(CultureInfo.InvariantCulture)}.json", "--fresh")).Succeeded();
        await Assert.That((await File.ReadAllBytesAsync(output)).AsSpan().SequenceEqual(video)).IsTrue();
    }

    private static string Names(RenderPlace place, string folder) =>
        string.Join(
            ' ',
            Directory
                .EnumerateFileSystemEntries(place.Directory.PathOf(folder))
                .Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal));
}
