using System;
using System.Globalization;
using Helios.Jobs.Document;

namespace Helios.Jobs.Encode;

/// <summary>
/// All properties of each video codec: containers, pixel formats, quality scale, presets, the encoder's command line and its
/// names in files. Numbers and options are those of ffmpeg's libx264, libx265, libvpx-vp9, libsvtav1, prores_ks and ffv1
/// (checked with ffmpeg 5.1). A new codec is an entry here; docs/architecture.md has the recipe.
/// </summary>
internal sealed class VideoCodec : NamedValue
{
    private const string Threads = "4"; // decisions of x264 and vp9 depend on their number, so it is never the machine's

    private static readonly string[] s_x264Presets =
        ["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"];

    private static readonly PixelFormat[] s_usualFormats =
    [
        PixelFormat.Yuv420p, PixelFormat.Yuv422p, PixelFormat.Yuv444p,
        PixelFormat.Yuv420p10, PixelFormat.Yuv422p10, PixelFormat.Yuv444p10,
    ];

    private static readonly PixelFormat[] s_rgb = [PixelFormat.Bgr0, PixelFormat.Bgra];

    internal static readonly VideoCodec H264 = new("h264")
    {
        Encoder = "libx264",
        Containers = [Container.Mp4, Container.Mov, Container.Mkv],
        PixelFormats = s_usualFormats,
        Presets = s_x264Presets,
        DefaultPreset = "veryfast",
        WorstQuality = 51,
        DefaultQuality = 18,
        UsualBits = 0.12,
        UsualBitsQuality = 18,
        QualityThatHalvesBits = 6,
        HasBitrate = true,
        HasMaxBitrate = true,
        EncoderOptions = EncoderOptionTable.X264,
        SampleEntries = ["avc1"],
        MatroskaIds = ["V_MPEG4/ISO/AVC"],
        Arguments = static options =>
        [
            "-preset", options.Preset!, .. Rate(options, options.Quality == 0 ? "-qp" : "-crf"),
            // with a buffer, its frame threads look at each other's sizes as they grow: every run gave other bytes
            "-threads", options.Rate.MaxBitrate is null ? Threads : "1",
            .. options.Rate.MaxBitrate is null ? (string[])[] : ["-rc_init_occupancy", Number(options.Rate.EncoderBuffer / 2)],
            .. options.EncoderOptions.ToWords(hasParameters: true),
            // without a lookahead thread: the same bytes in the same time, with 30 MB less
            "-x264-params", "sync-lookahead=0" + options.EncoderOptions.ToParameters(),
        ],
    };

    internal static readonly VideoCodec H265 = new("h265")
    {
        Encoder = "libx265",
        Containers = [Container.Mp4, Container.Mov, Container.Mkv],
        PixelFormats = s_usualFormats,
        Presets = s_x264Presets,
        DefaultPreset = "veryfast",
        WorstQuality = 51,
        DefaultQuality = 20,
        UsualBits = 0.12,
        UsualBitsQuality = 18,
        QualityThatHalvesBits = 6,
        HasBitrate = true,
        HasMaxBitrate = true,
        EncoderOptions = EncoderOptionTable.X265,
        SampleEntries = ["hvc1"],
        MatroskaIds = ["V_MPEGH/ISO/HEVC"],
        MovieArguments = ["-tag:v", "hvc1"], // the variant that QuickTime plays
        Arguments = static options =>
        [
            "-preset", options.Preset!, .. Rate(options, "-crf"), .. options.EncoderOptions.ToWords(hasParameters: true),
            // info: contains the name of the processor; const-vbv and one thread for frames: otherwise every run gives other bytes
            "-x265-params", $"log-level=error:frame-threads={(options.Rate.MaxBitrate is null ? 2 : 1)}:open-gop=0:info=0"
                + (options.HasLosslessQuality ? ":lossless=1" : "")
                + (options.Rate.MaxBitrate is null ? "" : ":const-vbv=1:vbv-init=0.5")
                + options.EncoderOptions.ToParameters(),
        ],
    };

