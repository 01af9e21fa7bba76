using System;
using System.Text;
using System.Threading.Tasks;
using Helios.Cli.Options;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Jobs.Encode;
using Helios.Plan;
using Helios.Tests.Support;

namespace Helios.Tests.Cli.Options;

internal sealed class ExportArgumentsTests
{
    private const string Digits = "; give one, in digits";
    private const string Rates = " is not a frame rate (--fps); give a rate from 0.01 to 1000 such as 30, 29.97, 30000/1001 or ntsc";
    private const string Times = " is not a duration (--duration); give seconds (2.5), hh:mm:ss.mmm or frames (60f), above 0";
    private const string Ids = " is not a job id (--job-id); give 1 to 63 of a-z, 0-9 and -, beginning with a letter or digit";
    private const string Object = "; give one JSON object such as {\"title\":\"Hello\"}, or @file";

    [Test]
    public async Task The_defaults_are_those_of_the_request()
    {
        JobRequest request = Request("");

        await Assert
            .That((request.Output, request.Frames, request.Split, request.SplitNumber))
            .IsEqualTo(("output.mp4", new FrameRange(0, 30), ChunkSplit.Ceil, 1L));
        await Assert
            .That(request.RenderOptions with { Props = default })
            .IsEqualTo(
                new RenderOptions
                {
                    Width = 1920,
                    Height = 1080,
                    FrameRate = FrameRate.OfWhole(30),
                    Duration = Specs.Seconds(1),
                    StartFrame = 0,
                    Mode = RenderMode.Dom,
                    Capture = CaptureMode.Screenshot,
                    History = History.Auto,
                    VideoCodec = VideoCodec.H264,
                    Quality = 18,
                    Preset = "veryfast",
                    PixelFormat = PixelFormat.Yuv420p,
                    AudioCodec = AudioCodec.Aac,
                    Seed = 0x12345678,
                    Props = default,
                });
        await Assert.That(Encoding.UTF8.GetString(request.RenderOptions.Props.Span)).IsEqualTo("{}");
    }

    [Test]
    [Arguments("duration=2 fps=30", 0, 60, DisplayName = "seconds")]
    [Arguments("duration=2.2 fps=25", 0, 55, DisplayName = "decimal seconds")]
    [Arguments("duration=90f", 0, 90, DisplayName = "frames as a duration")]
    [Arguments("duration=1:00", 0, 1800, DisplayName = "a minute")]
    [Arguments("frames=7 start-frame=100", 100, 7, DisplayName = "frames from a start")]
    [Arguments("frames=1000000000", 0, 1_000_000_000, DisplayName = "most frames")]
    public async Task A_length_gives_frames(string options, int start, int count) =>
        await Assert.That(Request(options).Frames).IsEqualTo(new FrameRange(start, count));

    [Test]
    [Arguments("output=a.webm", "vp9 24 4 yuv420p opus", DisplayName = "webm")]
    [Arguments("output=a.mov", "h264 18 veryfast yuv420p aac", DisplayName = "mov")]
    [Arguments("output=a.mov video-codec=prores", "prores 0 hq yuv422p10le aac", DisplayName = "prores")]
    [Arguments("output=a.mov video-codec=prores preset=4444", "prores 0 4444 yuv444p10le aac",
        DisplayName = "the profile decides the pixel format")]
    [Arguments("output=a.mov video-codec=prores pixel-format=yuva444p10le", "prores 0 4444 yuva444p10le aac",
        DisplayName = "the pixel format decides the profile")]
    [Arguments("output=a.mkv video-codec=ffv1", "ffv1 0  yuv420p opus", DisplayName = "ffv1 has no preset")]
    [Arguments("output=a.gif", "ffv1 0  bgr0 none", DisplayName = "gif")]
    [Arguments("output=%05d.png video-codec=ffv1", "ffv1 0  bgr0 none", DisplayName = "png")]
    [Arguments("output=a.gif pixel-format=bgra", "ffv1 0  bgra none", DisplayName = "gif with transparency")]
    [Arguments("output=a.mp4 video-codec=av1", "av1 26 8 yuv420p aac", DisplayName = "av1 in mp4")]
    [Arguments("video-codec=h265", "h265 20 veryfast yuv420p aac", DisplayName = "h265")]
    public async Task Defaults_follow_from_container_and_codec(string options, string expected)
    {
        RenderOptions render = Request(options).RenderOptions;

        await Assert
            .That($"{render.VideoCodec} {render.Quality} {render.Preset} {render.PixelFormat} {render.AudioCodec}")
            .IsEqualTo(expected);
    }

