using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Browser;
using Helios.Errors;
using Helios.Page.Requests;
using Helios.Text;

namespace Helios.Page;

/// <summary>
/// Errors of the page. They end the render with one message, since a video of a broken page is useless. A fault that the page can
/// handle itself (a failed fetch) is a warning.
/// </summary>
internal sealed class PageFaults
{
    private const int RequestTimeout = 408, RangeNotSatisfiable = 416, TooEarly = 425, TooManyRequests = 429; // HTTP status

    private const string MissingFix = "add the file, correct its name, or choose another project directory with --root";
    private const string NetFix = "correct the address, or keep a copy in the project directory";
    private const string WithoutFix = "; --block leaves out what the page can do without";
    private const string BlockedFix = "the browser would block it every time: fix the page, or what its server allows";
    private const string UnresolvedModule = "Failed to resolve module specifier"; // Chromium's words
    private const string ModuleFix = "bundle the page, or map the name in <script type=\"importmap\"> to an address that begins with " +
        "\"./\", \"../\", \"/\" or https://";
    private const string Shared = "SharedArrayBuffer"; // in Chromium's words for a page that is not isolated
    private const string SharedFix = "add <meta http-equiv=\"Cross-Origin-Embedder-Policy\" content=\"credentialless\"> to the page: " +
        "helios then isolates it from other sites, and its workers can share memory";
    private const int MostWarnings = 20;
    private const int LongestReason = 500; // helios' own words, and perhaps a URL that may be a data: URL
    private const char ByPaint = '#'; // first character of a script's reason when another capture method helps

    private readonly DevToolsSession _page;
    private readonly CompositionServer _server;
    private readonly bool _isHosted;
    private readonly Action<string> _warn;
    private readonly HashSet<string> _warned = [];
    private string? _mainFrame;
    private string? _compositionFrame; // the main frame, or its first child frame when the main document is the host
    private string? _compositionLoader;

    /// <param name="page">The page.</param>
    /// <param name="server">Knows why a request got no file.</param>
    /// <param name="isHosted">Whether the composition is a frame in a host document.</param>
    /// <param name="warn">Receives one line of text.</param>
    internal PageFaults(DevToolsSession page, CompositionServer server, bool isHosted, Action<string> warn)
    {
        (_page, _server, _isHosted, _warn) = (page, server, isHosted, warn);
        DevToolsConnection events = page.Connection;
        events.Subscribe("Page.frameNavigated"u8, message => CheckNavigation(JsonFields.Find(message.Body, "frame"u8)));
        events.Subscribe("Runtime.exceptionThrown"u8,
            message => throw Thrown(JsonFields.Find(message.Body, "exceptionDetails"u8), page.Where));
        events.Subscribe("Page.javascriptDialogOpening"u8, message => throw Dialog(message.Body));
        events.Subscribe("Page.windowOpen"u8, message => throw Opened(JsonFields.GetText(message.Body, "url"u8) ?? ""));
        events.Subscribe("Inspector.targetCrashed"u8, _ => throw Crashed());
        events.Subscribe("Target.detachedFromTarget"u8, message => OnDetached(JsonFields.GetText(message.Body, "sessionId"u8)));
    }

    /// <summary>The error for an exception that the page does not catch.</summary>
    /// <param name="details">Runtime.ExceptionDetails.</param>
    /// <param name="where">The activity at the time.</param>
    internal static HeliosException Thrown(ReadOnlySpan<byte> details, string where)
    {
        string what = Describe(details);
        return new(ExitCode.Invalid, "the page throws: " + what, where,
            what.Contains(UnresolvedModule, StringComparison.Ordinal) ? ModuleFix
            : what.Contains(Shared, StringComparison.Ordinal) ? SharedFix
            : "fix the page; it can be tried in any browser");
    }

    /// <summary>The refusal of a page in which helios' scripts found something that cannot be rendered.</summary>
    /// <param name="reason">As the scripts report it.</param>
    /// <param name="where">The activity at the time.</param>
    internal static HeliosException Refuse(string reason, string where) => reason.StartsWith(ByPaint)
        ? new(ExitCode.Invalid, ErrorText.Shorten(reason[1..], LongestReason), where, PageScripts.OtherCapture,
            reason: Reason.CannotCapture)
        : new(ExitCode.Invalid, ErrorText.Shorten(reason, LongestReason), where, "fix the page, or remove what cannot be rendered");

