using Helios.Jobs;

namespace Helios.Media;

/// <summary>Properties of one track of a file, read from its tables without decoding.</summary>
internal sealed record TrackFacts
{
    /// <summary><c>vide</c>, <c>soun</c> or another code in the file.</summary>
    internal required string Kind { get; init; }

    /// <summary>Code of four characters in mp4 and mov (<c>avc1</c>), name in Matroska (<c>V_MPEG4/ISO/AVC</c>).</summary>
    internal required string Codec { get; init; }

    /// <summary>Digest of the decoder's settings: tracks can be concatenated only if these are equal. Empty where it is not read.</summary>
    internal string Settings { get; init; } = "";

    internal int Width { get; init; }

    internal int Height { get; init; }

    /// <summary>Units per second of the times below.</summary>
    internal required long TimeScale { get; init; }

    /// <summary>Number of frames, or of audio packets.</summary>
    internal required long Count { get; init; }

    /// <summary>Frames with alpha in their block, of a Matroska track that declares it.</summary>
    internal long AlphaCount { get; init; }

    /// <summary>Total bytes of them.</summary>
    internal long Bytes { get; init; }

    /// <summary>
    /// Duration of the presentation, without everything that decoders drop at the start and the
    /// end. Exact to a packet in Matroska, which counts in milliseconds.
    /// </summary>
    internal required long Duration { get; init; }

    /// <summary>Time of the first packet as stored in the file: 0 where nothing was shifted.</summary>
    internal long Start { get; init; }

    /// <summary>Largest error of <see cref="Duration"/>, since the file is not exact.</summary>
    internal long Tolerance { get; init; }

    /// <summary>Explains why frames are not at 0, 1, 2 …; null when they are, and for audio.</summary>
    internal string? TimingFault { get; init; }
}
