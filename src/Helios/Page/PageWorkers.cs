using System;
using System.Collections.Generic;
using System.Text.Json;
using Helios.Browser;
using Helios.Errors;
using Helios.Text;

namespace Helios.Page;

/// <summary>
/// The page's workers: each gets its script (Scripts/worker.js) before its own, and starts only while the page is being settled, so
/// that its start time does not depend on the machine.
/// </summary>
internal sealed class PageWorkers
{
    private const int AnswerTime = 5000; // ms; on a busy machine even a page that is idle takes seconds

    private readonly DevToolsSession _page;
    private readonly Func<double, string> _makeScript;
    private readonly List<Worker> _waiting = [];
    private readonly List<Worker> _running = [];
    private double? _time;

    /// <param name="page">The page.</param>
    /// <param name="makeScript">Script for a worker that starts at a time of the page, ms.</param>
    internal PageWorkers(DevToolsSession page, Func<double, string> makeScript)
    {
        (_page, _makeScript) = (page, makeScript);
        page.Connection.Subscribe("Target.attachedToTarget"u8, message => OnAttached(message.Body));
        page.Connection.Subscribe("Target.detachedFromTarget"u8, message => OnDetached(message.Body));
    }

    /// <summary>Whether one has not begun because workers are held; until then the browser's clock stands.</summary>
    internal bool IsWaiting => _waiting.Count > 0;

    /// <summary>From now on workers wait for <see cref="Start"/>.</summary>
    internal void Enable(int timeout) => _ = _page.Call("Target.setAutoAttach", WriteAttach, timeout);

    /// <summary>Lets workers start at a time of the page, until <see cref="Hold"/>.</summary>
    internal void Start(double milliseconds)
    {
        _time = milliseconds;
        StartAll();
    }

    internal void Hold() => _time = null;

    /// <summary>URL of a worker that answers nothing although the page does: it loops or is blocked. Null when there is none.</summary>
    internal string? FindStuck()
    {
        if (_running.Count == 0) return null;
        bool doesPageAnswer = false;
        _page.Ask("Runtime.evaluate", WriteNothing, _ => doesPageAnswer = true);
        List<Worker> silent = [.. _running];
        foreach (Worker worker in _running)
            worker.Session.Ask("Runtime.evaluate", WriteNothing, _ => silent.Remove(worker));

        _ = _page.Pump(() => doesPageAnswer && silent.TrueForAll(worker => !_running.Contains(worker)), AnswerTime);
        return doesPageAnswer ? silent.Find(_running.Contains)?.Url : null;
    }

    private void OnAttached(ReadOnlySpan<byte> parameters)
    {
        if (JsonFields.GetText(parameters, "sessionId"u8) is not string id || id == _page.Id) return;
        DevToolsSession worker = _page.For(id);
        ReadOnlySpan<byte> target = JsonFields.Find(parameters, "targetInfo"u8);
        bool isOurs = JsonFields.GetText(target, "url"u8)?.EndsWith(PageScripts.WorkerFragment, StringComparison.Ordinal) == true;
        if (isOurs || JsonFields.GetText(target, "type"u8) != "worker")
        {
            worker.Send("Runtime.runIfWaitingForDebugger");
            return;
        }

        _waiting.Add(new Worker(worker, JsonFields.GetText(target, "url"u8) ?? ""));
        StartAll();
    }

    private void OnDetached(ReadOnlySpan<byte> parameters)
    {
        if (JsonFields.GetText(parameters, "sessionId"u8) is string id) _ = _running.RemoveAll(worker => worker.Session.Id == id);
    }

    private void StartAll()
    {
        if (_time is not double time) return;
        foreach (Worker waiting in _waiting)
        {
            DevToolsSession worker = waiting.Session;
            string script = _makeScript(time);
            worker.Send("Runtime.enable");
            worker.Send("Network.enable");
            worker.Send("Runtime.evaluate", json => json.WriteString("expression"u8, script));
            worker.Send("Runtime.runIfWaitingForDebugger");
        }

        _running.AddRange(_waiting);
        _waiting.Clear();
    }

    private static void WriteNothing(Utf8JsonWriter json) => json.WriteString("expression"u8, "0"u8);

    private static void WriteAttach(Utf8JsonWriter json)
    {
        json.WriteBoolean("autoAttach"u8, true);
        json.WriteBoolean("waitForDebuggerOnStart"u8, true);
        json.WriteBoolean("flatten"u8, true);
    }

    private sealed class Worker(DevToolsSession session, string url)
    {
        internal DevToolsSession Session => session;

        internal string Url => url;
    }
}
