using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Ffmpeg.Probes;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Jobs.Encode;

namespace Helios.Ffmpeg;

/// <summary>ffmpeg's command line for a video file: a pure function of the job. Checked with ffmpeg 5.1.</summary>
internal static class ConcatArgs
{
    /// <summary>
    /// Everything up to the chunks as input 0. Allows files and the pipe of the list only: a chunk
    /// cannot make ffmpeg open anything else.
    /// </summary>
    internal static readonly string[] Start = StartWith("mov");

    /// <summary>Omits everything that identifies the ffmpeg version, and the chunks' own metadata.</summary>
    internal static readonly string[] Plain = ["-fflags", "+bitexact", "-map_metadata", "-1"];

    /// <param name="options">The job's options.</param>
    /// <param name="container">Container of the final video.</param>
    /// <param name="output">File to write; its extension is ignored.</param>
    /// <param name="mix">The audio; null for none.</param>
    /// <param name="hasPriming">See <see cref="AudioGraph.MakeGraph"/>.</param>
    internal static IReadOnlyList<string> Make(
        RenderOptions options, Container container, string output, AudioGraph? mix = null, bool hasPriming = false)
    {
        bool hasAlpha = options.VideoCodec.IsAlphaInBlocks(options.PixelFormat);
        List<string> arguments = [.. hasAlpha ? StartWith("matroska") : Start];
        if (mix is not null) AddInputs(arguments, mix, hasPriming);
        arguments.AddRange(["-map", "0:v:0"]);
        if (mix is not null) arguments.AddRange(MapAudio(options));
        arguments.AddRange(["-c:v", "copy"]);
        if (hasAlpha) arguments.AddRange(["-bsf:v", SetTimes(options.FrameRate), "-metadata:s:v:0", "alpha_mode=1"]);
        if (container.IsMovie)
        {
            FrameRate rate = options.FrameRate;
            // otherwise the header counts in milliseconds: 1.4 ms jitter at 30000/1001
            arguments.AddRange(
            [
                "-video_track_timescale", Number(rate.Numerator),
                "-movie_timescale", Number(mix is null ? rate.Numerator : FindScale(rate.Numerator))
            ]);
            arguments.AddRange(options.VideoCodec.MovieArguments);
        }

        if (container == Container.Mp4) arguments.AddRange(["-movflags", "+faststart"]);
        arguments.AddRange([.. Plain, .. Describe(options.Metadata), "-f", container.Muxer, "file:" + output]);
        return arguments;
    }

    private static string[] Describe(FileMetadata metadata) =>
    [
        .. metadata.Title is string title ? (string[])["-metadata", "title=" + title] : [],
        .. metadata.CreationTime is string time ? (string[])["-metadata", "creation_time=" + time] : [],
    ];

    /// <param name="format">The chunks' demuxer.</param>
    private static string[] StartWith(string format) =>
    [
        "-hide_banner", "-loglevel", "error", "-nostats", "-progress", "pipe:1", "-y",
        "-protocol_whitelist", "file,pipe", "-format_whitelist", "concat," + format, "-f", "concat", "-safe", "0", "-i", "pipe:0",
    ];

    /// <summary>
    /// Matroska rounds the times of each chunk to milliseconds, and a sum of rounded times is another one. Each packet is one frame,
    /// in order, so the filter computes its time from its number, rounded once: as in a file that was never cut.
    /// </summary>
    private static string SetTimes(FrameRate rate)
    {
        string start = Place("N"), end = Place("(N+1)");
        return $"setts=ts={start}:duration={end}-{start}";

        string Place(string frame) => string.Create(
            CultureInfo.InvariantCulture, $"floor(({frame}*{rate.Denominator * 2000L}+{rate.Numerator})/{rate.Numerator * 2L})");
    }

    /// <summary>A scale in which frames and samples are whole numbers, where one exists.</summary>
    internal static long FindScale(int numerator)
    {
        long a = numerator, b = AudioGraph.SampleRate;
        while (b != 0) (a, b) = (b, a % b);
        long scale = (long)numerator / a * AudioGraph.SampleRate;
        return scale <= int.MaxValue ? scale : numerator;
    }

    /// <summary>How the mix is encoded.</summary>
    internal static string[] MapAudio(RenderOptions options) =>
        ["-map", AudioGraph.Label, "-c:a", .. options.AudioCodec.Encoder, "-flags:a", "+bitexact"];

    private static void AddInputs(List<string> arguments, AudioGraph mix, bool hasPriming)
    {
        foreach (string path in mix.Files) arguments.AddRange(AudioProbe.InputArgs(path));
        arguments.AddRange(["-filter_complex", mix.MakeGraph(hasPriming)]);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
