using System;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Jobs.Receipts;
using Helios.Merge;
using Helios.Os;
using Helios.Os.Files;
using Helios.Plan;

namespace Helios.Run;

/// <summary>Settings of a run, once its spec is a file that workers can open.</summary>
/// <param name="jobFile">Absolute path of that file.</param>
/// <param name="directory">Absolute base directory of its relative paths.</param>
/// <param name="interrupts">Interrupts of this process.</param>
internal delegate RunSettings RunSettingsMaker(string jobFile, string directory, Interrupts interrupts);

/// <summary>What run-job and render do: a run of a spec that exists, or of one that is planned now.</summary>
internal static class JobRun
{
    private const string SpecName = "job.json"; // of a spec in memory, for messages of workers

    /// <exception cref="HeliosException">65: the spec is broken; 66: there is none; and as of <see cref="LocalRun.Run"/>.</exception>
    internal static void Run(JobSource job, RunSettingsMaker makeSettings)
    {
        if (!job.IsStandardInput)
        {
            Run(job.Path, job.Name, job.Directory, makeSettings);
            return;
        }

        using Stream stream = job.Open();
        using MemoryFile copy = MemoryFile.Create(SpecName, stream.CopyTo);
        Run(copy.Path, job.Name, job.Directory, makeSettings);
    }

    /// <summary>Plans and runs. Without --job the spec has no file that could be left over.</summary>
    /// <param name="request">The plan.</param>
    /// <param name="isPrinted">Whether the spec is also written to stdout, as by export-job.</param>
    /// <param name="isCompact">Whether it is written compact.</param>
    /// <param name="frameFolder">Directory for the frames as PNG files; null for a video.</param>
    /// <param name="makeSettings">Settings of the run.</param>
    /// <exception cref="HeliosException">As of <see cref="JobPlanner.Plan"/> and <see cref="LocalRun.Run"/>.</exception>
    internal static void Run(JobRequest request, bool isPrinted, bool isCompact, string? frameFolder, RunSettingsMaker makeSettings)
    {
        string currentDirectory = CurrentDirectory.Get();
        JobPlan plan = JobPlanner.Plan(request, currentDirectory, InputFile.OpenRegular);
        if (frameFolder is not null) MakeFolder(frameFolder);
        OutputDirectory.Check(JobPlanner.OutputDirectory(request, currentDirectory), request.Output);

        RunSettings Make(string jobFile, string directory, Interrupts interrupts) =>
            makeSettings(jobFile, directory, interrupts) with { FrameFolder = frameFolder };
        void Write(Stream stream) => _ = new JobWriter(stream, isCompact).Write(plan.Spec, plan.Chunks, plan.ChunkFiles);
        if (request.JobFile is string file)
        {
            AtomicFile.Write(file, Write);
            var job = new JobSource(file, workdir: null);
            Run(job.Path, job.Name, job.Directory, Make);
            return;
        }

        if (isPrinted) StandardStreams.WriteOutput(Write);
        using MemoryFile spec = MemoryFile.Create(SpecName, Write);
        Run(spec.Path, "the planned job", currentDirectory, Make);
    }

    /// <param name="path">File of the spec, absolute.</param>
    /// <param name="name">For messages.</param>
    /// <param name="directory">Absolute base directory of its relative paths.</param>
    /// <param name="makeSettings">Settings of the run.</param>
    internal static void Run(string path, string name, string directory, RunSettingsMaker makeSettings)
    {
        using Stream stream = InputFile.OpenFile(path, name);
        var (spec, _) = JobSource.ReadChecked(stream, name, directory);
        var chunks = new ChunkTable(ChunkFileNames.For(spec));
        stream.Position = 0;
        _ = new JobReader(name).ReadAll(stream, chunks.Add);
        using var interrupts = new Interrupts();
        RunSettings settings = makeSettings(path, directory, interrupts);
        JobSpec? fallback = chunks.HasUsualNames ? FallbackOf(spec) : null;
        if (fallback is not null && !settings.IsFresh && HasChunksOf(fallback, chunks, directory))
        {
            RunByFallback(fallback, chunks, settings); // an earlier run has found out that it needs that
            return;
        }

        try
        {
            new LocalRun(spec, chunks, settings).Run();
        }
        catch (HeliosException error) when (error.Reason == Reason.CannotCapture && fallback is not null)
        {
            settings.Progress.Warn($"{error.What} ({error.Where}); all chunks are rendered by {fallback.RenderOptions.Capture}");
            RunByFallback(fallback, chunks, settings);
        }
    }

    private static JobSpec? FallbackOf(JobSpec spec)
    {
        RenderOptions options = spec.RenderOptions;
        return options.CaptureFallback is CaptureMode other
            ? spec with { RenderOptions = options with { Capture = other, CaptureFallback = null } }
            : null;
    }

    /// <summary>Whether the first receipt that is there is of this job.</summary>
    private static bool HasChunksOf(JobSpec spec, ChunkTable chunks, string directory)
    {
        var check = new ChunkCheck(spec, directory, files: null);
        for (int id = 0; id < chunks.Count; id++)
        {
            Chunk chunk = chunks.Get(id);
            string receipt = Receipt.PathOf(JobPaths.Resolve(chunk.Output, directory));
            if (File.Exists(receipt)) return check.CheckReceipt(chunk).Receipt is not null;
        }

        return false;
    }

    /// <summary>
    /// Renders the whole job in another way: the page refuses the one that was chosen by looking at a few of its frames, and the chunks of
    /// one video are captured alike.
    /// </summary>
    private static void RunByFallback(JobSpec other, ChunkTable chunks, RunSettings settings)
    {
        using MemoryFile file = MemoryFile.Create(SpecName, stream => _ = new JobWriter(stream, isCompact: true).Write(
            other, chunks.Count, chunks.RangeOf, ChunkFileNames.For(other)));
        new LocalRun(other, chunks, settings with { JobFile = file.Path }).Run();
    }

    /// <summary>Makes the directory for frames; called after all checks.</summary>
    private static void MakeFolder(string folder)
    {
        try
        {
            _ = Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HeliosException(ExitCode.CantCreate, "the directory cannot be made: " + ErrorText.Reason(error), folder,
                "name another with --output", error);
        }
    }
}
