using Helios.Errors;
using Helios.Jobs.Document;
using Helios.Jobs.Encode;

namespace Helios.Jobs.Receipts;

/// <summary>
/// Written by a worker next to a chunk file (<c>&lt;chunk file&gt;.json</c>) when it is complete. A chunk is complete if and
/// only if its receipt, its file and the files that the page read agree.
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

    /// <summary>
    /// <c>sha256:…</c> of everything that decides the frames (<see cref="JobJson.DigestOf"/>): a new plan may have the same id.
    /// </summary>
    public required string SpecDigest { get; init; }

    /// <summary>Versions of the programs that made the file.</summary>
    public required string Helios { get; init; }

    public required string Browser { get; init; }

    public required string Encoder { get; init; }

    /// <summary>ffmpeg's name of the video encoder; null in a receipt that was read.</summary>
    public string? VideoEncoder { get; init; }

    /// <summary>Options for it; none in a receipt that was read.</summary>
    public EncoderOptions EncoderOptions { get; init; } = EncoderOptions.None;

    /// <summary>Other conditions that decided the pixels; null in version 1.</summary>
    public Seal? Seal { get; init; }

    /// <summary>Proof that the chunk fits its neighbours; null in version 1.</summary>
    public Seam? Seam { get; init; }

    /// <summary>Media that the page has played until the end of the chunk; null for none.</summary>
    public MediaClip[]? Media { get; init; }

    /// <summary>Render times; null in a receipt without them, or with impossible ones.</summary>
    public ReceiptTimings? Timings { get; init; }

    /// <summary>Frames before the chunk; null in a receipt that was read.</summary>
    public ReceiptPreroll? Preroll { get; init; }

    /// <summary>Description of the programs that rendered the chunk, for messages and for comparison.</summary>
    internal string Maker =>
        ErrorText.OneLine(
            $"helios {Helios}, {Browser} and ffmpeg {Encoder}{(Seal is null ? " on an unknown processor" : " on " + Seal.Processor)}");

    internal static string PathOf(string chunkFile) => chunkFile + ".json";
}

/// <summary>Render times of a chunk, in milliseconds.</summary>
internal sealed record ReceiptTimings
{
    /// <summary>Browser start until the page was ready.</summary>
    public required long LoadMs { get; init; }

    /// <summary>Frames before the chunk.</summary>
    public required long PrerollMs { get; init; }

    /// <summary>Frames of the chunk; encoding overlaps.</summary>
    public required long CaptureMs { get; init; }

    /// <summary>The whole chunk, until its file was published.</summary>
    public required long TotalMs { get; init; }
}

/// <summary>What became of the frames before a chunk. The chunk's own and frame 0 are not counted.</summary>
internal sealed record ReceiptPreroll
{
    /// <summary>Not run: nothing in the page could observe them.</summary>
    public required long Jumped { get; init; }

    /// <summary>Run without being drawn.</summary>
    public required long Replayed { get; init; }

    /// <summary>Run and drawn.</summary>
    public required long Displayed { get; init; }
}
