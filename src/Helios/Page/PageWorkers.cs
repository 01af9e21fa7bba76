using System;
using System.Collections.Generic;
using System.Text.Json;
using Helios.Browser;
using Helios.Text;

namespace Helios.Page;

/// <summary>
/// The page's workers: each gets its script (Page/worker.js) before its own, and begins only while the page is brought to
/// rest, so that the time at which it begins does not depend on the machine.
/// </summary>
/// <param name="session">The page.</param>
/// <param name="makeScript">Script for a worker that begins at a time of the page, ms.</param>
internal sealed class PageWorkers(DevToolsSession session, Func<double, string> makeScript)
{
    private readonly List<string> _waiting = []; // their sessions
    private double? _time;

    /// <summary>From now on workers wait for <see cref="Start"/>.</summary>
    internal void Enable(int timeout) => _ = session.Call("Target.setAutoAttach", WriteAttach, timeout);

    /// <summary>To be called for Target.attachedToTarget.</summary>
    internal void OnAttached(ReadOnlySpan<byte> parameters)
    {
        if (JsonFields.GetText(parameters, "sessionId"u8) is not string worker || worker == session.Target) return;
        ReadOnlySpan<byte> target = JsonFields.Find(parameters, "targetInfo"u8);
        bool isOurs = JsonFields.GetText(target, "url"u8)?.EndsWith(PageScripts.WorkerFragment, StringComparison.Ordinal) == true;
        if (isOurs || JsonFields.GetText(target, "type"u8) != "worker")
        {
            _ = session.Send("Runtime.runIfWaitingForDebugger", null, worker);
            return;
        }

        _waiting.Add(worker);
        BeginAll();
    }

    /// <summary>Lets workers begin at a time of the page, until <see cref="Hold"/>.</summary>
    internal void Start(double milliseconds)
    {
        _time = milliseconds;
        BeginAll();
    }

    internal void Hold() => _time = null;

    private void BeginAll()
    {
        if (_time is not double time) return;
        foreach (string worker in _waiting)
        {
            string script = makeScript(time);
            _ = session.Send("Runtime.enable", null, worker);
            _ = session.Send("Network.enable", null, worker);
            _ = session.Send("Runtime.evaluate", json => json.WriteString("expression"u8, script), worker);
            _ = session.Send("Runtime.runIfWaitingForDebugger", null, worker);
        }

        _waiting.Clear();
    }

    private static void WriteAttach(Utf8JsonWriter json)
    {
        json.WriteBoolean("autoAttach"u8, true);
        json.WriteBoolean("waitForDebuggerOnStart"u8, true);
        json.WriteBoolean("flatten"u8, true);
    }
}
