using System;
using System.Buffers;

namespace Helios.Text;

/// <summary>Quotes a word for POSIX shells: between single quotes nothing is special, and a quote itself becomes <c>'\''</c>.</summary>
internal static class ShellQuote
{
    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./-+@:,");

    internal static string Quote(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>Leaves the word as it is where no shell would change it: for scripts that people read.</summary>
    internal static string QuoteIfNeeded(string word) => word.Length > 0 && !word.AsSpan().ContainsAnyExcept(s_plain) ? word : Quote(word);
}
