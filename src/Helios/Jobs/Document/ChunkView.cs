namespace Helios.Jobs.Document;

/// <summary>
/// One chunk with the properties of its job that a bootstrap script needs: the result of
/// <c>show-chunk</c>. Paths are resolved against the job file's directory.
/// </summary>
internal sealed record ChunkView
{
    public required string JobId { get; init; }

    public required string Composition { get; init; }

    public required int Id { get; init; }

    public required long StartFrame { get; init; }

    public required long FrameCount { get; init; }

    public required string Output { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required decimal Scale { get; init; }

    public required FrameRate FrameRate { get; init; }
}
