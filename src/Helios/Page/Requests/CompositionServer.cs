using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using Helios.Browser;
using Helios.Errors;
using Helios.Jobs;
using Helios.Media;
using Helios.Os.Files;
using Helios.Text;

namespace Helios.Page.Requests;

/// <summary>
/// Answers the page's requests (Fetch.requestPaused) from the composition's project directory, as the site <see cref="Origin"/>.
/// There is no server and no port, the page has no access to file:// URLs, and nothing outside the directory can be read: paths are
/// checked after symbolic links are resolved.
/// </summary>
internal sealed class CompositionServer
{
    internal const string Origin = "https://composition.helios/";

    /// <summary>URL of the document around a composition that is captured by paint.</summary>
    internal const string HostUrl = Origin + ".helios-host";

    /// <summary>URL of an empty document (<see cref="PageLoadState.OpenEmpty"/>).</summary>
    internal const string EmptyUrl = Origin + ".helios-empty";

    /// <summary>Before the path of a file: whether there is one, for compositions.js, which resolves addresses by it.</summary>
    internal const string IsFileUrl = Origin + ".helios-is-file/";

    private const string OfflineText = "--offline forbids the net";

    private const string NoSuchFile = "no such file";
    private const string Index = "index.html";
    private const string NoIndex = "it is a directory without " + Index;
    private const long Megabyte = 1024 * 1024;
    private const long LargestWhole = DevToolsPipe.LargestMessage / 4 * 3 / Megabyte * Megabyte; // as base64 in one message
    private const long LargestAnswer = 8 * Megabyte; // of a range; the browser requests the rest when it needs it

    private readonly DevToolsSession _page;
    private readonly string _root;
    private readonly PageReads _reads;
    private readonly Dictionary<string, IReadOnlyList<BytePatch>> _patches = []; // by path of a movie file

    /// <param name="page">The page.</param>
    /// <param name="root">Real path of the project directory; empty when the composition is on the network.</param>
    /// <param name="isOffline">Whether requests to the network fail.</param>
    /// <param name="reads">Notes what is served.</param>
    internal CompositionServer(DevToolsSession page, string root, bool isOffline, PageReads reads)
    {
        _page = page;
        _root = root;
        _reads = reads;
        IsOffline = isOffline;
    }

    /// <summary>Whether requests to the network fail.</summary>
    internal bool IsOffline { get; }

    /// <summary>Addresses on the network that the page does without.</summary>
    internal BlockList Block { get; init; } = BlockList.None;

    /// <summary>Whether the page asks to be isolated from other sites: without that it has no memory that its workers share.</summary>
    internal bool IsIsolated { get; set; }

    /// <summary>As of <see cref="HtmlInCanvas.IsNamed"/>.</summary>
    internal bool HasHtmlInCanvas { get; init; }

    /// <summary>Text of <see cref="HostUrl"/>; null when there is none.</summary>
    internal string? HostDocument { get; set; }

    /// <summary>Why a request got no file, by URL, for the message about missing files.</summary>
    internal Dictionary<string, string> Refused { get; } = [];

    /// <summary>URLs of served files that are not animated.</summary>
    internal HashSet<string> Still { get; } = [];

    /// <summary>
    /// The URL under which the page sees a page of the project: that of its directory for an <c>index.html</c>, as servers show it and
    /// routers expect it.
    /// </summary>
    internal static string UrlOf(string root, string file)
    {
        string name = JobPaths.ToSlashes(Path.GetRelativePath(root, file));
        if (Path.GetFileName(name) == Index) name = name[..^Index.Length];
        return Origin + CompositionUrl.Encode(name);
    }

    /// <summary>Whether a URL is on the network, and not one of the project.</summary>
    internal static bool IsOfOtherSite(string url) => CompositionUrl.IsOnNet(url) && !url.StartsWith(Origin, StringComparison.Ordinal);

    /// <summary>Whether a request is for a file of the project.</summary>
    /// <param name="parameters">Of Fetch.requestPaused.</param>
    internal bool IsOwn(ReadOnlySpan<byte> parameters) =>
        _root.Length > 0 && JsonFields.ToText(JsonFields.Find(parameters, "request"u8, "url"u8)) is string url
            && url.StartsWith(Origin, StringComparison.Ordinal);

    /// <summary>The path of a project's file relative to its root, percent-encoded; any other URL unchanged.</summary>
    internal static string ReferenceOf(string url)
    {
        if (!url.StartsWith(Origin, StringComparison.Ordinal)) return url;
        string encoded = CompositionUrl.WithoutSuffix(url[Origin.Length..]);
        return CompositionUrl.TryDecode(encoded, out string path) ? CompositionUrl.Encode(path) : encoded;
    }

