using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Merging;
using Helios.EndToEnd.Runs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Jobs;

/// <summary>verify: border frames of chunks rendered again, and compared with what the receipts say.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Timeout(180_000)]
public sealed class VerifyTests(NativeBinary helios)
{
    private const string Canvas = """
        <!doctype html><canvas width="320" height="180"></canvas><script>
        const context = document.querySelector("canvas").getContext("2d");
        let n = 0;
        requestAnimationFrame(function draw() {
          context.fillStyle = `hsl(${n * 20} 80% 50%)`;
          context.fillRect(n++ * 5, 20, 60, 60);
          requestAnimationFrame(draw);
        });
        </script>
        """;

    [Test]
    [Arguments("page", "--shards", "5", DisplayName = "css, screenshots")]
    [Arguments("canvas", "--mode", "canvas", DisplayName = "canvas pixels")]
    [Arguments("page", "--history", "replay", DisplayName = "replayed")]
    [Arguments("page", "--start-frame", "7", DisplayName = "a job that begins later")]
    public async Task What_an_honest_machine_rendered_is_the_same(string page, string option, string value)
    {
        using var place = new RenderPlace(helios, page == "canvas" ? Canvas : MergeTests.Moving);
        string[] shards = option == "--shards" ? [] : ["--shards", "5"];
        await place.PlanAsync(["--frames", "15", .. shards, option, value]);
        await place.RenderAllAsync();
        string before = Stamp(place);
        int first = option == "--start-frame" ? 7 : 0;

        RunResult result = await place.Run("verify", "job.json");

        await Assert.That(result.Succeeded().Stdout).IsEqualTo(
            $"chunk 0: frame {first + 2} is the same\n"
            + string.Concat(Enumerable.Range(1, 4).Select(i =>
                $"chunk {i}: frame {first + (3 * i) - 1} is the same, frame {first + (3 * i) + 2} is the same\n"))
            + "5 of 5 chunks checked, 0 differ\n");
        await Assert.That(Stamp(place)).IsEqualTo(before);
    }

