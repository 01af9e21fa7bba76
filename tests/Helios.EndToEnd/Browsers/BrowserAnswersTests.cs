using System;
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

/// <summary>
/// What in a browser answers later: every promise and every event of it is on a list (Apis/README.md), and what the list says is so.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class BrowserAnswersTests(NativeBinary helios)
{
    private static readonly string s_folder = Path.Combine(Repository.Project, "Apis");

    private static readonly (string Name, string Kind)[] s_listed =
        [.. File.ReadLines(Path.Combine(s_folder, "answers.tsv")).Select(line => line.Split('\t')).Select(cells => (cells[0], cells[1]))];

    /// <summary>Lists what the browser has, compares it with the list in the props, and tells what differs by an error.</summary>
    private const string Compare = """
        <!doctype html><script>
        // An operation that answers by a promise never throws: called on what it does not belong to, it gives one that is rejected.
        const isPromise = call => {
          try {
            const result = call();
            if (!(result instanceof Promise)) return false;
            result.catch(() => {});
            return true;
          } catch {
            return false;
          }
        };
        const language = new Set("Object Function Array Promise Symbol Proxy Reflect Iterator AsyncFunction Intl Temporal Atomics".split(" "));
        const refusedWhenCalled = /^(createScriptProcessor|get(Byte|Float)(Frequency|TimeDomain)Data)$/;
        const native = new Set();
        const found = new Set();
        const add = (name, real) => {
          found.add(name);
          if (/\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(real))) native.add(name);
        };
        for (const name of Object.getOwnPropertyNames(globalThis)) {
          const { value } = Object.getOwnPropertyDescriptor(globalThis, name);
          if (language.has(name) || typeof value !== "function" || !/^[A-Z]/.test(name) || !value.prototype) continue;
          for (const [member, { value: call, get }] of Object.entries(Object.getOwnPropertyDescriptors(value.prototype))) {
            const real = call ?? get;
            if (member !== "constructor" && !refusedWhenCalled.test(member) && typeof real === "function" && isPromise(() => real.call(Object.create(null)))) add(`${name}.${member}`, real);
          }
          if (value.prototype instanceof EventTarget && !(value.prototype instanceof Node)) found.add(name);
        }
        for (const name of ["createImageBitmap", "fetch"]) add(name, globalThis[name]);
        for (const name of ["compile", "compileStreaming", "instantiate", "instantiateStreaming"]) add(`WebAssembly.${name}`, WebAssembly[name]);
        // helios' own play throws there
        const isThere = name => { const [owner, member] = name.split("."); return Boolean(member) && member in (globalThis[owner]?.prototype ?? {}); };
        const { listed, held, absent } = __HELIOS_PROPS__;
        const lines = [
          ...[...found].filter(name => !listed.includes(name)).map(name => `not listed: ${name}`),
          ...listed.filter(name => !found.has(name) && !absent.includes(name) && !isThere(name)).map(name => `not in the browser: ${name}`),
          ...held.filter(name => native.has(name)).map(name => `not held: ${name}`),
        ];
        if (lines.length > 0) throw new Error(lines.join("; "));
        </script>
        """;

    [Test]
    public async Task The_list_is_that_of_the_browser_and_what_it_calls_held_is()
    {
        using var place = new RenderPlace(helios, Compare);
        JsonArray Names(Func<string, bool> isMeant) => [.. s_listed.Where(row => isMeant(row.Kind)).Select(row => (JsonNode)row.Name)];
        place.Directory.Write(
            "props.json",
            new JsonObject
            {
                ["listed"] = Names(_ => true),
                ["held"] = Names(kind => kind == "held"),
                ["absent"] = Names(kind => kind == "absent"),
            }.ToJsonString());

        RunResult result = await place.Run("render", "page.html", "--still", "0", "--props", "@props.json", "-o", "still.png");

        await Assert.That(RenderPlace.Said(result)).DoesNotContain("the page throws");
        _ = result.Succeeded();
    }

    [Test]
    public async Task Every_word_of_the_list_is_explained()
    {
        string text = await File.ReadAllTextAsync(Path.Combine(s_folder, "README.md"));

        await Assert
            .That(s_listed.Select(row => row.Kind).Distinct().Where(kind => !text.Contains($"\n| {kind} |", StringComparison.Ordinal)))
            .IsEmpty();
        await Assert.That(s_listed.Select(row => row.Name).Distinct().Count()).IsEqualTo(s_listed.Length);
    }

    private const string Decode = """
        <!doctype html><canvas></canvas><script type="module">
        const encoded = [];
        const encoder = new VideoEncoder({ output: chunk => encoded.push(chunk), error: error => { throw error; } });
        encoder.configure({ codec: "vp8", width: 64, height: 64 });
        const canvas = document.querySelector("canvas");
        canvas.getContext("2d");
        for (let i = 0; i < 3; i++) encoder.encode(new VideoFrame(canvas, { timestamp: i * 1000 }), { keyFrame: i === 0 });
        await encoder.flush();
        const decoder = new VideoDecoder({ output: frame => { document.title += frame.timestamp; frame.close(); }, error: error => { throw error; } });
        decoder.configure({ codec: "vp8" });
        for (const chunk of encoded) decoder.decode(chunk);
        </script>
        """;

    [Test]
    [Arguments("await decoder.flush();", 0)]
    [Arguments("", 65)]
    public async Task Pictures_of_a_decoder_are_taken_where_the_page_waits_for_all_of_them(string end, int code)
    {
        using var place = new RenderPlace(helios, Decode.Replace("</script>", end + "</script>", StringComparison.Ordinal));

        RunResult result = await place.Run(
            "render", "page.html", "--frames", "8", "--fps", "30", "--shards", "1", "--width", "64", "--height", "64", "-q", "-o",
            "out.mp4");

        await Assert.That(result.ExitCode).IsEqualTo(code);
        if (code != 0)
        {
            await Assert
                .That(result.Stderr)
                .Contains(
                    "the page takes what VideoDecoder (WebCodecs) decodes as it comes, which is by chance: await its flush(), or play the file by a media element"
                );
        }
    }

    [Test]
    public async Task The_picture_of_a_canvas_element_is_there_in_the_same_frame()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><canvas width="8" height="8"></canvas><script>
            const canvas = document.querySelector("canvas");
            canvas.getContext("2d").fillRect(0, 0, 4, 8);
            const none = Object.assign(document.createElement("canvas"), { width: 0 });
            canvas.toBlob(async png => {
              const { width } = await createImageBitmap(png);
              if (png.type !== "image/png" || width !== 8) throw new Error(`${png.type} ${width}`);
              canvas.toBlob(jpeg => {
                if (jpeg.type !== "image/jpeg") throw new Error(jpeg.type);
                none.toBlob(nothing => { document.body.style.background = nothing === null ? "#0f0" : "#f00"; });
              }, "image/jpeg", 0.5);
            });
            </script><body style="background:#00f">
            """);

        (await place.Run("render", "page.html", "--still", "0", "--width", "64", "--height", "64", "-o", "still.png")).Succeeded();

        byte[] pixels = (
            await Tool.Run(
                    "ffmpeg", "ffmpeg", "-v", "error", "-i", "still.png", "-vf", "format=rgb24,crop=1:1:60:60", "-f", "rawvideo", "-")
                .In(place.Directory))
            .Succeeded()
            .Output;
        await Assert.That(pixels).IsEquivalentTo(new byte[] { 0, 255, 0 });
    }

    /// <summary>What would be waited for without end if it were waited for wrongly.</summary>
    [Test]
    [Arguments(
        """
            <canvas></canvas><script>
            const gl = document.querySelector("canvas").getContext("webgl2");
            const passed = () => new Promise(resolve => {
              const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
              const look = () => gl.clientWaitSync(sync, 0, 0) === gl.TIMEOUT_EXPIRED ? setTimeout(look, 4) : resolve();
              look();
            });
            window.helios = { async seek() { gl.clear(gl.COLOR_BUFFER_BIT); await passed(); } };
            </script>
            """,
        DisplayName = "a hook that waits for a fence")]
    [Arguments(
        """
            <iframe srcdoc="<script>indexedDB.open('a'); createImageBitmap(new ImageData(2000, 2000)); navigator.locks.request('b', () => new Promise(() => {}));</script>"></iframe><script>
            let n = 0;
            requestAnimationFrame(function draw() { if (n++ === 1) document.querySelector("iframe").remove(); requestAnimationFrame(draw); });
            navigator.locks.request("b", () => {});
            </script>
            """,
        DisplayName = "a frame element that is removed")]
    [Arguments("<script>navigator.locks.request('a', () => new Promise(() => {})); navigator.locks.request('a', () => {});</script>",
        DisplayName = "a lock that is never given back")]
    [Arguments(
        "<img src=\"data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7\"><script>new Worker(URL.createObjectURL(new Blob([\"postMessage(1)\"])));</script>",
        DisplayName = "a worker beside a picture, while the page loads")]
    [Arguments(
        "<script>new Worker(URL.createObjectURL(new Blob([\"new OffscreenCanvas(0, 0); postMessage(1)\"]))).terminate();</script><img src=\"data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7\">",
        DisplayName = "a worker that is ended at once, before a picture")]
    public async Task A_page_is_rendered_with(string body)
    {
        using var place = new RenderPlace(helios, "<!doctype html>" + body);

        (
            await place.Run(
                "render", "page.html", "--frames", "4", "--fps", "30", "--shards", "1", "--width", "64", "--height", "64", "--retries", "0",
                "-q", "-o", "out.mp4")
        ).Succeeded();
    }

    [Test]
    public async Task What_a_worker_says_while_the_page_loads_comes_after_the_load()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><script>
            const order = [];
            const worker = new Worker(URL.createObjectURL(new Blob(["postMessage(1); postMessage(2)"])));
            worker.onmessage = ({ data }) => order.push(data);
            onload = () => order.push("load");
            requestAnimationFrame(() => { if (order.join() !== "load,1,2") throw new Error(order.join()); });
            </script><img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">
            """);

        (await place.Run("render", "page.html", "--still", "1", "--width", "64", "--height", "64", "-o", "still.png")).Succeeded();
    }
}
