using System;
using System.IO;
using Helios.Adapters;
using Helios.Adapters.Document;
using Helios.Adapters.Engines;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Jobs.Document;
using Helios.Os;
using Helios.Run;
using Helios.Run.Stores;

namespace Helios.Cli;

/// <summary>Files and streams of <c>adapt</c>: the whole spec is checked before a byte is written.</summary>
internal static class AdapterFiles
{
    internal static void Write(string job, AdapterArguments arguments, Func<AdapterJob, AdapterOptions, string> adapter)
    {
        AdapterOptions options = arguments.ToOptions();
        using StoredJob? stored = StoredJob.Open(job, transfer: null, workdir: null);
        if (stored is not null && !arguments.TakesUrls)
            throw CommandLine.Wrong("tasks of this engine find the job as a file, and this is a URL", "give the job as a file");
        if (stored is not null && options.Bucket is not null)
        {
            throw CommandLine.Wrong("the job is in a store already, and --bucket would upload it",
                "leave --bucket out, or give the job as a file");
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
        foreach (char c in job)
        {
            if (char.IsControl(c))
                throw new HeliosException(ExitCode.Usage, "the name of the job file holds a control character", job, "rename it");
        }

        return new AdapterJob(spec!, count, reader.OtherOutputs.Count == 0, job);
    }
}
