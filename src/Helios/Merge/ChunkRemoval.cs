using System;
using System.IO;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Os.Files;
using Helios.Text;

namespace Helios.Merge;

/// <summary>Removes the chunk files of a job and their receipts.</summary>
/// <param name="spec">The job.</param>
/// <param name="directory">Base directory of the spec's relative paths.</param>
internal sealed class ChunkRemoval(JobSpec spec, string directory)
{
    /// <summary>Removes the receipt first: without it the file is invalid.</summary>
    internal void Remove(Chunk chunk)
    {
        string path = JobPaths.Resolve(chunk.Output, directory);
        AtomicFile.DeleteQuietly(Receipt.PathOf(path));
        AtomicFile.DeleteQuietly(path);
    }

    /// <summary>
    /// Removes all other files named like the job's chunks, since the job is done and nothing needs them: chunks of a plan with
    /// more chunks, and leftovers of killed workers.
    /// </summary>
    /// <param name="last">What was written later stays: seconds of the file system's time; null: everything goes.</param>
    internal void RemoveRest(long? last = null)
    {
        ChunkFileNames names = ChunkFileNames.For(spec);
        string prefix = JobPaths.Resolve(names.Prefix, directory);
        string start = Path.GetFileName(prefix);
        foreach (string path in TemporaryFile.Find(Path.GetDirectoryName(prefix)!, start, ""))
        {
            ReadOnlySpan<char> rest = Path.GetFileName(path.AsSpan())[start.Length..];
            int digits = rest.IndexOf('.');
            if (digits > 0 && DecimalText.TryParseDigits(rest[..digits], out _) && IsOurs(rest[(digits + 1)..], names.Extension)
                && (last is null || IsUntil(last.Value, path)))
            {
                AtomicFile.DeleteQuietly(path);
            }
        }
    }

    private static bool IsUntil(long last, string path) =>
        FileStatus.TryGet(path, followsLinks: false, out FileStatus found) && found.Modified <= last;

    private static bool IsOurs(ReadOnlySpan<char> end, string extension)
    {
        if (!end.StartsWith(extension, StringComparison.Ordinal)) return false;
        end = end[extension.Length..];
        return end.IsEmpty || end.SequenceEqual(Receipt.PathOf("")) || end.EndsWith(TemporaryFile.Extension, StringComparison.Ordinal);
    }
}
