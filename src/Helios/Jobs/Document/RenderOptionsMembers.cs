using System;
using System.Text.Json;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>What the reader knows of renderOptions so far.</summary>
internal sealed class RenderOptionsDraft
{
    internal int? Width { get; set; }

    internal int? Height { get; set; }

    internal decimal? Fps { get; set; }

    internal string? FrameRate { get; set; }

    internal decimal? Duration { get; set; }

    internal long? StartFrame { get; set; }

    internal string? Mode { get; set; }

    internal string? Selector { get; set; }

    internal string? Capture { get; set; }

    internal string? VideoCodec { get; set; }

    internal int? Quality { get; set; }

    internal string? Preset { get; set; }

    internal string? PixelFormat { get; set; }

    internal string? AudioCodec { get; set; }

    internal AudioTrack[] Audio { get; set; } = [];

    internal uint? Seed { get; set; }

    internal ReadOnlyMemory<byte> Props { get; set; } = JobJson.EmptyObject;
}

/// <summary>The member <c>renderOptions</c> of a job spec.</summary>
internal static class RenderOptionsMembers
{
    internal const string Path = "$.renderOptions";

    private static readonly MemberTable<RenderOptionsDraft, RenderOptions> s_all = new(
        new("width",
            static (ref tokens, problems, path, draft) => draft.Width = (int?)JobValues.ReadInteger(ref tokens, problems, path, 1, RenderRules.MaxSide),
            static (json, name, options) => json.WriteNumber(name, options.Width)),
        new("height",
            static (ref tokens, problems, path, draft) => draft.Height = (int?)JobValues.ReadInteger(ref tokens, problems, path, 1, RenderRules.MaxSide),
            static (json, name, options) => json.WriteNumber(name, options.Height)),
        new("fps",
            static (ref tokens, problems, path, draft) => draft.Fps = JobValues.ReadDecimal(ref tokens, problems, path),
            static (json, name, options) => json.WriteNumber(name, options.Fps)),
        new("frameRate",
            static (ref tokens, problems, path, draft) => draft.FrameRate = ReadText(ref tokens, problems, path),
            static (json, name, options) => json.WriteString(name, options.FrameRate)),
        new("duration",
            static (ref tokens, problems, path, draft) => draft.Duration = JobValues.ReadDecimal(ref tokens, problems, path),
            static (json, name, options) => json.WriteNumber(name, options.Duration)),
        new("startFrame",
            static (ref tokens, problems, path, draft) => draft.StartFrame = JobValues.ReadInteger(ref tokens, problems, path, 0, FrameRange.MaxFrames),
            static (json, name, options) => json.WriteNumber(name, options.StartFrame)),
        new("mode",
            static (ref tokens, problems, path, draft) => draft.Mode = ReadText(ref tokens, problems, path),
            static (json, name, options) => json.WriteString(name, options.Mode)),
        new("selector",
            static (ref tokens, problems, path, draft) => draft.Selector = ReadText(ref tokens, problems, path),
            static (json, name, options) => WriteOptional(json, name, options.Selector), IsRequired: false),
        new("capture",
            static (ref tokens, problems, path, draft) => draft.Capture = ReadText(ref tokens, problems, path),
            static (json, name, options) => json.WriteString(name, options.Capture)),
        new("videoCodec",
            static (ref tokens, problems, path, draft) => draft.VideoCodec = ReadText(ref tokens, problems, path),
            static (json, name, options) => json.WriteString(name, options.VideoCodec)),
        new("quality",
            static (ref tokens, problems, path, draft) => draft.Quality = (int?)JobValues.ReadInteger(ref tokens, problems, path, 0, 63),
            static (json, name, options) => json.WriteNumber(name, options.Quality)),
        new("preset",
            static (ref tokens, problems, path, draft) => draft.Preset = ReadText(ref tokens, problems, path),
            static (json, name, options) => WriteOptional(json, name, options.Preset), IsRequired: false),
        new("pixelFormat",
            static (ref tokens, problems, path, draft) => draft.PixelFormat = ReadText(ref tokens, problems, path),
            static (json, name, options) => json.WriteString(name, options.PixelFormat)),
        new("audioCodec",
            static (ref tokens, problems, path, draft) => draft.AudioCodec = ReadText(ref tokens, problems, path),
            static (json, name, options) => json.WriteString(name, options.AudioCodec)),
        new("audio",
            static (ref tokens, problems, path, draft) => draft.Audio = AudioMembers.Read(ref tokens, problems, path),
            static (json, name, options) => AudioMembers.Write(json, name, options.Audio), IsRequired: false),
        new("seed",
            static (ref tokens, problems, path, draft) => draft.Seed = (uint?)JobValues.ReadInteger(ref tokens, problems, path, 0, uint.MaxValue),
            static (json, name, options) => json.WriteNumber(name, options.Seed)),
        new("props", ReadProps, static (json, name, options) => JobJson.WriteValue(json, name, options.Props), IsRequired: false));

    /// <summary>Reads the current value; null after a problem.</summary>
    internal static RenderOptions? Read(ref JsonTokens tokens, JobProblems problems)
    {
        int before = problems.All.Count;
        if (tokens.Type != JsonTokenType.StartObject)
        {
            JobValues.Report(ref tokens, problems, Path, "an object");
            return null;
        }

        var draft = new RenderOptionsDraft();
        s_all.Read(ref tokens, problems, Path, draft);
        return problems.All.Count > before ? null : Build(draft);
    }

    internal static void Write(Utf8JsonWriter json, string name, RenderOptions options)
    {
        json.WriteStartObject(name);
        s_all.Write(json, options);
        json.WriteEndObject();
    }

    private static string? ReadText(ref JsonTokens tokens, JobProblems problems, string path) =>
        JobValues.ReadString(ref tokens, problems, path, RenderRules.MaxSelectorLength);

    private static void ReadProps(ref JsonTokens tokens, JobProblems problems, string path, RenderOptionsDraft draft)
    {
        if (tokens.Type == JsonTokenType.StartObject) draft.Props = JobJson.Copy(ref tokens);
        else JobValues.Report(ref tokens, problems, path, "an object");
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }

    /// <summary>Null where a member is missing although it was there: the list of problems was full.</summary>
    private static RenderOptions? Build(RenderOptionsDraft draft) => draft is
        {
            Width: { } width, Height: { } height, Fps: { } fps, FrameRate: { } rate, Duration: { } duration, StartFrame: { } start, Mode: { } mode, Capture: { } capture,
            VideoCodec: { } codec, Quality: { } quality, PixelFormat: { } pixelFormat, AudioCodec: { } audioCodec, Seed: { } seed,
        }
        ? new RenderOptions
        {
            Width = width, Height = height, Fps = fps, FrameRate = rate, Duration = duration, StartFrame = start, Mode = mode, Selector = draft.Selector,
            Capture = capture, VideoCodec = codec, Quality = quality, Preset = draft.Preset, PixelFormat = pixelFormat, AudioCodec = audioCodec,
            Audio = draft.Audio, Seed = seed, Props = draft.Props,
        }
        : null;
}
