using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs.Audio;
using Helios.Jobs.Encode;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>The member <c>renderOptions</c> of a job spec.</summary>
internal static class RenderOptionsMembers
{
    internal const string Path = "$." + JobMembers.Options;

    // members that rules refer to
    internal const string Width = "width", Height = "height", Scale = "scale", Mode = "mode";
    internal const string Fps = "fps", FrameRate = "frameRate", Duration = "duration", PageRate = "pageRate";
    internal const string Selector = "selector", Capture = "capture", History = "history", Processor = "processor";
    internal const string VideoCodec = "videoCodec", Quality = "quality";
    internal const string Preset = "preset", PixelFormat = "pixelFormat", AudioCodec = "audioCodec", Audio = "audio";
    internal const string Bitrate = "bitrate", MaxBitrate = "maxBitrate", BufferSize = "bufferSize";
    internal const string EncoderOptions = "encoderOptions", ImageQuality = "imageQuality";
    internal const string CaptureFallback = "captureFallback", Title = "title", CreationTime = "creationTime";
    internal const string Fonts = "fonts", FontsDigest = "fontsDigest";

    private const int LongestText = 1000;

    private static readonly MemberTable<RenderOptionsDraft, RenderOptions> s_all = new(
        new(Width,
            static (ref tokens, problems, path, draft) => draft.Width = ReadSide(ref tokens, problems, path),
            static (json, name, options) => json.WriteNumber(name, options.Width)),
        new(Height,
            static (ref tokens, problems, path, draft) => draft.Height = ReadSide(ref tokens, problems, path),
            static (json, name, options) => json.WriteNumber(name, options.Height)),
        new(Scale,
            static (ref tokens, problems, path, draft) => draft.Scale = ReadScale(ref tokens, problems, path),
            static (json, name, options) =>
            {
                if (options.Scale != 1) json.WriteNumber(name, options.Scale);
            },
            isRequired: false),
        new(Fps,
            static (ref tokens, problems, path, draft) => draft.Fps = JobValues.ReadDecimal(ref tokens, problems, path),
            static (json, name, options) => json.WriteNumber(name, options.FrameRate.ToNumber())),
        new(FrameRate,
            static (ref tokens, problems, path, draft) => draft.FrameRate = ReadText(ref tokens, problems, path),
            static (json, name, options) => json.WriteString(name, options.FrameRate.ToString())),
        new(PageRate,
            static (ref tokens, problems, path, draft) => draft.PageRate = ReadText(ref tokens, problems, path),
            static (json, name, options) => WriteOptional(json, name, options.PageRate?.ToString()), isRequired: false),
        new(Duration,
            static (ref tokens, problems, path, draft) => draft.Duration = JobValues.ReadDecimal(ref tokens, problems, path),
            static (json, name, options) => json.WriteNumber(name, options.Duration.ToSeconds())),
        new("startFrame",
            static (ref tokens, problems, path, draft) =>
                draft.StartFrame = JobValues.ReadInteger(ref tokens, problems, path, 0, FrameRange.MaxFrames),
            static (json, name, options) => json.WriteNumber(name, options.StartFrame)),
        new(Mode,
            static (ref tokens, problems, path, draft) => draft.Mode = ReadText(ref tokens, problems, path),
            static (json, name, options) => json.WriteString(name, options.Mode.Name)),
        new(Selector,
            static (ref tokens, problems, path, draft) => draft.Selector = ReadText(ref tokens, problems, path),
            static (json, name, options) => WriteOptional(json, name, options.Selector), isRequired: false),
        new(Capture,
            static (ref tokens, problems, path, draft) => draft.Capture = ReadText(ref tokens, problems, path),
            static (json, name, options) => json.WriteString(name, options.Capture.Name)),
        new(CaptureFallback,
            static (ref tokens, problems, path, draft) => draft.CaptureFallback = ReadText(ref tokens, problems, path),
            static (json, name, options) => WriteOptional(json, name, options.CaptureFallback?.Name), isRequired: false),
        new(History,
            static (ref tokens, problems, path, draft) => draft.History = ReadText(ref tokens, problems, path),
            static (json, name, options) => json.WriteString(name, options.History.Name), isRequired: false),
        new(Processor,
            static (ref tokens, problems, path, draft) => draft.Processor = ReadText(ref tokens, problems, path),
            static (json, name, options) =>
            {
                if (options.Processor != ProcessorUse.Any) json.WriteString(name, options.Processor.Name);
            },
            isRequired: false),
        new(VideoCodec,
            static (ref tokens, problems, path, draft) => draft.VideoCodec = ReadText(ref tokens, problems, path),
            static (json, name, options) => json.WriteString(name, options.VideoCodec.Name)),
        new(Quality,
            static (ref tokens, problems, path, draft) => draft.Quality = (int?)JobValues.ReadInteger(ref tokens, problems, path, 0, 63),
            static (json, name, options) => json.WriteNumber(name, options.Quality)),
        new(Bitrate,
            static (ref tokens, problems, path, draft) => draft.Bitrate = ReadBits(ref tokens, problems, path),
            static (json, name, options) => WriteOptional(json, name, options.Rate.Bitrate), isRequired: false),
        new(MaxBitrate,
            static (ref tokens, problems, path, draft) => draft.MaxBitrate = ReadBits(ref tokens, problems, path),
            static (json, name, options) => WriteOptional(json, name, options.Rate.MaxBitrate), isRequired: false),
        new(BufferSize,
            static (ref tokens, problems, path, draft) => draft.BufferSize = ReadBits(ref tokens, problems, path),
            static (json, name, options) => WriteOptional(json, name, options.Rate.BufferSize), isRequired: false),
        new(Preset,
            static (ref tokens, problems, path, draft) => draft.Preset = ReadText(ref tokens, problems, path),
            static (json, name, options) => WriteOptional(json, name, options.Preset), isRequired: false),
        new(EncoderOptions,
            static (ref tokens, problems, path, draft) => draft.EncoderOptions = new EncoderOptions(ReadTexts(ref tokens, problems, path)),
            static (json, name, options) => WriteTexts(json, name, options.EncoderOptions.All), isRequired: false),
        new(PixelFormat,
            static (ref tokens, problems, path, draft) => draft.PixelFormat = ReadText(ref tokens, problems, path),
            static (json, name, options) => json.WriteString(name, options.PixelFormat.Name)),
        new(ImageQuality,
            static (ref tokens, problems, path, draft) =>
                draft.ImageQuality = (int?)JobValues.ReadInteger(ref tokens, problems, path, 1, 100),
            static (json, name, options) => WriteOptional(json, name, options.ImageQuality), isRequired: false),
        new(AudioCodec,
            static (ref tokens, problems, path, draft) => draft.AudioCodec = ReadText(ref tokens, problems, path),
            static (json, name, options) => json.WriteString(name, options.AudioCodec.Name)),
        new(Audio,
            static (ref tokens, problems, path, draft) => draft.Audio = AudioMembers.Read(ref tokens, problems, path),
            static (json, name, options) => AudioMembers.Write(json, name, options.Audio), isRequired: false),
        new(Title,
            static (ref tokens, problems, path, draft) => draft.Title = JobValues.ReadString(ref tokens, problems, path),
            static (json, name, options) => WriteOptional(json, name, options.Metadata.Title), isRequired: false),
        new(CreationTime,
            static (ref tokens, problems, path, draft) => draft.CreationTime = JobValues.ReadString(ref tokens, problems, path),
            static (json, name, options) => WriteOptional(json, name, options.Metadata.CreationTime), isRequired: false),
        new(Fonts,
            static (ref tokens, problems, path, draft) => draft.Fonts = JobValues.ReadString(ref tokens, problems, path),
            static (json, name, options) => WriteOptional(json, name, options.Fonts?.Directory), isRequired: false),
        new(FontsDigest,
            static (ref tokens, problems, path, draft) => draft.FontsDigest = JobValues.ReadString(ref tokens, problems, path),
            static (json, name, options) => WriteOptional(json, name, options.Fonts?.Digest), isRequired: false),
        new("strictFonts",
            static (ref tokens, problems, path, draft) => draft.HasStrictFonts = JobValues.ReadBoolean(ref tokens, problems, path) ?? false,
            static (json, name, options) =>
            {
                if (options.HasStrictFonts) json.WriteBoolean(name, options.HasStrictFonts);
            },
            isRequired: false),
        new("block", ReadBlock, WriteBlock, isRequired: false),
        new("seed",
            static (ref tokens, problems, path, draft) =>
                draft.Seed = (uint?)JobValues.ReadInteger(ref tokens, problems, path, 0, uint.MaxValue),
            static (json, name, options) => json.WriteNumber(name, options.Seed)),
        new("props", ReadProps, static (json, name, options) => JobJson.WriteValue(json, name, options.Props), isRequired: false));

