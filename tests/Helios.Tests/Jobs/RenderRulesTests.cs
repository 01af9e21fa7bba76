using System;
using System.Globalization;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Jobs.Encode;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs;

internal sealed class RenderRulesTests
{
    private const string OnlyFallback = "leave it out: the only one is screenshot, for capture paint and canvas";
    private const string X264Presets = "use one of ultrafast, superfast, veryfast, faster, fast, medium, slow, slower, veryslow";

    private const string Ffv1 = "videoCodec=ffv1 quality=0 preset=null ";

    [Test]
    [Arguments("out.mp4", "h264", "yuv420p", "veryfast", 18, "aac", DisplayName = "h264 in mp4")]
    [Arguments("out.MP4", "h264", "yuv444p10le", "ultrafast", 0, "none", DisplayName = "extension in capitals, best quality, no sound")]
    [Arguments("out.mov", "h264", "yuv422p", "veryslow", 51, "pcm", DisplayName = "h264 in mov with pcm")]
    [Arguments("out.mkv", "h265", "yuv420p10le", "medium", 20, "flac", DisplayName = "h265 in mkv with flac")]
    [Arguments("out.webm", "vp9", "yuv444p", "0", 63, "opus", DisplayName = "vp9 with full chroma in webm")]
    [Arguments("out.mp4", "vp9", "yuv444p", "8", 24, "aac", DisplayName = "vp9 in mp4")]
    [Arguments("out.webm", "av1", "yuv420p10le", "13", 26, "opus", DisplayName = "av1 in webm")]
    [Arguments("out.mov", "prores", "yuv422p10le", "proxy", 0, "pcm", DisplayName = "prores proxy")]
    [Arguments("out.mov", "prores", "yuva444p10le", "4444", 0, "aac", DisplayName = "prores 4444 with alpha")]
    [Arguments("out.mkv", "prores", "yuv444p10le", "4444xq", 0, "opus", DisplayName = "prores 4444xq in mkv")]
    [Arguments("out.mkv", "ffv1", "bgra", null, 0, "none", DisplayName = "ffv1 without preset")]
    [Arguments("out.mov", "ffv1", "yuv420p", null, 0, "pcm", DisplayName = "ffv1 in mov")]
    [Arguments("out.gif", "ffv1", "bgr0", null, 0, "none", DisplayName = "gif")]
    [Arguments("50%/out_%03d.PNG", "ffv1", "bgra", null, 0, "none", DisplayName = "png files with transparency, extension in capitals")]
    public async Task Values_go_together(string output, string codec, string pixelFormat, string? preset, int quality, string audio)
    {
        RenderOptions options = Specs.Options with
        {
            VideoCodec = VideoCodec.Find(codec)!,
            PixelFormat = PixelFormat.Find(pixelFormat)!,
            Preset = preset,
            Quality = quality,
            AudioCodec = AudioCodec.Find(audio)!,
        };

        await Assert.That(RenderRules.Check(options, output)).IsNull();
    }

