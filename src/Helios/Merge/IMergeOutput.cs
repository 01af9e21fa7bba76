namespace Helios.Merge;

/// <summary>A kind of result that chunks are made into. <see cref="ChunkMerger"/> calls its methods once, in this order.</summary>
internal interface IMergeOutput
{
    /// <exception cref="HeliosException">73: what has the output's name must not be replaced.</exception>
    void CheckTarget();

    /// <summary>Makes it and reads it again.</summary>
    /// <param name="feed">All chunks.</param>
    /// <param name="temporary">Where to make it, beside the output; whatever is there is removed when anything fails.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    string? Make(ChunkFeed feed, string temporary);

    /// <summary>Gives it its name; nothing is left of <paramref name="temporary"/>.</summary>
    /// <returns>Its size in bytes.</returns>
    long Publish(string temporary);
}
