using System.Globalization;
using Helios.Errors;
using Helios.Jobs.Document;
using Names = Helios.Jobs.Document.RenderOptionsMembers;

namespace Helios.Jobs.Audio;

/// <summary>Rules for the audio files of a job. Used like <see cref="RenderRules"/>, by planner and reader alike.</summary>
internal static class AudioRules
{
    /// <summary>Samples per second of all audio that helios writes.</summary>
    internal const int SampleRate = 48_000;

    /// <summary>Most files: all are open during mixing.</summary>
    internal const int MaxTracks = 64;

    /// <summary>Largest volume factor: +40 dB.</summary>
    internal const int MaxVolume = 100;

    /// <summary>Accepted forms of a time, for messages.</summary>
    internal const string ExpectedTime = "seconds from 0 with up to nine decimals, or mm:ss";

    /// <summary>The first broken rule, or null.</summary>
    internal static Finding? Check(RenderOptions options)
    {
        if (options.Audio.Length > MaxTracks)
            return new(Names.Audio, $"the job has {options.Audio.Length} audio files", $"give at most {MaxTracks}, mixed beforehand");
        if (options.Audio.Length > 0 && options.AudioCodec == AudioCodec.None)
            return new(Names.Audio, "there are audio files, but the audio codec is none", "leave them out, or choose an audio codec");
        foreach (AudioTrack track in options.Audio)
            if (Check(track) is string what) return new(Names.Audio, $"\"{ErrorText.OneLine(track.File)}\": {what}", "fix the value");
        return null;
    }

    private static string? Check(AudioTrack track)
    {
        if (JobPaths.CheckFile(track.File) is string path) return path;
        foreach (var (name, seconds) in ((string, decimal)[])
        [
            (AudioMembers.Start, track.Start), (AudioMembers.TrimStart, track.TrimStart), (AudioMembers.TrimEnd, track.TrimEnd),
            (AudioMembers.FadeIn, track.FadeIn), (AudioMembers.FadeOut, track.FadeOut),
        ])
        {
            if (seconds != 0 && !Duration.TryFromSeconds(seconds, out _))
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} is {seconds}, expected seconds from 0 to {Duration.MaxSeconds} with up to nine decimals");
            }
        }

        if (track.TrimEnd != 0 && track.TrimEnd <= track.TrimStart)
            return string.Create(CultureInfo.InvariantCulture, $"the part from {track.TrimStart} to {track.TrimEnd} s is empty");
        return track.Volume is >= 0 and <= MaxVolume
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{AudioMembers.Volume} is {track.Volume}, expected 0 to {MaxVolume}");
    }
}
