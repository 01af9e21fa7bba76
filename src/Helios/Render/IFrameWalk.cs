using System;

namespace Helios.Render;

/// <summary>A page that is taken from frame to frame, as far as <see cref="UnchangedFrames"/> needs it.</summary>
internal interface IFrameWalk
{
    /// <summary>Whether it can tell cheaply that a frame has changed, but not take its picture then.</summary>
    bool CanLook { get; }

    /// <summary>Goes through a frame; whether it has changed.</summary>
    /// <param name="frame">The one after that of the last call.</param>
    bool Look(long frame);

    /// <summary>Continues with a new page that has gone through all frames before one.</summary>
    /// <param name="frame">The frame, which is not shown yet.</param>
    /// <param name="onPassed">Called after each frame that it goes through.</param>
    void RestartBefore(long frame, Action onPassed);
}
