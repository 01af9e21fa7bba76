using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using Helios.Errors;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>Reads the member <c>audio</c> of a job spec's renderOptions.</summary>
internal sealed class AudioReader(JobProblems problems)
{
    private const string Path = RenderOptionsReader.Path + ".audio";

    private static readonly string[] s_required = ["file", "digest"];

    private static readonly string[] s_known = [.. s_required, "start", "trimStart", "trimEnd", "volume", "fadeIn", "fadeOut", "loop"];

    private readonly Dictionary<string, object?> _values = [];

    /// <summary>Reads the current value; what does not fit becomes a problem.</summary>
    internal AudioTrack[] Read(ref JsonTokens tokens)
    {
        if (tokens.Type != JsonTokenType.StartArray)
        {
            JobValues.Report(ref tokens, problems, Path, "an array");
            return [];
        }

        var tracks = new List<AudioTrack>();
        while (true)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndArray || problems.IsFull) break;
            if (tracks.Count == AudioRules.MaxTracks) throw tokens.Fail($"{Path} has more than {AudioRules.MaxTracks} sound files", "mix them beforehand");
            tracks.Add(ReadTrack(ref tokens, string.Create(CultureInfo.InvariantCulture, $"{Path}[{tracks.Count}]")));
        }

        return tracks.Count == 0 ? [] : [.. tracks];
    }

    private AudioTrack ReadTrack(ref JsonTokens tokens, string path)
    {
        _values.Clear();
        if (tokens.Type == JsonTokenType.StartObject) ReadMembers(ref tokens, path);
        else JobValues.Report(ref tokens, problems, path, "an object");
        string digest = (string?)Get("digest") ?? "";
        if (digest.Length > 0 && !JobValues.IsDigest(digest))
            problems.Add(path + ".digest", $"{path}.digest is \"{ErrorText.OneLine(digest)}\", expected {JobValues.ExpectedDigest}", "mend the value, or write the spec again with helios export-job");
        return new AudioTrack
        {
            File = (string?)Get("file") ?? "", Digest = digest,
            Start = (decimal?)Get("start") ?? 0, TrimStart = (decimal?)Get("trimStart") ?? 0, TrimEnd = (decimal?)Get("trimEnd") ?? 0,
            Volume = (decimal?)Get("volume") ?? 1, FadeIn = (decimal?)Get("fadeIn") ?? 0, FadeOut = (decimal?)Get("fadeOut") ?? 0,
            Loop = (bool?)Get("loop") ?? false,
        };
    }

    private object? Get(string name) => _values.GetValueOrDefault(name);

    private void ReadMembers(ref JsonTokens tokens, string path)
    {
        while (true)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndObject) break;
            string name = tokens.GetText();
            tokens.CheckMember(_values.TryAdd(name, null), _values.Count, name);
            string member = $"{path}.{name}";
            if (Array.IndexOf(s_known, name) < 0)
            {
                JobValues.SkipUnknown(ref tokens, problems, member, name, s_known);
                continue;
            }

            tokens.Read();
            _values[name] = name switch
            {
                "file" or "digest" => JobValues.ReadString(ref tokens, problems, member),
                "loop" => JobValues.ReadBoolean(ref tokens, problems, member),
                _ => JobValues.ReadDecimal(ref tokens, problems, member),
            };
        }

        JobValues.ReportMissing(problems, path, s_required, _values.ContainsKey);
    }
}