    /// <summary>Starts answering: everything for a project, only refusals for a page on the network.</summary>
    internal void Enable(int timeout) => _ = _page.Call("Fetch.enable", json =>
    {
        json.WriteStartArray("patterns"u8);
        json.WriteStartObject();
        json.WriteString("urlPattern"u8, "*"u8);
        if (_root.Length == 0 && Block.Patterns.Count == 0) json.WriteString("resourceType"u8, "XHR"u8); // streams of events are among them
        json.WriteEndObject();
        json.WriteEndArray();
    }, timeout);

    /// <summary>Answers a request.</summary>
    /// <param name="sender">Session of the request, which receives the answer.</param>
    /// <param name="parameters">Of Fetch.requestPaused.</param>
    internal void Answer(DevToolsSession sender, ReadOnlySpan<byte> parameters)
    {
        var id = new RequestId(JsonFields.GetText(parameters, "requestId"u8)!, sender);
        ReadOnlySpan<byte> request = JsonFields.Find(parameters, "request"u8);
        string url = JsonFields.GetText(request, "url"u8) ?? "";
        if (_root.Length == 0 || !url.StartsWith(Origin, StringComparison.Ordinal))
        {
            bool isNet = CompositionUrl.IsOnNet(url);
            // otherwise the clock would wait for their end
            if (Block.Contains(url)) Fail(id, "BlockedByClient");
            else if (JsonFields.GetText(JsonFields.Find(request, "headers"u8), "Accept"u8) == "text/event-stream") // by fetch
                Fail(id, url, "live events are no part of a video", "BlockedByClient");
            else if (isNet && !IsOffline) sender.Send("Fetch.continueRequest", json => json.WriteString("requestId"u8, id.Text));
            else Fail(id, url, isNet ? OfflineText : "only http and https are allowed", "InternetDisconnected");
            return;
        }

        if ((url == EmptyUrl ? "" : url == HostUrl ? HostDocument : null) is string document)
        {
            Answer(id, 200, "text/html", "", Encoding.UTF8.GetBytes(document), url, null);
            return;
        }

        if (url.StartsWith(IsFileUrl, StringComparison.Ordinal))
        {
            string file = Origin + url[IsFileUrl.Length..];
            bool exists = Locate(file, out _) is not null;
            if (!exists && TryGetName(_root, file, out string missing)) _reads.NoteMissing(missing);
            Answer(id, 200, "text/plain", "", exists ? "yes"u8.ToArray() : [], url, null);
            return;
        }

        string? range = JsonFields.GetText(JsonFields.Find(request, "headers"u8), "Range"u8);
        string? path = Locate(url, out string reason);
        if (path is not null)
        {
            string use = JsonFields.GetText(parameters, "resourceType"u8) ?? "";
            ServeFile(id, url, path, use, range);
            return;
        }

        if (reason is NoSuchFile or NoIndex && TryGetName(_root, url, out string name)) _reads.NoteMissing(name);
        Answer(id, 404, "text/plain", "", [], url, reason);
    }

    /// <summary>The file of a URL; null when there is none inside the root.</summary>
    internal string? Locate(string url, out string reason) => Locate(_root, url, out reason);

    /// <summary>The same for a page that is not open.</summary>
    internal static string? Locate(string root, string url, out string reason)
    {
        reason = NoSuchFile;
        if (!TryGetName(root, url, out string name)) return null;
        string? real = RealPath.Of(Path.Combine(root, name));
        if (real is null && Path.GetFileName(name) == Index && !url.Contains(Index, StringComparison.Ordinal)) reason = NoIndex;
        if (real is null) return null;
        if (!PathRules.Host.IsBelow(real, root))
        {
            reason = $"it leads outside the project directory {root}";
            return null;
        }

        if (FileKind.WhyNotRegular(real) is null) return real;
        reason = "it is not a regular file";
        return null;
    }

    /// <summary>The path of a URL relative to the root: for a directory, that of its <c>index.html</c>.</summary>
    internal static bool TryGetName(string root, string url, out string name)
    {
        if (!CompositionUrl.TryDecode(CompositionUrl.WithoutSuffix(url[Origin.Length..]), out name)) return false;
        name = name.TrimStart('/');
        if (Directory.Exists(Path.Combine(root, name))) name = Path.Combine(name, Index);
        return true;
    }

