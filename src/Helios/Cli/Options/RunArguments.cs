using System.Collections.Generic;
using Helios.Cli.Help;
using Helios.Errors;
using Helios.Os;
using Helios.Progress;
using Helios.Run;

namespace Helios.Cli.Options;

/// <summary>Typed arguments of run-job besides the job, still as text.</summary>
internal sealed record RunArguments
{
    private const int MostWorkers = 256;
    private const int MostRetries = 1000;
    private const int DefaultRetries = 2;

    internal string? Workers { get; init; }

    internal string? Retries { get; init; }

    internal bool IsFresh { get; init; }

    internal bool KeepsChunks { get; init; }

    internal bool IsExplained { get; init; }

    internal bool AllowsMixed { get; init; }

    internal required ThenArguments Then { get; init; }

    internal required WorkerArguments Worker { get; init; }

    /// <summary>The options that render has from run-job.</summary>
    internal static RunArguments From(OptionValues given) => new()
    {
        Workers = given["--workers"],
        Retries = given["--retries"],
        IsFresh = given.Has("--fresh"),
        KeepsChunks = given.Has("--keep-chunks"),
        IsExplained = given.Has("--explain"),
        AllowsMixed = given.Has("--allow-mixed"),
        Then = ThenArguments.From(given),
        Worker = WorkerArguments.From(given),
    };

    /// <summary>Number of workers; 0 when the machine decides.</summary>
    private int TypedWorkers => (int)ExportArguments.ReadInteger("--workers", Workers, 1, MostWorkers, 0);

    private int RetryCount => (int)ExportArguments.ReadInteger("--retries", Retries, 0, MostRetries, DefaultRetries);

    /// <exception cref="HeliosException">64: an impossible value.</exception>
    internal void Check()
    {
        _ = TypedWorkers;
        _ = RetryCount;
        Then.Check();
        Worker.Check();
    }

    /// <summary>
    /// Default number of chunks of render. Independent of current free memory: the same command must cut the same way when it
    /// resumes after it was killed.
    /// </summary>
    internal int CountShards() => TypedWorkers > 0 ? TypedWorkers : System.Environment.ProcessorCount;

    /// <param name="jobFile">Absolute path of the spec, for the workers.</param>
    /// <param name="directory">Base directory of its relative paths.</param>
    /// <param name="interrupts">Interrupts of this process.</param>
    /// <param name="progress">Shows the run.</param>
    internal RunSettings ToSettings(string jobFile, string directory, Interrupts interrupts, ProgressSink progress) => new()
    {
        Directory = directory,
        JobFile = jobFile,
        WorkerOptions = WorkerOptions(),
        Workers = TypedWorkers > 0 ? TypedWorkers : null,
        Retries = RetryCount,
        SilenceLimit = Worker.LongestSilence,
        IsFresh = IsFresh,
        KeepsChunks = KeepsChunks,
        IsExplained = IsExplained,
        MakeWorkerSettings = () => Worker.ToSettings(directory, interrupts, static _ => { }),
        Encoder = Worker.Ffmpeg,
        Root = Worker.Root,
        AllowsMixed = AllowsMixed,
        Then = Then.Find(progress.Warn),
        AllowsChanged = Worker.AllowsChanged,
        Interrupts = interrupts,
        Progress = progress,
    };

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
