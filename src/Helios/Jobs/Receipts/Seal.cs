namespace Helios.Jobs.Receipts;

/// <summary>
/// Conditions beyond the job spec that decided a chunk's pixels: the programs that drew them, and every byte that the page read
/// until the end of the chunk. Chunks of one video must agree in all of it.
/// </summary>
internal sealed record Seal
{
    /// <summary>Most files that a receipt lists. Beyond that, only <see cref="FilesDigest"/> covers the rest.</summary>
    internal const int MostFiles = 4096;

    /// <summary>Most responses from the network that a receipt lists.</summary>
    internal const int MostResponses = 1024;

    /// <summary>Most fonts that a receipt lists.</summary>
    internal const int MostFonts = 256;

    /// <summary>How the page reached the chunk's first frame, as of <see cref="Jobs.History"/>.</summary>
    public required string History { get; init; }

    /// <summary>
    /// The browser's build: the linker's identification of it, or <c>sha256:…</c> of the program; null where it is not known, and in
    /// receipts of earlier versions.
    /// </summary>
    public string? BrowserBuild { get; init; }

    /// <summary>The kind of processor, as far as pixels depend on it.</summary>
    public required string Processor { get; init; }

    /// <summary>
    /// The kind of processor, as far as pixels of WebGL depend on it; null when the page had not
    /// used WebGL by the end of the chunk.
    /// </summary>
    public string? WebGl { get; init; }

    /// <summary>
    /// <c>sha256:…</c> of the rendered composition, which may differ from the planned one with
    /// <c>--allow-changed</c>; null on the network.
    /// </summary>
    public string? CompositionDigest { get; init; }

    /// <summary>Number of files and parts of files that the page read.</summary>
    public required int FileCount { get; init; }

    /// <summary>
    /// <c>sha256:…</c> of one line for each of them, sorted by path and offset: <c>path, offset,
    /// size, digest</c>, separated by tabs.
    /// </summary>
    public required string FilesDigest { get; init; }

    /// <summary>The first <see cref="MostFiles"/> of them, sorted.</summary>
    public required SealedFile[] Files { get; init; }

    /// <summary>Responses from the network, as far as the browser reports them, sorted by URL.</summary>
    public SealedResponse[]? Responses { get; init; }

    /// <summary><c>sha256:…</c> of the set of installed fonts and the rules for choosing among them.</summary>
    public string? FontSet { get; init; }

    /// <summary>The system's fonts that the browser opened for the page, sorted by name.</summary>
    public SealedFont[]? Fonts { get; init; }
}

/// <summary>A file of the project that the page read, or a part of a large one.</summary>
internal sealed record SealedFile
{
    /// <summary>
    /// Files are read and sealed in parts of this many bytes: a page that plays a minute of a large
    /// video does not read all of it.
    /// </summary>
    internal const int PartSize = 8 * 1024 * 1024;

    /// <summary>Relative to the composition's directory.</summary>
    public required string Path { get; init; }

    /// <summary>Start of the part, a multiple of <see cref="PartSize"/>.</summary>
    public long Offset { get; init; }

    /// <summary>Size of the whole file in bytes.</summary>
    public long Size { get; init; }

    /// <summary><c>sha256:…</c> of the part, which is all of a small file; null when the page requested a missing file.</summary>
    public string? Digest { get; init; }
}

/// <summary>A response from the network.</summary>
internal sealed record SealedResponse
{
    public required string Url { get; init; }

    /// <summary>Number of earlier requests for the same URL.</summary>
    public int Repetition { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary><c>sha256:…</c> of the body as the browser has it; null where the browser does not keep it or it is large.</summary>
    public string? Digest { get; init; }
}

/// <summary>A font of the operating system.</summary>
internal sealed record SealedFont
{
    /// <summary>Name of the file, with that of its directory: <c>dejavu/DejaVuSans.ttf</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>sha256:…</c> of the file.</summary>
    public required string Digest { get; init; }
}

/// <summary>
/// Proof that chunks fit: the frame before a chunk, captured from the page that continues into it, equals the last frame of the
/// chunk before. Digests cover the bytes that the encoder received, before any loss.
/// </summary>
internal sealed record Seam
{
    /// <summary><c>sha256:…</c> of the frame before the chunk; null where the job has none.</summary>
    public string? Before { get; init; }

    /// <summary><c>sha256:…</c> of the chunk's last frame.</summary>
    public required string Last { get; init; }
}