    [Test]
    // output
    [Arguments("out.avi", "",
        "output: the output \"out.avi\" has no extension that helios knows; end it in .mp4, .mov, .mkv, .webm or .gif, or name PNG, JPEG, WebP or AVIF files such as frame_%05d.png",
        DisplayName = "unknown container")]
    [Arguments("mp4", "",
        "output: the output \"mp4\" has no extension that helios knows; end it in .mp4, .mov, .mkv, .webm or .gif, or name PNG, JPEG, WebP or AVIF files such as frame_%05d.png",
        DisplayName = "no extension")]
    [Arguments("out.mp4/x", "",
        "output: the output \"out.mp4/x\" has no extension that helios knows; end it in .mp4, .mov, .mkv, .webm or .gif, or name PNG, JPEG, WebP or AVIF files such as frame_%05d.png",
        DisplayName = "extension of the directory")]
    [Arguments("out.png", "",
        "output: the output \"out.png\" has no number for its frames; name it such as frame_%05d.png, or render one frame as PNG with --still",
        DisplayName = "png without a number")]
    [Arguments("%d/out.png", "",
        "output: the output \"%d/out.png\" has no number for its frames; name it such as frame_%05d.png, or render one frame as PNG with --still",
        DisplayName = "number in the directory")]
    [Arguments("%d_%d.png", "",
        "output: the output \"%d_%d.png\" has another percent sign than one number such as %d or %05d; name it such as frame_%05d.png, or render one frame as PNG with --still",
        DisplayName = "two numbers")]
    [Arguments("%5d.png", "",
        "output: the output \"%5d.png\" has another percent sign than one number such as %d or %05d; name it such as frame_%05d.png, or render one frame as PNG with --still",
        DisplayName = "number with blanks")]
    [Arguments("out.webp", "",
        "output: the output \"out.webp\" has no number for its frames; name it such as frame_%05d.webp, or render one frame as PNG with --still",
        DisplayName = "webp without a number")]
    [Arguments("out.avif", "",
        "output: the output \"out.avif\" has no number for its frames; name it such as frame_%05d.avif, or render one frame as PNG with --still",
        DisplayName = "avif without a number")]
    [Arguments("out.m3u8", "",
        "output: the output \"out.m3u8\" is an HLS playlist, which helios does not write; render an .mp4, and cut it with ffmpeg -i video.mp4 -c copy -f hls video.m3u8",
        DisplayName = "HLS")]
    [Arguments("%d.jpg", Ffv1 + "pixelFormat=bgra audioCodec=none",
        "pixelFormat: a .jpg file has no pixel format \"bgra\"; use bgr0, or .png or .webp files for transparency",
        DisplayName = "translucent JPEG")]
    // size
    [Arguments("out.mp4", "width=0", "width: a width of 0 pixels is not possible; give 1 to 16384", DisplayName = "no width")]
    [Arguments("out.mp4", "width=-2", "width: a width of -2 pixels is not possible; give 1 to 16384", DisplayName = "negative width")]
    [Arguments("out.mp4", "width=100000", "width: a width of 100000 pixels is not possible; give 1 to 16384", DisplayName = "huge width")]
    [Arguments("out.mp4", "height=16385", "height: a height of 16385 pixels is not possible; give 1 to 16384",
        DisplayName = "height beyond the limit")]
    [Arguments("out.mp4", "width=1919",
        "width: pixel format yuv420p cannot have an odd width, 1919; use 1920, or a 4:4:4 pixel format such as yuv444p",
        DisplayName = "odd width in 4:2:0")]
    [Arguments("out.mp4", "height=17",
        "height: pixel format yuv420p cannot have an odd height, 17; use 18, or a 4:4:4 pixel format such as yuv444p",
        DisplayName = "odd height in 4:2:0")]
    [Arguments("out.mp4", "width=17 pixelFormat=yuv422p",
        "width: pixel format yuv422p cannot have an odd width, 17; use 18, or a 4:4:4 pixel format such as yuv444p",
        DisplayName = "odd width in 4:2:2")]
    [Arguments("out.mp4", "scale=16 width=1920 height=1080",
        "scale: a scale of 16 makes 1920x1080 pixels 30720x17280, and a side has at most 16384; give at most 8, or a smaller page",
        DisplayName = "scale beyond the largest side")]
    [Arguments("out.mp4", "scale=1.5 width=1921",
        "scale: a scale of 1.5 makes 1921x18 pixels 2881.5x27, which are not whole; give another scale, such as 2 or 1.5, or another width and height",
        DisplayName = "half a pixel")]
    [Arguments("out.mp4", "scale=1.5 width=1922 height=16",
        "scale: pixel format yuv420p cannot have an odd width, 1922 · 1.5 = 2883; give another scale or width, or a 4:4:4 pixel format such as yuv444p",
        DisplayName = "odd width by the scale")]
    [Arguments("out.mp4", "scale=1.5",
        "scale: pixel format yuv420p cannot have an odd height, 18 · 1.5 = 27; give another scale or height, or a 4:4:4 pixel format such as yuv444p",
        DisplayName = "odd height by the scale")]
    [Arguments("out.mp4", "scale=1.2 width=1600 height=800",
        "scale: a scale of 1.2 makes 1600x800 pixels 1920x960, which the browser, with its 32-bit fractions, rounds up; give another scale, such as 2 or 1.5",
        DisplayName = "scale that the browser rounds")]
    // mode
    [Arguments("out.mp4", "mode=video", "mode: there is no mode \"video\"; use dom (the viewport) or canvas (one canvas element)",
        DisplayName = "unknown mode")]
    [Arguments("out.mp4", "selector=canvas",
        "selector: a selector chooses a canvas element, but the mode is dom; add mode canvas, or leave the selector out",
        DisplayName = "selector in dom mode")]
    [Arguments("out.mp4", "mode=canvas selector=", "selector: a selector of 0 characters is not possible; give 1 to 1024 characters",
        DisplayName = "empty selector")]
    // history
    [Arguments("out.mp4", "history=reply",
        "history: there is no history \"reply\" (did you mean \"replay\"?); use auto (jump where nothing can observe it), replay (run every frame) or seek (jump, for pages that depend on time alone)",
        DisplayName = "unknown history")]
    // capture
    [Arguments("out.mp4", "capture=screnshot",
        "capture: there is no way to capture \"screnshot\" (did you mean \"screenshot\"?); use screenshot (every page), paint (faster, pages of one site) or canvas (a canvas element that is all there is to see)",
        DisplayName = "unknown capture")]
    [Arguments("out.mp4", "captureFallback=screenshot",
        "captureFallback: capture screenshot has no fallback \"screenshot\"; " + OnlyFallback,
        DisplayName = "screenshot as the fallback of itself")]
    [Arguments("out.mp4", "capture=paint captureFallback=canvas",
        "captureFallback: capture paint has no fallback \"canvas\"; " + OnlyFallback, DisplayName = "canvas as a fallback")]
    // codec
    [Arguments("out.mp4", "videoCodec=h266",
        "videoCodec: there is no video codec \"h266\"; use one of h264, h265, vp9, av1, prores, ffv1, h264_nvenc, hevc_nvenc, h264_vaapi, hevc_vaapi, h264_qsv, hevc_qsv, h264_videotoolbox, hevc_videotoolbox (did you mean \"h264\"?)",
        DisplayName = "unknown codec")]
    [Arguments("out.webm", "",
        "videoCodec: a .webm file cannot hold h264; end the output in .mp4 or .mov or .mkv, or choose another video codec",
        DisplayName = "h264 in webm")]
    [Arguments("out.mov", "videoCodec=vp9",
        "videoCodec: a .mov file cannot hold vp9; end the output in .webm or .mp4 or .mkv, or choose another video codec",
        DisplayName = "vp9 in mov")]
    [Arguments("out.mp4", "videoCodec=prores",
        "videoCodec: a .mp4 file cannot hold prores; end the output in .mov or .mkv, or choose another video codec",
        DisplayName = "prores in mp4")]
    [Arguments("out.mp4", "pixelFormat=yuva420p",
        "pixelFormat: h264 has no pixel format \"yuva420p\"; use one of yuv420p, yuv422p, yuv444p, yuv420p10le, yuv422p10le, yuv444p10le",
        DisplayName = "alpha in h264")]
    [Arguments("out.webm", "videoCodec=av1 preset=8 pixelFormat=yuv444p",
        "pixelFormat: av1 has no pixel format \"yuv444p\"; use one of yuv420p, yuv420p10le", DisplayName = "4:4:4 in av1")]
    [Arguments("out.mp4", "preset=placebo", "preset: h264 has no preset \"placebo\"; " + X264Presets, DisplayName = "unknown preset")]
    [Arguments("out.mp4", "preset=null", "preset: h264 has no preset \"\"; " + X264Presets, DisplayName = "no preset")]
    [Arguments("out.webm", "videoCodec=vp9 preset=9", "preset: vp9 has no preset \"9\"; use one of 0, 1, 2, 3, 4, 5, 6, 7, 8",
        DisplayName = "vp9 preset beyond the fastest")]
    [Arguments("out.mkv", "videoCodec=ffv1 quality=0", "preset: ffv1 has no presets; leave the preset out",
        DisplayName = "preset for ffv1")]
    [Arguments("out.mp4", "quality=52", "quality: h264 has no quality 52; give 0 (best) to 51", DisplayName = "quality beyond the worst")]
    [Arguments("out.mp4", "quality=-1", "quality: h264 has no quality -1; give 0 (best) to 51", DisplayName = "negative quality")]
    [Arguments("out.webm", "videoCodec=vp9 preset=4 quality=64", "quality: vp9 has no quality 64; give 0 (best) to 63",
        DisplayName = "vp9 quality beyond the worst")]
    [Arguments("out.mov", "videoCodec=prores preset=hq pixelFormat=yuv422p10le",
        "quality: prores has no quality scale; leave the quality out, or 0, and choose a preset: proxy, lt, standard, hq, 4444, 4444xq",
        DisplayName = "quality for prores")]
    [Arguments("out.mkv", "videoCodec=ffv1 preset=null quality=18",
        "quality: ffv1 has no quality scale; leave the quality out, or 0: it is lossless", DisplayName = "quality for ffv1")]
    [Arguments("out.mov", "videoCodec=prores quality=0 preset=4444 pixelFormat=yuv422p10le",
        "preset: prores profile 4444 cannot have pixel format yuv422p10le; use pixel format yuv444p10le or yuva444p10le",
        DisplayName = "prores 4444 in 4:2:2")]
    [Arguments("out.mov", "videoCodec=prores quality=0 preset=hq pixelFormat=yuva444p10le",
        "preset: prores profile hq cannot have pixel format yuva444p10le; use preset 4444 or 4444xq, or pixel format yuv422p10le",
        DisplayName = "prores hq in 4:4:4")]
    // pictures
    [Arguments("out.gif", "",
        "videoCodec: a .gif file cannot hold h264; end the output in .mp4 or .mov or .mkv, or choose another video codec",
        DisplayName = "h264 in gif")]
    [Arguments("%d.png", "videoCodec=prores quality=0 preset=hq pixelFormat=yuv422p10le",
        "videoCodec: a .png file cannot hold prores; end the output in .mov or .mkv, or choose another video codec",
        DisplayName = "prores in png")]
    [Arguments("%d.png", Ffv1 + "pixelFormat=yuv444p",
        "pixelFormat: a .png file has no pixel format \"yuv444p\"; use bgr0, or bgra for transparency", DisplayName = "YUV in png")]
    [Arguments("out.gif", Ffv1 + "pixelFormat=pal8", "pixelFormat: ffv1 has no pixel format \"pal8\"; use one of bgr0, bgra",
        DisplayName = "palette in gif")]
    [Arguments("out.gif", Ffv1 + "pixelFormat=bgr0", "audioCodec: a .gif file has no audio; leave it out, or render a video",
        DisplayName = "sound in gif")]
    [Arguments("out.gif", Ffv1 + "pixelFormat=bgr0 audioCodec=none frameRate=51/1",
        "fps: a .gif file cannot show 51 frames a second; give at most 50", DisplayName = "gif too fast")]
    [Arguments("out.gif", Ffv1 + "pixelFormat=bgr0 audioCodec=none frameRate=60000/1001",
        "fps: a .gif file cannot show 59.94006 frames a second; give at most 50", DisplayName = "gif at 59.94")]
    // audio
    [Arguments("out.mp4", "audioCodec=opus", "audioCodec: a .mp4 file cannot have audio codec \"opus\"; use one of aac, none",
        DisplayName = "opus in mp4")]
    [Arguments("out.mov", "audioCodec=flac", "audioCodec: a .mov file cannot have audio codec \"flac\"; use one of aac, pcm, none",
        DisplayName = "flac in mov")]
    [Arguments("out.mkv", "audioCodec=mp3", "audioCodec: a .mkv file cannot have audio codec \"mp3\"; use one of opus, flac, pcm, none",
        DisplayName = "unknown audio codec")]
    [Arguments("out.webm", "videoCodec=vp9 preset=4 audioCodec=aac",
        "audioCodec: a .webm file cannot have audio codec \"aac\"; use one of opus, none", DisplayName = "aac in webm")]
    public async Task Values_that_do_not_go_together_are_refused(string output, string changes, string expected)
    {
        RenderOptions options = Specs.Options;
        Finding? finding = RenderRules.CheckOutput(output, out Container container);
        foreach (string change in changes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            finding ??= Change(ref options, change, container);

        finding ??= RenderRules.Check(options, output);

        await Assert.That($"{finding?.Member}: {finding?.What}; {finding?.Fix}").IsEqualTo(expected);
    }

    [Test]
    [Arguments("out.mov", "prores", "yuv422p10le", "hq", DisplayName = "prores has no yuv444p")]
    [Arguments("out.mp4", "av1", "yuv420p", "8", DisplayName = "av1 has no 4:4:4")]
    public async Task The_fix_for_an_odd_side_names_no_pixel_format_that_the_codec_lacks(
        string output,
        string codec,
        string pixelFormat,
        string preset)
    {
        RenderOptions options = Specs.Options with
        {
            Width = 17,
            VideoCodec = VideoCodec.Find(codec)!,
            PixelFormat = PixelFormat.Find(pixelFormat)!,
            Preset = preset,
            Quality = 0,
        };

        Finding? finding = RenderRules.Check(options, output);

        await Assert.That(finding?.Member).IsEqualTo("width");
        await Assert.That(finding!.Value.Fix.EndsWith("yuv444p", StringComparison.Ordinal)).IsFalse();
    }

    [Test]
    [Arguments(241, true, DisplayName = "255 bytes with ten digits")]
    [Arguments(242, false, DisplayName = "a byte more")]
    public async Task The_name_of_every_frame_fits_into_a_directory(int length, bool fits)
    {
        string output = "/srv/" + new string('a', length) + "%d.png";
        RenderOptions options = Specs.Options with
        {
            VideoCodec = VideoCodec.Ffv1,
            PixelFormat = PixelFormat.Bgr0,
            Preset = null,
            Quality = 0,
            AudioCodec = AudioCodec.None,
        };

        await Assert
            .That(RenderRules.Check(options, output)?.What)
            .IsEqualTo(fits ? null : $"the files of the output \"{output}\" would have names longer than 255 bytes");
    }

    [Test]
    public async Task A_gif_may_show_50_frames_a_second()
    {
        RenderOptions options = Specs.Options with
        {
            VideoCodec = VideoCodec.Ffv1,
            PixelFormat = PixelFormat.Bgr0,
            Preset = null,
            Quality = 0,
            AudioCodec = AudioCodec.None,
            FrameRate = FrameRate.OfWhole(50),
        };

        await Assert.That(RenderRules.Check(options, "out.gif")).IsNull();
        await Assert.That(RenderRules.Check(options with { FrameRate = FrameRate.OfWhole(60) }, "%d.png")).IsNull();
    }

    [Test]
    public async Task A_selector_may_have_1024_characters()
    {
        RenderOptions options = Specs.Options with { Mode = RenderMode.Canvas, Selector = new string('a', 1024) };

        await Assert.That(RenderRules.Check(options, "out.mp4")).IsNull();
        await Assert
            .That(RenderRules.Check(options with { Selector = options.Selector + "a" }, "out.mp4")?.What)
            .IsEqualTo("a selector of 1025 characters is not possible");
    }

    [Test]
    [Arguments("yuv444p", 1, 1, DisplayName = "one pixel in 4:4:4")]
    [Arguments("yuv422p", 2, 1, DisplayName = "odd height in 4:2:2")]
    [Arguments("yuv420p", 16384, 16384, DisplayName = "largest")]
    public async Task A_size_is_possible(string pixelFormat, int width, int height) =>
        await Assert
            .That(
                RenderRules.Check(
                    Specs.Options with
                    {
                        PixelFormat = PixelFormat.Find(pixelFormat)!,
                        Width = width,
                        Height = height,
                    },
                    "out.mp4"))
            .IsNull();

    [Test]
    [Arguments("mp4", "h264", DisplayName = "mp4")]
    [Arguments("mov", "h264", DisplayName = "mov")]
    [Arguments("mkv", "h264", DisplayName = "mkv")]
    [Arguments("webm", "vp9", DisplayName = "webm")]
    [Arguments("gif", "ffv1", DisplayName = "gif")]
    [Arguments("png", "ffv1", DisplayName = "png")]
    public async Task A_container_has_a_default_codec(string container, string codec) =>
        await Assert.That(VideoCodec.DefaultFor(Container.Of("%d." + container)!).Name).IsEqualTo(codec);

    [Test]
    public async Task Every_default_of_a_codec_is_valid_in_each_of_its_containers()
    {
        int checkedPairs = 0;
        foreach (VideoCodec codec in VideoCodec.All)
        {
            foreach (Container container in codec.Containers)
            {
                RenderOptions options = Specs.Options with
                {
                    VideoCodec = codec,
                    PixelFormat = codec.DefaultPixelFormat(container),
                    Preset = codec.DefaultPreset,
                    Quality = codec.DefaultQuality,
                    AudioCodec = AudioCodec.None,
                };

                await Assert.That(RenderRules.Check(options, "out%d." + container)).IsNull();
                checkedPairs++;
            }
        }

        await Assert.That(checkedPairs).IsEqualTo(45);
    }

    /// <summary>Changes one value, or says why there is no such value.</summary>
    private static Finding? Change(ref RenderOptions options, string change, Container container)
    {
        string[] parts = change.Split('=', 2);
        string value = parts[1];
        Finding? finding = null;
        switch (parts[0])
        {
            case "width": options = options with { Width = int.Parse(value, CultureInfo.InvariantCulture) }; break;
            case "height": options = options with { Height = int.Parse(value, CultureInfo.InvariantCulture) }; break;
            case "scale": options = options with { Scale = decimal.Parse(value, CultureInfo.InvariantCulture) }; break;
            case "quality": options = options with { Quality = int.Parse(value, CultureInfo.InvariantCulture) }; break;
            case "selector": options = options with { Selector = value }; break;
            case "preset": options = options with { Preset = value == "null" ? null : value }; break;
            case "frameRate": options = options with { FrameRate = Specs.Rate(value) }; break;
            case "mode":
                finding = RenderRules.Read(value, out RenderMode mode);
                options = options with { Mode = mode };
                break;
            case "history":
                finding = RenderRules.Read(value, out History history);
                options = options with { History = history };
                break;
            case "captureFallback": options = options with { CaptureFallback = CaptureMode.Find(value) }; break;
            case "capture":
                finding = RenderRules.Read(value, out CaptureMode capture);
                options = options with { Capture = capture };
                break;
            case "videoCodec":
                finding = RenderRules.Read(value, out VideoCodec codec);
                options = options with { VideoCodec = codec };
                break;
            case "pixelFormat":
                finding = RenderRules.Read(value, options.VideoCodec, container, out PixelFormat format);
                options = options with { PixelFormat = format };
                break;
            case "audioCodec":
                finding = RenderRules.Read(value, container, out AudioCodec audio);
                options = options with { AudioCodec = audio };
                break;
            default: throw new ArgumentException(change, nameof(change));
        }

        return finding;
    }
}
