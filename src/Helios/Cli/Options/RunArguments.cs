using System.Collections.Generic;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Os;
using Helios.Page;
using Helios.Progress;
using Helios.Run;

namespace Helios.Cli.Options;

/// <summary>Typed arguments of run-job besides the job, still as text.</summary>
internal sealed record RunArguments(string? Workers, string? Retries, bool IsFresh, bool KeepsChunks, bool AllowsMixed,
    WorkerArguments Worker)
{
    private const int MostWorkers = 256;
    private const int MostRetries = 1000;
    private const int DefaultRetries = 2;

    /// <summary>Number of workers; 0 when the machine decides.</summary>
    private int TypedWorkers => (int)ExportArguments.ReadInteger("--workers", Workers, 1, MostWorkers, 0);

    private int RetryCount => (int)ExportArguments.ReadInteger("--retries", Retries, 0, MostRetries, DefaultRetries);

    /// <exception cref="HeliosException">64: an impossible value.</exception>
    internal void Check()
    {
        _ = TypedWorkers;
        _ = RetryCount;
        Worker.Check();
    }

    /// <summary>
    /// Default number of chunks of render. Independent of current free memory: the same command must cut the same way when it
    /// resumes after it was killed.
    /// </summary>
    internal int CountShards() => TypedWorkers > 0 ? TypedWorkers : System.Environment.ProcessorCount;

    private int CountWorkers(RenderOptions options) =>
        TypedWorkers > 0 ? TypedWorkers : new MachineLimits("/").CountWorkers(System.Environment.ProcessorCount, options);

    /// <param name="spec">The job.</param>
    /// <param name="jobFile">Absolute path of the spec, for the workers.</param>
    /// <param name="directory">Base directory of its relative paths.</param>
    /// <param name="interrupts">Interrupts of this process.</param>
    /// <param name="progress">Shows the run.</param>
    /// <param name="pictures">Directory for the frames as PNG files; null for a video.</param>
    internal RunSettings ToSettings(
        JobSpec spec, string jobFile, string directory, Interrupts interrupts, ProgressSink progress, string? pictures = null) => new()
        {
            Directory = directory,
            JobFile = jobFile,
            WorkerOptions = WorkerOptions(),
            History = Worker.History,
            Workers = CountWorkers(spec.RenderOptions),
            Retries = RetryCount,
            SilenceLimit = Worker.LongestSilence,
            IsFresh = IsFresh,
            Pictures = pictures,
            KeepsChunks = KeepsChunks,
            CheckWorkers = () => CheckWorkers(spec, directory, interrupts),
            Encoder = Worker.Ffmpeg,
            Root = Worker.Root,
            AllowsMixed = AllowsMixed,
            AllowsChanged = Worker.AllowsChanged,
            Interrupts = interrupts,
            Progress = progress,
        };

    /// <summary>Reports errors that every worker would find once, and before any of them starts.</summary>
    private void CheckWorkers(JobSpec spec, string directory, Interrupts interrupts) =>
        _ = CompositionSource.Find(spec, Worker.ToSettings(directory, interrupts, static _ => { }));

    private List<string> WorkerOptions()
    {
        var words = new List<string>();
        void Add(string name, string? value)
        {
            if (value is not null) words.Add($"{name}={value}");
        }

        Add("--root", Worker.Root);
        Add("--browser", Worker.Browser);
        Add("--ffmpeg", Worker.Ffmpeg);
        Add("--preroll", Worker.Preroll);
        Add("--timeout", Worker.Timeout);
        Add("--ready-timeout", Worker.ReadyTimeout);
        Add("--threads", Worker.Threads);
        if (Worker.IsOffline) words.Add("--offline");
        if (Worker.AllowsChanged) words.Add("--allow-changed");
        return words;
    }
}
