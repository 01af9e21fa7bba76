using System;
using System.Collections.Generic;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Batch;
using Helios.Jobs.Receipts;
using Helios.Merge;
using Helios.Os.Files;
using Helios.Text;

namespace Helios.Run.Batch;

/// <summary>
/// Receipts of rows, in the folder of their batch: like that of a chunk, but of the merged video, and for exactly one job file. A row is
/// complete if and only if its receipt, its job, its video and the files that its page read agree.
/// </summary>
/// <param name="batch">The batch.</param>
/// <param name="check">Called while files are read; may throw to stop.</param>
/// <param name="sizeInStore">
/// The size of a video that is in a store, and null when there is none: then neither its bytes nor the project's files are compared.
/// Null for videos on this machine.
/// </param>
internal sealed class RowReceipts(BatchSource batch, Action check, Func<string, long?>? sizeInStore = null)
{
    private const string OtherSize = "its video has another size than its receipt says";

    private ProjectFiles? _files; // rows of one page share what is known of its files
    private string _composition = "";

    /// <summary>The receipt of a row that is complete; otherwise null, with its state and the reason.</summary>
    /// <param name="id">The row.</param>
    /// <param name="readsVideo">Whether the video's bytes are compared, too.</param>
    /// <exception cref="HeliosException">65, 66: its job cannot be read.</exception>
    internal (ChunkState State, string Reason, Receipt? Receipt) Find(int id, bool readsVideo = true) =>
        Find(id, ReadJob(id), readsVideo);

    /// <summary>Whether a row is complete. Removes chunk files that a killed worker left of it then: no later step would.</summary>
    /// <exception cref="HeliosException">65, 66: its job cannot be read.</exception>
    internal bool IsDone(int id)
    {
        JobSpec spec = ReadJob(id);
        if (Find(id, spec, readsVideo: true).Receipt is null) return false;
        if (sizeInStore is null) RemoveLeftovers(id, spec);
        return true;
    }

    private (ChunkState State, string Reason, Receipt? Receipt) Find(int id, JobSpec spec, bool readsVideo)
    {
        string path = PathOf(id);
        if (!File.Exists(path)) return (ChunkState.Missing, "it was not rendered to its end", null);
        if (IsGone(spec)) return (ChunkState.Missing, "its video is gone", null);
        try
        {
            using FileStream file = InputFile.OpenRegular(path, path);
            Receipt receipt = ReceiptDocument.Read(file, path);
            return Compare(id, spec, receipt, readsVideo) is string reason
                ? (ChunkState.Wrong, reason, null)
                : (ChunkState.Complete, "", receipt);
        }
        catch (HeliosException error) when (error.Code is ExitCode.Invalid or ExitCode.NoInput)
        {
            return (ChunkState.Wrong, error.What, null);
        }
    }

    /// <summary>Writes the receipt of a row whose video is in its place.</summary>
    /// <param name="id">The row.</param>
    /// <param name="spec">Its job.</param>
    /// <param name="chunks">The receipts of its chunks.</param>
    internal Receipt Write(int id, JobSpec spec, IReadOnlyList<Receipt> chunks)
    {
        string output = JobPaths.Resolve(spec.Output, batch.Directory);
        using FileStream video = InputFile.OpenRegular(output, output);
        Receipt last = chunks[^1];
        Receipt receipt = last with
        {
            ChunkId = id,
            StartFrame = spec.Frames.Start,
            FrameCount = spec.TotalFrames,
            Size = video.Length,
            Digest = "sha256:" + Sha256.HashStream(video, check),
            SpecDigest = DigestOfJob(id),
            Seal = last.Seal is Seal seal ? seal with { Files = FilesOf(chunks) } : null,
        };
        AtomicFile.Write(PathOf(id), stream => stream.Write(ReceiptDocument.ToText(receipt).Span), isLast: true);
        return receipt;
    }

    internal void Remove(int id) => AtomicFile.DeleteQuietly(PathOf(id));

    /// <summary>
    /// Removes chunk files if the lock's file is there, which goes last. What is newer than the receipt stays: it may be of a later
    /// render of the row as a job of its own.
    /// </summary>
    private void RemoveLeftovers(int id, JobSpec spec)
    {
        string path = JobPaths.LockOf(spec, batch.Directory);
        try
        {
            if (!FileStatus.TryGet(path, followsLinks: false, out FileStatus left)) return;
            if (!FileStatus.TryGet(PathOf(id), followsLinks: true, out FileStatus receipt) || left.Modified > receipt.Modified) return;
            using FileLock? heldLock = FileLock.TryTake(path);
            if (heldLock is { IsReal: true }) new ChunkRemoval(spec, batch.Directory).RemoveRest(receipt.Modified);
        }
        catch (Exception error) when (error is HeliosException or IOException or UnauthorizedAccessException)
        {
            // they stay: the row is complete all the same
        }
    }

    private JobSpec ReadJob(int id)
    {
        JobSource job = batch.JobOf(id);
        using Stream stream = job.Open();
        return job.ReadChecked(stream).Spec;
    }

    private bool IsGone(JobSpec spec)
    {
        if (sizeInStore is not null) return sizeInStore(spec.Output) is null;
        string output = JobPaths.Resolve(spec.Output, batch.Directory);
        return !File.Exists(output) && FileKind.WhyNotRegular(output) is null;
    }

    private string PathOf(int id) => Path.Combine(batch.Folder, BatchFolder.ReceiptName(id));

    private string? Compare(int id, JobSpec spec, Receipt receipt, bool readsVideo)
    {
        if (receipt.JobId != spec.JobId || receipt.ChunkId != id) return "its receipt is of another row";
        if (receipt.SpecDigest != DigestOfJob(id)) return "it was rendered from another version of its job";
        if (sizeInStore is not null) return sizeInStore(spec.Output) == receipt.Size ? null : OtherSize;
        string output = JobPaths.Resolve(spec.Output, batch.Directory);
        if (FileKind.WhyNotRegular(output) is string kind) return kind;
        using FileStream video = InputFile.OpenFile(output, output);
        if (video.Length != receipt.Size) return OtherSize;
        if (receipt.Seal is Seal seal && FilesFor(spec).FindChange(seal) is string change) return change;
        return readsVideo && "sha256:" + Sha256.HashStream(video, check) != receipt.Digest
            ? "the bytes of its video are not those of its receipt"
            : null;
    }

    private ProjectFiles FilesFor(JobSpec spec)
    {
        if (_files is not null && _composition == spec.Composition) return _files;
        _composition = spec.Composition;
        return _files = new ProjectFiles(spec, batch.Directory, check);
    }

    /// <summary>All of the job, with its audio, which the digest of a chunk's receipt leaves out.</summary>
    private string DigestOfJob(int id)
    {
        using Stream job = batch.JobOf(id).Open();
        return "sha256:" + Sha256.HashStream(job, check);
    }

    private static SealedFile[] FilesOf(IReadOnlyList<Receipt> chunks)
    {
        if (chunks.Count == 1) return chunks[0].Seal?.Files ?? [];
        var all = new HashSet<SealedFile>();
        foreach (Receipt chunk in chunks) all.UnionWith(chunk.Seal?.Files ?? []);
        var files = new List<SealedFile>(all);
        files.Sort(static (one, other) =>
            string.CompareOrdinal(one.Path, other.Path) is not 0 and int order ? order : one.Offset.CompareTo(other.Offset));
        return [.. files.GetRange(0, Math.Min(files.Count, Seal.MostFiles))];
    }
}
