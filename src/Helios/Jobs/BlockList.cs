using System;
using System.Collections.Generic;

namespace Helios.Jobs;

/// <summary>
/// Addresses on the network that a page does without, such as those of counters: requests that match are never sent, and are no fault.
/// Decides pixels, so it is part of the job.
/// </summary>
/// <param name="patterns">URLs in which <c>*</c> stands for any characters.</param>
internal sealed class BlockList(string[] patterns)
{
    internal const int MostPatterns = 100;
    internal const int LongestPattern = 1000;

    internal static readonly BlockList None = new([]);

    internal IReadOnlyList<string> Patterns => patterns;

    /// <summary>Describes the fault of a pattern; null when it is valid.</summary>
    internal static string? Check(string pattern)
    {
        if (pattern.Length is 0 or > LongestPattern) return "it has 1 to 1000 characters";
        foreach (char c in pattern)
        {
            if (c is <= ' ' or >= '\x7f' or '"' or '<' or '>' or '\\')
                return "blanks and characters that a URL cannot hold must be percent-encoded";
        }

        return pattern.StartsWith('*') || CompositionUrl.IsOnNet(pattern) ? null : "it begins with http://, https:// or *";
    }

    /// <summary>Whether a URL matches one of the patterns, as a whole and in any case.</summary>
    internal bool Contains(string url)
    {
        foreach (string pattern in patterns)
            if (Matches(url, pattern.Split('*'))) return true;
        return false;
    }

    /// <param name="url">The URL.</param>
    /// <param name="parts">Texts that stand in it one after the other: the first at its begin, the last at its end.</param>
    private static bool Matches(string url, string[] parts)
    {
        if (parts.Length == 1) return url.Equals(parts[0], StringComparison.OrdinalIgnoreCase);
        if (!url.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase)) return false;
        int place = parts[0].Length;
        foreach (string part in parts[1..^1])
        {
            int found = url.IndexOf(part, place, StringComparison.OrdinalIgnoreCase);
            if (found < 0) return false;
            place = found + part.Length;
        }

        return url.Length - place >= parts[^1].Length && url.EndsWith(parts[^1], StringComparison.OrdinalIgnoreCase);
    }
}
