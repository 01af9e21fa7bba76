using System;
using System.IO;

namespace Helios.Os;

/// <summary>
/// Names of files that get their own name when they are whole, and what to think of one that is found: whoever wrote it
/// may be dead, or may be another machine that shares the disk.
/// </summary>
internal static class TemporaryFile
{
    internal const string Extension = ".tmp";

    private const int AbandonedMinutes = 10;
    private const int RandomCharacters = 16;

    /// <summary>A name that nobody else has: a process id is 1 in every container.</summary>
    /// <param name="start">The name without its end.</param>
    internal static string NameFor(string start) => string.Concat(start, ".", Entropy.NewGuid().ToString("N").AsSpan(0, RandomCharacters), Extension);

    /// <summary>
    /// Whether nobody has written to a file or directory for a while. One that is dated as far in the future was written
    /// before the clock was set back, and would else stay until the clock is there again.
    /// </summary>
    internal static bool IsAbandoned(string path) => Math.Abs((DateTime.UtcNow - File.GetLastWriteTimeUtc(path)).TotalMinutes) > AbandonedMinutes;

    /// <summary>Files of a directory whose names match a pattern; none where the directory cannot be listed or is gone.</summary>
    internal static string[] FindFiles(string directory, string pattern)
    {
        try
        {
            return Directory.GetFiles(directory, pattern);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
