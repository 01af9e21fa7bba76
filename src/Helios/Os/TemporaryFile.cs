using System;
using System.IO;
using System.IO.Enumeration;

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

    private static readonly EnumerationOptions s_all = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>A name that nobody else has: a process id is 1 in every container.</summary>
    /// <param name="start">The name without its end.</param>
    internal static string NameFor(string start) => string.Concat(start, ".", Entropy.NewGuid().ToString("N").AsSpan(0, RandomCharacters), Extension);

    /// <summary>
    /// Whether nobody has written to a file or directory for a while. One that is dated as far in the future was written
    /// before the clock was set back, and would else stay until the clock is there again.
    /// </summary>
    internal static bool IsAbandoned(string path) => Math.Abs((DateTime.UtcNow - File.GetLastWriteTimeUtc(path)).TotalMinutes) > AbandonedMinutes;

    /// <summary>
    /// Files and directories of a directory by both ends of their names, which may hold what means something in a pattern;
    /// none where it cannot be listed or is gone.
    /// </summary>
    internal static string[] Find(string directory, string start, string end)
    {
        try
        {
            return [.. new FileSystemEnumerable<string>(directory, static (ref FileSystemEntry entry) => entry.ToFullPath(), s_all)
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => entry.FileName.Length >= start.Length + end.Length
                    && entry.FileName.StartsWith(start, StringComparison.Ordinal) && entry.FileName.EndsWith(end, StringComparison.Ordinal),
            }];
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
