using Helios.Ffmpeg;

namespace Helios.Page;

/// <summary>How far a frame is processed.</summary>
internal enum DrawMode
{
    /// <summary>Scripts, styles and layout run; nothing is drawn.</summary>
    Undisplayed,

    /// <summary>Drawn, but no screenshot is taken.</summary>
    Displayed,

    /// <summary>Drawn, and a screenshot is taken.</summary>
    Screenshot,
}
