using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Encoders;

/// <summary>
/// Encoders that are devices. Machines for tests have none: what a device would do is done by a program in its place, refusals are those of
/// the real ffmpeg.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class DeviceEncoderTests(NativeBinary helios)
{
    private const string Page =
        "<!doctype html><p id=p style='position:absolute'>x</p><script>requestAnimationFrame(function f(t) { p.style.left = t / 5 + 'px'; requestAnimationFrame(f); });</script>";

    /// <summary>ffmpeg in which h264_nvenc is libx264; the words before it may fail first.</summary>
    private const string Device = """
        name=libx264
        case "$*" in *encoder=h264_nvenc*) name=h264_nvenc ;; esac
        skip=
        for word; do
          shift
          if [ -n "$skip" ]; then skip=; continue; fi
          case "$word" in
            h264_nvenc) word=libx264 ;;
            encoder=h264_nvenc) word=encoder=libx264 ;;
            -rc-lookahead | -forced-idr | -rc) skip=1; continue ;;
            p4) word=veryfast ;;
          esac
          set -- "$@" "$word"
        done
        case "$*" in *'-h encoder='*) ffmpeg "$@" | sed 's/^Encoder libx264 /Encoder '$name' /' ;; *) exec ffmpeg "$@" ;; esac
        """;

    [Test]
    public async Task Its_chunks_are_joined_and_the_receipts_name_it()
    {
        using var place = new RenderPlace(helios, Page);
        string encoder = Write(place, Device);
        await place.PlanAsync("--frames", "30", "--shards", "3", "--fps", "30", "--video-codec", "h264_nvenc", "-o", "x.mp4");

        (await place.RunJob("--workers", "2", "--keep-chunks", "--quiet", "--ffmpeg", encoder)).Succeeded();

        JsonObject video = await Video.ProbeAsync(place.Directory.PathOf("x.mp4"));
        await Assert.That(((string)video["codec_name"]!, (string)video["nb_read_frames"]!)).IsEqualTo(("h264", "30"));
        await Assert
            .That(Enumerable.Range(0, 3).Select(chunk => (string)place.ReceiptOf(chunk)["videoEncoder"]!))
            .All(name => name == "h264_nvenc");
    }

    [Test]
    public async Task Chunks_of_another_encoder_are_not_joined_with_them()
    {
        using var place = new RenderPlace(helios, Page);
        string encoder = Write(place, Device);
        await place.PlanAsync("--frames", "20", "--shards", "2", "--video-codec", "h264", "-o", "x.mp4");
        (await place.Render("--index", "0", "--quiet")).Succeeded();
        await place.PlanAsync("--frames", "20", "--shards", "2", "--video-codec", "h264_nvenc", "-o", "x.mp4");
        (await place.Render("--index", "1", "--quiet", "--ffmpeg", encoder)).Succeeded();

        RunResult result = await place.Run("merge-chunks", "job.json");

        await Assert.That(result.Stderr).Contains("chunk 0");
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(place.Directory.Names()).DoesNotContain("x.mp4");
    }

    [Test]
    [Arguments("h264_nvenc",
        "h264_nvenc cannot encode a frame on this machine: [^\n]*(libcuda|CUDA|cuInit)[^\n]*; it needs an NVIDIA GPU with its driver [^\n]+; or plan the job with --video-codec h264")]
    [Arguments("hevc_vaapi",
        "hevc_vaapi cannot encode a frame on this machine: [^\n]+; it needs a GPU with a VA-API driver and access to /dev/dri; or plan the job with --video-codec h264")]
    [Arguments("h264_qsv",
        "h264_qsv cannot encode a frame on this machine: [^\n]+; it needs an Intel GPU with its media driver and access to /dev/dri; or plan the job with --video-codec h264")]
    [Arguments("h264_videotoolbox",
        "the encoder has no codec h264_videotoolbox \\([^\n]+\\); install an ffmpeg that has it, version 5\\.1 or later, or plan the job with another codec or pixel format")]
    public async Task Without_the_device_it_is_69_before_the_frames_in_front_of_the_chunk(string codec, string message)
    {
        using var place = new RenderPlace(helios, Page);
        await place.PlanAsync("--start-frame", "100000", "--frames", "2", "--history", "replay", "--video-codec", codec, "-o", "x.mp4");

        RunResult result = await place.Render("--quiet");

        await Assert.That(RenderPlace.Said(result)).Matches($"^helios: {message}\n$");
        await Assert.That(result.ExitCode).IsEqualTo(69);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["job.json", "page.html"]);
    }

    [Test]
    [Arguments("echo '[h264_nvenc @ 0x5d] OpenEncodeSessionEx failed: out of memory (10): (no details)' >&2; exit 1", 75,
        "h264_nvenc cannot encode a frame on this machine: OpenEncodeSessionEx failed: out of memory (10): (no details) (ENCODER); run it again, with fewer workers on this machine",
        DisplayName = "a device that has no room")]
    [Arguments("echo '[h264_nvenc @ 0x5d] No capable devices found' >&2; exit 1", 69,
        "h264_nvenc cannot encode a frame on this machine: No capable devices found (ENCODER); it needs an NVIDIA GPU with its driver (libcuda.so.1 and libnvidia-encode.so.1; in a container, the capability \"video\"); or plan the job with --video-codec h264",
        DisplayName = "a device that cannot do it")]
    [Arguments("exit 3", 69,
        "h264_nvenc cannot encode a frame on this machine: exit code 3 (ENCODER); it needs an NVIDIA GPU with its driver (libcuda.so.1 and libnvidia-encode.so.1; in a container, the capability \"video\"); or plan the job with --video-codec h264",
        DisplayName = "a device that says nothing")]
    public async Task What_the_device_says_decides(string trial, int code, string message)
    {
        using var place = new RenderPlace(helios, Page);
        string encoder = Write(place, $"case \"$*\" in */dev/zero*) {trial} ;; esac\n" + Device);
        await place.PlanAsync("--frames", "2", "--video-codec", "h264_nvenc", "-o", "x.mp4");

        RunResult result = await place.Render("--quiet", "--ffmpeg", encoder);

        await Assert.That(RenderPlace.Said(result)).IsEqualTo($"helios: {message.Replace("ENCODER", encoder, StringComparison.Ordinal)}\n");
        await Assert.That(result.ExitCode).IsEqualTo(code);
    }

    /// <summary>It encoded one frame before, so that another worker may have taken its last place since.</summary>
    [Test]
    public async Task A_device_that_fails_at_the_first_frame_of_the_chunk_is_69()
    {
        using var place = new RenderPlace(helios, Page);
        string encoder = Write(
            place,
            "case \"$*\" in *pipe:0*) echo 'Error while opening encoder for output stream #0:0' >&2; exit 1 ;; esac\n" + Device);
        await place.PlanAsync("--frames", "2", "--video-codec", "h264_nvenc", "-o", "x.mp4");

        RunResult result = await place.Render("--quiet", "--ffmpeg", encoder);

        await Assert.That(RenderPlace.Said(result)).Contains("Error while opening encoder");
        await Assert.That(result.ExitCode).IsEqualTo(69);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments("--video-codec h264_nvenc --quality 0", "h264_nvenc has no quality 0 (--quality); give 1 (best) to 51")]
    [Arguments("--video-codec h264_nvenc --max-bitrate 4M",
        "the encoder of h264_nvenc does not hold a maximum bit rate (--max-bitrate); leave it out, or use h264 or h265")]
    [Arguments("--video-codec hevc_vaapi --preset fast", "hevc_vaapi has no presets (--preset); leave the preset out")]
    [Arguments("--video-codec h264_qsv --pixel-format yuv444p",
        "h264_qsv has no pixel format \"yuv444p\" (--pixel-format); use one of yuv420p")]
    [Arguments("-o x.webm --video-codec h264_nvenc",
        "a .webm file cannot hold h264_nvenc (--video-codec); end the output in .mp4 or .mov or .mkv, or choose another video codec")]
    public async Task What_a_device_cannot_do_is_64(string options, string message)
    {
        using var directory = new TestDirectory();
        directory.Write("page.html", "");

        RunResult result = await helios.Run(["export-job", "page.html", "--frames", "1", .. options.Split(' ')]).In(directory);

        await Assert.That(result.Stderr).IsEqualTo($"helios: {message}\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
    }

    [Test]
    public async Task Doctor_names_the_devices_that_work()
    {
        using var place = new RenderPlace(helios, "");
        string encoder = Write(place, Device);

        RunResult result = await place.Run("doctor", "--ffmpeg", encoder);

        await Assert.That(result.Succeeded().Stdout).Contains("\nok       hardware encoders: h264_nvenc\n");
    }

    private static string Write(RenderPlace place, string script) =>
        ProgramFile.Write(Path.GetFullPath(place.Directory.PathOf("..", "encoder")), "#!/bin/sh\n" + script + "\n");
}
