using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs.Document;
using Helios.Os;
using Helios.Text;

namespace Helios.Browser;

/// <summary>Called for every event; may send, must not wait.</summary>
internal delegate void DevToolsEventHandler(scoped DevToolsMessage message);

/// <summary>
/// Calls and events of the DevTools protocol on one thread: whoever waits for an answer handles the events that come
/// before it. Every wait ends: with the answer, the deadline, the end of the browser, or a signal to helios.
/// </summary>
/// <param name="pipe">The transport.</param>
/// <param name="interrupts">Ends waiting.</param>
/// <param name="describeEnd">What is known of a browser that ended, for the message.</param>
internal sealed class DevToolsSession(DevToolsPipe pipe, Interrupts interrupts, Func<string> describeEnd)
{
    private const int Slice = 50; // ms; how late a signal is noticed at the most

    private const int KeptSize = 1024 * 1024; // a file of the page makes messages of up to 97 MiB

    private readonly Dictionary<int, DevToolsEventHandler> _asked = []; // what is done with answers that nobody waits for
    private ArrayBufferWriter<byte> _outgoing = new(4096);
    private int _lastId;

    /// <summary>Session of calls to the browser itself.</summary>
    internal const string Browser = "";

    /// <summary>
    /// Session that calls go to unless they name another: the page's, once attached, and the browser before. It never changes
    /// again: events are handled in the middle of calls, and what they send must not depend on which call that is.
    /// </summary>
    internal string Target { get; private set; } = Browser;

    /// <summary>Bytes that the last message left in memory.</summary>
    internal int OutgoingCapacity => _outgoing.Capacity;

    internal DevToolsEventHandler? OnEvent { get; set; }

    /// <summary>Called when a slice of time passed without a message; may send, must not wait.</summary>
    internal Action? OnQuiet { get; set; }

    /// <summary>What the page may be waiting for, null when nothing is known; for messages.</summary>
    internal Func<string?>? FindSuspect { get; set; }

    /// <summary>What is being done, for messages: <c>frame 12 of https://…</c>.</summary>
    internal string Where { get; set; } = "browser start";

    /// <summary>The limit that people have set on what is being done, and the option that sets it, for messages.</summary>
    internal (int? Milliseconds, string Option) Limit { get; set; } = (null, "--timeout");

    /// <summary>Why the page could not be opened, once known; the load event fires for the browser's error page too.</summary>
    internal string? NavigationError { get; private set; }

    /// <summary>From now on calls go to the page.</summary>
    /// <param name="target">Its session.</param>
    internal void Attach(string target)
    {
        if (Target.Length > 0) throw new InvalidOperationException("attached already");
        Target = target;
    }

    /// <summary>Sends a call without waiting for its answer; errors are ignored.</summary>
    /// <param name="method">What to call.</param>
    /// <param name="parameters">Writes its parameters.</param>
    /// <param name="target">Session of another target than the page; <see cref="Browser"/> for the browser.</param>
    /// <returns>Number of the call, for <see cref="Receive"/>.</returns>
    internal int Send(string method, Action<Utf8JsonWriter>? parameters = null, string? target = null)
    {
        _outgoing.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_outgoing, JobJson.Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, ++_lastId);
            json.WriteString("method"u8, method);
            if ((target ?? Target) is { Length: > 0 } session) json.WriteString("sessionId"u8, session);
            if (parameters is not null)
            {
                json.WriteStartObject("params"u8);
                parameters(json);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        pipe.Send(_outgoing.WrittenSpan);
        if (_outgoing.Capacity > KeptSize) _outgoing = new(4096);
        return _lastId;
    }

    /// <summary>Sends a call whose answer is handled like an event when it comes, whether it was refused or not.</summary>
    /// <param name="method">What to call.</param>
    /// <param name="parameters">Writes its parameters.</param>
    /// <param name="target">As in <see cref="Send"/>.</param>
    /// <param name="onAnswer">May send, must not wait.</param>
    internal void Ask(string method, Action<Utf8JsonWriter>? parameters, string? target, DevToolsEventHandler onAnswer) =>
        _asked[Send(method, parameters, target)] = onAnswer;

    /// <summary>Calls and waits; the result is valid until the next call.</summary>
    /// <param name="method">What to call.</param>
    /// <param name="parameters">Writes its parameters.</param>
    /// <param name="milliseconds">How long to wait.</param>
    /// <param name="target">As in <see cref="Send"/>.</param>
    /// <exception cref="HeliosException">75: refused, timed out, or the browser ended.</exception>
    internal ReadOnlySpan<byte> Call(string method, Action<Utf8JsonWriter>? parameters, int milliseconds, string? target = null)
    {
        ReadOnlySpan<byte> result = TryCall(method, parameters, milliseconds, out string? error, target);
        if (error is null) return result;
        throw new HeliosException(ExitCode.Temporary, $"the browser refused {method}: {error}", Where, "run it again; if it stays, check helios doctor");
    }

