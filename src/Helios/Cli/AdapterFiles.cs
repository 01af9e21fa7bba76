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

namespace Helios.Cli;

/// <summary>Files and streams of <c>adapt</c>: the whole spec is checked before a byte is written.</summary>
internal static class AdapterFiles
{
    internal static void Write(string job, AdapterArguments arguments, Func<AdapterJob, AdapterOptions, string> adapter)
    {
        AdapterOptions options = arguments.ToOptions();
        var source = new JobSource(job, workdir: null);
        using Stream stream = source.Open();
        StandardStreams.WriteOutput(adapter(Read(job, source, stream), options));
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
