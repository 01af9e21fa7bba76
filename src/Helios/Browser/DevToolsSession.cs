using System;
using System.Text;
using System.Text.Json;
using Helios.Errors;

namespace Helios.Browser;

/// <summary>
/// One target of the browser: the browser itself, a page, a worker. A call belongs to the session on which it is made, so event
/// handlers that send during a call do not depend on that call.
/// </summary>
/// <param name="connection">The transport of its messages.</param>
/// <param name="id"><c>sessionId</c>; <see cref="OfBrowser"/> for the browser itself.</param>
/// <param name="context">The caller's activity, for messages.</param>
internal sealed class DevToolsSession(DevToolsConnection connection, string id, ICallContext context)
{
    /// <summary>Id of the browser's own session.</summary>
    internal const string OfBrowser = "";

    /// <summary>ms to wait for the event that tells why a call was refused: a navigation, a crash.</summary>
    private const int CauseTimeout = 5000;

    internal string Id => id;

    internal DevToolsConnection Connection => connection;

    /// <summary>The caller's activity, for messages.</summary>
    internal ICallContext Context => context;

    /// <summary>The current activity, for messages.</summary>
    internal string Where => context.Where;

    /// <summary>The session of the browser itself, for the same caller.</summary>
    internal DevToolsSession Browser => For(OfBrowser);

    /// <summary>The session of another target, for the same caller.</summary>
    internal DevToolsSession For(string target) => new(connection, target, context);

    /// <summary>The session that an event comes from.</summary>
    internal DevToolsSession SenderOf(scoped DevToolsMessage message) => For(Encoding.UTF8.GetString(message.Session));

    /// <summary>Sends a call without waiting for its answer; refusals are ignored.</summary>
    internal void Send(string method, Action<Utf8JsonWriter>? parameters = null) => _ = connection.Send(id, method, parameters);

    /// <summary>Sends a call whose answer, or refusal, is handled like an event.</summary>
    /// <param name="method">What to call.</param>
    /// <param name="parameters">Writes its parameters.</param>
    /// <param name="onAnswer">May send, must not wait.</param>
    internal void Ask(string method, Action<Utf8JsonWriter>? parameters, DevToolsEventHandler onAnswer) =>
        connection.Ask(id, method, parameters, onAnswer);

    /// <summary>Calls and waits; the result is valid until the next call.</summary>
    /// <param name="method">What to call.</param>
    /// <param name="parameters">Writes its parameters.</param>
    /// <param name="milliseconds">How long to wait.</param>
    /// <exception cref="HeliosException">75: refused, timed out, or the browser ended.</exception>
    internal ReadOnlySpan<byte> Call(string method, Action<Utf8JsonWriter>? parameters, int milliseconds)
    {
        ReadOnlySpan<byte> result = TryCall(method, parameters, milliseconds, out string? refusal);
        return refusal is null ? result : throw Refused(method, refusal);
    }

    /// <summary>The error of a refused call; throws that of its cause if an event tells it.</summary>
    internal HeliosException Refused(string method, string reason)
    {
        if (connection.HasSubscriptions) _ = Pump(static () => false, CauseTimeout);
        return DevToolsErrors.Refused(context, method, reason);
    }

    /// <summary>As <see cref="Call"/>, but returns a refusal to the caller.</summary>
    internal ReadOnlySpan<byte> TryCall(string method, Action<Utf8JsonWriter>? parameters, int milliseconds, out string? refusal) =>
        connection.Call(id, method, parameters, milliseconds, context, out refusal);

    /// <summary>Handles messages until the condition holds.</summary>
    /// <returns>Whether it held in time.</returns>
    internal bool Pump(Func<bool> isDone, int milliseconds) => connection.Pump(isDone, milliseconds, context);

    /// <param name="what">The awaited event or answer.</param>
    /// <param name="milliseconds">
    /// The time that passed; mentioned only while no limit of the user applies, of which it could be the remainder.
    /// </param>
    internal HeliosException TimedOut(string what, int milliseconds) => DevToolsErrors.TimedOut(context, what, milliseconds);
}
