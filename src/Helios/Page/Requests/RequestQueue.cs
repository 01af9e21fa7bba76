using System;
using System.Collections.Generic;
using Helios.Text;

namespace Helios.Page.Requests;

/// <summary>
/// Puts the answers to the page's requests in order: one after the other, as they were asked for, and none while a frame
/// is drawn. Otherwise it depends on the machine which answer a page gets first, and whether a frame already shows it.
/// </summary>
/// <param name="server">Gives the answers.</param>
/// <param name="clock">Milliseconds that pass on this machine.</param>
internal sealed class RequestQueue(CompositionServer server, Func<long> clock)
{
    /// <summary>
    /// ms without a word about any request, while the page may run: the open one then waits for one that is queued, which
    /// no page of the suite does. The browser itself is silent for a second or two while it decodes a file of 72 MiB.
    /// </summary>
    internal const int StuckAfter = 5000;

    private readonly Queue<Request> _waiting = [];
    private readonly HashSet<string> _endless = []; // requests whose end may never be told
    private string? _open; // the request whose answer is on its way
    private long _lastSign;
    private bool _isHeld;

    /// <summary>Whether requests wait for <see cref="Release"/>.</summary>
    internal bool IsWaiting => _waiting.Count > 0;

    /// <summary>Keeps requests until they are released.</summary>
    internal void Hold() => _isHeld = true;

    internal void Release()
    {
        if (_isHeld) NoteSign(); // the open request could not end meanwhile
        _isHeld = false;
        AnswerNext();
    }

    /// <summary>To be called for Fetch.requestPaused.</summary>
    /// <param name="session">Session of the event.</param>
    /// <param name="parameters">Its parameters.</param>
    internal void OnRequest(string session, ReadOnlySpan<byte> parameters)
    {
        if (!server.IsOwn(parameters) || IsSynchronous(parameters))
        {
            server.OnRequest(session, parameters); // the order of the net's answers is the net's
            NoteSign();
            return;
        }

        _waiting.Enqueue(new Request(session, parameters.ToArray()));
        NoteSign();
        AnswerNext();
    }

    /// <summary>A request whose end may never be told: the next is answered without it.</summary>
    internal void DoNotAwait(string id) => _ = _endless.Add(id);

    /// <summary>To be called when a request has ended.</summary>
    internal void OnEnded(string id)
    {
        NoteSign();
        if (id != _open) return;
        _open = null;
        AnswerNext();
    }

    /// <summary>To be called for everything that the browser says of requests.</summary>
    internal void NoteSign() => _lastSign = clock();

    /// <summary>To be called when nothing was heard for a while, as short as that may be.</summary>
    internal void OnQuiet()
    {
        if (_isHeld || _open is null || _waiting.Count == 0 || clock() - _lastSign < StuckAfter) return;
        _open = null;
        AnswerNext();
    }

    private void AnswerNext()
    {
        while (!_isHeld && _open is null && _waiting.TryDequeue(out Request? request))
        {
            server.OnRequest(request.Session, request.Parameters);
            NoteSign(); // reading the file may have taken long
            _open = FindOpen(request.Parameters);
            if (_open is not null && _endless.Contains(_open)) _open = null;
        }
    }

    /// <summary>
    /// Number of the request in the Network domain, where its end is told. Media are read as they are played, and what comes
    /// of a worker's script is told in the worker's session, which is not there yet, or never if the page ends the worker.
    /// </summary>
    private static string? FindOpen(ReadOnlySpan<byte> request)
    {
        string? type = JsonFields.GetText(request, "resourceType"u8);
        string? id = JsonFields.GetText(request, "networkId"u8);
        bool isWorkerScript = type == "Other" && id?.Contains('.', StringComparison.Ordinal) == false; // numbered by the browser, not by the page's process
        return type == "Media" || isWorkerScript ? null : id;
    }

    /// <summary>
    /// Whether a script stands still until it is answered (XMLHttpRequest, importScripts), and with it the frame that is
    /// drawn and the end of the open request: it is answered at once. Blink gives such requests the highest priority and all
    /// others of these types a lower one (ResourceFetcher, synchronous_policy; checked with Chromium 156).
    /// </summary>
    private static bool IsSynchronous(ReadOnlySpan<byte> request) =>
        JsonFields.GetText(request, "resourceType"u8) is "XHR" or "Script"
        && JsonFields.ToText(JsonFields.Find(request, "request"u8, "initialPriority"u8)) == "VeryHigh";

    private sealed class Request(string session, byte[] parameters)
    {
        internal string Session { get; } = session;

        internal byte[] Parameters { get; } = parameters;
    }
}
