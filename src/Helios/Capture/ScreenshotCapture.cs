using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Browser;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Media;
using Helios.Page;
using Helios.Text;

namespace Helios.Capture;

/// <summary>
/// Frames that the compositor draws and encodes: works for every page. They are PNG files, RGB or RGBA as the browser chooses: a
/// JPEG file would show translucent pixels as if on black (docs/decisions/0007).
/// </summary>
internal sealed class ScreenshotCapture(RenderOptions options, PageDriver driver) : FrameCapture
{
    // ms; requesting a frame before the previous one, drawn without a screenshot, is complete may leave the page one frame behind
    // permanently
    private const int ShortestPause = 5;
    private const int LongestPause = 20; // ms; the graphics process may not have begun yet

    private readonly Stack<ScreenshotFrame> _pool = new();
    private GraphicsProcess? _graphics;
    private string? _crop;
    private byte[] _last = []; // the last one that the encoder received
    private int _lastLength;
    private bool? _wasLate; // null: no picture yet

    internal override bool IsFreeOfHistory => false;

    internal override FrameFormat Format => new("png", Crop: _crop);

    internal override void Open()
    {
        _graphics = new GraphicsProcess(driver.Session.Browser);
        if (options.Mode == RenderMode.Canvas)
            _crop = driver.Evaluate($"__helios_driver.canvasBox({PageScripts.Quote(options.Selector ?? "canvas")})");
    }

    /// <summary>Takes a screenshot even if it is not wanted: animations start with it, and one frame late without it.</summary>
    internal override void Begin() => TakeScreenshot().Return();

    internal override bool WasLate => _wasLate == true;

    internal override void Pass(bool isDisplayed) => _ = driver.Draw(isDisplayed ? DrawMode.Displayed : DrawMode.Undisplayed);

    internal override bool CanLook => true;

    internal override bool Look() => JsonFields.IsTrue(driver.Draw(DrawMode.Displayed), "hasDamage"u8);

    internal override CapturedFrame? Take(Action? whileWaiting)
    {
        ScreenshotFrame screenshot = TakeScreenshot();
        ReadOnlySpan<byte> bytes = screenshot.Bytes;
        if (bytes.SequenceEqual(_last.AsSpan(0, _lastLength)))
        {
            screenshot.Return();
            return null;
        }

        if (_last.Length < bytes.Length) _last = new byte[bytes.Length + (bytes.Length / 4)];
        bytes.CopyTo(_last);
        _lastLength = bytes.Length;
        return screenshot;
    }

    internal override void Finish(Action? whileWaiting = null) => _graphics!.Check();

    /// <summary>A screenshot may need several attempts: the very first, and the first after a video was loaded.</summary>
    private ScreenshotFrame TakeScreenshot()
    {
        ScreenshotFrame screenshot = ScreenshotFrame.Rent(_pool);
        for (int repetition = 0; repetition <= VirtualClock.MaxRepetitions; repetition++)
        {
            if (screenshot.TryDecode(driver.Draw(DrawMode.Screenshot, repetition)))
            {
                CheckSize(screenshot.Bytes);
                _wasLate ??= repetition > 0;
                return screenshot;
            }

            _graphics!.Check();
            _ = driver.Session.Pump(static () => false, Math.Clamp(repetition, ShortestPause, LongestPause));
        }

        throw new HeliosException(ExitCode.Temporary, "the browser returns no screenshot", driver.Session.Where,
            "run it again; if it happens again, run helios doctor");
    }

    /// <summary>ffmpeg would enlarge a smaller frame.</summary>
    private void CheckSize(ReadOnlySpan<byte> png)
    {
        if (PngFile.TryReadSize(png, out int width, out int height) && width == options.PixelWidth && height == options.PixelHeight) return;
        throw new HeliosException(ExitCode.Unavailable,
            string.Create(CultureInfo.InvariantCulture,
                $"the browser draws {width}x{height} pixels instead of {options.PixelWidth}x{options.PixelHeight}"),
            driver.Settings.Browser.Where, "use another version of chromium-headless-shell, or another --scale");
    }
}