    /// <summary>As <see cref="Call"/>, but a refusal is the caller's business.</summary>
    internal ReadOnlySpan<byte> TryCall(string method, Action<Utf8JsonWriter>? parameters, int milliseconds, out string? error, string? target = null)
    {
        int id = Send(method, parameters, target);
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            DevToolsMessage message = Receive(Remaining(start, milliseconds));
            if (message.Id != id)
            {
                if (message.Id == 0 && message.Method.IsEmpty && Remaining(start, milliseconds) == 0) throw TimedOut(method, milliseconds);
                continue;
            }

            error = message.Error.IsEmpty ? null : ErrorText.Shorten(JsonFields.GetText(message.Error, "message"u8) ?? "no reason given");
            return message.Body;
        }
    }

    /// <summary>Sends Page.navigate without waiting: its answer comes only when the clock moves.</summary>
    internal void Navigate(string url)
    {
        NavigationError = null;
        Ask("Page.navigate", json => json.WriteString("url"u8, url), Target, answer =>
            NavigationError = JsonFields.GetText(answer.Body, "errorText"u8) ?? JsonFields.GetText(answer.Error, "message"u8));
    }

    /// <summary>Handles messages until the condition holds.</summary>
    /// <returns>Whether it held in time.</returns>
    internal bool Pump(Func<bool> isDone, int milliseconds)
    {
        long start = Stopwatch.GetTimestamp();
        while (!isDone())
        {
            DevToolsMessage message = Receive(Remaining(start, milliseconds));
            if (message.Id == 0 && message.Method.IsEmpty && Remaining(start, milliseconds) == 0) return isDone();
        }

        return true;
    }

    /// <param name="what">What was waited for.</param>
    /// <param name="milliseconds">How long; said only where no limit was set that this may be the rest of.</param>
    internal HeliosException TimedOut(string what, int milliseconds)
    {
        string? url = FindSuspect?.Invoke();
        string suspect = url is null ? "the page hangs or the machine is too slow" : $"{url} is not answered";
        return new HeliosException(ExitCode.Temporary,
            string.Create(CultureInfo.InvariantCulture, $"no answer to {ErrorText.Shorten(what)} within {(Limit.Milliseconds ?? milliseconds) / 1000.0:0.###} s: {suspect}"),
            Where, (url is null ? "look for an endless loop in the page" : "see why its server does not answer") + $", or raise {Limit.Option}");
    }

    /// <summary>The next message, events already handled; an empty one when a slice of time passed without any.</summary>
    private DevToolsMessage Receive(int milliseconds)
    {
        interrupts.ThrowIfRequested();
        if (!pipe.TryReceive(Math.Min(milliseconds, Slice), out ReadOnlySpan<byte> bytes))
        {
            if (!pipe.IsClosed)
            {
                OnQuiet?.Invoke();
                return default;
            }

            if (!pipe.Excess.IsEmpty) throw TooLarge(pipe.Excess);
            if (pipe.Reason.Length > 0) throw new HeliosException(ExitCode.Temporary, pipe.Reason, Where, "run it again; if it stays, use a machine with less to do");
            throw new HeliosException(ExitCode.Temporary, "the browser ended unexpectedly" + describeEnd(), Where, "run it again; if it stays, give it more memory");
        }

        DevToolsMessage message = Parse(bytes);
        if (message.Id == 0) OnEvent?.Invoke(message);
        else if (_asked.Remove(message.Id, out DevToolsEventHandler? onAnswer)) onAnswer(message);
        return message;
    }

    private DevToolsMessage Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return DevToolsMessage.Parse(bytes);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new HeliosException(ExitCode.Temporary, "the browser says what is no message of DevTools", Where, "run it again; if it stays, check helios doctor", error);
        }
    }

    /// <param name="beginning">Of the message, which is cut.</param>
    private HeliosException TooLarge(ReadOnlySpan<byte> beginning)
    {
        string name = DevToolsMessage.NameOf(beginning);
        string what = name.StartsWith("Runtime.consoleAPICalled", StringComparison.Ordinal) ? "the page logs" : "the page makes the browser say";
        return new HeliosException(ExitCode.Invalid, string.Create(CultureInfo.InvariantCulture,
            $"{what} more than {pipe.Largest / (1024 * 1024)} MiB at once ({(name.Length > 0 ? name : "an answer")})"),
            Where, "let the page log less, and choose smaller pictures");
    }

    private static int Remaining(long start, int milliseconds) =>
        Math.Max(0, milliseconds - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
}
