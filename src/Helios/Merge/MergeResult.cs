namespace Helios.Merge;

/// <summary>A video that was verified and has its name.</summary>
/// <param name="Output">Its path.</param>
/// <param name="Frames">Frames in it.</param>
/// <param name="Chunks">Chunks that it was made of.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record MergeResult(string Output, long Frames, int Chunks, long Size, long Milliseconds);
