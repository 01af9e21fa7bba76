using System;
using System.IO;
using Helios.Jobs;
using Helios.Os.Files;
using Helios.Text;

namespace Helios.Merge;

/// <summary>Removes the chunk files of a job and their receipts.</summary>
/// <param name="spec">The job.</param>
/// <param name="directory">Where relative paths of the spec start.</param>
internal sealed class ChunkRemoval(JobSpec spec, string directory)
{
    /// <summary>The receipt first: without it the file is nothing.</summary>
    internal void Remove(Chunk chunk)
    {
        string path = JobPaths.Resolve(chunk.Output, directory);
        AtomicFile.DeleteQuietly(Receipt.PathOf(path));
        AtomicFile.DeleteQuietly(path);
    }

    /// <summary>
    /// Whatever else bears a name of the job's chunks, since the job is done and nobody needs it: chunks of a plan that had
    /// more of them, and what killed workers left.
    /// </summary>
    internal void RemoveRest()
    {
        ChunkFileNames names = ChunkFileNames.For(spec);
        string prefix = JobPaths.Resolve(names.Prefix, directory);
        string start = Path.GetFileName(prefix);
        foreach (string path in TemporaryFile.Find(Path.GetDirectoryName(prefix)!, start, ""))
        {
            ReadOnlySpan<char> rest = Path.GetFileName(path.AsSpan())[start.Length..];
            int digits = rest.IndexOf('.');
            if (digits > 0 && DecimalText.TryParseDigits(rest[..digits], out _) && IsOurs(rest[(digits + 1)..], names.Extension))
                AtomicFile.DeleteQuietly(path);
        }
    }

    private static bool IsOurs(ReadOnlySpan<char> end, string extension)
    {
        if (!end.StartsWith(extension, StringComparison.Ordinal)) return false;
        end = end[extension.Length..];
        return end.IsEmpty || end.SequenceEqual(Receipt.PathOf("")) || end.EndsWith(TemporaryFile.Extension, StringComparison.Ordinal);
    }
}
