using System;
using System.Collections.Generic;
using Helios.Jobs;
using Helios.Page;

namespace Helios.Render;

/// <summary>
/// Saves the screenshots of a static page. A plain frame tells reliably, in a tenth of the time, whether anything has changed, but
/// then that frame can no longer be captured: the page would see drawing it again as another frame. So after some equal frames, the
/// rest of the chunk is run in plain frames first; then a new browser, advanced to the same position, takes screenshots only of the
/// frames that changed. The page sees the same frames in both browsers as without this.
/// </summary>
/// <param name="walk">The page.</param>
/// <param name="chunk">The chunk.</param>
/// <param name="settings">Of the worker.</param>
/// <param name="checkEncoder">Throws when continuing is pointless.</param>
internal sealed class UnchangedFrames(IFrameWalk walk, Chunk chunk, RenderSettings settings, Action checkEncoder)
{
    /// <summary>After so many equal frames, more are likely.</summary>
    internal const int EqualBefore = 10;

    /// <summary>Two browser starts cost about as much as so many screenshots.</summary>
    internal const int FewestLeft = 60;

    /// <summary>Frames before, which are run again, cost a sixth of a screenshot.</summary>
    internal const int PassedPerPicture = 6;

    /// <summary>When more than half of so many frames change, looking ahead does not pay.</summary>
    internal const int Window = 32;

    private readonly List<bool> _changes = []; // from _first on
    private long _first;
    private int _equal;
    private bool _isDone;

    /// <summary>Whether a frame is known to equal the previous one.</summary>
    internal bool IsUnchanged(long frame) => frame - _first is >= 0 and long index && index < _changes.Count && !_changes[(int)index];

    /// <summary>Notes a captured frame; may look ahead, after which the walk has a new page, again at this frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="isEqual">Whether it equalled the previous one.</param>
    internal void Note(long frame, bool isEqual)
    {
        _equal = isEqual ? _equal + 1 : 0;
        long next = frame + 1;
        long left = chunk.StartFrame + chunk.FrameCount - next;
        bool isWorthIt = left >= FewestLeft && left >= walk.CountBefore(next) / PassedPerPicture;
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
