using System.Collections.Generic;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Content;

/// <summary>
/// Pages of HyperFrames whose compositions stand in files of their own (docs/hyperframes.md): a page checks itself in every frame.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class CompositionFileTests(NativeBinary helios)
{
    private const string Card = """
        <html data-composition-variables='[{"id":"title","default":"none"},{"id":"color","default":"rgb(1, 1, 1)"}]'><head><style>body { background: rgb(9, 9, 9) }</style></head>
        <body><style>.title { color: var(--color) } #box { padding: 3px } b, .title { margin: 2px } @media all { .title { font-size: 21px } }</style>
        <div id="box" data-composition-id="card" data-width="200" data-height="100"><p class="title"></p></div>
        <script>
          const { title } = window.__hyperframes.getVariables();
          const text = document.querySelector(".title");
          text.textContent = title;
          document.querySelector('[data-composition-id="card"]').dataset.found = "yes";
          document.getElementById("box").dataset.byId = "yes";
          window.__timelines = window.__timelines || {};
          window.__timelines["card"] = { pause() { }, totalTime(time) { text.dataset.time = time.toFixed(3); } };
        </script></body></html>
        """;

    private const string Two = """
        <p class="title">page</p>
        <div data-composition-id="card" data-composition-src="parts/card.html" data-start="0" data-duration="1" data-variable-values='{"title":"one","color":"rgb(2, 0, 0)"}'></div>
        <div data-composition-id="card" data-composition-src="parts/card.html" data-start="0.2" data-duration="0.5" data-variable-values='{"title":"two"}'></div>
        """;

    public static IEnumerable<TestDataRow<(string Body, string File, string Check)>> Pages()
    {
        yield return Row(
            "is there before the next script",
            Two + "<script>window.seen = document.querySelectorAll('.title').length;</script>",
            Card,
            "same(window.seen, 3)");
        yield return Row(
            "has values of its own in each instance", Two, Card, "same(all('.title').map(p => p.textContent), 'page,one,two')");
        yield return Row(
            "has styles for its own elements only", Two, Card,
            "same(all('.title').map(p => getComputedStyle(p).color), 'rgb(0, 0, 0),rgb(2, 0, 0),rgb(1, 1, 1)'); same(getComputedStyle(document.body).backgroundColor, 'rgb(255, 255, 255)'); "
                + "same(all('[data-hf-inner-root]').map(box => getComputedStyle(box).backgroundColor), 'rgb(9, 9, 9),rgb(9, 9, 9)'); same(all('.title').map(p => getComputedStyle(p).fontSize), '16px,21px,21px')"
        );
        yield return Row(
            "has a box that answers to the id of its root", Two, Card,
            "same(all('[data-hf-inner-root]').map(box => [getComputedStyle(box).padding, box.dataset.byId, box.offsetWidth, box.parentElement.dataset.found]), '3px,yes,206,yes,3px,yes,206,yes')"
        );
        yield return Row(
            "goes by the time of its host", Two, Card,
            "same(all('.title').slice(1).map(p => p.dataset.time), [now.toFixed(3), Math.max(0, now - 0.2).toFixed(3)]); same(getComputedStyle(all('.title')[2]).visibility, now > 0.199 && now < 0.699 ? 'visible' : 'hidden')"
        );
        yield return Row(
            "begins where another ends",
            """
            <div id="first" data-start="0.1" data-duration="0.2">a</div><div class="second" data-start="first" data-duration="0.1">b</div><div class="third" data-start="first + 0.2">c</div><i data-start="first - 0.1">d</i>
            """,
            Card,
            "same(['div#first', '.second', '.third', 'i'].map(name => shown(name)), [within(0.1, 0.3), within(0.3, 0.4), within(0.5, 9), within(0.2, 9)])"
        );
        yield return Row(
            "leaves the flow while it is hidden",
            """<div><p data-start="0.3" data-duration="0.2">a</p><p class="last" data-start="0" data-hidden>b</p></div>""",
            Card,
            "same(all('p').map(p => getComputedStyle(p).display), [within(0.3, 0.5) ? 'block' : 'none', 'none'])"
        );
        yield return Row(
            "stands directly in the root, out of the layout",
            """
            <script>main.dataset.width = 300; main.dataset.height = 90</script><i style="position:absolute;right:0;bottom:0;width:1px;height:1px"></i>
            <p data-start="0.1" style="margin:0;height:7px">a</p><p data-start="0.2" style="margin:3px;height:9px">b</p><b style="display:block;height:5px"></b>
            <section data-start="0"><u style="position:absolute"></u></section><div data-start="0" data-width="40" data-height="30"><u style="position:absolute"></u></div>
            """,
            Card,
            "const box = name => { const { left, top, right, bottom } = document.querySelector(name).getBoundingClientRect(); return [left, top, right, bottom] }; const [x, y] = box('#main'); "
                + "same([getComputedStyle(main).width, getComputedStyle(main).height, getComputedStyle(main).overflow], '300px,90px,hidden'); same(box('i').slice(2), [x + 300, y + 90]); "
                + "same(all('p').map(p => p.getBoundingClientRect().top - y), '0,3'); same(box('b')[1] - y, 0); same(['section', 'div[data-width=\"40\"]'].map(name => getComputedStyle(document.querySelector(name)).height), '90px,30px')"
        );
        yield return Row(
            "starts in the middle of its own time, and faster",
            """<div data-composition-id="card" data-composition-src="parts/card.html" data-start="0.2" data-playback-start="1" data-playback-rate="2"></div>""",
            Card,
            "same(document.querySelector('.title').dataset.time, (1 + 2 * Math.max(0, now - 0.2)).toFixed(3))"
        );
        yield return Row(
            "stands in a template of a file, with what lies beside it and above",
            """<div data-composition-id="scene" data-composition-src="parts/scene.html"></div>""",
            """
            <template><style>i { background: url(beside.svg) } b { background: url("../above.svg") }</style><i>i</i><div data-composition-id="scene"><img src="beside.svg"><img src="../above.svg"><img src="above.svg"></div><b>b</b></template>
            """,
            "same(all('img').map(image => image.naturalWidth), '5,7,7')",
            "parts/scene.html"
        );
        yield return Row(
            "contains another one",
            """<div data-composition-id="scene" data-composition-src="parts/scene.html" data-start="0.1"></div>""",
            """
            <div data-composition-id="scene"><div data-composition-id="card" data-composition-src="parts/card.html" data-start="0.2" data-variable-values='{"title":"inner"}'></div></div>
            """,
            "same(document.querySelector('.title').textContent, 'inner'); same(document.querySelector('.title').dataset.time, Math.max(0, now - 0.3).toFixed(3))",
            "parts/scene.html"
        );
        yield return Row(
            "stands in a template of the page",
            """<div data-composition-id="scene" data-start="0.4"></div><template id="scene-template"><div data-composition-id="scene"><p>scene</p></div></template>""",
            Card,
            "same(shown('p'), within(0.4, 9)); same(document.querySelector('p').textContent, 'scene')"
        );
        yield return Row(
            "uses GSAP within itself",
            """
            <script>const seen = window.tweened = []; const tween = (target) => seen.push([target].flat(9).map(node => node.textContent).join()); window.gsap = { to: tween, timeline: () => ({ from: tween, pause() { }, totalTime() { } }), utils: { toArray: target => [...target] } };</script><p>page</p>
            <div data-composition-id="scene" data-composition-src="parts/scene.html"></div>
            """,
            """<div data-composition-id="scene"><p>scene</p></div><script>gsap.to("p", {}); gsap.timeline().from("p"); if (gsap.utils.toArray("p").length !== 1) throw new Error("p of others"); addEventListener("resize", () => { });</script>""",
            "same(window.tweened, 'scene,scene')",
            "parts/scene.html"
        );
        yield return Row(
            "has variables from --props",
            """
            <style>:root { --own: 1px }</style><p data-var-text="name">x<b>y</b></p><img data-var-src="picture">
            <script>document.documentElement.setAttribute("data-composition-variables", '[{"id":"name","default":"nobody"},{"id":"picture","default":"above.svg"}]');</script>
            """,
            Card,
            "same(document.querySelector('p').textContent, 'given' + 'y'); same(document.querySelector('img').naturalWidth, 7); same(__hyperframes.getVariables().name, 'given')"
        );
        yield return Row(
            "declares variables by an object, which is no declaration",
            """<div data-composition-src="parts/scene.html"></div>""",
            """
            <div data-composition-id="scene" data-composition-variables='{"title":{"default":"one"}}'><p></p></div>
            <script>document.querySelector("p").textContent = __hyperframes.getVariables().title ?? "none";</script>
            """, "same(document.querySelector('p').textContent, 'none')", "parts/scene.html");
        yield return Row("has players that are taken to its times", """
            <script>
              const seen = window.seen = {};
              window.__hfLottie = [{ goToAndStop(time, isFrame) { seen.lottie = isFrame || time; } }];
              window.__hfAnime = [{ seek(time) { seen.anime = time; } }];
              addEventListener("hf-seek", ({ detail }) => detail.waitUntil(new Promise(done => setTimeout(done, 5)).then(() => { seen.event = detail.time * 1000; })));
            </script>
            """,
            Card,
            "const { seen } = window; same([seen.lottie, seen.anime, seen.event, window.__hfThreeTime * 1000].map(Math.round), Array(4).fill(Math.round(now * 1000)))"
        );
        yield return Row(
            "has animations of CSS that begin with it",
            """
            <style>@keyframes grow { to { width: 100px } } b { display: block; width: 0; animation: grow 1s linear both }</style><div><b data-start="0.2" data-duration="0.8"></b></div>
            """,
            Card,
            "if (Math.abs(document.querySelector('b').offsetWidth - Math.max(0, now - 0.2) * 100) > 1.1) throw new Error(document.querySelector('b').offsetWidth)"
        );

        yield return Row(
            "listens to the window and the document",
            """<div data-composition-id="scene" data-composition-src="parts/scene.html"></div>""",
            """
            <div data-composition-id="scene"><p>scene</p></div><script>
            window.addEventListener("hf-seek", ({ detail }) => { document.querySelector("p").dataset.time = detail.time; });
            document.addEventListener("DOMContentLoaded", () => { document.querySelector("p").dataset.loaded = "yes"; });
            window.setTimeout(() => { }, 5); window.getComputedStyle(document.body); document.createElement("p");</script>
            """,
            "same(Number(document.querySelector('p').dataset.time).toFixed(3), now.toFixed(3)); same(document.querySelector('p').dataset.loaded, 'yes')",
            "parts/scene.html"
        );
        yield return Row(
            "waits for the document after a script of its own",
            """<div data-composition-id="scene" data-composition-src="parts/scene.html"></div>""",
            """
            <div data-composition-id="scene"><p>scene</p></div><script src="empty.js"></script><script>
            document.addEventListener("DOMContentLoaded", () => { document.querySelector("p").dataset.loaded = "yes"; });</script>
            """,
            "same(document.querySelector('p').dataset.loaded, 'yes')",
            "parts/scene.html"
        );
        yield return Row(
            "has a host without an id",
            """<div data-composition-src="parts/card.html" data-start="0.3" data-variable-values='{"title":"x"}'></div>""",
            Card,
            "same(document.querySelector('.title').dataset.time, Math.max(0, now - 0.3).toFixed(3)); same(getComputedStyle(document.querySelector('[data-hf-inner-root]')).padding, '3px')"
        );
        yield return Row(
            "stands beside a frame",
            """<iframe srcdoc="<p>frame</p>"></iframe><p id="first" data-start="0.1" data-duration="0.2">a</p><b data-start="first">b</b>""",
            Card,
            "same(shown('b'), within(0.3, 9))"
        );
        yield return Row(
            "has values that the page has too",
            """
            <script>document.documentElement.setAttribute("data-composition-variables", '[{"id":"color","default":"rgb(7, 7, 7)"}]');</script>
            <div data-composition-id="card" data-composition-src="parts/card.html" data-variable-values='{"title":"one","color":"rgb(2, 0, 0)"}'></div>
            """, Card, "same(getComputedStyle(document.querySelector('.title')).color, 'rgb(2, 0, 0)')");
        yield return Row("has styles by times", """<div data-composition-id="scene" data-composition-src="parts/scene.html"></div>""", """
            <style>[data-composition-id="scene"][data-start="0"] { padding: 4px } [data-composition-id="scene"] p[data-start="0"] { margin: 5px }</style>
            <div data-composition-id="scene" data-start="0"><p data-start="0">one</p><p>two</p></div>
            """,
            "same(getComputedStyle(document.querySelector('[data-hf-inner-root]')).padding, '4px'); same(all('p').map(p => getComputedStyle(p).marginTop), '5px,16px')",
            "parts/scene.html"
        );
        yield return Row(
            "has text before it is loaded",
            """<div data-composition-id="card" data-composition-src="parts/card.html" data-variable-values='{"title":"one"}'>Loading</div>""",
            Card,
            "same(document.querySelector('[data-composition-id=card]').textContent.trim(), 'one')"
        );
        yield return Row(
            "has a timeline with plain numbers",
            """<script>(window.__timelines ||= {}).plain = { progress: 0, duration: 1, seek(time) { window.sought = time; } };</script>""",
            Card,
            "same(window.sought.toFixed(3), now.toFixed(3))"
        );

        static TestDataRow<(string, string, string)> Row(
            string name,
            string body,
            string file,
            string check,
            string path = "parts/card.html"
        ) => new((body, path + "\n" + file, check), DisplayName: "a composition that " + name);
    }

    [Test]
    [MethodDataSource(nameof(Pages))]
    public async Task Is_loaded(string body, string file, string check)
    {
        using RenderPlace place = await PlanAsync(body, file, check, "--props", """{"name":"given"}""");

        await place.RenderAllAsync();

        await Assert.That(place.ReceiptOf(1)["frameCount"]!.GetValue<int>()).IsEqualTo(4);
    }

    [Test]
    [Arguments("8", DisplayName = "after a jump")]
    [Arguments("3", DisplayName = "before it begins")]
    public async Task An_animation_of_an_element_that_appears_has_run_since_it_began(string frame)
    {
        using RenderPlace place = await PlanAsync("""
            <style>@keyframes grow { to { width: 100px } } b, i { display: block; width: 0; animation: grow 1s linear both }</style><div><b data-start="0.5">b</b><p data-start="0.5"><i>i</i></p></div>
            """,
            "parts/none.html\n",
            "same(all('b, i').map(e => Math.abs(e.offsetWidth - Math.max(0, now - 0.5) * 100) < 1.1), 'true,true')"
        );

        // in a page of its own
        (await place.Run("render", "page.html", "--still", frame, "--fps", "10", "-o", "still.png", "-q")).Succeeded();
    }

    [Test]
    public async Task A_check_that_fails_is_seen()
    {
        using RenderPlace place = await PlanAsync(Two, "parts/card.html\n" + Card, "same(1, 2)");

        await Assert.That((await place.Render("--index", "1", "-q")).ExitCode).IsEqualTo(65);
    }

    [Test]
    public async Task The_file_of_a_composition_is_rendered_by_itself()
    {
        using RenderPlace place = await PlanAsync("", "parts/none.html\n", "");
        place.Directory.Write("page.html", """
            <template><style>[data-composition-id="scene"] { background: rgb(0, 255, 0) }</style><div data-composition-id="scene" data-width="320" data-height="180" data-duration="1"></div></template>
            """);

        (await place.Run("render", "page.html", "--still", "3", "--width", "320", "--height", "180", "-o", "still.png", "-q")).Succeeded();

        var picture = await Video.DecodeAsync(place.Directory.PathOf("still.png"), 0);
        await Assert.That(Video.PixelAt(picture, 1, 1)).IsEquivalentTo((int[])[0, 255, 0]);
        await Assert.That(Video.PixelAt(picture, 318, 178)).IsEquivalentTo((int[])[0, 255, 0]);
    }

    [Test]
    [Arguments("<div data-composition-src=parts/none.html></div>", "", "the page's composition parts/none.html cannot be read",
        DisplayName = "a file that is missing")]
    [Arguments("<div data-composition-src=parts/card.html></div>", "\n", "the page's composition parts/card.html is empty",
        DisplayName = "a file without content")]
    [Arguments("<div data-composition-src=parts/card.html></div>",
        "<div data-composition-id=a><div data-composition-src=parts/card.html></div></div>",
        "the composition parts/card.html contains itself", DisplayName = "a file that contains itself")]
    [Arguments("<div data-composition-src=parts/card.html></div>", "<b></b><script>throw new Error('bad')</script>",
        "the page throws: Error: bad at https://composition.helios/parts/card.html:3", DisplayName = "a script that throws")]
    [Arguments("<div id=x data-variable-values=title data-composition-src=parts/card.html></div>", "<b></b>",
        "the page's data-variable-values of x is not an object in JSON", DisplayName = "values that are no JSON")]
    [Arguments("<div id=x data-composition-src=parts/card.html></div>",
        "<div data-composition-id=a data-composition-variables=title></div>",
        "the page's data-composition-variables of div is not a list in JSON", DisplayName = "variables that are no list")]
    [Arguments("<img id=x src=above.svg data-color-grading={}>", "", "the page uses data-color-grading (x), which helios does not have",
        DisplayName = "color grading")]
    [Arguments("<audio id=x data-fx-chain={}></audio>", "", "the page uses data-fx-chain (x), which helios does not have",
        DisplayName = "audio effects")]
    [Arguments("<video data-automation={}></video>", "", "the page uses data-automation (video), which helios does not have",
        DisplayName = "audio automation")]
    [Arguments("<hf-audio-group id=x></hf-audio-group>", "", "the page uses hf-audio-group (x), which helios does not have",
        DisplayName = "an audio group")]
    [Arguments("<div data-composition-id=x data-requires-webgpu></div>", "",
        "the page needs WebGPU (data-requires-webgpu), which the browser does not have here", DisplayName = "WebGPU")]
    [Arguments("<script>__hyperframes.fitTextFontSize('a', {})</script>", "",
        "the page calls __hyperframes.fitTextFontSize, which helios does not have", DisplayName = "a helper that is not there")]
    [Arguments(
        "<script>setTimeout(() => document.body.insertAdjacentHTML('beforeend', '<div data-composition-src=parts/card.html></div>'), 100)</script>",
        "<b></b>", "the page adds a composition by script (data-composition-src=\"parts/card.html\"), which is not loaded",
        DisplayName = "one that a script adds late")]
    public async Task Is_refused_by_name(string body, string file, string message)
    {
        using RenderPlace place = await PlanAsync(body, "parts/card.html\n" + file, "");

        RunResult result = await place.Render("--index", "1", "-q");

        await Assert.That(RenderPlace.Said(result)).Contains("helios: " + message + " (");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    [Test]
    public async Task Audio_effects_do_not_matter_to_a_video_without_audio()
    {
        using RenderPlace place = await PlanAsync(
            "<hf-audio-group data-fx-chain={} data-automation={}></hf-audio-group>", "parts/none.html\n", "", "--audio-codec", "none");

        (await place.Render("--index", "1", "-q")).Succeeded();
    }

    private async Task<RenderPlace> PlanAsync(string body, string file, string check, params string[] options)
    {
        var place = new RenderPlace(helios, $$"""
            <!doctype html><style>body { background: rgb(255, 255, 255) }</style>
            <div id="main" data-composition-id="main" data-start="0" data-duration="1">{{body}}</div>
            <script>
            const same = (value, wanted) => { if (String(value) !== String(wanted)) throw new Error(`${value} in place of ${wanted} at ${now}`); };
            const all = name => [...document.querySelectorAll(name)];
            const shown = name => getComputedStyle(document.querySelector(name)).visibility === "visible";
            const within = (from, to) => now > from - 1e-4 && now < to - 1e-4;
            let now = 0;
            window.__timelines = window.__timelines || {};
            window.__timelines["main"] = { pause() { }, totalTime(time) { now = time; } };
            requestAnimationFrame(function look() { {{check}}; requestAnimationFrame(look); });
            </script>
            """);
        int end = file.IndexOf('\n', System.StringComparison.Ordinal);
        _ = place.Directory.CreateFolder("parts");
        place.Directory.Write("parts/card.html", Card);
        place.Directory.Write(file[..end], file[(end + 1)..]);
        place.Directory.Write("parts/empty.js", "");
        place.Directory.Write("above.svg", """<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"/>""");
        place.Directory.Write("parts/beside.svg", """<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"/>""");
        await place.PlanAsync(["--frames", "10", "--fps", "10", "--chunk-frames", "6", .. options]);
        return place;
    }
}
