using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Encode;
using Helios.Tests.Support;

namespace Helios.Tests.Ffmpeg;

internal sealed class EncodeArgsTests
{
    private const string Start = "-hide_banner -filter_threads 1" + Rest;
    private const string ExactStart = "-hide_banner -filter_threads 4" + Rest;
    private const string Rest = " -loglevel error -nostats -progress pipe:1 -y -fpsprobesize 0 -reinit_filter 0 -f matroska";
    private const string Middle = "-i pipe:0 -map 0:v:0 -fps_mode passthrough -vf";
    private const string Lossy = "scale=16:18:out_color_matrix=bt709:out_range=tv:flags=bicubic";
    private const string Exact = Lossy + "+accurate_rnd";
    private const string Bt709 = "-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv";
    private const string ProRes = "-bsf:v prores_metadata=color_primaries=bt709:color_trc=bt709:colorspace=bt709";
    private const string End25 = "-fflags +bitexact -map_metadata -1 -video_track_timescale 25 -movie_timescale 25 -f mov /srv/o";

    [Test]
    [Arguments("h264", "yuv420p", 19, "veryfast",
        $"{Start} -c:v png {Middle} {Lossy},fps=25/1 -pix_fmt yuv420p {Bt709} -c:v libx264 -preset veryfast -crf 19 -threads 4 -x264-params sync-lookahead=0 -flags +cgop -g 125 {End25}",
        DisplayName = "h264")]
    [Arguments("h264", "yuv444p", 19, "slow",
        $"{Start} -c:v png {Middle} {Lossy},fps=25/1 -pix_fmt yuv444p {Bt709} -c:v libx264 -preset slow -crf 19 -threads 4 -x264-params sync-lookahead=0 -flags +cgop -g 125 {End25}",
        DisplayName = "h264 yuv444p")]
    [Arguments("h264", "yuv444p10le", 0, "veryslow",
        $"{ExactStart} -c:v png {Middle} {Exact},fps=25/1 -pix_fmt yuv444p10le {Bt709} -c:v libx264 -preset veryslow -qp 0 -threads 4 -x264-params sync-lookahead=0 -flags +cgop -g 125 {End25}",
        DisplayName = "h264 lossless")]
    [Arguments("h265", "yuv420p10le", 20, "medium",
        $"{Start} -c:v png {Middle} {Lossy},fps=25/1 -pix_fmt yuv420p10le {Bt709} -c:v libx265 -preset medium -crf 20 -x265-params log-level=error:frame-threads=2:open-gop=0:info=0 -tag:v hvc1 -flags +cgop -g 125 {End25}",
        DisplayName = "h265")]
    [Arguments("h265", "yuv420p", 0, "medium",
        $"{ExactStart} -c:v png {Middle} {Exact},fps=25/1 -pix_fmt yuv420p {Bt709} -c:v libx265 -preset medium -crf 0 -x265-params log-level=error:frame-threads=2:open-gop=0:info=0:lossless=1 -tag:v hvc1 -flags +cgop -g 125 {End25}",
        DisplayName = "h265 lossless")]
    [Arguments("vp9", "yuv420p", 24, "4",
        $"{Start} -c:v png {Middle} {Lossy},fps=25/1 -pix_fmt yuv420p {Bt709} -c:v libvpx-vp9 -deadline good -cpu-used 4 -crf 24 -b:v 0 -row-mt 1 -threads 4 -flags +cgop -g 125 {End25}",
        DisplayName = "vp9")]
    [Arguments("vp9", "yuv444p", 0, "0",
        $"{ExactStart} -c:v png {Middle} {Exact},fps=25/1 -pix_fmt yuv444p {Bt709} -c:v libvpx-vp9 -deadline good -cpu-used 0 -crf 0 -b:v 0 -row-mt 1 -threads 4 -lossless 1 -flags +cgop -g 125 {End25}",
        DisplayName = "vp9 lossless")]
    [Arguments("av1", "yuv420p10le", 26, "8",
        $"{Start} -c:v png {Middle} {Lossy},fps=25/1 -pix_fmt yuv420p10le {Bt709} -c:v libsvtav1 -preset 8 -crf 26 -flags +cgop -g 125 {End25}",
        DisplayName = "av1")]
    [Arguments("prores", "yuv422p10le", 0, "hq",
        $"{ExactStart} -c:v png {Middle} {Exact},fps=25/1 -pix_fmt yuv422p10le {Bt709} -c:v prores_ks -profile:v hq {ProRes} {End25}",
        DisplayName = "prores")]
    [Arguments("prores", "yuva444p10le", 0, "4444",
        $"{ExactStart} -c:v png {Middle} {Exact},fps=25/1 -pix_fmt yuva444p10le {Bt709} -c:v prores_ks -profile:v 4444 {ProRes} -alpha_bits 16 {End25}",
        DisplayName = "prores with alpha")]
    [Arguments("ffv1", "yuv420p", 0, null,
        $"{ExactStart} -c:v png {Middle} {Exact},fps=25/1 -pix_fmt yuv420p {Bt709} -c:v ffv1 -level 3 -g 1 -slices 4 -slicecrc 1 {End25}",
        DisplayName = "ffv1")]
    [Arguments("ffv1", "yuva444p", 0, null,
        $"{ExactStart} -c:v png {Middle} {Exact},fps=25/1 -pix_fmt yuva444p {Bt709} -c:v ffv1 -level 3 -g 1 -slices 4 -slicecrc 1 {End25}",
        DisplayName = "ffv1 with alpha")]
    [Arguments("ffv1", "bgr0", 0, null,
        $"{ExactStart} -c:v png {Middle} scale=16:18,fps=25/1 -pix_fmt bgr0 -c:v ffv1 -level 3 -g 1 -slices 4 -slicecrc 1 {End25}",
        DisplayName = "RGB has no matrix")]
    [Arguments("ffv1", "bgra", 0, null,
        $"{ExactStart} -c:v png {Middle} scale=16:18,fps=25/1 -pix_fmt bgra -c:v ffv1 -level 3 -g 1 -slices 4 -slicecrc 1 {End25}",
        DisplayName = "RGB with alpha has no matrix")]
    [Arguments("h264_nvenc", "yuv444p", 20, "p4",
        $"{Start} -c:v png {Middle} {Lossy},fps=25/1 -pix_fmt yuv444p {Bt709} -c:v h264_nvenc -preset p4 -rc constqp -qp 20 -bf 0 -rc-lookahead 0 -forced-idr 1 -flags +cgop -g 125 {End25}",
        DisplayName = "h264 by nvenc")]
    [Arguments("hevc_nvenc", "yuv420p", 1, "p7",
        $"{Start} -c:v png {Middle} {Lossy},fps=25/1 -pix_fmt yuv420p {Bt709} -c:v hevc_nvenc -preset p7 -rc constqp -qp 1 -bf 0 -rc-lookahead 0 -forced-idr 1 -tag:v hvc1 -flags +cgop -g 125 {End25}",
        DisplayName = "h265 by nvenc")]
    [Arguments("hevc_vaapi", "yuv420p", 20, null,
        $"-init_hw_device vaapi=gpu -filter_hw_device gpu {Start} -c:v png {Middle} {Lossy},fps=25/1,format=nv12,hwupload -pix_fmt vaapi {Bt709} -c:v hevc_vaapi -rc_mode CQP -qp 20 -bf 0 -idr_interval 0 -tag:v hvc1 -flags +cgop -g 125 {End25}",
        DisplayName = "h265 by vaapi")]
    [Arguments("h264_qsv", "yuv420p", 20, "medium",
        $"{Start} -c:v png {Middle} {Lossy},fps=25/1 -pix_fmt nv12 {Bt709} -c:v h264_qsv -preset medium -global_quality 20 -bf 0 -idr_interval 0 -flags +cgop -g 125 {End25}",
        DisplayName = "h264 by qsv")]
    [Arguments("h264_videotoolbox", "yuv420p", 35, null,
        $"{Start} -c:v png {Middle} {Lossy},fps=25/1 -pix_fmt yuv420p {Bt709} -c:v h264_videotoolbox -q:v 65 -bf 0 -allow_sw 0 -flags +cgop -g 125 {End25}",
        DisplayName = "h264 by videotoolbox")]
    public async Task Every_codec_has_its_command_line(string codec, string pixelFormat, int quality, string? preset, string expected) =>
        await Assert.That(string.Join(' ', Make(Options(codec, pixelFormat, quality, preset)))).IsEqualTo(expected);

