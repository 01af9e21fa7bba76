using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Jobs;
using Helios.Media;

namespace Helios.Ffmpeg;

/// <summary>
/// ffmpeg's command lines for outputs decoded from the chunks, GIF and images: pure functions of the job. The number of threads
/// does not affect the bytes of any of these filters and encoders. Checked with ffmpeg 5.1.
/// </summary>
internal static class ImageArgs
{
    /// <summary>Bytes of a palette: an image of 256 pixels.</summary>
    internal const int PaletteBytes = PaletteSide * PaletteSide * 4;

    private const int PaletteSide = 16;
    private const int FullChromaQuality = 90;
    private const int WorstJpeg = 30; // its scale ends at 31
    private const int WorstAvif = 63; // the scale of AV1, from 0
    private const string Scaling = "bicubic+accurate_rnd+full_chroma_int";

    // small frames in sequence, until the palette comes last: only frames that ffmpeg writes count as progress
    private const string Progress = "[0:v:0]split[a][b];[a]scale=16:16:flags=neighbor,format=bgra,setsar=1[small];";

    /// <summary>Computes the palette that suits all frames best.</summary>
    /// <param name="options">The job's options.</param>
    /// <param name="palette">File to write, each image over the one before.</param>
    internal static IReadOnlyList<string> MakePalette(RenderOptions options, string palette) =>
    [
        .. ConcatArgs.Start,
        "-filter_complex",
        $"{Progress}[b]palettegen=reserve_transparent={(options.PixelFormat.HasAlpha ? 1 : 0)}[palette];[small][palette]concat[out]",
        "-map", "[out]", "-fps_mode", "passthrough", "-c:v", "rawvideo", "-pix_fmt", "bgra", "-f", "image2", "-update", "1", palette,
    ];

    /// <summary>
    /// Draws all frames with the palette. Floyd-Steinberg dithering leaves a colour of the palette as it is, which ordered
    /// dithering does not, and gives the smallest file of the methods that do (docs/merging.md).
    /// </summary>
    /// <param name="spec">The job.</param>
    /// <param name="palette">The file that <see cref="MakePalette"/> has written.</param>
    /// <param name="output">File to write; its extension is ignored.</param>
    internal static IReadOnlyList<string> MakeGif(JobSpec spec, string palette, string output) =>
    [
        .. ConcatArgs.Start,
        "-protocol_whitelist", "file", "-f", "rawvideo", "-pix_fmt", "bgra", "-video_size", $"{PaletteSide}x{PaletteSide}",
        "-i", "file:" + palette,
        "-filter_complex", "[0:v:0][1:v:0]paletteuse=dither=floyd_steinberg:diff_mode=rectangle[out]",
        "-map", "[out]", "-fps_mode", "passthrough", "-c:v", "gif", "-loop", "0", "-final_delay", Number(LastDelay(spec)),
        .. ConcatArgs.Plain, "-f", "gif", "file:" + output,
    ];

    /// <summary>Writes all frames as image files.</summary>
    /// <param name="options">The job's options.</param>
    /// <param name="container">Their format.</param>
    /// <param name="pattern">Path of the files, with <c>%d</c> for the number and <c>%%</c> for a percent sign.</param>
    internal static IReadOnlyList<string> MakeFrames(RenderOptions options, Container container, string pattern) =>
    [
        .. ConcatArgs.Start, "-map", "0:v:0", "-fps_mode", "passthrough", "-c:v", container.ImageEncoder!,
        .. Encode(options, container), .. ConcatArgs.Plain, "-start_number", Number(options.StartFrame), "-f", "image2", pattern,
    ];

    /// <summary>
    /// JPEG is BT.601 in full range, as JFIF says; WebP is converted by its own encoder; AVIF says what it is. At high quality every
    /// pixel of a JPEG or AVIF keeps its own colour.
    /// </summary>
    private static string[] Encode(RenderOptions options, Container container)
    {
        int quality = options.ImageQuality ?? RenderRules.UsualImageQuality;
        bool isFull = quality >= FullChromaQuality;
        if (container == Container.Jpg)
        {
            return
            [
                "-pix_fmt", isFull ? "yuvj444p" : "yuvj420p", "-sws_flags", Scaling,
                "-qmin", "1", "-q:v", Number(1 + ((100 - quality) * WorstJpeg / 100)), "-threads", "1",
            ];
        }

        if (container == Container.Webp)
        {
            return ["-pix_fmt", PixelFormat.Bgra.Name, .. quality == 100 ? (string[])["-lossless", "1"] : ["-quality", Number(quality)]];
        }

        return container == Container.Avif ? EncodeAvif(quality) : ["-pix_fmt", options.PixelFormat.NameInPng];
    }

    /// <summary>
    /// Without <c>-still-picture</c> ffmpeg writes films of one frame, and without <c>global_header</c> no description of the stream, which
    /// browsers need.
    /// </summary>
    private static string[] EncodeAvif(int quality) =>
    [
        .. quality == 100
            ? (string[])["-pix_fmt", "gbrp", "-colorspace", "rgb"]
            :
            [
                "-vf", $"scale=out_color_matrix=bt709:out_range=pc:flags={Scaling},"
                    + $"format={(quality >= FullChromaQuality ? PixelFormat.Yuv444p : PixelFormat.Yuv420p)}",
                "-colorspace", "bt709",
            ],
        "-color_primaries", "bt709", "-color_trc", "iec61966-2-1", "-color_range", "pc",
        "-usage", "allintra", "-cpu-used", "6", "-still-picture", "1", "-flags", "+global_header", "-g", "1",
        "-crf", Number((((100 - quality) * WorstAvif) + 50) / 100), "-b:v", "0", "-threads", "1", "-row-mt", "0",
    ];

    /// <summary>Duration of the last frame, in hundredths of a second: ffmpeg would use that of the frame before.</summary>
    private static long LastDelay(JobSpec spec)
    {
        FrameRate rate = spec.RenderOptions.FrameRate;
        return Place(spec.TotalFrames) - Place(spec.TotalFrames - 1);

        long Place(long frame) => (long)Math.Round(
            (decimal)frame * rate.Denominator * GifFile.Scale / rate.Numerator, MidpointRounding.AwayFromZero);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
