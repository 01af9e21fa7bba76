using System;
using System.Collections.Generic;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Text;

namespace Helios.Cli.Options;

/// <summary>
/// Reads --audio: <c>FILE[,start=S][,trim=A-B][,volume=V][,fade-in=S][,fade-out=S][,loop]</c>. File names may contain commas:
/// options are parsed from the end.
/// </summary>
internal static class AudioArguments
{
    private static readonly string[] s_names = ["start", "trim", "volume", "fade-in", "fade-out", "loop"];

    /// <param name="typed">All values, joined by NUL; null when there is none.</param>
    /// <exception cref="HeliosException">64: an impossible value.</exception>
    internal static List<AudioTrack> Read(string? typed)
    {
        var tracks = new List<AudioTrack>();
        if (typed is null) return tracks;
        foreach (string text in typed.Split(CommandLine.Separator)) tracks.Add(ReadOne(text));
        return tracks;
    }

    private static AudioTrack ReadOne(string text)
    {
        var track = new AudioTrack { File = text, Digest = "" };
        var seen = new HashSet<string>();
        while (true)
        {
            int comma = track.File.LastIndexOf(',');
            if (comma < 0) break;
            string option = track.File[(comma + 1)..];
            int equals = option.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? option : option[..equals];
            if (Array.IndexOf(s_names, name) < 0)
            {
                if (equals > 0 && NearestName.Find(name, s_names) is string nearest)
                    throw Wrong(option, "an option of an audio file", $"did you mean {nearest}?");
                break; // a comma in the file's name
            }

            if (!seen.Add(name))
                throw CommandLine.Wrong($"{name} is given twice for \"{ErrorText.OneLine(text)}\"", "keep one of them", "--audio");
            track = Apply(track, name, equals < 0 ? "" : option[(equals + 1)..], option) with { File = track.File[..comma] };
        }

        return track.File.Length > 0 ? track : throw Wrong(text, "an audio file", "write FILE first, then its options");
    }

    private static AudioTrack Apply(AudioTrack track, string name, string value, string option) => name switch
    {
        "start" => track with { Start = ReadTime(value, option) },
        "fade-in" => track with { FadeIn = ReadTime(value, option) },
        "fade-out" => track with { FadeOut = ReadTime(value, option) },
        "volume" => track with { Volume = ReadVolume(value, option) },
        "trim" => ApplyTrim(track, value, option),
        _ => option == "loop"
            ? track with { Loop = true }
            : throw Wrong(option, "an option of an audio file", "write loop without a value"),
    };

    private static AudioTrack ApplyTrim(AudioTrack track, string value, string option)
    {
        string[] ends = value.Split('-');
        if (ends.Length != 2 || value == "-")
            throw Wrong(option, "a part of an audio file", "write trim=A-B, trim=A- or trim=-B, in seconds");
        track = track with
        {
            TrimStart = ends[0].Length == 0 ? 0 : ReadTime(ends[0], option),
            TrimEnd = ends[1].Length == 0 ? 0 : ReadTime(ends[1], option)
        };
        return ends[1].Length == 0 || track.TrimEnd > track.TrimStart
            ? track
            : throw Wrong(option, "a part of an audio file", "end it after its start");
    }

    private static decimal ReadTime(string text, string option)
    {
        if (DecimalText.TryParse(text, maxPlaces: 9, out long digits, out _) && digits == 0) return 0;
        return Duration.TryParse(text, out Duration time)
            ? time.ToSeconds()
            : throw Wrong(option, "a time", "give " + AudioRules.ExpectedTime);
    }

    private static decimal ReadVolume(string text, string option) =>
        DecimalText.TryParse(text, maxPlaces: 6, out long digits, out int places)
            && DecimalText.ToDecimal(digits, places) is <= AudioRules.MaxVolume and decimal volume
            ? volume
            : throw Wrong(option, "a volume", "give a factor from 0 to 100, such as 0.5");

    private static HeliosException Wrong(string value, string kind, string fix) =>
        ExportArguments.Wrong("--audio", ErrorText.OneLine(value), kind, fix);
}
