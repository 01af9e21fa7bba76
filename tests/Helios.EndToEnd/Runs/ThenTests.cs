using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Merging;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Runs;

/// <summary>--then: a program after the verified video is in its place.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class ThenTests(NativeBinary helios)
{
    private const string Say = "printf '%s\\n' \"$1\" \"$HELIOS_JOB_ID\" \"$HELIOS_OUTPUT\" \"$HELIOS_DIGEST\" \"$HELIOS_FRAMES\" >said";
    private static readonly string[] s_say = ["--then", "sh", "--then=-c", "--then", Say, "--then", "name", "--then", "a b$(id)"];

    [Test]
    [Arguments("merge-chunks", DisplayName = "merge-chunks")]
    [Arguments("run-job", DisplayName = "run-job")]
    [Arguments("render", DisplayName = "render")]
    public async Task A_program_hears_of_the_video(string command)
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "4", "--shards", "2");
        if (command == "merge-chunks") await place.RenderAllAsync();
        string[] job = command == "render"
            ? ["page.html", "--job-id", "j", "--frames", "4", "--shards", "2", "--width", "320", "--height", "180"]
            : ["job.json"];

        RunResult result = await place.Run([command, .. job, .. s_say]);

        await Assert.That(result.Succeeded().Stdout).IsEmpty();
        string video = place.Directory.PathOf("output.mp4");
        string digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(video)));
        await Assert.That(place.Directory.Read("said")).IsEqualTo($"a b$(id)\nj\n{video}\n{digest}\n4\n");
    }

    [Test]
    [Arguments("merge-chunks", DisplayName = "merge-chunks")]
    [Arguments("run-job", DisplayName = "run-job")]
    public async Task A_program_that_fails_keeps_the_chunks_and_is_repeated(string command)
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "4", "--shards", "2");
        await place.RenderAllAsync();
        string[] deletes = command == "merge-chunks" ? ["--delete-chunks"] : [];
        string[] then = ["--then", "sh", "--then=-c", "--then", "echo no route to host >&2; [ -f up ]"];

        RunResult failed = await place.Run([command, "job.json", .. deletes, .. then]);
        bool isThere = File.Exists(place.Directory.PathOf("output.mp4"));
        bool isKept = File.Exists(place.FileOf(0)) && File.Exists(place.FileOf(1));
        place.Directory.Write("up", "");
        RunResult repeated = await place.Run([command, "job.json", .. deletes, .. then, "--quiet", .. Unrendered(command)]);

        await Assert.That(failed.ExitCode).IsEqualTo(75);
        await Assert.That(RenderPlace.Said(failed)).EndsWith(
            $"helios: sh, the program of --then, failed, exit code 1: no route to host ({place.Directory.PathOf("output.mp4")}); "
            + "the video is in its place; run it again to repeat this, or give --then-optional\n");
        await Assert.That((isThere, isKept)).IsEqualTo((true, true));
        await Assert.That(repeated.Succeeded().Stderr).IsEmpty();
        await Assert.That(File.Exists(place.FileOf(0))).IsFalse();
    }

    [Test]
    [Timeout(120_000)]
    public async Task In_a_store_it_hears_the_address_and_its_failure_keeps_the_chunks()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        string script = Path.GetFullPath(Path.Combine(place.Temporary, "..", "store.sh"));
        string farm = Path.GetFullPath(Path.Combine(place.Temporary, "..", "farm"));
        _ = ProgramFile.Write(script, BucketTests.Script);
        await place.PlanAsync("--frames", "4", "--shards", "2", "--portable", "-o", "film.mp4");
        (await place.Run("push", "job.json", "cp:" + farm, "-q", "--transfer", script)).Succeeded();
        string[] run = ["run-job", $"cp:{farm}/job.json", "--transfer", script, "--workers", "1"];

        RunResult failed = await place.Run([.. run, "--then", "false"]);
        string[] kept = [.. Directory.GetFiles(farm, "temp_j_part_*.mov").Order()];
        RunResult repeated = await place.Run([.. run, "--browser", "/nowhere", .. s_say]);

        await Assert.That((failed.ExitCode, kept.Length)).IsEqualTo((75, 2));
        await Assert.That(repeated.ExitCode).IsEqualTo(0).Because(repeated.Stderr);
        string digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(farm + "/film.mp4")));
        await Assert.That(place.Directory.Read("said")).IsEqualTo($"a b$(id)\nj\ncp:{farm}/film.mp4\n{digest}\n4\n");
        await Assert.That(Directory.GetFiles(farm, "temp_j_part_*.mov")).IsEmpty();
    }

    [Test]
    public async Task The_failure_of_an_optional_program_is_a_warning()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "2");
        await place.RenderAllAsync();

        RunResult failed = await place.Run("merge-chunks", "job.json", "--then", "false", "--then-optional");
        RunResult missing = await place.Run("merge-chunks", "job.json", "--then", "no-such-program", "--then-optional");

        await Assert.That(failed.Succeeded().Stderr).Contains("false, the program of --then, failed, exit code 1 (");
        await Assert
            .That(missing.Succeeded().Stderr)
            .Contains("there is no program \"no-such-program\" (--then); the video is made without it");
    }

    [Test]
    public async Task A_program_that_hangs_is_ended_with_its_children()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "2");
        await place.RenderAllAsync();

        RunResult result = await place.Run(
            "merge-chunks", "job.json", "--then", "sh", "--then=-c", "--then", "sleep 100 & sleep 100", "--then-timeout", "1");

        await Assert.That(result.ExitCode).IsEqualTo(75);
        await Assert.That(RenderPlace.Said(result)).Contains("sh, the program of --then, has not ended after 1 s (--then-timeout) (");
        await Assert.That(await place.WaitForEndAsync()).IsTrue();
    }

    [Test]
    [Arguments("INT", 130)]
    [Arguments("TERM", 143)]
    public async Task A_signal_ends_the_program(string signal, int code)
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "2");
        await place.RenderAllAsync();

        RunResult result = await place.Run(
            "merge-chunks", "job.json", "--then", "sh", "--then=-c", "--then", $"kill -s {signal} $PPID; sleep 100 & sleep 100");

        await Assert.That(result.ExitCode).IsEqualTo(code);
        await Assert.That(RenderPlace.Said(result)).Contains("the video is in its place; run it again to repeat this");
        await Assert.That(await place.WaitForEndAsync()).IsTrue();
        await Assert.That(File.Exists(place.Directory.PathOf("output.mp4"))).IsTrue();
    }

    [Test]
    [Arguments("merge-chunks job.json --then-optional", 64, "--then-optional needs --then (command line); name the program with --then")]
    [Arguments("run-job job.json --then-timeout 5", 64, "--then-timeout needs --then (command line); name the program with --then")]
    [Arguments("run-job job.json --then true --then-timeout 0", 64,
        "\"0\" is not a whole number from 1 to 86400 (--then-timeout); give one, in digits")]
    [Arguments("merge-chunks job.json --then no-such-program", 69,
        "there is no program \"no-such-program\" (--then); give the path of a program; its arguments follow as --then options of their own")]
    [Arguments("run-job job.json --then no-such-program", 69,
        "there is no program \"no-such-program\" (--then); give the path of a program; its arguments follow as --then options of their own")]
    [Arguments("run-job . --then true", 64,
        "--then is for the video of a job, not for a batch, whose report.jsonl has a line for each row (command line); leave it out")]
    [Arguments("render page.html --frames-only --then true", 64,
        "--then is for the video of a job, not for --frames-only (command line); leave it out")]
    [Arguments("render page.html --still 1 --then true", 64,
        "--then is for the video of a job, not for --still (command line); leave it out")]
    public async Task What_cannot_be_is_refused_before_any_work(string words, int code, string text)
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "2");
        if (words.Contains(" . ", StringComparison.Ordinal)) place.Directory.Write("batch.json", "{}");

        RunResult result = await place.Run(words.Split(' '));

        await Assert.That(result.ExitCode).IsEqualTo(code);
        await Assert.That(RenderPlace.Said(result)).IsEqualTo($"helios: {text}\n");
        await Assert
            .That(
                Directory
                    .GetFiles(place.Directory.Path)
                    .Select(Path.GetFileName)
                    .Where(name => name!.Contains("temp_", StringComparison.Ordinal)))
            .IsEmpty();
    }

    /// <summary>With a browser that does not exist, nothing is rendered.</summary>
    private static string[] Unrendered(string command) => command == "run-job" ? ["--browser", "/nowhere"] : [];
}
