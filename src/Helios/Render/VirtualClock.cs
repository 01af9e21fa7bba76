using System;
using System.Diagnostics;
using System.Globalization;

namespace Helios.Render;

/// <summary>
/// The page's only clock. It stands still but for the steps that are taken here, so that a page's timers, animations and
/// <c>Date</c> depend on the frame number alone. Emulation.setVirtualTimePolicy, checked with Chromium 156.
/// </summary>
internal sealed class VirtualClock
{
    /// <summary>2024-01-01T00:00:00Z, the epoch of the Node.js Helios.</summary>
    internal const double Epoch = 1_704_067_200;

    private const double Nudge = 1e-5; // ms; the browser cuts budgets to whole microseconds, and 33.3 may be 33.29999
    private const double FrameOffset = 0.0004; // ms; likewise for the time of a frame
    private const double RepeatStep = 0.001; // ms; the smallest step: the same time again would hang

    private readonly DevToolsSession _session;
    private long _base; // μs of the browser's clock when the page's clock is 0
    private long _now; // 0.1 ms since then
    private int _breaths; // μs since the last step
    private bool _hasExpired;

    internal VirtualClock(DevToolsSession session) => _session = session;

    /// <summary>To be called for Emulation.virtualTimeBudgetExpired.</summary>
    internal void OnExpired() => _hasExpired = true;

    /// <summary>Stops the clock at a multiple of 0.1 ms of the browser's own; before the page is loaded.</summary>
    internal void Start(int timeout)
    {
        double started = JsonFields.GetNumber(_session.Call("Emulation.setVirtualTimePolicy", json =>
        {
            json.WriteString("policy"u8, "pause"u8);
            json.WriteNumber("initialVirtualTime"u8, Epoch);
        }, timeout), "virtualTimeTicksBase"u8) ?? throw new HeliosException(ExitCode.Unavailable, "the browser has no virtual time", "Emulation.setVirtualTimePolicy", BrowserFinder.Fix);

        long micros = (long)Math.Round(started * 1000);
        long missing = 100 - (micros % 100); // never 0: an empty budget does not expire
        Spend("advance", (missing / 1000.0) + Nudge, timeout);
        _base = micros + missing;
    }

    /// <summary>Lets network requests and what waits for them go on; the page's clock moves by a microsecond.</summary>
    internal void Breathe(int timeout)
    {
        Spend("pauseIfNetworkFetchesPending", RepeatStep, timeout);
        _breaths++;
    }

    /// <summary>After loading: from now on a step makes up for the breaths before it, so that they do not add up.</summary>
    internal void EndLoading() => _breaths = 0;

    /// <summary>Goes on to a time, in units of 0.1 ms since the start; what is due until then has happened after.</summary>
    /// <param name="ticks">The time.</param>
    /// <param name="waitsForNetwork">
    /// Whether the clock stands while the page waits for the network, so that an answer comes at the same time of the
    /// page whatever the machine; not while a medium streams, which never ends.
    /// </param>
    /// <param name="timeout">ms.</param>
    internal void AdvanceTo(long ticks, bool waitsForNetwork, int timeout)
    {
        if (ticks <= _now) return;
        double budget = ((ticks - _now) / 10.0) - (Math.Min(_breaths, 50) * RepeatStep) + Nudge;
        Spend(waitsForNetwork ? "pauseIfNetworkFetchesPending" : "advance", budget, timeout);
        _breaths = 0;
        _now = ticks;
    }

    /// <summary>Time of the current frame on the browser's clock, ms. A repeated frame needs a time of its own.</summary>
    internal double FrameTime(int repetition) => (_base / 1000.0) + (_now / 10.0) + FrameOffset + (repetition * RepeatStep);

    private void Spend(string policy, double budget, int timeout)
    {
        _hasExpired = false;
        long start = Stopwatch.GetTimestamp();
        _ = _session.Call("Emulation.setVirtualTimePolicy", json =>
        {
            json.WriteString("policy"u8, policy);
            json.WriteNumber("budget"u8, budget);
        }, timeout);
        int rest = timeout - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (_session.Pump(() => _hasExpired, Math.Max(0, rest))) return; // the event may come before the answer
        throw _session.TimedOut(string.Create(CultureInfo.InvariantCulture, $"{policy} ({budget:0.###} ms of the page's time)"), timeout);
    }
}
