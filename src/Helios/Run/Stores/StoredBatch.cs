using System;
using System.Collections.Generic;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Batch;
using Helios.Os.Files;
using Helios.Run.Batch;
using Helios.Transfer;

namespace Helios.Run.Stores;

/// <summary>
/// A batch in a store. Its project is in a folder of its own, so that a worker fetches this and the objects of its rows, and nothing that
/// grows with the batch.
/// </summary>
internal sealed class StoredBatch : IDisposable
{
    private readonly StoreUrl _url;
    private readonly StoreCopy _copy;
    private Dictionary<string, long> _sizes = [];
    private List<StoreObject> _receipts = [];
    private bool _hasProject;

    private StoredBatch(StoreUrl url, string? transfer)
    {
        _url = url;
        _copy = new StoreCopy(url, transfer);
    }

    /// <summary>The batch as a folder of this machine; its name is the address.</summary>
    internal BatchSource Source { get; private set; } = null!;

    /// <summary>Whether a command line names a batch in a store, rather than a job or a path.</summary>
    internal static bool IsBatch(string job, string? transfer) =>
        job.EndsWith('/') && StoreUrl.IsUrl(job, TransferFinder.Named(transfer) is not null);

    /// <summary>Fetches the number of rows.</summary>
    /// <param name="job">As typed.</param>
    /// <param name="transfer">Value of <c>--transfer</c>.</param>
    /// <param name="workdir">Value of <c>--workdir</c>.</param>
    /// <returns>Null for a path, and for the address of a job.</returns>
    /// <exception cref="HeliosException">64: no address; 65: it is broken; 66: there is no batch; 69: no program; 75.</exception>
    internal static StoredBatch? Open(string job, string? transfer, string? workdir)
    {
        if (!IsBatch(job, transfer)) return null;
        StoreRules.RefuseWorkdir(workdir);
        var opened = new StoredBatch(StoreUrl.ParseFolder(job), transfer);
        try
        {
            opened._copy.Store.Get(BatchFolder.HeadName, BatchFolder.IndexOf(opened._copy.Directory));
            opened.Source = new BatchSource(opened._url.Text, opened._copy.Directory, isCopy: true);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Fetches the job of a row; and its receipt and video, if they are there. With the first row comes the project.</summary>
    /// <param name="id">The row.</param>
    /// <param name="isForced">Whether it is rendered anyway.</param>
    /// <exception cref="HeliosException">65: the job is broken, or not only of this folder; 66: there is none; 74, 75.</exception>
    internal void Fetch(int id, bool isForced)
    {
        JobSpec spec = FetchJob(id);
        if (!_hasProject) FetchProject(spec);
        _hasProject = true;
        if (!isForced && TryGet(BatchFolder.ReceiptName(id))) _ = TryGet(spec.Output);
    }

    /// <summary>Fetches the job of a row, and checks that it is only of this folder.</summary>
    internal JobSpec FetchJob(int id)
    {
        JobSource job = Source.JobOf(id);
        _copy.Store.Get(BatchFolder.JobName(id), job.Path);
        return ReadJob(job);
    }

    /// <summary>Puts the video of a row, and then the receipt, which makes it complete. A task of many rows keeps its disk.</summary>
    internal void Put(int id)
    {
        string output = ReadJob(Source.JobOf(id)).Output;
        foreach (string name in (string[])[output, BatchFolder.ReceiptName(id)]) _copy.Store.Put(PathOf(name), name);
        Forget(id, output);
    }

    /// <summary>Removes the copies of a row that is complete.</summary>
    internal void Forget(int id) => Forget(id, ReadJob(Source.JobOf(id)).Output);

    /// <summary>Fetches index, jobs and receipts, and lists the videos: by one list, and one call for all of them.</summary>
    internal void FetchAll()
    {
        List<StoreObject> objects = _copy.Store.List();
        List<StoreObject> own = objects.FindAll(static item => BatchFolder.IsOfRow(item.Name));
        _copy.CheckRoom(own);
        if (own.Count > 0) _copy.Store.GetTree(own, _copy.Directory, BatchFolder.JobStart, BatchFolder.JobEnd);
        _copy.Store.Get(BatchFolder.IndexName, BatchFolder.IndexOf(_copy.Directory));
        _receipts = own.FindAll(static item => item.Name.EndsWith(BatchFolder.ReceiptEnd, StringComparison.Ordinal));
        _sizes = new Dictionary<string, long>(objects.Count);
        foreach (StoreObject item in objects) _sizes[item.Name] = item.Size;
    }

    /// <summary>Removes the receipts that <see cref="FetchAll"/> has found, so that no row is complete.</summary>
    internal void DeleteReceipts() => _copy.Store.Delete(_receipts, BatchFolder.JobStart, BatchFolder.ReceiptEnd);

    /// <summary>Puts the report of a run.</summary>
    internal void PutReport() => _copy.Store.Put(PathOf(BatchFolder.ReportName), BatchFolder.ReportName);

    /// <summary>The size of an object that <see cref="FetchAll"/> has listed; null when there is none.</summary>
    internal long? SizeOf(string name) => _sizes.TryGetValue(name, out long size) ? size : null;

    public void Dispose() => _copy.Dispose();

    private static JobSpec ReadJob(JobSource job)
    {
        using Stream stream = job.Open();
        var (spec, _) = job.ReadChecked(stream);
        StoreRules.Check(spec, job.Name);
        return spec;
    }

    private void FetchProject(JobSpec spec)
    {
        Store store = _copy.Open(_url.Child(BatchFolder.ProjectName));
        List<StoreObject> files;
        try
        {
            files = store.List();
        }
        catch (HeliosException error) when (error.Code == ExitCode.NoInput && CompositionUrl.IsOnNet(spec.Composition))
        {
            return; // stores have no empty folders
        }

        _copy.CheckRoom(files);
        if (files.Count > 0) store.GetTree(files, _copy.Directory);
    }

    private bool TryGet(string name)
    {
        string path = PathOf(name);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            _copy.Store.Get(name, path);
            return true;
        }
        catch (HeliosException error) when (error.Code == ExitCode.NoInput)
        {
            return false;
        }
    }

    private void Forget(int id, string output)
    {
        foreach (string name in (string[])[output, BatchFolder.ReceiptName(id), BatchFolder.JobName(id)])
            AtomicFile.DeleteQuietly(PathOf(name));
    }

    private string PathOf(string name) => Path.Combine(_copy.Directory, name);
}