    [Test]
    public async Task A_selector_means_canvas_mode() =>
        await Assert.That(Request("selector=#stage").RenderOptions.Mode).IsEqualTo(RenderMode.Canvas);

    [Test]
    public async Task Without_an_id_the_job_gets_a_random_one() =>
        await Assert.That(Request("", new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)).JobId).IsNotEqualTo(Request("", Guid.Empty).JobId);

    [Test]
    // shards and chunks
    [Arguments("shards=0", "\"0\" is not a whole number from 1 to 10000000 (--shards)" + Digits, DisplayName = "shards 0")]
    [Arguments("shards=-1", "\"-1\" is not a whole number from 1 to 10000000 (--shards)" + Digits, DisplayName = "shards -1")]
    [Arguments("shards=1e9", "\"1e9\" is not a whole number from 1 to 10000000 (--shards)" + Digits, DisplayName = "shards 1e9")]
    [Arguments("shards=1000000000", "\"1000000000\" is not a whole number from 1 to 10000000 (--shards)" + Digits,
        DisplayName = "a billion shards")]
    [Arguments("shards=x", "\"x\" is not a whole number from 1 to 10000000 (--shards)" + Digits, DisplayName = "shards x")]
    [Arguments("shards=3.5", "\"3.5\" is not a whole number from 1 to 10000000 (--shards)" + Digits, DisplayName = "shards 3.5")]
    [Arguments("shards=", "\"\" is not a whole number from 1 to 10000000 (--shards)" + Digits, DisplayName = "no shards")]
    [Arguments("chunk-frames=0", "\"0\" is not a whole number from 1 to 1000000000 (--chunk-frames)" + Digits,
        DisplayName = "chunks of no frames")]
    [Arguments("split=evn",
        "\"evn\" is not a way to split (did you mean \"even\"?) (--split); use ceil (the last chunk takes the rest), even (sizes differ by at most one frame) or cost (equal predicted time)",
        DisplayName = "misspelled split")]
    [Arguments("shards=2 chunk-frames=2", "--chunk-frames and --shards exclude each other (command line); give one of them",
        DisplayName = "shards and chunk frames")]
    [Arguments("split=even chunk-frames=2", "--chunk-frames and --split exclude each other (command line); give one of them",
        DisplayName = "split and chunk frames")]
    // time
    [Arguments("fps=0", "\"0\"" + Rates, DisplayName = "fps 0")]
    [Arguments("fps=-30", "\"-30\"" + Rates, DisplayName = "fps -30")]
    [Arguments("fps=NaN", "\"NaN\"" + Rates, DisplayName = "fps NaN")]
    [Arguments("fps=1e-9", "\"1e-9\"" + Rates, DisplayName = "fps 1e-9")]
    [Arguments("fps=30000/0", "\"30000/0\"" + Rates, DisplayName = "fps 30000/0")]
    [Arguments("duration=0", "\"0\"" + Times, DisplayName = "duration 0")]
    [Arguments("duration=-1", "\"-1\"" + Times, DisplayName = "duration -1")]
    [Arguments("duration=1e300", "\"1e300\"" + Times, DisplayName = "duration 1e300")]
    [Arguments("duration=1:2:3:4", "\"1:2:3:4\"" + Times, DisplayName = "duration 1:2:3:4")]
    [Arguments("frames=0", "\"0\" is not a whole number from 1 to 1000000000 (--frames)" + Digits, DisplayName = "no frames")]
    [Arguments("frames=1000000001", "\"1000000001\" is not a whole number from 1 to 1000000000 (--frames)" + Digits,
        DisplayName = "a frame too many")]
    [Arguments("start-frame=-1", "\"-1\" is not a whole number from 0 to 1000000000 (--start-frame)" + Digits,
        DisplayName = "negative start")]
    [Arguments("duration=1000000000 fps=1000",
        "the job would have 1000000000000 frames, more than 1000000000 (--duration); make it shorter",
        DisplayName = "too long for the rate")]
    [Arguments("frames=1000000000 fps=0.01", "1000000000 frames at 1/100 last more than 1000000000 seconds (--frames); render fewer frames",
        DisplayName = "too many frames for the rate")]
    [Arguments("frames=2 duration=2", "--frames and --duration exclude each other (command line); give one of them",
        DisplayName = "frames and duration")]
    // picture
    [Arguments("width=0", "\"0\" is not a whole number from 1 to 16384 (--width)" + Digits, DisplayName = "width 0")]
    [Arguments("width=100000", "\"100000\" is not a whole number from 1 to 16384 (--width)" + Digits, DisplayName = "width 100000")]
    [Arguments("height=1081",
        "pixel format yuv420p cannot have an odd height, 1081 (--height); use 1082, or a 4:4:4 pixel format such as yuv444p",
        DisplayName = "odd height")]
    [Arguments("mode=video", "there is no mode \"video\" (--mode); use dom (the viewport) or canvas (one canvas element)",
        DisplayName = "unknown mode")]
    [Arguments("mode=dom selector=c",
        "a selector chooses a canvas element, but the mode is dom (--selector); add mode canvas, or leave the selector out",
        DisplayName = "selector in dom mode")]
    [Arguments("seed=4294967296", "\"4294967296\" is not a whole number from 0 to 4294967295 (--seed)" + Digits,
        DisplayName = "seed beyond 32 bits")]
    // encode
    [Arguments("output=a.avi",
        "the output \"a.avi\" has no extension that helios knows (--output); end it in .mp4, .mov, .mkv, .webm or .gif, or name PNG, JPEG, WebP or AVIF files such as frame_%05d.png",
        DisplayName = "unknown container")]
    [Arguments("video-codec=h266",
        "\"h266\" is not a video codec (did you mean \"h264\"?) (--video-codec); use one of h264, h265, vp9, av1, prores, ffv1, h264_nvenc, hevc_nvenc, h264_vaapi, hevc_vaapi, h264_qsv, hevc_qsv, h264_videotoolbox, hevc_videotoolbox",
        DisplayName = "unknown codec")]
    [Arguments("quality=99", "\"99\" is not a whole number from 0 to 63 (--quality)" + Digits, DisplayName = "quality beyond every scale")]
    [Arguments("quality=60", "h264 has no quality 60 (--quality); give 0 (best) to 51", DisplayName = "quality beyond the codec's scale")]
    [Arguments("pixel-format=bgra",
        "h264 has no pixel format \"bgra\" (--pixel-format); use one of yuv420p, yuv422p, yuv444p, yuv420p10le, yuv422p10le, yuv444p10le",
        DisplayName = "unknown pixel format")]
    [Arguments("audio-codec=mp3", "a .mp4 file cannot have audio codec \"mp3\" (--audio-codec); use one of aac, none",
        DisplayName = "unknown audio codec")]
    // identity and props
    [Arguments("job-id=", "\"\"" + Ids, DisplayName = "empty job id")]
    [Arguments("job-id=A", "\"A\"" + Ids, DisplayName = "job id in capitals")]
    [Arguments("job-id=../x", "\"../x\"" + Ids, DisplayName = "job id that leads out")]
    [Arguments("props=[1]", "an array is not a JSON object (--props, byte 1)" + Object, DisplayName = "props are an array")]
    [Arguments("props=", "the value is empty (--props)" + Object, DisplayName = "props are empty")]
    [Arguments("props=@", "\"@\" is not a file (--props); write @FILE, or a JSON object", DisplayName = "props from no file")]
    [Arguments("props={\"a\":1,\"a\":2}", "member \"a\" is there twice (--props, byte 11)" + Object,
        DisplayName = "props with a duplicate")]
    [Arguments("props={title:1}",
        "the value is not valid JSON: 't' is an invalid start of a property name. Expected a '\"' (--props, line 1, byte 2)" + Object,
        DisplayName = "props without quotes")]
    public async Task A_value_that_is_not_possible_is_refused(string options, string refusal) =>
        await Assert.That(Refusal.TextOf(() => Request(options))).IsEqualTo("64: " + refusal);

    [Test]
    [Arguments("0f", DisplayName = "no frames")]
    [Arguments("-5f", DisplayName = "negative frames")]
    [Arguments("f", DisplayName = "only the unit")]
    public async Task A_refused_duration_is_quoted_as_it_was_typed(string text) =>
        await Assert.That(Refusal.Of(() => Request("duration=" + text)).What).Contains($"\"{text}\"");

    [Test]
    public async Task Props_may_come_from_a_file()
    {
        using var folder = new TemporaryDirectory();
        string file = folder.Add("props.json", "{ \"title\": \"Grüße\" }\n");

        await Assert.That(Encoding.UTF8.GetString(Request("props=@" + file).RenderOptions.Props.Span)).IsEqualTo("{\"title\":\"Grüße\"}");
    }

    [Test]
    public async Task A_broken_file_of_props_is_named()
    {
        using var folder = new TemporaryDirectory();
        string file = folder.Add("props.json", "[]");

        await Assert.That(Refusal.TextOf(() => Request("props=@" + file))).IsEqualTo(
            $"65: an array is not a JSON object ({file}, byte 1); write an object such as {{\"title\":\"Hello\"}}");
    }

    [Test]
    public async Task A_file_of_props_that_cannot_be_read_is_refused() =>
        await Assert.That(Refusal.TextOf(() => Request("props=@/nowhere/props.json"))).IsEqualTo(
            "66: the file cannot be read: no such file or directory (/nowhere/props.json); check the path and its permissions");

    [Test]
    [Arguments("split=cost cost=preroll=6ms,capture=40ms shards=7", "Cost 7 0/6000/40000", DisplayName = "shards")]
    [Arguments("cost=capture=1.5s,start=2s,preroll=0ms target-time=90s", "Time 90000000 2000000/0/1500000", DisplayName = "a time")]
    [Arguments("split=cost cost=preroll=0.001ms,capture=0.000001s", "Cost 1 0/1/1", DisplayName = "microseconds")]
    [Arguments("cost=preroll=6ms,capture=40ms shards=3", "Ceil 3 0/6000/40000", DisplayName = "another split says what they come to")]
    public async Task Costs_are_times(string options, string expected)
    {
        JobRequest request = Request(options);

        await Assert
            .That($"{request.Split} {request.SplitNumber} {request.Cost!.Start}/{request.Cost.Preroll}/{request.Cost.Capture}")
            .IsEqualTo(expected);
    }

    [Test]
    [Arguments("split=cost", "64: --split cost needs --cost (command line); give times such as", DisplayName = "no costs")]
    [Arguments("target-time=60s", "64: --target-time needs --cost (command line); give times such as",
        DisplayName = "a time without costs")]
    [Arguments("split=cost cost=capture=40ms", "64: --cost lacks preroll (command line); give times such as", DisplayName = "no pre-roll")]
    [Arguments("split=cost cost=preroll=6ms", "64: --cost lacks capture (command line); give times such as", DisplayName = "no capture")]
    [Arguments("split=cost cost=preroll=6ms,capture=0ms",
        "64: \"preroll=6ms,capture=0ms\" is not a cost of a captured frame, which is above 0 (--cost)", DisplayName = "zero")]
    [Arguments("split=cost cost=preroll=6,capture=40ms", "64: \"preroll=6\" is not a cost (--cost)", DisplayName = "no unit")]
    [Arguments("split=cost cost=preroll=-6ms,capture=40ms", "64: \"preroll=-6ms\" is not a cost (--cost)", DisplayName = "negative")]
    [Arguments("split=cost cost=prerol=6ms,capture=40ms", "64: \"prerol=6ms\" is not a cost (did you mean \"preroll\"?) (--cost)",
        DisplayName = "misspelled")]
    [Arguments("split=cost cost=capture=6ms,capture=40ms", "64: --cost gives capture twice (command line); give times such as",
        DisplayName = "twice")]
    [Arguments("split=cost cost=preroll=86401s,capture=40ms", "64: \"preroll=86401s\" is not a cost (--cost)",
        DisplayName = "more than a day")]
    [Arguments("split=costs cost=preroll=6ms,capture=40ms", "64: \"costs\" is not a way to split (did you mean \"cost\"?) (--split)",
        DisplayName = "another split")]
    [Arguments("target-time=0s cost=preroll=6ms,capture=40ms", "64: \"0s\" is not a time of a chunk (--target-time)",
        DisplayName = "no time")]
    [Arguments("target-time=60s shards=3 cost=preroll=6ms,capture=40ms", "64: --target-time and --shards exclude each other",
        DisplayName = "a time and shards")]
    [Arguments("target-time=60s split=even cost=preroll=6ms,capture=40ms", "64: --target-time and --split even exclude each other",
        DisplayName = "a time and another split")]
    [Arguments("split=cost cost=preroll=6ms,capture=40ms shards=100001", "64: \"100001\" is not a whole number from 1 to 100000 (--shards)",
        DisplayName = "too many shards")]
    public async Task What_is_no_cost_is_refused(string options, string refusal) =>
        await Assert.That(Refusal.TextOf(() => Request(options))).StartsWith(refusal);

    private static JobRequest Request(string options, Guid random = default)
    {
        ExportArguments arguments = Gens.NewArguments() with { Width = null, Height = null, JobId = null };
        foreach (string option in options.Split(' ', StringSplitOptions.RemoveEmptyEntries)) arguments = Change(arguments, option);
        return arguments.ToRequest(() => random);
    }

    private static ExportArguments Change(ExportArguments arguments, string option)
    {
        string[] parts = option.Split('=', 2);
        string value = parts[1];
        return parts[0] switch
        {
            "output" => arguments with { Output = value },
            "shards" => arguments with { Shards = value },
            "chunk-frames" => arguments with { ChunkFrames = value },
            "split" => arguments with { Split = value },
            "cost" => arguments with { Cost = value },
            "target-time" => arguments with { TargetTime = value },
            "width" => arguments with { Width = value },
            "height" => arguments with { Height = value },
            "fps" => arguments with { Fps = value },
            "duration" => arguments with { Duration = value },
            "frames" => arguments with { Frames = value },
            "start-frame" => arguments with { StartFrame = value },
            "job-id" => arguments with { JobId = value },
            "props" => arguments with { Props = value },
            "mode" => arguments with { Mode = value },
            "selector" => arguments with { Selector = value },
            "video-codec" => arguments with { VideoCodec = value },
            "quality" => arguments with { Quality = value },
            "preset" => arguments with { Preset = value },
            "pixel-format" => arguments with { PixelFormat = value },
            "audio-codec" => arguments with { AudioCodec = value },
            "seed" => arguments with { Seed = value },
            _ => throw new ArgumentException(option, nameof(option)),
        };
    }
}
