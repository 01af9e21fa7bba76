using Helios.Jobs;

namespace Helios.Render;

/// <summary>The capture mode that comparing a page's frames with screenshots has found.</summary>
/// <param name="Capture">The fastest that shows what a screenshot shows.</param>
/// <param name="Frames">Frames in which they were compared; 0 when they could not be.</param>
/// <param name="Reason">Why, in words: how alike the frames are, or what keeps the page from a faster way.</param>
internal sealed record CaptureTrial(CaptureMode Capture, int Frames, string Reason);
