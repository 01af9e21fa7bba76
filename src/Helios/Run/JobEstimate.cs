using System;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Jobs.Receipts;
using Helios.Merge;
using Helios.Plan;
using Helios.Run.Stores;

namespace Helios.Run;

/// <summary>
/// What a job costs: chunks that are finished by their receipts, the others by costs that are given, those of the finished, or those that
/// were known when the job was planned.
/// </summary>
internal sealed class JobEstimate
{
    /// <param name="job">The spec.</param>
    /// <param name="stored">The job in a store; null for a local job.</param>
    /// <param name="given">Costs of a chunk; null to take those of the finished chunks, or of the spec.</param>
    /// <exception cref="HeliosException">65: the spec is broken; 66: there is none, or nothing says what a chunk costs.</exception>
    internal JobEstimate(JobSource job, StoredJob? stored, ChunkCost? given)
    {
        using Stream stream = job.OpenSeekable();
        (Spec, int count) = job.ReadChecked(stream);
        stored?.Prepare(Spec);
        stored?.FetchReceipts();
        var check = new ChunkCheck(Spec, job.Directory, files: null, stored?.Chunks);
        long[] starts = new long[count];
        long[] times = new long[count]; // of chunks without a time: minus their frames
        stream.Position = 0;
        _ = new JobReader(job.Name).ReadAll(stream, chunk =>
        {
            starts[chunk.Id] = chunk.StartFrame;
            times[chunk.Id] = -chunk.FrameCount;
            if (check.CheckReceipt(chunk).Receipt is not { } receipt) return;
            Finished.Add(chunk, receipt);
            if (receipt.Timings is { } known) times[chunk.Id] = known.TotalMs * 1000;
        });
        (Cost, Source) = Choose(given) ?? throw new HeliosException(ExitCode.NoInput,
            "nothing says what a frame of the job costs: no chunk is finished, and neither the spec nor --cost tells", job.Name,
            "render a chunk or two, plan with export-job --probe, or give --cost");
        for (int id = 0; id < count; id++)
        {
            if (times[id] >= 0) DoneTime += times[id];
            else times[id] = (long)Int128.Min(Cost.Of(starts[id], -times[id]), ChunkCost.Most);
        }

        Schedule = new WorkerSchedule(times);
    }

    internal JobSpec Spec { get; }

    internal CostTally Finished { get; } = new();

    /// <summary>Of the chunks that are not finished.</summary>
    internal ChunkCost Cost { get; }

    /// <summary>Where the costs come from: <c>cost</c>, <c>receipts</c> or <c>spec</c>.</summary>
    internal string Source { get; }

    /// <summary>Whether the cost of a frame before a chunk comes from the spec: no finished chunk had any.</summary>
    internal bool HasPlannedPreroll { get; private set; }

    /// <summary>All chunks, as if none were finished.</summary>
    internal WorkerSchedule Schedule { get; }

    /// <summary>Of finished chunks, microseconds.</summary>
    internal Int128 DoneTime { get; }

    private (ChunkCost Cost, string Source)? Choose(ChunkCost? given)
    {
        if (given is not null) return (given, "cost");
        if (Finished.Cost is not ChunkCost known) return Spec.Cost is ChunkCost planned ? (planned, "spec") : null;
        HasPlannedPreroll = Spec.Cost is not null && !Finished.KnowsPreroll;
        return (HasPlannedPreroll ? known with { Preroll = Spec.Cost!.Preroll } : known, "receipts");
    }
}
