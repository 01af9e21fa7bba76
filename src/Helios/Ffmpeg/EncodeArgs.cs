using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Jobs;

namespace Helios.Ffmpeg;

/// <summary>
/// ffmpeg's command line for one chunk: a pure function of the job, so that every worker encodes alike. Numbers that
/// ffmpeg would take from the machine (threads, slices) are fixed, because they change the bytes.
/// Checked with ffmpeg 5.1.
/// </summary>
internal static class EncodeArgs
{
    private const int Threads = 4; // x264's and vp9's choices depend on their number, and so does where the scaler cuts a frame when it is exact, and so slow
    private const int GroupSeconds = 5; // distance of key frames; the start of a chunk is one anyway
    private const int LongestGroup = 250;

    /// <summary>Whether the encode keeps every bit.</summary>
    internal static bool IsLossless(RenderOptions options) =>
        options.VideoCodec is "ffv1" or "prores" || options.Quality == 0 || RenderRules.HasAlpha(options.PixelFormat);

    /// <param name="options">The job's options.</param>
    /// <param name="output">File to write, whose extension means nothing.</param>
    /// <param name="extension">Extension of the chunk file, which decides the container.</param>
    /// <param name="frames">What it gets on its standard input.</param>
    internal static IReadOnlyList<string> Make(RenderOptions options, string output, string extension, FrameFormat frames)
    {
        FrameRate rate = FrameRate.Parse(options.FrameRate);
        string timeScale = Number(rate.Numerator);
        List<string> arguments = [.. Input(options, frames)];
        arguments.AddRange(["-vf", Filter(options, frames), "-pix_fmt", options.PixelFormat]);
        if (!IsRgb(options)) arguments.AddRange(["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]);
        AddCodec(arguments, options);
        if (options.VideoCodec is not ("prores" or "ffv1"))
        {
            long group = Math.Clamp((long)rate.Numerator * GroupSeconds / rate.Denominator, 1, LongestGroup);
            arguments.AddRange(["-flags", "+cgop", "-g", Number(group)]);
        }

        // the header rounds to milliseconds without a movie time scale: 1.4 ms jitter at 30000/1001
        arguments.AddRange(["-fflags", "+bitexact", "-map_metadata", "-1", "-video_track_timescale", timeScale, "-movie_timescale", timeScale]);
        arguments.AddRange(["-f", extension, output]);
        return arguments;
    }

    /// <summary>The job's options for image files: every bit is kept, and colours stay RGB.</summary>
    internal static RenderOptions ForImages(RenderOptions options) =>
        options with { VideoCodec = "ffv1", PixelFormat = RenderRules.HasAlpha(options.PixelFormat) ? "bgra" : "bgr0", Quality = 0, Preset = null };

    /// <summary>The command line that writes the frames of a chunk as PNG files.</summary>
    /// <param name="options">Of <see cref="ForImages"/>.</param>
    /// <param name="pattern">Path of the files, with a place for the number; each is written beside its place and renamed.</param>
    /// <param name="first">Number of the first file; null where the pattern is the path of the only one.</param>
    /// <param name="frames">As for <see cref="Make"/>.</param>
    internal static IReadOnlyList<string> MakeImages(RenderOptions options, string pattern, long? first, FrameFormat frames) =>
    [
        .. Input(options, frames), "-vf", Filter(options, frames), "-pix_fmt", RenderRules.HasAlpha(options.PixelFormat) ? "rgba" : "rgb24", "-c:v", "png", "-fflags", "+bitexact",
        .. first is long number ? (string[])["-start_number", Number(number)] : ["-update", "1"],
        "-atomic_writing", "1", "-f", "image2", pattern,
    ];

    /// <summary>Name of the codec in ffmpeg.</summary>
    internal static string EncoderName(string codec) => codec switch
    {
        "h264" => "libx264",
        "h265" => "libx265",
        "vp9" => "libvpx-vp9",
        "av1" => "libsvtav1",
        "prores" => "prores_ks",
        _ => codec,
    };

    /// <summary>
    /// One filter graph takes all frames: a screenshot is RGBA when any of its pixels is translucent, else RGB, and a graph
    /// that is built anew at each change loses the frames that fps still holds. The scaler takes both, if it comes first.
    /// </summary>
    private static string[] Input(RenderOptions options, FrameFormat frames) =>
    [
        "-hide_banner", "-filter_threads", Number(IsLossless(options) ? Threads : 1), "-loglevel", "error", "-nostats", "-progress", "pipe:1", "-y",
        "-fpsprobesize", "0", "-reinit_filter", "0", "-f", "matroska", "-c:v", frames.IsRaw ? "rawvideo" : frames.Kind, "-i", "pipe:0", "-map", "0:v:0", "-fps_mode", "passthrough",
    ];

    private static bool IsRgb(RenderOptions options) => options.PixelFormat is "bgr0" or "bgra";

    /// <summary>
    /// RGB becomes YUV as BT.601 unless told otherwise, and pure green would play as (0,215,0). Pictures of what stands still
    /// (<see cref="MatroskaFrameStream"/>) are repeated after all that is to be done with each.
    /// </summary>
    private static string Filter(RenderOptions options, FrameFormat frames)
    {
        string repeat = "fps=" + options.FrameRate;
        if (frames.Kind == options.PixelFormat) return repeat;
        string size = $"scale={Number(options.Width)}:{Number(options.Height)}";
        string filter = IsRgb(options) ? size : size + ":out_color_matrix=bt709:out_range=tv:flags=bicubic";
        if (!IsRgb(options) && IsLossless(options)) filter += "+accurate_rnd"; // five times as slow, and the encoder loses more than rounding does
        if (frames.Crop is null) return $"{filter},{repeat}";
        return $"scale,format={(RenderRules.HasAlpha(options.PixelFormat) ? "rgba" : "rgb24")},crop={frames.Crop},{filter},{repeat}";
    }

    private static void AddCodec(List<string> arguments, RenderOptions options)
    {
        string quality = Number(options.Quality);
        arguments.AddRange(["-c:v", EncoderName(options.VideoCodec)]);
        switch (options.VideoCodec)
        {
            case "h264":
                arguments.AddRange(["-preset", options.Preset!, options.Quality == 0 ? "-qp" : "-crf", quality, "-threads", Number(Threads)]);
                arguments.AddRange(["-x264-params", "sync-lookahead=0"]); // the same bytes in as much time, and 30 MB less
                break;
            case "h265":
                string parameters = "log-level=error:frame-threads=2:open-gop=0:info=0" + (options.Quality == 0 ? ":lossless=1" : ""); // info: names the processor
                arguments.AddRange(["-preset", options.Preset!, "-crf", quality, "-x265-params", parameters, "-tag:v", "hvc1"]);
                break;
            case "vp9":
                arguments.AddRange(["-deadline", "good", "-cpu-used", options.Preset!, "-crf", quality, "-b:v", "0", "-row-mt", "1", "-threads", Number(Threads)]);
                if (options.Quality == 0) arguments.AddRange(["-lossless", "1"]);
                break;
            case "av1":
                arguments.AddRange(["-preset", options.Preset!, "-crf", quality]);
                break;
            case "prores":
                arguments.AddRange(["-profile:v", options.Preset!]);
                arguments.AddRange(["-bsf:v", "prores_metadata=color_primaries=bt709:color_trc=bt709:colorspace=bt709"]); // it ignores the usual tags
                if (RenderRules.HasAlpha(options.PixelFormat)) arguments.AddRange(["-alpha_bits", "16"]);
                break;
            default:
                arguments.AddRange(["-level", "3", "-g", "1", "-slices", "4", "-slicecrc", "1"]);
                break;
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
