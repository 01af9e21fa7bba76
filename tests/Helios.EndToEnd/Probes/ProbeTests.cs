using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Probes;

/// <summary>export-job --probe: the page says what was not typed.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class ProbeTests(NativeBinary helios)
{
    private const string Everything =
        """<div data-composition-id="main" data-width="640" data-height="360" data-duration="2.5" data-fps="25">""";

    private const string Timeline = "{ pause() { return this; }, seek() { }, duration: () => 1.5, totalDuration: () => 3 }";

    /// <summary>Pages, what the plan is made of, and the line that says where it is from.</summary>
    public static IEnumerable<TestDataRow<(string Page, string Plan, string Said)>> TalkingPages()
    {
        yield return Row(
            "says nothing", "<p>Hello", "1920x1080 30/1 1 30", "nothing; default: width 1920, height 1080, fps 30, duration 1");
        yield return Row(
            "has elements of that name", "<canvas id=helios width=64 height=64></canvas><canvas id=__hf width=64 height=64></canvas>",
            "1920x1080 30/1 1 30", "nothing; default: width 1920, height 1080, fps 30, duration 1");
        yield return Row(
            "has window.helios",
            Script("window.helios = { width: 640, height: 360, fps: 29.97, duration: 2, seek() { } }"),
            "640x360 30000/1001 2 60",
            "width 640 (window.helios.width), height 360 (window.helios.height), fps 29.97003 (window.helios.fps), duration 2 (window.helios.duration)"
        );
        yield return Row(
            "wraps its values",
            Script("window.helios = { fps: { value: 12.5 }, duration: { get value() { return 0.1 + 0.2; } }, seek() { } }"),
            "1920x1080 25/2 0.3 4",
            "fps 12.5 (window.helios.fps), duration 0.3 (window.helios.duration); default: width 1920, height 1080");
        yield return Row(
            "is a HyperFrames root", Everything, "640x360 25/1 2.5 63",
            "width 640 (data-width), height 360 (data-height), fps 25 (data-fps), duration 2.5 (data-duration)");
        yield return Row(
            "has a root that says little",
            "<div data-composition-id=a data-width='' data-duration=' 4 '><div data-composition-id=b data-width=64 data-fps=12></div></div>",
            "1920x1080 30/1 4 120", "duration 4 (data-duration); default: width 1920, height 1080, fps 30");
        yield return Row(
            "has window.__hf",
            Script("window.__hf = { duration: 2 / 3, fps: 30000 / 1001, seek() { } }"),
            "1920x1080 30000/1001 0.666666 20",
            "fps 29.97003 (window.__hf.fps), duration 0.666666 (window.__hf.duration); default: width 1920, height 1080");
        yield return Row(
            "has a timeline of Helios",
            Script($"window.__helios_gsap_timeline__ = {Timeline}"),
            "1920x1080 30/1 3 90",
            "duration 3 (window.__helios_gsap_timeline__); default: width 1920, height 1080, fps 30");
        yield return Row(
            "has the timeline of its root",
            "<div data-composition-id='a b' data-fps=10>" + Script($"window.__timelines = {{ other: null, 'a b': {Timeline} }}"),
            "1920x1080 10/1 3 30",
            """fps 10 (data-fps), duration 3 (window.__timelines["a b"]); default: width 1920, height 1080""");
        yield return Row(
            "has one timeline and no root",
            Script("window.__timelines = { main: { duration: 2 } }"),
            "1920x1080 30/1 2 60",
            """duration 2 (window.__timelines["main"]); default: width 1920, height 1080, fps 30""");
        yield return Row(
            "has two timelines and no root",
            Script("window.__timelines = { a: { duration: 2 }, b: { duration: 3 } }"),
            "1920x1080 30/1 1 30",
            "nothing; default: width 1920, height 1080, fps 30, duration 1");
        yield return Row(
            "says everything at once",
            Everything
                + Script(
                    $"window.helios = {{ width: 320, seek() {{ }} }}; window.__hf = {{ width: 1, height: 180, seek() {{ }} }}; window.__helios_gsap_timeline__ = {Timeline}"
                ),
            "320x180 25/1 2.5 63",
            "width 320 (window.helios.width), height 180 (window.__hf.height), fps 25 (data-fps), duration 2.5 (data-duration)");
        yield return Row(
            "says it when its data has come",
            Script(
                "window.__HELIOS_READY__ = fetch('page.html').then(answer => answer.text()).then(() => { window.__hf = { duration: 7 }; })"
            ),
            "1920x1080 30/1 7 210",
            "duration 7 (window.__hf.duration); default: width 1920, height 1080, fps 30");
        yield return Row(
            "says it in a module", "<script type=module>window.helios = { fps: 24, seek() { } }</script>", "1920x1080 24/1 1 24",
            "fps 24 (window.helios.fps); default: width 1920, height 1080, duration 1");
    }

    [Test]
    [MethodDataSource(nameof(TalkingPages))]
    public async Task A_page_that(string page, string plan, string said)
    {
        using var place = new RenderPlace(helios, page);

        RunResult result = await place.Run("export-job", "page.html", "--probe", "--job-id", "j");

        await Assert.That(RenderPlace.Said(result.Succeeded()).Split('\n')[0]).IsEqualTo("from the page: " + said);
        await Assert.That(Describe(result.Json)).IsEqualTo(plan);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments("window.helios = { duration: NaN }",
        "the page says duration NaN, which is not a number of seconds above 0 and at most 1000000000 (window.helios.duration of https://composition.helios/page.html); fix the page, or give --duration",
        DisplayName = "no number")]
    [Arguments("window.__hf = { duration: 0 }", "the page says duration 0, which is not a number of seconds above 0", DisplayName = "zero")]
    [Arguments("window.__helios_gsap_timeline__ = { totalDuration: () => 1e10 }",
        "the page says duration 10000000000, which is not a number of seconds above 0", DisplayName = "a timeline without end")]
    [Arguments("window.helios = { fps: Infinity }", "the page says fps Infinity, which is not a rate from 0.01 to 1000",
        DisplayName = "infinite")]
    [Arguments("window.helios = { fps: -30 }", "the page says fps -30, which is not a rate from 0.01 to 1000", DisplayName = "negative")]
    [Arguments("window.helios = { width: 1e30 }",
        "the page says width 1e+30, which is not a whole number from 1 to 16384 (window.helios.width of ", DisplayName = "absurd")]
    [Arguments("window.helios = { width: '1\\t\\n920\\u001b' }", "the page says width \"1\\t\\n920\\u001b\", which is not a whole number",
        DisplayName = "text of any characters")]
    [Arguments("window.helios = { height: () => 5 }", "the page says height (function), which is not a whole number",
        DisplayName = "a function")]
    [Arguments("window.helios = { height: 1081 }",
        "the page says height 1081, but pixel format yuv420p cannot have an odd height, 1081: use 1082, or a 4:4:4 pixel format such as yuv444p (window.helios.height of ",
        DisplayName = "odd")]
    [Arguments("window.helios = { get fps() { throw new Error('not yet'); } }", "the page throws: Error: not yet (loading ",
        DisplayName = "an exception")]
    public async Task A_page_that_says_what_is_not_possible_is_65(string script, string message)
    {
        using var place = new RenderPlace(helios, Script(script));

        RunResult result = await place.Run("export-job", "page.html", "--probe", "--job", "job.json");

        await Assert.That(RenderPlace.Said(result)).StartsWith("helios: " + message);
        await Assert.That(RenderPlace.Said(result).Count(c => c == '\n')).IsEqualTo(1);
        await Assert.That((result.ExitCode, result.Stdout)).IsEqualTo((65, ""));
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["page.html"]);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task Options_win_over_the_page()
    {
        using var place = new RenderPlace(
            helios,
            Script("window.helios = { width: NaN, height: 360, fps: 'fast', duration: 2, seek() { } }"));

        RunResult result = await place.Run("export-job", "page.html", "--probe", "--width", "320", "--fps", "10");

        await Assert
            .That(RenderPlace.Said(result.Succeeded()))
            .IsEqualTo(
                "from the page: height 360 (window.helios.height), duration 2 (window.helios.duration)\n20 frames at 10 fps in 1 chunk of 20\n"
            );
        await Assert.That(Describe(result.Json)).IsEqualTo("320x360 10/1 2 20");
    }

    [Test]
    public async Task Quiet_says_nothing_of_it()
    {
        using var place = new RenderPlace(helios, Everything);

        await Assert.That(RenderPlace.Said((await place.Run("export-job", "page.html", "--probe", "-q")).Succeeded())).IsEmpty();
    }

    [Test]
    public async Task The_same_command_line_gives_the_same_portable_bytes()
    {
        string[] command =
        [
            "export-job", "page.html", "--probe", "--job", "jobs/job.json", "-o", "jobs/out.mp4", "--job-id", "j", "--portable", "--shards",
            "3",
        ];
        using var one = new RenderPlace(helios, Everything);
        using var other = new RenderPlace(helios, Everything);
        one.Directory.CreateFolder("jobs");
        other.Directory.CreateFolder("jobs");

        (await one.Run(command)).Succeeded();
        (await other.Run(command)).Succeeded();

        string spec = one.Directory.Read("jobs/job.json");
        await Assert.That(other.Directory.Read("jobs/job.json")).IsEqualTo(spec);
        await Assert.That((string)JsonNode.Parse(spec)!["composition"]!).IsEqualTo("../page.html");
        await Assert.That(Describe(JsonNode.Parse(spec)!.AsObject())).IsEqualTo("640x360 25/1 2.5 63");
    }

    [Test]
    public async Task Props_and_the_root_reach_the_page()
    {
        using var place = new RenderPlace(helios, "unused");
        place.Directory.CreateFolder("pages");
        place.Directory.Write("length.js", "window.helios = { duration: __HELIOS_PROPS__.seconds, seek() { } };");
        place.Directory.Write(Path.Combine("pages", "a.html"), "<!doctype html><script src='../length.js'></script>");
        string[] command = ["export-job", "pages/a.html", "--probe", "--props", "{\"seconds\":4}"];

        RunResult refused = await place.Run([.. command, "--root", "pages"]);
        RunResult result = await place.Run(command);
        RunResult named = await place.Run([.. command, "--root", "."]);

        await Assert
            .That(RenderPlace.Said(refused))
            .StartsWith("helios: the page needs https://composition.helios/length.js (Script) and does not get it: ");
        await Assert.That(refused.ExitCode).IsEqualTo(65);
        await Assert.That(Describe(result.Succeeded().Json)).IsEqualTo("1920x1080 30/1 4 120");
        await Assert.That(Describe(named.Succeeded().Json)).IsEqualTo("1920x1080 30/1 4 120");
    }

    [Test]
    public async Task Props_may_come_from_a_pipe_and_sound_is_planned_as_ever()
    {
        using var place = new RenderPlace(helios, Script("window.helios = { duration: __HELIOS_PROPS__.seconds, seek() { } }"));
        place.Directory.Write("a.wav", "not looked into by the plan");

        RunResult result = await helios
            .RunScript("printf '{ \"seconds\": 4.0 }' | helios export-job page.html --probe --props @/dev/stdin --audio a.wav -q")
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary);

        await Assert.That(Describe(result.Succeeded().Json)).IsEqualTo("1920x1080 30/1 4 120");
        await Assert.That(result.Json["renderOptions"]!["props"]!.ToJsonString()).IsEqualTo("{\"seconds\":4.0}");
        await Assert.That((string)result.Json["renderOptions"]!["audio"]![0]!["digest"]!).StartsWith("sha256:");
    }

    [Test]
    public async Task A_page_for_a_server_is_read_here()
    {
        using var place = new RenderPlace(helios, "unused");
        place.Directory.CreateFolder("pages");
        place.Directory.Write("length.js", "window.helios = { duration: 4, seek() { } };");
        place.Directory.Write(Path.Combine("pages", "a.html"), "<!doctype html><script src='/length.js'></script>");

        RunResult result = await place.Run("export-job", "pages/a.html", "--probe", "--offline", "--base-url", "https://spots.invalid/x/");

        await Assert.That(Describe(result.Succeeded().Json)).IsEqualTo("1920x1080 30/1 4 120");
        await Assert.That((string)result.Json["composition"]!).IsEqualTo("https://spots.invalid/x/pages/a.html");
    }

    [Test]
    [Arguments("<script>missing.member</script>", "", 65,
        "the page throws: ReferenceError: missing is not defined at https://composition.helios/page.html:1 (loading ",
        DisplayName = "a page that throws")]
    [Arguments("<img src=missing.svg>", "", 65,
        "the page needs https://composition.helios/missing.svg (Image) and does not get it: no such file (loading ",
        DisplayName = "a page that misses a file")]
    [Arguments("<script>window.__HELIOS_READY__ = false</script>", "--ready-timeout LIMIT", 65,
        "the page's __HELIOS_READY__ never settles: the page has come to rest, and nothing is left that it could wait for (",
        DisplayName = "a page that is never ready")]
    [Arguments("<script>for (;;) ;</script>", "--ready-timeout LIMIT", 75, "", DisplayName = "a page that hangs")]
    [Arguments("<script>window.helios = { get fps() { for (;;) ; } }</script>", "--ready-timeout LIMIT", 75,
        "no answer to Runtime.evaluate within LIMIT s: the page hangs or the machine is too slow (",
        DisplayName = "a page that hangs when it is asked")]
    [Arguments("<script>new Worker(URL.createObjectURL(new Blob(['for (;;) ;'])))</script>", "--ready-timeout LIMIT", 75,
        "no answer within LIMIT s: the page's worker blob:https://composition.helios/", DisplayName = "a worker that hangs")]
    [Arguments("<script src=http://127.0.0.1:9/a.js></script>", "--offline", 65,
        "the page needs http://127.0.0.1:9/a.js (Script) and does not get it: --offline forbids the net",
        DisplayName = "a page that needs the net")]
    [Arguments("", "--browser /nowhere/browser", 69, "there is no program \"/nowhere/browser\" (--browser); install ",
        DisplayName = "no browser")]
    [Arguments("", "--browser /bin/true", 69, "the browser does not start: exit code 0", DisplayName = "a browser that is none")]
    [Arguments("", "--root /nowhere", 66, "the directory does not exist (--root /nowhere)", DisplayName = "no root")]
    [Arguments("", "--ready-timeout 0", 64, "\"0\" is not a whole number from 1 to 86400 (--ready-timeout)", DisplayName = "no time")]
    [Arguments("", "--duration x --browser /nowhere/browser", 64, "\"x\" is not a duration (--duration)",
        DisplayName = "a mistake before the browser")]
    [Arguments("", "--base-url ftp://x --browser /nowhere/browser", 64, "\"ftp://x\" is not a base URL (--base-url)",
        DisplayName = "a mistake of planning before the browser")]
    public async Task A_fault_has_its_exit_code_and_leaves_nothing(string page, string options, int exitCode, string message)
    {
        using var place = new RenderPlace(helios, "<!doctype html>" + page);
        (options, message) = (
            options.Replace("LIMIT", Pace.Option(3), StringComparison.Ordinal),
            message.Replace("LIMIT", Pace.Option(3), StringComparison.Ordinal));

        RunResult result = await place.Run([
            "export-job", "page.html", "--probe", "--job", "job.json",
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ]);

        await Assert.That(RenderPlace.Said(result)).StartsWith("helios: " + message);
        await Assert.That(RenderPlace.Said(result).Count(c => c == '\n')).IsEqualTo(1);
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["page.html"]);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments("INT", 130)]
    [Arguments("TERM", 143)]
    public async Task A_signal_ends_the_browser_and_writes_nothing(string signal, int exitCode)
    {
        using var place = new RenderPlace(helios, Script("window.__HELIOS_READY__ = false"));
        using Process process = place.Run("export-job", "page.html", "--probe", "--job", "job.json").Start();
        while (!place.FindProcesses().Any(child => child.CommandLine.Contains("--type=renderer", StringComparison.Ordinal)))
            await Task.Delay(50);

        await RenderPlace.SignalAsync(signal, process.Id);
        string said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        await Assert.That(said).EndsWith($"helios: interrupted by SIG{signal} (signal); run it again; nothing half done was left behind\n");
        await Assert.That(process.ExitCode).IsEqualTo(exitCode);
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["page.html"]);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments("--browser", "/bin/true")]
    [Arguments("--offline", null)]
    [Arguments("--ready-timeout", "3")]
    public async Task An_option_for_the_browser_without_a_browser_is_64(string option, string? value)
    {
        using var place = new RenderPlace(helios, Everything);

        RunResult result = await place.Run(["export-job", "page.html", option, .. value is null ? [] : new[] { value }]);

        await Assert
            .That(result.Stderr)
            .IsEqualTo($"helios: {option} is for the browser that --probe starts (command line); add --probe, or leave it out\n");
        await Assert.That((result.ExitCode, result.Stdout)).IsEqualTo((64, ""));
    }

    [Test]
    public async Task Without_the_option_no_browser_is_started()
    {
        using var place = new RenderPlace(helios, Everything);

        RunResult result = await place.Run("export-job", "page.html").WithEnvironment("HELIOS_BROWSER", "/nowhere/browser");

        await Assert.That(Describe(result.Succeeded().Json)).IsEqualTo("1920x1080 30/1 1 30");
        await Assert.That(result.Stderr).IsEqualTo("30 frames at 30 fps in 1 chunk of 30\n");
    }

    [Test]
    [Arguments("<video></video>", "the page has a video element, which cannot be captured by paint", DisplayName = "a video")]
    [Arguments("<img src=a.gif>", "the page shows https://composition.helios/a.gif, which moves by itself and cannot be captured by paint",
        DisplayName = "a moving image")]
    [Arguments("<p>Hello", null, DisplayName = "nothing of the kind")]
    public async Task A_way_to_capture_that_the_page_excludes_is_65(string page, string? message)
    {
        using var place = new RenderPlace(helios, "<!doctype html>" + page);
        File.Copy(Path.Combine(Repository.Project, "Pages", "assets", "counter.gif"), place.Directory.PathOf("a.gif"));

        RunResult result = await place.Run("export-job", "page.html", "--probe", "--capture", "paint", "-q");

        await Assert
            .That(RenderPlace.Said(result))
            .IsEqualTo(
                message is null ? "" : $"helios: {message} (https://composition.helios/page.html); plan the job with --capture screenshot\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(message is null ? 0 : 65);
    }

    private static string Describe(JsonObject job)
    {
        JsonNode options = job["renderOptions"]!;
        return $"{options["width"]}x{options["height"]} {(string)options["frameRate"]!} {options["duration"]} {job["totalFrames"]}";
    }

    private static string Script(string script) => $"<!doctype html><body><script>{script}</script>";

    private static TestDataRow<(string Page, string Plan, string Said)> Row(string name, string page, string plan, string said) =>
        new((page, plan, said), DisplayName: "A page that " + name);
}
