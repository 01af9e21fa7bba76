using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Merge;
using Helios.Os;
using Helios.Os.Files;
using Helios.Plan;
using Helios.Run;
using Helios.Run.Stores;
using Helios.Text;

namespace Helios.Cli;

/// <summary>What the job commands read and print.</summary>
internal static class JobFiles
{
    internal static void Export(ExportArguments arguments, bool isCompact, bool isQuiet)
    {
        JobRequest request = arguments.ToRequest(Entropy.NewGuid);
        string currentDirectory = CurrentDirectory.Get();
        JobPlan plan = JobPlanner.Plan(request, currentDirectory, InputFile.OpenRegular);
        if (!request.IsPortable) OutputDirectory.Check(JobPlanner.OutputDirectory(request, currentDirectory), request.Output);

        void Write(Stream stream) => new JobWriter(stream, isCompact).Write(plan.Spec, plan.Chunks, plan.ChunkFiles);
        if (request.JobFile is string file) AtomicFile.Write(file, Write);
        else StandardStreams.WriteOutput(Write);
        if (!isQuiet)
            StandardStreams.WriteError(ErrorText.OneLine($"{plan.Summarize()}{(request.JobFile is null ? "" : " → " + request.JobFile)}"));
    }

    /// <summary>The build packs the schema into the binary, so that schemas/job.schema.json is its only copy.</summary>
    internal static void PrintSchema()
    {
        byte[] schema = Inflater.Inflate(PackedFiles.Schema, PackedFiles.SchemaLength);
        StandardStreams.WriteOutput(stream => stream.Write(schema));
    }

    /// <param name="job">The spec.</param>
    /// <param name="cores">Cores of a worker, to check the chunk files too; null to check the spec alone.</param>
    /// <param name="isQuiet">Whether nothing is printed.</param>
    /// <param name="isJson">Whether the result is JSON.</param>
    /// <param name="stored">The job in a store; null for a local job.</param>
    internal static ExitCode Check(JobSource job, int? cores, bool isQuiet, bool isJson, StoredJob? stored)
    {
        var reader = new JobReader(job.Name);
        JobSpec? spec;
        int count;
        using (Stream stream = job.Open()) (spec, count) = JobSource.Read(reader, stream, job.Directory);
        foreach (JobProblem problem in reader.Problems.All) ErrorBoundary.Report(reader.Problems.ToException(problem));
        if (spec is null || !reader.Problems.IsEmpty) return ExitCode.Invalid;

        if (stored is not null) StoreRules.Check(spec, job.Name);
        if (cores is not int each)
        {
            if (!isQuiet) StandardStreams.WriteOutput(isJson ? SummarizeJson(spec, count) : Summarize(spec, count));
            return ExitCode.Ok;
        }

        stored?.Prepare(spec);
        stored?.FetchReceipts();
        var outputs = new OutputReport(spec, job.Directory, each, stored?.Chunks);
        ReadOutputs(job, outputs);
        if (!isQuiet) StandardStreams.WriteOutput(isJson ? outputs.ToJson() : outputs.ToText());
        return outputs.IsComplete ? ExitCode.Ok : ExitCode.Invalid;
    }

    /// <param name="job">The spec.</param>
    /// <param name="index">Index of the chunk; null when unspecified.</param>
    /// <param name="source">Source of the index.</param>
    /// <param name="format">Null for JSON.</param>
    /// <param name="field">The only value to print; null for all of them.</param>
    /// <param name="stored">The job in a store, whose paths are addresses; null for a local job.</param>
    internal static void ShowChunk(JobSource job, int? index, string source, string? format, string? field, StoredJob? stored)
    {
        using Stream stream = job.Open();
        var (spec, chunk) = new JobReader(job.Name).Find(stream, index, source);
        ChunkView view = View(spec, chunk, job.Directory);
        if (stored is not null)
            view = view with { Output = stored.AddressOf(chunk.Output), Composition = AddressOf(spec.Composition, stored) };
        StandardStreams.WriteOutput(field is null ? ChunkText.Format(view, format ?? "json") : ChunkText.ValueOf(view, field) + "\n");
    }

    private static void ReadOutputs(JobSource job, OutputReport outputs)
    {
        if (job.IsStandardInput)
            throw CommandLine.Wrong("--outputs reads the spec twice, which standard input cannot", "name the file");
        using Stream stream = job.Open();
        new JobReader(job.Name).ReadAll(stream, outputs.Add);
    }

    private static string Summarize(JobSpec spec, int count) => string.Create(CultureInfo.InvariantCulture,
        $"valid: job {spec.JobId}, {JobPlan.Count(spec.TotalFrames, "frame")} in {JobPlan.Count(count, "chunk")}\n");

    private static string SummarizeJson(JobSpec spec, int count)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, JobJson.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("version"u8, 1);
            json.WriteString("jobId"u8, spec.JobId);
            json.WriteNumber("totalFrames"u8, spec.TotalFrames);
            json.WriteNumber("chunks"u8, count);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray()) + "\n";
    }

    private static ChunkView View(JobSpec spec, Chunk chunk, string directory) => new()
    {
        JobId = spec.JobId,
        Composition = ResolveComposition(spec.Composition, directory),
        Id = chunk.Id,
        StartFrame = chunk.StartFrame,
        FrameCount = chunk.FrameCount,
        Output = JobPaths.Resolve(chunk.Output, directory),
        Width = spec.RenderOptions.Width,
        Height = spec.RenderOptions.Height,
        Scale = spec.RenderOptions.Scale,
        FrameRate = spec.RenderOptions.FrameRate,
    };

    private static string AddressOf(string composition, StoredJob stored) =>
        CompositionUrl.IsOnNet(composition) || CompositionUrl.IsFile(composition) ? composition : stored.AddressOf(composition);

    private static string ResolveComposition(string url, string directory) =>
        CompositionUrl.IsOnNet(url) || CompositionUrl.IsFile(url) || !CompositionUrl.TryGetPath(url, directory, out string path)
            ? url
            : CompositionUrl.FromPath(path) + CompositionUrl.SuffixOf(url);
}