    /// <summary>Whether a network error of the browser is permanent.</summary>
    internal static bool IsPermanent(string error)
    {
        foreach (string start in (ReadOnlySpan<string>)
            [
                "net::ERR_UNSAFE_", "net::ERR_BLOCKED_", "net::ERR_DISALLOWED_", "net::ERR_UNKNOWN_URL_SCHEME", "net::ERR_INVALID_URL",
                "net::ERR_TOO_MANY_REDIRECTS",
            ])
        {
            if (error.StartsWith(start, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    /// <summary>Handles a response whose HTTP status is an error.</summary>
    /// <param name="url">URL of the request.</param>
    /// <param name="use">Its use (Network.ResourceType).</param>
    /// <param name="status">HTTP status.</param>
    internal void ReportStatus(string url, string use, double status)
    {
        if (status == RangeNotSatisfiable) return; // media elements request bytes past the end of a file
        string reason = _server.Refused.GetValueOrDefault(url) ?? string.Create(CultureInfo.InvariantCulture, $"HTTP status {status}");
        Report(url, use, reason, status is >= 500 or RequestTimeout or TooEarly or TooManyRequests ? null : MissingFix);
    }

    /// <summary>Handles a request that got no response.</summary>
    /// <param name="url">URL of the request.</param>
    /// <param name="parameters">Of Network.loadingFailed.</param>
    internal void ReportFailure(string url, ReadOnlySpan<byte> parameters)
    {
        if (_server.Block.Contains(url)) return;
        string? use = JsonFields.GetText(parameters, "type"u8);
        if (_server.Refused.GetValueOrDefault(url) is string refusal)
        {
            Report(url, use, refusal, MissingFix);
            return;
        }

        string error = JsonFields.GetText(parameters, "errorText"u8) ?? "";
        string blocked = JsonFields.GetText(parameters, "blockedReason"u8)
            ?? JsonFields.ToText(JsonFields.Find(parameters, "corsErrorStatus"u8, "corsError"u8)) ?? "";
        string reason = error.Length == 0 ? blocked : blocked.Length == 0 ? error : $"{error}, {blocked}";
        Report(url, use, reason.Length > 0 ? reason : "it failed", blocked.Length > 0 || IsPermanent(error) ? BlockedFix : null);
    }

    /// <summary>Handles a request that does not end in time.</summary>
    internal void WarnOfEndless(string url) =>
        _warn($"helios: a request of the page does not end and is not waited for: {ErrorText.Shorten(url)} ({_page.Where})");

    /// <param name="url">URL of the request.</param>
    /// <param name="use">Its use; null when it is not displayed.</param>
    /// <param name="reason">Why it is missing.</param>
    /// <param name="fix">How to fix it; null when a retry may help.</param>
    private void Report(string url, string? use, string reason, string? fix)
    {
        url = ErrorText.Shorten(url);
        if (use is "Document" or "Stylesheet" or "Image" or "Media" or "Font" or "Script")
        {
            bool isNet = CompositionServer.IsOfOtherSite(url);
            string advice = (isNet && fix == MissingFix ? NetFix : fix ?? "run it again") + (isNet && use != "Document" ? WithoutFix : "");
            throw new HeliosException(fix is null ? ExitCode.Temporary : ExitCode.Invalid,
                $"the page needs {url} ({use}) and does not get it: {reason}", _page.Where, advice);
        }

        if (_warned.Count < MostWarnings && _warned.Add(url))
            _warn($"helios: the page asked for {url} and did not get it: {reason} ({_page.Where})");
    }

    /// <summary>The first document is the composition, or its host and then the composition in it; no other may follow.</summary>
    private void CheckNavigation(ReadOnlySpan<byte> frame)
    {
        string url = JsonFields.GetText(frame, "url"u8) ?? "";
        if (_compositionFrame is null && PageLoadState.IsEmpty(url)) return;
        string id = JsonFields.GetText(frame, "id"u8) ?? "";
        string loader = JsonFields.GetText(frame, "loaderId"u8) ?? "";
        _mainFrame ??= id;
        bool mayBeComposition = id == _mainFrame ? !_isHosted : JsonFields.GetText(frame, "parentId"u8) == _mainFrame;
        if (_compositionFrame is null && mayBeComposition)
        {
            (_compositionFrame, _compositionLoader) = (id, loader);
            return;
        }

        bool isOther = (id == _compositionFrame && loader != _compositionLoader) || (id == _mainFrame && _compositionFrame is not null);
        if (!isOther) return;
        throw new HeliosException(ExitCode.Invalid, $"the page navigates away to {ErrorText.Shorten(url)}", _page.Where,
            "remove the navigation: a composition is one document");
    }

    private void OnDetached(string? target)
    {
        if (target == _page.Id) throw Crashed();
    }

    /// <summary>Description of an exception: its first line of text, and where it was thrown.</summary>
    private static string Describe(ReadOnlySpan<byte> details)
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

    private HeliosException Dialog(ReadOnlySpan<byte> parameters)
    {
        string type = JsonFields.GetText(parameters, "type"u8) ?? "";
        string text = ErrorText.Shorten(JsonFields.GetText(parameters, "message"u8) ?? "");
        return new(ExitCode.Invalid, $"the page opens a dialog ({type}): \"{text}\"", _page.Where,
            "remove it: a render has no user to answer it");
    }

    /// <summary>Requests of another window are not intercepted, and its content is not in the video.</summary>
    private HeliosException Opened(string url) =>
        new(ExitCode.Invalid, $"the page opens a window ({ErrorText.Shorten(url)})", _page.Where,
            "remove it: a composition is one document");

    private HeliosException Crashed() =>
        new(ExitCode.Temporary, "the page crashed in the browser", _page.Where, "run it again; if it happens again, give it more memory");
}
