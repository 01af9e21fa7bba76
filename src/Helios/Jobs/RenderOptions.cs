using System;
using Helios.Jobs.Audio;
using Helios.Jobs.Document;
using Helios.Jobs.Encode;

namespace Helios.Jobs;

/// <summary>
/// Everything that decides the pixels and the encode, with all defaults, so that a spec means the same in a later version.
/// <see cref="RenderRules"/> checks which values are compatible.
/// </summary>
internal sealed record RenderOptions
{
    /// <summary>Of the page, in CSS pixels.</summary>
    public required int Width { get; init; }

    /// <inheritdoc cref="Width"/>
    public required int Height { get; init; }

    /// <summary>Pixels of a frame for each CSS pixel: the page's <c>devicePixelRatio</c>. Not in specs of earlier versions.</summary>
    public decimal Scale { get; init; } = 1;

    public required FrameRate FrameRate { get; init; }

    /// <summary>Rate of the page's animation frames; null: that of the video.</summary>
    public FrameRate? PageRate { get; init; }

    /// <summary>As requested; duration · rate, rounded up, is the job's totalFrames.</summary>
    public required Duration Duration { get; init; }

    /// <summary>First frame of the job on the composition's timeline.</summary>
    public required long StartFrame { get; init; }

    public required RenderMode Mode { get; init; }

    /// <summary>CSS selector of the canvas element in <see cref="RenderMode.Canvas"/>; null means the first one.</summary>
    public string? Selector { get; init; }

    public required CaptureMode Capture { get; init; }

    /// <summary>
    /// Another way for a page that refuses <see cref="Capture"/> while it is rendered, because that was chosen by trying the page on a few
    /// frames; null where it was typed.
    /// </summary>
    public CaptureMode? CaptureFallback { get; init; }

    /// <summary>Not in specs of earlier versions, which replayed.</summary>
    public History History { get; init; } = History.Replay;

    /// <summary>Not in specs of earlier versions.</summary>
    public ProcessorUse Processor { get; init; } = ProcessorUse.Any;

    public required VideoCodec VideoCodec { get; init; }

    /// <summary>Constant quality on the codec's own scale, 0 is best; 0 where the codec has no scale.</summary>
    public required int Quality { get; init; }

    /// <summary>Bit rates; a bit rate takes the place of the quality, which is then 0.</summary>
    public RateControl Rate { get; init; } = RateControl.None;

    /// <summary>One of the codec's presets; null where it has none.</summary>
    public string? Preset { get; init; }

    /// <summary>Options for the encoder itself.</summary>
    public EncoderOptions EncoderOptions { get; init; } = EncoderOptions.None;

    public required PixelFormat PixelFormat { get; init; }

    /// <summary>Of images that lose something, 1 to 100, the best; null where the output is none.</summary>
    public int? ImageQuality { get; init; }

    public required AudioCodec AudioCodec { get; init; }

    /// <summary>Audio files that the merge mixes; media that the page itself plays is found during rendering.</summary>
    public AudioTrack[] Audio { get; init; } = [];

    /// <summary>What the final video says of itself.</summary>
    public FileMetadata Metadata { get; init; } = FileMetadata.None;

    /// <summary>Fonts for every worker; null when only those of its machine are used.</summary>
    public FontFolder? Fonts { get; init; }

    /// <summary>Whether text that is drawn in another font than it names first ends the render.</summary>
    public bool HasStrictFonts { get; init; }

    /// <summary>Addresses that the page does without.</summary>
    public BlockList Block { get; init; } = BlockList.None;

    /// <summary>Pixels in a row of a frame; whole, which <see cref="RenderRules"/> checks.</summary>
    internal int PixelWidth => (int)(Width * Scale);

    /// <summary>Pixels in a column of a frame.</summary>
    internal int PixelHeight => (int)(Height * Scale);

    /// <summary>Whether the quality asks for every bit.</summary>
    internal bool HasLosslessQuality => VideoCodec.HasQuality && Quality == 0 && Rate.Bitrate is null;

    /// <summary>Seed of the page's random numbers.</summary>
    public required uint Seed { get; init; }

    /// <summary>The page's props, one JSON object as compact UTF-8 text.</summary>
    internal ReadOnlyMemory<byte> Props { get; init; } = JobJson.EmptyObject;
}
