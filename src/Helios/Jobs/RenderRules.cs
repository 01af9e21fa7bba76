using System;
using System.Globalization;
using System.IO;
using System.Text;
using Helios.Errors;

namespace Helios.Jobs;

/// <summary>One broken rule: the member of <see cref="RenderOptions"/>, what is wrong and how to mend it.</summary>
internal readonly record struct Finding(string Member, string What, string Fix);

/// <summary>
/// Which values of <see cref="RenderOptions"/> are allowed and go together. One place for the planner, which reports
/// the option, and for the reader of job specs, which reports the JSON path.
/// </summary>
internal static class RenderRules
{
    /// <summary>Largest side in pixels: the limit of Chromium's surfaces and of h264 level 6.2.</summary>
    internal const int MaxSide = 16384;

    internal const int MaxSelectorLength = 1024;

    private const int FastestGif = 50;

    internal const string Screenshot = "screenshot";
    internal const string Paint = "paint";
    internal const string Canvas = "canvas";

    internal static readonly string[] Modes = ["dom", Canvas];

    internal static readonly string[] Captures = [Screenshot, Paint, Canvas];

    /// <summary>The first broken rule, or null. <paramref name="output"/> is the path of the final video.</summary>
    internal static Finding? Check(RenderOptions options, string output)
    {
        string? container = Container.Of(output);
        if (container is null) return UnknownContainer(output);
        if (container == Container.Png && CheckNames(output) is Finding name) return name;

        VideoCodec? codec = VideoCodec.Find(options.VideoCodec);
        if (codec is null)
        {
            return new("videoCodec", $"there is no video codec \"{options.VideoCodec}\"",
                $"use one of {List(VideoCodec.Names)}{NearestName.Hint(options.VideoCodec, VideoCodec.Names)}");
        }

        return CheckSize(options) ?? CheckMode(options) ?? CheckCapture(options) ?? CheckCodec(options, codec, container) ?? CheckRate(options, container) ?? CheckAudio(options, container);
    }

    internal static Finding UnknownContainer(string output)
    {
        if (!Container.HasExtension(output, Container.Png))
            return new("output", $"the output \"{output}\" has no extension that helios knows", "end it in .mp4, .mov, .mkv, .webm or .gif, or name PNG files such as frame_%05d.png");
        bool hasPercent = Path.GetFileName(output.AsSpan()).Contains('%');
        return new("output", hasPercent ? $"the output \"{output}\" has another percent sign than one number such as %d or %05d" : $"the output \"{output}\" has no number for its frames",
            "name it such as frame_%05d.png, or render one picture with --still");
    }

    internal static bool HasAlpha(string pixelFormat) => pixelFormat.Contains("yuva", StringComparison.Ordinal) || pixelFormat == "bgra";

    internal static string List(string[] names) => string.Join(", ", names);

    private static Finding? CheckSize(RenderOptions options)
    {
        if (options.Width is < 1 or > MaxSide) return Side("width", options.Width);
        if (options.Height is < 1 or > MaxSide) return Side("height", options.Height);

        bool halvesWidth = options.PixelFormat.Contains("420", StringComparison.Ordinal)
            || options.PixelFormat.Contains("422", StringComparison.Ordinal);
        bool halvesHeight = options.PixelFormat.Contains("420", StringComparison.Ordinal);
        if (halvesWidth && options.Width % 2 != 0) return Odd("width", options.Width, options);
        if (halvesHeight && options.Height % 2 != 0) return Odd("height", options.Height, options);
        return null;
    }

    private static Finding Side(string member, int side) => new(
        member, $"a {member} of {Number(side)} pixels is not possible", $"give 1 to {Number(MaxSide)}");

    private static Finding Odd(string member, int side, RenderOptions options)
    {
        string? full = VideoCodec.Find(options.VideoCodec) is VideoCodec codec
            ? Array.Find(codec.PixelFormats, static format => format.Contains("444", StringComparison.Ordinal))
            : null;
        return new(member, $"pixel format {options.PixelFormat} cannot have an odd {member}, {Number(side)}",
            $"use {Number(side + 1)}{(full is null ? "" : $", or a 4:4:4 pixel format such as {full}")}");
    }

    private static Finding? CheckMode(RenderOptions options)
    {
        if (Array.IndexOf(Modes, options.Mode) < 0)
        {
            return new("mode", $"there is no mode \"{options.Mode}\"",
                "use dom (the viewport) or canvas (one canvas element)");
        }

        if (options.Selector is null) return null;
        if (options.Mode != "canvas")
            return new("selector", "a selector chooses a canvas element, but the mode is dom", "add mode canvas, or leave the selector out");
        return options.Selector.Length is 0 or > MaxSelectorLength
            ? new("selector", $"a selector of {Number(options.Selector.Length)} characters is not possible", $"give 1 to {Number(MaxSelectorLength)} characters")
            : null;
    }

