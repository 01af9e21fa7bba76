using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Errors;
using Helios.Os;
using Helios.Text;

namespace Helios.Ffmpeg;

/// <summary>
/// Asks ffmpeg what sound is in a file: ffprobe is not everywhere where ffmpeg is. What it does not say clearly is an
/// error, never a file without sound.
/// </summary>
internal sealed class AudioProbe(string encoderPath, Interrupts interrupts)
{
    /// <summary>Formats that sound and video come in; none of them refers to other files or to the net.</summary>
    internal const string Formats = "wav,w64,aiff,caf,au,mp3,aac,ac3,eac3,flac,ogg,wv,mov,matroska,webm";

    private readonly FfmpegQuestion _ffmpeg = new(encoderPath, interrupts);
    private readonly Dictionary<string, AudioInfo?> _known = [];

    /// <summary>Options before a file that somebody else named, and the file.</summary>
    internal static string[] InputArgs(string path) => ["-protocol_whitelist", "file", "-format_whitelist", Formats, "-i", "file:" + path];

    /// <summary>What is heard of a file; null when it has no sound, <see cref="AudioInfo.Unreadable"/> when nobody can tell.</summary>
    /// <exception cref="HeliosException">74, 75: ffmpeg gave no answer; 130, 143: interrupted.</exception>
    internal AudioInfo? Find(string path)
    {
        if (!_known.TryGetValue(path, out AudioInfo? facts)) _known[path] = facts = Ask(path);
        return facts;
    }

    /// <summary>How long the sound of a file that has some is to the sample, in seconds, by decoding all of it: some two seconds for an hour.</summary>
    /// <exception cref="HeliosException">As above.</exception>
    internal decimal Measure(string path)
    {
        AudioInfo facts = Find(path)!;
        if (facts.Counted > 0) return facts.Counted;
        long samples = 0;
        bool hasBegun = false;
        string rate = AudioGraph.SampleRate.ToString(CultureInfo.InvariantCulture);
        var (code, said) = _ffmpeg.Ask(
        [
            "-hide_banner", "-loglevel", "error", .. InputArgs(path), "-map", "0:a:0", "-af", $"aresample={rate}:async=1:first_pts=0",
            "-ac", "1", "-c:a", "pcm_s16le", "-f", "framecrc", "pipe:1",
        ], path, OnLine);
        if (code != 0 || !hasBegun || FfmpegEnd.IsIoError(code, said)) throw Inconclusive(code, said, path);
        decimal length = (decimal)samples / AudioGraph.SampleRate;
        _known[path] = facts with { Counted = length };
        return length;

        // stream, dts, pts, duration, size, checksum
        void OnLine(string line)
        {
            hasBegun |= line == "#media_type 0: audio";
            string[] fields = line.Split(',', StringSplitOptions.TrimEntries);
            if (fields.Length < 6 || !DecimalText.TryParseDigits(fields[2], out long time)) return;
            if (DecimalText.TryParseDigits(fields[3], out long count)) samples = Math.Max(samples, time + count);
        }
    }

    private AudioInfo? Ask(string path)
    {
        var answer = new AudioInfoReader();
        var (code, said) = _ffmpeg.Ask(AudioInfoReader.Arguments(InputArgs(path)), path, answer.OnOutput, answer.OnError);
        if (code == 0 && answer.IsConclusive) return answer.Facts;
        return FfmpegEnd.IsUnreadable(code, said) ? AudioInfo.Unreadable : throw Inconclusive(code, said, path);
    }

    private static HeliosException Inconclusive(int code, string said, string path)
    {
        string what = string.Create(CultureInfo.InvariantCulture, $"ffmpeg does not say what sound is in a file (exit code {code}");
        return FfmpegQuestion.Temporary((said.Length > 0 ? $"{what}: {said}" : what) + ")", path);
    }
}
