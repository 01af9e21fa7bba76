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
internal sealed class RenderArguments(
    string? width, string? height, string? mode, string? selector, string? capture, string? videoCodec, string? quality, string? preset,
    string? pixelFormat, string? audioCodec, string? seed)
{
    private const int WorstOfAll = 63; // RenderRules knows each codec's own limit

    internal RenderOptions ToOptions(
        string output, FrameRate rate, Duration duration, long startFrame, ReadOnlyMemory<byte> props, List<AudioTrack> audio,
        PageDeclarations? facts)
    {
        Container container = Container.Of(output) ?? throw ToException(RenderRules.UnknownContainer(output));
        VideoCodec codec = FindCodec(container);
        var numbers = ExportArguments.ReadNumbers(width, height, seed, facts);
        int chosenQuality = (int)ExportArguments.ReadInteger("--quality", quality, 0, WorstOfAll, codec.DefaultQuality);
        RenderMode chosenMode = selector is null ? RenderMode.Dom : RenderMode.Canvas;
        if (mode is not null) Refuse(RenderRules.Read(mode, out chosenMode));
        CaptureMode chosenCapture = chosenMode == RenderMode.Canvas ? CaptureMode.Canvas : CaptureMode.Screenshot;
        if (capture is not null) Refuse(RenderRules.Read(capture, out chosenCapture));
        PixelFormat? chosenFormat = null;
        if (pixelFormat is not null) Refuse(RenderRules.Read(pixelFormat, codec, container, out chosenFormat));
        AudioCodec chosenAudio = container.AudioCodecs[0];
        if (audioCodec is not null) Refuse(RenderRules.Read(audioCodec, container, out chosenAudio));
        var options = new RenderOptions
        {
            Width = numbers.Width,
            Height = numbers.Height,
            FrameRate = rate,
            Duration = duration,
            StartFrame = startFrame,
            Mode = chosenMode,
            Selector = selector,
            Capture = chosenCapture,
            VideoCodec = codec,
            Quality = chosenQuality,
            Preset = preset ?? codec.DefaultPresetFor(chosenFormat), // either profile or pixel format determines the other
            PixelFormat = chosenFormat ?? codec.DefaultPixelFormat(container, preset),
            AudioCodec = chosenAudio,
            Audio = audio.Count == 0 ? [] : [.. audio],
            Seed = numbers.Seed,
            Props = props,
        };
        if (RenderRules.Check(options, output) is not Finding finding) return options;
        throw IsOfPage(finding, facts) ? facts!.Refuse(finding.Member, $"but {finding.What}: {finding.Fix}") : ToException(finding);
    }

    /// <summary>Whether the page, and not an option, supplied the value that breaks a rule: an odd size.</summary>
    private bool IsOfPage(Finding finding, PageDeclarations? facts) =>
        (finding.Member == Names.Width ? width is null : finding.Member == Names.Height && height is null)
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
        if (videoCodec is null) return VideoCodec.DefaultFor(container);
        return VideoCodec.Find(videoCodec) ?? throw ExportArguments.Wrong("--video-codec", videoCodec,
            "a video codec" + NearestName.Hint(videoCodec, VideoCodec.Names),
            "use one of " + string.Join(", ", VideoCodec.Names));
    }
}
