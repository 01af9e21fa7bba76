using System.Collections.Generic;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.CommandLine;

/// <summary>Bad options of export-job: each has one clear message and its exit code, and nothing is written.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class OptionRefusalTests(NativeBinary helios)
{
    private const string Integer = "give one, in digits";
    private const string Rate = "give a rate from 0.01 to 1000 such as 30, 29.97, 30000/1001 or ntsc";
    private const string Time = "give seconds (2.5), hh:mm:ss.mmm or frames (60f), above 0";
    private const string Id = "give 1 to 63 of a-z, 0-9 and -, beginning with a letter or digit";
    private const string Props = "give one JSON object such as {\"title\":\"Hello\"}, or @file";
    private const string Container =
        "end it in .mp4, .mov, .mkv, .webm or .gif, or name PNG, JPEG, WebP or AVIF files such as frame_%05d.png";
    private const string X264Presets = "use one of ultrafast, superfast, veryfast, faster, fast, medium, slow, slower, veryslow";
    private const string Codecs =
        "use one of h264, h265, vp9, av1, prores, ffv1, h264_nvenc, hevc_nvenc, h264_vaapi, hevc_vaapi, h264_qsv, hevc_qsv, h264_videotoolbox, hevc_videotoolbox";

    /// <summary>Options behind <c>export-job page.html</c>.</summary>
    public static IEnumerable<TestDataRow<(string[] Options, int ExitCode, string Stderr)>> Options()
    {
        // how many chunks
        foreach (string shards in (string[])["0", "-1", "1e9", "x", "3.5", "+1", " 1", "٣", "10000001", "99999999999999999999"])
            yield return Row(64, $"\"{shards}\" is not a whole number from 1 to 10000000 (--shards); {Integer}", "--shards", shards);
        foreach (string frames in (string[])["0", "-1", "x"])
        {
            yield return Row(
                64, $"\"{frames}\" is not a whole number from 1 to 1000000000 (--chunk-frames); {Integer}", "--chunk-frames", frames);
        }

        yield return Row(
            64, "--chunk-frames and --shards exclude each other (command line); give one of them", "--chunk-frames", "2", "--shards", "3");
        yield return Row(
            64, "--chunk-frames and --split exclude each other (command line); give one of them", "--chunk-frames", "2", "--split", "even");
        yield return Row(
            64,
            "\"odd\" is not a way to split (--split); use ceil (the last chunk takes the rest), even (sizes differ by at most one frame) or cost (equal predicted time)",
            "--split", "odd");
        yield return Row(
            64,
            "\"evn\" is not a way to split (did you mean \"even\"?) (--split); use ceil (the last chunk takes the rest), even (sizes differ by at most one frame) or cost (equal predicted time)",
            "--split", "evn");
        yield return Row(
            64, "the job would have 20000000 chunks, more than 10000000 (--shards, --chunk-frames); cut it into fewer chunks", "--frames",
            "20000000", "--chunk-frames", "1");

        // frame rate
        foreach (
            string fps in (string[])
                ["0", "-30", "NaN", "1e-9", "30000/0", "0/1", "1001", "0.001", "Infinity", "30/", "/30", "30,5", "1/3/4"])
        {
            yield return Row(64, $"\"{fps}\" is not a frame rate (--fps); {Rate}", "--fps", fps);
        }

        // time
        foreach (
            string duration in (string[])["0", "-1", "1e300", "1:2:3:4", "00:00:00", "1:60", "1:99:00", "1000000001", "2s", "0.0000000001"])
        {
            yield return Row(64, $"\"{duration}\" is not a duration (--duration); {Time}", "--duration", duration);
        }

        foreach (string frames in (string[])["0", "-1", "x", "1.5", "1000000001"])
            yield return Row(64, $"\"{frames}\" is not a whole number from 1 to 1000000000 (--frames); {Integer}", "--frames", frames);
        foreach (string frame in (string[])["-1", "1000000001", "x"])
        {
            yield return Row(
                64, $"\"{frame}\" is not a whole number from 0 to 1000000000 (--start-frame); {Integer}", "--start-frame", frame);
        }

        yield return Row(
            64, "--frames and --duration exclude each other (command line); give one of them", "--frames", "5", "--duration", "2");
        yield return Row(
            64, "the job would have 1000000000000 frames, more than 1000000000 (--duration); make it shorter", "--duration", "1000000000",
            "--fps", "1000");
        yield return Row(
            64, "1000000000 frames at 1/2 last more than 1000000000 seconds (--frames); render fewer frames", "--frames", "1000000000",
            "--fps", "0.5");

        // size
        foreach (string side in (string[])["0", "-1", "16385", "100000", "x", "1.5"])
        {
            yield return Row(64, $"\"{side}\" is not a whole number from 1 to 16384 (--width); {Integer}", "--width", side);
            yield return Row(64, $"\"{side}\" is not a whole number from 1 to 16384 (--height); {Integer}", "--height", side);
        }

        yield return Row(
            64, "pixel format yuv420p cannot have an odd width, 1919 (--width); use 1920, or a 4:4:4 pixel format such as yuv444p",
            "--width", "1919");
        yield return Row(
            64, "pixel format yuv420p cannot have an odd height, 1079 (--height); use 1080, or a 4:4:4 pixel format such as yuv444p",
            "--height", "1079");
        yield return Row(
            64, "pixel format yuv422p cannot have an odd width, 1919 (--width); use 1920, or a 4:4:4 pixel format such as yuv444p",
            "--width", "1919", "--pixel-format", "yuv422p");

        // job id
        foreach (string id in (string[])["A", "-a", "a_b", "../x", "a b", "é", new string('a', 64)])
            yield return Row(64, $"\"{id}\" is not a job id (--job-id); {Id}", "--job-id", id);

        // props
        yield return Row(
            64, $"the value is not valid JSON: 'x' is an invalid start of a value (--props, line 1, byte 1); {Props}", "--props", "x");
        yield return Row(64, $"an array is not a JSON object (--props, byte 1); {Props}", "--props", "[1]");
        yield return Row(64, $"\"s\" is not a JSON object (--props, byte 3); {Props}", "--props", "\"s\"");
        yield return Row(64, $"member \"a\" is there twice (--props, byte 11); {Props}", "--props", "{\"a\":1,\"a\":2}");
        foreach (
            var (option, value) in ((string, string)[])
                [("--props", "JSON"), ("--shards", "N"), ("--output", "FILE"), ("--fps", "RATE"), ("--job-id", "ID"), ("--base-url", "URL")]
        )
        {
            yield return Row(64, $"{option} needs a value (command line); write {option} <{value}>", option, "");
        }

        yield return Row(
            66, "the file cannot be read: no such file or directory (nope.json); check the path and its permissions", "--props",
            "@nope.json");
        yield return Row(66, "that is a directory, expected a file (folder); name the file in it", "--props", "@folder");
        yield return Row(
            65, "an array is not a JSON object (array.json, byte 1); write an object such as {\"title\":\"Hello\"}", "--props",
            "@array.json");
        yield return Row(65, "a string is not valid UTF-8 (latin1.json, byte 8); save the file as UTF-8", "--props", "@latin1.json");

        // codec, quality, preset, pixel format, audio
        yield return Row(64, $"\"h263\" is not a video codec (did you mean \"h264\"?) (--video-codec); {Codecs}", "--video-codec", "h263");
        yield return Row(64, $"\"mpeg\" is not a video codec (--video-codec); {Codecs}", "--video-codec", "mpeg");
        yield return Row(
            64, "a .webm file cannot hold h264 (--video-codec); end the output in .mp4 or .mov or .mkv, or choose another video codec",
            "-o", "x.webm", "--video-codec", "h264");
        yield return Row(
            64, "a .mp4 file cannot hold prores (--video-codec); end the output in .mov or .mkv, or choose another video codec",
            "--video-codec", "prores");
        yield return Row(64, "h264 has no quality 52 (--quality); give 0 (best) to 51", "--quality", "52");
        foreach (string quality in (string[])["-1", "64", "x"])
            yield return Row(64, $"\"{quality}\" is not a whole number from 0 to 63 (--quality); {Integer}", "--quality", quality);
        yield return Row(
            64,
            "prores has no quality scale (--quality); leave the quality out, or 0, and choose a preset: proxy, lt, standard, hq, 4444, 4444xq",
            "-o", "x.mov", "--video-codec", "prores", "--quality", "5");
        yield return Row(
            64, "ffv1 has no quality scale (--quality); leave the quality out, or 0: it is lossless", "-o", "x.mkv", "--video-codec",
            "ffv1", "--quality", "5");
        yield return Row(
            64, "ffv1 has no presets (--preset); leave the preset out", "-o", "x.mkv", "--video-codec", "ffv1", "--preset", "fast");
        yield return Row(64, $"h264 has no preset \"hq\" (--preset); {X264Presets}", "--preset", "hq");
        yield return Row(
            64, "vp9 has no preset \"9\" (--preset); use one of 0, 1, 2, 3, 4, 5, 6, 7, 8", "--video-codec", "vp9", "--preset", "9");
        yield return Row(
            64,
            "h264 has no pixel format \"rgb24\" (--pixel-format); use one of yuv420p, yuv422p, yuv444p, yuv420p10le, yuv422p10le, yuv444p10le",
            "--pixel-format", "rgb24");
        yield return Row(
            64, "prores profile hq cannot have pixel format yuv444p10le (--preset); use preset 4444 or 4444xq, or pixel format yuv422p10le",
            "-o", "x.mov", "--video-codec", "prores", "--preset", "hq", "--pixel-format", "yuv444p10le");
        yield return Row(
            64, "prores profile 4444 cannot have pixel format yuv422p10le (--preset); use pixel format yuv444p10le or yuva444p10le", "-o",
            "x.mov", "--video-codec", "prores", "--preset", "4444", "--pixel-format", "yuv422p10le");
        yield return Row(64, "a .mp4 file cannot have audio codec \"opus\" (--audio-codec); use one of aac, none", "--audio-codec", "opus");
        yield return Row(64, "a .mp4 file cannot have audio codec \"mp3\" (--audio-codec); use one of aac, none", "--audio-codec", "mp3");
        yield return Row(64, "there is no mode \"svg\" (--mode); use dom (the viewport) or canvas (one canvas element)", "--mode", "svg");
        yield return Row(
            64, "a selector chooses a canvas element, but the mode is dom (--selector); add mode canvas, or leave the selector out",
            "--mode", "dom", "--selector", "x");
        yield return Row(64, "--selector needs a value (command line); write --selector <CSS>", "--selector", "");
        foreach (string seed in (string[])["-1", "4294967296", "x"])
            yield return Row(64, $"\"{seed}\" is not a whole number from 0 to 4294967295 (--seed); {Integer}", "--seed", seed);

        // output
        yield return Row(
            73,
            "the directory \"{dir}/nope\" does not exist (--output nope/x.mp4); create it, or use --portable to have paths resolved where the job runs",
            "-o", "nope/x.mp4");
        yield return Row(
            73, "\"{dir}/plain\" is a file, not a directory (--output plain/x.mp4); choose another output", "-o", "plain/x.mp4");
        yield return Row(
            73, "the output is a directory (--output folder/film.mp4); name a file such as video.mp4", "-o", "folder/film.mp4");
        foreach (string output in (string[])["noext", "x.avi", "folder/", "x.mp4/"])
            yield return Row(64, $"the output \"{output}\" has no extension that helios knows (--output); {Container}", "-o", output);
        yield return Row(
            64,
            "\"/dev/x.mp4\" is not a file that helios can write: files below /dev/ are devices (--output); give a path such as out/video.mp4",
            "-o", "/dev/x.mp4");

        // base URL and portable
        foreach (string url in (string[])["ftp://x", "nope", "http://x/?q", "http://x/#f", "http://", "http://a b/"])
        {
            yield return Row(
                64, $"\"{url}\" is not a base URL (--base-url); give an http(s) URL without query, such as https://host/spots/",
                "--base-url", url);
        }

        foreach (string output in (string[])["/tmp/out.mp4", "../out.mp4"])
        {
            yield return Row(
                64,
                $"with --portable the output stays below the job file's directory, but \"{output}\" is not (--output); put the job file above the output, or leave --portable out",
                "--portable", "-o", output);
        }

        yield return Row(
            64,
            "with --portable the output stays below the job file's directory, but \"out.mp4\" is not (--output); put the job file above the output, or leave --portable out",
            "--portable", "--job", "folder/j.json", "-o", "out.mp4");
    }

    [Test]
    [MethodDataSource(nameof(Options))]
    public async Task A_bad_option_is_refused_with_this_message_and_nothing_is_written(string[] options, int exitCode, string stderr) =>
        await ExportRefusal.AssertAsync(helios, ["export-job", "page.html", .. options], exitCode, stderr);

    [Test]
    [Arguments("0f")]
    [Arguments("-5f")]
    [Arguments("1.5f")]
    [Arguments("f")]
    public async Task A_bad_number_of_frames_as_duration_is_quoted_as_it_was_typed(string duration)
    {
        RunResult result = await ExportRefusal.AssertAnyAsync(helios, "export-job", "page.html", "--duration", duration);

        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert.That(result.Stderr).StartsWith($"helios: \"{duration}\" is not ");
    }

    [Test]
    [Arguments("--props", "@")]
    [Arguments("--job", "")]
    public async Task An_empty_file_name_is_a_mistake_in_the_command_line(string option, string value)
    {
        RunResult result = await ExportRefusal.AssertAnyAsync(helios, "export-job", "page.html", option, value);

        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert.That(result.Stderr).DoesNotContain("a bug in helios");
    }

    private static TestDataRow<(string[] Options, int ExitCode, string Stderr)> Row(int exitCode, string stderr, params string[] options) =>
        new((options, exitCode, stderr), DisplayName: string.Join(' ', options));
}