    /// <summary>Reads the current value; null after a problem.</summary>
    internal static RenderOptionsDraft? Read(ref JsonTokens tokens, JobProblems problems)
    {
        int before = problems.All.Count;
        if (tokens.Type != JsonTokenType.StartObject)
        {
            JobValues.Report(ref tokens, problems, Path, "an object");
            return null;
        }

        var draft = new RenderOptionsDraft();
        s_all.Read(ref tokens, problems, Path, draft);
        return problems.All.Count == before && draft.IsComplete ? draft : null;
    }

    internal static void Write(Utf8JsonWriter json, string name, RenderOptions options)
    {
        json.WriteStartObject(name);
        s_all.Write(json, options);
        json.WriteEndObject();
    }

    private static int? ReadSide(ref JsonTokens tokens, JobProblems problems, string path) =>
        (int?)JobValues.ReadInteger(ref tokens, problems, path, 1, RenderRules.MaxSide);

    private static decimal ReadScale(ref JsonTokens tokens, JobProblems problems, string path)
    {
        if (JobValues.ReadDecimal(ref tokens, problems, path) is not decimal scale) return 1;
        if (RenderRules.IsScale(scale)) return DecimalText.ToDecimal((long)(scale * 10_000), RenderRules.ScalePlaces); // 2 for 2.0
        problems.Add(path, string.Create(CultureInfo.InvariantCulture, $"{path} is {scale}, expected {RenderRules.ExpectedScale}"),
            "fix the value, or " + JobMembers.Rewrite);
        return 1;
    }

