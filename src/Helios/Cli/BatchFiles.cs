using System;
using System.IO;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Jobs.Batch;
using Helios.Os;
using Helios.Os.Files;
using Helios.Plan;
using Helios.Plan.Rows;
using Helios.Progress;
using Helios.Run.Batch;
using Helios.Run.Stores;

namespace Helios.Cli;

/// <summary><c>export-job --rows</c>: a folder of jobs, one for each row, and their index.</summary>
internal static class BatchFiles
{
    /// <param name="export">The typed options.</param>
    /// <param name="worker">The typed options of the browser, for <c>--probe</c>.</param>
    /// <param name="sink">Receives the events.</param>
    /// <param name="isCompact">Whether job specs are written on one line.</param>
    /// <param name="isQuiet">Whether the summary is left out.</param>
    internal static void Export(ExportArguments export, WorkerArguments worker, ProgressSink sink, bool isCompact, bool isQuiet)
    {
        if (export.Output is null)
            throw CommandLine.Wrong("--rows needs --output, the name of each row's video", "write a path such as 'out/{id}.mp4'");
        if (export.Job is null or "-")
            throw CommandLine.Wrong("--rows needs --job, the folder for the jobs", "give one, such as --job batch");
        var rows = new RowFile(export.Rows!);
        string currentDirectory = CurrentDirectory.Get();
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(export.Job, currentDirectory));
        JobRequest request = MakeRequest(export with { Job = Path.Combine(folder, BatchFolder.JobName(0)) }, worker, rows, sink);
        var planner = new BatchPlanner(request, rows, currentDirectory);
        JobPlan first;
        using (var interrupts = new Interrupts()) first = planner.Check(InputFile.OpenRegular, interrupts.ThrowIfRequested);
        if (!request.IsPortable) OutputDirectory.Check(planner.OutputDirectory, request.Output);
        BatchExport.Write(folder, export.Job, planner, first, isCompact);
        if (isQuiet) return;
        string count = JobPlan.Count(planner.Count, "row");
        StandardStreams.WriteError(ErrorText.OneLine($"{count}, each {first.Summarize()} → {export.Job}"));
    }

    /// <summary>Reads the index and every job.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="hasOutputs">Whether its videos are checked, too.</param>
    /// <param name="isQuiet">Whether nothing is printed.</param>
    /// <param name="stored">The batch in a store, of which this is a copy.</param>
    internal static ExitCode Check(BatchSource batch, bool hasOutputs, bool isQuiet, StoredBatch? stored = null)
    {
        stored?.FetchAll();
        long frames = 0;
        BatchOutputs? outputs = hasOutputs ? new BatchOutputs(batch, stored is null ? null : stored.SizeOf) : null;
        int count = batch.Read(row =>
        {
            _ = batch.ReadJob(row);
            frames += row.TotalFrames;
            outputs?.Add(row);
        });
        if (!isQuiet)
        {
            StandardStreams.WriteOutput(outputs?.ToText()
                ?? $"valid: batch of {JobPlan.Count(count, "row")}, {JobPlan.Count(frames, "frame")}\n");
        }

        return outputs is null or { IsComplete: true } ? ExitCode.Ok : ExitCode.Invalid;
    }

    /// <summary>With <c>--probe</c> the page is asked once, with the props of the first row.</summary>
    private static JobRequest MakeRequest(ExportArguments export, WorkerArguments worker, RowFile rows, ProgressSink sink)
    {
        var pattern = new OutputPattern(export.Output!);
        if (!export.IsProbed) return (export with { Output = pattern.Example }).ToRequest() with { Output = export.Output! };
        JobRequest provisional = (export with { Output = pattern.Example }).ToProvisionalRequest();
        ReadOnlyMemory<byte> common = provisional.RenderOptions.Props;
        ReadOnlyMemory<byte> props = default;
        foreach (Row row in rows.Read())
        {
            props = RowProps.Merge(common, row.Fields);
            break;
        }

        ExportArguments known = ProbedOptions.Complete(export with
        {
            KeepsScreenshots = true,
            Output = pattern.Example,
            Props = System.Text.Encoding.UTF8.GetString(props.Span),
        }, worker, sink, triesPage: true);
        JobRequest request = known.ToRequest() with { Output = export.Output! };
        return request with
        {
            RenderOptions = request.RenderOptions with
            {
                Props = common,
                History = known.TypedHistory ?? Jobs.History.Auto, // not that of the first row
            },
        };
    }
}
