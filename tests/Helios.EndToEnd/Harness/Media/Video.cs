using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness.Programs;

namespace Helios.EndToEnd.Harness.Media;

/// <summary>What ffmpeg and ffprobe see in a file: an opinion of the result that is not ours.</summary>
internal static class Video
{
    /// <summary>The video stream, its frames counted by decoding them.</summary>
    internal static async Task<JsonObject> ProbeAsync(string path)
    {
        RunResult result = await Tool.Run(
            "ffprobe", "ffmpeg", "-v", "error", "-count_frames", "-select_streams", "v:0", "-show_streams", "-of", "json", path);
        return result.Succeeded().Json["streams"]![0]!.AsObject();
    }

    /// <summary>Pixels of one frame.</summary>
    internal static async Task<byte[]> DecodeAsync(string path, int frame, string format = "rgb24")
    {
        string filter = string.Create(CultureInfo.InvariantCulture, $"select=eq(n\\,{frame})");
        RunResult result = await Tool.Run(
            "ffmpeg", "ffmpeg", "-v", "error", "-i", path, "-vf", filter, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", format, "-");
        return result.Succeeded().Output;
    }

    /// <summary>Pixels of all frames, one after the other.</summary>
    internal static async Task<byte[]> DecodeAsync(string path, string format = "rgb24") =>
        (await Tool.Run("ffmpeg", "ffmpeg", "-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", format, "-")).Succeeded().Output;

    /// <summary>Pixels of each frame of the usual size.</summary>
    internal static async Task<byte[][]> DecodeEachAsync(string path) =>
        [.. (await DecodeAsync(path)).Chunk(RenderPlace.Width * RenderPlace.Height * 3)];

    /// <summary>The pixel of a decoded frame of the usual size.</summary>
    internal static int[] PixelAt(byte[] frame, int x, int y)
    {
        int channels = frame.Length / (RenderPlace.Width * RenderPlace.Height);
        int start = ((y * RenderPlace.Width) + x) * channels;
        return [.. frame[start..(start + channels)].Select(value => (int)value)];
    }

    /// <summary>How far the pixel of a decoded frame is from a colour, in levels of the channel where it is farthest.</summary>
    internal static int DistanceAt(byte[] frame, int x, int y, int[] colour) =>
        PixelAt(frame, x, y).Zip(colour, (is_, want) => Math.Abs(is_ - want)).Max();

    /// <summary>Presentation time, in units of the time base, and digest of every decoded frame.</summary>
    internal static async Task<IReadOnlyList<(long Time, string Digest)>> HashAsync(string path)
    {
        RunResult result = await Tool.Run(
            "ffmpeg", "ffmpeg", "-v", "error", "-i", path, "-map", "0:v", "-fps_mode", "passthrough", "-f", "framemd5", "-");
        return
        [
            .. result
                .Succeeded()
                .Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.StartsWith('#'))
                .Select(line => line.Split(',', StringSplitOptions.TrimEntries))
                .Select(fields => (long.Parse(fields[2], CultureInfo.InvariantCulture), fields[5])),
        ];
    }

    /// <summary>Joins files by stream copy, as ffmpeg's concat demuxer does.</summary>
    internal static async Task ConcatenateAsync(TestDirectory directory, IEnumerable<string> files, string output)
    {
        directory.Write("list.txt", string.Concat(files.Select(file => $"file '{file}'\n")));
        (
            await Tool.Run("ffmpeg", "ffmpeg", "-v", "error", "-f", "concat", "-safe", "0", "-i", "list.txt", "-c", "copy", output)
                .In(directory)
        ).Succeeded();
    }
}
