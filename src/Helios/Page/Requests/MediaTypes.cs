using System;

namespace Helios.Page.Requests;

/// <summary>Content types of a composition's files, by extension. Browsers refuse modules and fonts of a wrong type.</summary>
internal static class MediaTypes
{
    private const string Unknown = "application/octet-stream";

    /// <summary>The type of a document with an unknown extension: any other type would be a download, and a blank frame.</summary>
    internal static string OfDocument(string path) => Of(path) is var type && type != Unknown ? type : "text/html; charset=utf-8";

    internal static string Of(string path)
    {
        int point = path.LastIndexOf('.');
        string extension = point < 0 ? "" : path[(point + 1)..];
        return Lower(extension) switch
        {
            "html" or "htm" => "text/html; charset=utf-8",
            "xhtml" or "xht" => "application/xhtml+xml",
            "js" or "mjs" or "cjs" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "json" or "map" => "application/json",
            "svg" => "image/svg+xml",
            "xml" => "application/xml",
            "txt" or "md" or "csv" or "srt" or "glsl" or "vert" or "frag" => "text/plain; charset=utf-8",
            "vtt" => "text/vtt; charset=utf-8",
            "wasm" => "application/wasm",
            "png" => "image/png",
            "apng" => "image/apng",
            "jpg" or "jpeg" => "image/jpeg",
            "gif" => "image/gif",
            "webp" => "image/webp",
            "avif" => "image/avif",
            "ico" => "image/x-icon",
            "bmp" => "image/bmp",
            "woff2" => "font/woff2",
            "woff" => "font/woff",
            "ttf" => "font/ttf",
            "otf" => "font/otf",
            "mp4" or "m4v" => "video/mp4",
            "webm" => "video/webm",
            "mov" => "video/quicktime",
            "ogv" => "video/ogg",
            "mp3" => "audio/mpeg",
            "m4a" or "aac" => "audio/mp4",
            "wav" => "audio/wav",
            "ogg" or "oga" or "opus" => "audio/ogg",
            "flac" => "audio/flac",
            _ => Unknown,
        };
    }

    private static string Lower(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (int i = 0; i < span.Length; i++) span[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
    });
}
