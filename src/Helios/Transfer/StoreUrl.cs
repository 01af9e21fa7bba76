using System;
using System.Text;
using Helios.Errors;
using Helios.Jobs;

namespace Helios.Transfer;

/// <summary>
/// The address of an object or a folder in a store: <c>s3://bucket/key</c>, <c>gs://bucket/key</c>, <c>az://account/container/key</c>,
/// <c>rclone:remote:key</c>, or <c>scheme:key</c> for a program that the user names. Keys hold nothing that a program would take for a
/// pattern, for another folder or for a version of an object.
/// </summary>
internal sealed record StoreUrl
{
    internal const int MaxKeyBytes = 1024; // of S3, Google Cloud Storage and Azure Blob Storage

    private const int LongestShown = 100;
    private const string Forms = "write s3://bucket/key, gs://bucket/key, az://account/container/key or rclone:remote:key";
    private const string Marks = "*?[]#\\";

    private StoreUrl(StoreKind kind, string root, string key) => (Kind, Root, Key) = (kind, root, key);

    internal StoreKind Kind { get; }

    /// <summary>Everything before the key: <c>s3://bucket/</c>.</summary>
    internal string Root { get; }

    /// <summary>The key; that of a folder is empty or ends with a slash.</summary>
    internal string Key { get; }

    internal string Text => Root + Key;

    /// <summary>The folder of an object.</summary>
    internal StoreUrl Folder => new(Kind, Root, JobPaths.DirectoryOf(Key));

    /// <summary>The key without its folder.</summary>
    internal string Name => Key[JobPaths.DirectoryOf(Key).Length..];

    /// <summary>Whether a job is in a store; anything else is a path.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="hasProgram">Whether the user names a program, which knows schemes of its own.</param>
    internal static bool IsUrl(string text, bool hasProgram) =>
        KindOf(text) is not null || (hasProgram && CompositionUrl.SchemeOf(text) is { Length: > 1 });

    /// <summary>An object.</summary>
    /// <exception cref="HeliosException">64: not an address, or none of an object.</exception>
    internal static StoreUrl ParseObject(string text)
    {
        StoreUrl url = Split(text);
        if (url.Key.Length == 0) throw Wrong(text, "names no object: its key is empty", "name the job file, such as …/job.json");
        if (url.Key[^1] == '/') throw Wrong(text, "names a folder, expected an object", "name the job file in it, such as …/job.json");
        return url.Checked(text);
    }

    /// <summary>A folder, with or without its final slash.</summary>
    /// <exception cref="HeliosException">64: not an address.</exception>
    internal static StoreUrl ParseFolder(string text)
    {
        StoreUrl url = Split(text);
        if (url.Key.Length > 0 && url.Key[^1] != '/') url = new StoreUrl(url.Kind, url.Root, url.Key + "/");
        return url.Checked(text);
    }

    /// <summary>An object below this folder.</summary>
    /// <param name="name">Relative, of names that <see cref="WhyNotName"/> accepts.</param>
    /// <exception cref="HeliosException">64: stores have no keys as long as this.</exception>
    internal StoreUrl Child(string name)
    {
        var child = new StoreUrl(Kind, Root, Key + name);
        return Encoding.UTF8.GetByteCount(child.Key) <= MaxKeyBytes ? child : throw Wrong(child.Text,
            $"is longer than the {MaxKeyBytes} bytes that a key may have", "use shorter names, or a folder nearer to the top");
    }

    /// <summary>Describes the fault of a name below a folder that is part of a command line; null when it is valid.</summary>
    internal static string? WhyNotName(ReadOnlySpan<char> name)
    {
        foreach (char c in name)
            if (Marks.Contains(c, StringComparison.Ordinal)) return $"holds {c}, which programs for stores take for a pattern";
        return WhyNotPath(name);
    }

    /// <summary>Describes the fault of a file's name below a folder; null when it is valid.</summary>
    internal static string? WhyNotPath(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty) return "is empty";
        foreach (char c in name)
            if (char.IsControl(c)) return "holds a control character";

