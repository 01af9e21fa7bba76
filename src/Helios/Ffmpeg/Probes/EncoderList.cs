using System;
using System.Collections.Generic;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Jobs.Encode;

namespace Helios.Ffmpeg.Probes;

/// <summary>The encoders of an ffmpeg, all by one question.</summary>
internal static class EncoderList
{
    /// <summary>Those of helios' codecs that it lacks, as <c>h265 (libx265)</c>.</summary>
    /// <exception cref="Errors.HeliosException">69, 74, 75: no answer.</exception>
    internal static List<string> FindMissing(FfmpegProgram program)
    {
        var there = new HashSet<string>();
        _ = FfmpegProcess.Ask(program, new FfmpegCommand
        {
            Arguments = ["-hide_banner", "-encoders"],
            Doing = static () => "when asked for its encoders",
            Idle = "said nothing of its encoders",
            OnOutput = line => Add(line, there),
        });
        var missing = new List<string>();
        foreach (VideoCodec codec in VideoCodec.All)
            if (codec.Device is null && !there.Contains(codec.Encoder)) missing.Add($"{codec.Name} ({codec.Encoder})");
        foreach (AudioCodec codec in AudioCodec.All)
            if (codec != AudioCodec.None && !there.Contains(codec.Encoder[0])) missing.Add($"{codec.Name} ({codec.Encoder[0]})");
        return missing;
    }

    /// <summary><c> V....D libx264              libx264 H.264 …</c></summary>
    internal static void Add(string line, HashSet<string> there)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 1 && words[0].Length == 6 && words[0][0] is 'V' or 'A') there.Add(words[1]);
    }
}
