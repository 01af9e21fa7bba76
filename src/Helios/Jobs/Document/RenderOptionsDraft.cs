using System;
using System.Globalization;
using Helios.Errors;
using Helios.Jobs.Audio;
using Helios.Jobs.Encode;
using Members = Helios.Jobs.Document.RenderOptionsMembers;

namespace Helios.Jobs.Document;

/// <summary>
/// renderOptions as read so far. Names stay text until the whole header has been read: their meaning may depend on the output.
/// </summary>
internal sealed class RenderOptionsDraft
{
    internal int? Width { get; set; }

    internal int? Height { get; set; }

    internal decimal Scale { get; set; } = 1;

    internal decimal? Fps { get; set; }

    internal string? FrameRate { get; set; }

    internal string? PageRate { get; set; }

    internal decimal? Duration { get; set; }

    internal long? StartFrame { get; set; }

    internal string? Mode { get; set; }

    internal string? Selector { get; set; }

    internal string? Capture { get; set; }

    internal string? CaptureFallback { get; set; }

    internal string? History { get; set; }

    internal string? Processor { get; set; }

    internal string? VideoCodec { get; set; }

    internal int? Quality { get; set; }

    internal int? Bitrate { get; set; }

    internal int? MaxBitrate { get; set; }

    internal int? BufferSize { get; set; }

    internal string? Preset { get; set; }

    internal EncoderOptions EncoderOptions { get; set; } = EncoderOptions.None;

    internal string? PixelFormat { get; set; }

    internal int? ImageQuality { get; set; }

    internal string? AudioCodec { get; set; }

    internal AudioTrack[] Audio { get; set; } = [];

    internal string? Title { get; set; }

    internal string? CreationTime { get; set; }

    internal string? Fonts { get; set; }

    internal string? FontsDigest { get; set; }

    internal bool HasStrictFonts { get; set; }

    internal BlockList Block { get; set; } = BlockList.None;

    internal uint? Seed { get; set; }

    internal ReadOnlyMemory<byte> Props { get; set; } = JobJson.EmptyObject;

    /// <summary>Whether every required member has a value.</summary>
    internal bool IsComplete => this is
    {
        Width: not null, Height: not null, Fps: not null, FrameRate: not null, Duration: not null, StartFrame: not null,
        Mode: not null, Capture: not null, VideoCodec: not null, Quality: not null, PixelFormat: not null,
        AudioCodec: not null, Seed: not null,
    };

    /// <summary>The values of a complete draft, checked; null after a problem.</summary>
    /// <param name="problems">Receives the problems found.</param>
    /// <param name="output">The job's output.</param>
    /// <param name="totalFrames">The job's number of frames, which must agree with rate and duration.</param>
    internal RenderOptions? ToOptions(JobProblems problems, string output, long totalFrames)
    {
        int before = problems.All.Count;
        var (rate, duration) = ReadTime(problems, totalFrames);
        FrameRate? pageRate = ReadRate(Members.PageRate, PageRate, problems);
        Finding? found = ReadNames(output, (rate, pageRate), duration, out RenderOptions? options) ?? RenderRules.Check(options!, output);
        if (found is Finding finding)
            problems.Add(PathOf(finding.Member), $"{PathOf(finding.Member)}: {finding.What}", finding.Fix);
        return problems.All.Count == before ? options : null;
    }

    private static string PathOf(string member) => member == JobMembers.Output ? $"$.{member}" : $"{Members.Path}.{member}";