    [Test]
    public async Task The_sample_is_made_of_the_id_or_the_seed_and_the_same_call_does_the_same()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "12", "--shards", "12");
        await place.RenderAllAsync();

        string one = (await place.Run("verify", "job.json", "--sample", "2")).Succeeded().Stdout;
        string again = (await place.Run("verify", "job.json", "--sample", "2")).Succeeded().Stdout;
        string other = (await place.Run("verify", "job.json", "--sample", "2", "--seed", "7")).Succeeded().Stdout;

        await Assert.That(again).IsEqualTo(one);
        await Assert.That(other).IsNotEqualTo(one);
        await Assert.That(one.Split('\n').Length).IsEqualTo(4);
        await Assert.That(one).EndsWith("2 of 12 chunks checked, 0 differ\n");
    }

    [Test]
    public async Task A_picture_that_differs_is_65_and_says_which_and_what_differs()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "6", "--shards", "2");
        await place.RenderAllAsync();
        JsonObject receipt = place.ReceiptOf(1);
        string digest = (string)receipt["seam"]!["last"]!;
        receipt["seam"]!["last"] = "sha256:" + new string('0', 64); // as if that machine had drawn something else
        receipt["browser"] = "Chromium 999.0.0.0";
        await File.WriteAllTextAsync(place.FileOf(1) + ".json", receipt.ToJsonString());
        string before = Stamp(place);

        RunResult result = await place.Run("verify", "job.json");
        RunResult json = await place.Run("verify", "job.json", "--format", "json");

        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(result.Stdout).StartsWith("chunk 0: frame 2 is the same\n"
            + "chunk 1: frame 2 is the same, frame 5 differs: one was rendered by helios ");
        await Assert.That(result.Stdout).Contains(", Chromium 999.0.0.0 and ffmpeg ").And.EndsWith("2 of 2 chunks checked, 1 differ\n");
        await Assert.That(RenderPlace.Said(result)).IsEqualTo("helios: frames of 1 chunk are not what this machine renders (job j); "
            + "verify it on a third machine, then render what is wrong again with render-chunk --force\n");
        JsonNode report = JsonNode.Parse(json.Stdout)!;
        JsonNode frame = report["checked"]![1]!["frames"]![1]!;
        await Assert.That(json.ExitCode).IsEqualTo(65);
        await Assert.That(((bool)report["isSame"]!, (int)report["chunks"]!)).IsEqualTo((false, 2));
        await Assert.That((int)report["checked"]![1]!["chunk"]!).IsEqualTo(1);
        await Assert.That(((int)frame["frame"]!, (bool)frame["isSame"]!, (string)frame["here"]!)).IsEqualTo((5, false, digest));
        await Assert.That((string)report["checked"]![1]!["difference"]!).Contains("Chromium 999.0.0.0");
        await Assert.That(Stamp(place)).IsEqualTo(before);
    }

    [Test]
    public async Task A_file_that_changed_is_named()
    {
        using var place = new RenderPlace(helios, "<link rel=stylesheet href=style.css><p>text</p>");
        place.Directory.Write("style.css", "p { color: red }");
        await place.PlanAsync("--frames", "2");
        await place.RenderAllAsync();
        place.Directory.Write("style.css", "p { color: lime }");

        RunResult result = await place.Run("verify", "job.json");

        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(result.Stdout)
            .Contains("chunk 0: frame 1 differs: its page read other bytes of style.css than that of chunk 0\n");
    }

    [Test]
    public async Task A_chunk_that_was_rendered_with_all_frames_displayed_is_verified_so()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "6", "--shards", "2");
        await place.RenderAllAsync();
        (await place.Render("--index", "1", "--force", "--preroll", "displayed", "-q")).Succeeded();

        RunResult result = await place.Run("verify", "job.json");

        await Assert.That(result.Succeeded().Stdout).EndsWith("2 of 2 chunks checked, 0 differ\n");
    }

    [Test]
    [Arguments("run-job", DisplayName = "whose chunks run-job has rendered again")]
    [Arguments("workers", DisplayName = "whose chunks do not fit")]
    public async Task A_page_that_a_jump_changes_is_not_the_fault_of_a_machine(string how)
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "12", "--shards", "3", "--history", "seek");
        if (how == "run-job") (await place.RunJob("--keep-chunks", "--workers", "3")).Succeeded();
        for (int i = 0; i < 3 && how != "run-job"; i++) (await place.Render("--index", $"{i}", "-q")).Succeeded();

        RunResult result = await place.Run("verify", "job.json");

        await Assert.That(result.Succeeded().Stdout).EndsWith("3 of 3 chunks checked, 0 differ\n");
    }

    [Test]
    [Arguments("gone", 66, "chunk 1 is missing: no receipt: not rendered to its end (FILE); "
        + "verify a job whose chunks are there (run-job --keep-chunks); check-job --outputs lists them")]
    [Arguments("other job", 65, "chunk 1 is wrong: it is of job other (FILE); render it again with render-chunk --force")]
    [Arguments("earlier", 65,
        "the receipt of chunk 1 has no digests of frames (FILE); render it again with render-chunk --force")]
    public async Task Without_a_receipt_nothing_is_rendered(string what, int code, string message)
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "4", "--shards", "2");
        await place.RenderAllAsync();
        string file = place.FileOf(1) + ".json";
        JsonObject receipt = place.ReceiptOf(1);
        if (what == "other job") receipt["jobId"] = "other";
        if (what == "earlier") (receipt["version"], _, _) = (1, receipt.Remove("seam"), receipt.Remove("seal"));
        if (what == "gone") File.Delete(file);
        else await File.WriteAllTextAsync(file, receipt.ToJsonString());

        RunResult result = await place.Run("verify", "job.json", "--browser", "/bin/false");

        await Assert.That(result.Stderr.Replace(place.FileOf(1), "FILE", StringComparison.Ordinal)).IsEqualTo($"helios: {message}\n");
        await Assert.That((result.ExitCode, result.Stdout)).IsEqualTo((code, ""));
    }

    [Test]
    public async Task A_changed_composition_a_batch_and_wrong_options_are_refused()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "2");
        await place.RenderAllAsync();
        place.Directory.CreateFolder("batch");
        place.Directory.Write("page.html", "changed");

        RunResult changed = await place.Run("verify", "job.json");
        RunResult batch = await place.Run("verify", "batch");
        RunResult sample = await place.Run("verify", "job.json", "--sample", "0");
        RunResult option = await place.Run("verify", "job.json", "--force");

        await Assert.That(changed.ExitCode).IsEqualTo(65);
        await Assert.That(changed.Stderr).Contains("changed since");
        await Assert.That((batch.ExitCode, batch.Stderr)).IsEqualTo(
            (64, "helios: verify is for one job, not for a batch (command line); name the job file of a row\n"));
        await Assert.That((sample.ExitCode, sample.Stderr)).IsEqualTo(
            (64, "helios: \"0\" is not a whole number from 1 to 10000000 (--sample); give one, in digits\n"));
        await Assert.That(option.ExitCode).IsEqualTo(64);
    }

    [Test]
    [Arguments("INT", 130)]
    [Arguments("TERM", 143)]
    public async Task A_signal_ends_it_with_its_browser(string signal, int code)
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "30", "--shards", "30");
        await place.RenderAllAsync();

        using Process process = place.Run("verify", "job.json", "--sample", "30").Start();
        process.StandardInput.Close();
        string? first = await process.StandardOutput.ReadLineAsync();
        await RenderPlace.SignalAsync(signal, process.Id);
        string said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        await Assert.That(first).IsEqualTo("chunk 0: frame 0 is the same");
        await Assert.That(process.ExitCode).IsEqualTo(code);
        await Assert.That(RenderPlace.Said(new RunResult(process.ExitCode, [], said))).IsEqualTo(
            $"helios: interrupted by SIG{signal} (signal); run it again; nothing half done was left behind\n");
        await Assert.That(await place.WaitForEndAsync()).IsTrue();
    }

    [Test]
    public async Task A_job_in_a_store_is_verified_there()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        string script = Path.GetFullPath(Path.Combine(place.Temporary, "..", "store.sh"));
        string farm = Path.GetFullPath(Path.Combine(place.Temporary, "..", "farm"));
        _ = ProgramFile.Write(script, BucketTests.Script);
        await place.PlanAsync("--frames", "4", "--shards", "2", "--portable", "-o", "film.mp4");
        (await place.Run("push", "job.json", "cp:" + farm, "-q", "--transfer", script)).Succeeded();
        (await place.Run("render-chunk", $"cp:{farm}/job.json", "--transfer", script, "-q")
            .WithEnvironment("HELIOS_CHUNK_INDEX", "0").WithEnvironment("HELIOS_CHUNKS_PER_TASK", "2")).Succeeded();
        string before = string.Join('\n', Directory.GetFiles(farm).Order());

        RunResult result = await place.Run("verify", $"cp:{farm}/job.json", "--transfer", script);

        await Assert.That(result.Succeeded().Stdout).EndsWith("2 of 2 chunks checked, 0 differ\n");
        await Assert.That(string.Join('\n', Directory.GetFiles(farm).Order())).IsEqualTo(before);
    }

    /// <summary>Names, sizes, times and bytes of all files of the project.</summary>
    private static string Stamp(RenderPlace place) => string.Join('\n', new DirectoryInfo(place.Directory.Path)
        .EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal)
        .Select(file => $"{file.FullName} {file.LastWriteTimeUtc.Ticks} {Convert.ToBase64String(File.ReadAllBytes(file.FullName))}"));
}
