using System.Globalization;

namespace Helios.Jobs.Encode;

/// <summary>
/// Codecs whose encoder is a device, by ffmpeg's names for them. Every group of pictures begins with an IDR frame, and no frame is
/// reordered, so that chunks join exactly. The bytes are those of the device and its driver (docs/encode.md). Names and options are
/// those of ffmpeg 5.1.
/// </summary>
internal static class HardwareCodecs
{
    private const string Nvidia =
        "an NVIDIA GPU with its driver (libcuda.so.1 and libnvidia-encode.so.1; in a container, the capability \"video\")";
    private const string Dri = " and access to /dev/dri";
    private const string VaApi = "a GPU with a VA-API driver" + Dri;
    private const string Intel = "an Intel GPU with its media driver" + Dri;
    private const string Apple = "a Mac whose media engine encodes it";
    private static readonly string[] s_noReordering = ["-bf", "0"];

    /// <param name="h264">The codec whose files these are, too.</param>
    /// <param name="h265">Likewise.</param>
    internal static VideoCodec[] Make(VideoCodec h264, VideoCodec h265) =>
    [
        Nvenc("h264_nvenc", h264), Nvenc("hevc_nvenc", h265), Vaapi("h264_vaapi", h264), Vaapi("hevc_vaapi", h265),
        Qsv("h264_qsv", h264), Qsv("hevc_qsv", h265), VideoToolbox("h264_videotoolbox", h264), VideoToolbox("hevc_videotoolbox", h265),
    ];

    private static VideoCodec Nvenc(string name, VideoCodec like) => new(name)
    {
        Encoder = name,
        Device = new(Nvidia),
        Containers = like.Containers,
        PixelFormats = [PixelFormat.Yuv420p, PixelFormat.Yuv444p],
        Presets = ["p1", "p2", "p3", "p4", "p5", "p6", "p7"],
        DefaultPreset = "p4",
        BestQuality = 1,
        WorstQuality = 51,
        DefaultQuality = 20,
        UsualBits = 0.16,
        UsualBitsQuality = 20,
        QualityThatHalvesBits = 6,
        HasBitrate = true,
        SampleEntries = like.SampleEntries,
        MatroskaIds = like.MatroskaIds,
        MovieArguments = like.MovieArguments,
        Arguments = static options =>
        [
            "-preset", options.Preset!, .. Rate(options, ["-rc", "vbr"], ["-rc", "constqp", "-qp"]), .. s_noReordering,
            "-rc-lookahead", "0", "-forced-idr", "1",
        ],
    };

    private static VideoCodec Vaapi(string name, VideoCodec like) => new(name)
    {
        Encoder = name,
        Device = new(VaApi, ["-init_hw_device", "vaapi=gpu", "-filter_hw_device", "gpu"], "format=nv12,hwupload", "vaapi"),
        Containers = like.Containers,
        PixelFormats = [PixelFormat.Yuv420p],
        BestQuality = 1,
        WorstQuality = 51,
        DefaultQuality = 20,
        UsualBits = 0.16,
        UsualBitsQuality = 20,
        QualityThatHalvesBits = 6,
        HasBitrate = true,
        SampleEntries = like.SampleEntries,
        MatroskaIds = like.MatroskaIds,
        MovieArguments = like.MovieArguments,
        Arguments = static options =>
            [.. Rate(options, ["-rc_mode", "VBR"], ["-rc_mode", "CQP", "-qp"]), .. s_noReordering, "-idr_interval", "0"],
    };

    private static VideoCodec Qsv(string name, VideoCodec like) => new(name)
    {
        Encoder = name,
        Device = new(Intel, inputFormat: "nv12"),
        Containers = like.Containers,
        PixelFormats = [PixelFormat.Yuv420p],
        Presets = ["veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"],
        DefaultPreset = "medium",
        BestQuality = 1,
        WorstQuality = 51,
        DefaultQuality = 20,
        UsualBits = 0.16,
        UsualBitsQuality = 20,
        QualityThatHalvesBits = 6,
        HasBitrate = true,
        SampleEntries = like.SampleEntries,
        MatroskaIds = like.MatroskaIds,
        MovieArguments = like.MovieArguments,
        Arguments = static options =>
            ["-preset", options.Preset!, .. Rate(options, [], ["-global_quality"]), .. s_noReordering, "-idr_interval", "0"],
    };

    private static VideoCodec VideoToolbox(string name, VideoCodec like) => new(name)
    {
        Encoder = name,
        Device = new(Apple),
        Containers = like.Containers,
        PixelFormats = [PixelFormat.Yuv420p],
        BestQuality = 1,
        WorstQuality = 63,
        DefaultQuality = 35,
        UsualBits = 0.16,
        UsualBitsQuality = 35,
        QualityThatHalvesBits = 15,
        HasBitrate = true,
        SampleEntries = like.SampleEntries,
        MatroskaIds = like.MatroskaIds,
        MovieArguments = like.MovieArguments,
        Arguments = static options =>
        [
            // its own scale has its best at 100
            .. options.Rate.Bitrate is null ? (string[])["-q:v", Number(100 - options.Quality)] : Rate(options, [], []), .. s_noReordering,
            "-allow_sw", "0",
        ],
    };

    /// <param name="options">The job's options.</param>
    /// <param name="average">Words before an average bit rate.</param>
    /// <param name="constant">Words before a constant quality.</param>
    private static string[] Rate(RenderOptions options, string[] average, string[] constant) => options.Rate.Bitrate is int bits
        ? [.. average, "-b:v", Number(bits)]
        : [.. constant, Number(options.Quality)];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
