using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Helios.Errors;
using Helios.Jobs.Audio;
using Helios.Jobs.Document;
using Helios.Jobs.Encode;
using Names = Helios.Jobs.Document.RenderOptionsMembers;

namespace Helios.Jobs;

/// <summary>One broken rule: the member of <see cref="RenderOptions"/>, what is wrong and how to fix it.</summary>
internal readonly record struct Finding(string Member, string What, string Fix);

/// <summary>
/// Checks which values of <see cref="RenderOptions"/> are allowed and compatible. Shared by the planner, which reports the
/// option, and the reader of job specs, which reports the JSON path.
/// </summary>
internal static class RenderRules
{
    /// <summary>Largest side in pixels: the limit of Chromium's surfaces and of h264 level 6.2.</summary>
    internal const int MaxSide = 16384;

    internal const decimal LeastScale = 0.5m, MostScale = 16;

    private const int MaxWebpSide = 16383;

    internal const int UsualImageQuality = 90;

    /// <summary>Decimals of a scale.</summary>
    internal const int ScalePlaces = 4;

    internal const string ExpectedScale = "a number from 0.5 to 16, with up to four decimals";

    internal const int MaxSelectorLength = 1024;

    private const int FastestGif = 50;

    /// <summary>The first broken rule, or null.</summary>
    /// <param name="options">Values, each valid on its own.</param>
    /// <param name="output">Path of the final video.</param>
    internal static Finding? Check(RenderOptions options, string output) => CheckOutput(output, out Container container)
        ?? CheckSize(options) ?? CheckSelector(options) ?? CheckFallback(options) ?? CheckCodec(options, container)
        ?? CheckRate(options, container) ?? CheckPageRate(options)
        ?? CheckImageSize(options, container) ?? options.Metadata.Check(container) ?? CheckAudio(options, container);

    /// <summary>Finds the container of the final video.</summary>
    internal static Finding? CheckOutput(string output, out Container container)
    {
        container = Container.Of(output)!;
        if (container is null) return UnknownContainer(output);
        return container.IsSequence ? CheckNames(output) : null;
    }

    // look-ups of names in a document or on the command line: null, or the finding for an unknown name

    internal static Finding? Read(string name, out VideoCodec codec)
    {
        codec = VideoCodec.Find(name)!;
        if (codec is not null) return null;
        return new(Names.VideoCodec, $"there is no video codec \"{name}\"",
            $"use one of {List(VideoCodec.Names)}{NearestName.Hint(name, VideoCodec.Names)}");
    }

    internal static Finding? Read(string name, out RenderMode mode)
    {
        mode = RenderMode.Find(name)!;
        return mode is not null
            ? null
            : new(Names.Mode, $"there is no mode \"{name}\"", "use dom (the viewport) or canvas (one canvas element)");
    }

    internal static Finding? Read(string name, out CaptureMode mode)
    {
        mode = CaptureMode.Find(name)!;
        if (mode is not null) return null;
        string hint = NearestName.Hint(name, NamedValue.NamesOf(CaptureMode.All));
        return new(Names.Capture, $"there is no way to capture \"{name}\"{hint}",
            "use screenshot (every page), paint (faster, pages of one site) or canvas (a canvas element that is all there is to see)");
    }

    internal static Finding? Read(string name, out History history)
    {
        history = History.Find(name)!;
        if (history is not null) return null;
        return new(Names.History, $"there is no history \"{name}\"{NearestName.Hint(name, NamedValue.NamesOf(History.All))}",
            "use auto (jump where nothing can observe it), replay (run every frame) or seek (jump, for pages that depend on time alone)");
    }

    internal static Finding? Read(string name, out ProcessorUse use)
    {
        use = ProcessorUse.Find(name)!;
        if (use is not null) return null;
        string hint = NearestName.Hint(name, NamedValue.NamesOf(ProcessorUse.All));
        return new(Names.Processor, $"there is no use of the processor \"{name}\"{hint}",
            "use any (instructions that every processor of the architecture has) or native (all of the worker's, faster)");
    }

    internal static Finding? Read(string name, VideoCodec codec, Container container, out PixelFormat format)
    {
        format = PixelFormat.Find(name)!;
        return format is null ? NoPixelFormat(name, codec, container) : null;
    }

