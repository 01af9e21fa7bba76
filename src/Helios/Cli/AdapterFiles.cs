using System;
using System.IO;
using Helios.Adapters;
using Helios.Adapters.Document;
using Helios.Adapters.Engines;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Os;
using Helios.Run;
using Helios.Run.Batch;
using Helios.Run.Stores;

namespace Helios.Cli;

/// <summary>Files and streams of <c>adapt</c>: the whole spec is checked before a byte is written.</summary>
internal static class AdapterFiles
{
    /// <param name="job">The job, or the folder of a batch.</param>
    /// <param name="arguments">The typed options.</param>
    /// <param name="adapter">The engine.</param>
    internal static void Write(string job, AdapterArguments arguments, Func<AdapterJob, AdapterOptions, string> adapter)
    {
        AdapterOptions options = arguments.ToOptions();
        using StoredBatch? batch = StoredBatch.Open(job, transfer: null, workdir: null);
        using StoredJob? stored = batch is null ? StoredJob.Open(job, transfer: null, workdir: null) : null;
        bool isStored = batch is not null || stored is not null;
        if (isStored && !arguments.TakesUrls)
            throw CommandLine.Wrong("tasks of this engine find the job as a file, and this is a URL", "give the job as a file");
        if (isStored && options.Bucket is not null)
        {
            throw CommandLine.Wrong("the job is in a store already, and --bucket would upload it",
                "leave --bucket out, or give the job as a file");
        }

        if (batch is not null || BatchSource.IsBatch(job))
        {
            arguments.Then.Refuse("a batch");
            StandardStreams.WriteOutput(adapter(batch is null ? ReadBatch(job, options) : ReadBatch(batch, job), options));
            return;
        }

        if (options.Bucket is not null && job == "-")
            throw CommandLine.Wrong("the script uploads the job, and standard input has no name", "give the job as a file");
        JobSource source = stored?.Source ?? new JobSource(job, workdir: null);
        using Stream stream = source.Open();
        AdapterJob read = Read(job, source, stream) with { StoreFolder = stored?.AddressOf("") };
        if (stored is not null || options.Bucket is not null) StoreRules.Check(read.Spec, source.Name);
        StandardStreams.WriteOutput(adapter(read, options));
    }

    /// <summary>Writes chunk by chunk, from a second reading.</summary>
    internal static void WriteHeliosNode(string job, AdapterArguments arguments)
    {
        AdapterOptions options = arguments.ToOptions();
        if (BatchSource.IsBatch(job))
        {
            throw new HeliosException(ExitCode.Usage, "a job of the Node.js Helios CLI is one video, and this is a batch", job,
                "use run-job on one machine, adapt of another engine, or name a job file of the folder");
        }

        var source = new JobSource(job, workdir: null);
        using Stream stream = source.OpenSeekable();
        AdapterJob header = Read(job, source, stream);
        if (HeliosNode.NeedsQuotes(header, options))
        {
            StandardStreams.WriteError("helios: commands hold quotes, which releases of the Node.js CLI that split at blanks do not "
                + "know; use a path without blanks for them");
        }

        stream.Position = 0;
        StandardStreams.WriteOutput(output =>
        {
            using var writer = new HeliosNode(header, options, output);
            new JobReader(source.Name).ReadAll(stream, writer.Add);
            writer.End();
            output.Write("\n"u8);
        });
    }

    /// <exception cref="HeliosException">64: a document cannot contain the job file's name; 65: the job is not valid.</exception>
    private static AdapterJob Read(string job, JobSource source, Stream stream)
    {
        var reader = new JobReader(source.Name);
        var (spec, count) = JobSource.Read(reader, stream, source.Directory);
        reader.Problems.ThrowIfAny();
        CheckName(job);
        return new AdapterJob(spec!, count, reader.OtherOutputs.Count == 0, job);
    }

    /// <summary>The whole index is checked; the first row stands for the others, which differ in no more than props and output.</summary>
    private static AdapterJob ReadBatch(string folder, AdapterOptions options)
    {
        var batch = new BatchSource(folder, workdir: null);
        JobSpec? first = null;
        int count = batch.Read(row => first ??= batch.ReadJob(row).Spec);
        CheckName(folder);
        if (options.Bucket is not null) StoreRules.Check(first!, batch.JobOf(0).Name);
        return new AdapterJob(first!, count, HasUsualChunkFiles: true, Path.TrimEndingDirectorySeparator(folder))
        {
            IsBatch = true,
            VisitOutputs = visit => batch.Read(row => visit(row.Output)),
        };
    }

    private static AdapterJob ReadBatch(StoredBatch batch, string address) =>
        new(batch.FetchJob(0), batch.Source.Read(visit: null), HasUsualChunkFiles: true, address)
        {
            IsBatch = true,
            StoreFolder = batch.Source.Name,
        };

    private static void CheckName(string job)
    {
        foreach (char c in job)
        {
            if (char.IsControl(c))
                throw new HeliosException(ExitCode.Usage, "the name of the job file holds a control character", job, "rename it");
        }
    }
}
