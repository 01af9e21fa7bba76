using System;
using System.IO;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Merge;
using Helios.Os;
using Helios.Progress;

namespace Helios.Cli.Options;

/// <summary>Typed arguments of merge-chunks, still as text, and their conversion to settings.</summary>
internal sealed record MergeArguments(string? Workdir, string? Root, string? Ffmpeg, bool AllowsMixed, bool AllowsChanged,
    bool DeletesChunks)
{
    internal void Run(string job, ProgressSink progress)
    {
        string directory = JobFiles.DirectoryOf(job, Workdir);
        using var interrupts = new Interrupts();
        using Stream stream = JobFiles.OpenSpec(job, isReadAgain: true);
        var (spec, chunks) = JobFiles.ReadChecked(stream, JobFiles.NameOf(job), directory);
        var meter = new ChunkMeter(progress, ChunkMeter.Merge, spec.TotalFrames);
        var settings = new MergeSettings
        {
            Directory = directory,
            EncoderPath = EncoderFinder.Find(Ffmpeg),
            Root = Root,
            AllowsMixed = AllowsMixed,
            AllowsChanged = AllowsChanged,
            DeletesChunks = DeletesChunks,
            Interrupts = interrupts,
            Warn = progress.Warn,
            OnFrame = meter.OnFrame,
        };
        progress.Report(new MergeStarted(chunks));
        MergeResult result = new ChunkMerger(spec, visit => Visit(stream, job, visit), settings).Merge();
        progress.Report(new MergeFinished(spec.JobId, result));
    }

    private static void Visit(Stream stream, string job, Action<Chunk> visit)
    {
        stream.Position = 0;
        var reader = new JobReader(JobFiles.NameOf(job));
        _ = reader.ReadAll(stream, visit);
        reader.Problems.ThrowIfAny();
    }
}
