using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Helios.Browser;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Text;

namespace Helios.Page;

/// <summary>
/// The composition in a browser: opened with its clock standing at 0, then shown frame by frame. The order of the steps
/// is what makes frames exact (docs/clock.md).
/// </summary>
internal sealed class CompositionPage : IDisposable
{
    private const int CallTimeout = 15_000;
    private const string Loading = "null,0"; // no time to seek to yet

    private readonly DevToolsSession _session;
    private readonly RenderOptions _options;
    private readonly RenderSettings _settings;
    private readonly VirtualClock _clock;
    private readonly CompositionServer _server;
    private readonly PageWatch _watch;
    private readonly FrameTimes _times;
    private readonly PageReads _reads;
    private readonly string _url;
    private readonly RequestQueue _requests;
    private readonly PageWorkers _workers;
    private readonly PageRest _rest;
    private readonly FrameStage _stage;
    private long _frame;

    private CompositionPage(Chromium browser, CompositionSource source, RenderOptions options, RenderSettings settings, MakeCapture makeCapture)
    {
        _session = browser.Session;
        _options = options;
        _settings = settings;
        _url = source.Url;
        _clock = new VirtualClock(_session);
        _reads = source.Reads;
        _reads.Responses.Restart();
        _server = new CompositionServer(_session, source.Root, settings.IsOffline, _reads);
        _requests = new RequestQueue(_server, static () => (long)Stopwatch.GetElapsedTime(0).TotalMilliseconds);
        _watch = new PageWatch(_session, _server, _requests, _reads.Responses, options.Capture == RenderRules.Paint, settings.Warn);
        _workers = new PageWorkers(_session, time => PageScripts.MakeForWorker(options, time));
        _times = new FrameTimes(FrameRate.Parse(options.FrameRate));
        _stage = new FrameStage(_session, _clock, _times.Interval, settings);
        _rest = new PageRest(_session, _clock, _watch, _requests, _workers, _stage);
        _stage.RunUntil = _rest.RunUntil;
        Capture = makeCapture(options, _stage, browser.Profile);
        if (options.Capture == RenderRules.Paint) _server.HostDocument = PageScripts.MakeHost(options, _url);
    }

    /// <summary>The way its pixels are taken.</summary>
    internal FrameCapture Capture { get; }

    /// <summary>Called while a picture waits for the encoder; throws when that is in vain.</summary>
    internal Action WhileWaiting { set => _stage.WhileWaiting = value; }

    /// <summary>Opens the composition and waits until all it shows is there.</summary>
    /// <exception cref="HeliosException">65: the page is broken; 69: the browser cannot do it; 75: crash or time limit.</exception>
    internal static CompositionPage Open(Chromium browser, CompositionSource source, RenderOptions options, RenderSettings settings, MakeCapture makeCapture)
    {
        var page = new CompositionPage(browser, source, options, settings, makeCapture);
        try
        {
            page._session.Where = $"loading {source.Url}";
            page.Attach();
            page.Prepare();
            page._clock.Start(CallTimeout);
            page.Load();
            return page;
        }
        catch
        {
            page.Dispose();
            throw;
        }
    }

    public void Dispose() => Capture.Dispose();

    /// <summary>Goes through frame 0 of a page whose chunk begins later.</summary>
    internal void Begin()
    {
        GoTo(0);
        Capture.Begin();
    }

    /// <summary>Goes through a frame without taking its picture.</summary>
    /// <param name="frame">Frame on the composition's timeline, the one after that of the last call or a later one.</param>
    /// <param name="isDisplayed">Whether it is drawn, or scripts, styles and layout are enough.</param>
    internal void Pass(long frame, bool isDisplayed)
    {
        GoTo(frame);
        Capture.Pass(isDisplayed);
    }

    /// <summary>Goes through a frame, displayed, to see whether it changes anything (<see cref="FrameCapture.CanLook"/>).</summary>
    /// <param name="frame">As in <see cref="Pass"/>.</param>
    internal bool Look(long frame)
    {
        GoTo(frame);
        return Capture.Look();
    }

    /// <summary>Takes the picture of a frame; null when it is that of the frame before.</summary>
    /// <param name="frame">As in <see cref="Pass"/>.</param>
    internal CapturedFrame? Take(long frame)
    {
        GoTo(frame);
        return Capture.Take();
    }

