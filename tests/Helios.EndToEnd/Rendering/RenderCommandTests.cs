using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Runs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Rendering;

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

        await Assert
            .That(RenderPlace.Said(result.Succeeded()))
            .Matches("^13 frames in [0-9.]+ s \\([0-9.]+ fps, 2 chunks, 2 workers\\) → .*/output\\.mp4\n");
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
            "-o", "film.mkv", "--width", "320", "--height", "180", "--fps", "25", "--duration", "0.2", "--start-frame", "3",
            "--chunk-frames", "2", "--job-id", "mine", "--seed", "7", "--video-codec", "ffv1", "--pixel-format", "yuv444p", "--props",
            "{\"a\":1}", "--audio-codec", "none", "--portable", "-q",
        ];
        (await place.Run(["export-job", "page.html", "--job", "planned.json", .. options])).Succeeded();

        RunResult result = await place.Run(["render", "page.html", "--job", "kept.json", "--keep-chunks", .. options]);

        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.Stderr);
        await Assert.That(place.Directory.Read("kept.json")).IsEqualTo(place.Directory.Read("planned.json"));
        await Assert
            .That((await place.Run("check-job", "planned.json", "--outputs")).Succeeded().Stdout)
            .EndsWith("3 complete, 0 missing, 0 wrong\n");
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
    public async Task A_still_is_the_frame_of_the_video()
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        string[] lossless = ["-o", "video.mkv", "--frames", "12", "--video-codec", "ffv1", "--pixel-format", "bgr0", .. s_small];
        (await place.Run(["render", "page.html", .. lossless])).Succeeded();
        byte[] frame = await Video.DecodeAsync(place.Directory.PathOf("video.mkv"), 7);

        RunResult result = await place.Run(["render", "page.html", "--still", "7", "-o", "100% %d.png", .. s_small]);

        await Assert.That(RenderPlace.Said(result.Succeeded())).Matches("^frame 7 in [0-9.]+ s → 100% %d\\.png\n$");
        await Assert
            .That((await Video.DecodeAsync($"file:{place.Directory.PathOf("100% %d.png")}", 0)).AsSpan().SequenceEqual(frame))
            .IsTrue();
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["100% %d.png", "page.html", "video.mkv"]);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task Frames_become_files_that_are_those_of_the_video()
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        (
            await place.Run([
                "render", "page.html", "-o", "video.mkv", "--frames", "12", "--video-codec", "ffv1", "--pixel-format", "bgr0", .. s_small,
            ])
        ).Succeeded();

        RunResult result = await place.Run([
            "render", "page.html", "--frames-only", "-o", "f%d", "--start-frame", "3", "--frames", "5", "--shards", "2", .. s_small,
        ]);

        await Assert
            .That(RenderPlace.Said(result.Succeeded()))
            .Matches("^5 frames in [0-9.]+ s \\([0-9.]+ fps, 2 chunks, [12] workers?\\) → .*/f%d\n");
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["f%d", "page.html", "video.mkv"]);
        await Assert.That(Directory.EnumerateFileSystemEntries(place.Directory.PathOf("f%d")).Select(path => Path.GetFileName(path)))
            .IsEquivalentTo(["000003.png", "000004.png", "000005.png", "000006.png", "000007.png"]);
        for (int frame = 3; frame < 8; frame++)
        {
            byte[] picture = (
                await Tool.Run("ffmpeg", "ffmpeg", "-v", "error", "-f", "png_pipe", "-i", "-", "-f", "rawvideo", "-pix_fmt", "rgb24", "-")
                    .WithInput(await File.ReadAllBytesAsync(place.Directory.PathOf("f%d", $"00000{frame}.png"))))
                .Succeeded()
                .Output;
            byte[] expected = await Video.DecodeAsync(place.Directory.PathOf("video.mkv"), frame);
            await Assert.That(picture.AsSpan().SequenceEqual(expected)).IsTrue();
        }

        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    /// <summary>A video's seams would show that the page is no function of time; a picture has none.</summary>
    [Test]
    [Arguments("--still", "12", DisplayName = "a still")]
    [Arguments("--frames-only", "--start-frame", "12", "--frames", "2", DisplayName = "frames")]
    public async Task A_picture_of_a_page_with_a_hook_and_state_is_that_of_the_video(params string[] options)
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><body><script>
            let calls = 0;
            window.__timelines = { main: { seek() { document.body.style.background = ++calls === 13 ? "#0f0" : "#f00"; } } };
            </script>
            """);

        (
            await place.Run(["render", "page.html", .. options, .. s_small[..4], "-o", options[0] == "--still" ? "12.png" : "frames", "-q"])
        ).Succeeded();

        string picture =
            options[0] == "--still" ? "12.png" : System.IO.Directory.GetFiles(place.Directory.PathOf("frames")).Order().First();
        await Assert
            .That(Video.PixelAt(await Video.DecodeAsync(place.Directory.PathOf(picture), 0), 160, 90))
            .IsEquivalentTo((int[])[0, 255, 0]);
    }

    [Test]
    public async Task A_still_keeps_transparency_when_a_format_with_alpha_is_asked_for()
    {
        using var place = new RenderPlace(
            helios,
            "<!doctype html><body style='margin:0'><div style='width:160px;height:180px;background:#0f0'></div>");

        RunResult result = await place.Run(["render", "page.html", "--still", "0", "--pixel-format", "bgra", .. s_small]);

        byte[] pixels = await Video.DecodeAsync(place.Directory.PathOf("still.png"), 0, "rgba");
        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.Stderr);
        await Assert.That(Video.PixelAt(pixels, 10, 90)).IsEquivalentTo([0, 255, 0, 255]);
        await Assert.That(Video.PixelAt(pixels, 300, 90)[3]).IsEqualTo(0);
    }

    [Test]
    [Arguments(new[] { "--still", "x" }, 64, "\"x\" is not a frame (--still); give numbers from 0 or percents, such as 0,45,90 or 25%,50%")]
    [Arguments(new[] { "--still", "3", "-o", "a.jpg" }, 64, "\"a.jpg\" is not a place for a still (--output)")]
    [Arguments(new[] { "--still", "3", "--start-frame", "5" }, 64,
        "stills and contact sheets are frames of the timeline, so they exclude --start-frame")]
    [Arguments(new[] { "--still", "" }, 64, "--still needs a value")]
    [Arguments(new[] { "--still", "1,,2" }, 64, "\"\" is not a frame (--still)")]
    [Arguments(new[] { "--still", "1,2," }, 64, "\"\" is not a frame (--still)")]
    [Arguments(new[] { "--still", "101%" }, 64, "\"101%\" is not a frame (--still)")]
    [Arguments(new[] { "--still", "-1" }, 64, "\"-1\" is not a frame (--still)")]
    [Arguments(new[] { "--still", "1000000001" }, 64, "\"1000000001\" is not a frame (--still)")]
    [Arguments(new[] { "--still", "3,1,3" }, 64, "the frame 3 is given twice (--still); leave one out")]
    [Arguments(new[] { "--still", "30,50%", "--frames", "60" }, 64, "30 and 50% are both frame 30 (--still); leave one out")]
    [Arguments(new[] { "--still", "0,60", "--frames", "60" }, 64,
        "there is no frame 60 (--still); give 0 to 59; the length is that of the page, --duration or --frames")]
    [Arguments(new[] { "--contact-sheet", "a.jpg" }, 64,
        "\"a.jpg\" is not a place for a contact sheet (--contact-sheet); name a .png file")]
    [Arguments(new[] { "--contact-sheet", "a.png", "-o", "b.png" }, 64, "--output is for stills, and --contact-sheet names its own file")]
    [Arguments(new[] { "--contact-sheet", "nowhere/a.png" }, 73, "the directory \"")]
    [Arguments(new[] { "--contact-sheet", "a.png", "--frames-only" }, 64, "--contact-sheet and --frames-only exclude each other")]
    [Arguments(new[] { "--poster", "3", "--still", "3" }, 64, "--poster and --still exclude each other")]
    [Arguments(new[] { "--poster", "3,4" }, 64, "\"3,4\" is not one frame (--poster)")]
    [Arguments(new[] { "--poster", "last" }, 64, "\"last\" is not a frame (--poster)")]
    [Arguments(new[] { "--poster", "9", "--start-frame", "10", "--frames", "5" }, 64, "there is no frame 9 (--poster); give 10 to 14")]
    [Arguments(new[] { "--poster", "0", "-o", "%d.png" }, 64, "--poster is one frame of a video, but the output is image files")]
    [Arguments(new[] { "--still", "3", "--frames-only" }, 64, "--still and --frames-only exclude each other")]
    [Arguments(new[] { "--still", "3", "-o", "nowhere/a.png" }, 73, "the directory \"")]
    [Arguments(new[] { "--frames-only", "-o", "a.mp4" }, 64, "\"a.mp4\" is not a directory for frames (--output)")]
    [Arguments(new[] { "--frames-only", "-o", "page.html" }, 73, "the directory cannot be made")]
    [Arguments(new[] { "--frames-only", "--fps", "0" }, 64, "\"0\" is not a frame rate (--fps)")]
    public async Task A_mistake_with_pictures_is_one_line_and_does_nothing(string[] options, int exitCode, string message) =>
        await A_mistake_is_one_line_and_does_nothing(["page.html", .. options], exitCode, message);

    [Test]
    [Arguments(new[] { "nowhere.html" }, 66, "the composition does not exist (nowhere.html)", DisplayName = "no page")]
    [Arguments(new[] { "page.html", "--fps", "0" }, 64, "\"0\" is not a frame rate (--fps)", DisplayName = "a wrong value of export-job")]
    [Arguments(new[] { "page.html", "--workers", "-1" }, 64, "\"-1\" is not a whole number from 1 to 256 (--workers)",
        DisplayName = "a wrong value of run-job")]
    [Arguments(new[] { "page.html", "--preroll", "maybe" }, 64, "\"maybe\" is not a way", DisplayName = "a wrong value of render-chunk")]
    [Arguments(new[] { "page.html", "-o", "nowhere/x.mp4" }, 73, "the directory \"", DisplayName = "no directory")]
    [Arguments(new[] { "page.html", "-o", "nowhere/x.mp4", "--browser", "/nowhere" }, 73, "the directory \"",
        DisplayName = "no directory, before a browser is looked for")]
    [Arguments(new[] { "page.html", "--index", "1" }, 64, "render has no option \"--index\"",
        DisplayName = "an option that makes no sense")]
    [Arguments(new[] { "page.html", "--browser", "/nowhere" }, 69, "there is no program \"/nowhere\" (--browser)",
        DisplayName = "no browser")]
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
