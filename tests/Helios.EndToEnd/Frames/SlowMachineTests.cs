using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Harness.Servers;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Frames;

/// <summary>
/// What <see cref="DeterminismTests"/> asks of chunks, of machines: files on a slow network file system, or an encoder that
/// lags far behind, decide neither when the page gets an answer nor which one first.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(300_000)]
public sealed class SlowMachineTests(NativeBinary helios)
{
    private const int Frames = 16;
    private const int OpeningTakes = 80; // ms; several times what PageSettler and the captures wait between two looks

    [Test]
    [Arguments("answers-while-drawing.html", "screenshot")]
    [Arguments("answers-while-drawing.html", "canvas")]
    [Arguments("answers-while-drawing.html", "paint")]
    [Arguments("fetch-running.html", "screenshot")]
    [Arguments("workers.html", "screenshot")]
    [Arguments("lazy-images.html", "screenshot")]
    public async Task Slow_files_change_nothing(string page, string capture)
    {
        using TestDirectory project = Copy(page);
        string[] usual = await Render(project, capture);

        int openings;
        string[] slow;
        using (var files = new SlowFiles(project.Path, OpeningTakes))
        {
            slow = await Render(project, capture);
            openings = files.Openings;
        }

        await Assert.That(string.Join('\n', slow)).IsEqualTo(string.Join('\n', usual));
        await Assert.That(openings).IsGreaterThan(2);
        await Assert.That(usual.Length).IsEqualTo(Frames);
    }

    /// <summary>The encoder takes a second for five frames: captures wait for it with the page at rest.</summary>
    [Test]
    [Arguments("screenshot")]
    [Arguments("canvas")]
    [Arguments("paint")]
    public async Task A_slow_encoder_changes_nothing(string capture)
    {
        using TestDirectory project = Copy("answers-while-drawing.html");
        using var tools = new TestDirectory();
        string encoder = ProgramFile.Write(tools.PathOf("ffmpeg"), "#!/bin/sh\nexec ffmpeg -readrate 0.2 \"$@\"\n");

        string[] usual = await Render(project, capture);
        string[] slow = await Render(project, capture, "--ffmpeg", encoder);

        await Assert.That(string.Join('\n', slow)).IsEqualTo(string.Join('\n', usual));
        await Assert.That(usual.Distinct().Count()).IsEqualTo(Frames);
    }

    /// <summary>A project of its own: nobody else's files become slow.</summary>
    private static TestDirectory Copy(string page)
    {
        string pages = Path.Combine(Repository.Project, "Pages");
        var project = new TestDirectory("project");
        File.Copy(Path.Combine(pages, page), project.PathOf("page.html"), overwrite: true);
        project.CreateFolder("assets");
        foreach (string file in Directory.EnumerateFiles(Path.Combine(pages, "assets")))
            File.Copy(file, project.PathOf("assets", Path.GetFileName(file)));
        return project;
    }

    /// <summary>Hashes of the frames, of which the first chunk of a directory beside the project has all.</summary>
    private async Task<string[]> Render(TestDirectory project, string capture, params string[] workerOptions)
    {
        using var directory = new TestDirectory();
        string[] mode = capture == "canvas" ? ["--mode", "canvas"] : [];
        (
            await helios
                .Run([
                    "export-job",
                    project.PathOf("page.html"),
                    "--width", "320", "--height", "180", "--fps", "30", "--frames",
                    Frames.ToString(CultureInfo.InvariantCulture),
                    "--video-codec", "ffv1", "--pixel-format", "bgr0", "--capture", capture, .. mode, "-o", "x.mkv", "--job", "job.json",
                    "--job-id", "j",
                ])
                .In(directory)
        ).Succeeded();
        (await helios.Run(["render-chunk", "job.json", .. workerOptions]).In(directory)).Succeeded();
        return StoredFrames.Digests(directory.PathOf("temp_j_part_0.mov"));
    }
}
