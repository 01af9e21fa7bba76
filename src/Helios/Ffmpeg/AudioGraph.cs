using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Helios.Jobs;
using Helios.Jobs.Audio;

namespace Helios.Ffmpeg;

/// <summary>
/// All audio of a job as one ffmpeg filter graph: a pure function of clips and job. All times are counted in samples at 48 kHz,
/// so that nothing drifts and the result is exactly as long as the video.
/// </summary>
internal sealed class AudioGraph
{
    internal const int SampleRate = AudioRules.SampleRate;

    /// <summary>The graph's output.</summary>
    internal const string Label = "[audio]";

    /// <summary>Seconds of a loop that are always kept in memory: 23 MB.</summary>
    internal const int LongestKept = 60;

    // samples of a loop that take as much memory as an input with its decoder: 2 MB (measured: 0.5 to 1.9)
    private const int InputSamples = 256 * 1024;
    private const int MostInputs = 256; // a process may open 1024 files
    private const decimal SlowestTempo = 0.5m; // of one atempo filter
    private const string Restart = "asetpts=N/SR/TB";
    private const int OpusPriming = 312; // encoder delay of libopus in samples, which decoders know

    private readonly List<AudioClip> _clips = [];
    private readonly List<int> _reads = []; // how often each clip's file is read; 0 means once and then from memory
    private readonly long _first;

    /// <param name="options">The job's options.</param>
    /// <param name="frames">Frames of the job.</param>
    /// <param name="clips">The clips; those outside the job's frames are left out.</param>
    internal AudioGraph(RenderOptions options, long frames, IEnumerable<AudioClip> clips)
    {
        FrameRate rate = options.FrameRate;
        _first = ToSamples((decimal)options.StartFrame * rate.Denominator / rate.Numerator);
        Samples = ToSamples((decimal)frames * rate.Denominator / rate.Numerator);
        foreach (AudioClip clip in clips)
            if (HeardSamples(clip) > Math.Max(0, _first - ToSamples(clip.Start))) _clips.Add(clip);
        var files = new List<string>();
        int spare = MostInputs - _clips.Count;
        foreach (AudioClip clip in _clips)
        {
            int reads = CountReads(clip, spare + 1);
            spare -= Math.Max(0, reads - 1);
            _reads.Add(reads);
            for (int n = 0; n < Math.Max(1, reads); n++) files.Add(clip.Path);
        }

        Files = files;
    }

    /// <summary>Length of the audio.</summary>
    internal long Samples { get; }

    /// <summary>Files of the graph's inputs 1, 2, …; input 0 is the video.</summary>
    internal IReadOnlyList<string> Files { get; }

    /// <summary>The filter graph.</summary>
    /// <param name="hasPriming">
    /// Whether the audio is delayed by the encoder delay of libopus: some muxers shift the video otherwise.
    /// </param>
    internal string MakeGraph(bool hasPriming)
    {
        string silence = string.Create(
            CultureInfo.InvariantCulture, $"anullsrc=r={SampleRate}:cl=stereo,atrim=end_sample={Samples},aformat=sample_fmts=fltp");
        string end = hasPriming ? $",asetpts=N/SR/TB+{OpusPriming}/SR/TB" : ",asetpts=N/SR/TB";
        if (_clips.Count == 0) return silence + end + Label;
        var graph = new StringBuilder(silence + "[0s];");
        int input = 1;
        for (int i = 0; i < _clips.Count; i++)
        {
            int inputs = Math.Max(1, _reads[i]);
            AddSource(graph, _clips[i], input, inputs);
            graph.Append(CultureInfo.InvariantCulture, $"{MakeChain(_clips[i], isKept: _reads[i] == 0)}[{i + 1}s];");
            input += inputs;
        }

        for (int i = 0; i <= _clips.Count; i++) graph.Append(CultureInfo.InvariantCulture, $"[{i}s]");
        return graph.Append(CultureInfo.InvariantCulture,
            $"amix=inputs={_clips.Count + 1}:duration=first:normalize=0,atrim=end_sample={Samples}{end}{Label}").ToString();
    }

    private static long ToSamples(decimal seconds) => (long)Math.Round(seconds * SampleRate, MidpointRounding.AwayFromZero);

    private long HeardSamples(AudioClip clip) => ToSamples(clip.HeardFor((_first + Samples - ToSamples(clip.Start)) / (decimal)SampleRate));

    /// <summary>
    /// How often a clip's file is read. ffmpeg's own loop keeps all of it in memory (23 MB a
    /// minute), so the file of a long one is read repeatedly. Each read also costs memory; the
    /// cheaper method is chosen. With two hours of video a loop takes about 75 MB at most.
    /// </summary>
    /// <returns>0 for a loop that is kept in memory.</returns>
    private int CountReads(AudioClip clip, int most)
    {
        if (!clip.IsLooping) return 1;
        long part = ToSamples(clip.PartLength);
        if (part <= LongestKept * SampleRate) return 0;
        long need = ToSamples(clip.Skip) + (long)Math.Ceiling(HeardSamples(clip) * clip.Rate);
        long reads = ((need + part - 1) / part) + (clip.Rate == 1 ? 0 : 1); // another speed reads ahead
        return reads == 1 || (reads <= most && reads * InputSamples < part) ? (int)reads : 0;
    }

    /// <summary>The source of a chain: one input, or several in sequence.</summary>
    private static void AddSource(StringBuilder graph, AudioClip clip, int input, int inputs)
    {
        string head = string.Join(',', MakeHead(clip));
        if (inputs == 1)
        {
            graph.Append(CultureInfo.InvariantCulture, $"[{input}:a:0]{head},");
            return;
        }

        for (int i = input; i < input + inputs; i++) graph.Append(CultureInfo.InvariantCulture, $"[{i}:a:0]{head}[{i}r];");
        for (int i = input; i < input + inputs; i++) graph.Append(CultureInfo.InvariantCulture, $"[{i}r]");
        graph.Append(CultureInfo.InvariantCulture, $"concat=n={inputs}:v=0:a=1,{Restart},");
    }

    /// <summary>Selects the part of a file that is played.</summary>
    private static List<string> MakeHead(AudioClip clip)
    {
        var filters = new List<string>();
        if (clip.Info.IsMono) filters.Add("pan=stereo|c0=c0|c1=c0"); // ffmpeg's own upmix is 3 dB softer than a browser's
        filters.AddRange([$"aresample={SampleRate}:async=1:first_pts=0", "aformat=sample_fmts=fltp:channel_layouts=stereo"]);
        if (clip.TrimStart > 0 || clip.TrimEnd > 0)
        {
            filters.AddRange(["atrim=start_sample=" + Number(ToSamples(clip.TrimStart))
                + (clip.TrimEnd > 0 ? ":end_sample=" + Number(ToSamples(clip.TrimEnd)) : ""), Restart]);
        }

        return filters;
    }

    /// <summary>The filters after the source.</summary>
    private string MakeChain(AudioClip clip, bool isKept)
    {
        var filters = new List<string>();
        if (isKept) filters.AddRange(["aloop=loop=-1:size=2147483647", Restart]);
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
