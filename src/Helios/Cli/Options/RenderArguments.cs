using System;
using System.Collections.Generic;
using Helios.Adapters;
using Helios.Errors;
using Helios.Jobs;
using Helios.Page;
using Names = Helios.Jobs.Document.RenderOptionsMembers;

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

    internal RenderOptions ToOptions(
        string output, FrameRate rate, Duration duration, long startFrame, ReadOnlyMemory<byte> props, List<AudioTrack> audio, PageDeclarations? facts)
    {
        Container container = Container.Of(output) ?? throw ToException(RenderRules.UnknownContainer(output));
        VideoCodec codec = FindCodec(container);
        var (width, height, seed) = ExportArguments.ReadNumbers(Width, Height, Seed, facts);
        int quality = (int)ExportArguments.ReadInteger("--quality", Quality, 0, WorstOfAll, codec.DefaultQuality);
        RenderMode mode = Selector is null ? RenderMode.Dom : RenderMode.Canvas;
        if (Mode is not null) Refuse(RenderRules.Read(Mode, out mode));
        CaptureMode capture = mode == RenderMode.Canvas ? CaptureMode.Canvas : CaptureMode.Screenshot;
        if (Capture is not null) Refuse(RenderRules.Read(Capture, out capture));
        PixelFormat? format = null;
        if (PixelFormat is not null) Refuse(RenderRules.Read(PixelFormat, codec, container, out format));
        AudioCodec audioCodec = container.AudioCodecs[0];
        if (AudioCodec is not null) Refuse(RenderRules.Read(AudioCodec, container, out audioCodec));
        var options = new RenderOptions
        {
            Width = width,
            Height = height,
            FrameRate = rate,
            Duration = duration,
            StartFrame = startFrame,
            Mode = mode,
            Selector = Selector,
            Capture = capture,
            VideoCodec = codec,
            Quality = quality,
            Preset = Preset ?? codec.DefaultPresetFor(format), // either of profile and pixel format chooses the other
            PixelFormat = format ?? codec.DefaultPixelFormat(container, Preset),
            AudioCodec = audioCodec,
            Audio = audio.Count == 0 ? [] : [.. audio],
            Seed = seed,
            Props = props,
        };
        if (RenderRules.Check(options, output) is not Finding finding) return options;
        throw IsOfPage(finding, facts) ? facts!.Refuse(finding.Member, $"but {finding.What}: {finding.Fix}") : ToException(finding);
    }

    /// <summary>Whether the page, and not an option, gave what breaks a rule: an odd size.</summary>
    private bool IsOfPage(Finding finding, PageDeclarations? facts) =>
        (finding.Member == Names.Width ? Width is null : finding.Member == Names.Height && Height is null)
        && facts?[finding.Member] is not null;

    private static HeliosException ToException(Finding finding) =>
        new(ExitCode.Usage, finding.What, "--" + ToKebab(finding.Member), finding.Fix);

    private static string ToKebab(string member) => string.Concat(Array.ConvertAll(
        member.ToCharArray(), static c => char.IsAsciiLetterUpper(c) ? $"-{char.ToLowerInvariant(c)}" : c.ToString()));

    private static void Refuse(Finding? finding)
    {
        if (finding is Finding wrong) throw ToException(wrong);
    }

    private VideoCodec FindCodec(Container container)
    {
        if (VideoCodec is null) return Jobs.VideoCodec.DefaultFor(container);
        return Jobs.VideoCodec.Find(VideoCodec) ?? throw ExportArguments.Wrong("--video-codec", VideoCodec,
            "a video codec" + NearestName.Hint(VideoCodec, Jobs.VideoCodec.Names),
            "use one of " + string.Join(", ", Jobs.VideoCodec.Names));
    }
}
