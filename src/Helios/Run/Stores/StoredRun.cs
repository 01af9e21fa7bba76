using System;
using System.IO;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Merge;

namespace Helios.Run.Stores;

/// <summary>
/// A run of a job in a store: complete chunks are fetched, the others rendered here and put as they are done, so that another machine can
/// resume; at last the video is put.
/// </summary>
internal static class StoredRun
{
    /// <param name="stored">The job.</param>
    /// <param name="makeSettings">Settings of the run, as for a local job.</param>
    /// <exception cref="HeliosException">As of <see cref="JobRun.Run(JobSource, RunSettingsMaker)"/> and of the transfers.</exception>
    internal static void Run(StoredJob stored, RunSettingsMaker makeSettings)
    {
        JobSource job = stored.Source;
        using Stream stream = job.Open();
        var (spec, _) = job.ReadChecked(stream);
        stored.Prepare(spec);
        stored.FetchProject(spec);
        using var upload = new ChunkUpload(stored);
        JobRun.Run(job.Path, job.Name, job.Directory, (file, directory, interrupts) =>
        {
            RunSettings settings = makeSettings(file, directory, interrupts);
            if (!settings.IsFresh) FetchChunks(stored, spec, stream, interrupts.ThrowIfRequested);
            return settings with
            {
                KeepsChunks = true, // of this copy, which is removed as a whole
                OutputName = stored.AddressOf(spec.Output),
                OnChunk = upload.Add,
                Then = null, // the video is not in its place before it is put
                Publish = () => Publish(stored, spec, upload, settings),
            };
        });
    }

    private static void FetchChunks(StoredJob stored, JobSpec spec, Stream stream, Action check)
    {
        stored.FetchReceipts();
        var inspection = new ChunkCheck(spec, stored.Directory, new ProjectFiles(spec, stored.Directory, check), stored.Chunks);
        stream.Position = 0;
        _ = new JobReader(stored.Source.Name).ReadAll(stream, chunk =>
        {
            check();
            if (inspection.CheckReceipt(chunk).Receipt is not { } receipt) return;
            string path = JobPaths.Resolve(chunk.Output, stored.Directory);
            stored.FetchChunk(new StoredChunkFile(chunk, receipt.Digest, receipt.Size, path));
        });
    }

    private static void Publish(StoredJob stored, JobSpec spec, ChunkUpload upload, RunSettings settings)
    {
        // a program of --then that fails is repeated with the chunks
        if (settings.KeepsChunks || settings.Then is not null) upload.Finish();
        else upload.Dispose();
        stored.PutOutput(spec);
        string file = JobPaths.Resolve(spec.Output, stored.Directory);
        settings.Then?.Run(spec, file, stored.AddressOf(spec.Output), settings.Interrupts, settings.Progress.Warn);
        if (!settings.KeepsChunks) stored.DeleteChunks(spec);
    }
}
