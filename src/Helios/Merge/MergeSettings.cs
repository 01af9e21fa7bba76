using System;
using Helios.Ffmpeg;
using Helios.Os;

namespace Helios.Merge;

/// <summary>What a merge is told beside the job spec. None of it changes the video.</summary>
internal sealed record MergeSettings
{
    /// <summary>Where relative paths of the spec start.</summary>
    internal required string Directory { get; init; }

    internal required string EncoderPath { get; init; }

    /// <summary>Project directory of the page, where what it plays is looked for; null means the composition's own.</summary>
    internal string? Root { get; init; }

    /// <summary>Whether chunks of different browser or encoder versions are joined.</summary>
    internal bool AllowsMixed { get; init; }

    /// <summary>Whether sound files may be others than those that were planned.</summary>
    internal bool AllowsChanged { get; init; }

    /// <summary>Whether chunk files and their receipts are deleted once the video is verified and in its place.</summary>
    internal bool DeletesChunks { get; init; }

    /// <summary>Whether the job's lock is held, so that no other merge of it is going on.</summary>
    internal bool IsLocked { get; init; }

    internal required Interrupts Interrupts { get; init; }

    internal FfmpegProgram Ffmpeg => new(EncoderPath, Interrupts);

    /// <summary>Receives one line for people.</summary>
    internal required Action<string> Warn { get; init; }

    /// <summary>Called with the number of frames joined so far.</summary>
    internal required Action<long> OnFrame { get; init; }
}
