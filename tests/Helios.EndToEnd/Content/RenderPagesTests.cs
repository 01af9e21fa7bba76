using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Harness.Servers;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Content;

/// <summary>What render-chunk shows: colours, transparency, props, and nothing of what lies outside the project.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class RenderPagesTests(NativeBinary helios)
{
    private const string StillPicture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

    [Test]
    [Arguments("h264", "video.mp4", "")]
    [Arguments("h265", "video.mp4", "")]
    [Arguments("vp9", "video.webm", "")]
    [Arguments("prores", "video.mov", "")]
    [Arguments("prores", "video.mov", "--pixel-format yuva444p10le")]
    [Arguments("ffv1", "video.mkv", "")]
    public async Task Pure_green_stays_pure_green(string codec, string output, string options)
    {
        using var place = new RenderPlace(helios, "<!doctype html><body style='margin:0;background:#0f0'>");
        await place.PlanAsync([
            "--frames", "4", "--video-codec", codec, "--output", output,
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ]);

        (await place.Render()).Succeeded();

        await Assert.That((string)(await Video.ProbeAsync(place.FileOf(0)))["nb_read_frames"]!).IsEqualTo("4");
        byte[] frame = await Video.DecodeAsync(place.FileOf(0), 3);
        foreach (var (x, y) in ((int, int)[])[(0, 0), (160, 90), (319, 179)])
            await Assert.That(Video.DistanceAt(frame, x, y, [0, 255, 0])).IsLessThanOrEqualTo(2);
    }

    /// <summary>A canvas element of more colours or bits is converted to sRGB, what shines through it too.</summary>
    [Test]
    [Arguments("canvas", "{ colorSpace: 'display-p3' }")]
    [Arguments("canvas", "{ colorSpace: 'display-p3', colorType: 'float16' }")]
    [Arguments("paint", "{ colorSpace: 'display-p3' }")]
    public async Task A_canvas_of_wide_colours_is_shown_in_srgb(string capture, string context)
    {
        using var place = new RenderPlace(helios, $$"""
            <!doctype html><body style="margin:0;background:#00f"><canvas width="320" height="180" style="display:block"></canvas>
            <script>
              const context = document.querySelector("canvas").getContext("2d", {{context}});
              context.fillStyle = "#0f0";
              context.fillRect(0, 0, 100, 180);
              context.fillStyle = "rgb(0 255 0 / 0.5)";
              context.fillRect(100, 0, 100, 180);
            </script>
            """);
        await place.PlanAsync("--frames", "2", "--mode", "canvas", "--capture", capture, "--video-codec", "ffv1", "--output", "video.mkv");

        (await place.Render()).Succeeded();

        byte[] frame = await Video.DecodeAsync(place.FileOf(0), 1);
        foreach (var (x, colour) in new (int X, int[] Colour)[] { (50, [0, 255, 0]), (150, [0, 128, 127]), (250, [0, 0, 255]) })
            await Assert.That(Video.DistanceAt(frame, x, 90, colour)).IsLessThanOrEqualTo(4);
    }

    /// <summary>Only what moves by itself has all frames before a chunk displayed, for which the page is opened once more.</summary>
    [Test]
    [Arguments("data", "still.png", 1)]
    [Arguments("data", "counter.gif", 2)]
    [Arguments("style", "still.png", 1)]
    [Arguments("style", "counter.gif", 2)]
    [Arguments("blob", "still.png", 1)]
    [Arguments("blob", "counter.gif", 2)]
    [Arguments("net", "still.png", 1)]
    [Arguments("net", "counter.gif", 2)]
    [Arguments("fetch", "counter.gif", 1)]
    public async Task A_picture_is_looked_at_wherever_it_comes_from(string source, string name, int openings)
    {
        using var server = new WebServer();
        byte[] picture =
            name == "still.png"
                ? Convert.FromBase64String(StillPicture)
                : await File.ReadAllBytesAsync(Path.Combine(Repository.Project, "Pages", "assets", name));
        string type = name == "still.png" ? "image/png" : "image/gif";
        server.Add("/" + name, picture);
        server.Add("/page.html", $$"""
            <!doctype html><body style="margin:0"><script>
            const data = "data:{{type}};base64,{{Convert.ToBase64String(picture)}}";
            const bytes = Uint8Array.from(atob(data.split(",")[1]), c => c.charCodeAt(0));
            const show = url => { document.body.appendChild(new Image()).src = url; };
            const sources = {
              data() { show(data); },
              style() { document.body.style.background = `url(${data})`; },
              blob() { show(URL.createObjectURL(new Blob([bytes], { type: "{{type}}" }))); },
              net() { show("{{name}}"); },
              fetch() { fetch("{{name}}"); fetch(data); },
            };
            sources.{{source}}();
            </script>
            """);
        using var place = new RenderPlace(helios, "");
        (
            await place.Run(
                "export-job",
                server.UrlOf("/page.html"),
                "--job", "job.json", "--job-id", "j", "--width", "320", "--height", "180", "--frames", "20", "--chunk-frames", "10", "-q")
        ).Succeeded();

        (await place.Render("--index", "1")).Succeeded();

        await Assert
            .That(server.Requests.Count(request => request.StartsWith("GET /page.html ", StringComparison.Ordinal)))
            .IsEqualTo(openings);
    }

    [Test]
    [Arguments("new Image()", DisplayName = "in an element")]
    [Arguments("document.createElement('div')", DisplayName = "in a style")]
    public async Task Paint_takes_pictures_that_are_in_the_page_itself(string element)
    {
        using var place = new RenderPlace(helios, $$"""
            <!doctype html><body style="margin:0;background:#f00"><script>
            const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
            const context = canvas.getContext("2d");
            context.fillStyle = "#0f0";
            context.fillRect(0, 0, 320, 180);
            const shown = {{element}};
            shown.style = `display: block; width: 320px; height: 180px; background: url(${canvas.toDataURL()})`;
            shown.src = canvas.toDataURL("image/png");
            document.body.appendChild(shown);
            </script>
            """);
        await place.PlanAsync("--frames", "2", "--capture", "paint");

        (await place.Render()).Succeeded();

        await Assert.That(Video.DistanceAt(await Video.DecodeAsync(place.FileOf(0), 1), 160, 90, [0, 255, 0])).IsLessThanOrEqualTo(2);
    }

    [Test]
    public async Task ProRes_4444_keeps_transparency()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><body style="margin:0"><div style="position:absolute;left:0;top:0;width:100px;height:180px;background:#f00"></div>
            <div style="position:absolute;left:100px;top:0;width:100px;height:180px;background:rgba(255,0,0,.5)"></div>
            """);
        await place.PlanAsync("--frames", "3", "--video-codec", "prores", "--pixel-format", "yuva444p10le", "--output", "video.mov");

        (await place.Render()).Succeeded();

        byte[] frame = await Video.DecodeAsync(place.FileOf(0), 1, "rgba");
        await Assert.That(Video.PixelAt(frame, 50, 90)[3]).IsEqualTo(255);
        await Assert.That(Video.PixelAt(frame, 50, 90)[0]).IsGreaterThan(250);
        await Assert.That(Video.PixelAt(frame, 150, 90)[3]).IsBetween(126, 130);
        await Assert.That(Video.PixelAt(frame, 150, 90)[0]).IsGreaterThan(250);
        await Assert.That(Video.PixelAt(frame, 260, 90)[3]).IsEqualTo(0);
    }

    [Test]
    public async Task Props_reach_the_page_as_they_are()
    {
        const string Props = """{"color":"#00ff00","text":"Q3 \"grüße\" </script> 日本 \u2028 \\ 'x'","list":[1,{"a":null}]}""";
        using var place = new RenderPlace(helios, $$"""
            <!doctype html><meta charset="utf-8"><body style="margin:0;background:#f00"><script>
            const props = window.__HELIOS_PROPS__;
            const isRight = props.text === "Q3 \"grüße\" <" + "/script> 日本 \u2028 \\ 'x'" && props.list[1].a === null;
            document.body.style.background = isRight ? props.color : "#00f";
            </script>
            """);
        await place.PlanAsync("--frames", "2", "--props", Props);

        (await place.Render()).Succeeded();

        await Assert.That(Video.PixelAt(await Video.DecodeAsync(place.FileOf(0), 1), 160, 90)[1]).IsGreaterThan(250);
    }

    /// <summary>Each page throws where it is not taken to the time that it expects.</summary>
    [Test]
    [Arguments(
        """
            let last = -1;
            const stepTo = seconds => last < 0 ? 1 : last === 0 && seconds > 0.1 ? 0.45 : 0.05; // the second chunk jumps to frame 9
            window.__hf = { duration: 1, seek(seconds) { expect(seconds - last, stepTo(seconds)); last = seconds; } };
            """,
        DisplayName = "a page with __hf.seek")]
    [Arguments(
        """
            expect(__hfVariables.speed, 3);
            window.__hf = { duration: 1, async seek(seconds) { await new Promise(resolve => setTimeout(resolve)); document.title = seconds; } };
            """,
        DisplayName = "a page with __hfVariables and a seek that takes a while")]
    [Arguments(
        """
            document.body.innerHTML = `<div data-composition-id="main" data-start="0" data-duration="1"><div data-composition-id="scene" class="clip" data-start="0.2" data-duration="0.7">
              <div data-composition-id="part" data-start="0.1" data-duration="0.5"><b class="clip" data-start="0.1" data-duration="0.2">b</b></div></div></div>`;
            let now = 0;
            const timeline = start => ({ seek(seconds) { expect(seconds, Math.max(0, now - start)); } });
            window.__timelines = { main: { seek(seconds) { now = seconds; } }, scene: timeline(0.2), part: timeline(0.3) };
            requestAnimationFrame(function look() {
              const visibility = [".clip", "b"].map(name => getComputedStyle(document.querySelector(name)).visibility).join();
              const wanted = [now >= 0.2 && now < 0.9, now >= 0.4 && now < 0.6].map(isShown => isShown ? "visible" : "hidden").join();
              if (visibility !== wanted) throw new Error(`${visibility} at ${now}`);
              requestAnimationFrame(look);
            });
            """,
        DisplayName = "a page whose timelines stand in each other")]
    public async Task Is_taken_to_its_times(string script)
    {
        using var place = new RenderPlace(
            helios,
            "<!doctype html><body><script>const expect = (value, wanted) => { if (Math.abs(value - wanted) > 1e-6) throw new Error(`${value} in place of ${wanted}`); };\n"
                + script
                + "</script>");
        await place.PlanAsync("--frames", "20", "--fps", "20", "--chunk-frames", "11", "--props", """{"speed":3}""");

        await place.RenderAllAsync();

        await Assert.That(place.ReceiptOf(1)["frameCount"]!.GetValue<int>()).IsEqualTo(9);
    }

    [Test]
    public async Task A_page_whose_rate_is_written_as_29_97_is_taken_to_whole_frames()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><body style="margin:0"><script>
            window.helios = { fps: 29.97, seek(frame) { document.body.style.background = Number.isInteger(frame) ? "#0f0" : "#f00"; } };
            </script>
            """);
        await place.PlanAsync("--frames", "4", "--fps", "29.97");

        (await place.Render()).Succeeded();

        await Assert.That(Video.PixelAt(await Video.DecodeAsync(place.FileOf(0), 3), 160, 90)[1]).IsGreaterThan(250);
    }

    [Test]
    [Arguments("../secret.txt")]
    [Arguments("%2e%2e/secret.txt")]
    [Arguments("..%2fsecret.txt")]
    [Arguments("x/..%2f..%2fsecret.txt")]
    [Arguments("%2fetc%2fpasswd")]
    [Arguments("//etc/passwd")]
    [Arguments("file:///etc/passwd")]
    [Arguments("link.txt")]
    [Arguments("folder/secret.txt")]
    public async Task A_page_does_not_get_a_file_outside_its_project(string url)
    {
        using var place = new RenderPlace(helios, $$"""
            <!doctype html><body style="margin:0;background:#fff"><script>
            const ask = async url => { try { const answer = await fetch(url); return answer.ok ? await answer.text() : ""; } catch { return ""; } };
            (async () => {
              const inside = await ask("inside.txt"), outside = await ask("{{url}}");
              document.body.style.background = inside !== "inside" ? "#00f" : outside !== "" ? "#f00" : "#0f0";
            })();
            </script>
            """);
        place.Directory.CreateFolder("x");
        place.Directory.Write("inside.txt", "inside");
        string outside = Path.GetFullPath(place.Directory.PathOf("..", "outside"));
        _ = Directory.CreateDirectory(outside);
        File.WriteAllText(Path.Combine(outside, "secret.txt"), "secret");
        File.WriteAllText(Path.GetFullPath(place.Directory.PathOf("..", "secret.txt")), "secret");
        File.CreateSymbolicLink(place.Directory.PathOf("link.txt"), Path.Combine(outside, "secret.txt"));
        Directory.CreateSymbolicLink(place.Directory.PathOf("folder"), outside);
        await place.PlanAsync("--frames", "10");

        RunResult result = await place.Render("--offline");

        await Assert.That(result.ExitCode).IsEqualTo(0);
        int[] pixel = Video.PixelAt(await Video.DecodeAsync(place.FileOf(0), 9), 160, 90);
        await Assert.That(pixel[1] > 250 && pixel[0] < 5 && pixel[2] < 5).IsTrue();
    }

    [Test]
    public async Task A_page_reads_what_lies_beside_its_folder_and_a_worker_may_be_told_another_root()
    {
        using var place = new RenderPlace(helios, "unused");
        place.Directory.CreateFolder("pages");
        place.Directory.Write(
            "green.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' width='320' height='180'><rect width='320' height='180' fill='#0f0'/></svg>");
        place.Directory.Write(Path.Combine("pages", "a.html"), "<!doctype html><body style='margin:0'><img src='../green.svg'>");
        (
            await place.Run(
                "export-job", "pages/a.html", "--job", "job.json", "--job-id", "j", "--width", "320", "--height", "180", "--frames", "2",
                "-q")
        ).Succeeded();

        RunResult refused = await place.Render("--root", "pages");
        RunResult result = await place.Render();

        await Assert.That(refused.ExitCode).IsEqualTo(65);
        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(Video.PixelAt(await Video.DecodeAsync(place.FileOf(0), 1), 160, 90)[1]).IsGreaterThan(250);
    }

    [Test]
    [Arguments("", DisplayName = "")]
    [Arguments("--portable", DisplayName = "in a portable job that was moved")]
    public async Task A_built_page_is_rendered_from_the_directory_of_its_build(string option)
    {
        using var place = new RenderPlace(helios, "unused");
        foreach (string folder in (string[])["dist/pages/a", "dist/assets"])
            _ = place.Directory.CreateFolder(folder);
        place.Directory.Write(
            "dist/assets/index-1a2b.js",
            "document.body.style.background = '#0f0'; const sound = document.createElement('audio'); sound.src = '/assets/a.wav'; sound.dataset.start = '0'; document.body.append(sound);"
        );
        place.Directory.Write("dist/assets/a.wav", Sound.MakeClicks([100], 4800));
        place.Directory.Write(
            "dist/pages/a/index.html",
            "<!doctype html><body><script type=module crossorigin src='/assets/index-1a2b.js'></script>");
        (
            await place.Run([
                "export-job", "dist/pages/a/index.html", "--job", "job.json", "--job-id", "j", "--width", "320", "--height", "180",
                "--frames", "4", "-q",
                .. option.Length == 0 ? [] : new[] { option },
            ])
        ).Succeeded();
        string directory = place.Directory.Path;
        if (option.Length > 0) Directory.Move(directory, directory = place.Directory.Path + " moved");

        (await helios.Run("run-job", Path.Combine(directory, "job.json"), "-q").WithEnvironment("TMPDIR", place.Temporary)).Succeeded();

        string video = Path.Combine(directory, "output.mp4");
        await Assert.That(Video.DistanceAt(await Video.DecodeAsync(video, 2), 160, 90, [0, 255, 0])).IsLessThan(6);
        await Assert.That(Sound.FindClicks(await Sound.DecodeAsync(video)).Count).IsEqualTo(1);
    }

    /// <summary>As a server shows it: routers look at the path, pages at their values.</summary>
    [Test]
    [Arguments("index.html", "/||")]
    [Arguments("index.html?lang=de#/slides/2", "/|?lang=de|#/slides/2")]
    [Arguments("other.html?x=%20", "/other.html|?x=%20|")]
    [Arguments("pages/index.html#top", "/pages/||#top", DisplayName = "with its root above")]
    public async Task A_page_has_the_address(string composition, string expected)
    {
        using var place = new RenderPlace(helios, "unused");
        string page =
            $"<!doctype html><script>const said = [location.pathname, location.search, location.hash].join('|'); if (said !== {JsonSerializer.Serialize(expected)}) throw new Error(said);</script><img src='/pages/p.svg' alt=''>";
        _ = place.Directory.CreateFolder("pages");
        foreach (string file in (string[])["index.html", "other.html", "pages/index.html"]) place.Directory.Write(file, page);
        place.Directory.Write("pages/p.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");

        (
            await place.Run("render", composition, "--still", "0", "--root", ".", "--width", "64", "--height", "64", "-o", "still.png")
        ).Succeeded();
    }
}
