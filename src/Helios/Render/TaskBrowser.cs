using System;
using System.Threading;
using Helios.Browser;
using Helios.Capture;
using Helios.Jobs;
using Helios.Page;

namespace Helios.Render;

/// <summary>
/// The browser of a process, which serves one page after the other. Between two pages it is taken back to its start
/// (<see cref="BrowserReset"/>), so that a page finds nothing of another: on a thread of its own, while the video of the last page is
/// merged. Where that fails, or the next page needs other flags, a new one is started.
/// </summary>
/// <param name="isKept">Whether it may serve more than one page.</param>
internal sealed class TaskBrowser(bool isKept) : IDisposable
{
    private Chromium? _browser;
    private Start _start;
    private Thread? _reset;
    private bool _isReset;

    /// <summary>What a browser is started with.</summary>
    private readonly record struct Start(
        CaptureMode Capture, decimal Scale, string Path, FontFolder? Fonts, string? Folder, bool IsOffline);

    /// <summary>A browser in which nothing was opened, or everything is closed and forgotten.</summary>
    /// <param name="options">The job's options.</param>
    /// <param name="fonts">Absolute path of the job's fonts; null for none.</param>
    /// <param name="settings">Settings of the worker.</param>
    internal Chromium Open(RenderOptions options, string? fonts, RenderSettings settings)
    {
        var start = new Start(
            options.Capture, options.Scale, settings.Browser.Path, options.Fonts, fonts, settings.IsOffline);
        Wait();
        if (_isReset && start == _start && _browser is { IsRunning: true })
        {
            _isReset = false;
            return _browser;
        }

        Dispose();
        _start = start;
        return _browser = Chromium.Start(options, settings.Browser, fonts, settings.IsOffline, settings.Interrupts, settings.Warn);
    }

    /// <summary>Its page is done with; ends it, too, unless another page may follow.</summary>
    internal void Leave()
    {
        // of a page that is captured from its canvas or by paint, one row in a test once had other pixels: not until it is known why
        if (!isKept || _start.Capture != CaptureMode.Screenshot)
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
