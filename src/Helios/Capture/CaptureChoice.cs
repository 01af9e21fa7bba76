using Helios.Jobs;
using Helios.Page;

namespace Helios.Capture;

/// <summary>Chooses the way pixels are taken by <c>renderOptions.capture</c>.</summary>
internal static class CaptureChoice
{
    /// <param name="options">The job's options.</param>
    /// <param name="stage">The page.</param>
    /// <param name="profile">Directory of the browser's profile.</param>
    internal static FrameCapture Make(RenderOptions options, FrameStage stage, string profile) =>
        options.Capture == CaptureMode.Screenshot ? new ScreenshotCapture(options, stage) : new PixelCapture(options, stage, profile);
}