    internal static Finding? Read(string name, Container container, out AudioCodec codec)
    {
        codec = AudioCodec.Find(name)!;
        return codec is null ? NoAudioCodec(name, container) : null;
    }

    internal static Finding UnknownContainer(string output)
    {
        if (output.EndsWith(".m3u8", StringComparison.OrdinalIgnoreCase))
        {
            return new(JobMembers.Output, $"the output \"{output}\" is an HLS playlist, which helios does not write",
                "render an .mp4, and cut it with ffmpeg -i video.mp4 -c copy -f hls video.m3u8");
        }

        if (!Array.Exists(Container.All, container => container.IsSequence && container.IsExtensionOf(output)))
        {
            return new(JobMembers.Output, $"the output \"{output}\" has no extension that helios knows",
                "end it in .mp4, .mov, .mkv, .webm or .gif, or name PNG, JPEG, WebP or AVIF files such as frame_%05d.png");
        }

        bool hasPercent = Path.GetFileName(output.AsSpan()).Contains('%');
        return new(JobMembers.Output, hasPercent
                ? $"the output \"{output}\" has another percent sign than one number such as %d or %05d"
                : $"the output \"{output}\" has no number for its frames",
            $"name it such as frame_%05d{Path.GetExtension(output)}, or render one frame as PNG with --still");
    }

    private static Finding? CheckSize(RenderOptions options)
    {
        if (options.Width is < 1 or > MaxSide) return Side(Names.Width, options.Width);
        if (options.Height is < 1 or > MaxSide) return Side(Names.Height, options.Height);

        if (CheckScale(options) is Finding wrongScale) return wrongScale;
        if (options.PixelFormat.HalvesWidth && options.PixelWidth % 2 != 0) return Odd(Names.Width, options.Width, options);
        if (options.PixelFormat.HalvesHeight && options.PixelHeight % 2 != 0) return Odd(Names.Height, options.Height, options);
        return null;
    }

    internal static bool IsScale(decimal scale) =>
        scale is >= LeastScale and <= MostScale && decimal.Round(scale, ScalePlaces) == scale;

    private static Finding? CheckScale(RenderOptions options)
    {
        decimal width = options.Width * options.Scale, height = options.Height * options.Scale;
        string what = string.Create(CultureInfo.InvariantCulture,
            $"a scale of {options.Scale} makes {options.Width}x{options.Height} pixels {width:0.####}x{height:0.####}");
        if (Math.Max(width, height) > MaxSide)
        {
            return new(Names.Scale, $"{what}, and a side has at most {Number(MaxSide)}",
                $"give at most {Number(MaxSide / Math.Max(options.Width, options.Height))}, or a smaller page");
        }

        if (width != options.PixelWidth || height != options.PixelHeight)
            return new(Names.Scale, what + ", which are not whole", "give another scale, such as 2 or 1.5, or another width and height");
        return IsWholeInBrowser(options.Width, options) && IsWholeInBrowser(options.Height, options)
            ? null
            : new(Names.Scale, what + ", which the browser, with its 32-bit fractions, rounds up", "give another scale, such as 2 or 1.5");
    }

    /// <summary>1600 · 1.2 is a little more than 1920 as 32-bit numbers; Chromium rounds it up to 1921, and would blur the page.</summary>
    private static bool IsWholeInBrowser(int side, RenderOptions options) =>
        MathF.Ceiling(side * (float)options.Scale) == (float)(side * options.Scale);

    private static Finding Side(string member, int side) => new(
        member, $"a {member} of {Number(side)} pixels is not possible", $"give 1 to {Number(MaxSide)}");

    private static Finding Odd(string member, int side, RenderOptions options)
    {
        PixelFormat? full = options.VideoCodec.FullChromaFormat;
        if (options.Scale != 1)
        {
            decimal scaled = side * options.Scale;
            return new(Names.Scale, string.Create(CultureInfo.InvariantCulture,
                    $"pixel format {options.PixelFormat} cannot have an odd {member}, {side} · {options.Scale} = {scaled:0}"),
                $"give another scale or {member}{(full is null ? "" : $", or a 4:4:4 pixel format such as {full}")}");
        }

        return new(member, $"pixel format {options.PixelFormat} cannot have an odd {member}, {Number(side)}",
            $"use {Number(side + 1)}{(full is null ? "" : $", or a 4:4:4 pixel format such as {full}")}");
    }

