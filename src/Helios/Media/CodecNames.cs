using System;
using Helios.Jobs;

namespace Helios.Media;

/// <summary>What files call the codecs.</summary>
internal static class CodecNames
{
    internal static string Of(RenderOptions options, string container) => container switch
    {
        "mp4" or "mov" => OfMovie(options),
        Container.Gif => GifFile.Name,
        _ => OfMatroska(options),
    };

    /// <summary>Code of four characters in mp4 and mov, <see href="https://mp4ra.org/registered-types/sampleentries"/>.</summary>
    internal static string OfMovie(RenderOptions options) => options.VideoCodec switch
    {
        "h264" => "avc1",
        "h265" => "hvc1",
        "vp9" => "vp09",
        "av1" => "av01",
        "ffv1" => "FFV1",
        "prores" => options.Preset switch { "proxy" => "apco", "lt" => "apcs", "standard" => "apcn", "4444" => "ap4h", "4444xq" => "ap4x", _ => "apch" },
        _ => throw new ArgumentException("not a video codec", nameof(options)),
    };

    /// <summary>ffv1 where it is not wrapped.</summary>
    internal const string Ffv1 = "V_FFV1";

    /// <summary>Name in mkv and webm, <see href="https://www.matroska.org/technical/codec_specs.html"/>.</summary>
    internal static string OfMatroska(RenderOptions options) => options.VideoCodec switch
    {
        "h264" => "V_MPEG4/ISO/AVC",
        "h265" => "V_MPEGH/ISO/HEVC",
        "vp9" => "V_VP9",
        "av1" => "V_AV1",
        "ffv1" => "V_MS/VFW/FOURCC", // ffmpeg 5.1 wraps it, later ones need not
        "prores" => "V_PRORES",
        _ => throw new ArgumentException("not a video codec", nameof(options)),
    };
}
