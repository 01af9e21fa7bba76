using System;
using System.Collections.Generic;
using Helios.Browser;
using Helios.Page.Requests;
using Helios.Text;

namespace Helios.Page;

/// <summary>How far the page is loaded, and whether it waits for anything outside its scripts.</summary>
internal sealed class PageLoadState
{
    private readonly DevToolsSession _page;
    private readonly PageRequests _requests;
    private readonly HashSet<string> _loadingFrames = [];

    /// <param name="page">The page.</param>
    /// <param name="requests">Its requests.</param>
    internal PageLoadState(DevToolsSession page, PageRequests requests)
    {
        _page = page;
        _requests = requests;
        DevToolsConnection events = page.Connection;
        events.Subscribe("Page.loadEventFired"u8, _ => IsLoaded = true);
        events.Subscribe("Page.frameStartedLoading"u8, message => _loadingFrames.Add(FrameOf(message)));
        events.Subscribe("Page.frameStoppedLoading"u8, message => _loadingFrames.Remove(FrameOf(message)));
        events.Subscribe("Page.frameDetached"u8, message => _loadingFrames.Remove(FrameOf(message)));
        events.Subscribe("Page.frameNavigated"u8,
            message => IsOpen |= !IsEmpty(JsonFields.ToText(JsonFields.Find(message.Body, "frame"u8, "url"u8))));
    }

    /// <summary>Whether the main document has arrived.</summary>
    internal bool IsOpen { get; private set; }

    /// <summary>Whether the main document's load event has fired. It fires for the browser's error page too.</summary>
    internal bool IsLoaded { get; private set; }

    /// <summary>Why the page could not be opened, once known.</summary>
    internal string? NavigationError { get; private set; }

    /// <summary>Whether documents of frames are being loaded.</summary>
    internal bool IsLoadingFrames => _loadingFrames.Count > 0;

    /// <summary>Whether all frames are loaded and no response is pending, except those that may never arrive.</summary>
    internal bool IsIdle => _requests.IsIdle && !IsLoadingFrames;

    /// <summary>Requests so far, to notice new ones.</summary>
    internal long RequestCount => _requests.Count;

    /// <summary>Those of them for what a page shows: images, fonts and styles.</summary>
    internal long ContentRequestCount => _requests.ContentCount;

    /// <summary>Whether a URL is that of a document before the page's.</summary>
    internal static bool IsEmpty(string? url) => url is "about:blank" or CompositionServer.EmptyUrl;

    /// <summary>
    /// Opens an empty document of the project. If the project is isolated, the browser puts it into another process than it started
    /// with. The clock has to start there: each process has its own.
    /// </summary>
    internal void OpenEmpty(int timeout)
    {
        Navigate(CompositionServer.EmptyUrl);
        if (!_page.Pump(() => IsLoaded, timeout)) throw _page.TimedOut("Page.navigate", timeout);
        IsLoaded = false;
    }

    /// <summary>Opens a document without waiting (Page.navigate): the response arrives only when the clock moves.</summary>
    internal void Navigate(string url)
    {
        NavigationError = null;
        _page.Ask("Page.navigate", json => json.WriteString("url"u8, url), answer =>
            NavigationError = JsonFields.GetText(answer.Body, "errorText"u8) ?? JsonFields.GetText(answer.Error, "message"u8));
    }

    /// <summary>Stops waiting for requests that have not ended by now.</summary>
    internal void StopWaiting()
    {
        _loadingFrames.Clear();
        _requests.StopWaiting();
    }

    /// <summary>Handles the report that the page and all its workers are idle.</summary>
    internal void OnSettled() => _requests.ForgetWorkerScripts();

    private static string FrameOf(scoped DevToolsMessage message) => JsonFields.GetText(message.Body, "frameId"u8) ?? "";
}
