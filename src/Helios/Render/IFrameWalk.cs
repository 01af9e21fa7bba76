using System;

namespace Helios.Render;

/// <summary>A page that advances from frame to frame, as far as <see cref="UnchangedFrames"/> needs it.</summary>
internal interface IFrameWalk
{
    /// <summary>Whether it can detect cheaply that a frame has changed, but then cannot capture that frame.</summary>
    bool CanLook { get; }

    /// <summary>Advances through a frame; returns whether it has changed.</summary>
    /// <param name="frame">The one after that of the last call.</param>
    bool Look(long frame);

    /// <summary>Number of frames that <see cref="RestartBefore"/> runs.</summary>
    /// <param name="frame">As there.</param>
    long CountBefore(long frame);

    /// <summary>Continues with a new page that has run all frames before one.</summary>
    /// <param name="frame">The frame, which is not shown yet.</param>
    /// <param name="onPassed">Called after each frame that it runs.</param>
    void RestartBefore(long frame, Action onPassed);
}
