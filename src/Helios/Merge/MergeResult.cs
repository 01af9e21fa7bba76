namespace Helios.Merge;

/// <summary>A verified and published video.</summary>
/// <param name="Output">Its path.</param>
/// <param name="Frames">Frames in it.</param>
/// <param name="Chunks">Chunks that it was made from.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Milliseconds">Duration of the merge.</param>
internal sealed record MergeResult(string Output, long Frames, int Chunks, long Size, long Milliseconds);
