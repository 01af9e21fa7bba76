using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Helios.Browser;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Page;
using Helios.Page.Requests;

namespace Helios.Capture;

/// <summary>
/// Raw pixels, drawn by a worker of the page into a file that helios reads (<see cref="FrameRing"/>): either of the whole page
/// ("paint": the page is inside a canvas element of a host document, whose paint record is drawn) or of its canvas element
/// ("canvas"). Lossless: nothing is encoded or decoded on the way. While one frame is drawn, the page proceeds to the next. Every
/// frame is captured completely, so no earlier one needs to have been displayed.
/// </summary>
internal sealed class PixelCapture(RenderOptions options, PageDriver driver, string profile) : FrameCapture
{
    private const int PollInterval = 2; // ms

    private readonly bool _isPaint = options.Capture == CaptureMode.Paint;
    private FrameRing? _ring;
    private PixelConverter? _converter; // for the encoder's thread
    private GraphicsProcess? _graphics;
    private uint _sequence; // of the frame requested last, in _lastSlot
    private int _lastSlot;
    private string _box = ""; // of the frame in the page: width,height,left,top
    private int _width;
    private int _height;

    internal override bool IsFreeOfHistory => true;

    internal override FrameFormat Format => new((IsPlanar ? PixelFormat.Yuv420p : PixelFormat.Bgra).Name, _width, _height);

    private bool IsPlanar => options.PixelFormat == PixelFormat.Yuv420p && _width == options.PixelWidth && _height == options.PixelHeight;

    internal override string DocumentOf(string composition) => _isPaint ? CompositionServer.HostUrl : composition;

    internal override void Open()
    {
        if (_isPaint && driver.Evaluate("String(__helios_pixels.canPaint)") != "true")
        {
            throw new HeliosException(ExitCode.Unavailable, "this browser cannot capture by paint: it lacks captureElementImage",
                driver.Settings.Browser.Where, "install chromium-headless-shell 153 or later, or " + PageScripts.OtherCapture);
        }

        _graphics = new GraphicsProcess(driver.Session.Browser);
        string selector = PageScripts.Quote(options.Mode == RenderMode.Dom ? "" : options.Selector ?? "canvas");
        string[] box = _isPaint && options.Mode == RenderMode.Dom
            ? [Number(options.PixelWidth), Number(options.PixelHeight), "0", "0"]
            : driver.Evaluate(_isPaint
                ? $"__helios_driver.canvasBox({selector})"
                : $"__helios_pixels.openCanvas({selector},{FrameRing.HeaderSize},{FrameRing.Slots})").Split(':');
        _box = string.Join(',', box);
        _width = int.Parse(box[0], CultureInfo.InvariantCulture);
        _height = int.Parse(box[1], CultureInfo.InvariantCulture);
        _ring = _isPaint ? WaitForRing(options.PixelWidth, options.PixelHeight) : WaitForRing(_width, _height);
        _converter = new PixelConverter(_ring, _width, _height, IsPlanar, isOpaque: !options.PixelFormat.HasAlpha);
    }

    internal override void Begin() => Pass(isDisplayed: false);

    /// <summary>Never displayed: nothing depends on it, and a canvas element that a worker draws to would block it.</summary>
    internal override void Pass(bool isDisplayed) => _ = driver.Draw(DrawMode.Undisplayed);

    internal override CapturedFrame? Take(Action? whileWaiting)
    {
        _ = driver.Draw(DrawMode.Undisplayed);
        WaitFor(() => _ring!.HasFree, whileWaiting);
        int slot = _ring!.Rent();
        string taken = driver.Evaluate(string.Create(CultureInfo.InvariantCulture, $"__helios_pixels.take({_sequence + 1},{slot},{_box})"));
        if (taken.Length > 0)
        {
            _lastSlot = slot;
            return new RawFrame(_converter!, slot, ++_sequence,
                uint.Parse(taken, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        }

        _ring.Return(slot);
        return null;
    }

    internal override void Finish(Action? whileWaiting = null)
    {
        WaitFor(() => _ring!.IsIdle, whileWaiting);
        _graphics!.Check();
    }

    public override void Dispose()
    {
        _ring?.Dispose();
        base.Dispose();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private FrameRing WaitForRing(int width, int height)
    {
        FrameRing? ring = null;
        try
        {
            bool TryOpen() => (ring = FrameRing.TryOpen(profile, width, height)) is not null;
            if (driver.RunUntil(TryOpen, driver.Settings.ReadyTimeout, PollInterval)) return ring!;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HeliosException(ExitCode.IoError, "the pixels of the page cannot be read: " + ErrorText.Reason(error), profile,
                "set TMPDIR to a local disk", error);
        }

        ThrowIfWorkerFailed();
        throw driver.Session.TimedOut("the page's file for pixels", driver.Settings.ReadyTimeout);
    }

    /// <summary>Waits until the encoder has taken frames, and still notices errors of the page.</summary>
    private void WaitFor(Func<bool> isDone, Action? whileWaiting)
    {
        long start = Stopwatch.GetTimestamp();
        while (!isDone() && !driver.Session.Pump(isDone, PollInterval))
        {
            whileWaiting?.Invoke();
            if (_ring!.IsWritten(_lastSlot, _sequence)) start = Stopwatch.GetTimestamp(); // the page has done its part
            if (Stopwatch.GetElapsedTime(start).TotalMilliseconds < driver.Settings.FrameTimeout) continue;
            _ = driver.RunUntil(static () => false, PollInterval, PollInterval); // the page runs, so that an error of its worker arrives
            ThrowIfWorkerFailed();
            throw driver.Session.TimedOut("drawing the frame", driver.Settings.FrameTimeout);
        }
    }

    private void ThrowIfWorkerFailed()
    {
        string failure = driver.Evaluate("__helios_pixels.failure()");
        if (failure.Length > 0)
        {
            throw new HeliosException(ExitCode.Temporary, $"the page's pixels cannot be taken: {failure}", driver.Session.Where,
                failure.Contains("no room", StringComparison.Ordinal) // of pixels.js; selects the advice only
                    ? "make room in the temporary directory (TMPDIR), then run it again"
                    : "run it again; if it happens again, " + PageScripts.OtherCapture);
        }
    }
}