    private void ServeFile(RequestId id, string url, string path, string use, string? rangeHeader)
    {
        string type = use == "Document" ? MediaTypes.OfDocument(path) : MediaTypes.Of(path);
        try
        {
            using FileStream file = InputFile.OpenRegular(path, path);
            bool isPartial = ByteRange.TryParse(rangeHeader, file.Length, out ByteRange range);
            if (isPartial && range.Count == 0)
            {
                Answer(id, 416, type, string.Create(CultureInfo.InvariantCulture, $"bytes */{file.Length}"), [], url, null);
                return;
            }

            long count = isPartial ? Math.Min(range.Count, LargestAnswer) : range.Count;
            if (count > LargestWhole)
            {
                Answer(id, 413, "text/plain", "", [], url,
                    string.Create(CultureInfo.InvariantCulture,
                        $"it is too large to be fetched whole: {count / Megabyte} MiB, at most {LargestWhole / Megabyte}"));
                return;
            }

            byte[] body = _reads.Read(TryGetName(_root, url, out string name) ? name : path, file, range.Start, count);
            if (use == "Media" && type is ("video/mp4" or "video/quicktime")) CorrectKeyframes(file, body, range.Start);
            if (!HasHtmlInCanvas) HtmlInCanvas.ThrowIfIn(type, body, path);
            if (range.Start == 0 && !MovingImage.Is(body)) _ = Still.Add(url);
            string contentRange = isPartial
                ? string.Create(CultureInfo.InvariantCulture, $"bytes {range.Start}-{range.Start + count - 1}/{file.Length}")
                : "";
            Answer(id, isPartial ? 206 : 200, type, contentRange, body, url, null);
        }
        catch (Exception error) when (error
            is IOException or HeliosException { Code: ExitCode.NoInput } or UnauthorizedAccessException or OutOfMemoryException)
        {
            Answer(id, 404, "text/plain", "", [], url, "it cannot be read: " + ErrorText.Reason(error.InnerException ?? error));
        }
    }

    /// <summary>The browser gets a table of the keyframes at which it can start; the seal has the file's own bytes.</summary>
    private void CorrectKeyframes(FileStream file, byte[] body, long start)
    {
        if (!_patches.TryGetValue(file.Name, out IReadOnlyList<BytePatch>? patches)) _patches[file.Name] = patches = OpenGroups.Find(file);
        foreach (BytePatch patch in patches)
        {
            long first = Math.Max(start, patch.Start);
            long end = Math.Min(start + body.Length, patch.Start + patch.Bytes.Length);
            if (first < end) patch.Bytes.AsSpan((int)(first - patch.Start), (int)(end - first)).CopyTo(body.AsSpan((int)(first - start)));
        }
    }

    private void Answer(RequestId id, int status, string type, string contentRange, byte[] body, string url, string? refusal)
    {
        if (refusal is not null) Refused[url] = refusal;
        id.Sender.Send("Fetch.fulfillRequest", json =>
        {
            json.WriteString("requestId"u8, id.Text);
            json.WriteNumber("responseCode"u8, status);
            json.WriteStartArray("responseHeaders"u8);
            WriteHeader(json, "Content-Type"u8, type);
            WriteHeader(json, "Accept-Ranges"u8, "bytes");
            WriteHeader(json, "Content-Length"u8, body.Length.ToString(CultureInfo.InvariantCulture));
            WriteHeader(json, "Cache-Control"u8, "no-store");
            if (contentRange.Length > 0) WriteHeader(json, "Content-Range"u8, contentRange);
            if (IsIsolated)
            {
                WriteHeader(json, "Cross-Origin-Opener-Policy"u8, "same-origin");
                WriteHeader(json, "Cross-Origin-Embedder-Policy"u8, "credentialless"); // what other sites have still loads, but for frames
            }

            json.WriteEndArray();
            json.WriteBase64String("body"u8, body);
        });
    }

    private void Fail(RequestId id, string url, string refusal, string reason)
    {
        Refused[url] = refusal;
        Fail(id, reason);
    }

    private static void Fail(RequestId id, string reason) => id.Sender.Send("Fetch.failRequest", json =>
    {
        json.WriteString("requestId"u8, id.Text);
        json.WriteString("errorReason"u8, reason);
    });

    private static void WriteHeader(Utf8JsonWriter json, ReadOnlySpan<byte> name, string value)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        json.WriteString("value"u8, value);
        json.WriteEndObject();
    }
}
