using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Browsers;

/// <summary>The oldest browser that helios renders with. tools/browsers.sh compares all pages with more versions.</summary>
[ClassDataSource<NativeBinary, OlderBrowser>(Shared = [SharedType.PerTestSession, SharedType.PerTestSession])]
[Category("Browser")]
[Timeout(120_000)]
public sealed class BrowserVersionTests(NativeBinary helios, OlderBrowser browser)
{
    private static readonly string s_pages = Path.Combine(Repository.Project, "Pages");

    [Test]
    [Arguments("timers.html", "screenshot")]
    [Arguments("workers.html", "screenshot")]
    [Arguments("web-font.html", "screenshot")]
    [Arguments("webgl.html", "canvas")]
    public async Task Its_chunks_have_the_frames_of_the_whole(string page, string capture)
    {
        using var directory = new TestDirectory();
        string[] mode = ["--capture", capture, .. capture == "canvas" ? (string[])["--mode", "canvas"] : []];

        string[] whole = await Render(directory, page, 0, [.. mode, "--chunk-frames", "16"]);
        string[] chunk = await Render(directory, page, 1, [.. mode, "--chunk-frames", "7"]);

        await Assert.That(string.Join('\n', chunk)).IsEqualTo(string.Join('\n', whole.Skip(7).Take(7)));
        await Assert.That(whole.Distinct().Count()).IsGreaterThan(5);
    }

    [Test]
    public async Task Paint_is_refused_by_version()
    {
        using var place = new RenderPlace(helios, "<!doctype html>");
        await place.PlanAsync("--frames", "2", "--capture", "paint");

        RunResult result = await place.Render("--browser", browser.Path);

        await Assert.That(result.ExitCode).IsEqualTo(69);
        await Assert
            .That(RenderPlace.Said(result))
            .IsEqualTo(
                $"helios: this browser cannot capture by paint: it is version 143 ({browser.Path}); use version 153 or later, or plan the job with --capture screenshot\n"
            );
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_variable_names_it()
    {
        using var place = new RenderPlace(helios, "<!doctype html>");
        await place.PlanAsync("--frames", "1");

        (await place.Render().WithEnvironment("PUPPETEER_EXECUTABLE_PATH", browser.Path)).Succeeded();

        await Assert.That((string)place.ReceiptOf(0)["browser"]!).IsEqualTo("HeadlessChrome/" + OlderBrowser.Version);
    }

    private async Task<string[]> Render(TestDirectory directory, string page, int index, string[] options)
    {
        (
            await helios
                .Run([
                    "export-job",
                    Path.Combine(s_pages, page),
                    "--width", "320", "--height", "180", "--frames", "16", "--video-codec", "ffv1", "--pixel-format", "bgr0", "-o", "x.mkv",
                    "--job", "job.json", "--job-id", "j", "-q", .. options,
                ])
                .In(directory)
        ).Succeeded();
        (
            await helios
                .Run("render-chunk", "job.json", "--index", $"{index}", "--force", "--browser", browser.Path, "--root", Repository.Project)
                .In(directory)
        ).Succeeded();
        RunResult hashes = (
            await Tool.Run("ffmpeg", "ffmpeg", "-v", "error", "-i", $"temp_j_part_{index}.mov", "-f", "framemd5", "-").In(directory)
        ).Succeeded();
        return
        [
            .. hashes
                .Stdout.Split('\n')
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(line => line[(line.LastIndexOf(' ') + 1)..]),
        ];
    }
}
