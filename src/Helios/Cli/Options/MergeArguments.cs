using System;
using System.IO;
using Helios.Cli.Progress;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Merge;
using Helios.Os;

namespace Helios.Cli.Options;

/// <summary>What was typed for merge-chunks, still as text, and the way from there to the merge.</summary>
internal sealed record MergeArguments(string? Workdir, string? Root, string? Ffmpeg, bool AllowsMixed, bool AllowsChanged, bool DeletesChunks, string? Progress, bool IsQuiet)
{
    internal void Run(string job)
    {
        var progress = new ProgressLine(Progress, IsQuiet);
        string directory = JobFiles.DirectoryOf(job, Workdir);
        using var interrupts = new Interrupts();
        using Stream stream = JobFiles.OpenSpec(job, isReadAgain: true);
        var (spec, chunks) = JobFiles.ReadChecked(stream, JobFiles.NameOf(job), directory);
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
            OnFrame = progress.Report,
        };
        progress.BeginMerge(spec.TotalFrames, chunks);
        try
        {
            progress.FinishMerge(spec.JobId, new ChunkMerger(spec, visit => Visit(stream, job, visit), settings).Merge());
        }
        finally
        {
            progress.Close();
        }
    }

    private static void Visit(Stream stream, string job, Action<Chunk> visit)
    {
        stream.Position = 0;
        var reader = new JobReader(JobFiles.NameOf(job));
        _ = reader.ReadAll(stream, visit);
        reader.Problems.ThrowIfAny();
    }
}
