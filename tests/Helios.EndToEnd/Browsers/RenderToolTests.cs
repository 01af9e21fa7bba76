using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Browsers;

/// <summary>Browsers and encoders that are not what they should be.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class RenderToolTests(NativeBinary helios)
{
    private const string Fine = "<!doctype html><body style='margin:0;background:#0f0'>";

    [Test]
    [Arguments("sandbox", 69, "the browser does not start: exit code 1: [^\n]*No usable sandbox![^\n]*",
        "its sandbox needs user namespaces: [^\n]*kernel.apparmor_restrict_unprivileged_userns=0[^\n]*")]
    [Arguments("kill", 75, "the browser does not start: exit code 137",
        "it was ended from outside, perhaps for want of memory: run it again; [^\n]+")]
    [Arguments("terminate", 75, "the browser does not start: exit code 143",
        "it was ended from outside, perhaps for want of memory: run it again; [^\n]+")]
    [Arguments("plain", 69, "this browser cannot be told when to draw a frame: it lacks HeadlessExperimental.beginFrame",
        "install one with [^\n]+")]
    [Arguments("old", 69, "this browser is too old: it is version 99, and helios needs 1[0-9]{2} or later", "install one with [^\n]+")]
    public async Task A_browser_that_is_not_fit_says_why(string way, int exitCode, string what, string fix)
    {
        using var place = new RenderPlace(helios, Fine);
        using var tools = new TestDirectory();
        string browser = await FakeBrowser.BuildAsync(tools);
        await place.PlanAsync("--frames", "5");

        RunResult result = await place.Render("--browser", browser).WithEnvironment("FAKE_BROWSER", way);

        await Assert.That(RenderPlace.Said(result)).Matches($"^helios: {what} \\({browser}\\); {fix}\n$");
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments("crash", "the browser does not start: exit code 139 (BROWSER); run helios doctor; missing libraries are the usual reason")]
    [Arguments("crash-once", "this browser cannot be told when to draw a frame: ")]
    public async Task A_browser_that_crashes_is_started_once_more(string way, string message)
    {
        using var place = new RenderPlace(helios, Fine);
        using var tools = new TestDirectory();
        string browser = await FakeBrowser.BuildAsync(tools);
        await place.PlanAsync("--frames", "5");
        place.Directory.Write("first", "");

        RunResult result = await place.Render("--browser", browser).WithEnvironment("FAKE_BROWSER", way);

        await Assert
            .That(RenderPlace.Said(result))
            .StartsWith(
                "helios: the browser does not start: exit code 139; it is started again\nhelios: "
                    + message.Replace("BROWSER", browser, StringComparison.Ordinal)
            );
        await Assert.That(result.ExitCode).IsEqualTo(69);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_wrapper_script_is_no_browser()
    {
        using var place = new RenderPlace(helios, Fine);
        string browser = Script(place.Directory, "chromium-by-script", "exec chromium-headless-shell \"$@\"");
        await place.PlanAsync("--frames", "5");

        RunResult result = await place.Render("--browser", browser);

        await Assert
            .That(RenderPlace.Said(result))
            .IsEqualTo($"helios: that is a wrapper script, not the browser ({browser}); name the program that it starts with --browser\n");
        await Assert.That(result.ExitCode).IsEqualTo(69);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    /// <summary>Said before the frames in front of the chunk are gone through.</summary>
    [Test]
    public async Task An_encoder_without_the_codec_is_69()
    {
        using var place = new RenderPlace(helios, Fine);
        string encoder = Changed(place.Directory, "s/libx264/libnone/");
        await place.PlanAsync("--frames", "200", "--shards", "2");

        RunResult result = await place.Render("--index", "1", "--ffmpeg", encoder, "--progress", "json");

        await Assert.That(result.Stderr).Contains($"helios: the encoder has no codec libx264 ({encoder}); install an ffmpeg that has it");
        await Assert.That(result.Stderr).DoesNotContain("\"preroll\"");
        await Assert.That(result.ExitCode).IsEqualTo(69);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task An_encoder_whose_codec_takes_no_such_pixels_is_69_at_once()
    {
        using var place = new RenderPlace(helios, Fine);
        string encoder = Script(
            place.Directory, "encoder",
            "case \"$*\" in '-h encoder='*) ffmpeg \"$@\" | sed 's/ yuv420p / /' ;; *) exec ffmpeg \"$@\" ;; esac");
        await place.PlanAsync("--frames", "5");

        RunResult result = await place.Render("--ffmpeg", encoder);

        await Assert
            .That(RenderPlace.Said(result))
            .StartsWith(
                $"helios: the encoder's codec libx264 does not take the pixel format yuv420p ({encoder}); install an ffmpeg that has it");
        await Assert.That(result.ExitCode).IsEqualTo(69);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    /// <summary>What only the encode itself shows.</summary>
    [Test]
    [Arguments("s/^-preset$/-nosuch/", DisplayName = "an option that it does not know")]
    [Arguments("s/^yuv420p$/yuv999p/", DisplayName = "a pixel format that it does not know")]
    [Arguments("s/^veryfast$/nosuch/", DisplayName = "a preset that it does not know")]
    public async Task An_encoder_that_cannot_begin_is_69(string change)
    {
        using var place = new RenderPlace(helios, Fine);
        string encoder = Changed(place.Directory, change);
        await place.PlanAsync("--frames", "5", "--preset", "veryfast");

        RunResult result = await place.Render("--ffmpeg", encoder);

        await Assert
            .That(RenderPlace.Said(result))
            .Matches(
                $"^helios: the encoder ended with exit code [0-9]+ after [0-9]+ frames: [^\n]+ \\(frame [0-9]+ of https://composition\\.helios/page\\.html, {encoder}\\); install an ffmpeg [^\n]+\n$"
            );
        await Assert.That(result.ExitCode).IsEqualTo(69);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task An_encoder_that_reads_half_and_is_content_is_75()
    {
        using var place = new RenderPlace(helios, Fine);
        string encoder = Script(
            place.Directory, "encoder", "case \"$*\" in '-h '*) exec ffmpeg \"$@\" ;; *) head -c 2000 >/dev/null; exit 0 ;; esac");
        await place.PlanAsync("--frames", "20");

        RunResult result = await place.Render("--ffmpeg", encoder);
        IReadOnlyList<string> remains = await place.FindRemainsAsync();
        (await place.Render()).Succeeded();

        await Assert
            .That(RenderPlace.Said(result))
            .Matches(
                $"^helios: the encoder (ended with exit code 0 after [0-9]+ frames|wrote 0 frames of 20) \\(frame [0-9]+ of https://composition\\.helios/page\\.html, {encoder}\\); run it again\n$"
            );
        await Assert.That(result.ExitCode).IsEqualTo(75);
        await Assert.That(remains).IsEmpty();
    }

    /// <summary>ffmpeg with each of its arguments changed by sed.</summary>
    private static string Changed(TestDirectory directory, string change) => Script(directory, "encoder", $"""
        for word; do shift; set -- "$@" "$(printf %s "$word" | sed '{change}')"; done
        exec ffmpeg "$@"
        """);

    private static string Script(TestDirectory directory, string name, string text) =>
        ProgramFile.Write(directory.PathOf(name), "#!/bin/sh\n" + text + "\n");
}
