using System.Collections.Generic;
using System.Globalization;
using Helios.Jobs;

namespace Helios.Merge;

/// <summary>ffmpeg's command line for the merge: a pure function of the job. Checked with ffmpeg 5.1.</summary>
internal static class MergeArgs
{
    /// <summary>Only files, and the pipe that the list comes by: whatever a file claims to be, nothing else is opened.</summary>
    private static readonly string[] s_start =
        ["-hide_banner", "-loglevel", "error", "-nostats", "-progress", "pipe:1", "-y", "-protocol_whitelist", "file,pipe", "-format_whitelist", "concat,mov"];

    /// <param name="options">The job's options.</param>
    /// <param name="container">Container of the final video.</param>
    /// <param name="output">File to write, whose extension means nothing.</param>
    internal static IReadOnlyList<string> Make(RenderOptions options, string container, string output)
    {
        List<string> arguments = [.. s_start, "-f", "concat", "-safe", "0", "-i", "pipe:0", "-map", "0:v:0", "-c:v", "copy"];
        if (container is "mp4" or "mov")
        {
            // else the header counts in milliseconds: 1.4 ms jitter at 30000/1001
            string scale = FrameRate.TryParse(options.FrameRate, out FrameRate rate) ? rate.Numerator.ToString(CultureInfo.InvariantCulture) : "0";
            arguments.AddRange(["-video_track_timescale", scale, "-movie_timescale", scale]);
            if (options.VideoCodec == "h265") arguments.AddRange(["-tag:v", "hvc1"]); // the kind that QuickTime plays
        }

        if (container == "mp4") arguments.AddRange(["-movflags", "+faststart"]);
        arguments.AddRange(["-fflags", "+bitexact", "-map_metadata", "-1", "-f", Muxer(container), "file:" + output]);
        return arguments;
    }

    private static string Muxer(string container) => container == "mkv" ? "matroska" : container;
}
