using System;
using System.Collections.Generic;

namespace Helios.Errors;

/// <summary>Suggests a similar name, for messages: <c>; did you mean "--shards"?</c></summary>
internal static class NearestName
{
    /// <summary>
    /// The name with the fewest edits, if they are at most a third of its length (at least one); otherwise null. An option that ends
    /// in the whole word typed wins: <c>--video-codec</c> for <c>--codec</c>.
    /// </summary>
    internal static string? Find(string typed, IEnumerable<string> names)
    {
        string? nearest = null;
        int fewest = int.MaxValue;
        foreach (string name in names)
        {
            if (typed.StartsWith("--", StringComparison.Ordinal) && name.Length > typed.Length
                && name.EndsWith(typed[1..], StringComparison.Ordinal))
            {
                return name;
            }

            int edits = CountEdits(typed, name);
            if (edits < fewest) (nearest, fewest) = (name, edits);
        }

        return nearest is not null && fewest <= Math.Max(1, Math.Max(typed.Length, nearest.Length) / 3) ? nearest : null;
    }

    /// <summary><c> (did you mean "x"?)</c>, or nothing when no name is near.</summary>
    internal static string Hint(string typed, IEnumerable<string> names) =>
        Find(typed, names) is string nearest ? $" (did you mean \"{nearest}\"?)" : "";

    /// <summary>Insertions, deletions, replacements and swaps of neighbours, ignoring case.</summary>
    private static int CountEdits(string a, string b)
    {
        if (a.Length > 64 || b.Length > 64) return int.MaxValue;

        var rows = new int[a.Length + 1][];
        for (int i = 0; i <= a.Length; i++)
        {
            rows[i] = new int[b.Length + 1];
            rows[i][0] = i;
        }

        for (int j = 0; j <= b.Length; j++) rows[0][j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                int edits = Math.Min(Math.Min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + cost);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    edits = Math.Min(edits, rows[i - 2][j - 2] + 1);
                rows[i][j] = edits;
            }
        }

        return rows[a.Length][b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
