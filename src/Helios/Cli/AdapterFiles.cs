using System;
using System.IO;
using Helios.Adapters;
using Helios.Adapters.Document;
using Helios.Adapters.Engines;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Jobs.Document;
using Helios.Merge;
using Helios.Os;
using Helios.Os.Files;

namespace Helios.Cli;

/// <summary>Files and streams of <c>adapt</c>: the whole spec is checked before a byte is written.</summary>
internal static class AdapterFiles
{
    internal static void Write(string job, AdapterArguments arguments, Func<AdapterJob, AdapterOptions, string> adapter)
    {
        AdapterOptions options = arguments.ToOptions();
        using Stream stream = InputFile.Open(job);
        StandardStreams.WriteOutput(adapter(Read(job, stream), options));
    }

    /// <summary>Writes chunk by chunk, from a second reading.</summary>
    internal static void WriteHeliosNode(string job, AdapterArguments arguments)
    {
        AdapterOptions options = arguments.ToOptions();
        using Stream stream = JobFiles.OpenSpec(job, isReadAgain: true);
        AdapterJob header = Read(job, stream);
        if (HeliosNode.NeedsQuotes(header, options))
        {
            StandardStreams.WriteError("helios: commands hold quotes, which releases of the Node.js CLI that split at blanks do not "
                + "know; use a path without blanks for them");
        }

        stream.Position = 0;
        StandardStreams.WriteOutput(output =>
        {
            using var writer = new HeliosNode(header, options, output);
            new JobReader(JobFiles.NameOf(job)).ReadAll(stream, writer.Add);
            writer.End();
            output.Write("\n"u8);
        });
    }

    /// <exception cref="HeliosException">64: a document cannot contain the job file's name; 65: the job is not valid.</exception>
    private static AdapterJob Read(string job, Stream stream)
    {
        var reader = new JobReader(JobFiles.NameOf(job));
        var (spec, count) = reader.ReadAll(stream);
        if (spec is not null && reader.Problems.IsEmpty)
            OutputSafety.Check(spec, reader.OtherOutputs, JobFiles.DirectoryOf(job, null), reader.Problems);
        reader.Problems.ThrowIfAny();
        foreach (char c in job)
        {
            if (char.IsControl(c))
                throw new HeliosException(ExitCode.Usage, "the name of the job file holds a control character", job, "rename it");
        }

        return new AdapterJob(spec!, count, reader.OtherOutputs.Count == 0, job);
    }
}
