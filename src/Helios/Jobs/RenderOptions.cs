using System;
using Helios.Jobs.Document;

namespace Helios.Jobs;

/// <summary>
/// What decides the pixels and the encode, written out with its defaults so that a spec means the same in a later
/// version. <see cref="RenderRules"/> says which values go together.
/// </summary>
internal sealed record RenderOptions
{
    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>The rate as a number for readers, rounded to six decimals; <see cref="FrameRate"/> is exact.</summary>
    public required decimal Fps { get; init; }

    /// <summary>Exact rate, <c>numerator/denominator</c> in lowest terms.</summary>
    public required string FrameRate { get; init; }

    /// <summary>Seconds, as asked for; duration · frameRate, rounded up, is the job's totalFrames.</summary>
    public required decimal Duration { get; init; }

    /// <summary>First frame of the job on the composition's timeline.</summary>
    public required long StartFrame { get; init; }

    /// <summary><c>dom</c>: the viewport; <c>canvas</c>: one canvas element.</summary>
    public required string Mode { get; init; }

    /// <summary>CSS selector of the canvas element in canvas mode; null means the first one.</summary>
    public string? Selector { get; init; }

    /// <summary>How pixels are taken: <c>screenshot</c>, <c>paint</c> or <c>canvas</c>; the ways differ in single pixels.</summary>
    public required string Capture { get; init; }

    public required string VideoCodec { get; init; }

    /// <summary>
    /// Constant quality on the codec's own scale, 0 is best; 0 where the codec has no scale. Not nullable: the fast path
    /// would hand a nullable number to JsonSerializer and link all of it.
    /// </summary>
    public required int Quality { get; init; }

    /// <summary>Speed preset or profile of the encoder; null where the codec has none.</summary>
    public string? Preset { get; init; }

    public required string PixelFormat { get; init; }

    public required string AudioCodec { get; init; }

    /// <summary>Sound files that the merge mixes; what the page itself plays is found while it is rendered.</summary>
    public AudioTrack[] Audio { get; init; } = [];

    /// <summary>Seed of the page's random numbers, 0..2^32-1.</summary>
    public required uint Seed { get; init; }

    /// <summary>
    /// The page's props, one JSON object as compact UTF-8 text. Written as a member by <see cref="JobJson"/>, which
    /// keeps the serializer's fast path free of arbitrary JSON.
    /// </summary>
    internal ReadOnlyMemory<byte> Props { get; init; } = JobJson.EmptyObject;
}
