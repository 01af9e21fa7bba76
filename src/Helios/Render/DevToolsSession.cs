using System;
using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Helios.Jobs;
using Helios.Os;

namespace Helios.Render;

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

    private readonly ArrayBufferWriter<byte> _outgoing = new(4096);
    private int _lastId;
    private int _navigation;

    /// <summary>Session of the page, once attached; calls go to the browser before.</summary>
    internal string? Target { get; set; }

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

    /// <summary>Sends a call without waiting for its answer; errors are ignored.</summary>
    /// <param name="method">What to call.</param>
    /// <param name="parameters">Writes its parameters.</param>
    /// <param name="target">Session of another target than the page.</param>
    /// <returns>Number of the call, for <see cref="Receive"/>.</returns>
    internal int Send(string method, Action<Utf8JsonWriter>? parameters = null, string? target = null)
    {
        _outgoing.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_outgoing, JobJson.Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, ++_lastId);
            json.WriteString("method"u8, method);
            if ((target ?? Target) is string session) json.WriteString("sessionId"u8, session);
            if (parameters is not null)
            {
                json.WriteStartObject("params"u8);
                parameters(json);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        pipe.Send(_outgoing.WrittenSpan);
        return _lastId;
    }

    /// <summary>Calls and waits; the result is valid until the next call.</summary>
    /// <exception cref="HeliosException">75: refused, timed out, or the browser ended.</exception>
    internal ReadOnlySpan<byte> Call(string method, Action<Utf8JsonWriter>? parameters, int milliseconds)
    {
        ReadOnlySpan<byte> result = TryCall(method, parameters, milliseconds, out string? error);
        if (error is null) return result;
        throw new HeliosException(ExitCode.Temporary, $"the browser refused {method}: {error}", Where, "run it again; if it stays, check helios doctor");
    }

    /// <summary>As <see cref="Call"/>, but a refusal is the caller's business.</summary>
    internal ReadOnlySpan<byte> TryCall(string method, Action<Utf8JsonWriter>? parameters, int milliseconds, out string? error)
    {
        int id = Send(method, parameters);
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            DevToolsMessage message = Receive(Remaining(start, milliseconds));
            if (message.Id != id)
            {
                if (message.Id == 0 && message.Method.IsEmpty && Remaining(start, milliseconds) == 0) throw TimedOut(method, milliseconds);
                continue;
            }

            error = message.Error.IsEmpty ? null : JsonFields.GetText(message.Error, "message"u8) ?? "no reason given";
            return message.Body;
        }
    }

    /// <summary>Sends Page.navigate without waiting: its answer comes only when the clock moves.</summary>
    internal void Navigate(string url)
    {
        NavigationError = null;
        _navigation = Send("Page.navigate", json => json.WriteString("url"u8, url));
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
            string.Create(CultureInfo.InvariantCulture, $"no answer to {what} within {(Limit.Milliseconds ?? milliseconds) / 1000.0:0.###} s: {suspect}"),
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

            if (pipe.Reason.Length > 0) throw new HeliosException(ExitCode.Temporary, pipe.Reason, Where, "run it again; if it stays, use a machine with less to do");
            throw new HeliosException(ExitCode.Temporary, "the browser ended unexpectedly" + describeEnd(), Where, "run it again; if it stays, give it more memory");
        }

        DevToolsMessage message = DevToolsMessage.Parse(bytes);
        if (message.Id == 0) OnEvent?.Invoke(message);
        else if (message.Id == _navigation) NavigationError = JsonFields.GetText(message.Body, "errorText"u8) ?? JsonFields.GetText(message.Error, "message"u8);
        return message;
    }

    private static int Remaining(long start, int milliseconds) =>
        Math.Max(0, milliseconds - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
}
