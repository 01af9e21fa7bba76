using System;
using System.Diagnostics;
using System.Globalization;

namespace Helios.Render;

/// <summary>
/// Lets the page finish at the time where its clock stands: tasks, requests, and what is made of the answers. Whatever
/// would else end before or after a frame is drawn, depending on the machine, ends before it.
/// </summary>
/// <param name="session">The page.</param>
/// <param name="clock">Its clock.</param>
/// <param name="watch">Knows what it waits for.</param>
/// <param name="requests">Answers it.</param>
/// <param name="workers">Its workers.</param>
/// <param name="evaluate">Text that an expression, or the promise that it gives, results in.</param>
internal sealed class PageRest(DevToolsSession session, VirtualClock clock, PageWatch watch, RequestQueue requests, PageWorkers workers, Func<string, string> evaluate)
{
    private const int MaxPause = 20; // ms between two looks at what goes on outside of the page's thread
    private const int Slice = 50; // ms after which a document may have come while all stood

    /// <summary>Lets the page run at this time until the condition holds.</summary>
    /// <param name="isDone">The condition.</param>
    /// <param name="timeout">ms.</param>
    /// <param name="slice">ms between two looks at it while nothing happens.</param>
    /// <returns>Whether it held in time.</returns>
    internal bool RunUntil(Func<bool> isDone, int timeout, int slice = Slice)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (watch.IsLoadingFrames) clock.Turn(timeout);
            clock.Run();
            int rest = timeout - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (session.Pump(isDone, Math.Clamp(rest, 0, slice))) return true;
            if (rest <= 0) return false;
        }
    }

    /// <summary>Lets the page run until nothing is left to do at this time, then holds it.</summary>
    /// <param name="now">Time of the page, as it reads it, ms.</param>
    /// <param name="frame">Frame that is due.</param>
    /// <param name="time">Its time and the frame rate, as the page's driver takes them.</param>
    /// <param name="timeout">ms.</param>
    /// <returns>Empty, or what the page still waits for when the time is over.</returns>
    internal string Finish(double now, long frame, string time, int timeout)
    {
        long start = Stopwatch.GetTimestamp();
        int Rest() => timeout - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;

        requests.Release();
        workers.Admit(now);
        string rest = string.Create(CultureInfo.InvariantCulture, $"__helios_driver.rest({now:R},{frame},{time})");
        string reason;
        for (int attempt = 0; ; attempt++)
        {
            long seen = watch.RequestCount;
            if (!RunUntil(() => watch.IsIdle, Math.Max(0, Rest()))) watch.StopWaiting();
            reason = evaluate(rest);
            if (reason.Length == 0 && (watch.RequestCount != seen || !watch.IsIdle)) reason = "the end of its requests";
            if (reason.Length == 0 || Rest() <= 0) break;
            if (watch.RequestCount == seen) _ = session.Pump(static () => false, Math.Min(attempt, MaxPause));
        }

        clock.Stop(timeout);
        requests.Hold();
        workers.Hold();
        return reason;
    }
}
