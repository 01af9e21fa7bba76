using System;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Helios.Browser;
using Helios.Errors;
using Helios.Text;

namespace Helios.Page;

/// <summary>
/// The operations on the page that a capture may use: draw the frame that is due, evaluate an expression, let it run, wait.
/// </summary>
/// <param name="session">The page.</param>
/// <param name="clock">Its clock.</param>
/// <param name="load">Whether its frames are loaded.</param>
/// <param name="interval">Time between two frames, ms.</param>
/// <param name="settings">Settings of the worker.</param>
internal sealed class PageDriver(DevToolsSession session, VirtualClock clock, PageLoadState load, double interval, RenderSettings settings)
{
    private const string EvaluateMethod = "Runtime.evaluate";
    private const string EndFrame = "window.__helios_facts&&__helios_facts.endFrame()"; // the last one is over
    private const int CallTimeout = 15_000;
    private const int Slice = 50; // ms; a document may have arrived while the clock was stopped
    private const char Refusal = '!'; // first character of a driver script's answer that says why the page cannot be rendered

    private int _extra; // times that drawings at the time _extraTime have used
    private double _extraTime;
    private int _repetition; // of the last drawing

    private bool _hasAnswered; // since the last frame was drawn

    internal DevToolsSession Session => session;

    internal RenderSettings Settings => settings;

    /// <summary>
    /// Whether the last frame is to be drawn again, as <see cref="Listen()"/> has heard: it showed a video that the one before did not, or
    /// HTML was drawn in a canvas element.
    /// </summary>
    internal bool IsIncomplete { get; private set; }

    /// <summary>Whether the last frame had a video, seen or not, as likewise heard.</summary>
    internal bool HasVideo { get; private set; }

    /// <summary>Whether one was visible, perhaps outside the viewport or under something else.</summary>
    internal bool ShowsVideo { get; private set; }

    /// <summary>Draws the frame.</summary>
    /// <param name="mode">How far to process it.</param>
    /// <param name="repetition">How often it was drawn before.</param>
    /// <returns>The browser's response, valid until the next call.</returns>
    internal ReadOnlySpan<byte> Draw(DrawMode mode, int repetition = 0)
    {
        _hasAnswered = IsIncomplete = false;
        _repetition = repetition;
        return session.Call("HeadlessExperimental.beginFrame", json => WriteFrame(json, mode, repetition), settings.FrameTimeout);
    }

    /// <summary>
    /// Waits until all messages that the page sent since the last frame have arrived, such as a new request: the response to
    /// beginFrame comes from another process, and may overtake them.
    /// </summary>
    internal void Listen()
    {
        if (!_hasAnswered) NoteEnd(Evaluate(EndFrame));
    }

    /// <summary>The same without waiting.</summary>
    /// <param name="onArrived">Called when they have arrived.</param>
    internal void Listen(Action onArrived) =>
        session.Ask(EvaluateMethod, static json => WriteExpression(json, EndFrame), answer =>
        {
            NoteEnd(JsonFields.ToText(JsonFields.Find(answer.Body, "result"u8, "value"u8)) ?? "");
            onArrived();
        });

    /// <param name="said">Answer of facts.js to the end of a frame.</param>
    private void NoteEnd(string said)
    {
        string videos = said.Split(' ')[0];
        IsIncomplete |= videos == "revealed" || said.EndsWith(" again", StringComparison.Ordinal);
        HasVideo = videos.Length > 0;
        ShowsVideo = videos is "shown" or "revealed";
    }

    /// <summary>Has the animations of the last drawing show its time, where it was drawn between two points of the grid.</summary>
    /// <returns>Whether it has to be drawn again for that; then <see cref="PutBack"/> follows.</returns>
    internal bool PutForward()
    {
        int at = _repetition + Extra;
        return at % VirtualClock.NextPoint != 0 && Evaluate(string.Create(CultureInfo.InvariantCulture,
            $"__helios_driver.putForward({at / VirtualClock.NextPoint})")).Length > 0;
    }

    /// <summary>Undoes <see cref="PutForward"/>.</summary>
    internal void PutBack() => _ = Evaluate("__helios_driver.putBack()");

