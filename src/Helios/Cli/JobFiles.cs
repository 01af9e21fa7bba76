using System;
using System.Globalization;
using System.IO;
using System.Text;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Merge;
using Helios.Os;
using Helios.Os.Files;
using Helios.Plan;
using Helios.Render;

namespace Helios.Cli;

/// <summary>Files and streams of the job commands, between the typed arguments and the domain.</summary>
internal static class JobFiles
{
    internal static void Export(JobRequest request, bool isCompact, bool isQuiet)
    {
        string currentDirectory = CurrentDirectory.Get();
        JobPlan plan = JobPlanner.Plan(request, currentDirectory, InputFile.OpenRegular);
        if (!request.IsPortable) OutputDirectory.Check(JobPlanner.OutputDirectory(request, currentDirectory), request.Output);

        void Write(Stream stream) => new JobWriter(stream, isCompact).Write(plan.Spec, plan.Chunks, plan.ChunkFiles);
        if (request.JobFile is string file) AtomicFile.Write(file, Write);
        else StandardStreams.WriteOutput(Write);
        if (!isQuiet)
            StandardStreams.WriteError(ErrorText.OneLine($"{plan.Summarize()}{(request.JobFile is null ? "" : " → " + request.JobFile)}"));
    }

    /// <summary>The schema is a resource of the binary, so that schemas/job.schema.json is its only copy.</summary>
    internal static void PrintSchema()
    {
        using Stream schema = typeof(JobFiles).Assembly.GetManifestResourceStream("job.schema.json")!;
        StandardStreams.WriteOutput(schema.CopyTo);
    }

    internal static ExitCode Check(string job, string? workdir, bool withOutputs, bool isQuiet)
    {
        string directory = DirectoryOf(job, workdir);
        var reader = new JobReader(NameOf(job));
        JobSpec? spec;
        int count;
        using (Stream stream = InputFile.Open(job)) (spec, count) = reader.ReadAll(stream);
        if (spec is not null && reader.Problems.IsEmpty) OutputSafety.Check(spec, reader.OtherOutputs, directory, reader.Problems);
        foreach (JobProblem problem in reader.Problems.All) ErrorBoundary.Report(reader.Problems.ToException(problem));
        if (spec is null || !reader.Problems.IsEmpty) return ExitCode.Invalid;

        var outputs = new OutputReport(spec, directory);
        if (withOutputs) ReadOutputs(job, outputs);
        if (!isQuiet) StandardStreams.WriteOutput(withOutputs ? outputs.Text : Summarize(spec, count));
        return withOutputs && !outputs.IsComplete ? ExitCode.Invalid : ExitCode.Ok;
    }

    /// <summary>Reads a whole spec and checks it, including its paths on this machine.</summary>
    /// <exception cref="HeliosException">65: the first problem, and the number of others.</exception>
    internal static (JobSpec Spec, int Chunks) ReadChecked(Stream stream, string name, string directory)
    {
        var reader = new JobReader(name);
        var (spec, chunks) = reader.ReadAll(stream);
        reader.Problems.ThrowIfAny();
        OutputSafety.Check(spec!, reader.OtherOutputs, directory, reader.Problems);
        reader.Problems.ThrowIfAny();
        return (spec!, chunks);
    }

    internal static void ShowChunk(string job, string? index, string? format, string? field, string? workdir)
    {
        if (format is not null && field is not null) throw CommandLine.Wrong("--format and --field exclude each other", "give one of them");
        var (number, source) = TaskIndex.FindChunk(index, Environment.GetEnvironmentVariable);
        string directory = DirectoryOf(job, workdir);
        using Stream stream = InputFile.Open(job);
        var (spec, chunk) = new JobReader(NameOf(job)).Find(stream, number, source);
        ChunkView view = View(spec, chunk, directory);
        StandardStreams.WriteOutput(field is null ? ChunkText.Format(view, format ?? "json") : ChunkText.ValueOf(view, field) + "\n");
    }

