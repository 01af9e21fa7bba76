using System;
using System.Collections.Generic;

namespace Helios.Render;

/// <summary>
/// Puts the answers to the page's requests in order: one after the other, as they were asked for, and none while a frame
/// is drawn. Else it would depend on the machine which answer a page gets first, and whether a frame already shows it.
/// </summary>
internal sealed class RequestQueue(CompositionServer server)
{
    private const int QuietLimit = 20; // slices of 50 ms without any message: what is open now may wait for what is queued
    private const int ScriptLimit = 2; // likewise: a script may stand still until its request is answered

    private readonly Queue<byte[]> _waiting = [];
    private readonly HashSet<string> _endless = []; // requests whose end may never be told
    private string? _open; // the request whose answer is on its way
    private int _quiet;
    private bool _isHeld;

    /// <summary>Whether requests wait for <see cref="Release"/>.</summary>
    internal bool IsWaiting => _waiting.Count > 0;

    /// <summary>Keeps requests until they are released.</summary>
    internal void Hold() => _isHeld = true;

    internal void Release()
    {
        _isHeld = false;
        AnswerNext();
    }

    /// <summary>To be called for Fetch.requestPaused.</summary>
    internal void OnRequest(ReadOnlySpan<byte> parameters)
    {
        _quiet = 0;
        if (!server.IsOwn(parameters))
        {
            server.OnRequest(parameters); // the order of the net's answers is the net's
            return;
        }

        _waiting.Enqueue(parameters.ToArray());
        AnswerNext();
    }

    /// <summary>A request whose end may never be told: the next is answered without it.</summary>
    internal void DoNotAwait(string id) => _ = _endless.Add(id);

    /// <summary>To be called when a request has ended.</summary>
    internal void OnEnded(string id)
    {
        _quiet = 0;
        if (id != _open) return;
        _open = null;
        AnswerNext();
    }

    /// <summary>To be called when nothing was heard for a while.</summary>
    internal void OnQuiet()
    {
        if (_waiting.Count == 0 || ++_quiet < ScriptLimit) return;
        if (TypeOf(_waiting.Peek()) == "XHR") server.OnRequest(_waiting.Dequeue());
        if (_quiet < QuietLimit) return;
        _quiet = 0;
        _open = null;
        AnswerNext();
    }

    private void AnswerNext()
    {
        while (!_isHeld && _open is null && _waiting.TryDequeue(out byte[]? request))
        {
            server.OnRequest(request);
            // media are read as they are played, and what has no number in the Network domain never ends there
            if (TypeOf(request) == "Media" || JsonFields.GetText(request, "networkId"u8) is not string id || _endless.Contains(id)) continue;
            _open = id;
        }
    }

    private static string? TypeOf(byte[] request) => JsonFields.GetText(request, "resourceType"u8);
}