    private static Finding? CheckSelector(RenderOptions options)
    {
        if (options.Selector is null) return null;
        if (options.Mode != RenderMode.Canvas)
        {
            return new(
                Names.Selector, "a selector chooses a canvas element, but the mode is dom", "add mode canvas, or leave the selector out");
        }

        return options.Selector.Length is 0 or > MaxSelectorLength
            ? new(Names.Selector, $"a selector of {Number(options.Selector.Length)} characters is not possible",
                $"give 1 to {Number(MaxSelectorLength)} characters")
            : null;
    }

    private static Finding? CheckFallback(RenderOptions options) =>
        options.CaptureFallback is null
            || (options.CaptureFallback == CaptureMode.Screenshot && options.Capture != CaptureMode.Screenshot)
        ? null
        : new(Names.CaptureFallback, $"capture {options.Capture} has no fallback \"{options.CaptureFallback}\"",
            "leave it out: the only one is screenshot, for capture paint and canvas");

    /// <summary>A frame number may have more digits than the placeholder asks for.</summary>
    private static Finding? CheckNames(string output) =>
        FrameNames.TryParse(output, out FrameNames names)
        && Encoding.UTF8.GetByteCount(Path.GetFileName(names.Format(FrameRange.MaxFrames))) > JobPaths.MaxNameBytes
            ? new(
                JobMembers.Output,
                $"the files of the output \"{output}\" would have names longer than {Number(JobPaths.MaxNameBytes)} bytes",
                "give them a shorter name")
            : null;

    private static Finding? CheckCodec(RenderOptions options, Container container)
    {
        VideoCodec codec = options.VideoCodec;
        if (!NamedValue.Contains(codec.Containers, container))
        {
            return new(Names.VideoCodec, $"a .{container} file cannot hold {codec}",
                $"end the output in .{List(codec.Containers, " or .")}, or choose another video codec");
        }

        if (!NamedValue.Contains(codec.PixelFormats, options.PixelFormat)) return NoPixelFormat(options.PixelFormat.Name, codec, container);
        if (!NamedValue.Contains(codec.PixelFormatsIn(container), options.PixelFormat))
        {
            return new(Names.PixelFormat, $"a .{container} file has no pixel format \"{options.PixelFormat}\"",
                !container.HasAlpha ? "use bgr0, or .png or .webp files for transparency"
                : container.IsOfImages ? "use bgr0, or bgra for transparency"
                : $"end the output in .{Container.Webm} or .{Container.Mkv}");
        }

        if (CheckImageRate(options, container) is Finding noRate) return noRate;
        if (codec.DefaultPreset is null && options.Preset is not null)
            return new(Names.Preset, $"{codec} has no presets", "leave the preset out");
        if (codec.DefaultPreset is not null && Array.IndexOf(codec.Presets, options.Preset) < 0)
            return new(Names.Preset, $"{codec} has no preset \"{options.Preset}\"", $"use one of {List(codec.Presets)}");
        return CheckQuality(options, codec) ?? options.Rate.Check(options) ?? options.EncoderOptions.Check(codec)
            ?? CheckProfile(options, codec);
    }

    /// <summary>Images are decoded from lossless chunks, so that another codec would not help.</summary>
    private static Finding? CheckImageRate(RenderOptions options, Container container)
    {
        if (!container.IsOfImages || (options.Rate.Bitrate ?? options.Rate.MaxBitrate) is null) return null;
        return options.Rate.Bitrate is null
            ? new(Names.MaxBitrate, $"a .{container} file has no maximum bit rate", "leave it out, or render a video")
            : new(Names.Bitrate, $"a .{container} file has no bit rate", "leave it out, or render a video");
    }

    private static Finding NoPixelFormat(string name, VideoCodec codec, Container container) =>
        new(Names.PixelFormat, $"{codec} has no pixel format \"{name}\"", $"use one of {List(codec.PixelFormatsIn(container))}");

