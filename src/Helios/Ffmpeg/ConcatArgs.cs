using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Jobs;

namespace Helios.Ffmpeg;

/// <summary>ffmpeg's command line for a video file: a pure function of the job. Checked with ffmpeg 5.1.</summary>
internal static class ConcatArgs
{
    /// <summary>
    /// Everything up to the chunks as input 0. Only files, and the pipe that the list comes by: whatever a chunk claims to
    /// be, nothing else is opened.
    /// </summary>
    internal static readonly string[] Start =
    [
        "-hide_banner", "-loglevel", "error", "-nostats", "-progress", "pipe:1", "-y",
        "-protocol_whitelist", "file,pipe", "-format_whitelist", "concat,mov", "-f", "concat", "-safe", "0", "-i", "pipe:0",
    ];

    /// <summary>Nothing that tells one ffmpeg from another, and nothing of what the chunks say of themselves.</summary>
    internal static readonly string[] Plain = ["-fflags", "+bitexact", "-map_metadata", "-1"];

    /// <param name="options">The job's options.</param>
    /// <param name="container">Container of the final video.</param>
    /// <param name="output">File to write, whose extension means nothing.</param>
    /// <param name="mix">What is heard; null for nothing.</param>
    /// <param name="hasPriming">See <see cref="AudioGraph.MakeGraph"/>.</param>
    internal static IReadOnlyList<string> Make(RenderOptions options, Container container, string output, AudioGraph? mix = null, bool hasPriming = false)
    {
        List<string> arguments = [.. Start];
        if (mix is not null) AddInputs(arguments, mix, hasPriming);
        arguments.AddRange(["-map", "0:v:0"]);
        if (mix is not null) arguments.AddRange(MapAudio(options));
        arguments.AddRange(["-c:v", "copy"]);
        if (container.IsMovie)
        {
            FrameRate rate = options.FrameRate;
            // else the header counts in milliseconds: 1.4 ms jitter at 30000/1001
            arguments.AddRange(["-video_track_timescale", Number(rate.Numerator), "-movie_timescale", Number(mix is null ? rate.Numerator : FindScale(rate.Numerator))]);
            arguments.AddRange(options.VideoCodec.MovieArguments);
        }

        if (container == Container.Mp4) arguments.AddRange(["-movflags", "+faststart"]);
        arguments.AddRange([.. Plain, "-f", container.Muxer, "file:" + output]);
        return arguments;
    }

    /// <summary>A scale in which frames and samples are whole, where there is one.</summary>
    internal static long FindScale(int numerator)
    {
        long a = numerator, b = AudioGraph.SampleRate;
        while (b != 0) (a, b) = (b, a % b);
        long scale = (long)numerator / a * AudioGraph.SampleRate;
        return scale <= int.MaxValue ? scale : numerator;
    }

    /// <summary>How the mix is encoded.</summary>
    internal static string[] MapAudio(RenderOptions options) => ["-map", AudioGraph.Label, "-c:a", .. options.AudioCodec.Encoder, "-flags:a", "+bitexact"];

    private static void AddInputs(List<string> arguments, AudioGraph mix, bool hasPriming)
    {
        foreach (string path in mix.Files) arguments.AddRange(AudioProbe.InputArgs(path));
        arguments.AddRange(["-filter_complex", mix.MakeGraph(hasPriming)]);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
