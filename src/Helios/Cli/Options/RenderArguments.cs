using System;
using System.Collections.Generic;
using Helios.Adapters;
using Helios.Errors;
using Helios.Jobs;
using Helios.Page;

namespace Helios.Cli.Options;

/// <summary>
/// The typed options that decide pixels and encode. Defaults depend on each other: the container decides the codec, the
/// codec its preset, quality and pixel format.
/// </summary>
internal sealed record RenderArguments(
    string? Width, string? Height, string? Mode, string? Selector, string? Capture, string? VideoCodec, string? Quality, string? Preset,
    string? PixelFormat, string? AudioCodec, string? Seed)
{
    private const int WorstOfAll = 63; // RenderRules knows each codec's own end
    private const string ProRes444 = "yuv444p10le";
    private const string ProRes444Alpha = "yuva444p10le";

    internal RenderOptions ToOptions(string output, FrameRate rate, Duration duration, long startFrame, ReadOnlyMemory<byte> props, List<AudioTrack> audio, PageDeclarations? facts)
    {
        string container = Container.Of(output) ?? throw ToException(RenderRules.UnknownContainer(output));
        VideoCodec codec = FindCodec(container);
        var (width, height, seed) = ExportArguments.ReadNumbers(Width, Height, Seed, facts);
        string mode = Mode ?? (Selector is null ? "dom" : RenderRules.Canvas);
        var options = new RenderOptions
        {
            Width = width,
            Height = height,
            Fps = rate.ToNumber(),
            FrameRate = rate.ToString(),
            Duration = duration.ToSeconds(),
            StartFrame = startFrame,
            Mode = mode,
            Selector = Selector,
            Capture = Capture ?? (mode == RenderRules.Canvas ? RenderRules.Canvas : RenderRules.Screenshot),
            VideoCodec = codec.Name,
            Quality = (int)ExportArguments.ReadInteger("--quality", Quality, 0, WorstOfAll, codec.DefaultQuality),
            Preset = Preset ?? DefaultPreset(codec),
            PixelFormat = PixelFormat ?? DefaultPixelFormat(codec, container),
            AudioCodec = AudioCodec ?? Container.AudioCodecs(container)[0],
            Audio = audio.Count == 0 ? [] : [.. audio],
            Seed = seed,
            Props = props,
        };
        if (RenderRules.Check(options, output) is not Finding finding) return options;
        throw IsOfPage(finding, facts) ? facts!.Refuse(finding.Member, $"but {finding.What}: {finding.Fix}") : ToException(finding);
    }

    /// <summary>Whether the page, and not an option, gave what breaks a rule: an odd size.</summary>
    private bool IsOfPage(Finding finding, PageDeclarations? facts) =>
        (finding.Member == "width" ? Width is null : finding.Member == "height" && Height is null) && facts?[finding.Member] is not null;

    private static HeliosException ToException(Finding finding) =>
        new(ExitCode.Usage, finding.What, "--" + ToKebab(finding.Member), finding.Fix);

    private static string ToKebab(string member) => string.Concat(Array.ConvertAll(member.ToCharArray(), static c => char.IsAsciiLetterUpper(c) ? $"-{char.ToLowerInvariant(c)}" : c.ToString()));

    private VideoCodec FindCodec(string container)
    {
        if (VideoCodec is null) return Jobs.VideoCodec.DefaultFor(container)!;
        return Jobs.VideoCodec.Find(VideoCodec) ?? throw ExportArguments.Wrong("--video-codec", VideoCodec,
            "a video codec" + NearestName.Hint(VideoCodec, Jobs.VideoCodec.Names), "use one of " + string.Join(", ", Jobs.VideoCodec.Names));
    }

    /// <summary>ProRes profiles with 4:4:4 pixels are chosen by either of profile and pixel format.</summary>
    private string? DefaultPreset(VideoCodec codec) =>
        codec.Name == "prores" && PixelFormat is ProRes444 or ProRes444Alpha ? "4444" : codec.DefaultPreset;

    private string DefaultPixelFormat(VideoCodec codec, string container) =>
        codec.Name == "prores" && Preset is "4444" or "4444xq" ? ProRes444 : codec.DefaultPixelFormat(container);
}