    private static Finding? CheckQuality(RenderOptions options, VideoCodec codec)
    {
        int best = options.Rate.Bitrate is null ? codec.BestQuality : 0;
        if (options.Quality >= best && options.Quality <= codec.WorstQuality) return null;
        if (codec.HasQuality)
        {
            return new(Names.Quality, $"{codec} has no quality {Number(options.Quality)}",
                $"give {Number(best)} (best) to {Number(codec.WorstQuality)}");
        }

        return new(Names.Quality, $"{codec} has no quality scale",
            codec.Presets.Length > 0
                ? $"leave the quality out, or 0, and choose a preset: {List(codec.Presets)}"
                : "leave the quality out, or 0: it is lossless");
    }

    /// <summary>Some presets accept 4:4:4 pixels, the others do not.</summary>
    private static Finding? CheckProfile(RenderOptions options, VideoCodec codec)
    {
        bool isFull = codec.IsFullChroma(options.Preset);
        if (codec.FullChromaPresets.Length == 0 || isFull == (options.PixelFormat.Chroma == Chroma.Full)) return null;
        var names = new List<string>();
        foreach (PixelFormat format in codec.PixelFormats)
            if (isFull == (format.Chroma == Chroma.Full)) names.Add(format.Name);
        string formats = string.Join(" or ", names);
        return new(Names.Preset, $"{codec} profile {options.Preset} cannot have pixel format {options.PixelFormat}",
            isFull ? "use pixel format " + formats : $"use preset {List(codec.FullChromaPresets, " or ")}, or pixel format {formats}");
    }

    /// <summary>A GIF counts in hundredths of a second, and players treat a delay of one as ten.</summary>
    private static Finding? CheckRate(RenderOptions options, Container container)
    {
        FrameRate rate = options.FrameRate;
        if (container != Container.Gif || rate.Numerator <= (long)rate.Denominator * FastestGif) return null;
        return new(Names.Fps, $"a .gif file cannot show {rate.ToDisplay()} frames a second", $"give at most {Number(FastestGif)}");
    }

    /// <summary>WebP has 14 bits for a side, JPEG 16.</summary>
    private static Finding? CheckImageSize(RenderOptions options, Container container)
    {
        if (container == Container.Webp && Math.Max(options.PixelWidth, options.PixelHeight) > MaxWebpSide)
        {
            return new(JobMembers.Output, $"a .{container} file has at most {Number(MaxWebpSide)} pixels a side",
                $"name .{Container.Png} files, or make the frame smaller");
        }

        if (options.ImageQuality is not int quality) return null;
        if (!container.HasImageQuality)
        {
            return new(Names.ImageQuality, $"a .{container} file has no image quality",
                $"leave it out, or name .{Container.Jpg}, .{Container.Webp} or .{Container.Avif} files");
        }

        return quality is < 1 or > 100
            ? new(Names.ImageQuality, $"an image quality of {Number(quality)} is not possible", "give 1 to 100, the best")
            : null;
    }

    private static Finding? CheckPageRate(RenderOptions options)
    {
        if (options.PageRate is not FrameRate page || PageTimes.TryCreate(options.FrameRate, page, out _)) return null;
        FrameRate rate = options.FrameRate;
        return (long)page.Numerator * rate.Denominator < (long)rate.Numerator * page.Denominator
            ? new(Names.PageRate, $"a page of {page.ToDisplay()} frames a second has none for each of the video's {rate.ToDisplay()}",
                $"give {rate.ToDisplay()} or more, or a lower rate of the video")
            : new(Names.PageRate, $"rates of {page} and {rate} have no common measure that helios can count in",
                "give rates with a simpler ratio, such as 60 of 24 or 60 of 29.97");
    }

    private static Finding? CheckAudio(RenderOptions options, Container container)
    {
        if (container.IsOfImages && options.Audio.Length > 0) return NoAudio(Names.Audio, container);
        return NamedValue.Contains(container.AudioCodecs, options.AudioCodec)
            ? AudioRules.Check(options)
            : NoAudioCodec(options.AudioCodec.Name, container);
    }

    private static Finding NoAudio(string member, Container container) =>
        new(member, $"a .{container} file has no audio", "leave it out, or render a video");

    private static Finding NoAudioCodec(string name, Container container) => container.IsOfImages
        ? NoAudio(Names.AudioCodec, container)
        : new(Names.AudioCodec, $"a .{container} file cannot have audio codec \"{name}\"", $"use one of {List(container.AudioCodecs)}");

    private static string List(object[] values, string separator = ", ") => string.Join(separator, values);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