    /// <summary>What the page plays and has played: files of the project by their path, others by their URL.</summary>
    internal MediaClip[]? FindMedia()
    {
        List<MediaClip> clips = MediaReader.Read(_stage.Evaluate("__helios_driver.media()"));
        return clips.Count == 0 ? null : clips.ConvertAll(static clip => clip with { Source = CompositionServer.ReferenceOf(clip.Source) }).ToArray();
    }

    /// <summary>Whether the page has asked for WebGL so far.</summary>
    internal bool UsesWebGl() => _stage.Evaluate("__helios_driver.webGl()").Length > 0 || _watch.UsesWebGl;

    /// <summary>What the page says of itself.</summary>
    internal PageFacts FindFacts()
    {
        _session.Limit = (_settings.ReadyTimeout, "--ready-timeout");
        string refusal = CompositionUrl.IsOnNet(_url) && !_url.StartsWith(CompositionServer.Origin, StringComparison.Ordinal)
            ? "a composition on the net cannot be captured by paint"
            : _stage.Evaluate("__helios_driver.refusal().slice(1)") is { Length: > 0 } reason ? reason : _watch.PaintRefusal;
        return new PageFacts(_url, _stage.Evaluate("__helios_driver.facts()"), refusal);
    }

    /// <summary>Why all frames before a chunk must be displayed; empty when they need not be.</summary>
    internal string NeedsDisplay() =>
        _watch.HasMovingImages ? "moving images" : _stage.Evaluate("__helios_driver.needsDisplay()") is { Length: > 0 } reason ? reason : _watch.NeedsDisplay;

    /// <summary>
    /// Takes the page to a frame's time. Before, what the last frame has asked for is answered at the time of that frame;
    /// after, all that is due at the new time happens, timers on the border included: drawing would overtake it.
    /// </summary>
    private void GoTo(long frame)
    {
        _session.Where = string.Create(CultureInfo.InvariantCulture, $"frame {frame} of {_url}");
        _stage.Listen();
        if (_requests.IsWaiting || !_watch.IsIdle) Finish();
        _frame = frame;
        _requests.Release();
        _clock.AdvanceTo(_times.ClockOf(frame), _settings.FrameTimeout);
        Finish();
    }

    private void Finish()
    {
        double time = _clock.IsAtStart ? 0 : _times.PageTimeOf(_frame);
        string reason = _rest.Finish(time, _frame, string.Create(CultureInfo.InvariantCulture, $"{_times.SecondsOf(_frame):R},{1000 / _times.Interval:R}"), _settings.FrameTimeout);
        if (reason.Length > 0) throw _session.TimedOut(reason, _settings.FrameTimeout);
        _reads.Responses.ReadBodies(_session);
    }

    private void Attach()
    {
        ReadOnlySpan<byte> targets = JsonFields.Find(_session.Call("Target.getTargets", null, CallTimeout), "targetInfos"u8);
        string? empty = targets.Length > 2 ? JsonFields.GetText(targets[1..], "targetId"u8) : null; // every browser starts with a page, which is a process
        string target = JsonFields.GetText(_session.Call("Target.createTarget", json =>
        {
            json.WriteString("url"u8, "about:blank"u8);
            json.WriteNumber("width"u8, _options.Width);
            json.WriteNumber("height"u8, _options.Height);
            json.WriteBoolean("enableBeginFrameControl"u8, true);
        }, CallTimeout), "targetId"u8)!;
        if (empty is not null) _ = _session.Call("Target.closeTarget", json => json.WriteString("targetId"u8, empty), CallTimeout);
        _session.Attach(JsonFields.GetText(_session.Call("Target.attachToTarget", json =>
        {
            json.WriteString("targetId"u8, target);
            json.WriteBoolean("flatten"u8, true);
        }, CallTimeout), "sessionId"u8)!);
        _session.OnEvent = OnEvent;
        _session.OnQuiet = _requests.OnQuiet;
        _session.FindSuspect = _watch.FindOpenRequest;
    }