    private static int? ReadBits(ref JsonTokens tokens, JobProblems problems, string path)
    {
        if (JobValues.ReadDecimal(ref tokens, problems, path) is not decimal bits) return null;
        if (RateControl.IsValid(bits)) return (int)bits;
        problems.Add(path, string.Create(CultureInfo.InvariantCulture,
            $"{path} is {bits}, expected {RateControl.Least} to {RateControl.Most} bits, in whole kilobits"),
            "fix the value, or " + JobMembers.Rewrite);
        return null;
    }

    private static string? ReadText(ref JsonTokens tokens, JobProblems problems, string path) =>
        JobValues.ReadString(ref tokens, problems, path, RenderRules.MaxSelectorLength);

    private static void ReadProps(ref JsonTokens tokens, JobProblems problems, string path, RenderOptionsDraft draft)
    {
        if (tokens.Type == JsonTokenType.StartObject) draft.Props = JobJson.Copy(ref tokens);
        else JobValues.Report(ref tokens, problems, path, "an object");
    }

    private static void ReadBlock(ref JsonTokens tokens, JobProblems problems, string path, RenderOptionsDraft draft)
    {
        if (tokens.Type != JsonTokenType.StartArray)
        {
            JobValues.Report(ref tokens, problems, path, "an array");
            return;
        }

        var patterns = new List<string>();
        while (true)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndArray || problems.IsFull) break;
            if (patterns.Count == BlockList.MostPatterns)
                throw tokens.Fail($"{path} has more than {BlockList.MostPatterns} patterns", "use * to join some");
            string place = string.Create(CultureInfo.InvariantCulture, $"{path}[{patterns.Count}]");
            string pattern = JobValues.ReadString(ref tokens, problems, place, BlockList.LongestPattern) ?? "*";
            patterns.Add(pattern);
            if (BlockList.Check(pattern) is string what)
            {
                problems.Add(place, $"{place} is \"{ErrorText.OneLine(pattern)}\", no pattern of URLs: {what}",
                    "give one such as https://host/*");
            }
        }

        draft.Block = new BlockList([.. patterns]);
    }

    private static void WriteBlock(Utf8JsonWriter json, string name, RenderOptions options)
    {
        if (options.Block.Patterns.Count == 0) return;
        json.WriteStartArray(name);
        foreach (string pattern in options.Block.Patterns) json.WriteStringValue(pattern);
        json.WriteEndArray();
    }

    /// <summary>An object of texts, in its order.</summary>
    private static List<KeyValuePair<string, string>> ReadTexts(ref JsonTokens tokens, JobProblems problems, string path)
    {
        var all = new List<KeyValuePair<string, string>>();
        if (tokens.Type != JsonTokenType.StartObject)
        {
            JobValues.Report(ref tokens, problems, path, "an object");
            return all;
        }

        var seen = new HashSet<string>();
        while (true)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndObject || problems.IsFull) return all;
            string key = tokens.GetText();
            tokens.CheckMember(seen.Add(key), seen.Count, key);
            tokens.Read();
            string place = $"{path}.{ErrorText.OneLine(key)}";
            if (JobValues.ReadString(ref tokens, problems, place, LongestText) is string value) all.Add(new(key, value));
        }
    }

    /// <summary>Absent when there are none.</summary>
    internal static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> all)
    {
        if (all.Count == 0) return;
        json.WriteStartObject(name);
        foreach (var (key, value) in all) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, int? number)
    {
        if (number is int value) json.WriteNumber(name, value);
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }
}
