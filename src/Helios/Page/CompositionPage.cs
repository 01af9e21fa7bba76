using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using Helios.Browser;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Page.Requests;
using Helios.Text;

namespace Helios.Page;

/// <summary>
/// The composition in a browser: opened with its clock stopped at 0, then shown frame by frame, and asked what it is.
/// </summary>
internal sealed class CompositionPage : IDisposable
{
    private const int CallTimeout = 15_000;
    private const string Sought = "sought"; // driver.js: a hook takes the page to its frames
    private const int FirstShown = 2; // displayed frames in which the very first picture of a video may come late
    private const int MostDisplays = 3; // of such a frame
    private const double Margin = 1; // ms; timers may be due a little before the time that the page has computed

    private readonly DevToolsSession _session;
    private readonly PageActivity _activity;
    private readonly RenderSettings _settings;
    private readonly VirtualClock _clock;
    private readonly CompositionServer _server;
    private readonly RequestQueue _requests;
    private readonly PageTraits _traits;
    private readonly PageLoadState _load;
    private readonly PageWorkers _workers;
    private readonly PageDriver _driver;
    private readonly PageSettler _settler;
    private readonly FrameStepper _stepper;
    private readonly PageTimes _times;
    private readonly PageReads _reads;
    private readonly PageRemarks _remarks;
    private readonly string _url;
    private long _frame; // of the video, whose time the page is at
    private int _shown; // displayed frames with videos since one that was not displayed
    private bool _isFree; // whether nothing observed the frame before
    private bool? _passed; // whether the last frame was displayed; null when it was captured or looked at
    private double? _trustedFrom; // time on the page's clock from which frames were jumped over on the page's or the user's word, ms

    private CompositionPage(
        DevToolsSession session, PageActivity activity, CompositionSource source, RenderOptions options, RenderSettings settings,
        MakeCapture makeCapture, string profile)
    {
        (_session, _activity, _settings, _url, _reads) = (session, activity, settings, source.Url, source.Reads);
        _reads.Responses.Restart();
        bool isHosted = options.Capture == CaptureMode.Paint;
        _remarks = new PageRemarks(options.HasStrictFonts, settings.Warn);
        _times = PageTimes.Of(options);
        _clock = new VirtualClock(session);
        _server = new CompositionServer(session, source.Root, settings.IsOffline, _reads)
        {
            Block = options.Block,
            HasHtmlInCanvas = source.HasHtmlInCanvas,
        };
        if (source.Root.Length > 0) _server.IsIsolated = CompositionSource.AsksForIsolation(_server.Locate(_url, out _));
        if (isHosted) _server.HostDocument = PageScripts.MakeHost(options, _url);
        _requests = new RequestQueue(session, _server, static () => (long)Stopwatch.GetElapsedTime(0).TotalMilliseconds);
        _ = new PageConsole(session, settings.Warn);
        _traits = new PageTraits(session, isHosted);
        var faults = new PageFaults(session, _server, isHosted, settings.Warn);
        var images = new PageImages(_server, _traits.NoteMovingImage);
        var requests = new PageRequests(session, activity.Requests, _requests, _reads.Responses, images, _traits, faults);
        _load = new PageLoadState(session, requests);
        _workers = new PageWorkers(session, time => PageScripts.MakeForWorker(options, source.HasHtmlInCanvas, time));
        _driver = new PageDriver(session, _clock, _load, _times.Interval, settings);
        var rest = new BrowserRest(session, settings.Warn);
        _settler = new PageSettler(session, _clock, _load, _requests, _workers, _driver, rest);
        _stepper = new FrameStepper(
            session, _clock, _load, _requests, _workers, _traits, _driver, _settler, rest, _reads.Responses, _times, settings.FrameTimeout);
        Capture = makeCapture(options, _driver, profile);
    }

    /// <summary>Its capture method.</summary>
    internal FrameCapture Capture { get; }

    /// <summary>The current activity, for messages.</summary>
    internal string Where => _activity.Where;

