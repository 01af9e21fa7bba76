using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Harness.Servers;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Content;

/// <summary>
/// Compositions and the net: what is forbidden stays unasked, what fails is named, and pages of a server render like files.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class RenderNetTests(NativeBinary helios)
{
    private const string Red =
        "<svg xmlns='http://www.w3.org/2000/svg' width='320' height='180'><rect width='320' height='180' fill='#f00'/></svg>";

    [Test]
    [Arguments("new WebSocket('WS/socket').onerror = () => { };", DisplayName = "a WebSocket")]
    [Arguments("new Worker(URL.createObjectURL(new Blob([\"new WebSocket('WS/socket')\"])));", DisplayName = "a WebSocket of a worker")]
    [Arguments("new WebTransport('https://127.0.0.1:PORT/').ready.catch(() => { });", DisplayName = "a WebTransport")]
    [Arguments("document.head.append(Object.assign(document.createElement('link'), { rel: 'preconnect', href: 'HTTP' }));",
        DisplayName = "a preconnect")]
    [Arguments("navigator.sendBeacon('HTTP/beacon', 'data');", DisplayName = "a beacon")]
    [Arguments("fetch('HTTP/fetch').catch(() => { });", DisplayName = "a fetch")]
    [Arguments(
        "const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:PORT' }] }); peer.createDataChannel('a'); peer.createOffer().then(offer => peer.setLocalDescription(offer));",
        DisplayName = "WebRTC")]
    public async Task Offline_nobody_hears_of(string script)
    {
        using var server = new WebServer();
        using var datagrams = new UdpClient(new IPEndPoint(IPAddress.Loopback, server.Port));
        script = script
            .Replace("HTTP", server.UrlOf(""), StringComparison.Ordinal)
            .Replace("WS", server.UrlOf("", "ws"), StringComparison.Ordinal)
            .Replace("PORT", $"{server.Port}", StringComparison.Ordinal);
        using var place = new RenderPlace(helios, $"<!doctype html><body style='background:#0f0'><script>{script}</script>");
        await place.PlanAsync("--frames", "20");

        RunResult result = await place.Render("--offline");

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(server.Requests).IsEmpty();
        await Assert.That(datagrams.Available).IsEqualTo(0);
        if (script.Contains("WebSocket", StringComparison.Ordinal))
        {
            await Assert
                .That(RenderPlace.Said(result))
                .Contains($"helios: the page opens a WebSocket ({server.UrlOf("/socket", "ws")}), on which nothing comes ");
        }
    }

    /// <summary>What comes on it has no time of the video; that of a development server tells the page to load itself again.</summary>
    [Test]
    [Arguments("WebSocket", "const open = new WebSocket('WS/live', 'vite-hmr');", DisplayName = "a WebSocket")]
    [Arguments("WebSocket", "new Worker(URL.createObjectURL(new Blob([\"new WebSocket('WS/live').onclose = () => { throw 1; }\"])));",
        DisplayName = "a WebSocket of a worker")]
    [Arguments("EventSource", "const open = new EventSource('HTTP/live');", DisplayName = "an EventSource")]
    [Arguments("", "fetch('HTTP/live', { headers: { Accept: 'text/event-stream' } }).then(again, () => { });",
        DisplayName = "a stream of events by fetch")]
    [Arguments("WebTransport", "const open = new WebTransport('https://127.0.0.1:PORT/live'); open.closed.then(again, again);",
        DisplayName = "a WebTransport")]
    public async Task A_connection_that_stays_open_is_not_opened(string name, string script)
    {
        using var server = new WebServer();
        server.Add("/live", "data: again\n\n", "200 OK\r\nContent-Type: text/event-stream\r\nAccess-Control-Allow-Origin: *");
        script = script
            .Replace("HTTP", server.UrlOf(""), StringComparison.Ordinal)
            .Replace("WS", server.UrlOf("", "ws"), StringComparison.Ordinal)
            .Replace("PORT", $"{server.Port}", StringComparison.Ordinal);
        using var place = new RenderPlace(helios, $$"""
            <!doctype html><body><script>
            const again = () => location.reload();
            {{script}}
            if (typeof open === "object") for (const type of ["open", "message", "error", "close"]) open["on" + type] = again;
            </script>
            """);
        await place.PlanAsync("--frames", "40");

        RunResult result = await place.Render();

        await Assert
            .That(result.Succeeded().Stderr)
            .Contains(name.Length > 0 ? $"helios: the page opens a {name} (" : "live events are no part of a video");
        await Assert.That(server.Requests).IsEmpty();
    }

    [Test]
    public async Task A_socket_that_is_not_opened_behaves_as_one_that_is_being_opened()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><body><script>
            const expect = (what, value, wanted) => { if (value !== wanted) throw new Error(`${what}: ${value}`); };
            const socket = new WebSocket("/live?a=1");
            expect("address", socket.url, "wss://composition.helios/live?a=1");
            expect("state", socket.readyState, WebSocket.CONNECTING);
            expect("kind", `${socket instanceof WebSocket} ${socket}`, "true [object WebSocket]");
            try { socket.send("a"); } catch (error) { expect("send", error.name, "InvalidStateError"); }
            for (const wrong of ["http://[", "ftp://a/", "ws://a/#b"]) {
              let name = "none";
              try { new WebSocket(wrong); } catch (error) { name = error.name; }
              expect(wrong, name, "SyntaxError");
            }
            try { new WebSocket(); expect("no address", "nothing is thrown"); } catch (error) { expect("no address", error.name, "TypeError"); }
            const events = [];
            socket.onerror = () => events.push("error");
            socket.addEventListener("close", event => events.push(event.code));
            socket.close();
            expect("while it is closed", `${socket.readyState} ${events}`, "2 ");
            const source = new EventSource("live", { withCredentials: true });
            expect("source", `${source.url} ${source.readyState} ${source.withCredentials} ${source.onopen}`, "https://composition.helios/live 0 true null");
            source.close();
            expect("closed source", source.readyState, EventSource.CLOSED);
            setTimeout(() => expect("in the end", `${socket.readyState} ${events}`, "3 error,1006"), 100);
            </script>
            """);
        await place.PlanAsync("--frames", "10");

        (await place.Render()).Succeeded();
    }

    /// <summary>A counter must not decide whether a render succeeds.</summary>
    [Test]
    [Arguments("<script src='URL/x.js?id=1' onerror='document.body.style.background = `#0f0`'></script>", DisplayName = "a script")]
    [Arguments("<img src='URL/x.gif' onerror='document.body.style.background = `#0f0`'>", DisplayName = "a picture")]
    [Arguments("<link rel=stylesheet href='URL/x.css' onerror='document.body.style.background = `#0f0`'>", DisplayName = "a style sheet")]
    [Arguments("<style>@font-face { font-family: a; src: url(URL/x.woff2) } body { font-family: a; background: #0f0 }</style>text",
        DisplayName = "a font")]
    [Arguments("<script>fetch('URL/x').catch(() => { document.body.style.background = '#0f0'; });</script>", DisplayName = "a fetch")]
    public async Task What_is_blocked_is_not_asked_for(string body)
    {
        using var server = new WebServer();
        using var place = new RenderPlace(
            helios,
            "<!doctype html><body>" + body.Replace("URL", server.UrlOf("/counter"), StringComparison.Ordinal));
        await place.PlanAsync("--frames", "2", "--block", "https://other/*", "--block", server.UrlOf("/counter/*"));

        RunResult result = await place.Render("-q");

        await Assert.That(result.Succeeded().Stderr).DoesNotContain("counter"); // that the text is in another font is said
        await Assert.That(server.Requests).IsEmpty();
        await Assert.That(Video.DistanceAt(await Video.DecodeAsync(place.FileOf(0), 1), 160, 90, [0, 255, 0])).IsLessThan(6);
    }

    [Test]
    [Arguments("open('URL');", "--offline")]
    [Arguments("open('URL');", "")]
    [Arguments("const a = document.createElement('a'); a.href = 'URL'; a.target = '_blank'; document.body.append(a); a.click();",
        "--offline", DisplayName = "by a link")]
    public async Task A_page_that_opens_a_window_is_65(string script, string option)
    {
        using var server = new WebServer();
        using var place = new RenderPlace(
            helios,
            $"<!doctype html><body><script>{script.Replace("URL", server.UrlOf("/window"), StringComparison.Ordinal)}</script>");
        await place.PlanAsync("--frames", "5");

        RunResult result = await place.Render(option.Length > 0 ? [option] : []);

        await Assert
            .That(RenderPlace.Said(result))
            .Matches(
                $"^helios: the page opens a window \\({server.UrlOf("/window")}\\) \\(loading https://composition\\.helios/page\\.html\\); [^\n]+\n$"
            );
        await Assert.That(result.ExitCode).IsEqualTo(65);
        if (option.Length > 0) await Assert.That(server.Requests).IsEmpty();
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    /// <summary>What the browser refuses once it refuses every time.</summary>
    [Test]
    [Arguments("<meta http-equiv='Content-Security-Policy' content=\"img-src 'none'\"><img src='a.svg'>",
        @"https://composition\.helios/a\.svg \(Image\) and does not get it: csp", DisplayName = "what the page itself forbids")]
    [Arguments("<img src='file:///etc/hostname'>", @"file:///etc/hostname \(Image\) and does not get it: [^\n]+",
        DisplayName = "a file by its path")]
    [Arguments("<style>@font-face{font-family:a;src:url(HTTP/font.woff2)}p{font-family:a}</style><p>text",
        @"HTTP/font\.woff2 \(Font\) and does not get it: net::ERR_FAILED, MissingAllowOriginHeader", DisplayName = "another site's font")]
    [Arguments("<img src='HTTP/to-file'>", @"[^\n]+ \(Image\) and does not get it: [^\n]+", DisplayName = "a redirect to a file")]
    [Arguments("<img src='http://127.0.0.1:25/a.png'>",
        @"http://127\.0\.0\.1:25/a\.png \(Image\) and does not get it: net::ERR_UNSAFE_PORT",
        DisplayName = "a port that is no web server's")]
    public async Task A_page_that_needs_what_the_browser_blocks_is_65(string page, string message)
    {
        using var server = new WebServer();
        server.Add("/font.woff2", "no font");
        server.Add("/to-file", "", "302 Found\r\nLocation: file:///etc/hostname");
        using var place = new RenderPlace(helios, "<!doctype html>" + page.Replace("HTTP", server.UrlOf(""), StringComparison.Ordinal));
        place.Directory.Write("a.svg", Red);
        await place.PlanAsync("--frames", "5");

        RunResult result = await place.Render();

        await Assert
            .That(RenderPlace.Said(result))
            .Matches(
                $"^helios: the page needs {message.Replace("HTTP", server.UrlOf(""), StringComparison.Ordinal)} \\(loading https://composition\\.helios/page\\.html\\); [^\n]+\n$"
            );
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_request_that_never_ends_is_named_when_the_clock_waits_for_it()
    {
        using var server = new WebServer();
        using var place = new RenderPlace(helios, $"<!doctype html><body><script>fetch('{server.UrlOf("/never")}')</script>");
        await place.PlanAsync("--frames", "20");

        RunResult result = await place.Render("--timeout", Pace.Option(5), "--ready-timeout", Pace.Option(5));

        await Assert
            .That(RenderPlace.Said(result))
            .Matches(
                $"^helios: [^\n]* is not waited for: {server.UrlOf("/never")} [^\n]*\nhelios: no answer to [^\n]+ within {Pace.Option(5)} s: {server.UrlOf("/never")} is not answered \\(loading https://composition\\.helios/page\\.html\\); see why [^\n]+\n$"
            );
        await Assert.That(result.ExitCode).IsEqualTo(75);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments("404 Not Found", 65, "HTTP status 404")]
    [Arguments("503 Service Unavailable", 75, "HTTP status 503")]
    [Arguments("429 Too Many Requests", 75, "HTTP status 429")]
    [Arguments("408 Request Timeout", 75, "HTTP status 408")]
    [Arguments("204 No Content", 65, "its answer is no document")]
    [Arguments("200 OK\r\nContent-Disposition: attachment; filename=a.html", 65, "its answer is no document")]
    [Arguments("302 Found\r\nLocation: file:///etc/hostname", 65, "net::ERR_UNSAFE_REDIRECT")]
    public async Task A_main_document_that_is_not_served_is_named(string status, int exitCode, string reason)
    {
        using var server = new WebServer();
        server.Add("/a.html", "none", status);
        using var place = new RenderPlace(helios, "unused");
        (await place.Run("export-job", server.UrlOf("/a.html"), "--job", "job.json", "--job-id", "j", "--frames", "5", "-q")).Succeeded();

        RunResult result = await place.Render();

        await Assert.That(RenderPlace.Said(result)).Matches("^helios: [^\n]+\n$");
        await Assert.That(RenderPlace.Said(result)).Contains(server.UrlOf("/a.html"));
        await Assert.That(RenderPlace.Said(result)).Contains(reason);
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_server_that_is_not_there_is_75()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // and nobody listens
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        using var place = new RenderPlace(helios, "unused");
        (
            await place.Run("export-job", $"http://127.0.0.1:{port}/a.html", "--job", "job.json", "--job-id", "j", "--frames", "5", "-q")
        ).Succeeded();

        RunResult result = await place.Render();

        await Assert
            .That(RenderPlace.Said(result))
            .Matches($"^helios: [^\n]*http://127\\.0\\.0\\.1:{port}/a\\.html[^\n]*net::ERR_CONNECTION_REFUSED[^\n]*\n$");
        await Assert.That(result.ExitCode).IsEqualTo(75);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_page_of_a_server_has_equal_frames_in_chunks()
    {
        using var server = new WebServer();
        server.Add("/a.html", """
            <!doctype html><body style="margin:0;background:#234"><img src="box.svg" style="position:absolute;width:60px"><script src="step.js"></script>
            <style>img { animation: turn 1s linear infinite } @keyframes turn { to { transform: rotate(1turn) } }</style>
            """);
        server.Add("/box.svg", Red);
        server.Add(
            "/step.js",
            "let x = 0; const step = () => { x = (x * 1.1 + 3) % 260; document.querySelector('img').style.left = x + 'px'; requestAnimationFrame(step); }; requestAnimationFrame(step);"
        );
        using var place = new RenderPlace(helios, "unused");
        string[] plan =
        [
            "export-job",
            server.UrlOf("/a.html"),
            "--job", "job.json", "--job-id", "j", "--width", "320", "--height", "180", "--frames", "20", "--video-codec", "ffv1",
            "--output", "video.mkv", "-q",
        ];
        (await place.Run(plan)).Succeeded();
        (await place.Render()).Succeeded();
        IReadOnlyList<(long Time, string Digest)> unsplit = await Video.HashAsync(place.FileOf(0));
        (await place.Run([.. plan, "--shards", "2"])).Succeeded();

        await place.RenderAllAsync();

        IEnumerable<string> frames = (await Video.HashAsync(place.FileOf(0)))
            .Concat(await Video.HashAsync(place.FileOf(1)))
            .Select(frame => frame.Digest);
        await Assert.That(frames.SequenceEqual(unsplit.Select(frame => frame.Digest))).IsTrue();
        await Assert.That(unsplit.Select(frame => frame.Digest).Distinct().Count()).IsEqualTo(20);
    }
}
