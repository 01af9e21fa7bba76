using System;
using System.Text.Json;
using Helios.Browser;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Text;

namespace Helios.Page;

/// <summary>What a capture may do with the page: draw the frame whose time has come, ask it something, wait.</summary>
internal sealed class PageDriver(DevToolsSession session, VirtualClock clock, double interval, RenderSettings settings)
{
    private const int CallTimeout = 15_000;
    private const int LongestReason = 500; // our own words, and perhaps a URL that may be a data: URL
    private const char Refusal = '!'; // begins an answer of our scripts that says why the page cannot be rendered
    private const char ByPaint = '#'; // follows it where another way to capture can

    private int _extra; // frames that hooks got at the time _extraTime
    private double _extraTime;

    private bool _hasAnswered; // since the last frame was drawn

    internal DevToolsSession Session => session;

    internal RenderSettings Settings => settings;

    /// <summary>Called while a capture waits for the encoder; throws when that is in vain.</summary>
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
    /// Waits until everything is heard that the page has said since the last frame was drawn, such as that it makes a request:
    /// the answer to beginFrame comes from another process, and may overtake it.
    /// </summary>
    internal void Listen()
    {
        if (!_hasAnswered) _ = Evaluate("0");
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

    /// <summary>Gives the page a frame that is not displayed, at the time of the one that is due: a hook waits for it.</summary>
    internal void DrawForHook()
    {
        _ = Draw(DrawMode.Undisplayed);
        _extra = _extraTime == clock.Now ? _extra + 1 : 1;
        _extraTime = clock.Now;
    }

    /// <summary><see cref="PageSettler.RunUntil"/>: lets the page's tasks run without moving to the next frame.</summary>
    internal Func<Func<bool>, int, int, bool> RunUntil { get; set; } = static (_, _, _) => throw new InvalidOperationException("not yet");

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
        }, session.Limit.Milliseconds ?? CallTimeout);
        _hasAnswered = true;
        ReadOnlySpan<byte> details = JsonFields.Find(answer, "exceptionDetails"u8);
        if (!details.IsEmpty) throw new HeliosException(ExitCode.Invalid, "the page throws: " + PageWatch.Describe(details), session.Where, "mend the page; it can be tried in any browser");
        string text = JsonFields.ToText(JsonFields.Find(answer, "result"u8, "value"u8)) ?? "";
        return text.StartsWith(Refusal) ? throw Refuse(text[1..], session.Where) : text;
    }

    /// <summary>The refusal of a page in which our scripts found what cannot be rendered.</summary>
    internal static HeliosException Refuse(string reason, string where) => reason.StartsWith(ByPaint)
        ? new(ExitCode.Invalid, ErrorText.Shorten(reason[1..], LongestReason), where, PageScripts.OtherCapture)
        : new(ExitCode.Invalid, ErrorText.Shorten(reason, LongestReason), where, "fix the page, or remove what cannot be rendered");
}
