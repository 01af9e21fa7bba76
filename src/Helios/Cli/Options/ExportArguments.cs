using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Helios.Cli.Help;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Jobs.Document;
using Helios.Os.Files;
using Helios.Page;
using Helios.Plan;
using Helios.Render;
using Helios.Run.Probes;
using Helios.Text;

namespace Helios.Cli.Options;

/// <summary>
/// Typed arguments of export-job, still as text, null where an option was not given. <see cref="ToRequest"/> checks them; later
/// code does not see the text.
/// </summary>
internal sealed record ExportArguments
{
    internal const string DefaultOutput = "output.mp4";
    private const int DefaultWidth = 1920;
    private const int DefaultHeight = 1080;
    private const string DefaultFps = "30";
    private const string DefaultDuration = "1";
    private const string ProvisionalFps = "1"; // allows every duration and every frame count that can be typed
    private const string ProvisionalCost = "preroll=0ms,capture=1ms";
    private const uint DefaultSeed = 0x12345678; // the seed that the Node.js Helios CLI uses

    internal required string Composition { get; init; }

    internal string? Output { get; init; }

    internal string? Shards { get; init; }

    internal string? ChunkFrames { get; init; }

    internal string? Split { get; init; }

    internal string? Cost { get; init; }

    internal string? TargetTime { get; init; }

    internal string? Width { get; init; }

    internal string? Height { get; init; }

    internal string? Scale { get; init; }

    internal string? Fps { get; init; }

    internal string? PageFps { get; init; }

    internal string? Duration { get; init; }

    internal string? Frames { get; init; }

    internal string? StartFrame { get; init; }

    internal string? Job { get; init; }

    internal string? JobId { get; init; }

    internal string? BaseUrl { get; init; }

    internal string? Props { get; init; }

    /// <summary>A file of rows, one for each video.</summary>
    internal string? Rows { get; init; }

    internal string? Mode { get; init; }

    internal string? Selector { get; init; }

    internal string? Capture { get; init; }

    internal string? History { get; init; }

    internal string? Processor { get; init; }

    /// <summary>Whether render makes one video of all frames: not stills, rows or files of frames, which stand beside others.</summary>
    internal bool IsWholeVideo { get; init; }

    /// <summary>Whether a long job draws with all instructions of this machine's processor, which draws every part of it.</summary>
    internal bool MayBeNative =>
        IsWholeVideo && StartFrame is null or "0" && Container.Of(Output ?? DefaultOutput)?.IsSequence == false;

    /// <summary>The history that is typed; null when none is, or a wrong one, which is refused elsewhere.</summary>
    internal History? TypedHistory => History is null ? null : Jobs.History.Find(History);

    internal string? VideoCodec { get; init; }

    internal string? Quality { get; init; }

    internal string? Bitrate { get; init; }

    internal string? MaxBitrate { get; init; }

    internal string? BufferSize { get; init; }

    internal string? Preset { get; init; }

    internal string? EncoderOption { get; init; }

    internal string? PixelFormat { get; init; }

    internal string? ImageQuality { get; init; }

    internal string? AudioCodec { get; init; }

    internal string? Audio { get; init; }

    internal string? Title { get; init; }

    internal string? CreationTime { get; init; }

    internal string? Seed { get; init; }

    internal string? Root { get; init; }

    internal string? Fonts { get; init; }

    internal bool HasStrictFonts { get; init; }

    internal string? Block { get; init; }

    internal bool IsPortable { get; init; }

    /// <summary>Whether the page is queried for values that were not typed.</summary>
    internal bool IsProbed { get; init; }

    /// <summary>What the probes have found out; nothing before they ran.</summary>
    internal ProbeFindings Found { get; init; } = new();

    /// <summary>
    /// Whether frames are captured by screenshot without looking for a faster mode: what holds for the first of many rows may not hold for
    /// the others, and single frames take less time than the comparison.
    /// </summary>
    internal bool KeepsScreenshots { get; init; }

    /// <summary>Whether the capture mode is found by a comparison: not for a page on the network, as below.</summary>
    internal bool ChoosesCapture =>
        !KeepsScreenshots && Capture is null && Selector is null && Mode is null or "dom" && DefaultCapture is null;

