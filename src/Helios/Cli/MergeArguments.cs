using System;
using System.Globalization;
using System.IO;
using Helios.Jobs;
using Helios.Merge;
using Helios.Os;
using Helios.Plan;
using Helios.Render;

namespace Helios.Cli;

/// <summary>What was typed for merge-chunks, still as text, and the way from there to the merge.</summary>
internal sealed record MergeArguments(string? Workdir, string? Root, string? Ffmpeg, bool AllowsMixed, bool AllowsChanged, bool DeletesChunks, string? Progress, bool IsQuiet)
{
    internal void Run(string job)
    {
        var progress = new ProgressLine(Progress, IsQuiet);
        string directory = JobFiles.DirectoryOf(job, Workdir);
        using var interrupts = new Interrupts();
        using Stream stream = JobFiles.OpenSpec(job, isReadAgain: true);
        JobSpec spec = JobFiles.ReadChecked(stream, JobFiles.NameOf(job), directory);
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
        progress.BeginMerge(spec.TotalFrames);
        MergeResult result;
        try
        {
            result = new ChunkMerger(spec, visit => Visit(stream, job, visit), settings).Merge();
        }
        finally
        {
            progress.Close();
        }

        if (IsQuiet) return;
        StandardStreams.WriteError(string.Create(CultureInfo.InvariantCulture,
            $"{JobPlan.Count(result.Frames, "frame")} of {JobPlan.Count(result.Chunks, "chunk")} joined in {result.Milliseconds / 1000.0:0.0} s → {ErrorText.OneLine(result.Output)}"));
    }

    private static void Visit(Stream stream, string job, Action<Chunk> visit)
    {
        stream.Position = 0;
        var reader = new JobReader(JobFiles.NameOf(job));
        _ = reader.ReadAll(stream, visit);
        reader.Problems.ThrowIfAny();
    }
}
