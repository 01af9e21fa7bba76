namespace Helios.Adapters;

/// <summary>
/// The user's choices for an engine, with values checked; null or 0 where not given. Each engine takes the options that it supports
/// (Cli/Commands) and checks its own limits.
/// </summary>
internal sealed class AdapterOptions
{
    internal const int DefaultCpus = 4;
    internal const int MostCpus = 256;
    internal const int DefaultMemoryMiB = 8192;
    internal const int DefaultTimeLimit = 3600;
    internal const int DefaultRetries = 3;

    /// <summary>Base of the names in the engine; null: <c>helios-</c> and the job id.</summary>
    internal string? Name { get; init; }

    /// <summary>Folder in a store that the job is uploaded to, with its final slash; null: tasks find it on a volume.</summary>
    internal string? Bucket { get; init; }

    /// <summary>Path of the job file in tasks.</summary>
    internal string? JobPath { get; init; }

    /// <summary>The helios program that tasks run.</summary>
    internal string Program { get; init; } = "helios";

    /// <summary>Which of several documents to write; null: the script that submits all of them.</summary>
    internal string? Document { get; init; }

    internal string? Image { get; init; }

    internal int Cpus { get; init; } = DefaultCpus;

    internal int MemoryMiB { get; init; } = DefaultMemoryMiB;

    /// <summary>Seconds that one attempt of a task may take.</summary>
    internal int TimeLimit { get; init; } = DefaultTimeLimit;

    /// <summary>Attempts after the first; null leaves the engine's default to the adapter.</summary>
    internal int? Retries { get; init; }

    /// <summary>Maximum number of concurrent tasks; 0: as many as the engine starts.</summary>
    internal int Concurrency { get; init; }

    internal int Tasks { get; init; }

    internal int ChunksPerTask { get; init; }

    /// <summary>Tasks run on machines that may be reclaimed.</summary>
    internal bool IsSpot { get; init; }

    /// <summary>Mount point of the shared volume; null: the engine's usual one.</summary>
    internal string? Mount { get; init; }

    /// <summary>The shared volume as the engine names it: claim, file system, bucket, share.</summary>
    internal string? Volume { get; init; }

    /// <summary>A second kind of shared volume, for engines that have two: a host's directory, an NFS export.</summary>
    internal string? OtherVolume { get; init; }

    /// <summary>Queue, partition, pool, namespace, runner label: where the engine schedules tasks.</summary>
    internal string? Place { get; init; }

    /// <summary>An account or project that pays, a service account that tasks run as, or a namespace of Nomad.</summary>
    internal string? Account { get; init; }

    /// <summary>Engine-specific choices, null or false where not given.</summary>
    internal string? Platform { get; init; }

    internal string? ExecutionRole { get; init; }

    internal string? Definition { get; init; }

    internal string? MachineType { get; init; }

    internal string? NodeSelector { get; init; }

    /// <summary>The one architecture of all tasks, since chunks of two must not be mixed; null: not requested.</summary>
    internal string? Arch { get; init; }

    internal string? ParallelEnvironment { get; init; }

    /// <summary>Seconds that a task shall take, where the engine assigns chunks to tasks; 0: helios assigns them.</summary>
    internal int TargetTime { get; init; }

    internal string? QualityOfService { get; init; }

    internal int MaxArraySize { get; init; }

    internal bool IsJobSet { get; init; }

    internal bool IsAlpha { get; init; }

    /// <summary>Options of <c>merge-chunks</c> in the task of the merge: <c>--then</c> and what belongs to it.</summary>
    internal string[] MergeOptions { get; init; } = [];

    /// <summary>The image for engines that require one: such as docs/images.md builds.</summary>
    internal string ImageOrDefault => Image ?? "helios";

    internal int RetriesOrDefault => Retries ?? DefaultRetries;

    /// <summary>Whether tasks need arm64, for engines that are always given an architecture.</summary>
    internal bool IsArm => Arch == "arm64";
}
