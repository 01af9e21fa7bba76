using System;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading;
using Helios.Jobs;

namespace Helios.Render;

/// <summary>
/// The composition in a browser: opened with its clock standing at 0, then shown frame by frame. The order of the steps
/// is what makes frames exact (docs/rendering.md, "Time").
/// </summary>
internal sealed class CompositionPage : IDisposable
{
    private const int CallTimeout = 15_000;
    private const int MaxSeekBreaths = 40; // the clock stays within its point of the grid
    private const int MaxRequestRounds = 5; // an answer may lead to another request
    private const int BreathsAfterAnswer = 3; // headers, body, what is made of it
    private const int QuickBreaths = 12; // most pages are there after 2 to 11
    private const int MaxBreaths = 80; // each moves the clock by 1 μs, and 100 would be the next point of the grid

    private readonly DevToolsSession _session;
    private readonly RenderOptions _options;
    private readonly RenderSettings _settings;
    private readonly VirtualClock _clock;
    private readonly CompositionServer _server;
    private readonly PageWatch _watch;
    private readonly FrameTimes _times;
    private readonly FrameStage _stage;
    private readonly string _url;
    private int _breaths;
    private bool _hasHooks;
    private long _handledRequests;

    private CompositionPage(Chromium browser, CompositionSource source, RenderOptions options, RenderSettings settings)
    {
        _session = browser.Session;
        _options = options;
        _settings = settings;
        _url = source.Url;
        _clock = new VirtualClock(_session);
        _server = new CompositionServer(_session, source.Root, settings.IsOffline);
        _watch = new PageWatch(_session, _server, options.Capture == RenderRules.Paint, settings.Warn);
        _times = new FrameTimes(FrameRate.TryParse(options.FrameRate, out FrameRate rate) ? rate : throw new ArgumentException("not a frame rate", nameof(options)));
        _stage = new FrameStage(_session, _clock, _times.Interval, settings);
        Capture = FrameCapture.Make(options, _stage, browser.Profile);
        if (options.Capture == RenderRules.Paint) _server.HostDocument = PageScripts.MakeHost(options, _url);
    }

    /// <summary>The way its pixels are taken.</summary>
    internal FrameCapture Capture { get; }

    /// <summary>Called while a picture waits for the encoder; throws when that is in vain.</summary>
    internal Action WhileWaiting { set => _stage.WhileWaiting = value; }

