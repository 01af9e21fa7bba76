using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Helios.Browser;
using Helios.Errors;
using Helios.Jobs;
using Helios.Page.Requests;
using Helios.Text;

namespace Helios.Page;

/// <summary>
/// Listens to what goes wrong in the page and ends the render with one message: a video of a broken page helps nobody.
/// What the page can handle itself (a failed fetch) is a warning.
/// </summary>
internal sealed class PageWatch(
    DevToolsSession session, CompositionServer server, RequestQueue requests, PageResponses responses, bool isHosted, Action<string> warn)
{
    private const int RequestTimeout = 408, TooEarly = 425, TooManyRequests = 429; // HTTP status that another try may not get

    private const string MissingFix = "add the file, correct its name, or choose another project directory with --root";
    private const string BlockedFix = "the browser would block it every time: mend the page, or what its server allows";

    private readonly Dictionary<string, string> _requests = [];
    private readonly HashSet<string> _streams = []; // requests that may stay open for ever
    private readonly HashSet<string> _unanswered = []; // those of them that were waited for in vain
    private readonly HashSet<string> _workerScripts = []; // those of them that workers begin with
    private readonly Dictionary<string, string> _workerRequests = []; // requests of workers, and their sessions
    private readonly HashSet<string> _warned = [];
    private readonly PageConsole _console = new(session, warn);
    private PageImages? _pictures;
    private readonly HashSet<string> _loadingFrames = [];
    private string? _mainFrame;
    private string? _compositionFrame; // the main frame, or the first one in it where that is a document of ours
    private string? _compositionLoader;

    /// <summary>Whether the main document has come.</summary>
    internal bool IsOpen => _mainFrame is not null;

    /// <summary>Whether the main document's load event has fired.</summary>
    internal bool IsLoaded { get; private set; }

    /// <summary>Whether the page waits for no answer, open streams aside, and all its frames are loaded.</summary>
    internal bool IsIdle => _requests.Count == _streams.Count && !IsLoadingFrames && Pictures.IsIdle;

    internal bool IsLoadingFrames => _loadingFrames.Count > 0;

    /// <summary>Requests so far, to notice new ones.</summary>
    internal long RequestCount { get; private set; }

    /// <summary>Whether the page has shown pictures that move by themselves: they do not while frames are not displayed.</summary>
    internal bool HasMovingImages { get; private set; }

    /// <summary>Why what the page has loaded cannot be captured by paint; empty when it can.</summary>
    internal string PaintRefusal { get; private set; } = "";

    /// <summary>Whether a frame of another site, or a sandboxed one, has asked for WebGL; of the others the driver knows.</summary>
    internal bool UsesWebGl { get; private set; }

    /// <summary>Why such a frame needs all frames before a chunk displayed; empty when none does.</summary>
    internal string NeedsDisplay { get; private set; } = "";

    private PageImages Pictures => _pictures ??= new PageImages(session, server, NoteMoving);

    /// <summary>URL of a request that is not answered, also of one that is not waited for any more: it still holds up the clock. Null when there is none.</summary>
    internal string? FindOpenRequest()
    {
        foreach (var (id, url) in _requests)
            if (!_streams.Contains(id) || _unanswered.Contains(id)) return ErrorText.Shorten(url);
        foreach (string id in _workerScripts)
            if (_requests.TryGetValue(id, out string? url)) return ErrorText.Shorten(url);
        return null;
    }

    /// <summary>To be called for every event that nobody else wants.</summary>
    /// <param name="method">Its name.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="target">Session that it came from.</param>
    /// <exception cref="HeliosException">65: the page is broken; 75: it crashed.</exception>
    internal void OnEvent(ReadOnlySpan<byte> method, ReadOnlySpan<byte> parameters, ReadOnlySpan<byte> target)
    {
        if (method.StartsWith("Network."u8)) requests.NoteSign();
        if (method.SequenceEqual("Network.requestWillBeSent"u8)) NoteRequest(parameters, Encoding.UTF8.GetString(target));
        else if (method.SequenceEqual("Network.responseReceived"u8)) CheckResponse(parameters);
        else if (method.SequenceEqual("Network.loadingFinished"u8)) NoteFinished(parameters, target);
        else if (method.SequenceEqual("Network.loadingFailed"u8)) CheckFailure(parameters);
        else if (method.SequenceEqual("Page.loadEventFired"u8)) IsLoaded = true;
        else if (method.SequenceEqual("Page.frameStartedLoading"u8)) _ = _loadingFrames.Add(JsonFields.GetText(parameters, "frameId"u8) ?? "");
        else if (method.SequenceEqual("Page.frameStoppedLoading"u8) || method.SequenceEqual("Page.frameDetached"u8)) _ = _loadingFrames.Remove(JsonFields.GetText(parameters, "frameId"u8) ?? "");
        else if (method.SequenceEqual("Page.frameNavigated"u8)) CheckNavigation(JsonFields.Find(parameters, "frame"u8));
        else if (method.SequenceEqual("Runtime.exceptionThrown"u8)) throw Thrown(JsonFields.Find(parameters, "exceptionDetails"u8));
        else if (method.SequenceEqual("Runtime.consoleAPICalled"u8)) _console.OnCall(parameters);
        else if (method.SequenceEqual("Runtime.bindingCalled"u8)) NoteTold(JsonFields.GetText(parameters, "payload"u8) ?? "");
        else if (method.SequenceEqual("Page.javascriptDialogOpening"u8)) throw Dialog(parameters);
        else if (method.SequenceEqual("Page.windowOpen"u8)) throw Opened(JsonFields.GetText(parameters, "url"u8) ?? "");
        else if (method.SequenceEqual("Network.webSocketCreated"u8) || method.SequenceEqual("Network.webTransportCreated"u8)) NoteSocket(JsonFields.GetText(parameters, "url"u8) ?? "");
        else if (method.SequenceEqual("Inspector.targetCrashed"u8)) throw Crashed();
        else if (method.SequenceEqual("Target.detachedFromTarget"u8)) OnDetached(JsonFields.GetText(parameters, "sessionId"u8));
    }

    /// <summary>What an exception says: its first line of text, and where it was thrown.</summary>
    internal static string Describe(ReadOnlySpan<byte> details)
    {
        string text = JsonFields.GetText(JsonFields.Find(details, "exception"u8), "description"u8)
            ?? JsonFields.ToText(JsonFields.Find(details, "exception"u8, "value"u8))
            ?? JsonFields.GetText(details, "text"u8) ?? "unknown error";
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        if (end > 0) text = text[..end];
        text = ErrorText.Shorten(text);
        string? url = JsonFields.GetText(details, "url"u8) is string source ? ErrorText.Shorten(source) : null;
        double line = (JsonFields.GetNumber(details, "lineNumber"u8) ?? 0) + 1;
        return string.IsNullOrEmpty(url) ? text : string.Create(CultureInfo.InvariantCulture, $"{text} at {url}:{line}");
    }

    /// <summary>A frame that cannot be asked tells a member of its state (prelude.js): name, space, value.</summary>
    private void NoteTold(string said)
    {
        string value = said[(said.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        if (said.StartsWith("refusal ", StringComparison.Ordinal)) throw PageDriver.Refuse(value, session.Where);
        if (said.StartsWith("usesWebGl ", StringComparison.Ordinal)) UsesWebGl = true;
        if (said.StartsWith("needsDisplay ", StringComparison.Ordinal)) NeedsDisplay = value;
    }

    /// <summary>Nobody tells the end of requests whose worker has ended.</summary>
    private void OnDetached(string? ended)
    {
        if (ended == session.Target) throw Crashed();
        List<string> ids = [];
        foreach (var (id, worker) in _workerRequests)
            if (worker == ended) ids.Add(id);
        foreach (string id in ids) _ = Forget(id);
    }

    /// <summary>
    /// To be called when all workers have said that they are at rest: those whose scripts have not come by now were ended before.
    /// The browser does not tell that, and knows nothing of such a worker.
    /// </summary>
    internal void ForgetWorkerScripts()
    {
        foreach (string id in (string[])[.. _workerScripts]) _ = Forget(id);
    }

    private void NoteRequest(ReadOnlySpan<byte> parameters, string sender)
    {
        string? id = JsonFields.GetText(parameters, "requestId"u8);
        string? url = JsonFields.ToText(JsonFields.Find(parameters, "request"u8, "url"u8));
        if (id is null || url is null) return;
        if (JsonFields.ToText(JsonFields.Find(parameters, "request"u8, "urlFragment"u8)) == PageScripts.WorkerFragment) return; // its end is never told
        _requests[id] = url;
        RequestCount++;
        if (sender != session.Target) _workerRequests[id] = sender;
        else if (IsWorkerScript(parameters, url)) NoteWorkerScript(id);
        if (JsonFields.GetText(parameters, "type"u8) is "Media" or "Ping" or "Prefetch") _ = _streams.Add(id);
    }

    /// <summary>A worker's script is its own document, and no loader's.</summary>
    private static bool IsWorkerScript(ReadOnlySpan<byte> parameters, string url) =>
        JsonFields.GetText(parameters, "loaderId"u8) is "" && JsonFields.GetText(parameters, "type"u8) == "Script" && JsonFields.GetText(parameters, "documentURL"u8) == url;

    /// <summary>The driver waits for the worker itself (prelude.js), and knows when it has ended.</summary>
    private void NoteWorkerScript(string id)
    {
        _ = _streams.Add(id);
        _ = _workerScripts.Add(id);
        requests.DoNotAwait(id);
    }

    /// <summary>What has not ended by now is not waited for again.</summary>
    internal void StopWaiting()
    {
        _loadingFrames.Clear();
        Pictures.StopWaiting();
        foreach (var (id, url) in _requests)
            if (_streams.Add(id) && _unanswered.Add(id)) warn($"helios: a request of the page does not end and is not waited for: {ErrorText.Shorten(url)} ({session.Where})");
    }

    /// <summary>Sockets are never intercepted; the browser's flags see to it that they lead nowhere.</summary>
    private void NoteSocket(string url)
    {
        if (server.IsOffline) Report(url, null, CompositionServer.OfflineText, null);
    }

    /// <summary>The request has ended; its URL if it was known.</summary>
    private string? Forget(string id)
    {
        requests.OnEnded(id);
        _ = _streams.Remove(id);
        _ = _unanswered.Remove(id);
        _ = _workerScripts.Remove(id);
        _ = _workerRequests.Remove(id);
        _ = _requests.Remove(id, out string? url);
        return url;
    }

    private void NoteFinished(ReadOnlySpan<byte> parameters, ReadOnlySpan<byte> target)
    {
        string id = JsonFields.GetText(parameters, "requestId"u8) ?? "";
        _ = Forget(id);
        Pictures.OnFinished(id, Encoding.UTF8.GetString(target));
        responses.OnFinished(id, JsonFields.GetNumber(parameters, "encodedDataLength"u8) ?? 0);
    }

    /// <summary>What the project's files are is noted where they are served.</summary>
    private void NoteNet(ReadOnlySpan<byte> parameters, ReadOnlySpan<byte> response)
    {
        string url = JsonFields.GetText(response, "url"u8) ?? "";
        if (!CompositionUrl.IsOnNet(url) || url.StartsWith(CompositionServer.Origin, StringComparison.Ordinal)) return;
        bool isStream = JsonFields.GetText(parameters, "type"u8) is "Media" or "Ping" or "Prefetch" or "EventSource";
        responses.OnResponse(JsonFields.GetText(parameters, "requestId"u8) ?? "", url, (int)(JsonFields.GetNumber(response, "status"u8) ?? 0), isStream);
    }

    private void CheckResponse(ReadOnlySpan<byte> parameters)
    {
        ReadOnlySpan<byte> response = JsonFields.Find(parameters, "response"u8);
        NoteNet(parameters, response);
        string url = JsonFields.GetText(response, "url"u8) ?? "";
        string use = JsonFields.GetText(parameters, "type"u8) ?? "";
        RefuseOtherSites(use, url);
        double status = JsonFields.GetNumber(response, "status"u8) ?? 200;
        if (status < 400) Pictures.OnResponse(JsonFields.GetText(parameters, "requestId"u8) ?? "", use, JsonFields.GetText(response, "mimeType"u8) ?? "", url);
        if (status < 400 || status == 416) return; // 416: media elements ask behind the end of a file
        string reason = server.Refused.GetValueOrDefault(url) ?? string.Create(CultureInfo.InvariantCulture, $"HTTP status {status}");
        Report(url, use, reason, status is >= 500 or RequestTimeout or TooEarly or TooManyRequests ? null : MissingFix);
    }

    /// <summary>SVG pictures go by timers of the machine's clock (Blink's SVGImage), so that no two runs show the same.</summary>
    private void NoteMoving(string url, string type)
    {
        if (type == PageImages.Svg)
        {
            throw new HeliosException(ExitCode.Invalid, $"the page shows {ErrorText.Shorten(url)}, an SVG picture that moves by itself and not by the page's clock",
                session.Where, "put its content into the document as an svg element, or make it a still picture");
        }

        HasMovingImages = true;
        RefusePaint($"the page shows {ErrorText.Shorten(url)}, which moves by itself and cannot be captured by paint", PageScripts.OtherCapture);
    }

    /// <summary>A canvas element does not show what it may not read.</summary>
    private void RefuseOtherSites(string? type, string url)
    {
        if (type is not ("Image" or "Media" or "Document") || !CompositionUrl.IsOnNet(url) || url.StartsWith(CompositionServer.Origin, StringComparison.Ordinal)) return;
        RefusePaint($"the page shows {ErrorText.Shorten(url)} ({type}) of another site, which cannot be captured by paint", PageScripts.OtherCapture + ", or put the file into the project");
    }

    /// <summary>Ends the render where the page is captured so; else only notes it, for whoever asks.</summary>
    private void RefusePaint(string what, string fix)
    {
        if (isHosted) throw new HeliosException(ExitCode.Invalid, what, session.Where, fix);
        if (PaintRefusal.Length == 0) PaintRefusal = what;
    }

    private void CheckFailure(ReadOnlySpan<byte> parameters)
    {
        string id = JsonFields.GetText(parameters, "requestId"u8) ?? "";
        string? url = Forget(id);
        Pictures.OnFailed(id);
        if (JsonFields.IsTrue(parameters, "canceled"u8) || url is null) return; // the page or the browser no longer wants it
        string? type = JsonFields.GetText(parameters, "type"u8);
        if (server.Refused.GetValueOrDefault(url) is string refusal)
        {
            Report(url, type, refusal, MissingFix);
            return;
        }

        string error = JsonFields.GetText(parameters, "errorText"u8) ?? "";
        string blocked = JsonFields.GetText(parameters, "blockedReason"u8) ?? JsonFields.ToText(JsonFields.Find(parameters, "corsErrorStatus"u8, "corsError"u8)) ?? "";
        bool isPermanent = blocked.Length > 0 || IsRefusal(error);
        string reason = error.Length == 0 ? blocked : blocked.Length == 0 ? error : $"{error}, {blocked}";
        Report(url, type, reason.Length > 0 ? reason : "it failed", isPermanent ? BlockedFix : null);
    }

    /// <summary>Whether the browser will not load it another time either.</summary>
    internal static bool IsRefusal(string error)
    {
        foreach (string start in (ReadOnlySpan<string>)["net::ERR_UNSAFE_", "net::ERR_BLOCKED_", "net::ERR_DISALLOWED_", "net::ERR_UNKNOWN_URL_SCHEME", "net::ERR_INVALID_URL", "net::ERR_TOO_MANY_REDIRECTS"])
            if (error.StartsWith(start, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <param name="url">What was asked for.</param>
    /// <param name="type">As what.</param>
    /// <param name="reason">Why it is not there.</param>
    /// <param name="fix">How to mend it; null when trying again may.</param>
    private void Report(string url, string? type, string reason, string? fix)
    {
        url = ErrorText.Shorten(url);
        if (type is "Document" or "Stylesheet" or "Image" or "Media" or "Font" or "Script")
        {
            throw new HeliosException(fix is null ? ExitCode.Temporary : ExitCode.Invalid,
                $"the page needs {url} ({type}) and does not get it: {reason}", session.Where, fix ?? "run it again");
        }

        if (_warned.Count < 20 && _warned.Add(url)) warn($"helios: the page asked for {url} and did not get it: {reason} ({session.Where})");
    }

    private void CheckNavigation(ReadOnlySpan<byte> frame)
    {
        string url = JsonFields.GetText(frame, "url"u8) ?? "";
        if (url == "about:blank" && _compositionFrame is null) return;
        string id = JsonFields.GetText(frame, "id"u8) ?? "";
        string loader = JsonFields.GetText(frame, "loaderId"u8) ?? "";
        _mainFrame ??= id;
        if (_compositionFrame is null && (id == _mainFrame ? !isHosted : JsonFields.GetText(frame, "parentId"u8) == _mainFrame))
            (_compositionFrame, _compositionLoader) = (id, loader);
        else if ((id == _compositionFrame && loader != _compositionLoader) || (id == _mainFrame && _compositionFrame is not null))
            throw new HeliosException(ExitCode.Invalid, $"the page navigates away to {ErrorText.Shorten(url)}", session.Where, "remove the navigation: a composition is one document");
    }

    private HeliosException Thrown(ReadOnlySpan<byte> details) =>
        new(ExitCode.Invalid, "the page throws: " + Describe(details), session.Where, "mend the page; it can be tried in any browser");

    private HeliosException Dialog(ReadOnlySpan<byte> parameters) => new(ExitCode.Invalid,
        $"the page opens a dialog ({JsonFields.GetText(parameters, "type"u8)}): \"{ErrorText.Shorten(JsonFields.GetText(parameters, "message"u8) ?? "")}\"", session.Where,
        "remove it: nobody is there to answer");

    /// <summary>Nothing intercepts what another window asks for, and nothing of it is in the video.</summary>
    private HeliosException Opened(string url) => new(ExitCode.Invalid, $"the page opens a window ({ErrorText.Shorten(url)})", session.Where, "remove it: a composition is one document");

    private HeliosException Crashed() =>
        new(ExitCode.Temporary, "the page crashed in the browser", session.Where, "run it again; if it stays, give it more memory");
}
