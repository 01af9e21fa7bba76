using System;
using System.Collections.Generic;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Merge;
using Helios.Transfer;

namespace Helios.Run.Stores;

/// <summary>
/// A job in a store, and the private directory in which this process works on it: the job file, and the project as it stands next to the
/// job file in the store. All is removed when the work ends.
/// </summary>
internal sealed class StoredJob : IDisposable
{
    private readonly StoreCopy _copy;
    private readonly StoreUrl _url;
    private List<StoreObject> _objects = [];
    private StoredChunks? _chunks;

    private StoredJob(StoreUrl url, string? transfer)
    {
        _url = url;
        _copy = new StoreCopy(url.Folder, transfer);
    }

    /// <summary>The job as a file of this machine; its name is the address.</summary>
    internal JobSource Source { get; private set; } = null!;

    /// <summary>Where the project is, absolute.</summary>
    internal string Directory => _copy.Directory;

    /// <summary>The chunk files, once <see cref="Prepare"/> has listed them.</summary>
    internal StoredChunks Chunks => _chunks ?? throw new InvalidOperationException("the folder was not listed");

    /// <summary>Fetches the job file of an address.</summary>
    /// <param name="job">As typed.</param>
    /// <param name="transfer">Value of <c>--transfer</c>.</param>
    /// <param name="workdir">Value of <c>--workdir</c>.</param>
    /// <returns>Null for a path.</returns>
    /// <exception cref="HeliosException">64: not an address of an object; 66: there is no such job; 69: no program; 75.</exception>
    internal static StoredJob? Open(string job, string? transfer, string? workdir)
    {
        if (!StoreUrl.IsUrl(job, TransferFinder.Named(transfer) is not null)) return null;
        StoreUrl url = StoreUrl.ParseObject(job);
        StoreRules.RefuseWorkdir(workdir);
        var opened = new StoredJob(url, transfer);
        try
        {
            string file = Path.Combine(opened._copy.Scratch, "job.json");
            opened._copy.Store.Get(url.Name, file);
            opened.Source = new JobSource(url.Text, file, opened.Directory);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>The address of a path in the spec.</summary>
    internal string AddressOf(string path) => _url.Folder.Text + path;

    /// <summary>Checks the spec and lists the folder; the second call does nothing.</summary>
    /// <exception cref="HeliosException">65: a path of the job leaves its folder; 66, 75: the folder cannot be listed.</exception>
    internal void Prepare(JobSpec spec)
    {
        if (_chunks is not null) return;
        StoreRules.Check(spec, Source.Name);
        _objects = _copy.Store.List();
        _chunks = new StoredChunks(spec, _objects, _copy.Store.List);
        _ = System.IO.Directory.CreateDirectory(Path.GetDirectoryName(JobPaths.Resolve(spec.Output, Directory))!);
    }

    /// <summary>Fetches everything next to the job file but chunk files and the video.</summary>
    internal void FetchProject(JobSpec spec)
    {
        List<StoreObject> files = _objects.FindAll(item =>
            !StoreRules.IsChunk(item.Name, Chunks.Prefix) && !StoreRules.IsOutput(spec, item.Name));
        _copy.CheckRoom(files);
        if (files.Count > 0) _copy.Store.GetTree(files, Directory);
    }

    /// <summary>Fetches the receipt of one chunk, if it is there.</summary>
    internal void FetchReceipt(Chunk chunk)
    {
        if (Chunks.HasReceipt(chunk)) _copy.Store.Get(ChunkNames.OfReceipt(chunk.Output), PathOf(ChunkNames.OfReceipt(chunk.Output)));
    }

    /// <summary>Fetches all receipts in one call.</summary>
    internal void FetchReceipts()
    {
        if (Chunks.Receipts.Count > 0) _copy.Store.GetTree(Chunks.Receipts, Directory, Chunks.Prefix, StoredChunks.ReceiptEnd);
    }

    /// <summary>Fetches the file that a receipt certifies.</summary>
    internal void FetchChunk(StoredChunkFile file) =>
        _copy.Store.Get(ChunkNames.OfFile(file.Chunk.Output, file.Digest), file.Path, file.Size);

    /// <summary>Puts a rendered chunk: its file, and then the receipt, which makes it complete.</summary>
    internal void PutChunk(Chunk chunk, Receipt receipt)
    {
        _copy.Store.Put(PathOf(chunk.Output), ChunkNames.OfFile(chunk.Output, receipt.Digest));
        _copy.Store.Put(PathOf(ChunkNames.OfReceipt(chunk.Output)), ChunkNames.OfReceipt(chunk.Output));
    }

    /// <summary>Puts the merged video, or its frames.</summary>
    internal void PutOutput(JobSpec spec)
    {
        if (!FrameNames.TryParse(spec.Output, out FrameNames names) || !spec.Container.IsSequence)
        {
            _copy.Store.Put(PathOf(spec.Output), spec.Output);
            return;
        }

        var frames = new List<StoreObject>();
        for (long i = 0; i < spec.TotalFrames; i++)
        {
            string name = names.Format(spec.RenderOptions.StartFrame + i);
            frames.Add(new StoreObject(name, new FileInfo(PathOf(name)).Length));
        }

        _copy.Store.PutTree(frames, Directory);
    }

    /// <summary>Removes all chunk files of the job, also those of workers that were killed between file and receipt.</summary>
    internal void DeleteChunks(JobSpec spec)
    {
        var chunks = new StoredChunks(spec, _copy.Store.List());
        _copy.Store.Delete(chunks.All, chunks.Prefix);
    }

    public void Dispose() => _copy.Dispose();

    private string PathOf(string name) => Path.Combine(Directory, name);
}