    /// <summary>Opens the composition and waits until all its content is loaded.</summary>
    /// <exception cref="HeliosException">65: the page is broken; 69: the browser cannot do it; 75: crash or time limit.</exception>
    internal static CompositionPage Open(Chromium browser, CompositionSource source, RenderOptions options, RenderSettings settings,
        MakeCapture makeCapture)
    {
        var activity = new PageActivity(source.Url);
        DevToolsSession session = PageTarget.Create(browser.OpenSession(activity), options);
        var page = new CompositionPage(session, activity, source, options, settings, makeCapture, browser.Profile);
        try
        {
            PageTarget.Prepare(session, options, settings.Browser, source.HasHtmlInCanvas);
            page._server.Enable(CallTimeout);
            page._workers.Enable(CallTimeout);
            if (page._server.IsIsolated) page._load.OpenEmpty(CallTimeout);
            page._clock.Start(CallTimeout);
            activity.Watch(session.Browser, page._workers);
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

    /// <summary>Advances through frame 0 of a page whose chunk begins later.</summary>
    internal void Begin()
    {
        GoTo(0, static () => { });
        Capture.Begin();
        _passed = true;
    }

    /// <summary>
    /// Whether frame 0 was drawn twice because the browser was not ready to draw. The first picture of a video takes several anyway.
    /// </summary>
    internal bool WasLate()
    {
        if (!Capture.WasLate) return false;
        _driver.Listen();
        return !_driver.HasVideo;
    }

    /// <summary>What observes frames, in words, as <see cref="FindNextFrame"/> found last; null when nothing does.</summary>
    internal string? Observer { get; private set; }

    /// <summary>
    /// The next frame that has to run: nothing in the page can observe whether those before it do. Called after each frame, because
    /// its scripts may have started to observe.
    /// </summary>
    /// <param name="frame">The frame after the one that the page shows.</param>
    /// <param name="end">The frame that runs in any case, not before <paramref name="frame"/>.</param>
    internal long FindNextFrame(long frame, long end)
    {
        string? said = _stepper.Rest(_stepper.Frame + 1, asksHorizon: true);
        if (said == Sought) return _settings.TrustsHooks ? TrustPage(end) : frame;
        bool isBusy = !_stepper.IsIdle || _traits.HasMovingImages || _traits.NeedsDisplay.Length > 0;
        bool wasFree = _isFree;
        _isFree = double.TryParse(said, NumberStyles.Float, CultureInfo.InvariantCulture, out double horizon) && !isBusy;
        Observer = _isFree ? null : !isBusy ? said
            : _traits.NeedsDisplay.Length > 0 ? _traits.NeedsDisplay : "an image that moves by itself, or work that is not finished";
        if (!_isFree || !wasFree) return frame; // what observed the last frame may have begun something for the next
        return Math.Clamp(_times.LastBefore(horizon - Margin) - 1, frame, end);
    }

    /// <summary>The next frame that has to run, for a page that is declared a function of time.</summary>
    /// <param name="end">The frame that runs in any case.</param>
    internal long TrustPage(long end)
    {
        _trustedFrom ??= _times.PageTimeOf(_stepper.Frame);
        return end;
    }

    /// <summary>Advances through a frame without capturing it.</summary>
    /// <param name="frame">Frame on the composition's timeline, after that of the last call.</param>
    /// <param name="isDisplayed">Whether it is drawn; otherwise only scripts, styles and layout run.</param>
    internal void Pass(long frame, bool isDisplayed)
    {
        GoTo(frame, () => PassOnce(isDisplayed));
        PassOnce(isDisplayed);
    }

    /// <summary>Whether <see cref="Look"/> may tell that frames do not change.</summary>
    internal bool CanLook => Capture.CanLook && !_driver.ShowsVideo;

    /// <summary>Displays a frame to detect whether it changes anything (<see cref="FrameCapture.CanLook"/>).</summary>
    /// <param name="frame">As in <see cref="Pass"/>.</param>
    internal bool Look(long frame)
    {
        bool hasChanged = false;
        void LookOnce()
        {
            do hasChanged |= Capture.Look();
            while (_stepper.NeedsRedraw());
        }

        GoTo(frame, LookOnce);
        LookOnce();
        return hasChanged || _driver.ShowsVideo; // whose new picture is no change of the page
    }

    /// <summary>Captures a frame; null when it equals the previous one.</summary>
    /// <param name="frame">As in <see cref="Pass"/>.</param>
    /// <param name="whileWaiting">As in <see cref="FrameCapture.Take"/>.</param>
    internal CapturedFrame? Take(long frame, Action? whileWaiting = null)
    {
        GoTo(frame, () => PassOnce(isDisplayed: true));
        ShowVideos();
        CapturedFrame? captured = null;
        void TakeOnce()
        {
            if (Capture.Take(whileWaiting) is not CapturedFrame again) return;
            captured?.Return();
            captured = again;
        }

        do TakeOnce();
        while (_stepper.NeedsRedraw());
        if (!_driver.PutForward()) return captured;
        _driver.Repeat(); // at once: what the frame has left to do belongs to the next
        TakeOnce();
        _driver.PutBack();
        return captured;
    }

    /// <summary>Media that the page plays and has played: files of the project by their path, others by their URL.</summary>
    /// <exception cref="HeliosException">65: a script started or stopped media after a jump, whose time is then not known.</exception>
    internal MediaClip[]? FindMedia()
    {
        if (_trustedFrom is double time && _driver.Evaluate(string.Create(CultureInfo.InvariantCulture,
            $"__helios_driver.playedSince({time:R})")) is { Length: > 0 } source)
        {
            throw new HeliosException(ExitCode.Invalid,
                $"the page starts or stops {ErrorText.Shorten(source)} by script after a jump over frames, so its time is not known",
                Where, "plan the job with --history replay");
        }

        List<MediaClip> clips = MediaDocument.Read(_driver.Evaluate("__helios_driver.media()"));
        return clips.Count == 0
            ? null
            : clips.ConvertAll(static clip => clip with { Source = CompositionServer.ReferenceOf(clip.Source) }).ToArray();
    }

    /// <summary>Notes from now on what <see cref="RunsFrames"/> and <see cref="StepsUntimed"/> tell.</summary>
    /// <returns>Whether a callback of requestAnimationFrame waits.</returns>
    internal bool WatchFrames() => _driver.Evaluate("__helios_driver.watchFrames()").Length > 0;

    /// <summary>Whether callbacks of requestAnimationFrame have run.</summary>
    internal bool RunsFrames() => _driver.Evaluate("__helios_driver.framesSeen()").Length > 0;

    /// <summary>Whether they have, and nothing has asked for the time.</summary>
    internal bool StepsUntimed() => _driver.Evaluate("__helios_driver.framesSeen()") == "untimed";

    /// <summary>Whether the page has asked for WebGL so far.</summary>
    internal bool UsesWebGl() => _driver.Evaluate("__helios_driver.webGl()").Length > 0 || _traits.UsesWebGl;

    /// <summary>Why the frame that the page shows cannot be captured in another mode than by screenshot; empty when it can.</summary>
    /// <param name="mode">Paint or canvas.</param>
    internal string FindRefusal(CaptureMode mode) => mode == CaptureMode.Canvas
        ? _driver.Evaluate("__helios_driver.soleRefusal().slice(1)")
        : _driver.Evaluate("(__helios_driver.refusal()||__helios_driver.frameRefusal()).slice(1)") is { Length: > 0 } reason
            ? reason
            : _traits.PaintRefusal;

    /// <summary>Says or refuses what <see cref="PageRemarks"/> finds now.</summary>
    internal void Check() => _remarks.Check(_driver.Evaluate, Where);

    /// <summary>The page's own declarations.</summary>
    internal PageDeclarations FindDeclarations()
    {
        _activity.LimitTo(new TimeLimit("--ready-timeout", _settings.ReadyTimeout));
        string refusal = CompositionServer.IsOfOtherSite(_url)
            ? "a composition on the net cannot be captured by paint"
            : _driver.Evaluate("__helios_driver.refusal().slice(1)") is { Length: > 0 } reason ? reason : _traits.PaintRefusal;
        return new PageDeclarations(_url, _driver.Evaluate("__helios_driver.declarations()"), refusal);
    }

    /// <summary>Why all frames before a chunk must be displayed; empty when that is not necessary.</summary>
    internal string NeedsDisplay() =>
        _traits.HasMovingImages
            ? "moving images"
            : _driver.Evaluate("__helios_driver.needsDisplay()") is { Length: > 0 } reason ? reason : _traits.NeedsDisplay;

    /// <summary>
    /// Advances the page to the time of a frame of the video. Where it follows the last one, the animation frames between run; after
    /// a jump nothing observes those.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="drawBetween">Draws an animation frame between.</param>
    private void GoTo(long frame, Action drawBetween)
    {
        _activity.BeginFrame(frame);
        long last = _times.At(frame);
        for (long between = _stepper.Frame + 1; frame == _frame + 1 && between < last; between++)
        {
            Step(between);
            drawBetween();
        }

        Step(last);
        _frame = frame;
    }

    /// <summary>
    /// Displays a frame with videos so that they have their pictures; it is to be drawn once more. The compositor gets the picture of a
    /// video only when it draws the video, and shows it the next time; one that comes before it has shown the last it does not get at all.
    /// So scripts run first, undisplayed, which may seek videos and uncover them. Whether a picture was missing, nothing tells.
    /// </summary>
    private void ShowVideos()
    {
        if (!Capture.CanLook || !_driver.HasVideo) return;
        do Capture.Pass(isDisplayed: false);
        while (_stepper.NeedsRedraw());
        _stepper.Repeat();
        if (_driver.ShowsVideo)
        {
            int displays = _shown < FirstShown ? MostDisplays : 1;
            for (int i = 0; i < displays; i++)
            {
                Capture.Pass(isDisplayed: true);
                _stepper.Redraw();
            }

            _shown++;
        }

        _driver.Repeat(VirtualClock.NextPoint);
    }

    /// <summary>Advances the page to the time of an animation frame.</summary>
    private void Step(long animationFrame)
    {
        _stepper.GoTo(animationFrame, _passed is bool isDisplayed ? () => Capture.Pass(isDisplayed) : null);
        _passed = null;
    }

    private void PassOnce(bool isDisplayed)
    {
        if (isDisplayed) ShowVideos();
        else _shown = 0;
        Capture.Pass(isDisplayed);
        _passed = isDisplayed;
    }

    /// <summary>
    /// The document arrives while the clock is stopped, and so exactly at time 0. Then it runs at that time until the load event,
    /// and until fonts and images are loaded.
    /// </summary>
    private void Load()
    {
        long start = Stopwatch.GetTimestamp();
        _activity.LimitTo(new TimeLimit("--ready-timeout", _settings.ReadyTimeout));
        _load.Navigate(Capture.DocumentOf(_url));
        bool isOpen = _session.Pump(() => _load.IsOpen || _load.NavigationError is not null, _settings.ReadyTimeout);
        CheckOpened();
        if (!isOpen) throw NotReady("its document");
        _workers.Start(0); // the clock, and with it the load event, waits for the script of a worker that has not begun
        if (!_driver.RunUntil(() => _load.IsLoaded, Remaining(start))) throw NotReady("its load event");
        CheckOpened();
        CheckProcess();
        if (_settler.Settle(0, 0, PageSettler.Loading, Remaining(start)) is { Length: > 0 } reason)
        {
            Check(); // perhaps that is why
            throw NotReady(reason);
        }

        _requests.Release();
        Capture.Open();
        _ = _settler.Settle(0, 0, PageSettler.Loading, Remaining(start));
        _reads.Responses.ReadBodies(_session);
        _activity.LimitTo(new TimeLimit("--timeout", _settings.FrameTimeout));
        _ = _driver.Evaluate("__helios_driver.media()");
        Check();
    }

    private void CheckOpened()
    {
        if (_load.NavigationError is not string error) return;
        if (error == "net::ERR_ABORTED")
        {
            throw new HeliosException(ExitCode.Invalid,
                "the page cannot be opened: its answer is no document that a browser shows, such as a download", _url,
                "give the URL of an HTML document");
        }

        throw PageFaults.IsPermanent(error)
            ? new HeliosException(ExitCode.Invalid, $"the page cannot be opened: {error}", _url, "give a URL that browsers open")
            : new HeliosException(ExitCode.Temporary, $"the page cannot be opened: {error}", _url, "check that it is reachable from here");
    }

    /// <summary>
    /// The clock of a process that the browser has changed to on the way has begun by itself, some time before. A local page changes
    /// before its clock starts; what a server says is known too late.
    /// </summary>
    private void CheckProcess()
    {
        if (!CompositionServer.IsOfOtherSite(_url) || _driver.Evaluate("__helios_facts.now()>1?'late':''").Length == 0) return;
        throw new HeliosException(ExitCode.Invalid,
            "the page's server has it opened in a process of its own (Cross-Origin-Opener-Policy), where its clock does not begin at 0",
            _url, "leave the header out, or render the page's files: a local page is isolated if it asks for it");
    }

    private int Remaining(long start) => Math.Max(0, _settings.ReadyTimeout - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds);

    private HeliosException NotReady(string reason) => new(ExitCode.Temporary,
        string.Create(CultureInfo.InvariantCulture,
            $"the page is not ready within {_settings.ReadyTimeout / 1000.0:0.###} s: it waits for {ErrorText.Shorten(reason)}"),
        _url, "fix what does not load, or raise --ready-timeout");
}
