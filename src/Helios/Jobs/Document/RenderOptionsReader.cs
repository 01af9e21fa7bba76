using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>Reads the member <c>renderOptions</c> of a job spec.</summary>
internal sealed class RenderOptionsReader(JobProblems problems)
{
    internal const string Path = "$.renderOptions";

    private static readonly string[] s_required =
        ["width", "height", "fps", "frameRate", "duration", "startFrame", "mode", "capture", "videoCodec", "quality", "pixelFormat", "audioCodec", "seed"];

    private static readonly string[] s_known = [.. s_required, "selector", "preset", "audio", "props"];

    private readonly Dictionary<string, object?> _values = [];
    private AudioTrack[] _audio = [];
    private ReadOnlyMemory<byte> _props = JobJson.EmptyObject;

    /// <summary>Reads the current value; null after a problem.</summary>
    internal RenderOptions? Read(ref JsonTokens tokens)
    {
        int before = problems.All.Count;
        if (tokens.Type != JsonTokenType.StartObject)
        {
            JobValues.Report(ref tokens, problems, Path, "an object");
            return null;
        }

        while (true)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndObject) break;
            string name = tokens.GetText();
            tokens.CheckMember(_values.TryAdd(name, null), _values.Count, name);
            ReadMember(ref tokens, name);
        }

        JobValues.ReportMissing(problems, Path, s_required, _values.ContainsKey);
        return problems.All.Count > before ? null : Build();
    }

    private void ReadMember(ref JsonTokens tokens, string name)
    {
        if (Array.IndexOf(s_known, name) < 0)
        {
            JobValues.SkipUnknown(ref tokens, problems, $"{Path}.{name}", name, s_known);
            return;
        }

        tokens.Read();
        string path = $"{Path}.{name}";
        switch (name)
        {
            case "width" or "height":
                _values[name] = JobValues.ReadInteger(ref tokens, problems, path, 1, RenderRules.MaxSide);
                break;
            case "fps" or "duration":
                _values[name] = JobValues.ReadDecimal(ref tokens, problems, path);
                break;
            case "startFrame":
                _values[name] = JobValues.ReadInteger(ref tokens, problems, path, 0, FrameRange.MaxFrames);
                break;
            case "quality":
                _values[name] = JobValues.ReadInteger(ref tokens, problems, path, 0, 63);
                break;
            case "seed":
                _values[name] = JobValues.ReadInteger(ref tokens, problems, path, 0, uint.MaxValue);
                break;
            case "audio":
                _audio = new AudioReader(problems).Read(ref tokens);
                break;
            case "props":
                ReadProps(ref tokens, path);
                break;
            default:
                _values[name] = JobValues.ReadString(ref tokens, problems, path, RenderRules.MaxSelectorLength);
                break;
        }
    }

    private void ReadProps(ref JsonTokens tokens, string path)
    {
        if (tokens.Type != JsonTokenType.StartObject)
        {
            JobValues.Report(ref tokens, problems, path, "an object");
            return;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JobJson.Compact)) JsonCopy.CopyValue(ref tokens, writer);
        _props = buffer.WrittenMemory;
    }

    private RenderOptions? Build()
    {
        foreach (string name in s_required)
            if (_values[name] is null) return null;

        return new RenderOptions
        {
            Width = (int)(long)_values["width"]!,
            Height = (int)(long)_values["height"]!,
            Fps = (decimal)_values["fps"]!,
            FrameRate = (string)_values["frameRate"]!,
            Duration = (decimal)_values["duration"]!,
            StartFrame = (long)_values["startFrame"]!,
            Mode = (string)_values["mode"]!,
            Selector = (string?)_values.GetValueOrDefault("selector"),
            Capture = (string)_values["capture"]!,
            VideoCodec = (string)_values["videoCodec"]!,
            Quality = (int)(long)_values["quality"]!,
            Preset = (string?)_values.GetValueOrDefault("preset"),
            PixelFormat = (string)_values["pixelFormat"]!,
            AudioCodec = (string)_values["audioCodec"]!,
            Audio = _audio,
            Seed = (uint)(long)_values["seed"]!,
            Props = _props,
        };
    }
}