    /// <summary>A slice has a pixel at least.</summary>
    [Test]
    [Arguments(1, 1, "1")]
    [Arguments(1, 9, "1")]
    [Arguments(9, 1, "1")]
    [Arguments(2, 2, "4")]
    public async Task Ffv1_has_no_more_slices_than_fit(int width, int height, string slices)
    {
        string[] words = [.. Make(Options("ffv1", "bgr0", 0, null) with { Width = width, Height = height })];

        await Assert.That(words[Array.IndexOf(words, "-slices") + 1]).IsEqualTo(slices);
    }

    [Test]
    [Arguments("h264", 4000, 0, "-preset veryfast -b:v 4000000 -threads 4 -x264-params sync-lookahead=0", DisplayName = "h264")]
    [Arguments("h264", 4000, 5000,
        "-preset veryfast -b:v 4000000 -maxrate 5000000 -bufsize 3000000 -threads 1 -rc_init_occupancy 1500000 -x264-params sync-lookahead=0",
        DisplayName = "h264 with a limit")]
    [Arguments("h264", 0, 5000,
        "-preset veryfast -crf 18 -maxrate 5000000 -bufsize 3000000 -threads 1 -rc_init_occupancy 1500000 -x264-params sync-lookahead=0",
        DisplayName = "h264 of a quality with a limit")]
    [Arguments("h265", 4000, 0, "-preset veryfast -b:v 4000000 -x265-params log-level=error:frame-threads=2:open-gop=0:info=0",
        DisplayName = "h265")]
    [Arguments("h265", 4000, 5000,
        "-preset veryfast -b:v 4000000 -maxrate 5000000 -bufsize 3000000 -x265-params log-level=error:frame-threads=1:open-gop=0:info=0:const-vbv=1:vbv-init=0.5",
        DisplayName = "h265 with a limit")]
    [Arguments("vp9", 4000, 0, "-deadline good -cpu-used 4 -b:v 4000000 -row-mt 1 -threads 4", DisplayName = "vp9")]
    [Arguments("hevc_nvenc", 4000, 0, "-preset p4 -rc vbr -b:v 4000000 -bf 0 -rc-lookahead 0 -forced-idr 1 -tag:v hvc1",
        DisplayName = "nvenc")]
    [Arguments("h264_vaapi", 4000, 0, "-rc_mode VBR -b:v 4000000 -bf 0 -idr_interval 0", DisplayName = "vaapi")]
    [Arguments("h264_qsv", 4000, 0, "-preset medium -b:v 4000000 -bf 0 -idr_interval 0", DisplayName = "qsv")]
    [Arguments("h264_videotoolbox", 4000, 0, "-b:v 4000000 -bf 0 -allow_sw 0", DisplayName = "videotoolbox")]
    public async Task A_bit_rate_takes_the_place_of_the_quality(string name, int rate, int most, string expected)
    {
        VideoCodec codec = VideoCodec.Find(name)!;
        RenderOptions options = Specs.Options with
        {
            VideoCodec = codec,
            Preset = codec.DefaultPreset,
            Quality = rate > 0 ? 0 : 18,
            Rate = new RateControl(rate > 0 ? rate * 1000 : null, most > 0 ? most * 1000 : null, most > 0 ? 6_000_000 : null),
        };

        await Assert.That(string.Join(' ', Make(options))).Contains($"-c:v {codec.Encoder} {expected} -");
        await Assert.That(string.Join(' ', Make(options))).Contains(Start); // of a lossy encode
    }

