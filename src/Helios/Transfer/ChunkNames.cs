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
    /// <summary>Files of this name in any folder are chunk files, whichever job they are of, and no part of a project.</summary>
    internal const string Pattern = "temp_*_part_*";

    private const int DigestDigits = 16;
    private const string DigestStart = "sha256:";

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
    internal static bool IsChunkFile(string name)
    {
        ReadOnlySpan<char> file = name.AsSpan(JobPaths.DirectoryOf(name).Length);
        return file.StartsWith("temp_", StringComparison.Ordinal) && file["temp_".Length..].Contains("_part_", StringComparison.Ordinal);
    }
}
