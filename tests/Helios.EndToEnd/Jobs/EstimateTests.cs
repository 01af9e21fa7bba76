using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Merging;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Jobs;

/// <summary>estimate and check-job --outputs: what a job takes, by its receipts.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class EstimateTests(NativeBinary helios)
{
    [Test]
    public async Task Given_costs_become_core_hours_time_and_money()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "4000", "--shards", "4");

        RunResult text = await place.Run(
            "estimate", "job.json", "--cost", "start=10s,preroll=0ms,capture=90ms", "--workers", "2", "--price", "0.04/h", "--cpus", "2");
        RunResult json = await place.Run(
            "estimate", "job.json", "--cost", "start=10s,preroll=0ms,capture=90ms", "--workers", "2", "--price", "0.04", "--cpus", "2",
            "--format", "json");

        // 4 chunks of 100 s
        await Assert.That(text.Succeeded().Stdout).IsEqualTo("""
            cost of a chunk, from --cost: start 10.0 s, a frame before it 0 ms, a frame 90 ms
            work: 0.2222 core-hours, 2 cores a worker; 0 are done
            time: 200.0 s with 2 workers, then the merge
            price: 0.0089 at 0.04 a core-hour
            more workers than 4 gain nothing: the longest chunk takes 100.0 s

            """);
        JsonObject node = JsonNode.Parse(json.Succeeded().Stdout)!.AsObject();
        await Assert
            .That(
                (
                    (decimal)node["coreHours"]!,
                    (decimal)node["seconds"]!,
                    (decimal)node["price"]!,
                    (int)node["usefulWorkers"]!,
                    (string)node["source"]!))
            .IsEqualTo((0.2222m, 200m, 0.0089m, 4, "cost"));
    }

    [Test]
    public async Task Finished_chunks_say_what_the_others_take()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "20", "--shards", "10");
        RunResult unknown = await place.Run("estimate", "job.json");
        (await place.Render("--index", "0")).Succeeded();
        (await place.Render("--index", "9")).Succeeded();
        SetTimes(place, 0, "\"loadMs\":1000,\"prerollMs\":0,\"captureMs\":200,\"totalMs\":1400");
        SetTimes(place, 9, "\"loadMs\":1000,\"prerollMs\":180,\"captureMs\":200,\"totalMs\":1580");

        RunResult estimate = await place.Run("estimate", "job.json", "--cpus", "1", "--format", "json");
        RunResult check = await place.Run("check-job", "job.json", "--outputs", "--cpus", "1");
        RunResult json = await place.Run("check-job", "job.json", "--outputs", "--cpus", "1", "--format", "json");

        await Assert.That(unknown.ExitCode).IsEqualTo(66);
        await Assert
            .That(unknown.Stderr)
            .IsEqualTo(
                "helios: nothing says what a frame of the job costs: no chunk is finished, and neither the spec nor --cost tells (job.json); "
                    + "render a chunk or two, plan with export-job --probe, or give --cost\n");

        // 1200 ms a start, 10 ms a frame before, 100 ms a frame; chunks at 2, 4 … 16
        const double left = (8 * 1.2) + (72 * 0.01) + (16 * 0.1), done = 1.4 + 1.58;
        JsonObject node = JsonNode.Parse(estimate.Succeeded().Stdout)!.AsObject();
        await Assert.That((double)node["cost"]!["startMs"]!).IsEqualTo(1200);
        await Assert.That((double)node["cost"]!["prerollMs"]!).IsEqualTo(10);
        await Assert.That((double)node["cost"]!["captureMs"]!).IsEqualTo(100);
        await Assert.That((double)node["coreHours"]!).IsEqualTo(Math.Round((left + done) / 3600, 4));
        await Assert.That((double)node["doneCoreHours"]!).IsEqualTo(Math.Round(done / 3600, 4));
        await Assert.That((int)node["finishedChunks"]!).IsEqualTo(2);

        await Assert.That(check.ExitCode).IsEqualTo(65);
        await Assert
            .That(check.Stdout)
            .IsEqualTo(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"chunks 1 to 8: missing: no file\n4 of 20 frames, 1.3 a second per worker, {done / 3600:0.0000} core-hours, {left / 3600:0.0000} expected for the rest (1 cores a worker)\n2 complete, 8 missing, 0 wrong\n"
                ));
        node = JsonNode.Parse(json.Stdout)!.AsObject();
        await Assert.That(node["missingChunks"]!.ToJsonString()).IsEqualTo("[{\"first\":1,\"last\":8}]");
        await Assert
            .That(((bool)node["isComplete"]!, (int)node["complete"]!, (long)node["completeFrames"]!, (double)node["workerSecondsLeft"]!))
            .IsEqualTo((false, 2, 4L, Math.Round(left, 1)));
    }

    [Test]
    public async Task Costs_of_the_plan_count_until_chunks_are_finished()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "20", "--shards", "10", "--cost", "start=1s,preroll=10ms,capture=100.25ms");
        RunResult planned = await place.Run("estimate", "job.json", "--workers", "1");
        RunResult typed = await place.Run("estimate", "job.json", "--workers", "1", "--cost", "preroll=0ms,capture=1ms");
        (await place.Render("--index", "0")).Succeeded();
        SetTimes(place, 0, "\"loadMs\":1000,\"prerollMs\":0,\"captureMs\":200,\"totalMs\":1400");

        RunResult first = await place.Run("estimate", "job.json", "--format", "json");
        RunResult text = await place.Run("estimate", "job.json");

        await Assert.That(place.Job["cost"]!.ToJsonString()).IsEqualTo("{\"startMs\":1000,\"prerollMs\":10,\"captureMs\":100.25}");

        // 10 starts, 20 frames, and 90 frames before chunks
        await Assert
            .That(planned.Succeeded().Stdout)
            .StartsWith("cost of a chunk, from the job spec: start 1.0 s, a frame before it 10 ms, a frame 100.25 ms\n")
            .And.Contains("\ntime: 12.9 s with 1 worker, then the merge\n");
        await Assert.That(typed.Succeeded().Stdout).StartsWith("cost of a chunk, from --cost: start 0.0 s,");
        JsonNode node = JsonNode.Parse(first.Succeeded().Stdout)!;
        await Assert.That((string)node["source"]!).IsEqualTo("receipts");
        await Assert.That(node["cost"]!.ToJsonString()).IsEqualTo("{\"startMs\":1200,\"prerollMs\":10,\"captureMs\":100}");
        await Assert
            .That(text.Stdout)
            .StartsWith("cost of a chunk, from 1 finished chunk: start 1.2 s, a frame before it 10 ms (by the spec), a frame 100 ms\n");
    }

    [Test]
    [Arguments("estimate job.json --price free", "\"free\" is not a price of a core-hour (--price); give one such as 0.04/h")]
    [Arguments("estimate job.json --price -1/h", "\"-1/h\" is not a price of a core-hour (--price); give one such as 0.04/h")]
    [Arguments("estimate job.json --workers 0", "\"0\" is not a whole number from 1 to 10000000 (--workers); give one, in digits")]
    [Arguments("estimate job.json --format xml", "\"xml\" is not a format (--format); use text or json")]
    [Arguments("estimate .", "estimate is for one job, not for a batch (command line); name the job file of a row")]
    [Arguments("check-job job.json --cpus 4", "--cpus needs --outputs (command line); add --outputs, or leave it out")]
    [Arguments("check-job job.json --format yaml", "\"yaml\" is not a format (--format); use text or json")]
    [Arguments("check-job . --format json",
        "--format json is for a job, not for a batch (command line); name the job file of a row, or leave it out")]
    public async Task What_cannot_be_is_refused(string words, string text)
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "2");

        RunResult result = await place.Run(words.Split(' '));

        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert.That(result.Stderr).IsEqualTo($"helios: {text}\n");
    }

    [Test]
    public async Task A_hundred_thousand_missing_chunks_are_one_line_in_seconds()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "100000", "--shards", "100000", "--compact");
        var watch = Stopwatch.StartNew();

        RunResult check = await place.Run("check-job", "job.json", "--outputs");
        RunResult estimate = await place.Run("estimate", "job.json", "--cost", "preroll=0ms,capture=40ms");

        await Assert.That(check.Stdout).IsEqualTo("chunks 0 to 99999: missing: no file\n0 complete, 100000 missing, 0 wrong\n");
        await Assert.That(estimate.Succeeded().Stdout).Contains("more workers than 100000 gain nothing");
        await Assert.That(watch.Elapsed).IsLessThan(Pace.Seconds(30));
    }

    /// <summary>What a receipt says of its times.</summary>
    private static void SetTimes(RenderPlace place, int chunk, string times)
    {
        JsonObject receipt = place.ReceiptOf(chunk);
        receipt["timings"] = JsonNode.Parse("{" + times + "}");
        File.WriteAllText(place.FileOf(chunk) + ".json", receipt.ToJsonString());
    }
}
