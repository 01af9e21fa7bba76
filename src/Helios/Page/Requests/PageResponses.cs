using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Helios.Browser;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Jobs.Receipts;
using Helios.Text;

namespace Helios.Page.Requests;

/// <summary>
/// The page's responses from the network, as far as the browser reports them. Bodies are read while the page is settled, since the
/// browser discards them after a while. Network.getResponseBody, checked with Chromium 156.
/// </summary>
internal sealed class PageResponses
{
    private const int Timeout = 15_000;
    private const double LargestBody = 1024 * 1024; // bytes on the wire; a larger one costs more than the frame that waits for it

    private readonly Dictionary<string, SealedResponse> _responses = []; // by URL and repetition
    private readonly Dictionary<string, string> _latest = []; // the latest response of each URL in this browser
    private readonly Dictionary<string, string> _open = []; // by id
    private readonly List<string> _finished = [];

    /// <summary>Another browser opens the page.</summary>
    internal void Restart()
    {
        _latest.Clear();
        _open.Clear();
        _finished.Clear();
    }

    /// <summary>Handles a response from the network.</summary>
    /// <param name="id">Id of the request.</param>
    /// <param name="url">Its URL.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="isStream">Whether it is read in pieces, as many as the browser chooses: media.</param>
    internal void OnResponse(string id, string url, int status, bool isStream)
    {
        url = ErrorText.Shorten(url, JobValues.MaxPathLength);
        int repetition = _latest.TryGetValue(url, out string? latest) ? _responses[latest].Repetition + 1 : 0;
        if ((isStream && repetition > 0) || _responses.Count == Seal.MostResponses) return;
        string key = string.Create(CultureInfo.InvariantCulture, $"{url}\0{repetition:D9}");
        _latest[url] = key;
        _responses[key] = new SealedResponse { Url = url, Repetition = repetition, Status = status };
        if (!isStream) _open[id] = key;
    }

    /// <summary>Handles a complete response.</summary>
    /// <param name="id">Id of the request.</param>
    /// <param name="size">Bytes on the wire.</param>
    internal void OnFinished(string id, double size)
    {
        if (size <= LargestBody && _open.ContainsKey(id)) _finished.Add(id);
        else _ = _open.Remove(id);
    }

    /// <summary>Hashes the bodies that have arrived. Must not be called from an event handler.</summary>
    internal void ReadBodies(DevToolsSession session)
    {
        while (_finished.Count > 0)
        {
            string id = _finished[^1];
            _finished.RemoveAt(_finished.Count - 1);
            if (!_open.Remove(id, out string? key)) continue;
            ReadOnlySpan<byte> answer = session.TryCall("Network.getResponseBody", json => json.WriteString("requestId"u8, id), Timeout,
                out string? error);
            // a body that the page consumed as a stream is not kept
            if (error is not null || JsonFields.GetText(answer, "body"u8) is not string body) continue;
            bool isBinary = JsonFields.IsTrue(answer, "base64Encoded"u8);
            var hash = new Sha256();
            hash.Append(isBinary ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(body));
            _responses[key] = _responses[key] with { Digest = "sha256:" + hash.Finish() };
        }
    }

    /// <summary>Sorted by URL, then by repetition.</summary>
    internal SealedResponse[]? ToSealed() => _responses.Count == 0
        ? null
        : Array.ConvertAll(OrdinalOrder.Sort(_responses.Keys), key => _responses[key]);
}
