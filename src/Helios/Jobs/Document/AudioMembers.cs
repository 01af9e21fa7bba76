using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using Helios.Errors;
using Helios.Jobs.Audio;
using Helios.Text;

namespace Helios.Jobs.Document;

/// <summary>The audio file as read so far.</summary>
internal sealed class AudioDraft
{
    internal string? File { get; set; }

    internal string? Digest { get; set; }

    internal decimal? Start { get; set; }

    internal decimal? TrimStart { get; set; }

    internal decimal? TrimEnd { get; set; }

    internal decimal? Volume { get; set; }

    internal decimal? FadeIn { get; set; }

    internal decimal? FadeOut { get; set; }

    internal bool? Loop { get; set; }
}

/// <summary>The list of audio files in renderOptions.</summary>
internal static class AudioMembers
{
    // members that rules refer to
    internal const string File = "file", Start = "start", TrimStart = "trimStart", TrimEnd = "trimEnd", Volume = "volume",
        FadeIn = "fadeIn", FadeOut = "fadeOut";

    private const string Digest = "digest";

    private static readonly MemberTable<AudioDraft, AudioTrack> s_all = new(
        new(File,
            static (ref tokens, problems, path, draft) => draft.File = JobValues.ReadString(ref tokens, problems, path),
            static (json, name, track) => json.WriteString(name, track.File)),
        new(Digest,
            static (ref tokens, problems, path, draft) => draft.Digest = JobValues.ReadString(ref tokens, problems, path),
            static (json, name, track) => json.WriteString(name, track.Digest)),
        new(Start,
            static (ref tokens, problems, path, draft) => draft.Start = JobValues.ReadDecimal(ref tokens, problems, path),
            static (json, name, track) => json.WriteNumber(name, track.Start), isRequired: false),
        new(TrimStart,
            static (ref tokens, problems, path, draft) => draft.TrimStart = JobValues.ReadDecimal(ref tokens, problems, path),
            static (json, name, track) => json.WriteNumber(name, track.TrimStart), isRequired: false),
        new(TrimEnd,
            static (ref tokens, problems, path, draft) => draft.TrimEnd = JobValues.ReadDecimal(ref tokens, problems, path),
            static (json, name, track) => json.WriteNumber(name, track.TrimEnd), isRequired: false),
        new(Volume,
            static (ref tokens, problems, path, draft) => draft.Volume = JobValues.ReadDecimal(ref tokens, problems, path),
            static (json, name, track) => json.WriteNumber(name, track.Volume), isRequired: false),
        new(FadeIn,
            static (ref tokens, problems, path, draft) => draft.FadeIn = JobValues.ReadDecimal(ref tokens, problems, path),
            static (json, name, track) => json.WriteNumber(name, track.FadeIn), isRequired: false),
        new(FadeOut,
            static (ref tokens, problems, path, draft) => draft.FadeOut = JobValues.ReadDecimal(ref tokens, problems, path),
            static (json, name, track) => json.WriteNumber(name, track.FadeOut), isRequired: false),
        new("loop",
            static (ref tokens, problems, path, draft) => draft.Loop = JobValues.ReadBoolean(ref tokens, problems, path),
            static (json, name, track) => json.WriteBoolean(name, track.Loop), isRequired: false));

    /// <summary>Reads the current value; invalid values become problems.</summary>
    internal static AudioTrack[] Read(ref JsonTokens tokens, JobProblems problems, string path)
    {
        if (tokens.Type != JsonTokenType.StartArray)
        {
            JobValues.Report(ref tokens, problems, path, "an array");
            return [];
        }

        var tracks = new List<AudioTrack>();
        while (true)
        {
            tokens.Read();
            if (tokens.Type == JsonTokenType.EndArray || problems.IsFull) break;
            if (tracks.Count == AudioRules.MaxTracks)
                throw tokens.Fail($"{path} has more than {AudioRules.MaxTracks} audio files", "mix them beforehand");
            tracks.Add(ReadTrack(ref tokens, problems, string.Create(CultureInfo.InvariantCulture, $"{path}[{tracks.Count}]")));
        }

        return tracks.Count == 0 ? [] : [.. tracks];
    }

    internal static void Write(Utf8JsonWriter json, string name, AudioTrack[] tracks)
    {
        json.WriteStartArray(name);
        foreach (AudioTrack track in tracks)
        {
            json.WriteStartObject();
            s_all.Write(json, track);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static AudioTrack ReadTrack(ref JsonTokens tokens, JobProblems problems, string path)
    {
        var draft = new AudioDraft();
        if (tokens.Type == JsonTokenType.StartObject) s_all.Read(ref tokens, problems, path, draft);
        else JobValues.Report(ref tokens, problems, path, "an object");
        if (draft.Digest is string digest && !JobValues.IsDigest(digest))
        {
            string place = $"{path}.{Digest}";
            problems.Add(place, $"{place} is \"{ErrorText.OneLine(digest)}\", expected {JobValues.ExpectedDigest}",
                "fix the value, or " + JobMembers.Rewrite);
        }

        return new AudioTrack
        {
            File = draft.File ?? "",
            Digest = draft.Digest ?? "",
            Start = draft.Start ?? 0,
            TrimStart = draft.TrimStart ?? 0,
            TrimEnd = draft.TrimEnd ?? 0,
            Volume = draft.Volume ?? 1,
            FadeIn = draft.FadeIn ?? 0,
            FadeOut = draft.FadeOut ?? 0,
            Loop = draft.Loop ?? false,
        };
    }
}
