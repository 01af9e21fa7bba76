using System;
using System.Collections.Generic;
using Helios.Jobs;
using Helios.Page;

namespace Helios.Render;

/// <summary>
/// Saves the screenshots of a static page. A plain frame tells reliably, in a tenth of the time, whether anything has changed, but
/// then it is too late for its picture: to draw the frame again would be another frame to the page. So when some frames
/// were equal, the rest of the chunk is gone through in plain frames first, and a new browser, taken to where this one
/// was, takes pictures only where something changed. To the page both are the frames that it would have had anyway.
/// </summary>
/// <param name="walk">The page.</param>
/// <param name="chunk">The chunk.</param>
/// <param name="settings">Of the worker.</param>
/// <param name="checkEncoder">Throws when continuing is in vain.</param>
internal sealed class UnchangedFrames(IFrameWalk walk, Chunk chunk, RenderSettings settings, Action checkEncoder)
{
    /// <summary>Frames that were equal make it likely that more are.</summary>
    internal const int EqualBefore = 10;

    /// <summary>Two browser starts cost about as much as so many pictures.</summary>
    internal const int FewestLeft = 60;

    /// <summary>Frames before, which are gone through again, cost a sixth of a picture.</summary>
    internal const int PassedPerPicture = 6;

    /// <summary>When more than half of so many frames change, looking ahead is not worth its time.</summary>
    internal const int Window = 32;

    private readonly List<bool> _changes = []; // from _first on
    private long _first;
    private int _equal;
    private bool _isDone;

    /// <summary>Whether a frame is known to show what the one before it does.</summary>
    internal bool IsUnchanged(long frame) => frame - _first is >= 0 and long index && index < _changes.Count && !_changes[(int)index];

    /// <summary>Notes what the picture of a frame was; may look ahead, after which the walk has a new page, again at this frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="isEqual">Whether it was equal to that of the frame before.</param>
    internal void Note(long frame, bool isEqual)
    {
        _equal = isEqual ? _equal + 1 : 0;
        long next = frame + 1;
        long left = chunk.StartFrame + chunk.FrameCount - next;
        bool isWorthIt = left >= FewestLeft && left >= next / PassedPerPicture && settings.Preroll != Preroll.None;
        if (_isDone || _equal < EqualBefore || !isWorthIt || !walk.CanLook) return;
        _isDone = true;
        _first = next;
        LookAhead(left, () =>
        {
            checkEncoder();
            settings.OnFrame(next - chunk.StartFrame); // a sign of life
        });
    }

    private void LookAhead(long count, Action onPassed)
    {
        int changed = 0;
        for (int i = 0; i < count; i++)
        {
            _changes.Add(walk.Look(_first + i));
            if (_changes[i]) changed++;
            if (i >= Window && _changes[i - Window]) changed--;
            onPassed();
            if (changed > Window / 2) break;
        }

        walk.RestartBefore(_first, onPassed);
    }
}
