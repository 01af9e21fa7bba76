using System.Collections.Generic;
using Helios.Jobs;

namespace Helios.Plan;

/// <summary>What somebody asks for with export-job, in checked values.</summary>
internal sealed record JobRequest
{
    /// <summary>Path, <c>file://</c> or <c>http(s)://</c> URL, as typed.</summary>
    internal required string Composition { get; init; }

    /// <summary>Path of the final video, as typed.</summary>
    internal required string Output { get; init; }

    internal required FrameRange Frames { get; init; }

    internal required ChunkSplit Split { get; init; }

    /// <summary>Shards, or frames a chunk.</summary>
    internal required long SplitNumber { get; init; }

    internal required RenderOptions RenderOptions { get; init; }

    internal required JobId JobId { get; init; }

    /// <summary>Sound files with their paths as typed, and without digests.</summary>
    internal IReadOnlyList<AudioTrack> Audio { get; init; } = [];

    /// <summary>Server that shows the current directory; null to use the file itself.</summary>
    internal string? BaseUrl { get; init; }

    /// <summary>Where the spec goes; null for stdout.</summary>
    internal string? JobFile { get; init; }

    /// <summary>Whether paths are written relative to the job file.</summary>
    internal bool IsPortable { get; init; }
}
