using System;
using Helios.Ffmpeg;
using Helios.Os;
using Helios.Transfer;

namespace Helios.Merge;

/// <summary>Settings of a merge besides the job spec. None of them changes the video.</summary>
internal sealed record MergeSettings
{
    /// <summary>Base directory of the spec's relative paths.</summary>
    internal required string Directory { get; init; }

    internal required string EncoderPath { get; init; }

    /// <summary>Project directory of the page, which contains the media it plays; null means the composition's own.</summary>
    internal string? Root { get; init; }

    /// <summary>Whether chunks of different browser or encoder versions are merged.</summary>
    internal bool AllowsMixed { get; init; }

    /// <summary>Whether audio files may differ from the planned ones.</summary>
    internal bool AllowsChanged { get; init; }

    /// <summary>Whether chunk files and their receipts are deleted once the video is verified and published.</summary>
    internal bool DeletesChunks { get; init; }

    /// <summary>Called when the video is verified and in its place, before chunk files are deleted; may throw, which keeps them.</summary>
    internal Action? OnPublished { get; init; }

    /// <summary>Whether the job's lock is held, so that no other merge of it is running.</summary>
    internal bool IsLocked { get; init; }

    /// <summary>The chunk files of a job in a store, whose receipts were fetched; null for files of this machine.</summary>
    internal StoredChunks? Stored { get; init; }

    /// <summary>Fetches a chunk's file from the store to its place; called on several threads.</summary>
    internal Action<StoredChunkFile>? FetchChunk { get; init; }

    /// <summary>Receives a line about what the merge needs, for people who are not in a hurry.</summary>
    internal Action<string> Note { get; init; } = static _ => { };

    internal required Interrupts Interrupts { get; init; }

    internal FfmpegProgram Ffmpeg => new(EncoderPath, Interrupts);

    /// <summary>Receives one line of text.</summary>
    internal required Action<string> Warn { get; init; }

    /// <summary>Called with the number of frames merged so far.</summary>
    internal Action<long> OnFrame { get; init; } = static _ => { };
}
