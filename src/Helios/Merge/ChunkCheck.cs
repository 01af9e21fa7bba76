using System;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Jobs.Receipts;
using Helios.Os.Files;
using Helios.Text;
using Helios.Transfer;

namespace Helios.Merge;

/// <summary>State of a chunk's file.</summary>
internal enum ChunkState
{
    Complete,
    Missing,
    Wrong,
}

/// <summary>
/// Determines whether a chunk file is complete: its receipt names exactly this chunk, size and digest agree, and the files that its
/// page read are unchanged. Values common to all chunks of a job are computed once.
/// </summary>
/// <param name="spec">The job.</param>
/// <param name="directory">Base directory of the spec's relative paths.</param>
/// <param name="files">The files that pages read; null when their current content does not matter.</param>
/// <param name="stored">The chunk files of a job in a store, whose receipts were fetched; null for files of this machine.</param>
internal sealed class ChunkCheck(JobSpec spec, string directory, ProjectFiles? files, StoredChunks? stored = null)
{
    private readonly string _specDigest = JobJson.DigestOf(spec);

    /// <summary>Whether a chunk is complete, which requires reading its whole file.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="check">Called while the file is read; may throw to stop.</param>
    /// <returns>The state, and the reason when it is not complete.</returns>
    internal (ChunkState State, string Reason) Check(Chunk chunk, Action? check = null)
    {
        var (state, reason, _) = CheckAll(chunk, check);
        return (state, reason);
    }

    /// <summary>The same, with the receipt of a chunk that is complete.</summary>
    internal (ChunkState State, string Reason, Receipt? Receipt) CheckAll(Chunk chunk, Action? check)
    {
        var (state, reason, receipt) = CheckReceipt(chunk);
        if (receipt is null || stored is not null) return (state, reason, receipt); // a file in a store has its digest in its name
        return CheckDigest(chunk, receipt, check) is string wrong ? (ChunkState.Wrong, wrong, null) : (ChunkState.Complete, "", receipt);
    }

    /// <summary>Everything but the digest, which requires reading the whole file.</summary>
    /// <returns>The state, the reason when it is not complete, and the receipt when it is.</returns>
    internal (ChunkState State, string Reason, Receipt? Receipt) CheckReceipt(Chunk chunk)
    {
        string path = JobPaths.Resolve(chunk.Output, directory);
        if (stored is null && FileKind.WhyNotRegular(path) is string kind) return (ChunkState.Wrong, kind, null);
        if (stored is null && !File.Exists(path)) return (ChunkState.Missing, "no file", null);
        string receiptPath = Receipt.PathOf(path);
        if (!File.Exists(receiptPath)) return (ChunkState.Missing, "no receipt: not rendered to its end", null);

        try
        {
            using FileStream stream = InputFile.OpenRegular(receiptPath, receiptPath);
            Receipt receipt = ReceiptDocument.Read(stream, receiptPath);
            long? size = stored is null ? new FileInfo(path).Length : stored.FindSize(chunk, receipt);
            if (size is null) return (ChunkState.Missing, "no file", null);
            return Compare(chunk, receipt, size.Value) is string reason
                ? (ChunkState.Wrong, reason, null)
                : (ChunkState.Complete, "", receipt);
        }
        catch (HeliosException error)
        {
            return (ChunkState.Wrong, error.What, null);
        }
        catch (FileNotFoundException)
        {
            return (ChunkState.Missing, "no file", null); // it existed a moment ago
        }
    }

    /// <summary>Why the file's bytes do not match its receipt; null when they do.</summary>
    private string? CheckDigest(Chunk chunk, Receipt receipt, Action? check)
    {
        string path = JobPaths.Resolve(chunk.Output, directory);
        try
        {
            using FileStream file = InputFile.OpenFile(path, path);
            return "sha256:" + Sha256.HashStream(file, check) == receipt.Digest ? null : "its bytes are not those of its receipt";
        }
        catch (HeliosException error)
        {
            return error.What;
        }
        catch (IOException error)
        {
            return "it cannot be read: " + ErrorText.Reason(error);
        }
    }

    private string? Compare(Chunk chunk, Receipt receipt, long size)
    {
        if (receipt.JobId != spec.JobId) return $"it is of job {ErrorText.OneLine(receipt.JobId)}";
        if (receipt.SpecDigest != _specDigest) return "it was rendered from another version of this job";
        if (receipt.ChunkId != chunk.Id) return string.Create(CultureInfo.InvariantCulture, $"it is chunk {receipt.ChunkId}");
        if (receipt.StartFrame != chunk.StartFrame || receipt.FrameCount != chunk.FrameCount)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"it holds {receipt.FrameCount} frames from {receipt.StartFrame}, expected {chunk.FrameCount} from {chunk.StartFrame}");
        }

        if (size == receipt.Size) return receipt.Seal is null ? null : files?.FindChange(receipt.Seal);
        return string.Create(CultureInfo.InvariantCulture, $"it has {size} bytes, but its receipt says {receipt.Size}");
    }
}
