using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;

namespace Helios.Merge;

/// <summary>
/// Finds differences between the seals of chunks: the same file with other bytes, the same font in another version. Chunks read
/// different sets of files, so only those that two of them have in common are compared.
/// </summary>
internal sealed class SealComparison
{
    private const int MostKept = 200_000; // values; memory must not grow with the number of chunks
    private const int MostFound = 20;

    private readonly Dictionary<string, First> _values = [];

    /// <summary>Chunks whose pages read more files than a receipt lists: the others cannot be compared.</summary>
    internal int Unlisted { get; private set; }

    /// <summary>The first chunk with a value.</summary>
    private sealed class First(string value, int chunk)
    {
        internal string Value { get; } = value;

        internal int Chunk { get; } = chunk;
    }

    /// <summary>How a chunk differs from the previous ones, as phrases about the chunk; empty when it does not.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="receipt">Its receipt.</param>
    /// <param name="isRun">Whether to omit differences that make a run render chunks again: files of the project.</param>
    internal IReadOnlyList<string> Add(Chunk chunk, Receipt receipt, bool isRun = false)
    {
        if (receipt.Seal is not Seal seal) return [];
        if (seal.FileCount > seal.Files.Length) Unlisted++;
        var found = new List<string>();
        void Compare(string kind, string name, string value, Func<First, string> describe)
        {
            if (FindOther(kind + name, value, chunk) is First first && found.Count < MostFound)
                found.Add(ErrorText.OneLine(describe(first)));
        }

        if (seal.BrowserBuild is string build)
        {
            // chunks of other versions have another name here: versions are compared elsewhere
            string browser = ErrorText.Shorten(receipt.Browser, 100);
            build = ErrorText.Shorten(build, 100);
            Compare("build ", receipt.Browser, build, first => string.Create(CultureInfo.InvariantCulture,
                $"its {browser} is another build ({build}) than that of chunk {first.Chunk} ({first.Value})"));
        }

        foreach (SealedFile file in isRun ? [] : seal.Files)
        {
            string name = ErrorText.Shorten(file.Path, 300);
            Compare("file ", string.Create(CultureInfo.InvariantCulture, $"{file.Path}\0{file.Offset}"),
                string.Create(CultureInfo.InvariantCulture, $"{file.Size} {file.Digest}"),
                first => string.Create(CultureInfo.InvariantCulture,
                    $"its page read other bytes of {name} than that of chunk {first.Chunk}"));
        }

        foreach (SealedResponse response in seal.Responses ?? [])
        {
            string name = ErrorText.Shorten(response.Url, 300);
            Compare(response.Digest is null ? "status " : "body ",
                string.Create(CultureInfo.InvariantCulture, $"{response.Url}\0{response.Repetition}"),
                string.Create(CultureInfo.InvariantCulture, $"{response.Status} {response.Digest}"),
                first => string.Create(CultureInfo.InvariantCulture,
                    $"its page got another response from {name} than that of chunk {first.Chunk}"));
        }

        if (seal.WebGl is string processor)
        {
            Compare("webgl", "", processor, first => string.Create(CultureInfo.InvariantCulture,
                $"its WebGL was drawn by another kind of processor ({processor}) than that of chunk {first.Chunk} ({first.Value})"));
        }

        if (seal.FontSet is string set)
        {
            Compare("font set", "", set, first => string.Create(CultureInfo.InvariantCulture,
                $"other fonts are installed where it was rendered than where chunk {first.Chunk} was{Opened(seal.Fonts ?? [])}"));
        }

        foreach (SealedFont font in seal.Fonts ?? [])
        {
            string name = ErrorText.Shorten(font.Name, 300);
            Compare("font ", font.Name, font.Digest, first =>
                string.Create(CultureInfo.InvariantCulture, $"its browser opened another {name} than that of chunk {first.Chunk}"));
        }

        return found;
    }

    /// <summary>The first value of a key, if it is another one of another chunk; notes the value where it is the first.</summary>
    private First? FindOther(string key, string value, Chunk chunk)
    {
        if (_values.TryGetValue(key, out First? first)) return first.Value != value && first.Chunk != chunk.Id ? first : null;
        if (_values.Count < MostKept) _values.Add(key, new First(value, chunk.Id));
        return null;
    }

    private static string Opened(SealedFont[] fonts)
    {
        const int Most = 5;
        if (fonts.Length == 0) return "";
        string[] names = Array.ConvertAll(fonts[..Math.Min(Most, fonts.Length)], static font => ErrorText.Shorten(font.Name, 100));
        return $" (the browser opened {string.Join(", ", names)}{(fonts.Length > Most ? ", …" : "")})";
    }

    /// <summary>Differences between two chunks, in a few words; says so when there are none.</summary>
    internal static string Describe(Chunk one, Receipt oneReceipt, Chunk other, Receipt otherReceipt)
    {
        const int Most = 3;
        var differences = new List<string>();
        if (oneReceipt.Maker != otherReceipt.Maker)
            differences.Add($"one was rendered by {oneReceipt.Maker}, the other by {otherReceipt.Maker}");
        if (one.StartFrame > 0 && oneReceipt.Seal is { } seal && otherReceipt.Seal is { } otherSeal && seal.History != otherSeal.History)
            differences.Add($"one reached its first frame by {seal.History}, the other by {otherSeal.History}");
        var comparison = new SealComparison();
        _ = comparison.Add(one, oneReceipt);
        differences.AddRange(comparison.Add(other, otherReceipt));
        if (differences.Count == 0) return "nothing differs in their receipts";
        if (differences.Count > Most) differences.RemoveRange(Most, differences.Count - Most);
        return string.Join("; ", differences);
    }
}
