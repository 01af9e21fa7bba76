using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Rendering;

/// <summary>Each fault of tools, options and disks ends render-chunk with its exit code and one message, and leaves nothing.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class RenderFaultTests(NativeBinary helios)
{
    private const string Fine = "<!doctype html><body style='margin:0;background:#0f0'>";

    [Test]
    [Arguments("--browser", "/bin/true", 69, "the browser does not start: exit code 0", DisplayName = "a browser that is none")]
    [Arguments("--browser", "/nowhere/browser", 69,
        "there is no program \"/nowhere/browser\" (--browser); install one with npx @puppeteer/browsers install chrome-headless-shell@stable",
        DisplayName = "no browser")]
    [Arguments("--ffmpeg", "/nowhere/ffmpeg", 69, "there is no program \"/nowhere/ffmpeg\" (--ffmpeg); install ffmpeg",
        DisplayName = "no encoder")]
    [Arguments("--ffmpeg", "page.html", 69, "there is no program \"page.html\" (--ffmpeg); install ffmpeg",
        DisplayName = "an encoder that cannot be executed")]
    [Arguments("--root", "nowhere", 66, "the directory does not exist (--root nowhere)", DisplayName = "no root")]
    [Arguments("--timeout", "0", 64, "\"0\" is not a whole number from 1 to 86400 (--timeout)", DisplayName = "no time")]
    [Arguments("--preroll", "maybe", 64, "\"maybe\" is not a way", DisplayName = "no such way")]
    public async Task A_wrong_tool_or_value_is_named(string option, string value, int exitCode, string message)
    {
        using var place = new RenderPlace(helios, Fine);
        await place.PlanAsync("--frames", "5");

        RunResult result = await place.Render(option, value);

        await Assert.That(RenderPlace.Said(result)).StartsWith("helios: " + message);
        await Assert.That(RenderPlace.Said(result).Count(c => c == '\n')).IsEqualTo(1);
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments("HELIOS_BROWSER")]
    [Arguments("HELIOS_FFMPEG")]
    public async Task A_variable_that_names_no_program_is_69(string variable)
    {
        using var place = new RenderPlace(helios, Fine);
        await place.PlanAsync("--frames", "5");

        RunResult result = await place.Render().WithEnvironment(variable, "/nowhere/program");

        await Assert.That(RenderPlace.Said(result)).StartsWith($"helios: there is no program \"/nowhere/program\" ({variable}); install ");
        await Assert.That(result.ExitCode).IsEqualTo(69);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_directory_of_the_output_that_is_gone_is_73()
    {
        using var place = new RenderPlace(helios, Fine);
        place.Directory.CreateFolder("out");
        await place.PlanAsync("--frames", "5", "--output", "out/video.mp4");
        Directory.Delete(place.Directory.PathOf("out"));

        RunResult result = await place.Render();

        await Assert
            .That(RenderPlace.Said(result))
            .StartsWith($"helios: the directory \"{place.Directory.PathOf("out")}\" does not exist (");
        await Assert.That(result.ExitCode).IsEqualTo(73);
        await Assert.That(Directory.Exists(place.Directory.PathOf("out"))).IsFalse();
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments("300", 0, DisplayName = "may be written to but not listed")]
    [Arguments("500", 73, DisplayName = "may be listed but not written to")]
    public async Task A_directory_of_the_output_that(string mode, int exitCode)
    {
        using var place = new RenderPlace(helios, Fine);
        using var tools = new TestDirectory();
        place.Directory.CreateFolder("out");
        await place.PlanAsync("--frames", "3", "--output", "out/video.mp4");
        (
            await new ProcessRun(
                "/bin/sh",
                ["-c", $"chmod 777 ../temporary && chmod {mode} out && if [ $(id -u) = 0 ]; then chown 65534 out; fi"]
            ).In(place.Directory)
        ).Succeeded();

        RunResult result = await helios
            .RunAsOrdinaryUser(tools, "render-chunk", "job.json", "--progress", "none")
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary);
        (await new ProcessRun("/bin/sh", ["-c", "chmod 700 out"]).In(place.Directory)).Succeeded();

        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        if (exitCode == 0)
        {
            await Assert
                .That(Directory.EnumerateFiles(place.Directory.PathOf("out")).Select(path => Path.GetFileName(path)))
                .IsEquivalentTo(["temp_j_part_0.mov", "temp_j_part_0.mov.json"]);
            return;
        }

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                $"helios: the directory \"{place.Directory.PathOf("out")}\" is not writable ({place.FileOf(0)}); change its permissions\n");
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_disk_that_fills_up_is_74_and_holds_nothing_afterwards()
    {
        Tool.Require("unshare", "util-linux");
        using var place = new RenderPlace(helios, """
            <!doctype html><body style="margin:0"><canvas id="c" width="320" height="180"></canvas><script>
            const context = c.getContext("2d"), picture = context.createImageData(320, 180);
            const draw = () => { for (let i = 0; i < picture.data.length; i++) picture.data[i] = Math.random() * 256; context.putImageData(picture, 0, 0); requestAnimationFrame(draw); };
            requestAnimationFrame(draw);
            </script>
            """);
        place.Directory.CreateFolder("small");
        await place.PlanAsync("--frames", "60", "--output", "small/video.mkv", "--video-codec", "ffv1");

        RunResult result = await helios
            .RunScript(
                """
                mount -t tmpfs -o size=512k helios-test small || { echo "cannot mount a tmpfs: run the tests as root, or allow user namespaces" >&2; exit 99; }
                helios render-chunk job.json --progress none
                status=$?
                ls -A small
                exit $status
                """
            )
            .Under("unshare", Environment.IsPrivilegedProcess ? ["--mount"] : ["--mount", "--map-root-user"])
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary);

        await Assert.That(RenderPlace.Said(result)).Matches("^helios: [^\n]*No space left on device[^\n]*; make room[^\n]*\n$");
        await Assert.That(result.ExitCode).IsEqualTo(74);
        await Assert.That(result.Stdout).IsEmpty();
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_fault_keeps_what_was_rendered_before()
    {
        using var place = new RenderPlace(helios, Fine);
        await place.PlanAsync("--frames", "5");
        (await place.Render()).Succeeded();
        byte[] before = place.BytesOf(0);

        RunResult result = await place.Render("--force", "--browser", "/bin/true");

        await Assert.That(result.ExitCode).IsEqualTo(69);
        await Assert.That(place.BytesOf(0).AsSpan().SequenceEqual(before)).IsTrue();
        await Assert.That((await place.Run("check-job", "job.json", "--outputs")).Stdout).EndsWith("1 complete, 0 missing, 0 wrong\n");
    }
}
