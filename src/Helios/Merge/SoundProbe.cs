using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Jobs;
using Helios.Os;

namespace Helios.Merge;

/// <summary>
/// Asks ffmpeg what sound is in a file, by having it open the file and reading what it says of it: ffprobe is not
/// everywhere where ffmpeg is.
/// </summary>
internal sealed class SoundProbe(string encoderPath)
{
    /// <summary>Formats that sound and video come in; none of them refers to other files or to the net.</summary>
    internal const string Formats = "wav,w64,aiff,caf,au,mp3,aac,ac3,eac3,flac,ogg,wv,mov,matroska,webm";

    private const int Timeout = 30_000;

    private readonly Dictionary<string, SoundFacts?> _known = [];

    /// <summary>Options before a file that somebody else named, and the file.</summary>
    internal static string[] InputArgs(string path) => ["-protocol_whitelist", "file", "-format_whitelist", Formats, "-i", "file:" + path];

    /// <summary>What is heard of a file; null when it has no sound, or ffmpeg cannot read it.</summary>
    internal SoundFacts? Find(string path)
    {
        if (_known.TryGetValue(path, out SoundFacts? facts)) return facts;
        return _known[path] = Ask(path);
    }

    private SoundFacts? Ask(string path)
    {
        bool hasSound = false, isMono = false;
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
            if (line.StartsWith(Length, StringComparison.Ordinal) && Duration.TryParse(line.AsSpan(Length.Length).Slice(0, Math.Max(0, line.IndexOf(',', StringComparison.Ordinal) - Length.Length)), out Duration length))
                seconds = length.ToSeconds();
            if (hasSound || !line.StartsWith("  Stream #", StringComparison.Ordinal)) return;
            hasSound = line.Contains(": Audio: ", StringComparison.Ordinal);
            isMono = hasSound && line.Contains(" Hz, mono", StringComparison.Ordinal);
        }
    }
}
