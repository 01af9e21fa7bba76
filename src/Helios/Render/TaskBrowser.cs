using System;
using System.Threading;
using Helios.Browser;
using Helios.Capture;
using Helios.Jobs;
using Helios.Page;

namespace Helios.Render;

/// <summary>
/// The browser of a process, which serves one page after the other. Between two pages it is reset
/// (<see cref="BrowserReset"/>), so that a page finds nothing of another. That is done on another thread, while the video of the last page
/// is merged. Where that fails, or the next page needs other flags, a new one is started.
/// </summary>
/// <param name="isKept">Whether it may serve more than one page.</param>
/// <param name="canPaint">Whether it is started so that the next page can be captured by paint.</param>
internal sealed class TaskBrowser(bool isKept, bool canPaint = false) : IDisposable
{
    private Chromium? _browser;
    private BrowserOptions? _options;
    private string _key = ""; // the browser's path, and the digest of its fonts
    private bool _isReusable; // after the last page
    private Thread? _reset;
    private bool _isReset;

    /// <summary>A browser in which nothing was opened, or everything is closed and forgotten.</summary>
    /// <param name="options">The job's options.</param>
    /// <param name="hasHtmlInCanvas"><see cref="CompositionSource.HasHtmlInCanvas"/>, which needs a flag of capture by paint.</param>
    /// <param name="fonts">Absolute path of the job's fonts; null for none.</param>
    /// <param name="settings">Settings of the worker.</param>
    internal Chromium Open(RenderOptions options, bool hasHtmlInCanvas, string? fonts, RenderSettings settings)
    {
        bool needsFlags = canPaint || hasHtmlInCanvas || options.Capture == CaptureMode.Paint;
        bool isNative = options.Processor == ProcessorUse.Native;
        var start = new BrowserOptions(needsFlags, options.Scale, fonts, settings.IsOffline, isNative);
        string key = settings.Browser.Path + options.Fonts?.Digest;
        Wait();
        if (!_isReset || start != _options || key != _key || _browser is not { IsRunning: true })
        {
            Dispose();
            (_options, _key) = (start, key);
            _browser = Chromium.Start(settings.Browser, start, settings.Interrupts, settings.Warn);
        }

        _isReset = false;

        // after a page that was captured from its canvas or by paint, one row in a test once had other pixels: not until it is known why
        _isReusable = isKept && options.Capture == CaptureMode.Screenshot && !hasHtmlInCanvas;
        _browser.CheckVersionFor(options.Capture);
        return _browser;
    }

    /// <summary>Its page is no longer needed; ends the browser too, unless another page may follow.</summary>
    internal void Leave()
    {
        if (!_isReusable)
        {
            Dispose();
        }
        else if (_browser is Chromium browser && _reset is null && !_isReset)
        {
            _reset = new Thread(() => _isReset = browser.TryReset() && !FrameRing.IsLeft(browser.Profile)) { IsBackground = true };
            _reset.Start();
        }
    }

    public void Dispose()
    {
        Wait();
        _browser?.Dispose();
        (_browser, _isReset) = (null, false);
    }

    private void Wait()
    {
        _reset?.Join();
        _reset = null;
    }
}
