using System;
using System.Globalization;
using System.IO;
using Helios.Errors;

namespace Helios.Ffmpeg.Probes;

/// <summary>
/// How far the pictures of two files differ, frame by frame: the difference of the mean of each block of 8x8 pixels in each colour. A mean
/// of the whole picture hides what is wrong in a corner of it; single pixels differ wherever an edge is smoothed in another way. ffmpeg
/// decodes, averages and subtracts.
/// </summary>
internal static class PictureComparison
{
    /// <summary>Side of a block in pixels.</summary>
    internal const int BlockSide = 8;

    /// <param name="program">ffmpeg.</param>
    /// <param name="one">A file.</param>
    /// <param name="other">A file of as many frames of the same size.</param>
    /// <param name="size">Width and height of the frames.</param>
    /// <param name="hasAlpha">Whether alpha is compared, too.</param>
    /// <param name="result">File for the blocks, which is written and read.</param>
    /// <returns>The largest difference of a block in any of the frames, in levels of 255.</returns>
    /// <exception cref="HeliosException">69, 74, 75: ffmpeg failed; 130, 143: interrupted.</exception>
    internal static int FindWorst(
        FfmpegProgram program, string one, string other, (int Width, int Height) size, bool hasAlpha, string result)
    {
        string format = hasAlpha ? "gbrap" : "gbrp";
        string average = string.Create(CultureInfo.InvariantCulture,
            $"format={format},scale={Blocks(size.Width)}:{Blocks(size.Height)}:flags=area");
        using var ffmpeg = new FfmpegProcess(program, new FfmpegCommand
        {
            Arguments =
            [
                "-hide_banner", "-loglevel", "error", "-nostats", "-progress", "pipe:1", "-y", "-i", one, "-i", other,
                "-filter_complex", $"[0:v]{average}[a];[1:v]{average}[b];[a][b]blend=all_mode=difference",
                "-f", "rawvideo", "-pix_fmt", format, result,
            ],
            Folder = Path.GetDirectoryName(result),
            Doing = static () => "while comparing two ways to capture",
        });
        ffmpeg.ThrowIfFailed(ffmpeg.WaitForEnd(() => ffmpeg.Check()));
        int worst = 0;
        foreach (byte level in File.ReadAllBytes(result)) worst = Math.Max(worst, level);
        return worst;
    }

    private static int Blocks(int side) => (side + BlockSide - 1) / BlockSide;
}
