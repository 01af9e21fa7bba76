using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs.Document;
using Helios.Os;
using Helios.Text;

namespace Helios.Browser;

/// <summary>Called for an event or an answer; may send, must not wait.</summary>
internal delegate void DevToolsEventHandler(scoped DevToolsMessage message);

/// <summary>
/// Calls and events of the DevTools protocol over one pipe and on one thread: while it waits for an answer, it handles the
/// events that come first. Every wait ends: with the answer, the deadline, the end of the browser, or a signal to helios. Calls
/// are made on the <see cref="DevToolsSession"/> of their target.
/// </summary>
/// <param name="pipe">The transport.</param>
/// <param name="interrupts">Signals that end a wait.</param>
/// <param name="describeEnd">Describes the end of a browser, for the message.</param>
internal sealed class DevToolsConnection(DevToolsPipe pipe, Interrupts interrupts, Func<string> describeEnd)
{
    private const int Slice = 50; // ms; the longest delay until a signal is noticed

    private const int KeptSize = 1024 * 1024; // a file of the page makes messages of up to 97 MiB

    private readonly List<(byte[] Name, DevToolsEventHandler Handler)> _subscriptions = [];
    private readonly List<Action> _idleSubscriptions = [];
    private readonly Dictionary<int, DevToolsEventHandler> _asked = []; // handlers of answers that no call waits for
    private ArrayBufferWriter<byte> _outgoing = new(4096);
    private int _lastId;

    /// <summary>Capacity of the buffer that the last message left.</summary>
    internal int OutgoingCapacity => _outgoing.Capacity;

    /// <summary>
    /// Subscribes to an event of any session. Several handlers of an event are called in the order
    /// in which they were subscribed.
    /// </summary>
    /// <param name="name"><c>Page.loadEventFired</c>, or <c>Page.</c> for all events of a domain.</param>
    /// <param name="handler">May send, must not wait.</param>
    internal void Subscribe(ReadOnlySpan<byte> name, DevToolsEventHandler handler) => _subscriptions.Add((name.ToArray(), handler));

    /// <summary>
    /// Subscribes a handler that is called whenever a slice of time passes without a message; it may send, must not wait.
    /// </summary>
    internal void SubscribeIdle(Action handler) => _idleSubscriptions.Add(handler);

    /// <summary>Whether any event has a handler.</summary>
    internal bool HasSubscriptions => _subscriptions.Count > 0;

    /// <summary>Forgets all subscriptions, and the handlers of answers that have not come.</summary>
    internal void Reset()
    {
        _subscriptions.Clear();
        _idleSubscriptions.Clear();
        _asked.Clear();
    }

    /// <summary>Sends a call without waiting for its answer; refusals are ignored.</summary>
    /// <returns>Number of the call.</returns>
    internal int Send(string session, string method, Action<Utf8JsonWriter>? parameters)
    {
        _outgoing.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_outgoing, JobJson.Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, ++_lastId);
            json.WriteString("method"u8, method);
            if (session.Length > 0) json.WriteString("sessionId"u8, session);
            if (parameters is not null)
            {
                json.WriteStartObject("params"u8);
                parameters(json);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        _outgoing.Write("\0"u8);
        pipe.Send(_outgoing.WrittenSpan);
        if (_outgoing.Capacity > KeptSize) _outgoing = new(4096);
        return _lastId;
    }

    /// <summary>Sends a call whose answer, or refusal, is handled like an event.</summary>
    internal void Ask(string session, string method, Action<Utf8JsonWriter>? parameters, DevToolsEventHandler onAnswer) =>
        _asked[Send(session, method, parameters)] = onAnswer;

    /// <summary>Calls and waits; the result is valid until the next call.</summary>
    /// <param name="session">Session of the target.</param>
    /// <param name="method">What to call.</param>
    /// <param name="parameters">Writes its parameters.</param>
    /// <param name="milliseconds">How long to wait.</param>
    /// <param name="context">The caller's activity.</param>
    /// <param name="refusal">Reason for which the browser refused the call; null when it did not.</param>
    internal ReadOnlySpan<byte> Call(
        string session, string method, Action<Utf8JsonWriter>? parameters, int milliseconds, ICallContext context, out string? refusal)
    {
        int id = Send(session, method, parameters);
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            DevToolsMessage message = Receive(Remaining(start, milliseconds), context);
            if (message.Id != id)
            {
                if (IsNone(message) && Remaining(start, milliseconds) == 0) throw DevToolsErrors.TimedOut(context, method, milliseconds);
                continue;
            }

            refusal = DevToolsErrors.ReasonOf(message);
            return message.Body;
        }
    }

    /// <summary>Handles messages until the condition holds.</summary>
    /// <returns>Whether it held in time.</returns>
    internal bool Pump(Func<bool> isDone, int milliseconds, ICallContext context)
    {
        long start = Stopwatch.GetTimestamp();
        while (!isDone())
        {
            DevToolsMessage message = Receive(Remaining(start, milliseconds), context);
            if (IsNone(message) && Remaining(start, milliseconds) == 0) return isDone();
        }

        return true;
    }

    /// <summary>The next message, already handled if no call waits for it; an empty one when a slice of time passed without any.</summary>
    private DevToolsMessage Receive(int milliseconds, ICallContext context)
    {
        interrupts.ThrowIfRequested();
        if (!pipe.TryReceive(Math.Min(milliseconds, Slice), out ReadOnlySpan<byte> bytes))
        {
            if (pipe.IsClosed) throw DevToolsErrors.Closed(context, pipe, describeEnd);
            foreach (Action handler in _idleSubscriptions) handler();
            return default;
        }

        DevToolsMessage message = Parse(bytes, context);
        if (message.Id == 0) Dispatch(message);
        else if (_asked.Remove(message.Id, out DevToolsEventHandler? onAnswer)) onAnswer(message);
        return message;
    }

    private void Dispatch(scoped DevToolsMessage message)
    {
        foreach (var (name, handler) in _subscriptions)
        {
            bool isMeant = name[^1] == '.' ? message.Method.StartsWith(name) : message.Method.SequenceEqual(name);
            if (isMeant) handler(message);
        }
    }

    private static DevToolsMessage Parse(ReadOnlySpan<byte> bytes, ICallContext context)
    {
        try
        {
            return DevToolsMessage.Parse(bytes);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw DevToolsErrors.NoMessage(context, error);
        }
    }

    private static bool IsNone(scoped DevToolsMessage message) => message.Id == 0 && message.Method.IsEmpty;

    private static int Remaining(long start, int milliseconds) =>
        Math.Max(0, milliseconds - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
}
