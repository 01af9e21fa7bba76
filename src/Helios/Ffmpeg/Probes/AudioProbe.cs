using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Errors;
using Helios.Text;

namespace Helios.Ffmpeg.Probes;

/// <summary>
/// Asks ffmpeg which audio a file holds, since ffprobe is not installed everywhere. An unclear
/// answer is an error, never a file without audio.
/// </summary>
internal sealed class AudioProbe(FfmpegProgram program)
{
    /// <summary>Formats of audio and video files; none of them refers to other files or to the network.</summary>
    internal const string Formats = "wav,w64,aiff,caf,au,mp3,aac,ac3,eac3,flac,ogg,wv,mov,matroska,webm";

    private const int TailLines = 6; // it writes much about each file; errors come last

    private readonly Dictionary<string, AudioInfo?> _known = [];

    /// <summary>Options before a file whose content is not trusted, and the file.</summary>
    internal static string[] InputArgs(string path) => ["-protocol_whitelist", "file", "-format_whitelist", Formats, "-i", "file:" + path];

    /// <summary>The audio of a file; null when it has none, <see cref="AudioInfo.Unreadable"/> when its format is unknown.</summary>
    /// <exception cref="HeliosException">74, 75: ffmpeg gave no answer; 130, 143: interrupted.</exception>
    internal AudioInfo? Find(string path)
    {
        if (!_known.TryGetValue(path, out AudioInfo? info)) _known[path] = info = Ask(path);
        return info;
    }

    /// <summary>
    /// Length of the audio of a file that has some, to the sample, in seconds. Decodes all of it:
    /// about two seconds for an hour.
    /// </summary>
    /// <exception cref="HeliosException">As above.</exception>
    internal decimal Measure(string path)
    {
        AudioInfo info = Find(path)!;
        if (info.Counted > 0) return info.Counted;
        long samples = 0;
        bool hasBegun = false;
        string rate = AudioGraph.SampleRate.ToString(CultureInfo.InvariantCulture);
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "error", .. InputArgs(path), "-map", "0:a:0", "-af", $"aresample={rate}:async=1:first_pts=0",
            "-ac", "1", "-c:a", "pcm_s16le", "-f", "framecrc", "pipe:1",
        ];
        FfmpegEnd end = FfmpegProcess.Ask(program, FfmpegCommand.Ask(arguments, path) with { OnOutput = OnLine });
        if (end.Code != 0 || !hasBegun || end.IsIoError) throw Inconclusive(end, path);
        decimal length = (decimal)samples / AudioGraph.SampleRate;
        _known[path] = info with { Counted = length };
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
        var reader = new AudioInfoReader();
        FfmpegEnd end = FfmpegProcess.Ask(program, FfmpegCommand.Ask(AudioInfoReader.Arguments(InputArgs(path)), path) with
        {
            OnOutput = reader.OnOutput,
            OnError = reader.OnError,
            TailLines = TailLines,
        });
        if (end.Code == 0 && reader.IsConclusive) return reader.Info;
        return end.IsUnreadable ? AudioInfo.Unreadable : throw Inconclusive(end, path);
    }

    private static HeliosException Inconclusive(FfmpegEnd end, string path)
    {
        string said = end.Said.Length > 0 ? ": " + end.Said : "";
        string code = end.Code.ToString(CultureInfo.InvariantCulture);
        string what = $"ffmpeg does not say what audio is in a file (exit code {code}{said})";
        return new HeliosException(ExitCode.Temporary, what, path, FfmpegCommand.AnswerFix);
    }
}
