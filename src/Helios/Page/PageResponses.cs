using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Helios.Browser;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Text;

namespace Helios.Page;

/// <summary>
/// What the page got from the network, as far as the browser reports it. Bodies are read while the page is settled, since
/// the browser keeps them for a while only. Network.getResponseBody, checked with Chromium 156.
/// </summary>
internal sealed class PageResponses
{
    private const int Timeout = 15_000;
    private const double LargestBody = 1024 * 1024; // bytes on the wire; a larger one costs more than the frame that waits for it

    private readonly SortedList<string, SealedResponse> _responses = new(StringComparer.Ordinal); // by URL and repetition
    private readonly Dictionary<string, string> _latest = []; // the last of each URL in this browser
    private readonly Dictionary<string, string> _open = []; // by id
    private readonly List<string> _finished = [];

    /// <summary>Another browser begins with the page.</summary>
    internal void Restart()
    {
        _latest.Clear();
        _open.Clear();
        _finished.Clear();
    }

    /// <summary>To be called for a response from the network.</summary>
    /// <param name="id">Of the request.</param>
    /// <param name="url">Its URL.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="isStream">Whether it is read in pieces, as many as the browser likes: media.</param>
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

    /// <summary>To be called when the response to a request is complete.</summary>
    /// <param name="id">Of the request.</param>
    /// <param name="size">Bytes on the wire.</param>
    internal void OnFinished(string id, double size)
    {
        if (size <= LargestBody && _open.ContainsKey(id)) _finished.Add(id);
        else _ = _open.Remove(id);
    }

    /// <summary>Hashes the bodies that have come. To be called while no event is being handled.</summary>
    internal void ReadBodies(DevToolsSession session)
    {
        while (_finished.Count > 0)
        {
            string id = _finished[^1];
            _finished.RemoveAt(_finished.Count - 1);
            if (!_open.Remove(id, out string? key)) continue;
            ReadOnlySpan<byte> answer = session.TryCall("Network.getResponseBody", json => json.WriteString("requestId"u8, id), Timeout,
                out string? error);
            // what the page took as a stream is not kept
            if (error is not null || JsonFields.GetText(answer, "body"u8) is not string body) continue;
            bool isBinary = JsonFields.IsTrue(answer, "base64Encoded"u8);
            var hash = new Sha256();
            hash.Append(isBinary ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(body));
            _responses[key] = _responses[key] with { Digest = "sha256:" + hash.Finish() };
        }
    }

    internal SealedResponse[]? ToSealed() => _responses.Count == 0 ? null : [.. _responses.Values];
}
