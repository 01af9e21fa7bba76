using System.Collections.Generic;
using System.Globalization;

namespace Helios.Browser;

/// <summary>
/// The browser's command line. The first two groups decide exactness (docs/clock.md, docs/decisions/0008 and 0010); the others
/// switch off features that a render does not need.
/// </summary>
internal static class ChromiumFlags
{
    private static readonly string[] s_always =
    [
        // frames on request only, each finished before the browser answers
        "--deterministic-mode",
        "--enable-begin-frame-control",
        "--run-all-compositor-stages-before-draw",
        "--disable-partial-raster", // a partially rastered tile keeps remains of earlier frames in the rest of it
        "--enable-low-end-device-mode", // no separate layers for translate3d and the like (docs/decisions/0010); with less memory, but:
        "--disable-rgba-4444-textures",
        "--disable-blink-features=RemotePlaybackBackend",

        // the same pixels on every machine (with Portable, which --processor native leaves out)
        "--force-color-profile=srgb",
        "--font-render-hinting=none",
        "--disable-lcd-text",
        "--hide-scrollbars",
        "--lang=en-US",
        "--disable-gpu",
        "--enable-unsafe-swiftshader", // WebGL in software
        "--max-active-webgl-contexts=256", // the default is 16, and the next context would take the first one's content away

        // one process, and so one clock, for frames of other sites
        "--disable-site-isolation-trials",
        "--disable-features=IsolateOrigins,site-per-process,Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,PaintHolding,"
            + "LocalNetworkAccessChecks,AutoupgradeMixedContent",

        // a process less to start, a tenth of the start's processor time; there is hardly any network, and no page in that process
        "--enable-features=NetworkServiceInProcess2",

        // a page from a file may load from http servers and from this machine, although it appears to come by https
        "--allow-running-insecure-content",

        "--autoplay-policy=no-user-gesture-required",
        "--mute-audio",
        "--disable-background-networking",
        "--disable-breakpad",
        "--disable-client-side-phishing-detection",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-dev-shm-usage", // containers give /dev/shm 64 MB, and images of 16384 pixels need more
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

    /// <summary>Only instructions that every x64 processor has (docs/decisions/0008).</summary>
    private const string Portable = "--disable-skia-runtime-opts";

    /// <summary>
    /// Traffic that no interception sees (WebSocket, WebRTC, windows that a page opens, DNS
    /// look-ups) goes to a proxy that does not exist, on the discard port.
    /// </summary>
    private static readonly string[] s_offline =
    [
        "--proxy-server=127.0.0.1:9",
        "--proxy-bypass-list=<-loopback>", // servers of this machine count as network, too
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    ];

    /// <param name="profile">Directory for the profile.</param>
    /// <param name="isRoot">Chromium refuses to run its sandbox as root.</param>
    /// <param name="options">What else decides them.</param>
    internal static IReadOnlyList<string> Make(string profile, bool isRoot, BrowserOptions options)
    {
        List<string> flags = [.. s_always, "--user-data-dir=" + profile];
        // what DevTools overrides is drawn unscaled, and enlarged
        flags.Add("--force-device-scale-factor=" + options.Scale.ToString(CultureInfo.InvariantCulture));
        if (!options.IsNative) flags.Add(Portable);
        if (options.CanPaint) flags.AddRange(["--enable-blink-features=CanvasDrawElement", "--js-flags=--expose-gc"]);
        if (options.IsOffline) flags.AddRange(s_offline);
        if (isRoot) flags.Add("--no-sandbox");
        return flags;
    }
}
