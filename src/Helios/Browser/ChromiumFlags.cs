using System.Collections.Generic;
using Helios.Jobs;

namespace Helios.Browser;

/// <summary>
/// The browser's command line. The first two groups decide exactness (docs/clock.md, docs/decisions/0008 and 0010); the others
/// switch off what a render has no use for.
/// </summary>
internal static class ChromiumFlags
{
    private static readonly string[] s_always =
    [
        // frames only when asked for, and each of them finished before it is answered
        "--deterministic-mode",
        "--enable-begin-frame-control",
        "--run-all-compositor-stages-before-draw",
        "--disable-partial-raster", // a tile that is rastered in part keeps what earlier frames left in the rest of it
        "--enable-low-end-device-mode", // no layer of its own for translate3d and the like (docs/decisions/0010); with less memory, but:
        "--disable-rgba-4444-textures",
        "--disable-blink-features=RemotePlaybackBackend",

        // the same picture on every machine
        "--disable-skia-runtime-opts", // only instructions that every x64 processor has (docs/decisions/0008)
        "--force-device-scale-factor=1",
        "--force-color-profile=srgb",
        "--font-render-hinting=none",
        "--disable-lcd-text",
        "--hide-scrollbars",
        "--lang=en-US",
        "--disable-gpu",
        "--enable-unsafe-swiftshader", // WebGL in software
        "--max-active-webgl-contexts=256", // of 16 the next one would take the first one's picture away

        // one process and so one clock for frames of other sites
        "--disable-site-isolation-trials",
        "--disable-features=IsolateOrigins,site-per-process,Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,PaintHolding,"
            + "LocalNetworkAccessChecks,AutoupgradeMixedContent",

        // a page from a file may load from http servers and from this machine, though it seems to come by https
        "--allow-running-insecure-content",

        "--autoplay-policy=no-user-gesture-required",
        "--mute-audio",
        "--disable-background-networking",
        "--disable-breakpad",
        "--disable-client-side-phishing-detection",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-dev-shm-usage", // containers give /dev/shm 64 MB, and pictures of 16384 pixels need more
        "--disable-domain-reliability",
        "--disable-extensions",
        "--disable-hang-monitor",
        "--disable-popup-blocking",
        "--disable-prompt-on-repost",
        "--disable-renderer-backgrounding",
        "--disable-background-timer-throttling",
        "--disable-backgrounding-occluded-windows",
        "--disable-sync",
        "--metrics-recording-only",
        "--no-default-browser-check",
        "--no-first-run",
        "--no-pings",
        "--password-store=basic",
        "--use-mock-keychain",
        "--remote-debugging-pipe",
    ];

    /// <summary>
    /// What no interception sees (WebSocket, WebRTC, windows that a page opens, look-ups of names) goes to a proxy that is
    /// not there, on the port where what comes is thrown away.
    /// </summary>
    private static readonly string[] s_offline =
    [
        "--proxy-server=127.0.0.1:9",
        "--proxy-bypass-list=<-loopback>", // this machine's servers are the net too
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    ];

    /// <param name="profile">Directory for the profile.</param>
    /// <param name="isRoot">Chromium refuses to run its sandbox as root.</param>
    /// <param name="capture">The way pixels are taken.</param>
    /// <param name="isOffline">Whether the net is forbidden.</param>
    internal static IReadOnlyList<string> Make(string profile, bool isRoot, CaptureMode capture, bool isOffline = false)
    {
        List<string> flags = [.. s_always, "--user-data-dir=" + profile];
        if (capture == CaptureMode.Paint) flags.AddRange(["--enable-blink-features=CanvasDrawElement", "--js-flags=--expose-gc"]);
        if (isOffline) flags.AddRange(s_offline);
        if (isRoot) flags.Add("--no-sandbox");
        flags.Add("about:blank");
        return flags;
    }
}