    /// <summary>The options that render has from export-job, and its own.</summary>
    internal static ExportArguments From(string composition, string? shards, string? job, string? jobId, OptionValues given) => new()
    {
        Composition = composition,
        Output = given["--output"],
        Shards = shards,
        ChunkFrames = given["--chunk-frames"],
        Split = given["--split"],
        Cost = given["--cost"],
        TargetTime = given["--target-time"],
        Width = given["--width"],
        Height = given["--height"],
        Scale = given["--scale"],
        Fps = given["--fps"],
        PageFps = given["--page-fps"],
        Duration = given["--duration"],
        Frames = given["--frames"],
        StartFrame = given["--start-frame"],
        Job = job,
        JobId = jobId,
        BaseUrl = given["--base-url"],
        Props = given["--props"],
        Mode = given["--mode"],
        Selector = given["--selector"],
        Capture = given["--capture"],
        History = given["--history"],
        Processor = given["--processor"],
        VideoCodec = given["--video-codec"],
        Quality = given["--quality"],
        Bitrate = given["--bitrate"],
        MaxBitrate = given["--max-bitrate"],
        BufferSize = given["--buffer-size"],
        Preset = given["--preset"],
        EncoderOption = given["--encoder-option"],
        PixelFormat = given["--pixel-format"],
        ImageQuality = given["--image-quality"],
        AudioCodec = given["--audio-codec"],
        Audio = given["--audio"],
        Title = given["--title"],
        CreationTime = given["--creation-time"],
        Seed = given["--seed"],
        Root = given["--root"],
        Fonts = given["--fonts"],
        HasStrictFonts = given.Has("--strict-fonts"),
        Block = given["--block"],
        IsPortable = given.Has("--portable"),
    };

    /// <summary>Whether an option, by its name, overrides a declaration of the page; frames override the duration.</summary>
    internal bool IsTyped(string name) => name switch
    {
        "width" => Width is not null,
        "height" => Height is not null,
        "fps" => Fps is not null,
        _ => Duration is not null || Frames is not null,
    };

    /// <summary>
    /// A request to open the page before its declarations are known: finds every mistake in the typed options, except those that
    /// the page may still resolve.
    /// </summary>
    internal JobRequest ToProvisionalRequest() =>
        ToRequestOfPage(this with
        {
            Fps = Fps ?? ProvisionalFps,
            Cost = Cost ?? ProvisionalCost,
            Processor = Processor ?? (MayBeNative ? ProcessorUse.Native.Name : null), // so that a long job goes on in the same browser
        });

    /// <summary>A request to try the page, before it is known what its frames cost.</summary>
    internal JobRequest ToTrialRequest() => ToRequestOfPage(this with { Cost = Cost ?? ProvisionalCost });

    /// <summary>Without chunks and audio files: those belong to the plan, which reads them whole.</summary>
    private static JobRequest ToRequestOfPage(ExportArguments arguments) =>
        arguments.ToRequest() with { Split = ChunkSplit.Ceil, SplitNumber = 1, Audio = [] };

    /// <param name="random">Source of randomness for the job id, called unless an id was given; null: the plan names the job.</param>
    /// <exception cref="HeliosException">64: an impossible value, or two options that exclude each other.</exception>
    internal JobRequest ToRequest(Func<Guid>? random = null)
    {
        string output = Output ?? DefaultOutput;
        FrameRate rate = ReadFrameRate();
        var (frames, duration) = ReadLength(rate);
        var (split, splitNumber, cost) = new SplitArguments(this).Read();
        List<AudioTrack> audio = AudioArguments.Read(Audio);
        ExportArguments complete = this with { Capture = Capture ?? DefaultCapture, History = History ?? Found.Trial?.History.Name };
        RenderOptions options = new RenderArguments(complete).ToOptions(output, rate, duration, frames.Start, ReadProps(), audio);

        return new JobRequest
        {
            Composition = Composition,
            Output = output,
            Frames = frames,
            Split = split,
            SplitNumber = splitNumber,
            Cost = cost,
            RenderOptions = options,
            JobId = ReadJobId(random),
            BaseUrl = BaseUrl,
            JobFile = Job == "-" ? null : Job,
            Audio = audio,
            Root = Root,
            Fonts = Fonts,
            IsPortable = IsPortable,
        };
    }

    /// <summary>Null: the mode's default. A page on the network may lack the file system that carries the pixels.</summary>
    private string? DefaultCapture => BaseUrl is not null || CompositionUrl.IsOnNet(Composition) ? CaptureMode.Screenshot.Name : null;

    internal static HeliosException Wrong(string option, string value, string kind, string fix) =>
        new(ExitCode.Usage, $"\"{value}\" is not {kind}", option, fix);

    internal static long ReadInteger(string option, string? text, long least, long most, long standard)
    {
        if (text is null) return standard;
        if (DecimalText.TryParseDigits(text, out long value) && value >= least && value <= most) return value;
        throw Wrong(option, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
            "give one, in digits");
    }

    /// <summary>Defaults of size and seed are here, next to those of time and output.</summary>
    internal static (int Width, int Height, uint Seed) ReadNumbers(
        string? width, string? height, string? seed, PageDeclarations? facts) => (
        ReadSide("width", width, DefaultWidth, facts),
        ReadSide("height", height, DefaultHeight, facts),
        (uint)ReadInteger("--seed", seed, 0, uint.MaxValue, DefaultSeed));

