using Helios.Ffmpeg;

namespace Helios.Page;

/// <summary>What is done with a frame.</summary>
internal enum FrameWay
{
    /// <summary>Scripts, styles and layout happen; nothing is drawn.</summary>
    Undisplayed,

    /// <summary>Drawn, but no picture is taken.</summary>
    Displayed,

    /// <summary>Drawn, and a picture is taken.</summary>
    Picture,
}
