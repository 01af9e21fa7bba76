using System.Collections.Generic;

namespace Helios.Run.Checks;

/// <summary>A chunk whose border frames were rendered again.</summary>
/// <param name="id">Its id.</param>
internal sealed class VerifiedChunk(int id)
{
    internal int Id => id;

    internal List<VerifiedFrame> Frames { get; } = [];

    /// <summary>How this machine differs from the one that rendered it; null where all frames are the same.</summary>
    internal string? Difference { get; set; }
}

/// <summary>A frame that was rendered again.</summary>
/// <param name="number">On the composition's timeline.</param>
/// <param name="expected">Digest by the receipt.</param>
/// <param name="found">Digest here.</param>
internal sealed class VerifiedFrame(long number, string expected, string found)
{
    internal long Number => number;

    internal string Expected => expected;

    internal string Found => found;

    internal bool IsSame => expected == found;
}
