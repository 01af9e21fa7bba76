using System;
using System.Collections.Generic;
using System.Threading;

namespace Helios.Render;

/// <summary>
/// Pictures on their way from the browser to the encoder: a few, so that both work at the same time and memory stays
/// flat. Either side can end it; a full queue whose reader died would otherwise block for ever.
/// </summary>
internal sealed class PictureQueue
{
    private const int Capacity = 6;

    private readonly object _gate = new();
    private readonly Queue<PictureBuffer> _ready = new();
    private readonly Stack<PictureBuffer> _free = new();
    private bool _isEnded;

    /// <summary>Memory for the next picture.</summary>
    internal PictureBuffer Rent()
    {
        lock (_gate) return _free.Count > 0 ? _free.Pop() : new PictureBuffer();
    }

    /// <summary>Hands a picture over; false when the queue stayed full for the time, or is ended.</summary>
    internal bool TryAdd(PictureBuffer picture, int milliseconds)
    {
        lock (_gate)
        {
            if (!_isEnded && _ready.Count == Capacity) _ = Monitor.Wait(_gate, milliseconds);
            if (_isEnded || _ready.Count == Capacity) return false;
            _ready.Enqueue(picture);
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>The next picture; null at the end.</summary>
    internal PictureBuffer? Take()
    {
        lock (_gate)
        {
            while (_ready.Count == 0 && !_isEnded) _ = Monitor.Wait(_gate);
            if (_ready.Count == 0) return null;
            Monitor.PulseAll(_gate);
            return _ready.Dequeue();
        }
    }

    internal void Return(PictureBuffer picture)
    {
        lock (_gate) _free.Push(picture);
    }

    /// <summary>No more pictures will come.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _isEnded = true;
            Monitor.PulseAll(_gate);
        }
    }
}