    internal static readonly VideoCodec Vp9 = new("vp9")
    {
        // mov holds neither vp9 nor av1, so their chunks are mp4
        Encoder = "libvpx-vp9",
        Containers = [Container.Webm, Container.Mp4, Container.Mkv],
        ChunkContainer = Container.Mp4,
        PixelFormats = [.. s_usualFormats, PixelFormat.Yuva420p],
        HasAlphaInBlocks = true,
        Presets = ["0", "1", "2", "3", "4", "5", "6", "7", "8"],
        DefaultPreset = "4",
        WorstQuality = 63,
        DefaultQuality = 24,
        UsualBits = 0.08,
        UsualBitsQuality = 24,
        QualityThatHalvesBits = 10,
        HasBitrate = true,
        EncoderOptions = EncoderOptionTable.Vpx,
        SampleEntries = ["vp09"],
        MatroskaIds = ["V_VP9"],
        Arguments = static options =>
        [
            "-deadline", "good", "-cpu-used", options.Preset!,
            .. Rate(options, "-crf"), .. options.Rate.Bitrate is null ? (string[])["-b:v", "0"] : [],
            "-row-mt", "1", "-threads", Threads,
            .. options.HasLosslessQuality ? (string[])["-lossless", "1"] : [],
            .. options.EncoderOptions.ToWords(hasParameters: false),
        ],
    };

    internal static readonly VideoCodec Av1 = new("av1")
    {
        Encoder = "libsvtav1",
        Containers = [Container.Webm, Container.Mp4, Container.Mkv],
        ChunkContainer = Container.Mp4,
        PixelFormats = [PixelFormat.Yuv420p, PixelFormat.Yuv420p10],
        Presets = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"],
        DefaultPreset = "8",
        WorstQuality = 63,
        DefaultQuality = 26,
        UsualBits = 0.08,
        UsualBitsQuality = 24,
        QualityThatHalvesBits = 10,
        SampleEntries = ["av01"],
        MatroskaIds = ["V_AV1"],
        EncoderOptions = EncoderOptionTable.SvtAv1,
        Arguments = static options =>
        [
            "-preset", options.Preset!, "-crf", Number(options.Quality),
            .. options.EncoderOptions.All.Count == 0 ? (string[])[]
                // it ignores what it does not know unless it is to explode
                : ["-err_detect", "explode", "-svtav1-params", options.EncoderOptions.ToParameters(hasWords: false).TrimStart(':')],
        ],
    };

    internal static readonly VideoCodec ProRes = new("prores")
    {
        Encoder = "prores_ks",
        Containers = [Container.Mov, Container.Mkv],
        IsIntraOnly = true,
        PixelFormats = [PixelFormat.Yuv422p10, PixelFormat.Yuv444p10, PixelFormat.Yuva444p10],
        Presets = ["proxy", "lt", "standard", "hq", "4444", "4444xq"],
        DefaultPreset = "hq",
        FullChromaPresets = ["4444", "4444xq"],
        UsualBits = 3.5,
        EncoderOptions = EncoderOptionTable.ProRes,
        SampleEntries = ["apco", "apcs", "apcn", "apch", "ap4h", "ap4x"],
        MatroskaIds = ["V_PRORES"],
        Arguments = static options =>
        [
            "-profile:v", options.Preset!,
            "-bsf:v", "prores_metadata=color_primaries=bt709:color_trc=bt709:colorspace=bt709", // it ignores the usual tags
            .. options.PixelFormat.HasAlpha ? (string[])["-alpha_bits", "16"] : [],
            .. options.EncoderOptions.ToWords(hasParameters: false),
        ],
    };

