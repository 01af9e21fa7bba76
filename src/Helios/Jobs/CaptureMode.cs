using System;

namespace Helios.Jobs;

/// <summary>How the pixels of a frame are taken. The modes differ in single pixels.</summary>
internal enum CaptureMode
{
    /// <summary>The browser's screenshots: works for every page.</summary>
    Screenshot,

    /// <summary>The page's paint, drawn into a canvas: faster, for pages of one site.</summary>
    Paint,

    /// <summary>The pixels of the page's own canvas element; only with <see cref="RenderMode.Canvas"/>.</summary>
    Canvas,
}

/// <summary>Names of <see cref="CaptureMode"/>s.</summary>
internal static class CaptureModes
{
    /// <summary>In the order of the values.</summary>
    internal static readonly string[] Names = ["screenshot", "paint", "canvas"];

    internal static string ToName(this CaptureMode mode) => Names[(int)mode];

    internal static bool TryParse(string name, out CaptureMode mode)
    {
        int index = Array.IndexOf(Names, name);
        mode = (CaptureMode)Math.Max(index, 0);
        return index >= 0;
    }
}
