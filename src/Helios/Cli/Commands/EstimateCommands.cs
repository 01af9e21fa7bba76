using ConsoleAppFramework;
using Helios.Adapters;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Jobs;
using Helios.Run;
using Helios.Run.Batch;
using Helios.Run.Stores;

namespace Helios.Cli.Commands;

/// <summary>What a job will take. Parameters are text for the same reason as in <see cref="JobCommands"/>.</summary>
internal sealed class EstimateCommands
{
    private const int MostWorkers = 10_000_000; // as many as chunks

    /// <summary>Estimate what a job takes: core-hours, time for a number of workers, money. From its finished chunks, the costs in its spec (export-job --probe), or --cost.</summary>
    /// <param name="job">&lt;job&gt; Job spec: a file, a URL in a bucket (s3://, gs://, az://, rclone:), or - for standard input</param>
    /// <param name="workers">&lt;N&gt; Workers at a time [default: as many as are of use]</param>
    /// <param name="cpus">&lt;N&gt; Cores of a worker, which count whether it uses them or not [default: 4]</param>
    /// <param name="price">&lt;PRICE&gt; Price of a core-hour, such as 0.04/h</param>
    /// <param name="cost">&lt;TIMES&gt; Costs of the chunks that are not finished, as of export-job: start=2s,preroll=6ms,capture=40ms [default: those of the finished chunks, else of the spec]</param>
    /// <param name="format">&lt;FORMAT&gt; text or json [default: text]</param>
    /// <param name="workdir">&lt;DIR&gt; Where relative paths of the spec start [default: the spec's directory]</param>
    /// <param name="transfer">&lt;PROGRAM&gt; Program that copies to and from the store of a job's URL [default: HELIOS_TRANSFER, else aws, gcloud, azcopy, az or rclone]</param>
    [Command("estimate")]
    public int Estimate(
        [Argument] string? job = null,
        [HideDefaultValue] string? workers = null,
        [HideDefaultValue] string? cpus = null,
        [HideDefaultValue] string? price = null,
        [HideDefaultValue] string? cost = null,
        [HideDefaultValue] string? format = null,
        [HideDefaultValue] string? workdir = null,
        [HideDefaultValue] string? transfer = null) => ErrorBoundary.Run(() =>
    {
        int given = (int)ExportArguments.ReadInteger("--workers", workers, 1, MostWorkers, 0);
        int cores = (int)ExportArguments.ReadInteger("--cpus", cpus, 1, AdapterOptions.MostCpus, AdapterOptions.DefaultCpus);
        decimal? each = EstimateReport.ReadPrice(price);
        bool isJson = EstimateReport.IsJson(format);
        ChunkCost? typed = cost is null ? null : SplitArguments.ReadCost(cost);
        if (BatchSource.IsBatch(job!)) throw CommandLine.Wrong("estimate is for one job, not for a batch", "name the job file of a row");
        using StoredJob? stored = StoredJob.Open(job!, transfer, workdir);
        var estimate = new JobEstimate(stored?.Source ?? new JobSource(job!, workdir), stored, typed);
        new EstimateReport(estimate, given > 0 ? given : null, cores, each).Print(isJson);
        return (int)ExitCode.Ok;
    });
}