        foreach (Range part in name.Split('/'))
        {
            ReadOnlySpan<char> word = name[part];
            if (word.IsEmpty) return "holds an empty name (//)";
            if (word is "." or "..") return $"holds \"{word}\", which could lead to another folder";
            if (Encoding.UTF8.GetByteCount(word) > JobPaths.MaxNameBytes) return "holds a name of more than 255 bytes";
        }

        return null;
    }

    private static StoreKind? KindOf(string text) =>
        text.StartsWith("s3://", StringComparison.Ordinal) ? StoreKind.S3
            : text.StartsWith("gs://", StringComparison.Ordinal) ? StoreKind.Google
            : text.StartsWith("az://", StringComparison.Ordinal) ? StoreKind.Azure
            : text.StartsWith("rclone:", StringComparison.Ordinal) ? StoreKind.Rclone : null;

    private static StoreUrl Split(string text)
    {
        StoreKind kind = KindOf(text) ?? StoreKind.Other;
        int end = kind switch
        {
            StoreKind.S3 or StoreKind.Google => EndOfName(text, "s3://".Length, "the bucket", ".-_", 3, 222),
            StoreKind.Azure => EndOfName(text, EndOfName(text, "az://".Length, "the account", "", 3, 24), "the container", "-$", 3, 63),
            StoreKind.Rclone => EndOfRemote(text),
            _ => CompositionUrl.SchemeOf(text) is { Length: > 1 } scheme ? scheme.Length + 1 // one letter is a drive
                : throw Wrong(text, "is no address in a store", Forms),
        };
        if (kind is StoreKind.Rclone or StoreKind.Other)
            while (end < text.Length && text[end] == '/') end++; // an absolute path
        return new StoreUrl(kind, text[..end] + (end == text.Length && text[^1] is not ('/' or ':') ? "/" : ""), text[end..]);
    }

    /// <summary>Index of the first character after a name and its slash.</summary>
    private static int EndOfName(string text, int start, string what, string others, int least, int most)
    {
        int slash = start > text.Length ? -1 : text.IndexOf('/', start);
        int end = slash < 0 ? text.Length : slash;
        ReadOnlySpan<char> name = text.AsSpan(Math.Min(start, end)..end);
        foreach (char c in name)
            if (!char.IsAsciiLetterOrDigit(c) && !others.Contains(c, StringComparison.Ordinal)) throw NoName();
        if (name.Length < least || name.Length > most || name[0] == '-') throw NoName();
        return slash < 0 ? text.Length : slash + 1;

        HeliosException NoName() => Wrong(text, $"has no valid name of {what}", Forms);
    }

    /// <summary>Index of the first character after <c>rclone:remote:</c>; the remote may begin with a colon (<c>:local:</c>).</summary>
    private static int EndOfRemote(string text)
    {
        int start = "rclone:".Length;
        int first = start < text.Length && text[start] == ':' ? start + 1 : start;
        int colon = first >= text.Length ? -1 : text.IndexOf(':', first);
        bool isName = colon > first && text[start] != '-' && text.AsSpan(first, colon - first).IndexOfAny('/', '"', '\'') < 0;
        return isName ? colon + 1 : throw Wrong(text, "names no remote of rclone", "write rclone:remote:key (rclone listremotes)");
    }

    private StoreUrl Checked(string text)
    {
        if (Encoding.UTF8.GetByteCount(Key) > MaxKeyBytes)
            throw Wrong(text, $"is longer than the {MaxKeyBytes} bytes that a key may have", "use a folder nearer to the top");
        ReadOnlySpan<char> key = Key.EndsWith('/') ? Key.AsSpan(..^1) : Key;
        if (key.Length > 0 && WhyNotName(key) is string what) throw Wrong(text, what, "use plain names between single slashes");
        foreach (char c in Root)
            if (char.IsControl(c)) throw Wrong(text, "holds a control character", Forms);
        return this;
    }

    private static HeliosException Wrong(string text, string what, string fix) =>
        new(ExitCode.Usage, $"\"{ErrorText.Shorten(ErrorText.OneLine(text), LongestShown)}\" {what}", "address in a store", fix);
}