    private void Prepare()
    {
        _ = _session.TryCall("HeadlessExperimental.enable", null, CallTimeout, out string? error);
        if (error is not null)
        {
            throw new HeliosException(ExitCode.Unavailable, "this browser cannot be told when to draw a frame: it lacks HeadlessExperimental.beginFrame",
                _settings.BrowserPath, BrowserFinder.Fix);
        }

        foreach (string domain in (ReadOnlySpan<string>)["Page", "Runtime", "Network", "Inspector"]) _ = _session.Call(domain + ".enable", null, CallTimeout);
        _ = _session.Call("Emulation.setDeviceMetricsOverride", json =>
        {
            json.WriteNumber("width"u8, _options.Width);
            json.WriteNumber("height"u8, _options.Height);
            json.WriteNumber("deviceScaleFactor"u8, 1);
            json.WriteBoolean("mobile"u8, false);
        }, CallTimeout);
        _ = _session.Call("Emulation.setTimezoneOverride", json => json.WriteString("timezoneId"u8, "UTC"u8), CallTimeout);
        _ = _session.Call("Emulation.setLocaleOverride", json => json.WriteString("locale"u8, "en-US"u8), CallTimeout);
        if (RenderRules.HasAlpha(_options.PixelFormat)) _ = _session.Call("Emulation.setDefaultBackgroundColorOverride", WriteTransparent, CallTimeout);
        string script = PageScripts.Make(_options);
        _ = _session.Call("Runtime.addBinding", json => json.WriteString("name"u8, PageScripts.Binding), CallTimeout);
        _ = _session.Call("Page.addScriptToEvaluateOnNewDocument", json => json.WriteString("source"u8, script), CallTimeout);
        _server.Enable(CallTimeout);
        _workers.Enable(CallTimeout);
    }

    private static void WriteTransparent(Utf8JsonWriter json)
    {
        json.WriteStartObject("color"u8);
        foreach (char channel in "rgba") json.WriteNumber(channel.ToString(), 0);
        json.WriteEndObject();
    }

    /// <summary>
    /// The document comes while all stands, and so at the very time 0; then it runs at that time until the load event, and
    /// until fonts and images are there.
    /// </summary>
    private void Load()
    {
        long start = Stopwatch.GetTimestamp();
        _session.Limit = (_settings.ReadyTimeout, "--ready-timeout");
        _session.Navigate(Capture.DocumentOf(_url));
        bool isOpen = _session.Pump(() => _watch.IsOpen || _session.NavigationError is not null, _settings.ReadyTimeout);
        CheckOpened();
        if (!isOpen) throw NotReady("its document");
        if (!_rest.RunUntil(() => _watch.IsLoaded, Rest(start))) throw NotReady("its load event");
        CheckOpened();
        if (_rest.Finish(0, _frame, Loading, Rest(start)) is { Length: > 0 } reason) throw NotReady(reason);
        _requests.Release();
        Capture.Open();
        _ = _rest.Finish(0, _frame, Loading, Rest(start));
        _reads.Responses.ReadBodies(_session);
        _session.Limit = (_settings.FrameTimeout, "--timeout");
        _ = _stage.Evaluate("__helios_driver.media()");
    }

    private void CheckOpened()
    {
        if (_session.NavigationError is not string error) return;
        if (error == "net::ERR_ABORTED")
            throw new HeliosException(ExitCode.Invalid, "the page cannot be opened: its answer is no document that a browser shows, such as a download", _url, "give the URL of an HTML document");
        throw PageWatch.IsRefusal(error)
            ? new HeliosException(ExitCode.Invalid, $"the page cannot be opened: {error}", _url, "give a URL that browsers open")
            : new HeliosException(ExitCode.Temporary, $"the page cannot be opened: {error}", _url, "check that it is reachable from here");
    }

    private int Rest(long start) => Math.Max(0, _settings.ReadyTimeout - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds);

    private HeliosException NotReady(string reason) => new(ExitCode.Temporary,
        string.Create(CultureInfo.InvariantCulture, $"the page is not ready within {_settings.ReadyTimeout / 1000.0:0.###} s: it waits for {ErrorText.Shorten(reason)}"),
        _url, "mend what does not load, or raise --ready-timeout");

    private void OnEvent(scoped DevToolsMessage message)
    {
        if (message.Method.SequenceEqual("Emulation.virtualTimeBudgetExpired"u8)) _clock.OnExpired();
        else if (message.Method.SequenceEqual("Fetch.requestPaused"u8)) _requests.OnRequest(Encoding.UTF8.GetString(message.Session), message.Body);
        else if (message.Method.SequenceEqual("Target.attachedToTarget"u8)) _workers.OnAttached(message.Body);
        else _watch.OnEvent(message.Method, message.Body, message.Session);
    }
}
