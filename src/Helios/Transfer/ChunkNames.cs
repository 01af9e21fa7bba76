using System;
using Helios.Jobs;
using Helios.Jobs.Receipts;

namespace Helios.Transfer;

/// <summary>
/// Names of chunk files in a store. A file has some of its digest in its name: two workers of one chunk may make different bytes, and a
/// file that is never replaced by another always fits the receipt that names its digest, whichever worker wrote last.
/// </summary>
internal static class ChunkNames
{
    /// <summary>
    /// Matches all chunk files in any folder, and perhaps more: programs leave these out when they copy a project, so that the chunks of
    /// another job do not come along. What <see cref="KindOf"/> calls no chunk file is then fetched by itself.
    /// </summary>
    internal const string Pattern = "temp_*_part_*";

    private const int DigestDigits = 16;
    private const string DigestStart = "sha256:";
    private const string Start = "temp_", Part = "_part_", Json = ".json";

    /// <param name="chunkFile">The path of the chunk file in the spec.</param>
    /// <param name="digest">Of the file: <c>sha256:…</c>.</param>
    internal static string OfFile(string chunkFile, string digest)
    {
        int point = chunkFile.LastIndexOf('.');
        ReadOnlySpan<char> digits = digest.AsSpan(Math.Min(digest.Length, DigestStart.Length));
        return string.Concat(chunkFile.AsSpan(0, point + 1), digits[..Math.Min(digits.Length, DigestDigits)], chunkFile.AsSpan(point));
    }

    internal static string OfReceipt(string chunkFile) => Receipt.PathOf(chunkFile);

    /// <summary>Whether a name matches <see cref="Pattern"/>.</summary>
    internal static bool IsLeftOut(string name)
    {
        ReadOnlySpan<char> file = name.AsSpan(JobPaths.DirectoryOf(name).Length);
        return file.StartsWith(Start, StringComparison.Ordinal) && file[Start.Length..].Contains(Part, StringComparison.Ordinal);
    }

    /// <summary>
    /// What a name is by its form alone: <c>temp_ID_part_N.mov</c>, <c>….json</c> behind it, or a digest before the extension.
    /// </summary>
    internal static ChunkNameKind KindOf(string name)
    {
        ReadOnlySpan<char> file = name.AsSpan(JobPaths.DirectoryOf(name).Length);
        int part = file.LastIndexOf(Part, StringComparison.Ordinal);
        if (part < Start.Length || !IsLeftOut(name) || !JobId.TryParse(file[Start.Length..part].ToString(), out _))
            return ChunkNameKind.None;
        ReadOnlySpan<char> rest = file[(part + Part.Length)..];
        int point = rest.IndexOf('.');
        if (point < 1 || rest[..point].IndexOfAnyExceptInRange('0', '9') >= 0) return ChunkNameKind.None;
        rest = rest[(point + 1)..];
        int second = rest.IndexOf('.');
        if (second < 0) return IsExtension(rest) ? ChunkNameKind.File : ChunkNameKind.None;
        if (IsExtension(rest[..second]) && rest[second..] is Json) return ChunkNameKind.Receipt;
        return IsDigest(rest[..second]) && IsExtension(rest[(second + 1)..]) ? ChunkNameKind.Stored : ChunkNameKind.None;
    }

    private static bool IsDigest(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
            if (!char.IsAsciiHexDigitLower(c)) return false;
        return text.Length == DigestDigits;
    }

    private static bool IsExtension(ReadOnlySpan<char> text) => text is "mov" or "mp4" or "webm";
}

/// <summary>What a file may be by its name.</summary>
internal enum ChunkNameKind
{
    None,

    /// <summary>A chunk file on a disk.</summary>
    File,

    /// <summary>A receipt, on a disk or in a store.</summary>
    Receipt,

    /// <summary>A chunk file in a store.</summary>
    Stored,
}
