using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Content;

/// <summary>A page may say itself when it is ready (<c>__HELIOS_READY__</c>): frame 0 shows what it has made until then.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class ReadyHookTests(NativeBinary helios)
{
    /// <summary>A page that is red until its script makes it green.</summary>
    private const string Page = """
        <!doctype html><body style="margin:0;background:#f00"><script>
        const show = () => { document.body.style.background = "#0f0"; };
        const load = async () => (await (await fetch("data.json")).json()).value;
        SCRIPT
        </script>
        """;

    public static IEnumerable<TestDataRow<string>> ReadyPages()
    {
        yield return Row(
            "is ready after a fetch",
            "window.__HELIOS_READY__ = false; load().then(value => { if (value === 7) show(); window.__HELIOS_READY__ = true; });");
        yield return Row(
            "is ready after a chain of promises",
            "window.__HELIOS_READY__ = false; (async () => { for (let i = 0; i < 1000; i++) await null; show(); window.__HELIOS_READY__ = 1; })();"
        );
        yield return Row(
            "is ready after an event",
            "window.__HELIOS_READY__ = false; const image = new Image(); image.onload = () => { show(); window.__HELIOS_READY__ = true; }; image.src = 'a.svg';"
        );
        yield return Row("has a promise", "window.__HELIOS_READY__ = load().then(load).then(show);");
        yield return Row("has a promise that gives false", "window.__HELIOS_READY__ = load().then(() => { show(); return false; });");
        yield return Row(
            "has a promise in place of false",
            "window.__HELIOS_READY__ = false; load().then(() => { window.__HELIOS_READY__ = load().then(show); });");
        yield return Row(
            "has a function",
            "let calls = 0; window.__HELIOS_READY__ = () => { if (++calls < 20) return false; show(); return true; };");
        yield return Row(
            "has an asynchronous function",
            "let calls = 0; window.__HELIOS_READY__ = async () => { await load(); if (++calls === 3) show(); return calls >= 3; };");
        yield return Row(
            "has an asynchronous function that says nothing",
            "let calls = 0; window.__HELIOS_READY__ = async () => { await load(); if (++calls > 1) throw new Error('called again'); show(); };"
        );
        yield return Row(
            "is ready after an animation frame",
            "window.__HELIOS_READY__ = false; requestAnimationFrame(() => requestAnimationFrame(() => { show(); window.__HELIOS_READY__ = true; }));"
        );
        yield return Row(
            "has a promise that waits for an animation frame",
            "window.__HELIOS_READY__ = new Promise(resolve => requestAnimationFrame(resolve)).then(load).then(show);");
        yield return Row(
            "polls without a delay",
            "window.__HELIOS_READY__ = false; let n = 0; (function poll() { if (++n === 30) { show(); window.__HELIOS_READY__ = true; } else setTimeout(poll, 0); })();"
        );
        yield return Row(
            "polls at no interval",
            "window.__HELIOS_READY__ = false; let n = 0; const poll = setInterval(() => { if (++n === 9) { clearInterval(poll); show(); window.__HELIOS_READY__ = true; } });"
        );
        yield return Row(
            "has a seek that waits for an animation frame",
            "window.helios = { seek: frame => new Promise(resolve => requestAnimationFrame(() => { show(); resolve(); })) };");
        yield return Row(
            "has a seek that waits for the frame after the next",
            "window.helios = { seek: frame => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => { show(); resolve(); }))) };"
        );
        yield return Row(
            "has a seek that waits for a timer",
            "window.helios = { seek: frame => new Promise(resolve => setTimeout(() => { show(); resolve(); }, 16)) };");
        yield return Row(
            "has a seek and a stable hook that wait for different things",
            "let isShown = false; window.helios = { seek: frame => new Promise(resolve => requestAnimationFrame(resolve)), waitUntilStable: () => new Promise(resolve => setTimeout(() => { show(); resolve(); }, 50)) };"
        );
        yield return Row(
            "has a timer of its own beside the hook's",
            "setTimeout(() => { document.body.style.background = '#00f'; }, 200); window.helios = { seek: frame => new Promise(resolve => setTimeout(() => { show(); resolve(); }, 100)) };"
        );
        yield return Row(
            "shows an image before it is ready",
            "window.__HELIOS_READY__ = async () => { await load(); document.body.innerHTML = '<img src=a.svg style=display:block>'; return true; };"
        );
    }

    [Test]
    [MethodDataSource(nameof(ReadyPages))]
    public async Task A_page_that(string script)
    {
        using RenderPlace place = await PlanAsync(script);

        (await place.Render("-q")).Succeeded();

        int[] pixel = Video.PixelAt(await Video.DecodeAsync(place.FileOf(0), 0), 160, 90);
        await Assert.That((pixel[0] < 5, pixel[1] > 250)).IsEqualTo((true, true));
    }

    /// <summary>All at once, because each only waits for its time limit.</summary>
    [Test]
    [ParallelLimiter<WaitingAtOnce>]
    [ExecutionPriority(TUnit.Core.Enums.Priority.High)]
    public async Task A_page_that_is_never_ready_is_65()
    {
        string[] scripts =
        [
            "window.__HELIOS_READY__ = false; setTimeout(() => { window.__HELIOS_READY__ = true; }, 500);", // no time passes before frame 0
            "window.__HELIOS_READY__ = false; (function poll() { setTimeout(poll, 0); })();",
            "window.__HELIOS_READY__ = false; (function poll() { requestAnimationFrame(poll); })();",
            "window.__HELIOS_READY__ = new Promise(() => { });",
            "window.__HELIOS_READY__ = () => false;",
            "window.__HELIOS_READY__ = null;",
        ];

        await Task.WhenAll(scripts.Select(async script =>
        {
            using RenderPlace place = await PlanAsync(script);

            RunResult result = await place.Render("--ready-timeout", Pace.Option(20));

            await Assert
                .That(RenderPlace.Said(result))
                .IsEqualTo(
                    "helios: the page's __HELIOS_READY__ never settles: the page has come to rest, and nothing is left that it could wait for (loading https://composition.helios/page.html); "
                        + "settle it in every case; what it may wait for: docs/pages.md, \"Seek hooks\" and \"When a page is ready\"\n")
                .Because(script);
            await Assert.That(result.ExitCode).IsEqualTo(65);
            await Assert.That(await place.FindRemainsAsync()).IsEmpty();
        }));
    }

    [Test]
    [Arguments("window.__HELIOS_READY__ = load().then(() => { throw new Error('no data'); });", "Error: no data",
        DisplayName = "a promise that is rejected")]
    [Arguments("window.__HELIOS_READY__ = load().then(() => Promise.reject());", "Uncaught",
        DisplayName = "a promise that is rejected without a reason")]
    [Arguments("window.__HELIOS_READY__ = async () => { await load(); throw new Error('no data'); };", "Error: no data",
        DisplayName = "an asynchronous function that throws")]
    [Arguments("window.__HELIOS_READY__ = () => { throw new Error('no data'); };", "Error: no data",
        DisplayName = "a function that throws")]
    public async Task A_page_that_fails_to_be_ready_is_65(string script, string reason)
    {
        using RenderPlace place = await PlanAsync(script);

        RunResult result = await place.Render();

        await Assert.That(RenderPlace.Said(result)).StartsWith("helios: the page throws: " + reason);
        await Assert.That(RenderPlace.Said(result)).Contains(" (loading https://composition.helios/page.html); ");
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_page_that_is_captured_by_paint_is_waited_for_too()
    {
        using RenderPlace place = await PlanAsync("window.__HELIOS_READY__ = load().then(show);", "--capture", "paint");

        (await place.Render("-q")).Succeeded();

        await Assert.That(Video.PixelAt(await Video.DecodeAsync(place.FileOf(0), 0), 160, 90)[1]).IsGreaterThan(250);
    }

    [Test]
    public async Task A_seek_that_is_rejected_without_a_reason_is_65()
    {
        using RenderPlace place = await PlanAsync("window.helios = { seek: frame => frame === 2 ? Promise.reject() : Promise.resolve() };");

        RunResult result = await place.Render();

        await Assert
            .That(RenderPlace.Said(result))
            .Matches("^helios: the page throws: Uncaught.* \\(frame 2 of https://composition\\.helios/page\\.html\\); [^\n]+\n$");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    private async Task<RenderPlace> PlanAsync(string script, params string[] options)
    {
        var place = new RenderPlace(helios, Page.Replace("SCRIPT", script));
        place.Directory.Write("data.json", "{\"value\":7}");
        place.Directory.Write(
            "a.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' width='320' height='180'><rect width='320' height='180' fill='#0f0'/></svg>");
        await place.PlanAsync(["--frames", "4", .. options]);
        return place;
    }

    private static TestDataRow<string> Row(string name, string script) => new(script, DisplayName: "A page that " + name);
}
