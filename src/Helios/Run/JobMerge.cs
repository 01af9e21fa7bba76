using System;
using System.IO;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Merge;
using Helios.Os;
using Helios.Progress;
using Helios.Run.Stores;

namespace Helios.Run;

/// <summary>What merge-chunks does: reads a spec and merges the chunks that it names.</summary>
internal static class JobMerge
{
    /// <param name="job">The spec.</param>
    /// <param name="makeSettings">Finds the encoder; called when the spec is known to be valid.</param>
    /// <param name="progress">Receives the events.</param>
    /// <param name="then">Run when the video is in its place; null for none.</param>
    /// <param name="stored">The job in a store, of which the spec is a copy; null for a local job.</param>
    /// <exception cref="HeliosException">65: the spec is broken; 66: there is none; and as of <see cref="ChunkMerger.Merge"/>.</exception>
    internal static void Run(JobSource job, Func<Interrupts, MergeSettings> makeSettings, ProgressSink progress,
        ThenProgram? then = null, StoredJob? stored = null)
    {
        using var interrupts = new Interrupts();
        using Stream stream = job.OpenSeekable();
        var (spec, chunks) = job.ReadChecked(stream);
        var meter = new ChunkMeter(progress, ChunkMeter.Merge, spec.TotalFrames);
        MergeSettings settings = makeSettings(interrupts) with { OnFrame = meter.OnFrame };
        progress.Report(new MergeStarted(chunks));
        string output = JobPaths.Resolve(spec.Output, settings.Directory);
        MergeResult result;
        if (stored is null)
        {
            Action publish = () => then?.Run(spec, output, output, interrupts, progress.Warn);
            result = new ChunkMerger(spec, visit => Visit(stream, job.Name, visit), settings with { OnPublished = publish }).Merge();
        }
        else
        {
            stored.Prepare(spec);
            stored.FetchProject(spec);
            stored.FetchReceipts();
            MergeSettings local = settings with
            {
                Stored = stored.Chunks,
                FetchChunk = stored.FetchChunk,
                Note = text => progress.Report(new Noted(text)),
                DeletesChunks = false,
            };
            result = new ChunkMerger(spec, visit => Visit(stream, job.Name, visit), local).Merge();
            stored.PutOutput(spec);
            then?.Run(spec, output, stored.AddressOf(spec.Output), interrupts, progress.Warn);
            if (settings.DeletesChunks) stored.DeleteChunks(spec);
            result = result with { Output = stored.AddressOf(spec.Output) };
        }

        progress.Report(new MergeFinished(spec.JobId, result));
    }

    private static void Visit(Stream stream, string name, Action<Chunk> visit)
    {
        stream.Position = 0;
        var reader = new JobReader(name);
        _ = reader.ReadAll(stream, visit);
        reader.Problems.ThrowIfAny();
    }
}
