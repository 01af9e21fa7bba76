using System;
using System.Collections.Generic;
using Helios.Browser;
using Helios.Text;

namespace Helios.Page.Requests;

/// <summary>
/// Orders the answers to the page's requests: one at a time, in the order of the requests, and none while a frame is drawn.
/// Otherwise timing of the machine would decide which answer a page gets first, and whether a frame already shows it.
/// </summary>
internal sealed class RequestQueue
{
    /// <summary>
    /// ms without any event of a request, while the page may run: the open request then waits for a queued one, which no page of
    /// the suite does. The browser itself is silent for a second or two while it decodes a file of 72 MiB.
    /// </summary>
    internal const int StuckAfter = 5000;

    private readonly CompositionServer _server;
    private readonly Func<long> _clock;
    private readonly Queue<Request> _waiting = [];
    private readonly HashSet<string> _endless = []; // requests whose end may never be reported
    private string? _open; // the request that is being answered
    private long _lastSign;
    private bool _isHeld;

    /// <param name="page">The page.</param>
    /// <param name="server">Gives the answers.</param>
    /// <param name="clock">Milliseconds of this machine's clock.</param>
    internal RequestQueue(DevToolsSession page, CompositionServer server, Func<long> clock)
    {
        (_server, _clock) = (server, clock);
        page.Connection.Subscribe("Fetch.requestPaused"u8, message => OnRequest(page.SenderOf(message), message.Body));
        page.Connection.Subscribe("Network."u8, _ => NoteSign());
        page.Connection.SubscribeIdle(OnIdle);
    }

    /// <summary>Whether requests wait for <see cref="Release"/>.</summary>
    internal bool IsWaiting => _waiting.Count > 0;

    /// <summary>Holds requests until they are released.</summary>
    internal void Hold() => _isHeld = true;

    internal void Release()
    {
        if (_isHeld) NoteSign(); // the open request could not end meanwhile
        _isHeld = false;
        AnswerNext();
    }

    private void OnRequest(DevToolsSession sender, ReadOnlySpan<byte> parameters)
    {
        if (!_server.IsOwn(parameters) || IsSynchronous(parameters))
        {
            _server.Answer(sender, parameters); // the network decides the order of its responses
            NoteSign();
            return;
        }

        _waiting.Enqueue(new Request(sender, parameters.ToArray()));
        NoteSign();
        AnswerNext();
    }

    /// <summary>A request whose end may never be reported: the next is answered without waiting for it.</summary>
    internal void DoNotAwait(string id) => _ = _endless.Add(id);

    /// <summary>Handles the end of a request.</summary>
    internal void OnEnded(string id)
    {
        NoteSign();
        if (id != _open) return;
        _open = null;
        AnswerNext();
    }

    /// <summary>Any event of a request is a sign that none is stuck.</summary>
    private void NoteSign() => _lastSign = _clock();

    /// <summary>Nothing was received for a while, which may be very short.</summary>
    private void OnIdle()
    {
        if (_isHeld || _open is null || _waiting.Count == 0 || _clock() - _lastSign < StuckAfter) return;
        _open = null;
        AnswerNext();
    }

    private void AnswerNext()
    {
        while (!_isHeld && _open is null && _waiting.TryDequeue(out Request? request))
        {
            _server.Answer(request.Sender, request.Parameters);
            NoteSign(); // reading the file may have taken long
            _open = FindOpen(request.Parameters);
            if (_open is not null && _endless.Contains(_open)) _open = null;
        }
    }

    /// <summary>
    /// Number of the request in the Network domain, which reports its end. Media are read as they are played, and requests of a
    /// worker's script are reported in the worker's session, which does not exist yet, or never if the page terminates the worker.
    /// </summary>
    private static string? FindOpen(ReadOnlySpan<byte> request)
    {
        string? type = JsonFields.GetText(request, "resourceType"u8);
        string? id = JsonFields.GetText(request, "networkId"u8);
        // numbered by the browser, not by the page's process
        bool isWorkerScript = type == "Other" && id?.Contains('.', StringComparison.Ordinal) == false;
        return type == "Media" || isWorkerScript ? null : id;
    }

    /// <summary>
    /// Whether a script blocks until the request is answered (XMLHttpRequest, importScripts), and with it the frame that is drawn
    /// and the end of the open request: it is answered at once. Blink gives such requests the highest priority and all others of
    /// these types a lower one (ResourceFetcher, synchronous_policy; checked with Chromium 156).
    /// </summary>
    private static bool IsSynchronous(ReadOnlySpan<byte> request) =>
        JsonFields.GetText(request, "resourceType"u8) is "XHR" or "Script"
        && JsonFields.ToText(JsonFields.Find(request, "request"u8, "initialPriority"u8)) == "VeryHigh";

    private sealed class Request(DevToolsSession sender, byte[] parameters)
    {
        internal DevToolsSession Sender { get; } = sender;

        internal byte[] Parameters { get; } = parameters;
    }
}
