using System;
using System.Globalization;
using System.IO;
using Helios.Jobs;
using Helios.Os;

namespace Helios.Merge;

/// <summary>What is known of a chunk's file.</summary>
internal enum ChunkState
{
    Complete,
    Missing,
    Wrong,
}

/// <summary>Says whether a chunk file is complete: its receipt names this very chunk, and size and digest agree.</summary>
internal static class ChunkCheck
{
    /// <param name="spec">The job.</param>
    /// <param name="chunk">The chunk.</param>
    /// <param name="directory">Where relative paths of the spec start.</param>
    /// <returns>The state, and why when it is not complete.</returns>
    internal static (ChunkState State, string Reason) Check(JobSpec spec, Chunk chunk, string directory)
    {
        string path = JobPaths.Resolve(chunk.Output, directory);
        if (FileKind.WhyNotRegular(path) is string kind) return (ChunkState.Wrong, kind);
        if (!File.Exists(path)) return (ChunkState.Missing, "no file");
        string receiptPath = Receipt.PathOf(path);
        if (!File.Exists(receiptPath)) return (ChunkState.Missing, "no receipt: not rendered to its end");

        Receipt receipt;
        try
        {
            using FileStream stream = InputFile.OpenFile(receiptPath, receiptPath);
            receipt = Receipt.Read(stream, receiptPath);
        }
        catch (HeliosException error)
        {
            return (ChunkState.Wrong, error.What);
        }

        return Compare(spec, chunk, receipt, path) is string reason ? (ChunkState.Wrong, reason) : (ChunkState.Complete, "");
    }

    private static string? Compare(JobSpec spec, Chunk chunk, Receipt receipt, string path)
    {
        if (receipt.JobId != spec.JobId) return $"it is of job {ErrorText.OneLine(receipt.JobId)}";
        if (receipt.SpecDigest != JobJson.DigestOf(spec)) return "it was rendered from another version of this job";
        if (receipt.ChunkId != chunk.Id) return string.Create(CultureInfo.InvariantCulture, $"it is chunk {receipt.ChunkId}");
        if (receipt.StartFrame != chunk.StartFrame || receipt.FrameCount != chunk.FrameCount)
            return string.Create(CultureInfo.InvariantCulture, $"it holds {receipt.FrameCount} frames from {receipt.StartFrame}, expected {chunk.FrameCount} from {chunk.StartFrame}");

        using FileStream file = InputFile.OpenFile(path, path);
        if (file.Length != receipt.Size) return string.Create(CultureInfo.InvariantCulture, $"it has {file.Length} bytes, but its receipt says {receipt.Size}");
        return "sha256:" + Sha256.HashStream(file) == receipt.Digest ? null : "its bytes are not those of its receipt";
    }
}