    /// <summary>Opens the composition and waits until all it shows is there.</summary>
    /// <exception cref="HeliosException">65: the page is broken; 69: the browser cannot do it; 75: crash or time limit.</exception>
    internal static CompositionPage Open(Chromium browser, CompositionSource source, RenderOptions options, RenderSettings settings)
    {
        var page = new CompositionPage(browser, source, options, settings);
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

    /// <summary>Takes the picture of a frame; null when it is that of the frame before.</summary>
    /// <param name="frame">As in <see cref="Pass"/>.</param>
    internal Picture? Take(long frame)
    {
        GoTo(frame);
        return Capture.Take();
    }

    /// <summary>Why all frames before a chunk must be displayed; empty when they need not be.</summary>
    internal string NeedsDisplay() => _watch.HasMovingImages ? "moving images" : _stage.Evaluate("__helios_driver.needsDisplay()");

    /// <summary>
    /// Requests that a frame's scripts made are answered, and the answers handled, before it is shown: on the border of
    /// two frames it would else depend on the machine to which of them an answer belongs.
    /// </summary>
    private void FinishRequests()
    {
        for (int round = 0; round < MaxRequestRounds && _watch.RequestCount != _handledRequests; round++)
        {
            _handledRequests = _watch.RequestCount;
            if (!_session.Pump(() => _watch.IsIdle, _settings.FrameTimeout)) _watch.StopWaiting();
            for (int breath = 0; breath < BreathsAfterAnswer; breath++) _clock.Breathe(_settings.FrameTimeout);
        }
    }

    private void GoTo(long frame)
    {
        _session.Where = string.Create(CultureInfo.InvariantCulture, $"frame {frame} of {_url}");
        _clock.AdvanceTo(_times.TicksOf(frame), !_watch.IsStreaming, _settings.FrameTimeout);
        FinishRequests();
        if (_hasHooks) Seek(frame);
    }

    /// <summary>Takes the page's own timelines and its videos to a frame and waits until they are there.</summary>
    private void Seek(long frame)
    {
        long start = Stopwatch.GetTimestamp();
        string reason = _stage.Evaluate(string.Create(CultureInfo.InvariantCulture, $"__helios_driver.seek({frame},{_times.SecondsOf(frame):R},{1000 / _times.Interval:R})"));
        for (int attempt = 0; reason.Length > 0; attempt++)
        {
            int rest = _settings.FrameTimeout - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (rest <= 0) throw _session.TimedOut(reason, _settings.FrameTimeout);
            if (attempt < MaxSeekBreaths) _clock.Breathe(rest);
            else _ = _session.Pump(static () => false, Math.Min(rest, 5));
            reason = _stage.Evaluate("__helios_driver.settled()");
        }
    }

    private void Attach()
    {
        string target = JsonFields.GetText(_session.Call("Target.createTarget", json =>
        {
            json.WriteString("url"u8, "about:blank"u8);
            json.WriteNumber("width"u8, _options.Width);
            json.WriteNumber("height"u8, _options.Height);
            json.WriteBoolean("enableBeginFrameControl"u8, true);
        }, CallTimeout), "targetId"u8)!;
        _session.Target = JsonFields.GetText(_session.Call("Target.attachToTarget", json =>
        {
            json.WriteString("targetId"u8, target);
            json.WriteBoolean("flatten"u8, true);
        }, CallTimeout), "sessionId"u8);
        _session.OnEvent = OnEvent;
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
        if (EncoderArgs.HasAlpha(_options.PixelFormat)) _ = _session.Call("Emulation.setDefaultBackgroundColorOverride", WriteTransparent, CallTimeout);
        string script = PageScripts.Make(_options);
        _ = _session.Call("Page.addScriptToEvaluateOnNewDocument", json => json.WriteString("source"u8, script), CallTimeout);
        if (_url.StartsWith(CompositionServer.Origin, StringComparison.Ordinal)) _server.Enable(CallTimeout);
    }

    private static void WriteTransparent(Utf8JsonWriter json)
    {
        json.WriteStartObject("color"u8);
        foreach (char channel in "rgba") json.WriteNumber(channel.ToString(), 0);
        json.WriteEndObject();
    }

    /// <summary>Nothing loads while the clock stands, so it breathes until the load event, then until fonts and images are there.</summary>
    private void Load()
    {
        long start = Stopwatch.GetTimestamp();
        _session.Limit = (_settings.ReadyTimeout, "--ready-timeout");
        _session.Navigate(Capture.DocumentOf(_url));
        while (!_watch.IsLoaded) Breathe(start, "its load event");
        if (_session.NavigationError is string error)
            throw new HeliosException(ExitCode.Temporary, $"the page cannot be opened: {error}", _url, "check that it is reachable from here");
        while (_stage.Evaluate("__helios_driver.ready()") is { Length: > 0 } reason) Breathe(start, reason);
        Capture.Open();
        _clock.EndLoading();
        _session.Limit = (_settings.FrameTimeout, "--timeout");
        _handledRequests = _watch.RequestCount;
        _hasHooks = _stage.Evaluate("__helios_driver.hooks()").Length > 0;
    }

    private void Breathe(long start, string waitsFor)
    {
        int rest = _settings.ReadyTimeout - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (rest <= 0 || _breaths == MaxBreaths)
        {
            throw new HeliosException(ExitCode.Temporary,
                string.Create(CultureInfo.InvariantCulture, $"the page is not ready within {_settings.ReadyTimeout / 1000.0:0.###} s: it waits for {waitsFor}"),
                _url, "mend what does not load, or raise --ready-timeout");
        }

        _clock.Breathe(rest);
        int patient = _breaths++ - QuickBreaths;
        if (patient < 0) return;

        // pauses grow so that all breaths together fill the time
        double pause = 2 * Math.Pow(1.13, patient) * Math.Max(1, _settings.ReadyTimeout / 60_000.0);
        _ = _session.Pump(static () => false, (int)Math.Min(pause, rest));
    }

    private void OnEvent(scoped DevToolsMessage message)
    {
        if (message.Method.SequenceEqual("Emulation.virtualTimeBudgetExpired"u8)) _clock.OnExpired();
        else if (message.Method.SequenceEqual("Fetch.requestPaused"u8)) _server.OnRequest(message.Body);
        else _watch.OnEvent(message.Method, message.Body);
    }
}
