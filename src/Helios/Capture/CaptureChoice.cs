using Helios.Jobs;
using Helios.Page;

namespace Helios.Capture;

/// <summary>Chooses the capture method from <c>renderOptions.capture</c>.</summary>
internal static class CaptureChoice
{
    /// <param name="options">The job's options.</param>
    /// <param name="driver">The page.</param>
    /// <param name="profile">Directory of the browser's profile.</param>
    internal static FrameCapture Make(RenderOptions options, PageDriver driver, string profile) =>
        options.Capture == CaptureMode.Screenshot ? new ScreenshotCapture(options, driver) : new PixelCapture(options, driver, profile);
}
