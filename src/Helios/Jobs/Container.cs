using System;
using System.IO;
using Helios.Jobs.Audio;
using Helios.Jobs.Document;

namespace Helios.Jobs;

/// <summary>All properties of each file format of the final video; the extension of the output selects the format.</summary>
/// <remarks>Its name is the extension, without the dot.</remarks>
internal sealed class Container : NamedValue
{
    internal static readonly Container Mp4 = new("mp4", AudioCodec.Aac, AudioCodec.None) { IsMovie = true };
    internal static readonly Container Mov = new("mov", AudioCodec.Aac, AudioCodec.Pcm, AudioCodec.None) { IsMovie = true };

    // no aac: here ffmpeg cannot mark its first 1024 samples as encoder delay
    internal static readonly Container Mkv =
        new("mkv", AudioCodec.Opus, AudioCodec.Flac, AudioCodec.Pcm, AudioCodec.None) { Muxer = "matroska" };

    internal static readonly Container Webm = new("webm", AudioCodec.Opus, AudioCodec.None);
    internal static readonly Container Gif = new("gif", AudioCodec.None) { IsOfImages = true };

    /// <summary>A sequence of files (<see cref="FrameNames"/>).</summary>
    internal static readonly Container Png = new("png", AudioCodec.None) { IsOfImages = true, ImageEncoder = "png" };
    internal static readonly Container Jpg = new("jpg", AudioCodec.None)
    {
        IsOfImages = true,
        ImageEncoder = "mjpeg",
        OtherExtension = "jpeg",
        HasImageQuality = true,
        HasAlpha = false,
    };

    internal static readonly Container Webp = new("webp", AudioCodec.None)
    {
        IsOfImages = true,
        ImageEncoder = "libwebp",
        HasImageQuality = true,
    };

    internal static readonly Container Avif = new("avif", AudioCodec.None)
    {
        IsOfImages = true,
        ImageEncoder = "libaom-av1",
        HasImageQuality = true,
        HasAlpha = false, // it would be a second image in the file; ffmpeg 5.1 writes only one
    };

    internal static readonly Container[] All = [Mp4, Mov, Mkv, Webm, Gif, Png, Jpg, Webp, Avif];

    private Container(string name, params AudioCodec[] audioCodecs) : base(name) => (Muxer, AudioCodecs) = (name, audioCodecs);

    /// <summary>ffmpeg's name.</summary>
    internal string Muxer { get; private init; }

    /// <summary>The audio codecs that it can hold, the default first.</summary>
    internal AudioCodec[] AudioCodecs { get; }

    /// <summary>Whether it consists of QuickTime atoms; the others are Matroska or images.</summary>
    internal bool IsMovie { get; private init; }

    /// <summary>Whether it holds images for display, RGB without audio, which are decoded from the chunks.</summary>
    internal bool IsOfImages { get; private init; }

    /// <summary>ffmpeg's encoder of an image sequence; null for one file.</summary>
    internal string? ImageEncoder { get; private init; }

    internal bool IsSequence => ImageEncoder is not null;

    /// <summary>Whether the images lose something, and how much is an option.</summary>
    internal bool HasImageQuality { get; private init; }

    /// <summary>Whether images can be translucent.</summary>
    internal bool HasAlpha { get; private init; } = true;

    private string? OtherExtension { get; init; }

    /// <summary>
    /// Container of a path, <see cref="Mp4"/> for <c>Intro.MP4</c>; null when no container has the extension, or when the
    /// path of a sequence has no placeholder for the frame number.
    /// </summary>
    internal static Container? Of(string path)
    {
        foreach (Container container in All)
            if (container.IsExtensionOf(path)) return !container.IsSequence || FrameNames.TryParse(path, out _) ? container : null;
        return null;
    }

    internal bool IsExtensionOf(string path)
    {
        var extension = Path.GetExtension(path.AsSpan());
        return extension.Length > 1 && (extension[1..].Equals(Name, StringComparison.OrdinalIgnoreCase)
            || extension[1..].Equals(OtherExtension, StringComparison.OrdinalIgnoreCase));
    }
}