    private Finding? ReadNames(string output, (FrameRate Video, FrameRate? Page) rates, Duration duration, out RenderOptions? options)
    {
        options = null;
        if (CheckFonts() is Finding wrongFonts) return wrongFonts;
        if (RenderRules.CheckOutput(output, out Container container) is Finding wrongOutput) return wrongOutput;
        if (RenderRules.Read(VideoCodec!, out VideoCodec codec) is Finding wrongCodec) return wrongCodec;
        if (RenderRules.Read(Mode!, out RenderMode mode) is Finding wrongMode) return wrongMode;
        if (RenderRules.Read(Capture!, out CaptureMode capture) is Finding wrongCapture) return wrongCapture;
        CaptureMode? fallback = null;
        if (CaptureFallback is not null && RenderRules.Read(CaptureFallback, out fallback) is Finding wrongFallback)
            return wrongFallback with { Member = Members.CaptureFallback };
        History history = Jobs.History.Replay;
        if (History is not null && RenderRules.Read(History, out history) is Finding wrongHistory) return wrongHistory;
        ProcessorUse processor = ProcessorUse.Any;
        if (Processor is not null && RenderRules.Read(Processor, out processor) is Finding wrongProcessor) return wrongProcessor;
        if (RenderRules.Read(PixelFormat!, codec, container, out PixelFormat format) is Finding wrongFormat) return wrongFormat;
        if (RenderRules.Read(AudioCodec!, container, out AudioCodec audioCodec) is Finding wrongAudio) return wrongAudio;
        options = new RenderOptions
        {
            Width = Width!.Value,
            Height = Height!.Value,
            Scale = Scale,
            FrameRate = rates.Video,
            PageRate = rates.Page,
            Duration = duration,
            StartFrame = StartFrame!.Value,
            Mode = mode,
            Selector = Selector,
            Capture = capture,
            CaptureFallback = fallback,
            History = history,
            Processor = processor,
            VideoCodec = codec,
            Quality = Quality!.Value,
            Rate = new RateControl(Bitrate, MaxBitrate, BufferSize),
            Preset = Preset,
            EncoderOptions = EncoderOptions,
            PixelFormat = format,
            ImageQuality = ImageQuality,
            AudioCodec = audioCodec,
            Audio = Audio,
            Metadata = new FileMetadata(Title, CreationTime),
            Fonts = Fonts is null ? null : new FontFolder(Fonts, FontsDigest!),
            HasStrictFonts = HasStrictFonts,
            Block = Block,
            Seed = Seed!.Value,
            Props = Props,
        };
        return null;
    }

    private Finding? CheckFonts()
    {
        if ((Fonts is null) != (FontsDigest is null))
            return new(Members.Fonts, $"{Members.Fonts} and {Members.FontsDigest} belong together", "write both, or none");
        if (Fonts is null) return null;
        if (Fonts != "." && JobPaths.CheckFile(Fonts) is string what)
        {
            return new(Members.Fonts, $"\"{ErrorText.OneLine(Fonts)}\" is not a directory of fonts: {what}",
                "name a directory such as fonts");
        }

        return JobValues.IsDigest(FontsDigest!)
            ? null
            : new(Members.FontsDigest, $"\"{ErrorText.OneLine(FontsDigest!)}\", expected {JobValues.ExpectedDigest}",
                "plan the job again");
    }

    /// <summary>A rate in the only text that it has; null where there is none, or after a problem.</summary>
    private static FrameRate? ReadRate(string member, string? text, JobProblems problems)
    {
        if (text is null) return null;
        if (Jobs.FrameRate.TryParse(text, out FrameRate rate) && rate.ToString() == text) return rate;
        string path = $"{Members.Path}.{member}";
        problems.Add(path, $"{path} is \"{ErrorText.OneLine(text)}\", expected a fraction in lowest terms such as 30/1 or 30000/1001",
            "fix the value, or " + JobMembers.Rewrite);
        return null;
    }

    /// <summary>Rate and duration. After a problem they have arbitrary valid values, so that the rest can be checked.</summary>
    private (FrameRate Rate, Duration Duration) ReadTime(JobProblems problems, long totalFrames)
    {
        if (ReadRate(Members.FrameRate, FrameRate, problems) is not FrameRate rate) return (Jobs.FrameRate.OfWhole(1), default);
        if (Fps != rate.ToNumber())
        {
            Add(Members.Fps,
                string.Create(CultureInfo.InvariantCulture, $"is {Fps}, but {Members.FrameRate} {FrameRate} is {rate.ToDisplay()}"));
        }

        if (!Jobs.Duration.TryFromSeconds(Duration!.Value, out Duration duration))
        {
            Add(Members.Duration, string.Create(CultureInfo.InvariantCulture,
                $"is {Duration}, expected seconds above 0, at most {Jobs.Duration.MaxSeconds}, with up to nine decimals"));
        }
        else if (duration.ToFrames(rate) != totalFrames)
        {
            const string Path = "$." + JobMembers.Frames;
            AddAt(Path, string.Create(CultureInfo.InvariantCulture,
                $"{Path} is {totalFrames}, but {Duration} s at {FrameRate} are {duration.ToFrames(rate)} frames"));
        }

        return (rate, duration);

        void Add(string member, string what) => AddAt($"{Members.Path}.{member}", $"{Members.Path}.{member} {what}");

        void AddAt(string path, string what) => problems.Add(path, what, "fix the value, or " + JobMembers.Rewrite);
    }
}
