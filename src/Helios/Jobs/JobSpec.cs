using System;

namespace Helios.Jobs;

/// <summary>A job spec without its chunks, which are streamed: a job may have millions. Member order is the order in the file.</summary>
internal sealed record JobSpec
{
    /// <summary>Version of the job spec that this helios reads and writes.</summary>
    internal const int SchemaVersion = 1;

    public required int Version { get; init; }

    public required string JobId { get; init; }

    /// <summary><c>file://</c> or <c>http(s)://</c> URL, or a relative reference, percent-encoded.</summary>
    public required string Composition { get; init; }

    /// <summary><c>sha256:</c> and 64 hex digits of a local composition's bytes; null for one on the network.</summary>
    public string? CompositionDigest { get; init; }

    /// <summary>Directory that a local page may read, absolute or relative to the job file's; null: the composition's own.</summary>
    public string? Root { get; init; }

    /// <summary>Path of the final video.</summary>
    public required string Output { get; init; }

    public required long TotalFrames { get; init; }

    public required RenderOptions RenderOptions { get; init; }

    /// <summary>
    /// What a chunk is expected to cost; null when nothing was measured or given. It decides no frame, and is the only member that may be
    /// another when the same job is planned again.
    /// </summary>
    public ChunkCost? Cost { get; init; }

    /// <summary>All frames of the job on the composition's timeline.</summary>
    internal FrameRange Frames => new(RenderOptions.StartFrame, TotalFrames);

    /// <summary>Container of the final video.</summary>
    internal Container Container => Container.Of(Output) ?? throw new InvalidOperationException("a job without a container");
}
