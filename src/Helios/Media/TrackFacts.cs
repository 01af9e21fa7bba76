using Helios.Jobs;

namespace Helios.Media;

/// <summary>What a file says of one of its tracks, read from its tables without decoding anything.</summary>
internal sealed record TrackFacts
{
    /// <summary><c>vide</c>, <c>soun</c> or what else the file calls it.</summary>
    internal required string Kind { get; init; }

    /// <summary>Code of four characters in mp4 and mov (<c>avc1</c>), name in Matroska (<c>V_MPEG4/ISO/AVC</c>).</summary>
    internal required string Codec { get; init; }

    /// <summary>Digest of the decoder's settings: tracks join without a seam only if they are equal. Empty where it is not read.</summary>
    internal string Settings { get; init; } = "";

    internal int Width { get; init; }

    internal int Height { get; init; }

    /// <summary>Units a second of the times below.</summary>
    internal required long TimeScale { get; init; }

    /// <summary>Pictures, or packets of sound.</summary>
    internal required long Count { get; init; }

    /// <summary>Bytes of all of them; 0 in Matroska, where nobody needs it.</summary>
    internal long Bytes { get; init; }

    /// <summary>
    /// Length of what is presented, after everything that decoders drop at the start and the end. Within a packet in
    /// Matroska, which counts in milliseconds.
    /// </summary>
    internal required long Duration { get; init; }

    /// <summary>When the first packet comes, as the file says it: 0 where nothing was moved.</summary>
    internal long Start { get; init; }

    /// <summary>Longest time by which <see cref="Duration"/> may be off, since the file is not exact.</summary>
    internal long Tolerance { get; init; }

    /// <summary>Why pictures are not at 0, 1, 2 … frames; null when they are, and for sound.</summary>
    internal string? TimingFault { get; init; }
}