    [Test]
    public async Task A_rational_rate_stays_exact_and_its_numerator_is_the_time_scale()
    {
        IReadOnlyList<string> list = Make(Specs.Options with { FrameRate = Specs.Rate("30000/1001") });

        await Assert
            .That((After(list, "-vf")!.Split(",fps=")[1], After(list, "-video_track_timescale"), After(list, "-movie_timescale")))
            .IsEqualTo(("30000/1001", "30000", "30000"));
    }

    [Test]
    // five seconds of frames
    [Arguments("24/1", "120", DisplayName = "24")]
    [Arguments("30000/1001", "149", DisplayName = "29.97, rounded down")]
    [Arguments("50/1", "250", DisplayName = "50, just the longest")]
    // at the most 250, at least 1
    [Arguments("60/1", "250", DisplayName = "60")]
    [Arguments("1000/1", "250", DisplayName = "fastest")]
    [Arguments("1/5", "1", DisplayName = "a frame in five seconds")]
    [Arguments("1/100", "1", DisplayName = "slowest")]
    public async Task Key_frames_are_five_seconds_apart_within_limits(string rate, string group) =>
        await Assert.That(After(Make(Specs.Options with { FrameRate = Specs.Rate(rate) }), "-g")).IsEqualTo(group);

    [Test]
    public async Task A_crop_comes_before_the_scale_and_behind_what_takes_pictures_of_both_kinds() =>
        await Assert
            .That(After(EncodeArgs.Make(Specs.Options, "/srv/o", "mov", new FrameFormat("png", Crop: "16:18:3:4")), "-vf"))
            .IsEqualTo($"scale,format=rgb24,crop=16:18:3:4,{Lossy},fps=25/1");

