using System;

namespace Helios.Jobs;

/// <summary>
/// What helios knows of each video codec: containers, pixel formats, quality scale, presets. The numbers are those
/// of ffmpeg's libx264, libx265, libvpx-vp9, libsvtav1, prores_ks and ffv1 (checked with ffmpeg 5.1).
/// </summary>
internal sealed record VideoCodec
{
    private static readonly string[] s_x264Presets =
        ["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"];

    private static readonly string[] s_rgb = ["bgr0", "bgra"];

    private static readonly VideoCodec[] s_all =
    [
        new()
        {
            Name = "h264", Containers = ["mp4", "mov", "mkv"], ChunkExtension = "mov",
            PixelFormats = ["yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p10le"],
            Presets = s_x264Presets, DefaultPreset = "veryfast",
            WorstQuality = 51, DefaultQuality = 18,
        },
        new()
        {
            Name = "h265", Containers = ["mp4", "mov", "mkv"], ChunkExtension = "mov",
            PixelFormats = ["yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p10le"],
            Presets = s_x264Presets, DefaultPreset = "veryfast",
            WorstQuality = 51, DefaultQuality = 20,
        },
        new()
        {
            // mov holds neither vp9 nor av1, so their chunks are mp4
            Name = "vp9", Containers = ["webm", "mp4", "mkv"], ChunkExtension = "mp4",
            PixelFormats = ["yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p10le"], // no yuva420p: its alpha is lost in mp4 chunks
            Presets = ["0", "1", "2", "3", "4", "5", "6", "7", "8"], DefaultPreset = "4",
            WorstQuality = 63, DefaultQuality = 24,
        },
        new()
        {
            Name = "av1", Containers = ["webm", "mp4", "mkv"], ChunkExtension = "mp4",
            PixelFormats = ["yuv420p", "yuv420p10le"],
            Presets = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"], DefaultPreset = "8",
            WorstQuality = 63, DefaultQuality = 26,
        },
        new()
        {
            Name = "prores", Containers = ["mov", "mkv"], ChunkExtension = "mov",
            PixelFormats = ["yuv422p10le", "yuv444p10le", "yuva444p10le"],
            Presets = ["proxy", "lt", "standard", "hq", "4444", "4444xq"], DefaultPreset = "hq",
        },
        new()
        {
            Name = "ffv1", Containers = ["mkv", "mov", Container.Gif, Container.Png], // pictures are made of chunks that have lost nothing
            ChunkExtension = "mov",
            PixelFormats = ["yuv420p", "yuv422p", "yuv444p", "yuva420p", "yuva444p", "bgr0", "bgra", "yuv420p10le", "yuv422p10le", "yuv444p10le"],
            Presets = [], DefaultPreset = null,
        },
    ];

    internal static ReadOnlySpan<VideoCodec> All => s_all;

    internal required string Name { get; init; }

    /// <summary>Containers of the final video that can hold the codec, the usual one first.</summary>
    internal required string[] Containers { get; init; }

    /// <summary>Extension of chunk files: mov unless it cannot hold the codec exactly.</summary>
    internal required string ChunkExtension { get; init; }

    /// <summary>Pixel formats that the encoder takes, the default first.</summary>
    internal required string[] PixelFormats { get; init; }

    /// <summary>Speed presets or profiles, empty where the codec has none.</summary>
    internal required string[] Presets { get; init; }

    internal required string? DefaultPreset { get; init; }

    /// <summary>The far end of the constant-quality scale, which begins at 0, the best; 0 where the codec has none.</summary>
    internal int WorstQuality { get; init; }

    /// <summary>Visually lossless.</summary>
    internal int DefaultQuality { get; init; }

    internal static string[] Names => Array.ConvertAll(s_all, static codec => codec.Name);

    internal static VideoCodec? Find(string name) => Array.Find(s_all, codec => codec.Name == name);

    /// <summary>The codec that a final video of this container gets unless another is asked for; null for an unknown container.</summary>
    internal static VideoCodec? DefaultFor(string container) => container switch
    {
        "mp4" or "mov" or "mkv" => Find("h264"),
        "webm" => Find("vp9"),
        Container.Gif or Container.Png => Find("ffv1"),
        _ => null,
    };

    /// <summary>The pixel format that a final video of this container gets unless another is asked for.</summary>
    internal string DefaultPixelFormat(string container) => Container.IsOfPictures(container) ? s_rgb[0] : PixelFormats[0];

    /// <summary>Pixel formats of the codec in a container.</summary>
    internal string[] PixelFormatsIn(string container) => Container.IsOfPictures(container) ? s_rgb : PixelFormats;
}
