using System;
using System.IO;

namespace Helios.Os;

/// <summary>
/// Names of files, and directories of them, that get their own name when they are whole, and what to think of one that is
/// found: whoever wrote it may be dead, or may be another machine that shares the disk.
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

    /// <summary>Files and directories of a directory whose names match a pattern; none where it cannot be listed or is gone.</summary>
    internal static string[] Find(string directory, string pattern)
    {
        try
        {
            return Directory.GetFileSystemEntries(directory, pattern);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Removes a temporary file, or a directory with all that is in it; what cannot be removed stays.</summary>
    internal static void Remove(string path)
    {
        try
        {
            if (Directory.Exists(path) && !FileKind.IsLink(path)) Directory.Delete(path, recursive: true);
            else File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // as for AtomicFile.DeleteQuietly
        }
    }
}
