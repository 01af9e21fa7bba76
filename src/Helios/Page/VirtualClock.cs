using System;
using System.Diagnostics;
using System.Globalization;
using Helios.Browser;
using Helios.Errors;
using Helios.Text;

namespace Helios.Page;

/// <summary>
/// The page's only clock. It moves only in the steps made here and is stopped in between, always on a point of a grid of 0.1 ms:
/// Blink rounds the times that pages read to that grid, and rounds values between its points up or down at random.
/// Emulation.setVirtualTimePolicy, checked with Chromium 156.
/// </summary>
internal sealed class VirtualClock
{
    /// <summary>2024-01-01T00:00:00Z, the epoch of the Node.js Helios.</summary>
    internal const double Epoch = 1_704_067_200;

    internal const int MaxRepetitions = 50;

    /// <summary>
    /// The repetition that stands on the next point of the grid. Between two points Blink rounds the time of animations up or down by
    /// chance: by each repetition in one more of a hundred frames.
    /// </summary>
    internal const int NextPoint = 100;

    private const string Policy = "Emulation.setVirtualTimePolicy";
    private const double Nudge = 1e-5; // ms; the browser cuts budgets to whole microseconds, and 33.3 may be 33.29999
    private const double FrameOffset = 0.0004; // ms; likewise for the time of a frame
    private const double RepeatStep = 0.001; // ms; the smallest step: the same time again would hang
    private const double BeforeStart = -0.06; // ms; leaves room for repetitions: times before 0 count as 0

    private readonly DevToolsSession _page;
    private long _base; // μs of the browser's clock when the page's clock is 0
    private long _now; // 0.1 ms since then
    private bool _hasExpired;

    /// <param name="page">The page.</param>
    internal VirtualClock(DevToolsSession page)
    {
        _page = page;
        page.Connection.Subscribe("Emulation.virtualTimeBudgetExpired"u8, _ => _hasExpired = true);
    }

    /// <summary>Current time of the clock, in units of 0.1 ms.</summary>
    internal long Ticks => _now;

    /// <summary>Current time of the clock, ms.</summary>
    internal double Now => _now / 10.0;

    /// <summary>Whether it has not moved since the page was loaded.</summary>
    internal bool IsAtStart => _now == 0;

    /// <summary>Stops the clock at a multiple of 0.1 ms of the browser's own; called before the page is loaded.</summary>
    internal void Start(int timeout)
    {
        ReadOnlySpan<byte> answer = _page.Call(Policy, static json =>
        {
            json.WriteString("policy"u8, "pause"u8);
            json.WriteNumber("initialVirtualTime"u8, Epoch);
        }, timeout);
        double started = JsonFields.GetNumber(answer, "virtualTimeTicksBase"u8)
            ?? throw new HeliosException(ExitCode.Unavailable, "the browser has no virtual time", Policy, BrowserFinder.Fix);

        long micros = (long)Math.Round(started * 1000);
        long missing = 100 - (micros % 100);
        AdvanceClock("advance", (missing / 1000.0) + Nudge, timeout);
        _base = micros + missing;
    }

    /// <summary>
    /// Runs the tasks that are pending, without moving the clock: a budget below a microsecond expires at once. A document that
    /// arrived while the clock was stopped begins to load only with a budget.
    /// </summary>
    internal void DrainTasks(int timeout) => AdvanceClock("pauseIfNetworkFetchesPending", Nudge, timeout);

    /// <summary>
    /// Lets the page run at the current time of its clock, until <see cref="Stop"/>: tasks and their consequences, but no later
    /// timer. Without a budget the fence of the last stop stays. While a request is open, tasks wait for it.
    /// </summary>
    internal void Run() => _page.Send(Policy, static json => json.WriteString("policy"u8, "pauseIfNetworkFetchesPending"u8));

    /// <summary>Holds tasks back until the next step.</summary>
    internal void Stop(int timeout) => _ = _page.Call(Policy, static json => json.WriteString("policy"u8, "pause"u8), timeout);

    /// <summary>
    /// Advances to a time through all timers that are due until then; then the clock stops. It also stops while the page waits for
    /// the network.
    /// </summary>
    /// <param name="ticks">The time, in units of 0.1 ms since the start.</param>
    /// <param name="timeout">ms.</param>
    /// <param name="look">Called while it moves; may let it continue where it has stopped.</param>
    internal void AdvanceTo(long ticks, int timeout, Action? look = null)
    {
        if (ticks <= _now) return;
        AdvanceClock("pauseIfNetworkFetchesPending", ((ticks - _now) / 10.0) + Nudge, timeout, look);
        _now = ticks;
    }

    /// <summary>Time of the current frame on the browser's clock, ms.</summary>
    /// <param name="repetition">
    /// How often it was requested, 0..<see cref="MaxRepetitions"/>; each repetition needs a distinct time, which the page reads as
    /// the same.
    /// </param>
    internal double FrameTime(int repetition) =>
        (_base / 1000.0) + (_now / 10.0) + FrameOffset + (repetition * RepeatStep) + (_now == 0 ? BeforeStart : 0);

    private void AdvanceClock(string policy, double budget, int timeout, Action? look = null)
    {
        _hasExpired = false;
        long start = Stopwatch.GetTimestamp();
        _ = _page.Call(Policy, json =>
        {
            json.WriteString("policy"u8, policy);
            json.WriteNumber("budget"u8, budget);
        }, timeout);
        int remaining = timeout - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        bool HasExpired()
        {
            look?.Invoke();
            return _hasExpired; // the event may arrive before the response
        }

        if (_page.Pump(HasExpired, Math.Max(0, remaining))) return;
        throw _page.TimedOut(string.Create(CultureInfo.InvariantCulture, $"{policy} ({budget:0.###} ms of the page's time)"), timeout);
    }
}
