using System;
using System.IO;
using System.Text;
using Helios.Os.Files;

namespace Helios.Jobs;

/// <summary>
/// The composition's address in a job spec: a <c>file:///</c> URL, an <c>http(s)://</c> URL as given, or a percent-encoded
/// reference relative to the job file's directory. A query and a fragment may follow, which the page reads.
/// </summary>
internal static class CompositionUrl
{
    private const string FileScheme = "file://";
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

    internal static bool IsOnNet(string url) =>
        url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    internal static bool IsFile(string url) => url.StartsWith(FileScheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>The scheme of an address such as <c>ftp:…</c>; null for a plain path.</summary>
    internal static string? SchemeOf(string text) => SchemeOf(text, PathRules.Host);

    internal static string? SchemeOf(string text, PathRules rules)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !char.IsAsciiLetter(text[0]) || (colon == 1 && rules.IsWindows)) return null; // C:
        var scheme = text.AsSpan(0, colon);
        foreach (char c in scheme)
            if (!char.IsAsciiLetterOrDigit(c) && c is not '+' and not '-' and not '.') return null;
        return scheme.ToString();
    }

    /// <summary>Describes the fault of an address in a job spec; null when it is valid.</summary>
    internal static string? Check(string url)
    {
        foreach (char c in url)
        {
            if (c is <= ' ' or >= '\x7f' or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}')
                return "blanks and characters that a URL cannot hold must be percent-encoded";
        }

        if (IsOnNet(url))
        {
            int host = url.IndexOf("//", StringComparison.Ordinal) + 2;
            return host < url.Length && (char.IsAsciiLetterOrDigit(url[host]) || url[host] is '[' or '_') ? null : "the URL has no host";
        }

        string path = url;
        if (IsFile(url))
        {
            if (!url.StartsWith("file:///", StringComparison.OrdinalIgnoreCase)) return "a file URL begins with file:///";
            path = url[FileScheme.Length..];
        }
        else if (SchemeOf(url) is string scheme)
        {
            return $"helios renders file, http and https addresses, not {scheme}";
        }
        else if (url.StartsWith('/'))
        {
            return "an absolute path is written as a file:/// URL";
        }

        if (PathLength(path) == 0) return "it names no page";
        return TryDecode(path[..PathLength(path)], out _) ? null : "a percent sign begins no escape, or the escapes are not UTF-8";
    }

    /// <summary><c>file:///…</c> of an absolute path.</summary>
    internal static string FromPath(string fullPath) => FromPath(fullPath, PathRules.Host);

    internal static string FromPath(string fullPath, PathRules rules)
    {
        string path = rules.ToUrlPath(fullPath);
        int drive = rules.IsWindows && path.Length > 2 && path[2] == ':' ? 3 : 0; // /C:, whose colon stays
        return FileScheme + path[..drive] + Encode(path[drive..]);
    }

    /// <summary>The query and the fragment, with their marks; empty when there are none.</summary>
    internal static string SuffixOf(string url) => url[PathLength(url)..];

    /// <summary>The address without them.</summary>
    internal static string WithoutSuffix(string url) => url[..PathLength(url)];

    /// <summary>Where they begin; within a path their marks are percent-encoded.</summary>
    private static int PathLength(string url) => url.AsSpan().IndexOfAny('?', '#') is int end and >= 0 ? end : url.Length;

    /// <summary>Percent-encodes every byte that is not unreserved (RFC 3986) or a slash.</summary>
    internal static string Encode(string path)
    {
        var text = new StringBuilder(path.Length + 16);
        foreach (byte b in Encoding.UTF8.GetBytes(path))
        {
            if (Unreserved.Contains((char)b, StringComparison.Ordinal)) text.Append((char)b);
            else text.Append('%').Append(Convert.ToHexString([b]));
        }

        return text.ToString();
    }

    /// <summary>Decodes percent-encoding; false for a broken escape, bytes that are not UTF-8, or NUL.</summary>
    internal static bool TryDecode(string text, out string path)
    {
        path = "";
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        int count = 0;
        byte[] source = Encoding.UTF8.GetBytes(text);
        for (int i = 0; i < source.Length; i++)
        {
            byte b = source[i];
            if (b == '%')
            {
                if (i + 2 >= source.Length || !char.IsAsciiHexDigit((char)source[i + 1]) || !char.IsAsciiHexDigit((char)source[i + 2]))
                    return false;
                b = Convert.FromHexString([(char)source[i + 1], (char)source[i + 2]])[0];
                i += 2;
            }

            if (b == 0) return false;
            bytes[count++] = b;
        }

        if (!System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, count))) return false;
        path = Encoding.UTF8.GetString(bytes, 0, count);
        return true;
    }

    /// <summary>The file of a <c>file:///</c> URL or relative reference; false when the escapes are broken.</summary>
    internal static bool TryGetPath(string url, string directory, out string path)
    {
        string encoded = IsFile(url) ? url[FileScheme.Length..] : url;
        if (!TryDecode(encoded[..PathLength(encoded)], out path)) return false;
        path = JobPaths.ToSlashes(Path.GetFullPath(Path.Combine(directory, PathRules.Host.FromUrlPath(path))));
        return true;
    }
}
