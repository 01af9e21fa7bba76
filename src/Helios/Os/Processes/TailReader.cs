using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace Helios.Os.Processes;

/// <summary>
/// Reads a child's output on its own thread, so that the child never waits for helios, and keeps
/// the last lines for an error message.
/// </summary>
internal sealed class TailReader : IDisposable
{
    private const int Lines = 20;
    private const int LongestLine = 400;

    private readonly PipeEnd _pipe;
    private readonly Action<string>? _onLine;
    private readonly string? _noise;
    private readonly int _longestLine;
    private readonly int _lines;
    private readonly Thread _thread;
    private readonly Queue<string> _tail = new();
    private volatile bool _isStopped;

    /// <param name="pipe">Our end; its owner disposes it after this.</param>
    /// <param name="onLine">Called with every line on the reading thread.</param>
    /// <param name="noise">Lines that contain this text are dropped as noise.</param>
    /// <param name="longestLine">Bytes kept of each line.</param>
    /// <param name="lines">Length of the tail.</param>
    internal TailReader(PipeEnd pipe, Action<string>? onLine = null, string? noise = null, int longestLine = LongestLine, int lines = Lines)
    {
        _lines = lines;
        _noise = noise;
        _longestLine = longestLine;
        _pipe = pipe;
        _onLine = onLine;
        _thread = new Thread(ReadAll) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The last lines, joined by <c> | </c>; empty without output. Waits briefly for the end of the pipe.</summary>
    internal string Text
    {
        get
        {
            _ = _thread.Join(200);
            lock (_tail) return string.Join(" | ", _tail);
        }
    }

    /// <summary>
    /// Waits until all of the child's output has been read; false when that did not happen in time. Waits in slices, by the
    /// monotonic clock: a single wait may end early when the clock is set.
    /// </summary>
    internal bool Join(int milliseconds)
    {
        const int Slice = 20;
        long start = Stopwatch.GetTimestamp();
        while (!_thread.Join(Slice))
            if (Stopwatch.GetElapsedTime(start).TotalMilliseconds >= milliseconds) return false;
        return true;
    }

    public void Dispose()
    {
        _isStopped = true;
        _ = _thread.Join(1000);
    }

    private void ReadAll()
    {
        byte[] buffer = new byte[4096];
        var lines = new LineSplitter(Finish, _longestLine);
        while (!_isStopped)
        {
            int count = _pipe.Read(buffer, 100);
            if (count < 0) continue;
            if (count == 0) break;
            lines.Add(buffer.AsSpan(0, count));
        }

        lines.Finish();
    }

    private void Finish(string text)
    {
        if (_noise is not null && text.Contains(_noise, StringComparison.Ordinal)) return;
        _onLine?.Invoke(text);
        lock (_tail)
        {
            _tail.Enqueue(text);
            if (_tail.Count > _lines) _ = _tail.Dequeue();
        }
    }
}
