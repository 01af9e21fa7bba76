using System;
using System.IO;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Browsers;

/// <summary>Two browsers of one version may draw other pixels: receipts tell the build, and chunks of two builds are not merged.</summary>
[ClassDataSource<NativeBinary, OtherBuild>(Shared = [SharedType.PerTestSession, SharedType.PerClass])]
[Category("Browser")]
[Timeout(180_000)]
public sealed class BrowserBuildTests(NativeBinary helios, OtherBuild other)
{
    [Test]
    public async Task A_receipt_has_the_build_that_readelf_prints()
    {
        using RenderPlace place = await PrepareAsync();

        (await place.Render("--index", "0", "--quiet")).Succeeded();
        (await place.Render("--index", "1", "--quiet", "--browser", other.Path)).Succeeded();

        await Assert.That(BuildOf(place, 0)).IsEqualTo(other.InstalledId);
        await Assert.That(BuildOf(place, 1)).IsEqualTo(other.Id);
        await Assert.That(other.Id).IsNotEqualTo(other.InstalledId);
    }

    [Test]
    public async Task A_program_without_identification_has_the_digest_that_sha256sum_prints()
    {
        using RenderPlace place = await PrepareAsync();

        (await place.Render("--index", "0", "--quiet", "--browser", other.Unidentified)).Succeeded();

        await using FileStream program = File.OpenRead(other.Unidentified);
        await Assert.That(BuildOf(place, 0)).IsEqualTo("sha256:" + Convert.ToHexStringLower(await SHA256.HashDataAsync(program)));
    }

    [Test]
    public async Task Chunks_of_two_builds_are_not_merged_unless_it_is_allowed()
    {
        using RenderPlace place = await PrepareAsync();
        (await place.Render("--index", "0", "--quiet")).Succeeded();
        (await place.Render("--index", "1", "--quiet", "--browser", other.Path)).Succeeded();
        string browser = (string)place.ReceiptOf(0)["browser"]!;

        RunResult check = await place.Run("check-job", "job.json", "--outputs");
        RunResult merge = await place.Run("merge-chunks", "job.json");
        RunResult allowed = await place.Run("merge-chunks", "job.json", "--allow-mixed", "--quiet");

        string difference = $"chunk 1: its {browser} is another build ({other.Id}) than that of chunk 0 ({other.InstalledId})\n";
        await Assert.That((string)place.ReceiptOf(1)["browser"]!).IsEqualTo(browser);
        await Assert.That(check.Stdout).StartsWith(difference);
        await Assert.That(check.ExitCode).IsEqualTo(65);
        await Assert
            .That(merge.Stderr)
            .IsEqualTo(
                difference
                    + "helios: the chunks were not rendered from the same files, by the same browser, fonts and kind of processor (job j); "
                    + "render them again on machines that have the same, chunk 1 with --index 1 --force, or merge them as they are with "
                    + "--allow-mixed\n");
        await Assert.That(merge.ExitCode).IsEqualTo(65);
        await Assert.That(allowed.Succeeded().Stderr).IsEmpty();
    }

    [Test]
    public async Task A_run_does_not_continue_what_another_build_began()
    {
        using RenderPlace place = await PrepareAsync();
        (await place.Render("--index", "0", "--quiet", "--browser", other.Path)).Succeeded();

        RunResult run = await place.RunJob();
        RunResult doctor = await place.Run("doctor", "job.json");
        RunResult allowed = await place.RunJob("--allow-mixed");

        string difference = $"is another build ({other.InstalledId}) than that of chunk 0 ({other.Id})";
        await Assert.That(RenderPlace.Said(run)).Contains($"{difference} (job j); render all of it again with --fresh");
        await Assert.That(run.ExitCode).IsEqualTo(65);
        await Assert.That(doctor.Stdout).Contains(difference);
        _ = allowed.Succeeded();
    }

    [Test]
    public async Task Receipts_of_an_earlier_helios_name_no_build_and_are_merged()
    {
        using RenderPlace place = await PrepareAsync();
        (await place.Render("--index", "0", "--quiet")).Succeeded();
        (await place.Render("--index", "1", "--quiet", "--browser", other.Path)).Succeeded();
        JsonObject receipt = place.ReceiptOf(0);
        await Assert.That(receipt["seal"]!.AsObject().Remove("browserBuild")).IsTrue();
        await File.WriteAllTextAsync(place.FileOf(0) + ".json", receipt.ToJsonString());

        (await place.Run("merge-chunks", "job.json")).Succeeded();
    }

    /// <summary>An update while a farm renders: the browser that runs is the old one, whatever its path names by then.</summary>
    [Test]
    public async Task The_build_is_that_of_the_browser_that_ran()
    {
        using RenderPlace place = await PrepareAsync(frames: 60);
        string path = Path.Combine(Path.GetDirectoryName(other.Path)!, "current");
        File.Delete(path);
        File.Copy(other.Path, path);

        RunResult result = await place.DisturbAsync(
            process =>
            {
                File.Move(path, path + ".old", overwrite: true);
                _ = File.CreateSymbolicLink(path, OtherBuild.Installed);
                return Task.CompletedTask;
            },
            "--index", "0", "--browser", path);

        _ = result.Succeeded();
        await Assert.That(BuildOf(place, 0)).IsEqualTo(other.Id);
    }

    private async Task<RenderPlace> PrepareAsync(int frames = 4)
    {
        var place = new RenderPlace(helios, "<!doctype html><body style=\"background:#048\">Build");
        await place.PlanAsync("--frames", $"{frames}", "--shards", "2", "--capture", "screenshot");
        return place;
    }

    private static string BuildOf(RenderPlace place, int chunk) => (string)place.ReceiptOf(chunk)["seal"]!["browserBuild"]!;
}
