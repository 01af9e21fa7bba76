using System;
using Helios.Browser;
using Helios.Browser.Fonts;
using Helios.Capture;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Os.Files;
using Helios.Page;
using Helios.Page.Requests;

namespace Helios.Render;

/// <summary>A composition in a browser that is advanced to a frame, each time from the start.</summary>
/// <param name="spec">The job.</param>
/// <param name="source">The composition.</param>
/// <param name="settings">Settings of the worker.</param>
/// <param name="owner">The browser; null for one that ends with the page.</param>
internal sealed class PageSession(JobSpec spec, CompositionSource source, RenderSettings settings, TaskBrowser? owner = null)
    : IFrameWalk, IDisposable
{
    // undisplayed frames are not rastered; one displayed before the first captured frame corrects that
    internal const int DisplayedBefore = 2;
    private const int MostLate = 3; // times that a page is opened again

    private readonly History _history = settings.HistoryOf(spec.RenderOptions);
    private readonly TaskBrowser? _own = owner is null ? new TaskBrowser(isKept: false) : null;
    private CompositionPage? _page;
    private int _processId; // of the browser
    private Func<string?>? _findBuild;
    private int _timesLate;
    private long _jumpEnd = -1; // the first frame that always runs: a page that is opened again takes the same way

    /// <summary>What the page has read.</summary>
    internal PageReads Reads => source.Reads;

    internal CompositionPage Page => _page ?? throw new InvalidOperationException("not open");

    internal string BrowserVersion { get; private set; } = "";

    /// <summary>Frames before the one that the page was advanced to.</summary>
    internal ReceiptPreroll PrerollFrames { get; private set; } = new() { Jumped = 0, Replayed = 0, Displayed = 0 };

    /// <summary>Fonts of the system that the browser has opened for the page; null when unknown.</summary>
    private SealedFont[]? FindFonts() => _page is null ? null : SystemFonts.UsedBy(_processId);

    /// <summary>What has decided the pixels so far, for a receipt.</summary>
    /// <param name="usesWebGl">Whether the page has used WebGL.</param>
    internal Seal MakeSeal(bool usesWebGl) => Reads.ToSeal(_history.Name, ProcessorClass.Of(spec.RenderOptions.Processor)) with
    {
        BrowserBuild = _findBuild?.Invoke(),
        WebGl = usesWebGl ? ProcessorClass.OfWebGl : null,
        FontSet = SystemFonts.SetDigest(),
        Fonts = FindFonts(),
    };

    /// <summary>The page's current activity, for messages.</summary>
    internal string Where => _page?.Where ?? "";

    /// <summary>Opens it at frame 0, in a new browser or in one that was reset.</summary>
    internal void Open()
    {
        Dispose();
        Chromium browser = (owner ?? _own!).Open(spec.RenderOptions, source.HasHtmlInCanvas, FindFolder(), settings);
        (BrowserVersion, _processId, _findBuild) = (browser.Version, browser.ProcessId, browser.FindBuild);
        _page = CompositionPage.Open(browser, source, spec.RenderOptions, settings, CaptureChoice.Make);
    }

    /// <summary>
    /// Advances through the frames before one, from 0, because the page's content may depend on them; jumps over those that the job's
    /// history permits. Starts over with all of them displayed when the page needs that.
    /// </summary>
    /// <param name="frame">The frame, which is not shown yet.</param>
    /// <param name="isDisplayed">Whether they are known to need displaying.</param>
    /// <param name="takesLast">Whether the last of them is captured.</param>
    /// <returns>The previous frame, if it was to be captured.</returns>
    internal CapturedFrame? GoBefore(long frame, bool isDisplayed, Action<long, long> onPassed, bool takesLast = false)
    {
        if (_jumpEnd < 0) _jumpEnd = Math.Max(0, frame - DisplayedBefore);
        if (frame == 0) return null;
        isDisplayed |= settings.Preroll == Preroll.Displayed;
        CapturedFrame? last = Pass(frame, isDisplayed, onPassed, takesLast);
        if (isDisplayed || _history == History.Seek || Page.Capture.IsFreeOfHistory || frame <= DisplayedBefore + 1
            || Page.NeedsDisplay().Length == 0)
        {
            return last;
        }

        last?.Return();
        Open();
        return Pass(frame, isDisplayed: true, onPassed, takesLast);
    }

    /// <summary>Captures a frame of the page.</summary>
    /// <param name="frame">The one after that which the page shows, or 0.</param>
    /// <param name="whileWaiting">As of <see cref="FrameCapture.Take"/>.</param>
    internal CapturedFrame? Take(long frame, Action? whileWaiting = null)
    {
        CapturedFrame? taken = Page.Take(frame, whileWaiting);
        if (frame > 0 || !OpenIfLate()) return taken;
        taken?.Return();
        return Take(frame, whileWaiting);
    }

    /// <summary>
    /// Opens the page again where frame 0 was drawn twice: animations would begin with frame 1. Not for ever: a page may be so every time.
    /// </summary>
    private bool OpenIfLate()
    {
        if (_timesLate == MostLate || !Page.WasLate()) return false;
        _timesLate++;
        Open();
        return true;
    }

    public bool CanLook => Page.CanLook;

    public bool Look(long frame) => Page.Look(frame);

    public long CountBefore(long frame) => frame - PrerollFrames.Jumped;

    public void RestartBefore(long frame, Action onPassed)
    {
        Page.Capture.Finish();
        bool isDisplayed = Page.NeedsDisplay().Length > 0;
        Open();
        _ = GoBefore(frame, isDisplayed, (_, _) => onPassed());
    }

    public void Dispose()
    {
        _page?.Dispose();
        _page = null;
        owner?.Leave();
        _own?.Dispose();
    }

    /// <summary>The job's fonts on this machine, which must be those that were planned.</summary>
    /// <exception cref="HeliosException">65: they changed; 66: they are not there.</exception>
    private string? FindFolder()
    {
        if (spec.RenderOptions.Fonts is not FontFolder fonts) return null;
        string directory = JobPaths.Resolve(fonts.Directory, settings.Directory);
        string[] names = FontFiles.List(directory);
        if (names.Length == 0)
        {
            throw new HeliosException(ExitCode.NoInput, "the job's fonts are not there", directory,
                "copy the directory, or plan the job again");
        }

        if (settings.AllowsChanged || FontFiles.Digest(directory, names) == fonts.Digest) return directory;
        throw new HeliosException(ExitCode.Invalid, "the fonts changed since the job was planned", directory,
            "plan the job again, or render with what is there with --allow-changed");
    }

    /// <summary>Captures frame 0 even if it is not wanted: animations start with it, and one frame late without it.</summary>
    private CapturedFrame? Pass(long end, bool isDisplayed, Action<long, long> onPassed, bool takesLast)
    {
        PrerollFrames = new() { Jumped = 0, Replayed = 0, Displayed = 0 };
        if (takesLast && end == 1) return Take(0);
        do Page.Begin();
        while (OpenIfLate());
        CapturedFrame? last = null;
        for (long frame = 1; frame < end; frame++)
        {
            if (!isDisplayed && _history != History.Replay) frame = Jump(frame);
            bool isShown = isDisplayed || frame >= end - DisplayedBefore;
            if (takesLast && frame == end - 1) last = Page.Take(frame);
            else Page.Pass(frame, isShown);
            PrerollFrames = isShown
                ? PrerollFrames with { Displayed = PrerollFrames.Displayed + 1 }
                : PrerollFrames with { Replayed = PrerollFrames.Replayed + 1 };
            onPassed(frame, end - 1);
        }

        return last;
    }

    /// <summary>The frame to run next.</summary>
    /// <param name="frame">The one after that of the page.</param>
    private long Jump(long frame)
    {
        if (frame >= _jumpEnd) return frame;
        long next = _history == History.Seek ? Page.TrustPage(_jumpEnd) : Page.FindNextFrame(frame, _jumpEnd);
        PrerollFrames = PrerollFrames with { Jumped = PrerollFrames.Jumped + next - frame };
        return next;
    }
}
