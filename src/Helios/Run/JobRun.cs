using System;
using System.IO;
using System.Text;
using Helios.Cli.Options;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Os;
using Helios.Os.Files;
using Helios.Plan;
using Helios.Progress;
using Helios.Run;
using Helios.Text;

namespace Helios.Cli;

/// <summary>run-job and render: from the typed words to a run.</summary>
internal static class JobRunner
{
    internal static void RunJob(string job, string? workdir, RunArguments arguments, ProgressSink progress)
    {
        arguments.Check();
        string directory = JobFiles.DirectoryOf(job, workdir);
        if (job != "-")
        {
            Run(CurrentDirectory.Resolve(job), job, directory, arguments, progress);
            return;
        }

        using Stream stream = InputFile.Open(job);
        using MemoryFile copy = MemoryFile.Create("job.json", stream.CopyTo);
        Run(copy.Path, JobFiles.NameOf(job), directory, arguments, progress);
    }

    /// <summary>Plans and runs. Without --job the spec has no file that could be left over.</summary>
    /// <param name="export">The plan.</param>
    /// <param name="isCompact">Whether --job is written compact.</param>
    /// <param name="arguments">The run.</param>
    /// <param name="progress">Shows it.</param>
    /// <param name="pictures">Directory for the frames as PNG files; null for a video.</param>
    internal static void Render(ExportArguments export, bool isCompact, RunArguments arguments, ProgressSink progress,
        string? pictures = null)
    {
        arguments.Check();
        export = CompositionProbe.Ask(export, arguments.Worker, progress);
        string currentDirectory = CurrentDirectory.Get();
        JobRequest request = export.ToRequest(static () => Guid.Empty);
        if (export.Shards is null && export.ChunkFrames is null) request = request with { SplitNumber = arguments.CountShards() };
        JobPlan plan = JobPlanner.Plan(request, currentDirectory, InputFile.OpenRegular);
        if (export.JobId is null) plan = NameByContent(plan);
        if (pictures is not null) PictureRunner.MakeFolder(pictures);
        OutputDirectory.Check(JobPlanner.OutputDirectory(request, currentDirectory), request.Output);

        void Write(Stream stream) => _ = new JobWriter(stream, isCompact).Write(plan.Spec, plan.Chunks, plan.ChunkFiles);
        if (request.JobFile is string file)
        {
            AtomicFile.Write(file, Write);
            Run(CurrentDirectory.Resolve(file), file, JobFiles.DirectoryOf(file, null), arguments, progress, pictures);
            return;
        }

        if (export.Job == "-") StandardStreams.WriteOutput(Write); // as in export-job
        using MemoryFile spec = MemoryFile.Create("job.json", Write);
        Run(spec.Path, "the planned job", currentDirectory, arguments, progress, pictures);
    }

    /// <summary>
    /// The id of a render is derived from its content and destination, so that the same command resumes one that was killed, and a
    /// different command does not touch its files.
    /// </summary>
    private static JobPlan NameByContent(JobPlan plan)
    {
        var hash = new Sha256();
        hash.Append(Encoding.UTF8.GetBytes(JobJson.DigestOf(plan.Spec) + plan.Spec.Output)); // other audio needs no new chunks
        JobSpec named = plan.Spec with
        {
            JobId = JobId.FromRandom(new Guid(Convert.FromHexString(hash.Finish().AsSpan(0, 32)))).ToString()
        };
        return plan with { Spec = named, ChunkFiles = ChunkFileNames.For(named) };
    }

    private static void Run(string path, string name, string directory, RunArguments arguments, ProgressSink progress,
        string? pictures = null)
    {
        using Stream stream = InputFile.OpenFile(path, name);
        var (spec, _) = JobFiles.ReadChecked(stream, name, directory);
        var chunks = new ChunkTable(ChunkFileNames.For(spec));
        stream.Position = 0;
        _ = new JobReader(name).ReadAll(stream, chunks.Add);
        using var interrupts = new Interrupts();
        new LocalRun(spec, chunks, arguments.ToSettings(spec, path, directory, interrupts, progress, pictures)).Run();
    }
}
