using System;
using System.Diagnostics;
using System.Text.Json;
using Helios.Browser;
using Helios.Errors;
using Helios.Jobs;
using Helios.Text;

namespace Helios.Page;

/// <summary>Makes an empty page of the job's size that draws only on request and behaves the same on every machine.</summary>
internal static class PageTarget
{
    // of headless Chromium, CSS pixels: the page's layout must not depend on the scale
    private const int ScreenWidth = 800, ScreenHeight = 600;

    private const int CallTimeout = 15_000;
    private const int PollInterval = 2; // ms

    /// <summary>Makes the page and attaches to it.</summary>
    /// <param name="browser">The browser itself.</param>
    /// <param name="options">The job's options.</param>
    /// <returns>Session of the page.</returns>
    internal static DevToolsSession Create(DevToolsSession browser, RenderOptions options)
    {
        ReadOnlySpan<byte> targets = JsonFields.Find(browser.Call("Target.getTargets", null, CallTimeout), "targetInfos"u8);
        // of a browser that was taken back to its start, or that makes one unasked; it is a process
        string? empty = targets.Length > 2 ? JsonFields.GetText(targets[1..], "targetId"u8) : null;
        string target = JsonFields.GetText(browser.Call("Target.createTarget", json =>
        {
            json.WriteString("url"u8, "about:blank"u8);
            json.WriteNumber("width"u8, options.Width);
            json.WriteNumber("height"u8, options.Height);
            json.WriteBoolean("enableBeginFrameControl"u8, true);
        }, CallTimeout), "targetId"u8)!;
        if (empty is not null) _ = browser.Call("Target.closeTarget", json => json.WriteString("targetId"u8, empty), CallTimeout);
        return browser.For(JsonFields.GetText(browser.Call("Target.attachToTarget", json =>
        {
            json.WriteString("targetId"u8, target);
            json.WriteBoolean("flatten"u8, true);
        }, CallTimeout), "sessionId"u8)!);
    }

    /// <summary>Prepares it for a composition: events, size, time zone and language, and helios' scripts.</summary>
    /// <param name="page">The page.</param>
    /// <param name="options">The job's options.</param>
    /// <param name="program">The browser, for the message.</param>
    /// <param name="hasHtmlInCanvas"><see cref="CompositionSource.HasHtmlInCanvas"/>.</param>
    /// <exception cref="HeliosException">69: the browser cannot do it.</exception>
    internal static void Prepare(DevToolsSession page, RenderOptions options, BrowserProgram program, bool hasHtmlInCanvas)
    {
        _ = page.TryCall("HeadlessExperimental.enable", null, CallTimeout, out string? refusal);
        if (refusal is not null)
        {
            throw new HeliosException(ExitCode.Unavailable,
                "this browser cannot be told when to draw a frame: it lacks HeadlessExperimental.beginFrame",
                program.Where, BrowserFinder.Fix);
        }

        // The browser moves its mouse to the corner of a new view, and gives the view the focus, some time while the page loads: elements
        // there would be hovered, and the page laid out early by chance.
        _ = page.Call("Input.setIgnoreInputEvents", static json => json.WriteBoolean("ignore"u8, true), CallTimeout);
        _ = page.Call("Emulation.setFocusEmulationEnabled", static json => json.WriteBoolean("enabled"u8, true), CallTimeout);
        foreach (string domain in (ReadOnlySpan<string>)["Page", "Runtime", "Network", "Inspector"])
            _ = page.Call(domain + ".enable", null, CallTimeout);
        _ = page.Call("Emulation.setDeviceMetricsOverride", json =>
        {
            json.WriteNumber("width"u8, options.Width);
            json.WriteNumber("height"u8, options.Height);
            json.WriteNumber("deviceScaleFactor"u8, options.Scale);
            json.WriteBoolean("mobile"u8, false);
            if (options.Scale == 1) return;
            json.WriteNumber("screenWidth"u8, ScreenWidth); // would be divided by the scale
            json.WriteNumber("screenHeight"u8, ScreenHeight);
        }, CallTimeout);
        _ = page.Call("Emulation.setTimezoneOverride", json => json.WriteString("timezoneId"u8, "UTC"u8), CallTimeout);
        _ = page.Call("Emulation.setLocaleOverride", json => json.WriteString("locale"u8, "en-US"u8), CallTimeout);
        if (options.PixelFormat.HasAlpha) _ = page.Call("Emulation.setDefaultBackgroundColorOverride", WriteTransparent, CallTimeout);
        WaitForGraphics(page);
        string script = PageScripts.Make(options, hasHtmlInCanvas);
        _ = page.Call("Runtime.addBinding", json => json.WriteString("name"u8, PageScripts.Binding), CallTimeout);
        _ = page.Call("Page.addScriptToEvaluateOnNewDocument", json => json.WriteString("source"u8, script), CallTimeout);
    }

    /// <summary>
    /// Draws the empty page until there is a picture of it. The browser answers beginFrame even if the process that draws has not started
    /// yet: frame 0 would be drawn twice then, and animations would begin with frame 1.
    /// </summary>
    private static void WaitForGraphics(DevToolsSession page)
    {
        long start = Stopwatch.GetTimestamp();
        while (JsonFields.Find(page.Call("HeadlessExperimental.beginFrame", WriteScreenshot, CallTimeout), "screenshotData"u8).IsEmpty)
        {
            if (Stopwatch.GetElapsedTime(start).TotalMilliseconds > CallTimeout) throw page.TimedOut("the first picture", CallTimeout);
            _ = page.Pump(static () => false, PollInterval);
        }
    }

    private static void WriteScreenshot(Utf8JsonWriter json)
    {
        json.WriteStartObject("screenshot"u8);
        json.WriteString("format"u8, "jpeg"u8); // the fastest to encode
        json.WriteEndObject();
    }

    private static void WriteTransparent(Utf8JsonWriter json)
    {
        json.WriteStartObject("color"u8);
        foreach (char channel in "rgba") json.WriteNumber(channel.ToString(), 0);
        json.WriteEndObject();
    }
}