    internal static readonly VideoCodec Ffv1 = new("ffv1")
    {
        Encoder = "ffv1",
        IsIntraOnly = true,
        Containers =
        [
            Container.Mkv, Container.Mov, Container.Gif,
            Container.Png, Container.Jpg, Container.Webp, Container.Avif, // images are decoded from lossless chunks
        ],
        PixelFormats =
        [
            PixelFormat.Yuv420p, PixelFormat.Yuv422p, PixelFormat.Yuv444p, PixelFormat.Yuva420p, PixelFormat.Yuva444p,
            PixelFormat.Bgr0, PixelFormat.Bgra, PixelFormat.Yuv420p10, PixelFormat.Yuv422p10, PixelFormat.Yuv444p10,
        ],
        SampleEntries = ["FFV1"],
        MatroskaIds = ["V_MS/VFW/FOURCC", "V_FFV1"], // ffmpeg 5.1 wraps it, later versions need not
        EncoderOptions = EncoderOptionTable.Ffv1,
        Arguments = static options =>
        [
            "-level", "3", "-g", "1", "-slices", options is { PixelWidth: > 1, PixelHeight: > 1 } ? "4" : "1", "-slicecrc", "1",
            .. options.EncoderOptions.ToWords(hasParameters: false),
        ],
    };

    internal static readonly VideoCodec[] All = [H264, H265, Vp9, Av1, ProRes, Ffv1, .. HardwareCodecs.Make(H264, H265)];

    internal static readonly string[] Names = NamesOf(All);

    internal VideoCodec(string name) : base(name)
    {
    }

    /// <summary>ffmpeg's name of the encoder.</summary>
    internal required string Encoder { get; init; }

    /// <summary>The device that the encoder is; null where it is a program.</summary>
    internal EncodeDevice? Device { get; init; }

    /// <summary>Options of the encoder, after its name.</summary>
    internal required Func<RenderOptions, string[]> Arguments { get; init; }

    /// <summary>Options that <see cref="Encode.EncoderOptions"/> passes on (<see cref="EncoderOptionTable"/>).</summary>
    internal string EncoderOptions { get; init; } = "";

    /// <summary>Additional options for mp4 and mov files.</summary>
    internal string[] MovieArguments { get; init; } = [];

    /// <summary>Containers of the final video that can hold the codec, the usual one first.</summary>
    internal required Container[] Containers { get; init; }

    /// <summary>Container of chunk files: mov unless it cannot hold the codec exactly.</summary>
    internal Container ChunkContainer { get; init; } = Container.Mov;

    /// <summary>Whether alpha is a second stream in the blocks of Matroska, which mp4 cannot hold.</summary>
    internal bool HasAlphaInBlocks { get; private init; }

    internal Container ChunkContainerFor(PixelFormat format) => IsAlphaInBlocks(format) ? Container.Webm : ChunkContainer;

    internal bool IsAlphaInBlocks(PixelFormat format) => HasAlphaInBlocks && format.HasAlpha;

    /// <summary>Pixel formats that the encoder accepts, the default first.</summary>
    internal required PixelFormat[] PixelFormats { get; init; }

    /// <summary>Speed presets or profiles, empty where the codec has none.</summary>
    internal string[] Presets { get; init; } = [];

    internal string? DefaultPreset { get; init; }

    /// <summary>Presets that accept <see cref="Chroma.Full"/>, where the others do not; ffmpeg would change the preset silently.</summary>
    internal string[] FullChromaPresets { get; init; } = [];

    /// <summary>The best value of the constant-quality scale: 0 keeps every bit.</summary>
    internal int BestQuality { get; init; }

    /// <summary>The worst value of the constant-quality scale; 0 where the codec has none.</summary>
    internal int WorstQuality { get; init; }

    /// <summary>Visually lossless.</summary>
    internal int DefaultQuality { get; init; }

    internal bool HasQuality => WorstQuality > 0;

    /// <summary>Whether the encoder can aim at an average bit rate.</summary>
    internal bool HasBitrate { get; init; }

    /// <summary>Whether the encoder holds a maximum bit rate with a buffer, frame by frame.</summary>
    internal bool HasMaxBitrate { get; init; }

    /// <summary>Whether every frame is a key frame.</summary>
    internal bool IsIntraOnly { get; init; }

