using System;
using System.Diagnostics;
using System.Globalization;
using Helios.Browser;
using Helios.Errors;
using Helios.Page.Requests;

namespace Helios.Page;

/// <summary>
/// Lets the page settle at the current time of its clock: tasks, requests, and the handling of their answers. Anything whose
/// completion could race with drawing is forced to finish first.
/// </summary>
/// <param name="session">The page.</param>
/// <param name="clock">Its clock.</param>
/// <param name="load">Knows what the page waits for.</param>
/// <param name="requests">Answers the page's requests.</param>
/// <param name="workers">Its workers.</param>
/// <param name="driver">Lets the page run, queries it, and draws the frames that its hooks wait for.</param>
/// <param name="rest">Waits for the browser.</param>
internal sealed class PageSettler(
    DevToolsSession session, VirtualClock clock, PageLoadState load, RequestQueue requests, PageWorkers workers, PageDriver driver,
    BrowserRest rest)
{
    /// <summary>The argument "time" of <see cref="Settle"/> where there is no time to seek to.</summary>
    internal const string Loading = "null,0";

    private const int MaxPause = 20; // ms between two checks outside the page's thread
    // checks without a look at the browser; most of the driver's 30 for the picture of a video (videos.js) come after them
    private const int FirstRest = 10;
    private const int LongestRest = 1000; // ms

    // prefixes of an answer of driver.js: a hook waits for a frame, or for nothing that exists
    private const char Frame = '+';
    private const char Nothing = '~';

    /// <summary>Lets the page run until no work is left at this time, then holds it.</summary>
    /// <param name="now">Time of the page, as it reads it, ms.</param>
    /// <param name="frame">Frame that is due.</param>
    /// <param name="time">Its time and the frame rate, as the page's driver takes them.</param>
    /// <param name="timeout">
    /// ms. May be exceeded by half: a hook is refused after half of it in which nothing was left that the hook could wait for.
    /// </param>
    /// <returns>Empty, or what the page still waits for when the time is over.</returns>
    /// <exception cref="HeliosException">
    /// 65: the page waits for one of its hooks, and for most of the time there was nothing left that the hook could wait for.
    /// </exception>
    internal string Settle(double now, long frame, string time, int timeout)
    {
        long start = Stopwatch.GetTimestamp();
        long lastWork = start; // last time at which there was something that a hook could wait for
        string reason = "";
        int Remaining() =>
            timeout + (reason.StartsWith(Nothing) ? timeout / 2 : 0) - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        bool IsStill() => reason.StartsWith(Nothing) && Stopwatch.GetElapsedTime(lastWork).TotalMilliseconds >= timeout / 2;

        requests.Release();
        workers.Start(now);
        string expression = string.Create(CultureInfo.InvariantCulture, $"__helios_driver.settle({now:R},{frame},{time})");
        for (int attempt = 0; ; attempt++)
        {
            long seen = load.RequestCount;
            if (!driver.RunUntil(() => load.IsIdle, Math.Max(0, Remaining()))) load.StopWaiting();
            reason = driver.Evaluate(expression);
            if (!reason.StartsWith(Nothing)) lastWork = Stopwatch.GetTimestamp();
            if (reason.StartsWith(Frame) && Remaining() > 0)
            {
                clock.Stop(timeout);
                driver.DrawForHook();
                attempt = -1;
                continue;
            }

            if (reason.Length == 0 && (load.RequestCount != seen || !load.IsIdle)) reason = "the end of its requests";
            if (reason.Length == 0) load.OnSettled();
            bool isOver = Remaining() <= 0 || (IsStill() && Stopwatch.GetElapsedTime(start).TotalMilliseconds >= timeout);
            if (reason.Length == 0 || isOver) break;
            if (load.RequestCount == seen) _ = session.Pump(static () => false, Math.Min(attempt, MaxPause));
            if (attempt >= FirstRest) _ = rest.TryAwait(Math.Clamp(Remaining(), 0, LongestRest));
        }

        clock.Stop(timeout);
        Hold();
        if (IsStill()) throw NeverSettles(reason[1..]);
        return reason.TrimStart(Frame, Nothing);
    }

    /// <summary>Holds the page while a frame is drawn, its requests and workers; its clock stands already.</summary>
    internal void Hold()
    {
        requests.Hold();
        workers.Hold();
    }

    /// <summary>The result does not depend on the machine: all activity was awaited, and then half of the time passed.</summary>
    private HeliosException NeverSettles(string hook) => new(ExitCode.Invalid,
        $"{hook} never settles: the page has come to rest, and nothing is left that it could wait for", session.Where,
        "settle it in every case; what it may wait for: docs/pages.md, \"Seek hooks\" and \"When a page is ready\"");
}
