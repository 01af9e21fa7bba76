using System;
using System.Collections.Generic;
using Helios.Adapters;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Jobs.Encode;
using Helios.Page;
using Helios.Render;
using Helios.Text;
using Names = Helios.Jobs.Document.RenderOptionsMembers;

namespace Helios.Cli.Options;

/// <summary>
/// The typed options that decide pixels and encode. Defaults depend on each other: the container decides the codec, the
/// codec its preset, quality and pixel format.
/// </summary>
internal sealed class RenderArguments(ExportArguments typed)
{
    private const int WorstOfAll = 63; // RenderRules knows each codec's own limit

    internal RenderOptions ToOptions(
        string output, FrameRate rate, Duration duration, long startFrame, ReadOnlyMemory<byte> props, List<AudioTrack> audio)
    {
        Container container = Container.Of(output) ?? throw ToException(RenderRules.UnknownContainer(output));
        VideoCodec codec = FindCodec(container);
        var numbers = ExportArguments.ReadNumbers(typed.Width, typed.Height, typed.Seed, typed.Found.Declarations);
        if (typed.Quality is not null && typed.Bitrate is not null) throw ExportArguments.Exclude("--quality", "--bitrate");
        int usualQuality = typed.Bitrate is null ? codec.DefaultQuality : 0;
        int chosenQuality = (int)ExportArguments.ReadInteger("--quality", typed.Quality, 0, WorstOfAll, usualQuality);
        RenderMode chosenMode = typed.Selector is null ? RenderMode.Dom : RenderMode.Canvas;
        if (typed.Mode is not null) Refuse(RenderRules.Read(typed.Mode, out chosenMode));
        CaptureMode chosenCapture =
            chosenMode == RenderMode.Canvas ? CaptureMode.Canvas : typed.Found.Capture?.Capture ?? CaptureMode.Screenshot;
        if (typed.Capture is not null) Refuse(RenderRules.Read(typed.Capture, out chosenCapture));
        History chosenHistory = History.Auto;
        if (typed.History is not null) Refuse(RenderRules.Read(typed.History, out chosenHistory));
        PixelFormat? chosenFormat = null;
        if (typed.PixelFormat is not null) Refuse(RenderRules.Read(typed.PixelFormat, codec, container, out chosenFormat));
        AudioCodec chosenAudio = container.AudioCodecs[0];
        if (typed.AudioCodec is not null) Refuse(RenderRules.Read(typed.AudioCodec, container, out chosenAudio));
        var options = new RenderOptions
        {
            Width = numbers.Width,
            Height = numbers.Height,
            Scale = ReadScale(),
            FrameRate = rate,
            PageRate = ReadPageRate(rate),
            Duration = duration,
            StartFrame = startFrame,
            Mode = chosenMode,
            Selector = typed.Selector,
            Capture = chosenCapture,
            CaptureFallback = typed.Capture is null && typed.Found.Capture is { Capture: var chosen } && chosen != CaptureMode.Screenshot
                ? CaptureMode.Screenshot
                : null,
            History = chosenHistory,
            Processor = ReadProcessor(duration.ToFrames(rate)),
            VideoCodec = codec,
            Quality = chosenQuality,
            Rate = ReadRate(rate),
            Preset = typed.Preset ?? codec.DefaultPresetFor(chosenFormat), // either profile or pixel format determines the other
            EncoderOptions = typed.EncoderOption is string pairs
                ? new EncoderOptions(ReadPairs("--encoder-option", pairs))
                : EncoderOptions.None,
            PixelFormat = chosenFormat ?? codec.DefaultPixelFormat(container, typed.Preset),
            ImageQuality = ReadImageQuality(container),
            AudioCodec = chosenAudio,
            Audio = audio.Count == 0 ? [] : [.. audio],
            Metadata = new FileMetadata(typed.Title, ReadCreationTime()),
            HasStrictFonts = typed.HasStrictFonts,
            Block = ReadBlock(),
            Seed = numbers.Seed,
            Props = props,
        };
        if (RenderRules.Check(options, output) is not Finding finding) return options;
        throw IsOfPage(finding)
            ? typed.Found.Declarations!.Refuse(finding.Member, $"but {finding.What}: {finding.Fix}")
            : ToException(finding);
    }

    /// <summary>Whether the page, and not an option, supplied the value that breaks a rule: an odd size.</summary>
    private bool IsOfPage(Finding finding) =>
        (finding.Member == Names.Width ? typed.Width is null : finding.Member == Names.Height && typed.Height is null)
        && typed.Found.Declarations?[finding.Member] is not null;

