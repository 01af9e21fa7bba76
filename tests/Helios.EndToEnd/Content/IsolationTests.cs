using System;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Harness.Servers;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Content;

/// <summary>A page that asks for it is isolated from other sites, so that its workers share memory with it; others are not.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class IsolationTests(NativeBinary helios)
{
    private const string Meta = "<meta http-equiv='cross-origin-embedder-policy' content='require-corp'>";

    private const string Threads = """
        <body style='margin:0'><iframe srcdoc='<script>parent.inner = crossOriginIsolated</script>'></iframe>
        <iframe src='frame.html'></iframe>
        <script>
          const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
          const counts = new Int32Array(memory.buffer);
          const ends = [1, 2, 3].map(step => new Promise(resolve => {
            const worker = new Worker("worker.js", { type: "module" });
            worker.onmessage = ({ data }) => resolve(data);
            worker.postMessage({ memory, step });
          }));
          window.__HELIOS_READY__ = Promise.all(ends).then(said => {
            const is = [crossOriginIsolated, inner, window.file, ...said, counts[0] === 6000];
            document.body.innerHTML = "";
            document.body.style.background = is.every(value => value === true) ? "#0f0" : "#f00";
          });
        </script>
        """;

    private const string Worker = """
        onmessage = ({ data: { memory, step } }) => {
          for (let i = 0; i < 1000; i++) Atomics.add(new Int32Array(memory.buffer), 0, step);
          postMessage(self.crossOriginIsolated);
        };
        """;

    private const string Fix =
        "; add <meta http-equiv=\"Cross-Origin-Embedder-Policy\" content=\"credentialless\"> to the page: helios then isolates it from " +
        "other sites, and its workers can share memory\n";

    [Test]
    [Arguments(Meta, "screenshot", DisplayName = "by what a server would say")]
    [Arguments(Meta, "paint", DisplayName = "the same by paint")]
    [Arguments("<script src='coi-serviceworker.js'></script>", "screenshot", DisplayName = "by the script for servers that say nothing")]
    public async Task Workers_share_memory_with_a_page_that_asks(string request, string capture)
    {
        using RenderPlace place = Prepare(request + Threads);
        await place.PlanAsync("--frames", "2", "--capture", capture);

        (await place.Render("-q")).Succeeded();

        await Assert.That(Video.DistanceAt(await Video.DecodeAsync(place.FileOf(0), 1), 160, 90, [0, 255, 0])).IsLessThan(6);
    }

    [Test]
    public async Task A_page_that_does_not_ask_is_told_how_to()
    {
        using RenderPlace place = Prepare(Threads);
        await place.PlanAsync("--frames", "2");

        RunResult result = await place.Render("-q");

        await Assert.That(RenderPlace.Said(result)).StartsWith("helios: the page throws: DataCloneError: ");
        await Assert.That(RenderPlace.Said(result)).EndsWith(Fix);
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    [Test]
    [Arguments("", DisplayName = "a page like others")]
    [Arguments(Meta, DisplayName = "an isolated page")]
    public async Task A_picture_of_another_site_is_shown_by(string request)
    {
        using var server = new WebServer();
        server.Add("/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><rect width='320' height='180' fill='#0f0'/></svg>",
            "200 OK\r\nContent-Type: image/svg+xml");
        const string Style = "position:fixed;inset:0;width:320px;height:180px";
        using RenderPlace place = Prepare($"{request}<img src='{server.UrlOf("/a.svg")}' style='{Style}'>");
        await place.PlanAsync("--frames", "1");

        (await place.Render("-q")).Succeeded();

        await Assert.That(Video.DistanceAt(await Video.DecodeAsync(place.FileOf(0), 0), 160, 90, [0, 255, 0])).IsLessThan(6);
    }

    /// <summary>Such a frame would have to ask for isolation itself.</summary>
    [Test]
    public async Task A_frame_of_another_site_in_an_isolated_page_is_65()
    {
        using var server = new WebServer();
        server.Add("/a.html", "<!doctype html>", "200 OK\r\nContent-Type: text/html");
        using RenderPlace place = Prepare($"{Meta}<iframe src='{server.UrlOf("/a.html")}'></iframe>");
        await place.PlanAsync("--frames", "1");

        RunResult result = await place.Render("-q");

        await Assert.That(RenderPlace.Said(result)).Contains("/a.html (Document) and does not get it: ");
        await Assert.That(RenderPlace.Said(result)).Contains("coep");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    /// <summary>The browser changes to another process when the page's clock has started already.</summary>
    [Test]
    public async Task A_page_that_its_server_isolates_is_65()
    {
        using var server = new WebServer();
        server.Add("/a.html", "<!doctype html>", "200 OK\r\nContent-Type: text/html\r\nCross-Origin-Opener-Policy: same-origin");
        using RenderPlace place = Prepare("");

        RunResult result = await place.Run("render", server.UrlOf("/a.html"), "--frames", "1", "-o", "a.mp4", "-q");

        await Assert.That(RenderPlace.Said(result)).Contains("helios: the page's server has it opened in a process of its own (");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    /// <summary>The clock of an isolated page starts in the process where the page is.</summary>
    [Test]
    public async Task The_clock_of_an_isolated_page_begins_at_0()
    {
        const string Script = """
            <script>
            if (performance.now() !== 0 || Date.now() !== Date.UTC(2024, 0, 1)) throw new Error(`${performance.now()} ${Date.now()}`);
            setTimeout(() => { if (performance.now() !== 40) throw new Error(`40: ${performance.now()}`); }, 40);
            </script>
            """;
        using RenderPlace place = Prepare(Meta + Script);
        await place.PlanAsync("--frames", "3");

        (await place.Render("-q")).Succeeded();
    }

    /// <summary>The page cannot read such a canvas, and neither can helios; a screenshot shows it.</summary>
    [Test]
    [Arguments("2d", DisplayName = "drawn to")]
    [Arguments("bitmaprenderer", DisplayName = "given to")]
    public async Task A_canvas_with_a_picture_of_another_site_is_not_captured_by_canvas(string kind)
    {
        using var server = new WebServer();
        server.Add("/a.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'/>", "200 OK\r\nContent-Type: image/svg+xml");
        using RenderPlace place = Prepare($$"""
            <body style='margin:0'><canvas width=320 height=180></canvas><script>
            const context = document.querySelector("canvas").getContext("{{kind}}");
            const image = Object.assign(new Image(), { src: "{{server.UrlOf("/a.svg")}}" });
            image.onload = async () => {
              if (context.drawImage) context.drawImage(image, 0, 0);
              else context.transferFromImageBitmap(await createImageBitmap(image));
            };
            </script>
            """);
        await place.PlanAsync("--frames", "2", "--mode", "canvas", "--capture", "canvas");

        RunResult result = await place.Render("-q");

        const string Reason = "helios: the page's canvas element shows pixels of another site that does not allow it to be read, so it " +
            "cannot be captured by canvas (";
        await Assert.That(RenderPlace.Said(result)).StartsWith(Reason);
        await Assert.That(RenderPlace.Said(result)).EndsWith("; plan the job with --capture screenshot\n");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    private RenderPlace Prepare(string page)
    {
        var place = new RenderPlace(helios, "<!doctype html>" + page);
        place.Directory.Write("frame.html", "<script>parent.file = crossOriginIsolated</script>");
        place.Directory.Write("worker.js", Worker);
        place.Directory.Write("coi-serviceworker.js", "");
        return place;
    }
}
