using Helios.Ffmpeg;

namespace Helios.Page;

/// <summary>What is done with a frame.</summary>
internal enum DrawMode
{
    /// <summary>Scripts, styles and layout happen; nothing is drawn.</summary>
    Undisplayed,

    /// <summary>Drawn, but no screenshot is taken.</summary>
    Displayed,

    /// <summary>Drawn, and a screenshot is taken.</summary>
    Screenshot,
}
