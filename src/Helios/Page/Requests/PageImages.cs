using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Text;
using Helios.Browser;
using Helios.Errors;
using Helios.Text;

namespace Helios.Page.Requests;

/// <summary>
/// Detects which of the page's images are animated. Files of the project were inspected when they were served; the bytes of others
/// (data: and blob: URLs, the network) are requested once they are complete. Network.getResponseBody, checked with Chromium 156.
/// </summary>
/// <param name="server">Knows which of its files are not animated.</param>
/// <param name="onMoving">Receives the URL and the media type of an animated image.</param>
internal sealed class PageImages(CompositionServer server, Action<string, string> onMoving)
{
    internal const string Svg = "image/svg+xml";

    private readonly Dictionary<string, Shown> _coming = []; // by request
    private readonly Dictionary<string, Shown> _asked = []; // by request, complete

    /// <summary>Whether none is being inspected.</summary>
    internal bool IsIdle => _asked.Count == 0;

    /// <summary>Handles every response that the page receives.</summary>
    /// <param name="id">Id of the request.</param>
    /// <param name="use">Its use (Network.ResourceType): a resource that a script fetches is not displayed by that.</param>
    /// <param name="type">Media type.</param>
    /// <param name="url">Its URL.</param>
    internal void OnResponse(string id, string use, string type, string url)
    {
        bool isMeant = type switch
        {
            "image/gif" or "image/apng" or "image/png" or "image/webp" or "image/avif" => use is "Image" or "Document",
            Svg => use == "Image", // in a frame it is a document like any other
            _ => false,
        };
        if (!isMeant || server.Still.Contains(url)) return;
        if (url.StartsWith(CompositionServer.Origin, StringComparison.Ordinal)) onMoving(url, type);
        else _coming[id] = new Shown(ErrorText.Shorten(url), type);
    }

    /// <summary>Handles a complete response.</summary>
    /// <param name="id">Id of the request.</param>
    /// <param name="sender">Session that reports it.</param>
    internal void OnFinished(string id, DevToolsSession sender)
    {
        if (!_coming.Remove(id, out Shown? image)) return;
        _asked[id] = image;
        sender.Ask("Network.getResponseBody", json => json.WriteString("requestId"u8, id), answer =>
        {
            if (_asked.Remove(id) && Moves(answer, image.Type)) onMoving(image.Url, image.Type);
        });
    }

    /// <summary>Handles a response that ends early.</summary>
    internal void OnFailed(string id) => _ = _coming.Remove(id);

    /// <summary>Images that are not inspected by now count as if they had no bytes.</summary>
    internal void StopWaiting()
    {
        Shown[] asked = [.. _asked.Values];
        _asked.Clear();
        foreach (Shown image in asked)
            if (MovesUnseen(image.Type)) onMoving(image.Url, image.Type);
    }

    private static bool Moves(DevToolsMessage answer, string type)
    {
        ReadOnlySpan<byte> body = JsonFields.Find(answer.Body, "body"u8);
        if (body.Length <= 2 || body[0] != '"') return MovesUnseen(type);
        if (!JsonFields.IsTrue(answer.Body, "base64Encoded"u8))
            return MovingImage.Is(Encoding.UTF8.GetBytes(JsonFields.ToText(body) ?? ""));
        byte[] bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(body.Length - 2)];
        _ = Base64.DecodeFromUtf8(body[1..^1], bytes, out _, out int count);
        return MovingImage.Is(bytes.AsSpan(0, count));
    }

    /// <summary>In doubt frames are displayed unnecessarily; but a page is not refused.</summary>
    private static bool MovesUnseen(string type) => type != Svg;

    private sealed class Shown(string url, string type)
    {
        internal string Url { get; } = url;

        internal string Type { get; } = type;
    }
}
