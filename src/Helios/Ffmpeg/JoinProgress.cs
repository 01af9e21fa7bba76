using System;
using System.Diagnostics;
using System.Threading;
using Helios.Text;

namespace Helios.Ffmpeg;

/// <summary>
/// How far ffmpeg is: its lines are heard on the thread that reads them, and passed on by the one that waits, so that
/// whoever is told needs to know of no thread but its own.
/// </summary>
/// <param name="onFrame">Called with the number of frames, by <see cref="Report"/> alone.</param>
internal sealed class JoinProgress(Action<long> onFrame)
{
    private long _frames;
    private long _reported;
    private string _time = "";
    private long _lastMove = Stopwatch.GetTimestamp();

    /// <summary>Time since it last got on.</summary>
    internal double SilentMilliseconds => Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastMove)).TotalMilliseconds;

    /// <summary>A line of <c>-progress</c>, on any thread, but always the same.</summary>
    internal void OnLine(string line)
    {
        const string Name = "frame=";
        if (line.StartsWith("out_time=", StringComparison.Ordinal) && line != _time)
        {
            _time = line; // sound may take longer than the picture
            _ = Interlocked.Exchange(ref _lastMove, Stopwatch.GetTimestamp());
        }

        if (!line.StartsWith(Name, StringComparison.Ordinal)) return;
        if (!DecimalText.TryParseDigits(line.AsSpan(Name.Length).Trim(), out long frames)) return;
        if (Interlocked.Exchange(ref _frames, frames) != frames) _ = Interlocked.Exchange(ref _lastMove, Stopwatch.GetTimestamp());
    }

    /// <summary>Says how many frames there are, if they are others than last time.</summary>
    internal void Report()
    {
        long frames = Interlocked.Read(ref _frames);
        if (frames == _reported) return;
        _reported = frames;
        onFrame(frames);
    }
}
