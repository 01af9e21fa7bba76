using System;
using Helios.Browser;
using Helios.Jobs;
using Helios.Text;

namespace Helios.Page.Requests;

/// <summary>
/// Follows the page's requests from start to end, as the Network domain reports them, and dispatches the results: which answers are
/// due, which images may be animated, which files are missing.
/// </summary>
internal sealed class PageRequests
{
    private readonly DevToolsSession _page;
    private readonly OpenRequests _open;
    private readonly RequestQueue _queue;
    private readonly PageResponses _responses;
    private readonly PageImages _images;
    private readonly PageTraits _traits;
    private readonly PageFaults _faults;

    /// <param name="page">The page.</param>
    /// <param name="open">Its requests that have not ended.</param>
    /// <param name="queue">Answers the next request when one has ended.</param>
    /// <param name="responses">Notes responses from the network.</param>
    /// <param name="images">Inspects the images that arrive.</param>
    /// <param name="traits">Notes the displayed content.</param>
    /// <param name="faults">Reports missing files.</param>
    internal PageRequests(
        DevToolsSession page, OpenRequests open, RequestQueue queue, PageResponses responses, PageImages images, PageTraits traits,
        PageFaults faults)
    {
        (_page, _open, _queue, _responses, _images, _traits, _faults) = (page, open, queue, responses, images, traits, faults);
        DevToolsConnection events = page.Connection;
        events.Subscribe("Network.requestWillBeSent"u8, OnRequest);
        events.Subscribe("Network.responseReceived"u8, message => OnResponse(message.Body));
        events.Subscribe("Network.loadingFinished"u8, OnFinished);
        events.Subscribe("Network.loadingFailed"u8, message => OnFailed(message.Body));
        events.Subscribe("Target.detachedFromTarget"u8, message => OnDetached(JsonFields.GetText(message.Body, "sessionId"u8)));
    }

    /// <summary>Requests so far, to notice new ones.</summary>
    internal long Count => _open.Count;

    /// <summary>Those of them for what a page shows: images, fonts and styles.</summary>
    internal long ContentCount { get; private set; }

    /// <summary>Whether no request is awaited and no image is being inspected.</summary>
    internal bool IsIdle => _open.IsIdle && _images.IsIdle;

    /// <summary>Stops waiting for requests that have not ended by now.</summary>
    internal void StopWaiting()
    {
        _images.StopWaiting();
        foreach (string url in _open.GiveUp()) _faults.WarnOfEndless(url);
    }

    /// <summary>
    /// Handles the report that all workers are idle: workers whose scripts have not arrived by now were terminated before. The
    /// browser does not report that, and knows nothing of such a worker.
    /// </summary>
    internal void ForgetWorkerScripts()
    {
        foreach (string id in _open.FindWorkerScripts()) _ = End(id);
    }

    private void OnRequest(scoped DevToolsMessage message)
    {
        ReadOnlySpan<byte> parameters = message.Body;
        string? id = JsonFields.GetText(parameters, "requestId"u8);
        string? url = JsonFields.ToText(JsonFields.Find(parameters, "request"u8, "url"u8));
        if (id is null || url is null) return;
        // its end is never reported
        if (JsonFields.ToText(JsonFields.Find(parameters, "request"u8, "urlFragment"u8)) == PageScripts.WorkerFragment) return;
        _open.Add(id, url);
        DevToolsSession sender = _page.SenderOf(message);
        if (sender.Id != _page.Id) _open.SetWorker(id, sender.Id);
        else if (IsWorkerScript(parameters, url)) NoteWorkerScript(id);
        string? use = JsonFields.GetText(parameters, "type"u8);
        if (use is "Media" or "Ping" or "Prefetch") _open.SetEndless(id);
        if (use is "Image" or "Font" or "Stylesheet") ContentCount++;
    }

    /// <summary>A worker's script is its own document, without a loader.</summary>
    private static bool IsWorkerScript(ReadOnlySpan<byte> parameters, string url) =>
        JsonFields.GetText(parameters, "loaderId"u8) is "" && JsonFields.GetText(parameters, "type"u8) == "Script"
        && JsonFields.GetText(parameters, "documentURL"u8) == url;

    /// <summary>The driver waits for the worker itself (workers.js), and knows when it has ended.</summary>
    private void NoteWorkerScript(string id)
    {
        _open.SetWorkerScript(id);
        _queue.DoNotAwait(id);
    }

    private void OnResponse(ReadOnlySpan<byte> parameters)
    {
        ReadOnlySpan<byte> response = JsonFields.Find(parameters, "response"u8);
        string id = JsonFields.GetText(parameters, "requestId"u8) ?? "";
        string url = JsonFields.GetText(response, "url"u8) ?? "";
        string use = JsonFields.GetText(parameters, "type"u8) ?? "";
        double? status = JsonFields.GetNumber(response, "status"u8);
        if (CompositionServer.IsOfOtherSite(url))
        {
            bool isStream = use is "Media" or "Ping" or "Prefetch";
            _responses.OnResponse(id, url, (int)(status ?? 0), isStream); // the project's files are noted when they are served
            _traits.NoteOtherSite(use, url);
        }

        if (status is null or < 400) _images.OnResponse(id, use, JsonFields.GetText(response, "mimeType"u8) ?? "", url);
        else _faults.ReportStatus(url, use, status.Value);
    }

    private void OnFinished(scoped DevToolsMessage message)
    {
        string id = JsonFields.GetText(message.Body, "requestId"u8) ?? "";
        _ = End(id);
        _images.OnFinished(id, _page.SenderOf(message));
        _responses.OnFinished(id, JsonFields.GetNumber(message.Body, "encodedDataLength"u8) ?? 0);
    }

    private void OnFailed(ReadOnlySpan<byte> parameters)
    {
        string id = JsonFields.GetText(parameters, "requestId"u8) ?? "";
        string? url = End(id);
        _images.OnFailed(id);
        if (JsonFields.IsTrue(parameters, "canceled"u8) || url is null) return; // the page or the browser cancelled it
        _faults.ReportFailure(url, parameters);
    }

    /// <summary>The browser does not report the end of requests whose worker has ended.</summary>
    private void OnDetached(string? worker)
    {
        foreach (string id in _open.FindOfWorker(worker)) _ = End(id);
    }

    /// <returns>URL of the request; null when it is unknown.</returns>
    private string? End(string id)
    {
        _queue.OnEnded(id);
        return _open.Remove(id);
    }
}
