namespace Helios.Merge;

/// <summary>A kind of output. <see cref="ChunkMerger"/> calls its methods once, in this order.</summary>
internal interface IMergeOutput
{
    /// <exception cref="HeliosException">73: a file with the output's name must not be replaced.</exception>
    void CheckTarget();

    /// <summary>Makes the output and reads it back.</summary>
    /// <param name="feed">All chunks.</param>
    /// <param name="temporary">Temporary path next to the output; removed when anything fails.</param>
    /// <returns>Its defect; null when there is none.</returns>
    string? Make(ConcatPass feed, string temporary);

    /// <summary>Publishes the output under its name; nothing remains of <paramref name="temporary"/>.</summary>
    /// <returns>Its size in bytes.</returns>
    long Publish(string temporary);
}
