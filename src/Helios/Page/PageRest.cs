using System;
using System.Diagnostics;
using System.Globalization;
using Helios.Browser;
using Helios.Errors;

namespace Helios.Page;

/// <summary>
/// Lets the page finish at the time where its clock stands: tasks, requests, and what is made of the answers. Whatever
/// would else end before or after a frame is drawn, depending on the machine, ends before it.
/// </summary>
/// <param name="session">The page.</param>
/// <param name="clock">Its clock.</param>
/// <param name="watch">Knows what it waits for.</param>
/// <param name="requests">Answers it.</param>
/// <param name="workers">Its workers.</param>
/// <param name="stage">Asks it, and draws the frames that its hooks wait for.</param>
internal sealed class PageRest(DevToolsSession session, VirtualClock clock, PageWatch watch, RequestQueue requests, PageWorkers workers, FrameStage stage)
{
    private const int MaxPause = 20; // ms between two looks at what goes on outside of the page's thread
    private const int Slice = 50; // ms after which a document may have come while all stood

    // how an answer of driver.js begins: a hook waits for a frame, or for nothing that there is
    private const char Frame = '+';
    private const char Nothing = '~';

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
    /// <exception cref="HeliosException">65: that is a hook of the page, and nothing that it could wait for was left for most of the time.</exception>
    internal string Finish(double now, long frame, string time, int timeout)
    {
        long start = Stopwatch.GetTimestamp();
        int Rest() => timeout - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;

        requests.Release();
        workers.Admit(now);
        string rest = string.Create(CultureInfo.InvariantCulture, $"__helios_driver.rest({now:R},{frame},{time})");
        string reason;
        long lastWork = start; // until when there was something that a hook could wait for
        for (int attempt = 0; ; attempt++)
        {
            long seen = watch.RequestCount;
            if (!RunUntil(() => watch.IsIdle, Math.Max(0, Rest()))) watch.StopWaiting();
            reason = stage.Evaluate(rest);
            if (!reason.StartsWith(Nothing)) lastWork = Stopwatch.GetTimestamp();
            if (reason.StartsWith(Frame) && Rest() > 0)
            {
                clock.Stop(timeout);
                stage.DrawForHook();
                attempt = -1;
                continue;
            }

            if (reason.Length == 0 && (watch.RequestCount != seen || !watch.IsIdle)) reason = "the end of its requests";
            if (reason.Length == 0) watch.ForgetWorkerScripts();
            if (reason.Length == 0 || Rest() <= 0) break;
            if (watch.RequestCount == seen) _ = session.Pump(static () => false, Math.Min(attempt, MaxPause));
        }

        clock.Stop(timeout);
        requests.Hold();
        workers.Hold();
        if (reason.StartsWith(Nothing) && Stopwatch.GetElapsedTime(lastWork).TotalMilliseconds > timeout / 2.0) throw NeverSettles(reason[1..]);
        return reason.TrimStart(Frame, Nothing);
    }

    /// <summary>That it waits in vain does not depend on the machine: all that goes on was awaited, and then half of the time passed.</summary>
    private HeliosException NeverSettles(string hook) => new(ExitCode.Invalid,
        $"{hook} never settles: the page has come to rest, and nothing is left that it could wait for", session.Where,
        "settle it in every case; what it may wait for: docs/pages.md, \"Seek hooks\" and \"When a page is ready\"");
}
