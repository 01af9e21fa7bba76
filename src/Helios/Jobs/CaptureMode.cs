using Helios.Jobs.Document;

namespace Helios.Jobs;

/// <summary>How the pixels of a frame are captured. The results of the modes differ in single pixels.</summary>
internal sealed class CaptureMode : NamedValue
{
    /// <summary>The browser's screenshots: works for every page.</summary>
    internal static readonly CaptureMode Screenshot = new("screenshot");

    /// <summary>The page's paint, drawn into a canvas: faster, for pages of one site.</summary>
    internal static readonly CaptureMode Paint = new("paint");

    /// <summary>
    /// The pixels of the page's own canvas element; with <see cref="RenderMode.Dom"/> of one that is all the page shows.
    /// </summary>
    internal static readonly CaptureMode Canvas = new("canvas");

    internal static readonly CaptureMode[] All = [Screenshot, Paint, Canvas];

    private CaptureMode(string name) : base(name)
    {
    }

    internal static CaptureMode? Find(string name) => IndexOf(All, name) is int index and >= 0 ? All[index] : null;
}
