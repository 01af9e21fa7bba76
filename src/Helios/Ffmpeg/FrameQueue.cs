using System;
using System.Collections.Generic;
using System.Threading;

namespace Helios.Ffmpeg;

/// <summary>
/// Frames on their way from the browser to the encoder. Few, so that both work in parallel and memory stays flat. Either side
/// can end the queue; otherwise a full queue with a dead reader would block for ever.
/// </summary>
internal sealed class FrameQueue
{
    private const int Capacity = 6;

    private readonly object _gate = new();
    private readonly Queue<CapturedFrame?> _ready = new();
    private bool _isEnded;

    /// <summary>
    /// Hands a frame over, or null to repeat the previous one; false when the queue stayed full for the time, or has ended.
    /// </summary>
    internal bool TryAdd(CapturedFrame? frame, int milliseconds)
    {
        lock (_gate)
        {
            if (!_isEnded && _ready.Count == Capacity) _ = Monitor.Wait(_gate, milliseconds);
            if (_isEnded || _ready.Count == Capacity) return false;
            _ready.Enqueue(frame);
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>The next frame, null to repeat the previous one; false at the end.</summary>
    internal bool TryTake(out CapturedFrame? frame)
    {
        lock (_gate)
        {
            while (_ready.Count == 0 && !_isEnded) _ = Monitor.Wait(_gate);
            frame = null;
            if (_ready.Count == 0) return false;
            Monitor.PulseAll(_gate);
            frame = _ready.Dequeue();
            return true;
        }
    }

    /// <summary>Marks the end of the frames.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _isEnded = true;
            Monitor.PulseAll(_gate);
        }
    }
}
