using System;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Batch;
using Helios.Os.Files;

namespace Helios.Run.Batch;

/// <summary>A batch as a command line names it: its folder, and the base directory of the relative paths of its jobs.</summary>
internal sealed class BatchSource
{
    private readonly string _typed;
    private readonly bool _isCopy;

    /// <param name="folder">Path of the folder.</param>
    /// <param name="workdir">Base directory; null for the folder.</param>
    /// <exception cref="HeliosException">66: there is no such base directory, or the folder has no index.</exception>
    internal BatchSource(string folder, string? workdir)
    {
        _typed = Path.TrimEndingDirectorySeparator(folder);
        Folder = CurrentDirectory.Resolve(_typed);
        Directory = new JobSource(Path.Combine(Folder, BatchFolder.IndexName), workdir).Directory;
        if (File.Exists(BatchFolder.IndexOf(Folder))) return;
        throw new HeliosException(ExitCode.NoInput,
            $"the folder has no {BatchFolder.IndexName}, so it is no batch, or was not planned to its end", folder,
            "plan it with helios export-job --rows, or name a job file");
    }

    /// <summary>A copy of a batch in a store, of which rows may be missing.</summary>
    /// <param name="address">Its address, with the final slash.</param>
    /// <param name="directory">Absolute path of the copy.</param>
    internal BatchSource(string address, string directory, bool isCopy)
        => (_typed, Folder, Directory, _isCopy) = (address, directory, directory, isCopy);

    /// <summary>What messages call it: an absolute path, or an address.</summary>
    internal string Name => _isCopy ? _typed : Folder;

    /// <summary>Absolute path of the folder.</summary>
    internal string Folder { get; }

    /// <summary>Absolute base directory of the jobs' relative paths.</summary>
    internal string Directory { get; }

    /// <summary>Whether a command line names a batch, rather than a job.</summary>
    internal static bool IsBatch(string job) => System.IO.Directory.Exists(job);

    /// <summary>The job of a row.</summary>
    internal JobSource JobOf(int id) => _isCopy
        ? new(_typed + BatchFolder.JobName(id), Path.Combine(Folder, BatchFolder.JobName(id)), Directory)
        : new(Path.Combine(_typed, BatchFolder.JobName(id)), Directory);

    /// <summary>What reports call the video of a row: an absolute path, or an address.</summary>
    internal string NameOf(string output) => _isCopy ? _typed + output : JobPaths.Resolve(output, Directory);

    /// <summary>Reads the index and checks it.</summary>
    /// <param name="visit">Called with every row, in order; null to read no further than the number of rows.</param>
    /// <returns>Number of rows.</returns>
    /// <exception cref="HeliosException">65: it is broken; 66: it cannot be read.</exception>
    internal int Read(Action<BatchRow>? visit)
    {
        string name = Path.Combine(_typed, BatchFolder.IndexName);
        using FileStream stream = InputFile.OpenFile(BatchFolder.IndexOf(Folder), name);
        return new BatchReader(name).Read(stream, visit);
    }

    /// <summary>Reads the job of a row and checks it, as well as that it is the one of the index.</summary>
    /// <exception cref="HeliosException">65: it is broken or another one; 66: it is missing.</exception>
    internal (JobSpec Spec, int Chunks) ReadJob(BatchRow row)
    {
        JobSource job = JobOf(row.Id);
        using Stream stream = job.Open();
        var (spec, chunks) = job.ReadChecked(stream);
        if (spec.JobId == row.JobId && spec.Output == row.Output && spec.TotalFrames == row.TotalFrames) return (spec, chunks);
        throw new HeliosException(ExitCode.Invalid, $"the job is not the one that {BatchFolder.IndexName} has for this row", job.Name,
            "plan the batch again with helios export-job --rows");
    }
}