    private static HeliosException ToException(Finding finding) =>
        new(ExitCode.Usage, finding.What, OptionOf(finding.Member), finding.Fix);

    private static string OptionOf(string member) => member switch
    {
        Names.EncoderOptions => "--encoder-option",
        Names.PageRate => "--page-fps",
        _ => "--" + ToKebab(member),
    };

    private static string ToKebab(string member) => string.Concat(Array.ConvertAll(
        member.ToCharArray(), static c => char.IsAsciiLetterUpper(c) ? $"-{char.ToLowerInvariant(c)}" : c.ToString()));

    private static void Refuse(Finding? finding)
    {
        if (finding is Finding wrong) throw ToException(wrong);
    }

    private ProcessorUse ReadProcessor(long frames)
    {
        ProcessorUse use = typed.MayBeNative && frames >= CaptureProbe.FewestFrames ? ProcessorUse.Native : ProcessorUse.Any;
        if (typed.Processor is not null) Refuse(RenderRules.Read(typed.Processor, out use));
        return use;
    }

    private int? ReadImageQuality(Container container) => typed.ImageQuality is null && !container.HasImageQuality ? null
        : (int)ExportArguments.ReadInteger("--image-quality", typed.ImageQuality, 1, 100, RenderRules.UsualImageQuality);

    private string? ReadCreationTime() => typed.CreationTime is null ? null
        : FileMetadata.ParseTime(typed.CreationTime, static () => DateTime.UtcNow.Ticks)
            ?? throw ExportArguments.Wrong("--creation-time", typed.CreationTime, "a time", "give " + FileMetadata.ExpectedTime);

    private decimal ReadScale()
    {
        if (typed.Scale is null) return 1;
        return DecimalText.TryParse(typed.Scale, RenderRules.ScalePlaces, out long digits, out int places)
            && DecimalText.ToDecimal(digits, places) is var scale && RenderRules.IsScale(scale)
            ? scale
            : throw ExportArguments.Wrong("--scale", typed.Scale, "a scale", "give " + RenderRules.ExpectedScale);
    }

    /// <summary>Null where it is that of the video.</summary>
    private FrameRate? ReadPageRate(FrameRate rate) =>
        typed.PageFps is string text && ExportArguments.ReadRate("--page-fps", text) is var page && page != rate ? page : null;

    private BlockList ReadBlock()
    {
        if (typed.Block is null) return BlockList.None;
        string[] patterns = typed.Block.Split(CommandLine.Separator);
        if (patterns.Length > BlockList.MostPatterns)
            throw CommandLine.Wrong($"--block is given more than {BlockList.MostPatterns} times", "use * to join some");
        foreach (string pattern in patterns)
        {
            if (BlockList.Check(pattern) is string what)
                throw ExportArguments.Wrong("--block", pattern, $"a pattern of URLs: {what}", "give one such as 'https://host/*'");
        }

        return new BlockList(patterns);
    }

    private RateControl ReadRate(FrameRate rate)
    {
        int? most = ReadBits("--max-bitrate", typed.MaxBitrate);
        int? buffer = ReadBits("--buffer-size", typed.BufferSize) ?? (most is int bits ? RateControl.DefaultBuffer(bits, rate) : null);
        return new(ReadBits("--bitrate", typed.Bitrate), most, buffer);
    }

    /// <summary>Values of a repeated option, each <c>KEY=VALUE</c>.</summary>
    private static List<KeyValuePair<string, string>> ReadPairs(string option, string texts)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (string text in texts.Split(CommandLine.Separator))
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || equals == text.Length - 1)
                throw ExportArguments.Wrong(option, ErrorText.OneLine(text), "a name and a value", "write KEY=VALUE");
            pairs.Add(new(text[..equals], text[(equals + 1)..]));
        }

        return pairs;
    }

    private static int? ReadBits(string option, string? text)
    {
        if (text is null) return null;
        return RateControl.TryParse(text, out int bits)
            ? bits
            : throw ExportArguments.Wrong(option, text, "a number of bits", "give " + RateControl.Expected);
    }

    private VideoCodec FindCodec(Container container)
    {
        if (typed.VideoCodec is null) return VideoCodec.DefaultFor(container);
        return VideoCodec.Find(typed.VideoCodec) ?? throw ExportArguments.Wrong("--video-codec", typed.VideoCodec,
            "a video codec" + NearestName.Hint(typed.VideoCodec, VideoCodec.Names),
            "use one of " + string.Join(", ", VideoCodec.Names));
    }
}
