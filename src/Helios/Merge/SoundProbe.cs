using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using Helios.Jobs;
using Helios.Os;

namespace Helios.Merge;

/// <summary>
/// Asks ffmpeg what sound is in a file, by having it open the file and reading what it says of it: ffprobe is not
/// everywhere where ffmpeg is.
/// </summary>
internal sealed class SoundProbe(string encoderPath, Interrupts interrupts)
{
    /// <summary>Formats that sound and video come in; none of them refers to other files or to the net.</summary>
    internal const string Formats = "wav,w64,aiff,caf,au,mp3,aac,ac3,eac3,flac,ogg,wv,mov,matroska,webm";

    private const int Timeout = 30_000;
    private const int StallTimeout = 120_000; // ms without a packet decoded
    private const int Slice = 100;

    private readonly Dictionary<string, SoundFacts?> _known = [];

    /// <summary>Options before a file that somebody else named, and the file.</summary>
    internal static string[] InputArgs(string path) => ["-protocol_whitelist", "file", "-format_whitelist", Formats, "-i", "file:" + path];

    /// <summary>What is heard of a file; null when it has no sound, or ffmpeg cannot read it.</summary>
    internal SoundFacts? Find(string path)
    {
        if (_known.TryGetValue(path, out SoundFacts? facts)) return facts;
        return _known[path] = Ask(path);
    }

    /// <summary>How long a file's sound is to the sample, in seconds, by decoding all of it: some two seconds for an hour.</summary>
    /// <exception cref="HeliosException">75: ffmpeg hangs; 130, 143: interrupted.</exception>
    internal decimal Measure(string path)
    {
        long samples = 0;
        long lastMove = Stopwatch.GetTimestamp();
        string rate = AudioMix.SampleRate.ToString(CultureInfo.InvariantCulture);
        using ChildProcess process = ChildProcess.Start(encoderPath,
            ["-hide_banner", "-loglevel", "error", .. InputArgs(path), "-map", "0:a:0", "-af", $"aresample={rate}:async=1:first_pts=0", "-ac", "1", "-c:a", "pcm_s16le", "-f", "framecrc", "pipe:1"],
            [new(1, IsOutput: true)]);
        using var reader = new TailReader(process.Pipe(0), OnLine);
        while (process.Wait(Slice) is null)
        {
            interrupts.ThrowIfRequested();
            if (Stopwatch.GetElapsedTime(Interlocked.Read(ref lastMove)).TotalMilliseconds > StallTimeout)
                throw new HeliosException(ExitCode.Temporary, "ffmpeg did nothing while it measured a sound file", path, "run it again");
        }

        reader.Join(StallTimeout);
        return (decimal)samples / AudioMix.SampleRate;

        // stream, dts, pts, duration, size, checksum
        void OnLine(string line)
        {
            string[] fields = line.Split(',', StringSplitOptions.TrimEntries);
            if (fields.Length < 6 || !DecimalText.TryParseDigits(fields[2], out long time) || !DecimalText.TryParseDigits(fields[3], out long length)) return;
            samples = Math.Max(samples, time + length);
            _ = Interlocked.Exchange(ref lastMove, Stopwatch.GetTimestamp());
        }
    }

    private SoundFacts? Ask(string path)
    {
        bool hasSound = false, isMono = false, isEstimate = false;
        decimal seconds = 0;
        using ChildProcess process = ChildProcess.Start(encoderPath, ["-hide_banner", .. InputArgs(path)], [new(2, IsOutput: true)]);
        using (var reader = new TailReader(process.Pipe(0), OnLine))
        {
            _ = process.Wait(Timeout);
            reader.Join(1000);
        }

        return hasSound ? new SoundFacts(isMono, seconds) : null;

        void OnLine(string line)
        {
            const string Length = "  Duration: ";
            isEstimate |= line.Contains("Estimating duration", StringComparison.Ordinal); // from the first packets: seen 14 s called 4.56
            if (!isEstimate && line.StartsWith(Length, StringComparison.Ordinal) && Duration.TryParse(line.AsSpan(Length.Length).Slice(0, Math.Max(0, line.IndexOf(',', StringComparison.Ordinal) - Length.Length)), out Duration length))
                seconds = length.ToSeconds();
            if (hasSound || !line.StartsWith("  Stream #", StringComparison.Ordinal)) return;
            hasSound = line.Contains(": Audio: ", StringComparison.Ordinal);
            isMono = hasSound && line.Contains(" Hz, mono", StringComparison.Ordinal);
        }
    }
}
