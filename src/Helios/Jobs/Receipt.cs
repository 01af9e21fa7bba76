using Helios.Errors;
using Helios.Jobs.Document;

namespace Helios.Jobs;

/// <summary>
/// What a worker leaves beside a chunk file (<c>&lt;chunk file&gt;.json</c>) when it is complete. A chunk is complete if
/// and only if its receipt, its file and the files that the page read agree.
/// </summary>
internal sealed record Receipt
{
    internal const int SchemaVersion = 2;

    internal const int FirstVersion = 1; // had neither seal nor seam

    public required int Version { get; init; }

    public required string JobId { get; init; }

    public required int ChunkId { get; init; }

    public required long StartFrame { get; init; }

    /// <summary>Frames in the file.</summary>
    public required long FrameCount { get; init; }

    /// <summary>Size of the chunk file in bytes.</summary>
    public required long Size { get; init; }

    /// <summary><c>sha256:…</c> of the chunk file, as <c>sha256sum</c> prints it.</summary>
    public required string Digest { get; init; }

    /// <summary><c>sha256:…</c> of what decides the frames (<see cref="JobJson.DigestOf"/>): the same id may be planned anew.</summary>
    public required string SpecDigest { get; init; }

    /// <summary>Versions of what made the file.</summary>
    public required string Helios { get; init; }

    public required string Browser { get; init; }

    public required string Encoder { get; init; }

    /// <summary>What else decided the pixels; null in version 1.</summary>
    public Seal? Seal { get; init; }

    /// <summary>What proves that the chunk fits its neighbours; null in version 1.</summary>
    public Seam? Seam { get; init; }

    /// <summary>What the page has played until the end of the chunk; null for nothing.</summary>
    public MediaClip[]? Media { get; init; }

    /// <summary>How long it took; null in a receipt that was read.</summary>
    public ReceiptTimings? Timings { get; init; }

    /// <summary>What rendered the chunk, for messages and to compare.</summary>
    internal string Maker => ErrorText.OneLine($"helios {Helios}, {Browser} and ffmpeg {Encoder}{(Seal is null ? " on an unknown processor" : " on " + Seal.Processor)}");

    internal static string PathOf(string chunkFile) => chunkFile + ".json";
}

/// <summary>Where the time of a chunk went, in milliseconds.</summary>
internal sealed record ReceiptTimings
{
    /// <summary>Browser start until the page was ready.</summary>
    public required long LoadMs { get; init; }

    /// <summary>Frames before the chunk.</summary>
    public required long PrerollMs { get; init; }

    /// <summary>Frames of the chunk; encoding overlaps.</summary>
    public required long CaptureMs { get; init; }

    /// <summary>Everything, until the chunk file had its name.</summary>
    public required long TotalMs { get; init; }
}