    private static void ReadOutputs(string job, OutputReport outputs)
    {
        if (job == "-") throw CommandLine.Wrong("--outputs reads the spec twice, which standard input cannot", "name the file");
        using Stream stream = InputFile.Open(job);
        new JobReader(NameOf(job)).ReadAll(stream, outputs.Add);
    }

    private static string Summarize(JobSpec spec, int count) => string.Create(CultureInfo.InvariantCulture,
        $"valid: job {spec.JobId}, {JobPlan.Count(spec.TotalFrames, "frame")} in {JobPlan.Count(count, "chunk")}\n");

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
        FrameRate = spec.RenderOptions.FrameRate,
    };

    private static string ResolveComposition(string url, string directory) =>
        CompositionUrl.IsOnNet(url) || CompositionUrl.IsFile(url) || !CompositionUrl.TryGetPath(url, directory, out string path)
            ? url
            : CompositionUrl.FromPath(path);

    /// <summary>Opens a spec; one that is read again but came from a pipe is kept in memory.</summary>
    internal static Stream OpenSpec(string job, bool isReadAgain)
    {
        Stream stream = InputFile.Open(job);
        if (!isReadAgain || stream.CanSeek) return stream;
        var copy = new MemoryStream();
        using (stream) stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    internal static string NameOf(string job) => job == "-" ? "standard input" : job;

    /// <summary>Absolute base directory of the spec's relative paths.</summary>
    internal static string DirectoryOf(string job, string? workdir)
    {
        if (workdir is not null)
        {
            return Directory.Exists(workdir)
                ? CurrentDirectory.Resolve(workdir)
                : throw new HeliosException(ExitCode.NoInput, "the directory does not exist", $"--workdir {workdir}",
                    "create it or name another");
        }

        return job == "-" ? CurrentDirectory.Get() : Path.GetDirectoryName(CurrentDirectory.Resolve(job)) ?? "/";
    }

    /// <summary>Lines of <c>check-job --outputs</c>: every chunk that is incomplete or does not fit, then the totals.</summary>
    private sealed class OutputReport(JobSpec spec, string directory)
    {
        private readonly ChunkCheck _check = new(spec, directory, new ProjectFiles(spec, directory, check: null));
        private readonly SealComparison _seals = new();
        private readonly SeamCheck _seams = new();
        private readonly StringBuilder _lines = new();
        private string? _maker;
        private int _makerOf;
        private bool _isMixed;
        private int _complete;
        private int _missing;
        private int _wrong;

        internal bool IsComplete => _missing + _wrong == 0 && !_isMixed;

        internal string Text =>
            _lines.ToString() + string.Create(CultureInfo.InvariantCulture, $"{_complete} complete, {_missing} missing, {_wrong} wrong\n");

        internal void Add(Chunk chunk)
        {
            var (state, reason, receipt) = _check.CheckAll(chunk, null);
            if (receipt is not null) Compare(chunk, receipt);
            if (_seams.Add(chunk, receipt) is string seam) AddMixed(seam);
            if (state == ChunkState.Complete) _complete++;
            else if (state == ChunkState.Missing) _missing++;
            else _wrong++;
            if (state == ChunkState.Complete) return;
            string word = state == ChunkState.Missing ? "missing" : "wrong";
            _lines.Append(CultureInfo.InvariantCulture, $"chunk {chunk.Id}: {word}: {ErrorText.OneLine(chunk.Output)}: {reason}\n");
        }

        /// <summary>Collects the differences that the merge would refuse.</summary>
        private void Compare(Chunk chunk, Receipt receipt)
        {
            if (_maker is null) (_maker, _makerOf) = (receipt.Maker, chunk.Id);
            if (receipt.Maker != _maker)
            {
                AddMixed(string.Create(CultureInfo.InvariantCulture,
                    $"chunk {chunk.Id}: rendered by {receipt.Maker}, chunk {_makerOf} by {_maker}"));
            }

            foreach (string difference in _seals.Add(chunk, receipt))
                AddMixed(string.Create(CultureInfo.InvariantCulture, $"chunk {chunk.Id}: {difference}"));
        }

        private void AddMixed(string line)
        {
            _isMixed = true;
            _lines.Append(line).Append('\n');
        }
    }
}
