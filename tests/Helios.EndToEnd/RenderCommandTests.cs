using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd;

/// <summary>render: from a page to its video in one command.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class RenderCommandTests(NativeBinary helios)
{
    private static readonly string[] s_small = ["--width", "320", "--height", "180", "--progress", "none"];

    [Test]
    public async Task A_page_becomes_a_video_without_a_job_file()
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);

        RunResult result = await place.Run(["render", "page.html", "--frames", "13", "--workers", "2", .. s_small]);

        await Assert.That(RenderPlace.Said(result.Succeeded())).Matches("^13 frames in [0-9.]+ s \\([0-9.]+ fps, 2 chunks, 2 workers\\) → .*/output\\.mp4\n");
        await Assert.That((string)(await Video.ProbeAsync(place.Directory.PathOf("output.mp4")))["nb_read_frames"]!).IsEqualTo("13");
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["output.mp4", "page.html"]);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task The_job_that_is_kept_is_the_one_that_export_job_writes()
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        string[] options =
        [
            "-o", "film.mkv", "--width", "320", "--height", "180", "--fps", "25", "--duration", "0.2", "--start-frame", "3", "--chunk-frames", "2", "--job-id", "mine", "--seed", "7",
            "--video-codec", "ffv1", "--pixel-format", "yuv444p", "--props", "{\"a\":1}", "--audio-codec", "none", "--portable", "-q",
        ];
        (await place.Run(["export-job", "page.html", "--job", "planned.json", .. options])).Succeeded();

        RunResult result = await place.Run(["render", "page.html", "--job", "kept.json", "--keep-chunks", .. options]);

        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.Stderr);
        await Assert.That(place.Directory.Read("kept.json")).IsEqualTo(place.Directory.Read("planned.json"));
        await Assert.That((await place.Run("check-job", "planned.json", "--outputs")).Succeeded().Stdout).EndsWith("3 complete, 0 missing, 0 wrong\n");
        await Assert.That((string)(await Video.ProbeAsync(place.Directory.PathOf("film.mkv")))["nb_read_frames"]!).IsEqualTo("5");
    }

    [Test]
    public async Task The_same_command_goes_on_where_it_was_killed_and_another_does_not()
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        string[] command = ["render", "page.html", "--frames", "12", "--shards", "2", "--keep-chunks", .. s_small];
        (await place.Run(command)).Succeeded();
        string chunk = Directory.EnumerateFiles(place.Directory.Path, "temp_*_part_1.mov").Single();
        File.Delete(chunk + ".json"); // as if it had been killed before that was written

        RunResult again = await place.Run(command);
        RunResult other = await place.Run([.. command, "--seed", "5"]);

        await Assert.That(RenderPlace.Said(again.Succeeded())).StartsWith("1 of 2 chunks are complete already\n");
        await Assert.That(RenderPlace.Said(other.Succeeded())).StartsWith("12 frames in ");
        await Assert.That(Directory.EnumerateFiles(place.Directory.Path, "temp_*_part_*.mov").Count()).IsEqualTo(4);
    }

    [Test]
    [Arguments(new[] { "nowhere.html" }, 66, "the composition does not exist (nowhere.html)", DisplayName = "no page")]
    [Arguments(new[] { "page.html", "--fps", "0" }, 64, "\"0\" is not a frame rate (--fps)", DisplayName = "a wrong value of export-job")]
    [Arguments(new[] { "page.html", "--workers", "-1" }, 64, "\"-1\" is not a whole number from 1 to 256 (--workers)", DisplayName = "a wrong value of run-job")]
    [Arguments(new[] { "page.html", "--preroll", "maybe" }, 64, "\"maybe\" is not a way", DisplayName = "a wrong value of render-chunk")]
    [Arguments(new[] { "page.html", "-o", "nowhere/x.mp4" }, 73, "the directory \"", DisplayName = "no directory")]
    [Arguments(new[] { "page.html", "--index", "1" }, 64, "render has no option \"--index\"", DisplayName = "an option that makes no sense")]
    [Arguments(new[] { "page.html", "--browser", "/nowhere" }, 69, "there is no program \"/nowhere\" (--browser)", DisplayName = "no browser")]
    public async Task A_mistake_is_one_line_and_does_nothing(string[] words, int exitCode, string message)
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        var before = place.Directory.List();

        RunResult result = await place.Run(["render", .. words]);

        await Assert.That(result.Stderr).StartsWith("helios: " + message);
        await Assert.That(result.Stderr.Count(c => c == '\n')).IsEqualTo(1);
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(place.Directory.List()).IsEquivalentTo(before);
    }
}
