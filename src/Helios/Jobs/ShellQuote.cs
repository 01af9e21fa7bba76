using System;

namespace Helios.Jobs;

/// <summary>Quotes a word for POSIX shells: between single quotes nothing is special, and a quote itself becomes <c>'\''</c>.</summary>
internal static class ShellQuote
{
    internal static string Quote(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
