using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Jobs;
using Helios.Jobs.Encode;

namespace Helios.Ffmpeg;

/// <summary>
/// ffmpeg's command line for one chunk: a pure function of the job, so that every worker encodes alike. Numbers that ffmpeg
/// would derive from the machine (threads, slices) are fixed, because they change the bytes. Checked with ffmpeg 5.1.
/// </summary>
internal static class EncodeArgs
{
    private const int Threads = 4; // of the scaler, where it is exact and thus slow: their number decides where a frame is cut
    private const int GroupSeconds = 5; // distance of key frames; a chunk always starts with one
    private const int LongestGroup = 250;

    /// <summary>Whether the encode keeps every bit.</summary>
    internal static bool IsLossless(RenderOptions options) =>
        !options.VideoCodec.HasQuality || options.HasLosslessQuality || options.PixelFormat.HasAlpha;

    /// <param name="options">The job's options.</param>
    /// <param name="output">File to write; its extension is ignored.</param>
    /// <param name="extension">Extension of the chunk file, which decides the container.</param>
    /// <param name="frames">Format of the frames on its standard input.</param>
    internal static IReadOnlyList<string> Make(RenderOptions options, string output, string extension, FrameFormat frames)
    {
        FrameRate rate = options.FrameRate;
        string timeScale = Number(rate.Numerator);
        List<string> arguments = [.. Input(options, frames)];
        VideoCodec codec = options.VideoCodec;
        string filter = Filter(options, frames) + (codec.Device?.Filter is string upload ? "," + upload : "");
        arguments.InsertRange(0, codec.Device?.Options ?? []);
        arguments.AddRange(["-vf", filter, "-pix_fmt", codec.InputFormatOf(options.PixelFormat)]);
        if (!options.PixelFormat.IsRgb)
            arguments.AddRange(["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]);
        arguments.AddRange(["-c:v", codec.Encoder, .. codec.Arguments(options), .. codec.MovieArguments]);
        bool isMovie = codec.ChunkContainerFor(options.PixelFormat).IsMovie;
        if (!codec.IsIntraOnly)
        {
            long group = Math.Clamp((long)rate.Numerator * GroupSeconds / rate.Denominator, 1, LongestGroup);
            arguments.AddRange(["-flags", "+cgop", "-g", Number(group)]);
        }

        arguments.AddRange(["-fflags", "+bitexact", "-map_metadata", "-1"]);
        // without a movie time scale the header rounds to milliseconds: 1.4 ms jitter at 30000/1001
        if (isMovie) arguments.AddRange(["-video_track_timescale", timeScale, "-movie_timescale", timeScale]);
        arguments.AddRange(["-f", extension, output]);
        return arguments;
    }

    /// <summary>The command line that encodes one black frame with the job's options, to nowhere.</summary>
    internal static IReadOnlyList<string> MakeTrial(RenderOptions options)
    {
        VideoCodec codec = options.VideoCodec;
        string size = $"{Number(options.PixelWidth)}x{Number(options.PixelHeight)}";
        string format = "format=" + options.PixelFormat.Name;
        return
        [
            "-hide_banner", "-loglevel", "warning", "-nostats", .. codec.Device?.Options ?? [],
            "-f", "rawvideo", "-pix_fmt", PixelFormat.Bgr0.Name, "-video_size", size, "-framerate", options.FrameRate.ToString(),
            "-i", "/dev/zero",
            "-frames:v", "1", "-vf", codec.Device?.Filter is string upload ? $"{format},{upload}" : format,
            "-pix_fmt", codec.InputFormatOf(options.PixelFormat), "-c:v", codec.Encoder, .. codec.Arguments(options), "-f", "null", "-",
        ];
    }

    /// <summary>The job's options for image files: lossless, and RGB.</summary>
    internal static RenderOptions ForImages(RenderOptions options) =>
        options with
        {
            VideoCodec = VideoCodec.Ffv1,
            PixelFormat = options.PixelFormat.Rgb,
            Quality = 0,
            Rate = RateControl.None,
            EncoderOptions = EncoderOptions.None,
            Preset = null,
        };

    /// <summary>The command line that writes the frames of a chunk as PNG files.</summary>
    /// <param name="options">Of <see cref="ForImages"/>.</param>
    /// <param name="pattern">
    /// Path of the files, with a placeholder for the number; each is written under a temporary name and renamed.
    /// </param>
    /// <param name="first">Number of the first file; null where the pattern is the path of the only one.</param>
    /// <param name="frames">As for <see cref="Make"/>.</param>
    internal static IReadOnlyList<string> MakeImages(RenderOptions options, string pattern, long? first, FrameFormat frames) =>
    [
        .. Input(options, frames), "-vf", Filter(options, frames), "-pix_fmt", options.PixelFormat.NameInPng, "-c:v", "png",
        "-fflags", "+bitexact",
        .. first is long number ? (string[])["-start_number", Number(number)] : ["-update", "1"],
        "-atomic_writing", "1", "-f", "image2", pattern,
    ];

    /// <summary>The command line that writes the mean colour of each block of pixels, raw, a plane for each colour.</summary>
    /// <param name="options">Of <see cref="ForImages"/>.</param>
    /// <param name="output">File to write.</param>
    /// <param name="blocks">Blocks in a row, and rows.</param>
    /// <param name="frames">As for <see cref="Make"/>.</param>
    internal static IReadOnlyList<string> MakeBlocks(
        RenderOptions options, string output, (int Width, int Height) blocks, FrameFormat frames)
    {
        string format = options.PixelFormat.HasAlpha ? "gbrap" : "gbrp";
        string mean = $"format={format},scale={Number(blocks.Width)}:{Number(blocks.Height)}:flags=area";
        return [.. Input(options, frames), "-vf", $"{Filter(options, frames)},{mean}", "-pix_fmt", format, "-f", "rawvideo", output];
    }

    /// <summary>
    /// One filter graph takes all frames. A screenshot is RGBA when any of its pixels is
    /// translucent, otherwise RGB; a graph that is rebuilt at each change loses the frames that the
    /// fps filter still holds. The scaler accepts both if it comes first.
    /// </summary>
    private static string[] Input(RenderOptions options, FrameFormat frames) =>
    [
        "-hide_banner", "-filter_threads", Number(IsLossless(options) ? Threads : 1), "-loglevel", "error",
        "-nostats", "-progress", "pipe:1", "-y",
        "-fpsprobesize", "0", "-reinit_filter", "0", "-f", "matroska", "-c:v", frames.IsRaw ? "rawvideo" : frames.Kind,
        "-i", "pipe:0", "-map", "0:v:0", "-fps_mode", "passthrough",
    ];

    /// <summary>
    /// RGB becomes YUV as BT.601 by default, and pure green would play as (0,215,0). Repeated frames of a static page
    /// (<see cref="MatroskaFrameStream"/>) are duplicated after all other filters.
    /// </summary>
    private static string Filter(RenderOptions options, FrameFormat frames)
    {
        string repeat = "fps=" + options.FrameRate;
        if (frames.Kind == options.PixelFormat.Name) return repeat;
        string size = $"scale={Number(options.PixelWidth)}:{Number(options.PixelHeight)}";
        string filter = options.PixelFormat.IsRgb ? size : size + ":out_color_matrix=bt709:out_range=tv:flags=bicubic";
        // five times as slow, and lossy encoders lose more than rounding does
        if (!options.PixelFormat.IsRgb && IsLossless(options)) filter += "+accurate_rnd";
        if (frames.Crop is null) return $"{filter},{repeat}";
        return $"scale,format={options.PixelFormat.NameInPng},crop={frames.Crop},{filter},{repeat}";
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
