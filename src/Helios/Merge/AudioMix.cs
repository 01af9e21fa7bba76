using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Helios.Jobs;

namespace Helios.Merge;

/// <summary>
/// All sound of a job as one ffmpeg filter graph: a pure function of clips and job. Everything is counted in samples at
/// 48 kHz, so that nothing drifts and the result is exactly as long as the picture.
/// </summary>
internal sealed class AudioMix
{
    internal const int SampleRate = 48_000;

    /// <summary>The graph's output.</summary>
    internal const string Label = "[sound]";

    private const decimal SlowestTempo = 0.5m; // of one atempo filter
    private const int OpusPriming = 312; // samples that libopus needs to settle, of which decoders know

    private readonly List<AudioClip> _clips = [];
    private readonly long _first;

    /// <param name="options">The job's options.</param>
    /// <param name="frames">Frames of the job.</param>
    /// <param name="clips">What is heard; clips outside the job's frames are left out.</param>
    internal AudioMix(RenderOptions options, long frames, IEnumerable<AudioClip> clips)
    {
        FrameRate rate = FrameRate.Parse(options.FrameRate);
        _first = ToSamples((decimal)options.StartFrame * rate.Denominator / rate.Numerator);
        Samples = ToSamples((decimal)frames * rate.Denominator / rate.Numerator);
        foreach (AudioClip clip in clips)
            if (HeardSamples(clip) > Math.Max(0, _first - ToSamples(clip.Start))) _clips.Add(clip);
    }

    /// <summary>Length of the sound.</summary>
    internal long Samples { get; }

    /// <summary>Files of the graph's inputs 1, 2, …; input 0 is the picture.</summary>
    internal IEnumerable<string> Files => _clips.ConvertAll(static clip => clip.Path);

    /// <summary>The filter graph.</summary>
    /// <param name="hasPriming">Whether the sound begins as much later as libopus begins before it: some muxers move the picture otherwise.</param>
    internal string MakeGraph(bool hasPriming)
    {
        string silence = string.Create(CultureInfo.InvariantCulture, $"anullsrc=r={SampleRate}:cl=stereo,atrim=end_sample={Samples},aformat=sample_fmts=fltp");
        string end = hasPriming ? $",asetpts=N/SR/TB+{OpusPriming}/SR/TB" : ",asetpts=N/SR/TB";
        if (_clips.Count == 0) return silence + end + Label;
        var graph = new StringBuilder(silence + "[0s];");
        for (int i = 0; i < _clips.Count; i++) graph.Append(CultureInfo.InvariantCulture, $"[{i + 1}:a:0]{MakeChain(_clips[i])}[{i + 1}s];");
        for (int i = 0; i <= _clips.Count; i++) graph.Append(CultureInfo.InvariantCulture, $"[{i}s]");
        return graph.Append(CultureInfo.InvariantCulture, $"amix=inputs={_clips.Count + 1}:duration=first:normalize=0,atrim=end_sample={Samples}{end}{Label}").ToString();
    }

    private static long ToSamples(decimal seconds) => (long)Math.Round(seconds * SampleRate, MidpointRounding.AwayFromZero);

    private long HeardSamples(AudioClip clip) => ToSamples(clip.HeardFor((_first + Samples - ToSamples(clip.Start)) / (decimal)SampleRate));

    private string MakeChain(AudioClip clip)
    {
        const string Restart = "asetpts=N/SR/TB";
        var filters = new List<string>();
        if (clip.Sound.IsMono) filters.Add("pan=stereo|c0=c0|c1=c0"); // ffmpeg's own way is 3 dB softer than a browser's
        filters.AddRange([$"aresample={SampleRate}:async=1:first_pts=0", "aformat=sample_fmts=fltp:channel_layouts=stereo"]);
        if (clip.TrimStart > 0 || clip.TrimEnd > 0)
            filters.AddRange(["atrim=start_sample=" + Number(ToSamples(clip.TrimStart)) + (clip.TrimEnd > 0 ? ":end_sample=" + Number(ToSamples(clip.TrimEnd)) : ""), Restart]);
        if (clip.IsLooping) filters.AddRange(["aloop=loop=-1:size=2147483647", Restart]);
        if (clip.Skip > 0) filters.AddRange(["atrim=start_sample=" + Number(ToSamples(clip.Skip)), Restart]);
        AddTempo(filters, clip.Rate);

        long heard = HeardSamples(clip);
        filters.Add("atrim=end_sample=" + Number(heard));
        AddFades(filters, clip, heard);
        if (clip.Volume != 1) filters.Add("volume=" + Number(clip.Volume) + ":precision=float");
        long shift = ToSamples(clip.Start) - _first;
        if (shift < 0) filters.AddRange(["atrim=start_sample=" + Number(-shift), Restart]);
        if (shift > 0) filters.Add("adelay=delays=" + Number(shift) + "S:all=1");
        return string.Join(',', filters);
    }

    private static void AddTempo(List<string> filters, decimal rate)
    {
        if (rate == 1) return;
        for (; rate < SlowestTempo; rate /= SlowestTempo) filters.Add("atempo=" + Number(SlowestTempo));
        filters.Add("atempo=" + Number(rate));
    }

    private static void AddFades(List<string> filters, AudioClip clip, long heard)
    {
        if (clip.FadeIn > 0) filters.Add("afade=t=in:ss=0:ns=" + Number(ToSamples(clip.FadeIn)));
        if (clip.FadeOut <= 0) return;
        long length = Math.Min(heard, ToSamples(clip.FadeOut));
        filters.Add("afade=t=out:ss=" + Number(heard - length) + ":ns=" + Number(length));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
