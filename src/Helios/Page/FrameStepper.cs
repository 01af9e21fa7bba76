using System;
using System.Globalization;
using Helios.Browser;
using Helios.Jobs;
using Helios.Page.Requests;

namespace Helios.Page;

/// <summary>
/// Takes the page from one frame's time to the next: stops at its timers, lets it settle, and tells whether a frame has to be drawn again.
/// The order of the steps makes frames exact (docs/clock.md).
/// </summary>
/// <param name="session">The page.</param>
/// <param name="clock">Its clock.</param>
/// <param name="load">Knows what the page waits for.</param>
/// <param name="requests">Answers its requests.</param>
/// <param name="workers">Its workers.</param>
/// <param name="traits">Knows whether images move in it.</param>
/// <param name="driver">Its driver.</param>
/// <param name="settler">Lets it settle.</param>
/// <param name="rest">Waits for the browser.</param>
/// <param name="responses">Reads what it got from the net.</param>
/// <param name="times">Times of the page's frames.</param>
/// <param name="timeout">Longest time for one frame, ms.</param>
internal sealed class FrameStepper(
    DevToolsSession session, VirtualClock clock, PageLoadState load, RequestQueue requests, PageWorkers workers, PageTraits traits,
    PageDriver driver, PageSettler settler, BrowserRest rest, PageResponses responses, PageTimes times, int timeout)
{
    private const string Busy = "busy"; // driver.js: another thread has something to answer
    private const int Turns = 2; // of the page after content has come
    private const int TurnTime = 20; // ms, where it is not known that the browser rests
    private const int MostStops = 100; // before a frame
    private const long LongestStep = 100_000; // 0.1 ms; each step has the time limit of a frame for the timers in it

    private readonly LateContent _late = new(session, driver, load, timeout);
    private long _restedFor = -1; // the frame for which Rest was called last, while it is still due
    private bool _isQuiet; // what it found: nothing in the page runs before that frame
    private bool _isBusy; // or another thread has something to answer at the time of the frame before
    private long? _nextStop; // and where the clock has to stop next for a timer, 0.1 ms

    /// <summary>The animation frame whose time the page is at.</summary>
    internal long Frame { get; private set; }

    /// <summary>Whether no request of the page is open, and no worker of it about to begin.</summary>
    internal bool IsIdle => !requests.IsWaiting && load.IsIdle && !workers.IsWaiting;

    /// <summary>
    /// Advances the page to a frame's time. First, requests of the last frame are answered at the time of that frame. Then
    /// everything due at the new time runs, including timers exactly at it: drawing would overtake them.
    /// </summary>
    /// <param name="frame">Animation frame, after that of the last call.</param>
    /// <param name="redraw">
    /// Draws the last frame again; null when that was captured or looked at, and drawn until nothing was missing.
    /// </param>
    internal void GoTo(long frame, Action? redraw)
    {
        if (_restedFor != frame) _ = Rest(frame, asksHorizon: false);
        if (redraw is not null && NeedsRedraw())
        {
            do redraw();
            while (NeedsRedraw());
            _ = Rest(frame, asksHorizon: false);
        }

        if (!IsIdle || _isBusy)
        {
            Settle();
            _ = Rest(frame, asksHorizon: false); // timers may have come
        }

        long time = times.ClockOf(frame);
        if (frame <= Frame + 1) StopAtTimers(frame, time);
        Frame = frame;
        requests.Release();
        bool isQuiet = _isQuiet && IsIdle;
        _restedFor = -1;
        long count = load.RequestCount;
        while (time - clock.Ticks > LongestStep) Advance(clock.Ticks + LongestStep);
        Advance(time);
        if (isQuiet && IsIdle && load.RequestCount == count) settler.Hold(); // a frame may load another document by itself
        else Settle();
        _late.BeginFrame();
    }

    /// <summary>
    /// Whether the frame asked for content while it was drawn (<see cref="LateContent"/>). It has arrived by the return: the frame is to be
    /// drawn again, as a browser that is given time would show it.
    /// </summary>
    internal bool NeedsRedraw()
    {
        if (!_late.IsMissing()) return false;
        Redraw();
        return true;
    }

    /// <summary>Has the frame drawn again, with what comes meanwhile.</summary>
    internal void Redraw()
    {
        for (int i = 0; i < Turns; i++) // an SVG image is loaded by a page of its own, which sends no event when it has been
        {
            Settle();
            clock.Run();
            if (!rest.TryAwaitWork(timeout)) _ = session.Pump(static () => false, TurnTime);
        }

        Repeat();
    }

    /// <summary>Has the frame drawn again, when what its scripts have begun has ended.</summary>
    internal void Repeat()
    {
        Settle();
        driver.Repeat();
        _late.BeginDrawing();
        _restedFor = -1;
    }

    /// <summary>
    /// Gives all tasks that the last frame left their turn, at its time, and finds out whether the page needs settling at the next.
    /// Stops when it sends a request, which has to be answered first.
    /// </summary>
    /// <param name="frame">The next animation frame.</param>
    /// <param name="asksHorizon">Whether to ask until when nothing observes frames.</param>
    /// <returns>The answer to that; null when there was a request.</returns>
    internal string? Rest(long frame, bool asksHorizon)
    {
        (_restedFor, _isQuiet, _isBusy, _nextStop) = (frame, false, false, null);
        if (!IsIdle) return null;
        _late.StartCounting();
        clock.Run();
        string due = string.Create(CultureInfo.InvariantCulture, $"{clock.Ticks},{times.PageTimeOf(frame):R},{times.SecondsOf(frame):R}");
        string? said = driver.EvaluateUntil($"__helios_driver.rest({due},{(asksHorizon ? "true" : "false")})", () => !IsIdle);
        _late.AwaitCount();
        if (said is null) return null;
        int end = said.IndexOf('\n', StringComparison.Ordinal);
        _isBusy = said.AsSpan(0, end) is Busy;
        _isQuiet = end > 0 && !_isBusy && !traits.HasMovingImages;
        int next = said.IndexOf('\n', end + 1);
        _nextStop = long.TryParse(said.AsSpan(end + 1, next - end - 1), CultureInfo.InvariantCulture, out long stop) ? stop : null;
        return said[(next + 1)..];
    }

    /// <summary>
    /// Stops the clock at every timer before the next frame. In a longer step the browser sometimes lets the clock pass a timer, which then
    /// runs at the time of the frame (2 to 15 of 100 that a callback of a frame had set).
    /// </summary>
    /// <param name="frame">The next frame.</param>
    /// <param name="time">Its time on the clock, 0.1 ms.</param>
    private void StopAtTimers(long frame, long time)
    {
        for (int stops = 0; stops < MostStops && _nextStop is long stop && stop < time; stops++)
        {
            requests.Release();
            clock.AdvanceTo(stop, timeout);
            if (Rest(frame, asksHorizon: false) is not null && IsIdle && !_isBusy) continue;
            string reason = settler.Settle(stop / 10.0, Frame, PageSettler.Loading, timeout);
            if (reason.Length > 0) throw session.TimedOut(reason, timeout);
            requests.Release();
            _ = Rest(frame, asksHorizon: false);
        }
    }

    /// <summary>In one step. The clock stands where a worker has not begun: it begins with the time at which the step ends.</summary>
    private void Advance(long time) => clock.AdvanceTo(time, timeout, () =>
    {
        if (workers.IsWaiting) workers.Start(time / 10.0);
    });

    private void Settle()
    {
        double time = clock.IsAtStart ? 0 : times.PageTimeOf(Frame);
        string reason = settler.Settle(time, Frame,
            string.Create(CultureInfo.InvariantCulture, $"{times.SecondsOf(Frame):R},{times.Rate:R}"), timeout);
        if (reason.Length > 0) throw session.TimedOut(reason, timeout);
        responses.ReadBodies(session);
    }
}