    /// <summary>Gives the page an undisplayed frame at the time of the frame that is due: a hook waits for one.</summary>
    internal void DrawForHook()
    {
        _ = Draw(DrawMode.Undisplayed);
        Repeat();
    }

    /// <summary>Another drawing follows at the time of the frame that is due: each needs a time of its own.</summary>
    /// <param name="least">The repetition that it has at least (<see cref="VirtualClock.FrameTime"/>).</param>
    internal void Repeat(int least = 0)
    {
        _extra = Math.Max(Extra + _repetition + 1, least);
        _extraTime = clock.Now;
    }

    /// <summary>Lets the page run at the current time of its clock until the condition holds.</summary>
    /// <param name="isDone">The condition.</param>
    /// <param name="timeout">ms.</param>
    /// <param name="slice">ms between two checks while nothing happens.</param>
    /// <returns>Whether the condition held in time.</returns>
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
    /// Text result of an expression, or of the promise that it returns. An exception of the page, and a refusal by helios' own
    /// scripts, become a HeliosException.
    /// </summary>
    /// <exception cref="HeliosException">65: either of these.</exception>
    internal string Evaluate(string expression)
    {
        ReadOnlySpan<byte> answer = session.Call(EvaluateMethod, json => WriteExpression(json, expression), CallLimit);
        _hasAnswered = true;
        return TextOf(answer);
    }

    /// <summary>As <see cref="Evaluate"/>, but stops waiting as soon as a condition holds.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="isOver">The condition.</param>
    /// <returns>Null when the condition held first.</returns>
    internal string? EvaluateUntil(string expression, Func<bool> isOver)
    {
        string? text = null;
        string? refusal = null;
        HeliosException? fault = null;
        session.Ask(EvaluateMethod, json => WriteExpression(json, expression), answer =>
        {
            try
            {
                refusal = DevToolsErrors.ReasonOf(answer);
                if (refusal is null) text = TextOf(answer.Body);
            }
            catch (HeliosException error)
            {
                fault = error; // for the caller: a handler of a message does not throw
            }
        });
        int limit = CallLimit;
        bool HasAnswer() => text is not null || refusal is not null || fault is not null;
        if (!session.Pump(() => HasAnswer() || isOver(), limit)) throw session.TimedOut(EvaluateMethod, limit);
        if (refusal is not null) throw session.Refused(EvaluateMethod, refusal);
        if (fault is not null) throw fault;
        _hasAnswered |= text is not null;
        return text;
    }

    private int Extra => _extraTime == clock.Now ? _extra : 0;

    private int CallLimit => session.Context.Limit.Milliseconds ?? CallTimeout;

    private static void WriteExpression(Utf8JsonWriter json, string expression)
    {
        json.WriteString("expression"u8, expression);
        json.WriteBoolean("returnByValue"u8, true);
        json.WriteBoolean("awaitPromise"u8, true);
    }

    private string TextOf(ReadOnlySpan<byte> answer)
    {
        ReadOnlySpan<byte> details = JsonFields.Find(answer, "exceptionDetails"u8);
        if (!details.IsEmpty) throw PageFaults.Thrown(details, session.Where);
        string text = JsonFields.ToText(JsonFields.Find(answer, "result"u8, "value"u8)) ?? "";
        return text.StartsWith(Refusal) ? throw PageFaults.Refuse(text[1..], session.Where) : text;
    }

    private void WriteFrame(Utf8JsonWriter json, DrawMode mode, int repetition)
    {
        json.WriteNumber("frameTimeTicks"u8, clock.FrameTime(repetition + Extra));
        json.WriteNumber("interval"u8, interval);
        if (mode == DrawMode.Undisplayed) json.WriteBoolean("noDisplayUpdates"u8, true);
        if (mode != DrawMode.Screenshot) return;
        json.WriteStartObject("screenshot"u8);
        json.WriteString("format"u8, "png"u8);
        json.WriteBoolean("optimizeForSpeed"u8, true);
        json.WriteEndObject();
    }
}