    /// <summary>
    /// Codes of four characters in mp4 and mov, one for all presets or one for each,
    /// <see href="https://mp4ra.org/registered-types/sampleentries"/>.
    /// </summary>
    internal required string[] SampleEntries { get; init; }

    /// <summary>
    /// Names in mkv and webm, the expected one first,
    /// <see href="https://www.matroska.org/technical/codec_specs.html"/>.
    /// </summary>
    internal required string[] MatroskaIds { get; init; }

    /// <summary>Typical bits per encoded pixel of an animated page at 1080p (measured on the examples); 0 for a lossless codec.</summary>
    internal double UsualBits { get; init; }

    /// <summary>The quality at which they were measured.</summary>
    internal int UsualBitsQuality { get; init; }

    /// <summary>Increase of the quality value that halves them; 0 where the codec has none.</summary>
    internal int QualityThatHalvesBits { get; init; }

    internal static VideoCodec? Find(string name) => IndexOf(All, name) is int index and >= 0 ? All[index] : null;

    /// <summary>The codec for a final video of this container unless another is requested.</summary>
    internal static VideoCodec DefaultFor(Container container) => container == Container.Webm ? Vp9 : container.IsOfImages ? Ffv1 : H264;

    /// <summary>The pixel format of a final video unless another is requested.</summary>
    /// <param name="container">Its container.</param>
    /// <param name="preset">The preset, if requested.</param>
    internal PixelFormat DefaultPixelFormat(Container container, string? preset = null) =>
        (IsFullChroma(preset) ? FullChromaFormat : null) ?? PixelFormatsIn(container)[0];

    /// <summary>The first YUV format of the codec with <see cref="Chroma.Full"/>; null where it has none.</summary>
    internal PixelFormat? FullChromaFormat
    {
        get
        {
            foreach (PixelFormat format in PixelFormats)
                if (format is { Chroma: Chroma.Full, IsRgb: false }) return format;
            return null;
        }
    }

    /// <summary>The preset of a final video unless another is requested.</summary>
    /// <param name="format">The pixel format, if requested.</param>
    internal string? DefaultPresetFor(PixelFormat? format) =>
        FullChromaPresets.Length > 0 && format?.Chroma == Chroma.Full ? FullChromaPresets[0] : DefaultPreset;

    internal bool IsFullChroma(string? preset) => Array.IndexOf(FullChromaPresets, preset) >= 0;

    /// <summary>Pixel formats of the codec in a container, the default first.</summary>
    internal PixelFormat[] PixelFormatsIn(Container container) => container.IsOfImages ? container.HasAlpha ? s_rgb : [PixelFormat.Bgr0]
        : HasAlphaInBlocks && container.IsMovie ? Array.FindAll(PixelFormats, static format => !format.HasAlpha) : PixelFormats;

    /// <summary>ffmpeg's name of the pixel format in which the encoder takes frames.</summary>
    internal string InputFormatOf(PixelFormat format) => Device?.InputFormat ?? format.Name;

    /// <summary>Name of the codec with this preset in an mp4 or mov file.</summary>
    internal string SampleEntry(string? preset) => SampleEntries[SampleEntries.Length == 1 ? 0 : Array.IndexOf(Presets, preset)];

    /// <summary>Typical bits per encoded pixel.</summary>
    internal double UsualBitsFor(int quality, PixelFormat format)
    {
        if (UsualBits == 0 || (HasQuality && quality == 0)) return format.IsRgb ? 4 : 2;
        return HasQuality ? UsualBits * Math.Pow(2, (double)(UsualBitsQuality - quality) / QualityThatHalvesBits) : UsualBits;
    }

    /// <param name="options">The job's options.</param>
    /// <param name="quality">The option for a constant quality.</param>
    private static string[] Rate(RenderOptions options, string quality)
    {
        string[] rate = options.Rate.Bitrate is int bits ? ["-b:v", Number(bits)] : [quality, Number(options.Quality)];
        if (options.Rate.MaxBitrate is not int most) return rate;
        return [.. rate, "-maxrate", Number(most), "-bufsize", Number(options.Rate.EncoderBuffer)];
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
