using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Browsers;

/// <summary>What doctor finds on this machine, and with a job.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class DoctorTests(NativeBinary helios)
{
    private static readonly string[] s_always =
    [
        "browser", "encoder", "hardware encoders", "fonts", "user", "processor", "memory", "temporary files", "/dev/shm",
    ];

    [Test]
    public async Task It_says_that_this_machine_can_render()
    {
        using var place = new RenderPlace(helios, "unused");

        RunResult result = await place.Run("doctor");

        string[] lines = result.Succeeded().Stdout.TrimEnd('\n').Split('\n');
        await Assert.That(lines[0]).Matches("^ok +browser: /[^\n]+, installed$");
        await Assert.That(lines[1]).Matches("^ok +encoder: /[^\n]*ffmpeg, version [^\n]+, with every codec$");
        await Assert
            .That(result.Stdout)
            .Matches(
                "\nok +one frame: rendered with HeadlessChrome/[0-9.]+ in [0-9]+ ms, [0-9]+ bytes\nok +browser version: [0-9]+: [^\n]+\n$");
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["page.html"]);
        await Assert.That(Directory.EnumerateFileSystemEntries(place.Temporary)).IsEmpty();
    }

    [Test]
    [Arguments("browser", "--browser", "HELIOS_BROWSER", "one with npx @puppeteer/browsers install")]
    [Arguments("encoder", "--ffmpeg", "HELIOS_FFMPEG", "ffmpeg")]
    public async Task It_says_what_to_install(string name, string option, string variable, string package)
    {
        using var place = new RenderPlace(helios, "unused");

        RunResult typed = await place.Run("doctor", option, "/nowhere/program");
        RunResult set = await place.Run("doctor").WithEnvironment(variable, "/nowhere/program");

        foreach (var (result, where) in ((RunResult, string)[])[(typed, option), (set, variable)])
        {
            await Assert.That(result.ExitCode).IsEqualTo(69);
            await Assert
                .That(result.Stdout)
                .Matches($"error +{name}: there is no program \"/nowhere/program\" \\({where}\\)\n +install {package}[^\n]*\n");
            await Assert.That(result.Stdout).DoesNotContain("one frame");
        }
    }

    [Test]
    public async Task It_says_that_a_program_is_no_browser()
    {
        using var place = new RenderPlace(helios, "unused");

        RunResult result = await place.Run("doctor", "--browser", "/bin/true");

        await Assert.That(result.ExitCode).IsEqualTo(69);
        await Assert.That(result.Stdout).Matches("\nerror +one frame: the browser does not start: exit code 0[^\n]*\n +[^\n]+\n$");
        await Assert.That(Directory.EnumerateFileSystemEntries(place.Temporary)).IsEmpty();
    }

    [Test]
    public async Task As_json_it_says_the_same()
    {
        using var place = new RenderPlace(helios, "unused");

        JsonObject said = JsonNode.Parse((await place.Run("doctor", "--format", "json")).Succeeded().Stdout)!.AsObject();

        await Assert.That((bool)said["canRender"]!).IsTrue();
        await Assert.That((int)said["version"]!).IsEqualTo(1);
        await Assert
            .That(string.Join(' ', said["checks"]!.AsArray().Select(check => (string)check!["name"]!)))
            .IsEqualTo(string.Join(' ', [.. s_always, "one frame", "browser version"]));
        await Assert.That(said["checks"]!.AsArray().All(check => ((string)check!["state"]! == "ok") == (check["fix"] is null))).IsTrue();
    }

    [Test]
    public async Task A_job_that_this_machine_rendered_can_be_rendered_here()
    {
        using var place = new RenderPlace(helios, "<!doctype html><canvas></canvas>");
        await place.PlanAsync("--frames", "4", "--shards", "2", "--mode", "canvas", "--video-codec", "prores", "-o", "x.mov");
        (await place.Render("--index", "1")).Succeeded();

        RunResult result = await place.Run("doctor", "job.json");

        await Assert
            .That(result.Succeeded().Stdout)
            .Matches(
                "\nok +job: j, 4 frames of 320x180 in 2 chunks\nok +composition: file:///[^\n]+\nok +disk: [^\n]+\nok +one frame: [^\n]+\n"
            );
        await Assert.That(result.Stdout).Matches("\nok +other chunks: rendered as chunk 1 was, by helios [^\n]+\n$");
    }

    [Test]
    public async Task A_job_with_chunks_of_another_browser_cannot()
    {
        using var place = new RenderPlace(helios, "<!doctype html>");
        await place.PlanAsync("--frames", "4", "--shards", "2");
        (await place.Render("--index", "0")).Succeeded();
        string receipt = place.FileOf(0) + ".json";
        File.WriteAllText(
            receipt,
            File.ReadAllText(receipt).Replace("HeadlessChrome/", "HeadlessChrome/1", System.StringComparison.Ordinal));

        RunResult result = await place.Run("doctor", "job.json");

        await Assert.That(result.ExitCode).IsEqualTo(69);
        await Assert
            .That(result.Stdout)
            .Matches(
                "\nerror +other chunks: chunk 0 was rendered by [^\n]*HeadlessChrome/1[^\n]*: the merge refuses both in one video\n +render all chunks with the same image[^\n]+\n$"
            );
    }

    [Test]
    public async Task A_job_whose_page_changed_cannot_be_rendered()
    {
        using var place = new RenderPlace(helios, "<!doctype html>");
        await place.PlanAsync("--frames", "4");
        place.Directory.Write("page.html", "<!doctype html>other");

        RunResult result = await place.Run("doctor", "job.json");

        await Assert.That(result.ExitCode).IsEqualTo(69);
        await Assert.That(result.Stdout).Matches("\nerror +composition: the composition changed[^\n]+\n");
    }

    [Test]
    [Arguments("nowhere.json", 66, "nowhere.json")]
    [Arguments("page.html", 65, "page.html")]
    public async Task What_is_no_job_is_an_error(string job, int exitCode, string message)
    {
        using var place = new RenderPlace(helios, "<!doctype html>");

        RunResult result = await place.Run("doctor", job);

        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(result.Stderr).Contains(message);
        await Assert.That(result.Stdout).IsEqualTo("");
    }

    [Test]
    public async Task Another_format_is_refused()
    {
        using var place = new RenderPlace(helios, "unused");

        RunResult result = await place.Run("doctor", "--format", "jsn");

        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert
            .That(result.Stderr)
            .IsEqualTo("helios: \"jsn\" is not a format (did you mean \"json\"?) (--format); use text or json\n");
    }
}