    private static Finding? CheckCapture(RenderOptions options)
    {
        if (Array.IndexOf(Captures, options.Capture) < 0)
        {
            return new("capture", $"there is no way to capture \"{options.Capture}\"{NearestName.Hint(options.Capture, Captures)}",
                "use screenshot (every page), paint (faster, pages of one site) or canvas (the canvas element alone)");
        }

        return options.Capture == Canvas && options.Mode != "canvas"
            ? new("capture", "capture canvas takes the pixels of a canvas element, but the mode is dom", "add mode canvas, or capture paint")
            : null;
    }

    /// <summary>A number may have more digits than its place in the pattern.</summary>
    private static Finding? CheckNames(string output) =>
        FrameNames.TryParse(output, out FrameNames names) && Encoding.UTF8.GetByteCount(Path.GetFileName(names.Format(FrameRange.MaxFrames))) > JobPaths.MaxNameBytes
            ? new("output", $"the files of the output \"{output}\" would have names longer than {Number(JobPaths.MaxNameBytes)} bytes", "give them a shorter name")
            : null;

    private static Finding? CheckCodec(RenderOptions options, VideoCodec codec, string container)
    {
        if (Array.IndexOf(codec.Containers, container) < 0)
        {
            return new("videoCodec", $"a .{container} file cannot hold {codec.Name}",
                $"end the output in .{string.Join(" or .", codec.Containers)}, or choose another video codec");
        }

        if (Array.IndexOf(codec.PixelFormats, options.PixelFormat) < 0)
        {
            return new("pixelFormat", $"{codec.Name} has no pixel format \"{options.PixelFormat}\"",
                $"use one of {List(codec.PixelFormatsIn(container))}");
        }

        if (Array.IndexOf(codec.PixelFormatsIn(container), options.PixelFormat) < 0)
            return new("pixelFormat", $"a .{container} file has no pixel format \"{options.PixelFormat}\"", "use bgr0, or bgra for transparency");

        if (codec.DefaultPreset is null ? options.Preset is not null : options.Preset is null || Array.IndexOf(codec.Presets, options.Preset) < 0)
        {
            return codec.DefaultPreset is null
                ? new("preset", $"{codec.Name} has no presets", "leave the preset out")
                : new("preset", $"{codec.Name} has no preset \"{options.Preset}\"", $"use one of {List(codec.Presets)}");
        }

        return CheckQuality(options, codec) ?? CheckProfile(options);
    }

    private static Finding? CheckQuality(RenderOptions options, VideoCodec codec)
    {
        if (options.Quality >= 0 && options.Quality <= codec.WorstQuality) return null;
        if (codec.WorstQuality > 0)
            return new("quality", $"{codec.Name} has no quality {Number(options.Quality)}", $"give 0 (best) to {Number(codec.WorstQuality)}");
        return new("quality", $"{codec.Name} has no quality scale",
            codec.Presets.Length > 0 ? $"leave the quality out, or 0, and choose a preset: {List(codec.Presets)}" : "leave the quality out, or 0: it is lossless");
    }

    /// <summary>ProRes 4444 profiles take 4:4:4 pixels and the others 4:2:2; ffmpeg would change the profile silently.</summary>
    private static Finding? CheckProfile(RenderOptions options)
    {
        if (options.VideoCodec != "prores") return null;
        bool is4444 = options.Preset is "4444" or "4444xq";
        bool has444 = options.PixelFormat is "yuv444p10le" or "yuva444p10le";
        return is4444 == has444 ? null : new(
            "preset", $"prores profile {options.Preset} cannot have pixel format {options.PixelFormat}",
            is4444 ? "use pixel format yuv444p10le or yuva444p10le" : "use preset 4444 or 4444xq, or pixel format yuv422p10le");
    }

    /// <summary>A GIF counts in hundredths of a second, and players take a delay of one for ten.</summary>
    private static Finding? CheckRate(RenderOptions options, string container)
    {
        if (container != Container.Gif || !FrameRate.TryParse(options.FrameRate, out FrameRate rate) || rate.Numerator <= (long)rate.Denominator * FastestGif) return null;
        return new("fps", $"a .gif file cannot show {rate.ToDisplay()} frames a second", $"give at most {Number(FastestGif)}");
    }

    private static Finding? CheckAudio(RenderOptions options, string container)
    {
        if (Container.IsOfPictures(container) && (options.Audio.Length > 0 || options.AudioCodec != "none"))
            return new(options.Audio.Length > 0 ? "audio" : "audioCodec", $"a .{container} file has no sound", "leave it out, or render a video");
        string[] codecs = Container.AudioCodecs(container);
        return Array.IndexOf(codecs, options.AudioCodec) >= 0 ? AudioRules.Check(options) : new(
            "audioCodec", $"a .{container} file cannot have audio codec \"{options.AudioCodec}\"", $"use one of {List(codecs)}");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