    private static int ReadSide(string name, string? text, int standard, PageDeclarations? facts) =>
        text is null && facts?.ReadSide(name) is int said ? said : (int)ReadInteger("--" + name, text, 1, RenderRules.MaxSide, standard);

    private FrameRate ReadFrameRate()
    {
        if (Fps is null && Found.Declarations?.ReadFrameRate() is FrameRate said) return said;
        return ReadRate("--fps", Fps ?? DefaultFps);
    }

    internal static FrameRate ReadRate(string option, string text) => FrameRate.TryParse(text, out FrameRate rate)
        ? rate
        : throw Wrong(option, text, "a frame rate", "give " + FrameRate.Expected);

    private (FrameRange Frames, Duration Duration) ReadLength(FrameRate rate)
    {
        if (Frames is not null && Duration is not null) throw Exclude("--frames", "--duration");
        long start = ReadInteger("--start-frame", StartFrame, 0, FrameRange.MaxFrames, 0);
        if (!IsTyped("duration") && Found.Declarations?.ReadDuration() is Duration said) return ReadRest(said, start, rate);
        string text = Duration ?? DefaultDuration;
        bool isFrames = Frames is not null || text.EndsWith('f');
        Duration duration;
        long count;
        if (isFrames)
        {
            string option = Frames is not null ? "--frames" : "--duration";
            if (Frames is not null) count = ReadInteger(option, Frames, 1, FrameRange.MaxFrames, 0);
            else if (!DecimalText.TryParseDigits(text.AsSpan(0, text.Length - 1), out count) || count is < 1 or > FrameRange.MaxFrames)
                throw Wrong(option, text, "a duration", "give " + Jobs.Duration.Expected);
            if (!Jobs.Duration.TryFromFrames(count, rate, out duration))
            {
                throw new HeliosException(ExitCode.Usage,
                    string.Create(CultureInfo.InvariantCulture,
                        $"{count} frames at {rate} last more than {Jobs.Duration.MaxSeconds} seconds"),
                    option, "render fewer frames");
            }
        }
        else
        {
            if (!Jobs.Duration.TryParse(text, out duration))
                throw Wrong("--duration", text, "a duration", "give " + Jobs.Duration.Expected);
            count = duration.ToFrames(rate);
        }

        if (count > FrameRange.MaxFrames)
        {
            throw new HeliosException(ExitCode.Usage,
                string.Create(CultureInfo.InvariantCulture, $"the job would have {count} frames, more than {FrameRange.MaxFrames}"),
                "--duration", "make it shorter");
        }

        return (new FrameRange(start, count), duration);
    }

    /// <summary>The page declares the length of the whole composition; a later start leaves the rest of it.</summary>
    private (FrameRange Frames, Duration Duration) ReadRest(Duration whole, long start, FrameRate rate)
    {
        long count = whole.ToFrames(rate);
        if (count > FrameRange.MaxFrames)
        {
            throw Found.Declarations!.Refuse("duration",
                string.Create(CultureInfo.InvariantCulture, $"which is {count} frames, more than {FrameRange.MaxFrames}"));
        }

        if (start == 0) return (new FrameRange(0, count), whole);
        if (start >= count || !Jobs.Duration.TryFromFrames(count - start, rate, out Duration rest))
        {
            throw new HeliosException(ExitCode.Usage,
                string.Create(CultureInfo.InvariantCulture,
                    $"the page says that it has {count} frames, so none is left from frame {start}"),
                "--start-frame", "start earlier, or give --duration");
        }

        return (new FrameRange(start, count - start), rest);
    }

    private JobId? ReadJobId(Func<Guid>? random)
    {
        if (JobId is null) return random is null ? null : Jobs.JobId.FromRandom(random());
        return Jobs.JobId.TryParse(JobId, out JobId id) ? id : throw Wrong("--job-id", JobId, "a job id", "give " + Jobs.JobId.Expected);
    }

    private ReadOnlyMemory<byte> ReadProps()
    {
        if (Props is null) return JobJson.EmptyObject;
        bool isFile = Props.StartsWith('@');
        if (Props == "@") throw Wrong("--props", Props, "a file", "write @FILE, or a JSON object");
        try
        {
            using Stream stream = isFile ? InputFile.OpenFile(Props[1..], Props[1..]) : new MemoryStream(Encoding.UTF8.GetBytes(Props));
            return JobJson.ReadObject(stream, isFile ? Props[1..] : "--props");
        }
        catch (HeliosException error) when (!isFile && error.Code == ExitCode.Invalid)
        {
            throw new HeliosException(ExitCode.Usage, error.What.Replace("the file", "the value", StringComparison.Ordinal), error.Where,
                "give one JSON object such as {\"title\":\"Hello\"}, or @file", error);
        }
    }

    internal static HeliosException Exclude(string one, string other) =>
        new(ExitCode.Usage, $"{one} and {other} exclude each other", "command line", "give one of them");
}
