using System;
using System.IO;
using System.IO.Enumeration;

namespace Helios.Os.Files;

/// <summary>
/// Names of files, and of directories of them, that are renamed when complete.
/// <see cref="Leftover"/> decides whether an existing one was abandoned.
/// </summary>
internal static class TemporaryFile
{
    internal const string Extension = ".tmp";

    private const int RandomCharacters = 16;

    private static readonly EnumerationOptions s_all = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>A unique name: a process id would not do, since it is 1 in every container.</summary>
    /// <param name="start">The name without its suffix.</param>
    internal static string NameFor(string start) =>
        string.Concat(start, ".", Entropy.NewGuid().ToString("N").AsSpan(0, RandomCharacters), Extension);

    /// <summary>The same with the writer in its name, so that the next helios can tell whether it was abandoned.</summary>
    internal static string LockedNameFor(string start) => string.Concat(start, ".", Leftover.NewWriter(), Extension);

    /// <summary>Removes leftovers of killed processes that have names of <see cref="LockedNameFor"/>.</summary>
    /// <param name="start">The name without its suffix, absolute.</param>
    /// <param name="state">State of a lock that all their writers must have held.</param>
    internal static void RemoveAbandoned(string start, LockState state)
    {
        string nameStart = Path.GetFileName(start) + ".";
        foreach (string path in Find(Path.GetDirectoryName(start)!, nameStart, Extension))
        {
            ReadOnlySpan<char> writer = Path.GetFileName(path.AsSpan())[nameStart.Length..^Extension.Length];
            if (!Leftover.IsWriter(writer) || !FileStatus.TryGet(path, followsLinks: false, out FileStatus found)) continue;
            if (Leftover.IsAbandoned(found, writer, state)) Remove(path);
        }
    }

    /// <summary>
    /// Files and directories of a directory by prefix and suffix, which may contain wildcard
    /// characters; none where the directory cannot be listed or is gone.
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

    /// <summary>Removes a temporary file, or a directory with its content; ignores failures.</summary>
    internal static void Remove(string path)
    {
        try
        {
            if (!Directory.Exists(path) || FileKind.IsLink(path)) File.Delete(path);
            else if (OperatingSystem.IsLinux()) DirectoryTree.Remove(path);
            else Directory.Delete(path, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // as in AtomicFile.DeleteQuietly
        }
    }
}