    [Test]
    public async Task A_crop_keeps_alpha_where_the_encode_does() =>
        await Assert
            .That(
                After(EncodeArgs.Make(Options("ffv1", "bgra", 0, null), "/srv/o", "mov", new FrameFormat("png", Crop: "16:18:3:4")), "-vf"))
            .IsEqualTo("scale,format=rgba,crop=16:18:3:4,scale=16:18,fps=25/1");

    [Test]
    [Arguments("/srv/a b.mov", DisplayName = "blank")]
    [Arguments("/srv/-y", DisplayName = "name with a leading dash")]
    [Arguments("/srv/pipe:1", DisplayName = "name like a protocol")]
    [Arguments("/srv/%03d.mov", DisplayName = "name like a pattern")]
    [Arguments("/srv/'\"$(x)\n.mov", DisplayName = "quotes and a newline")]
    public async Task The_file_is_the_last_argument_as_it_is(string output)
    {
        IReadOnlyList<string> list = EncodeArgs.Make(Specs.Options, output, "mov", new FrameFormat("png"));

        await Assert.That(list.Count(argument => argument.Contains(output, StringComparison.Ordinal))).IsEqualTo(1);
        await Assert.That(list[^1]).IsEqualTo(output);
    }

    [Test]
    [Arguments("-y.mov", DisplayName = "leading dash")]
    [Arguments("pipe:1.mov", DisplayName = "protocol")]
    public async Task The_file_of_a_relative_chunk_path_is_no_option_and_no_protocol(string output) =>
        await Assert.That(Make(Specs.Options, JobPaths.Resolve(output, "/srv"))[^1]).IsEqualTo("/srv/" + output);

    [Test]
    [Arguments("mov", DisplayName = "mov")]
    [Arguments("mp4", DisplayName = "mp4")]
    public async Task The_container_is_named_and_not_guessed(string extension) =>
        await Assert
            .That(EncodeArgs.Make(Specs.Options, "/srv/a.mkv.77.tmp", extension, new FrameFormat("png")).TakeLast(3))
            .IsEquivalentTo(["-f", extension, "/srv/a.mkv.77.tmp"]);

    [Test]
    public void Props_seed_and_paths_of_the_page_never_reach_the_encoder() =>
        Gen.Select(Gens.Text, Gen.UInt)
            .Sample(
                (text, seed) =>
                {
                    RenderOptions options = Specs.Options with
                    {
                        Selector = text,
                        Seed = seed,
                        Props = System.Text.Encoding.UTF8.GetBytes("{\"a\":" + System.Text.Json.JsonSerializer.Serialize(text) + "}"),
                    };

                    return Make(options).SequenceEqual(Make(Specs.Options));
                }, iter: 50);

    private static RenderOptions Options(string codec, string pixelFormat, int quality, string? preset) =>
        Specs.Options with
        {
            VideoCodec = VideoCodec.Find(codec)!,
            PixelFormat = PixelFormat.Find(pixelFormat)!,
            Quality = quality,
            Preset = preset,
        };

    private static IReadOnlyList<string> Make(RenderOptions options, string output = "/srv/o") =>
        EncodeArgs.Make(options, output, "mov", new FrameFormat("png"));

    /// <summary>The value of the last option of a name.</summary>
    private static string After(IReadOnlyList<string> list, string name)
    {
        for (int i = list.Count - 2; i >= 0; i--)
            if (list[i] == name) return list[i + 1];
        throw new InvalidOperationException(name);
    }
}
