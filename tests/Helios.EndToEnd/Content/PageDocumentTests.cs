using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Content;

/// <summary>Documents of any extension are shown, and a page does with its style sheets what it likes.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class PageDocumentTests(NativeBinary helios)
{
    private const string Red = """<html xmlns="http://www.w3.org/1999/xhtml"><body style="margin:0;background:#f00"></body></html>""";

    [Test]
    [Arguments("inner.xhtml")]
    [Arguments("inner")]
    [Arguments("inner.unknown")]
    public async Task A_frame_shows_a_document_whatever_its_extension(string name)
    {
        using var place = new RenderPlace(
            helios,
            $"<!doctype html><body style='margin:0'><iframe src='{name}' style='border:0;width:320px;height:180px'></iframe>");
        place.Directory.Write(name, Red);
        await place.PlanAsync("--frames", "1", "--capture", "screenshot");

        await CheckIsRed(place);
    }

    [Test]
    [Arguments("page.xhtml", "screenshot")]
    [Arguments("page.xhtml", "paint")]
    [Arguments("page", "screenshot")]
    [Arguments("page", "paint")]
    public async Task A_composition_has_any_extension(string name, string capture)
    {
        using var place = new RenderPlace(helios, "");
        place.Directory.Write(name, Red);
        (
            await place.Run(
                "export-job", name, "--job", "job.json", "--job-id", "j", "--width", "320", "--height", "180", "--frames", "1", "--capture",
                capture, "-q")
        ).Succeeded();

        await CheckIsRed(place);
    }

    /// <summary>Nobody can look into it from outside, so it tells what is wrong in it.</summary>
    [Test]
    [Arguments("sandbox='allow-scripts'")]
    [Arguments("")]
    public async Task What_cannot_be_rendered_is_refused_in_a_frame_sandboxed_or_not(string rights)
    {
        using var place = new RenderPlace(helios,
            $"<!doctype html><iframe {rights} srcdoc='<script>new AudioContext().createScriptProcessor(256)</script>'></iframe>");
        await place.PlanAsync("--frames", "1");

        RunResult result = await place.Render("--quiet");

        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(result.Stderr).Contains("the page uses createScriptProcessor, which goes by the clock of the sound card (");
    }

    /// <summary>The browser takes another number each time that it starts, and no script gives it one.</summary>
    [Test]
    [Arguments("<style>@media all { b { left: random(0px, 300px) } }</style><b></b>", DisplayName = "in a style sheet")]
    [Arguments("<div><template shadowrootmode=open><style>:host { width: calc(1px + random(--key, 0px, 9px)) }</style></template></div>",
        DisplayName = "in a shadow root")]
    public async Task Styles_by_chance_are_refused(string body)
    {
        using var place = new RenderPlace(helios, "<!doctype html><body>" + body);
        await place.PlanAsync("--frames", "1");

        RunResult result = await place.Render("--quiet");

        await Assert.That(result.Stderr).Contains("the page's styles use random(), which gives other numbers in every chunk (");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    /// <summary>As routers do: no document is left by it.</summary>
    [Test]
    public async Task A_page_changes_its_address()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><body style="background:#f00"><script>
            const seen = [];
            const see = () => seen.push(location.href.slice(location.origin.length));
            addEventListener("popstate", see);
            history.pushState({}, "", "/slides/2?lang=de#top");
            see();
            setTimeout(() => { history.replaceState({}, "", "/slides/3"); see(); }, 10);
            setTimeout(() => history.back(), 50);
            setTimeout(() => {
              location.hash = "end";
              see();
              const wanted = "/slides/2?lang=de#top,/slides/3,/page.html,/page.html#end";
              if (`${[...new Set(seen)]}` === wanted) document.body.style.background = "#0f0";
            }, 120);
            </script>
            """);
        await place.PlanAsync("--frames", "8");

        (await place.Render("--quiet")).Succeeded();

        await Assert.That(Video.DistanceAt(await Video.DecodeAsync(place.FileOf(0), 7), 160, 90, [0, 255, 0])).IsLessThan(6);
    }

    /// <summary>helios adopts a sheet of its own, which the page neither sees nor loses.</summary>
    [Test]
    [Arguments("sheets = [red];", DisplayName = "set")]
    [Arguments("sheets.push(blue, red);", DisplayName = "push")]
    [Arguments("sheets = [red, blue]; sheets.pop();", DisplayName = "pop")]
    [Arguments("sheets = [blue]; sheets.unshift(red); sheets.length = 1;", DisplayName = "unshift, and a new length")]
    [Arguments("sheets = [blue, red]; sheets.splice(0, 1);", DisplayName = "splice")]
    [Arguments("sheets = [blue]; sheets[0] = red;", DisplayName = "by index")]
    [Arguments("if (sheets.length === 0) sheets = [red];", DisplayName = "only where there is none")]
    [Arguments("sheets = [red]; try { sheets.push({}); } catch { }", DisplayName = "what is no sheet changes nothing")]
    public async Task A_page_adopts_style_sheets(string script)
    {
        using var place = new RenderPlace(helios, $$"""
            <!doctype html><body style="margin:0"><script>
              const make = color => { const sheet = new CSSStyleSheet(); sheet.replaceSync(`body { background: ${color} }`); return sheet; };
              const red = make("#f00"), blue = make("#00f");
              {{script.Replace("sheets", "document.adoptedStyleSheets")}}
              if (getComputedStyle(document.documentElement).willChange !== "contents") throw new Error("layers");
            </script>
            """);
        await place.PlanAsync("--frames", "1", "--capture", "screenshot");

        await CheckIsRed(place);
    }

    private static async Task CheckIsRed(RenderPlace place)
    {
        (await place.Render("-q")).Succeeded();

        await Assert.That(Video.DistanceAt(await Video.DecodeAsync(place.FileOf(0), 0), 160, 90, [255, 0, 0])).IsLessThanOrEqualTo(3);
    }
}
