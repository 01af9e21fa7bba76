using System;
using System.Collections.Generic;
using Helios.Ffmpeg;
using Helios.Os;
using Helios.Progress;

namespace Helios.Run;

/// <summary>What a run is told beside the job.</summary>
internal sealed record RunSettings
{
    /// <summary>Where relative paths of the spec start.</summary>
    internal required string Directory { get; init; }

    /// <summary>File of the spec, as workers open it.</summary>
    internal required string JobFile { get; init; }

    /// <summary>Further words for every worker's command line.</summary>
    internal required IReadOnlyList<string> WorkerOptions { get; init; }

    /// <summary>How workers get to a chunk's first frame, <see cref="Helios.Jobs.Seal.History"/>.</summary>
    internal required string History { get; init; }

    /// <summary>Worker processes at a time, from 1.</summary>
    internal required int Workers { get; init; }

    /// <summary>How often a chunk is tried again.</summary>
    internal required int Retries { get; init; }

    /// <summary>A worker that says nothing for so long (ms) is wedged: its own limits should have ended it.</summary>
    internal required int SilenceLimit { get; init; }

    /// <summary>Whether chunks that are complete are rendered again.</summary>
    internal bool IsFresh { get; init; }

    /// <summary>Directory for the frames as PNG files, where they are wanted instead of the video; else null.</summary>
    internal string? Pictures { get; init; }

    /// <summary>Whether chunk files stay after the merge.</summary>
    internal bool KeepsChunks { get; init; }

    /// <summary>Looks, before the first worker starts, for what would make all of them fail.</summary>
    internal required Action CheckWorkers { get; init; }

    /// <summary>The encoder that was asked for; null to look for one.</summary>
    internal required string? Encoder { get; init; }

    /// <summary>Project directory of the page; null means the composition's own.</summary>
    internal string? Root { get; init; }

    /// <summary>Whether chunks of different browser or encoder versions are merged.</summary>
    internal bool AllowsMixed { get; init; }

    /// <summary>Whether composition and sound files may be others than those that were planned.</summary>
    internal bool AllowsChanged { get; init; }

    internal required Interrupts Interrupts { get; init; }

    internal required ProgressSink Progress { get; init; }
}
