using System;
using System.Diagnostics;
using System.Text.Json;
using Helios.Browser;
using Helios.Errors;
using Helios.Text;

namespace Helios.Page;

/// <summary>What a capture may do with the page: draw the frame whose time has come, ask it something, let it run, wait.</summary>
/// <param name="session">The page.</param>
/// <param name="clock">Its clock.</param>
/// <param name="load">Whether its frames are loaded.</param>
/// <param name="interval">Time between two frames, ms.</param>
/// <param name="settings">Of the worker.</param>
internal sealed class PageDriver(DevToolsSession session, VirtualClock clock, PageLoadState load, double interval, RenderSettings settings)
{
    private const int CallTimeout = 15_000;
    private const int Slice = 50; // ms after which a document may have come while the clock stood
    private const char Refusal = '!'; // begins an answer of our scripts that says why the page cannot be rendered

    private int _extra; // frames that hooks got at the time _extraTime
    private double _extraTime;

    private bool _hasAnswered; // since the last frame was drawn

    internal DevToolsSession Session => session;

    internal RenderSettings Settings => settings;

    /// <summary>Called while a capture waits for the encoder; throws when waiting is in vain.</summary>
    internal Action WhileWaiting { get; set; } = static () => { };

    /// <summary>Draws the frame.</summary>
    /// <param name="mode">What to do with it.</param>
    /// <param name="repetition">How often it was drawn before.</param>
    /// <returns>The browser's answer, valid until the next call.</returns>
    internal ReadOnlySpan<byte> Draw(DrawMode mode, int repetition = 0)
    {
        _hasAnswered = false;
        return session.Call("HeadlessExperimental.beginFrame", json => WriteFrame(json, mode, repetition), settings.FrameTimeout);
    }

    /// <summary>
    /// Waits until everything has been received that the page has said since the last frame was drawn, such as that it makes a
    /// request: the answer to beginFrame comes from another process, and may overtake it.
    /// </summary>
    internal void Listen()
    {
        if (!_hasAnswered) _ = Evaluate("0");
    }

    /// <summary>Gives the page a frame that is not displayed, at the time of the one that is due: a hook waits for it.</summary>
    internal void DrawForHook()
    {
        _ = Draw(DrawMode.Undisplayed);
        _extra = _extraTime == clock.Now ? _extra + 1 : 1;
        _extraTime = clock.Now;
    }

    /// <summary>Lets the page run at the time where its clock stands until the condition holds.</summary>
    /// <param name="isDone">The condition.</param>
    /// <param name="timeout">ms.</param>
    /// <param name="slice">ms between two looks at it while nothing happens.</param>
    /// <returns>Whether it held in time.</returns>
    internal bool RunUntil(Func<bool> isDone, int timeout, int slice = Slice)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (load.IsLoadingFrames) clock.DrainTasks(timeout);
            clock.Run();
            int remaining = timeout - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (session.Pump(isDone, Math.Clamp(remaining, 0, slice))) return true;
            if (remaining <= 0) return false;
        }
    }

    /// <summary>
    /// Text that an expression, or the promise that it gives, results in; the page's exception is ours, and so is what
    /// helios' own scripts find that cannot be rendered.
    /// </summary>
    /// <exception cref="HeliosException">65: either of these.</exception>
    internal string Evaluate(string expression)
    {
        ReadOnlySpan<byte> answer = session.Call("Runtime.evaluate", json =>
        {
            json.WriteString("expression"u8, expression);
            json.WriteBoolean("returnByValue"u8, true);
            json.WriteBoolean("awaitPromise"u8, true);
        }, session.Context.Limit.Milliseconds ?? CallTimeout);
        _hasAnswered = true;
        ReadOnlySpan<byte> details = JsonFields.Find(answer, "exceptionDetails"u8);
        if (!details.IsEmpty) throw PageFaults.Thrown(details, session.Where);
        string text = JsonFields.ToText(JsonFields.Find(answer, "result"u8, "value"u8)) ?? "";
        return text.StartsWith(Refusal) ? throw PageFaults.Refuse(text[1..], session.Where) : text;
    }

    private void WriteFrame(Utf8JsonWriter json, DrawMode mode, int repetition)
    {
        json.WriteNumber("frameTimeTicks"u8, clock.FrameTime(repetition + (_extraTime == clock.Now ? _extra : 0)));
        json.WriteNumber("interval"u8, interval);
        if (mode == DrawMode.Undisplayed) json.WriteBoolean("noDisplayUpdates"u8, true);
        if (mode != DrawMode.Screenshot) return;
        json.WriteStartObject("screenshot"u8);
        json.WriteString("format"u8, "png"u8);
        json.WriteBoolean("optimizeForSpeed"u8, true);
        json.WriteEndObject();
    }
}
