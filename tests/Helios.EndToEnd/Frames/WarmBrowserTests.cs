using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Runs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Frames;

/// <summary>
/// One browser serves the rows of a task: each video has the bytes, and each receipt the facts, of one from a browser of its own.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class WarmBrowserTests(NativeBinary helios)
{
    private const int Rows = 3;

    /// <summary>Those that follow another in their task, which browsers of their own render, too.</summary>
    private static readonly int[] s_apart = [1, 2];

    /// <summary>Writes what it finds of an earlier page, then leaves all that a page can leave.</summary>
    private const string Leaving = """
        <!doctype html><meta charset="utf-8"><style>@font-face { font-family: Odd; src: local("DejaVu Serif") } body { margin: 0; font: 9px monospace } a:visited { color: red }
        #moving { width: 20px; height: 20px; background: #06c; animation: move 1s linear infinite } @keyframes move { to { margin-left: 300px } }</style>
        <div id="moving"></div><pre id="text"></pre><a href="?seen">link</a><img src="dot.svg"><script>
        window.__HELIOS_READY__ = (async () => {
          const lines = [];
          const attempt = async (name, work) => { try { lines.push(`${name}: ${JSON.stringify(await work())}`); } catch (error) { lines.push(`${name}: ${error.name}`); } };
          await attempt("localStorage", () => { const found = { ...localStorage }; localStorage.setItem("seen", "yes"); return found; });
          await attempt("sessionStorage", () => { const found = { ...sessionStorage }; sessionStorage.setItem("seen", "yes"); return found; });
          await attempt("cookie", () => { const found = document.cookie; document.cookie = "seen=yes; path=/; max-age=100000"; return found; });
          await attempt("name", () => { const found = window.name; window.name = "seen"; return found; });
          await attempt("history", () => { const found = [history.length, history.state]; history.replaceState("seen", ""); return found; });
          await attempt("indexedDB", async () => { const found = (await indexedDB.databases()).length; await new Promise((resolve, reject) => { const request = indexedDB.open("seen"); request.onsuccess = resolve; request.onerror = reject; }); return found; });
          await attempt("caches", async () => { const found = await caches.keys(); await (await caches.open("seen")).put("/seen", new Response("seen")); return found; });
          await attempt("files", async () => { const folder = await navigator.storage.getDirectory(); const found = []; for await (const key of folder.keys()) if (!key.startsWith("helios")) found.push(key); await folder.getFileHandle("seen", { create: true }); return found; });
          await attempt("service worker", async () => { const found = (await navigator.serviceWorker.getRegistrations()).length; await navigator.serviceWorker.register("service.js"); return [found, !!navigator.serviceWorker.controller]; });
          await attempt("fonts", async () => { const found = document.fonts.size; await document.fonts.load("12px Odd"); return found; });
          await attempt("locale", () => [navigator.languages, new Date(2024, 6, 1, 12).toString(), Intl.DateTimeFormat().resolvedOptions().timeZone, (1234.5).toLocaleString()]);
          await attempt("focus", () => [document.hasFocus(), document.visibilityState]);
          await attempt("numbers", () => [Math.random(), crypto.randomUUID(), Date.now(), performance.now(), document.timeline.currentTime]);
          await attempt("window", () => [innerWidth, innerHeight, outerWidth, outerHeight, screen.width, devicePixelRatio, !!window.opener, document.referrer]);
          await attempt("fetch", async () => (await fetch("data.txt")).text());
          text.textContent = lines.join("\n");
          if (window.__HELIOS_PROPS__.id == "c") console.error(lines.slice(0, 9).join(" "));
        })();
        </script>
        """;

    public static IEnumerable<(string Page, string[] Options)> Pages() =>
    [
        ("", ["--capture", "screenshot"]),
        ("raf-accumulating", ["--capture", "screenshot"]),
        ("workers", ["--capture", "paint"]),
        ("canvas-2d", ["--mode", "canvas", "--capture", "canvas"]),
        ("web-font", ["--capture", "screenshot"]),
        ("video-webm", ["--capture", "screenshot"]),
        ("webgl", ["--capture", "screenshot"]),
        ("timers", ["--capture", "paint", "--shards", "2"]),
    ];

    [Test]
    [MethodDataSource(nameof(Pages))]
    public async Task The_bytes_and_receipts_are_those_of_browsers_of_their_own(string page, string[] options)
    {
        using var place = new RenderPlace(
            helios,
            page.Length == 0 ? Leaving : await File.ReadAllTextAsync(Path.Combine(Repository.Project, "Pages", page + ".html")));
        CopyFiles(place);
        place.Directory.Write("rows.csv", "id\na\nb\nc\n");
        (
            await place.Run([
                "export-job", "page.html", "--rows", "rows.csv", "-o", "{id}.mp4", "--job", "batch", "--job-id", "j", "--width", "320",
                "--height", "240", "--frames", "12", "-q", .. options,
            ])
        ).Succeeded();
        int apart = 0;
        foreach (int row in s_apart) apart += await CountStartsAsync(place.Run("render-chunk", "batch", "--index", $"{row}", "-q"));
        string[] facts = Facts(place);

        int together = await CountStartsAsync(
            place
                .Run("render-chunk", "batch", "--force", "-q")
                .WithEnvironment("HELIOS_CHUNK_INDEX", "0")
                .WithEnvironment("HELIOS_CHUNKS_PER_TASK", $"{Rows}"));

        await Assert.That(string.Join("\n\n", Facts(place))).IsEqualTo(string.Join("\n\n", facts));
        await Assert.That((apart, together)).IsEqualTo((s_apart.Length, options.Contains("screenshot") ? 1 : Rows));
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_row_finds_nothing_of_those_before_it()
    {
        using var place = new RenderPlace(helios, Leaving);
        CopyFiles(place);
        place.Directory.Write("rows.csv", "id\na\nb\nc\n");
        (
            await place.Run("export-job", "page.html", "--rows", "rows.csv", "-o", "{id}.mp4", "--job", "batch", "--frames", "4", "-q")
        ).Succeeded();

        RunResult result = await place.Run("render-chunk", "batch", "--index", "-").WithInput("0\n1\n2\n");

        await Assert
            .That(result.Succeeded().Stderr)
            .Contains(
                "localStorage: {} sessionStorage: {} cookie: \"\" name: \"\" history: [2,null] indexedDB: 0 caches: [] files: [] service worker: "
            );
    }

    [Test]
    public async Task A_browser_that_dies_between_two_rows_is_started_anew()
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        place.Directory.Write("rows.csv", "id\na\nb\n");
        (
            await place.Run("export-job", "page.html", "--rows", "rows.csv", "-o", "{id}.mp4", "--job", "batch", "--frames", "4", "-q")
        ).Succeeded();
        using Process run = place.Run("render-chunk", "batch", "--index", "-", "-q").Start();
        await run.StandardInput.WriteLineAsync("0");
        await run.StandardInput.FlushAsync();
        int browser = 0;
        while (!run.HasExited && !File.Exists(place.Directory.PathOf("batch/job_0.receipt.json")))
        {
            foreach (int found in Browsers(run.Id)) browser = found;
            await Task.Delay(5);
        }

        await Task.Delay(Pace.Seconds(0.5)); // it is as new now
        using (var first = Process.GetProcessById(browser)) first.Kill();
        await Task.Delay(Pace.Seconds(2)); // until it is dead: one that dies while it serves a row is 75, and another try helps
        await run.StandardInput.WriteLineAsync("1");
        run.StandardInput.Close();
        await run.WaitForExitAsync();

        await Assert.That(run.ExitCode).IsEqualTo(0);
        await Assert.That(File.Exists(place.Directory.PathOf("b.mp4"))).IsTrue();
    }

    /// <summary>How many browsers a helios that succeeds starts.</summary>
    private static async Task<int> CountStartsAsync(ProcessRun start)
    {
        using Process run = start.Start();
        var browsers = new HashSet<int>();
        while (!run.HasExited)
        {
            browsers.UnionWith(Browsers(run.Id));
            await Task.Delay(5);
        }

        await Assert.That(run.ExitCode).IsEqualTo(0);
        return browsers.Count;
    }

    /// <summary>Browsers that a process has started: its children that listen on a pipe.</summary>
    private static List<int> Browsers(int process)
    {
        try
        {
            string[] children = File.ReadAllText($"/proc/{process}/task/{process}/children")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return
            [
                .. children
                    .Where(child =>
                        File.ReadAllText($"/proc/{child}/cmdline").Contains("--remote-debugging-pipe", StringComparison.Ordinal))
                    .Select(child => int.Parse(child, CultureInfo.InvariantCulture)),
            ];
        }
        catch (IOException)
        {
            return []; // one of them has just ended
        }
    }

    private static string[] Facts(RenderPlace place) =>
        [
            .. s_apart
                .Select(row =>
                {
                    JsonObject receipt = JsonNode.Parse(place.Directory.Read($"batch/job_{row}.receipt.json"))!.AsObject();
                    _ = receipt["seal"]!.AsObject().Remove("fonts"); // those that the browser has opened, which may be for an earlier row
                    return string.Join(
                        '\n',
                        new[] { "digest", "seal", "seam", "media", "frameCount" }.Select(name => $"{name} {receipt[name]?.ToJsonString()}")
                    );
                }),
        ];

    private static void CopyFiles(RenderPlace place)
    {
        place.Directory.Write(
            "dot.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"20\"><circle cx=\"10\" cy=\"10\" r=\"8\"/></svg>");
        place.Directory.Write("data.txt", "data");
        place.Directory.Write("service.js", "onfetch = () => {};");
        place.Directory.CreateFolder("assets");
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Project, "Pages", "assets")))
            File.Copy(file, place.Directory.PathOf("assets", Path.GetFileName(file)));
    }
}
