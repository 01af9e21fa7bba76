using System;
using System.Collections.Generic;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Os;
using Helios.Page;
using Helios.Progress;

namespace Helios.Run;

/// <summary>Settings of a run besides the job.</summary>
internal sealed record RunSettings
{
    /// <summary>Base directory of the spec's relative paths.</summary>
    internal required string Directory { get; init; }

    /// <summary>File of the spec, which workers open; or the address of a batch.</summary>
    internal required string JobFile { get; init; }

    /// <summary>Whether that is an address, from which workers fetch what they need.</summary>
    internal bool IsInStore { get; init; }

    /// <summary>Additional words of every worker's command line.</summary>
    internal required IReadOnlyList<string> WorkerOptions { get; init; }

    /// <summary>Maximum number of concurrent worker processes, from 1; null: what processors and memory allow.</summary>
    internal int? Workers { get; init; }

    /// <summary>Whether the number of workers is explained.</summary>
    internal bool IsExplained { get; init; }

    /// <summary>Retries of a chunk.</summary>
    internal required int Retries { get; init; }

    /// <summary>A worker without events for so long (ms) is stalled: its own limits should have ended it.</summary>
    internal required int SilenceLimit { get; init; }

    /// <summary>Whether complete chunks are rendered again.</summary>
    internal bool IsFresh { get; init; }

    /// <summary>Directory for the frames as PNG files, when they are wanted instead of the video; otherwise null.</summary>
    internal string? FrameFolder { get; init; }

    /// <summary>Name of the video in the summary; null for its path.</summary>
    internal string? OutputName { get; init; }

    /// <summary>Called with each chunk that was rendered.</summary>
    internal Action<Chunk>? OnChunk { get; init; }

    /// <summary>Called when the video is verified, before the run has ended.</summary>
    internal Action? Publish { get; init; }

    /// <summary>Run when the video is in its place, before chunk files are removed; null for none.</summary>
    internal ThenProgram? Then { get; init; }

    /// <summary>Whether chunk files are kept after the merge.</summary>
    internal bool KeepsChunks { get; init; }

    /// <summary>Settings of a worker: finds browser and encoder, before the first worker starts.</summary>
    internal required Func<RenderSettings> MakeWorkerSettings { get; init; }

    /// <summary>The requested encoder; null to search for one.</summary>
    internal required string? Encoder { get; init; }

    /// <summary>Project directory of the page; null means the composition's own.</summary>
    internal string? Root { get; init; }

    /// <summary>Whether chunks of different browser or encoder versions are merged.</summary>
    internal bool AllowsMixed { get; init; }

    /// <summary>Whether composition and audio files may differ from the planned ones.</summary>
    internal bool AllowsChanged { get; init; }

    internal required Interrupts Interrupts { get; init; }

    internal required ProgressSink Progress { get; init; }
}
