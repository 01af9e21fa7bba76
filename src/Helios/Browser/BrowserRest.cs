using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Helios.Os.Processes;

namespace Helios.Browser;

/// <summary>
/// Waits until no thread of the browser has anything left to do. What one hands to another is done then, on however busy a machine;
/// only what waits for a time is still to come. Nothing else tells of work behind the page, such as the picture of a video on its way
/// to the compositor.
/// </summary>
/// <param name="session">The page.</param>
/// <param name="warn">Receives one line for people.</param>
internal sealed class BrowserRest(DevToolsSession session, Action<string> warn)
{
    private const int Timeout = 15_000;
    private const int Longest = 10_000; // ms
    private const int Pause = 1; // ms between two looks

    private bool _isRestless; // once it was waited for in vain

    /// <summary>Waits as long as that may take; says once that it was in vain, and does not try again.</summary>
    /// <param name="timeout">Longest time for a frame, ms.</param>
    /// <returns>Whether it rests; false also where the system does not tell.</returns>
    internal bool TryAwaitWork(int timeout)
    {
        if (_isRestless || !ThreadActivity.IsKnown) return false;
        if (TryAwait(Math.Min(Longest, timeout))) return true;
        _isRestless = true;
        warn($"helios: the browser does not come to rest ({session.Where}): pictures of videos may be late from here on");
        return false;
    }

    /// <summary>Waits, handling messages.</summary>
    /// <param name="limit">ms.</param>
    /// <returns>Whether it rests; false also where the system does not tell.</returns>
    internal bool TryAwait(int limit)
    {
        if (_isRestless || !ThreadActivity.IsKnown) return false;
        long start = Stopwatch.GetTimestamp();
        List<long> processes = ReadIds(session.Browser.Call(GraphicsProcess.Method, null, Timeout));
        List<ThreadActivity.Seen>? before = null;
        do
        {
            List<ThreadActivity.Seen>? now = ThreadActivity.FindResting(processes);
            if (now is not null && before is not null && CollectionsMarshal.AsSpan(now).SequenceEqual(CollectionsMarshal.AsSpan(before)))
                return true;
            before = now;
            _ = session.Pump(static () => false, Pause);
        }
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < limit);

        return false;
    }

    /// <summary>The ids in an answer (<see cref="GraphicsProcess.Read"/>).</summary>
    internal static List<long> ReadIds(ReadOnlySpan<byte> answer)
    {
        var ids = new List<long>();
        var reader = new Utf8JsonReader(answer);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("id"u8) && reader.Read()
                && reader.TryGetInt64(out long id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }
}
