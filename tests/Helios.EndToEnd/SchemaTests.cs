using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd;

/// <summary>
/// The JSON Schema against helios: ajv accepts whatever export-job writes, and what ajv refuses, check-job refuses too.
/// Each rule of the schema has a row in <see cref="Mutants"/> that breaks it alone.
/// </summary>
[ClassDataSource<NativeBinary, SchemaValidator>(Shared = [SharedType.PerTestSession, SharedType.PerTestSession])]
public sealed class SchemaTests(NativeBinary helios, SchemaValidator schema)
{
    private static readonly string[] s_required = ["version", "jobId", "composition", "output", "totalFrames", "renderOptions", "chunks"];

    private static readonly string[] s_requiredOptions =
    [
        "width",
        "height",
        "fps",
        "frameRate",
        "duration",
        "startFrame",
        "mode",
        "capture",
        "videoCodec",
        "quality",
        "pixelFormat",
        "audioCodec",
        "seed",
    ];

    /// <summary>Any file will do: planning reads its bytes only.</summary>
    private const string Sounds = "page.html --audio page.html,start=1.5,trim=0.25-1,volume=0.5,fade-in=0.1,fade-out=0.000000001,loop";

    private static readonly string[] s_requiredOfChunk = ["id", "startFrame", "frameCount", "output"];

    /// <summary>Options of export-job, a line each, behind the composition.</summary>
    public static IEnumerable<string> OptionSets() =>
        [
            "page.html",
            "page.html --shards 4 --duration 2 --fps 30",
            "page.html --shards 7 --split even --duration 90f --fps 29.97 --compact",
            "page.html --chunk-frames 25 --duration 00:01:00 --fps pal --start-frame 1000",
            "page.html --portable --frames 10",
            "page.html --portable -o out/deep/film.mkv --job-id a-b-0",
            "page.html --base-url https://host/spots/",
            "http://host/page.html?a=1#b",
            "page.html --mode canvas",
            "page.html --scale 2",
            "page.html --scale 1.5 --width 1280 --height 720 --capture paint",
            "page.html --scale 2 --width 961 --height 541",
            "page.html --scale 0.5000",
            "page.html --selector #stage>canvas --seed 0",
            "page.html -o film.webm",
            "page.html -o film.webm --video-codec av1 --preset 13 --quality 63 --pixel-format yuv420p10le --audio-codec none",
            "page.html -o film.mp4 --video-codec h265 --preset veryslow --quality 51 --pixel-format yuv444p --width 1919 --height 1079",
            "page.html -o FILM.MOV --video-codec prores",
            "page.html -o film.mov --video-codec prores --preset 4444xq --pixel-format yuva444p10le --audio-codec pcm",
            "page.html -o film.mkv --video-codec ffv1 --pixel-format bgra --audio-codec flac --width 1 --height 1",
            "page.html -o film.mkv --video-codec vp9 --pixel-format yuv420p10le --audio-codec opus --seed 4294967295 --width 16384 --height 16384",
            "page.html -o film.GIF --fps 50 --pixel-format bgra",
            "page.html -o %09d.png --fps 60",
            "page.html -o %d.jpg",
            "page.html -o %d.JPEG --image-quality 1",
            "page.html -o %d.webp --image-quality 100 --pixel-format bgra",
            "page.html --portable -o frames%/a_%d.PNG --pixel-format bgra --audio-codec none",
            "page.html --encoder-option tune=animation --encoder-option deblock=-1,-1 --encoder-option psy-rd=0.4,0.15",
            "page.html -o film.webm --pixel-format yuva420p --shards 3",
            "page.html --title A=b'c --creation-time 2026-11-29",
            "page.html -o film.webm --creation-time now",
            "page.html --fps 24 --page-fps 60",
            "page.html --video-codec h264_nvenc --preset p7 --pixel-format yuv444p",
            "page.html -o film.mov --video-codec hevc_vaapi --quality 1",
            "page.html -o film.mkv --video-codec hevc_qsv --bitrate 4M",
            "page.html --video-codec h264_videotoolbox --quality 63",
            "page.html --bitrate 4.5M",
            "page.html -o film.webm --bitrate 800k",
            "page.html --max-bitrate 2000M",
            "page.html --video-codec h265 --bitrate 4M --max-bitrate 5M --buffer-size 8M",
            "page.html --props {\"title\":\"Hello\",\"list\":[1,2,{\"x\":null}]}",
            Sounds + " --audio page.html",
            "page.html --audio page.html --portable -o film.mov --audio-codec pcm",
            "page.html --fps 0.01 --duration 1000000000",
            "page.html --frames 1000000000 --fps 1000 --start-frame 1000000000",
        ];

    public static IEnumerable<TestDataRow<(string Options, Action<JsonObject> Mutate)>> Mutants()
    {
        // the document
        foreach (string name in s_required) yield return Row($"without {name}", job => job.Remove(name));
        yield return Row("a member too many", job => job["extra"] = 1);
        yield return Row("version 2", job => job["version"] = 2);
        yield return Row("version 0", job => job["version"] = 0);
        yield return Row("version as text", job => job["version"] = "1");
        foreach (string id in (string[])["", "-a", "A", "a_b", "a b", "é", "a\n", new string('a', 64)])
            yield return Row($"jobId {id.Length} \"{id.Trim()}\"", job => job["jobId"] = id);
        yield return Row("jobId a number", job => job["jobId"] = 7);
        foreach (string name in (string[])["jobId", "composition", "compositionDigest", "output", "totalFrames", "renderOptions", "chunks"])
            yield return Row($"{name} null", job => job[name] = null);
        foreach (long frames in (long[])[0, -1, 1_000_000_001])
            yield return Row($"totalFrames {frames}", job => job["totalFrames"] = frames);
        yield return Row("totalFrames as text", job => job["totalFrames"] = "30");
        yield return Row("totalFrames a fraction", job => job["totalFrames"] = 30.5);
        yield return Row("renderOptions an array", job => job["renderOptions"] = new JsonArray());
        yield return Row("chunks an object", job => job["chunks"] = new JsonObject());
        yield return Row("no chunks", job => job["chunks"] = new JsonArray());

        // composition and digest
        foreach (
            string url in (string[])
                [
                    "",
                    "/srv/page.html",
                    "file://page.html",
                    "file:///a b",
                    "?x",
                    "#x",
                    "ftp://h/x",
                    "javascript:alert(1)",
                    "data:text/html,x",
                    "page.html?a b",
                    "page.html#`",
                    "a b.html",
                    "é.html",
                    "a\"b",
                    "a<b",
                    "a\\b",
                    "a^b",
                    "a`b",
                    "a{b",
                    "a|b",
                    "a}b",
                    "file:///a\nb",
                    "file:" + "///" + new string('a', 4096),
                ])
        {
            yield return Row($"composition {(url.Length > 40 ? "too long" : url.ReplaceLineEndings("\\n"))}", job =>
                job["composition"] = url);
        }

        foreach (string url in (string[])["http://", "https:///x", "http://?x", "http://h/a b"])
            yield return Row($"composition {url}", job => job["composition"] = url, "http://host/page.html");
        yield return Row(
            "a composition on the net with a digest",
            job => job["compositionDigest"] = "sha256:" + new string('0', 64),
            "http://host/page.html");
        yield return Row(
            "a composition on the net in capitals with a digest",
            job => (job["composition"], job["compositionDigest"]) = ("HTTPS://host/", "sha256:" + new string('0', 64)),
            "http://host/page.html");
        yield return Row("a local composition without digest", job => job.Remove("compositionDigest"));
        yield return Row("a portable composition without digest", job => job.Remove("compositionDigest"), "page.html --portable");
        foreach (
            string digest in (string[])
                [
                    "",
                    "sha256:",
                    "sha256:" + new string('0', 63),
                    "sha256:" + new string('0', 65),
                    "sha256:" + new string('A', 64),
                    "md5:" + new string('0', 64),
                    new string('0', 64),
                ])
        {
            yield return Row($"digest {digest.Length} {digest[..Math.Min(8, digest.Length)]}", job => job["compositionDigest"] = digest);
        }

        // paths of the output and of chunk files
        foreach (
            string path in (string[])
                [
                    "",
                    "/srv/../out.mp4",
                    "../out.mp4",
                    "..",
                    "/srv/out.mp4/",
                    "/srv/out.mp4/.",
                    "/srv/a\0b.mp4",
                    "/dev/out.mp4",
                    "/proc/out.mp4",
                    "/sys/out.mp4",
                    "/srv/" + new string('a', 4096) + ".mp4",
                ])
        {
            yield return Row($"output {(path.Length > 40 ? "too long" : path.Replace("\0", "NUL", StringComparison.Ordinal))}", job =>
                job["output"] = path);
            yield return Row($"chunk output {(path.Length > 40 ? "too long" : path.Replace("\0", "NUL", StringComparison.Ordinal))}", job =>
                Chunk(job)["output"] = path);
        }

        foreach (
            string path in (string[])
                [
                    "/srv/out",
                    "/srv/out.avi",
                    "/srv/mp4",
                    "/srv/out.mp4x",
                    "/srv/out.png",
                    "/srv/%d/out.png",
                    "/srv/%d_%d.png",
                    "/srv/100%_%d.png",
                    "/srv/%5d.png",
                    "/srv/%00d.png",
                    "/srv/%010d.png",
                    "/srv/%%d.png",
                ])
        {
            yield return Row($"output {path}", job => job["output"] = path);
        }

        foreach (string output in (string[])["film.gif", "%d.png"])
        {
            yield return Row($"{output} of h264", job => job["output"] = "/srv/" + output);
            yield return Row($"{output} with sound", job => Options(job)["audioCodec"] = "aac", "page.html -o " + output);
            yield return Row($"{output} in YUV", job => Options(job)["pixelFormat"] = "yuv444p", "page.html -o " + output);
        }

        yield return Row(
            "a gif of 60 frames a second",
            job => (job["output"], Options(job)["fps"]) = ("/srv/film.gif", 60),
            "page.html -o %d.png --fps 60");

        // renderOptions
        foreach (string name in s_requiredOptions)
            yield return Row($"renderOptions without {name}", job => Options(job).Remove(name));
        foreach (string name in s_requiredOptions)
            yield return Row($"renderOptions.{name} null", job => Options(job)[name] = null);
        foreach (string name in s_requiredOptions)
            yield return Row($"renderOptions.{name} an array", job => Options(job)[name] = new JsonArray());
        yield return Row("a member too many in renderOptions", job => Options(job)["codec"] = "h264");
        foreach (string side in (string[])["width", "height"])
        {
            foreach (int value in (int[])[0, -2, 16386]) yield return Row($"{side} {value}", job => Options(job)[side] = value);
            yield return Row($"{side} a fraction", job => Options(job)[side] = 10.5);
            yield return Row($"{side} as text", job => Options(job)[side] = "1920");
            yield return Row($"{side} odd with yuv420p", job => Options(job)[side] = 1079);
            yield return Row($"{side} odd with yuv420p10le", job =>
                (Options(job)[side], Options(job)["pixelFormat"]) = (1079, "yuv420p10le"));
            yield return Row(
                $"{side} odd with yuva420p",
                job => Options(job)[side] = 1079,
                "page.html -o film.mkv --video-codec ffv1 --pixel-format yuva420p");
        }

        yield return Row("width odd with yuv422p", job => (Options(job)["width"], Options(job)["pixelFormat"]) = (1079, "yuv422p"));
        yield return Row("width odd with yuv422p10le", job => Options(job)["width"] = 1079, "page.html -o film.mov --video-codec prores");
        foreach (string fps in (string[])["0", "-30", "0.001", "1001"])
            yield return Row($"fps {fps}", job => Options(job)["fps"] = JsonNode.Parse(fps));
        yield return Row("fps as text", job => Options(job)["fps"] = "30");
        foreach (
            string rate in (string[])["30", "0/1", "30/0", "-30/1", "030/1", "30/01", "30 / 1", "30/1/1", "30/", "", "30.0/1", "12345678/1"]
        )
        {
            yield return Row($"frameRate {rate}", job => Options(job)["frameRate"] = rate);
        }

        foreach (string seconds in (string[])["0", "-1", "1000000001", "1e300"])
            yield return Row($"duration {seconds}", job => Options(job)["duration"] = JsonNode.Parse(seconds));
        yield return Row("duration as text", job => Options(job)["duration"] = "1");
        foreach (long frame in (long[])[-1, 1_000_000_001])
            yield return Row($"renderOptions.startFrame {frame}", job => Options(job)["startFrame"] = frame);
        yield return Row("capture video", job => Options(job)["capture"] = "video");
        yield return Row("a fallback for screenshots", job => Options(job)["captureFallback"] = "screenshot");
        yield return Row("paint as a fallback", job => Options(job)["captureFallback"] = "paint");
        yield return Row("mode svg", job => Options(job)["mode"] = "svg");
        yield return Row("selector in dom mode", job => Options(job)["selector"] = "canvas");
        yield return Row("selector empty", job => Options(job)["selector"] = "", "page.html --selector x");
        yield return Row("selector too long", job => Options(job)["selector"] = new string('a', 1025), "page.html --selector x");
        yield return Row("selector null", job => Options(job)["selector"] = null, "page.html --selector x");
        foreach (string quality in (string[])["0", "101", "1.5", "\"90\"", "null"])
        {
            yield return Row(
                $"imageQuality {quality}",
                job => Options(job)["imageQuality"] = JsonNode.Parse(quality),
                "page.html -o %d.jpg");
        }

        yield return Row("imageQuality of PNG", job => Options(job)["imageQuality"] = 90, "page.html -o %d.png");
        yield return Row("translucent JPEG", job => Options(job)["pixelFormat"] = "bgra", "page.html -o %d.jpg");
        foreach (
            string time in (string[])
                [
                    "",
                    "now",
                    "2026-11-29",
                    "2026-13-29T00:00:00Z",
                    "1969-01-01T00:00:00Z",
                    "2026-11-29T24:00:00Z",
                    "2026-11-29T00:00:00+01:00",
                ])
        {
            yield return Row($"creationTime {time}", job => Options(job)["creationTime"] = time);
        }

        foreach (string title in (string[])["", "a\nb", new string('a', 1001)])
            yield return Row($"title of {title.Length}", job => Options(job)["title"] = title);
        yield return Row("title of a GIF", job => Options(job)["title"] = "a", "page.html -o a.gif");
        yield return Row("creationTime of images", job => Options(job)["creationTime"] = "2026-11-29T14:00:00Z", "page.html -o %d.png");
        foreach (string scale in (string[])["0", "0.49", "17", "1000000000", "-2", "\"2\"", "null"])
            yield return Row($"scale {scale}", job => Options(job)["scale"] = JsonNode.Parse(scale));
        foreach (string codec in (string[])["h263", "H264", "", "copy"])
            yield return Row($"videoCodec {codec}", job => Options(job)["videoCodec"] = codec);
        foreach (int quality in (int[])[-1, 52, 64])
            yield return Row($"quality {quality}", job => Options(job)["quality"] = quality);
        yield return Row("quality a fraction", job => Options(job)["quality"] = 18.5);
        yield return Row("quality 52 of h265", job => Options(job)["quality"] = 52, "page.html --video-codec h265");
        yield return Row("quality 64 of vp9", job => Options(job)["quality"] = 64, "page.html -o film.webm");
        yield return Row("quality 64 of av1", job => Options(job)["quality"] = 64, "page.html --video-codec av1");
        yield return Row("quality of prores", job => Options(job)["quality"] = 1, "page.html -o film.mov --video-codec prores");
        yield return Row("quality of ffv1", job => Options(job)["quality"] = 1, "page.html -o film.mkv --video-codec ffv1");
        foreach (string name in (string[])["bitrate", "maxBitrate", "bufferSize"])
        {
            foreach (string value in (string[])["0", "999", "1500", "2000001000", "1000000000000", "-1000", "1000.5", "\"4M\"", "null"])
            {
                yield return Row(
                    $"{name} {value}",
                    job => Options(job)[name] = JsonNode.Parse(value),
                    "page.html --bitrate 4M --max-bitrate 5M");
            }
        }

        foreach (string value in (string[])["60", "\"60\"", "\"60/0\"", "\"0/1\"", "\"12345678/1\"", "null"])
            yield return Row($"pageRate {value}", job => Options(job)["pageRate"] = JsonNode.Parse(value), "page.html");
        foreach (string codec in (string[])["h264_nvenc", "hevc_vaapi", "h264_qsv", "h264_videotoolbox"])
        {
            foreach (int quality in (int[])[0, codec.EndsWith('x') ? 64 : 52])
            {
                yield return Row(
                    $"quality {quality} of {codec}",
                    job => Options(job)["quality"] = quality,
                    "page.html --video-codec " + codec);
            }

            yield return Row(
                $"maxBitrate of {codec}",
                job => (Options(job)["maxBitrate"], Options(job)["bufferSize"]) = (4000000, 4000000),
                "page.html --video-codec " + codec);
            yield return Row(
                $"ten bits of {codec}",
                job => Options(job)["pixelFormat"] = "yuv420p10le",
                "page.html --video-codec " + codec);
            yield return Row($"another preset of {codec}", job => Options(job)["preset"] = "ultrafast", "page.html --video-codec " + codec);
            yield return Row($"{codec} in webm", job => job["output"] = "/x.webm", "page.html --audio-codec none --video-codec " + codec);
        }

        yield return Row("bitrate with a quality", job => Options(job)["quality"] = 18, "page.html --bitrate 4M");
        yield return Row("bitrate of prores", job => Options(job)["bitrate"] = 4000000, "page.html -o film.mov --video-codec prores");
        yield return Row("bitrate of ffv1", job => Options(job)["bitrate"] = 4000000, "page.html -o film.mkv --video-codec ffv1");
        yield return Row(
            "bitrate of av1",
            job => (Options(job)["bitrate"], Options(job)["quality"]) = (4000000, 0),
            "page.html --video-codec av1");
        yield return Row("maxBitrate without bufferSize", job => Options(job).Remove("bufferSize"), "page.html --max-bitrate 4M");
        yield return Row("bufferSize without maxBitrate", job => Options(job).Remove("maxBitrate"), "page.html --max-bitrate 4M");
        yield return Row("maxBitrate without loss", job => Options(job)["quality"] = 0, "page.html --max-bitrate 4M");
        foreach (
            string options in (string[])
                ["-o film.webm", "--video-codec av1", "-o film.mov --video-codec prores", "-o film.mkv --video-codec ffv1"])
        {
            yield return Row(
                $"maxBitrate, {options}",
                job => (Options(job)["maxBitrate"], Options(job)["bufferSize"]) = (4000000, 4000000),
                "page.html " + options);
        }

        foreach (
            string value in (string[])
                [
                    "[]",
                    "\"tune=film\"",
                    "null",
                    "{\"tune\":1}",
                    "{\"tune\":\"\"}",
                    "{\"\":\"film\"}",
                    "{\"-f\":\"null\"}",
                    "{\"bframes\":\"3:stats=x\"}",
                    "{\"bframes\":\"3\\n\"}",
                    "{\"tune\":\"/a\"}",
                ])
        {
            yield return Row($"encoderOptions {value}", job => Options(job)["encoderOptions"] = JsonNode.Parse(value));
        }

        yield return Row("preset unknown to h264", job => Options(job)["preset"] = "hq");
        yield return Row("preset placebo", job => Options(job)["preset"] = "placebo");
        yield return Row("preset unknown to h265", job => Options(job)["preset"] = "4", "page.html --video-codec h265");
        yield return Row("preset 9 of vp9", job => Options(job)["preset"] = "9", "page.html -o film.webm");
        yield return Row("preset 14 of av1", job => Options(job)["preset"] = "14", "page.html --video-codec av1");
        yield return Row("preset 01 of av1", job => Options(job)["preset"] = "01", "page.html --video-codec av1");
        yield return Row("preset fast of prores", job => Options(job)["preset"] = "fast", "page.html -o film.mov --video-codec prores");
        yield return Row("preset of ffv1", job => Options(job)["preset"] = "fast", "page.html -o film.mkv --video-codec ffv1");
        yield return Row("preset a number", job => Options(job)["preset"] = 4, "page.html -o film.webm");
        foreach (
            string options in (string[])
                [
                    "page.html",
                    "page.html --video-codec h265",
                    "page.html -o film.webm",
                    "page.html --video-codec av1",
                    "page.html -o film.mov --video-codec prores",
                ])
        {
            yield return Row($"no preset, {options}", job => Options(job).Remove("preset"), options);
        }

        foreach (
            var (format, options) in new[]
            {
                ("rgb24", "page.html"),
                ("yuva420p", "page.html"),
                ("bgra", "page.html --video-codec h265"),
                ("yuva444p", "page.html -o film.webm"),
                ("yuv422p", "page.html --video-codec av1"),
                ("yuv444p", "page.html --video-codec av1"),
                ("yuv422p", "page.html -o film.mov --video-codec prores"),
                ("yuva444p10le", "page.html -o film.mkv --video-codec ffv1"),
                ("", "page.html"),
            })
        {
            yield return Row($"pixel format {format}, {options}", job => Options(job)["pixelFormat"] = format, options);
        }

        yield return Row(
            "prores hq with 4:4:4",
            job => Options(job)["pixelFormat"] = "yuv444p10le",
            "page.html -o film.mov --video-codec prores");
        yield return Row(
            "prores hq with alpha",
            job => Options(job)["pixelFormat"] = "yuva444p10le",
            "page.html -o film.mov --video-codec prores");
        yield return Row(
            "prores 4444 with 4:2:2",
            job => Options(job)["pixelFormat"] = "yuv422p10le",
            "page.html -o film.mov --video-codec prores --preset 4444");
        yield return Row(
            "prores 4444xq with 4:2:2",
            job => Options(job)["pixelFormat"] = "yuv422p10le",
            "page.html -o film.mov --video-codec prores --preset 4444xq");
        yield return Row("audioCodec mp3", job => Options(job)["audioCodec"] = "mp3");
        foreach (string name in (string[])["file", "digest"])
            yield return Row($"sound without {name}", job => Sound(job).Remove(name), Sounds);
        foreach (
            var (name, value) in new (string, JsonNode?)[]
            {
                ("file", ""),
                ("file", "a/../b.wav"),
                ("file", "/dev/zero"),
                ("file", null),
                ("digest", "sha256:0"),
                ("start", -1),
                ("start", "1"),
                ("start", 1_000_000_001),
                ("trimStart", -1),
                ("trimEnd", -0.5),
                ("volume", -1),
                ("volume", 100.5),
                ("fadeIn", -1),
                ("fadeOut", null),
                ("loop", 1),
                ("extra", 1),
            })
        {
            yield return Row($"sound with {name} {value?.ToJsonString() ?? "null"}", job => Sound(job)[name] = value?.DeepClone(), Sounds);
        }

        yield return Row("audio an object", job => Options(job)["audio"] = new JsonObject());
        yield return Row("audio of texts", job => Options(job)["audio"] = new JsonArray("a.wav"));
        yield return Row(
            "65 sounds",
            job => Options(job)["audio"] = new JsonArray([.. Enumerable.Range(0, 65).Select(_ => Sound(job).DeepClone())]),
            Sounds);
        yield return Row("sound without a codec for it", job => Options(job)["audioCodec"] = "none", Sounds);
        foreach (long seed in (long[])[-1, 4294967296])
            yield return Row($"seed {seed}", job => Options(job)["seed"] = seed);
        foreach (string props in (string[])["[]", "1", "\"a\"", "null", "true"])
            yield return Row($"props {props}", job => Options(job)["props"] = JsonNode.Parse(props));

        // containers
        foreach (
            var (output, codec) in new[]
            {
                ("mp4", "prores"),
                ("mp4", "ffv1"),
                ("mov", "vp9"),
                ("mov", "av1"),
                ("webm", "h264"),
                ("webm", "h265"),
                ("webm", "prores"),
                ("webm", "ffv1"),
            })
        {
            string options = codec is "prores" or "ffv1"
                ? $"page.html -o film.mkv --audio-codec none --video-codec {codec}"
                : $"page.html -o film.mp4 --audio-codec none --video-codec {codec}";
            yield return Row($"{codec} in {output}", job => Rename(job, output), options);
            yield return Row($"{codec} in {output} in capitals", job => Rename(job, output.ToUpperInvariant()), options);
        }

        foreach (
            var (output, codec) in new[]
            {
                ("mkv", "aac"),
                ("mp4", "opus"),
                ("mp4", "flac"),
                ("mp4", "pcm"),
                ("mov", "opus"),
                ("mov", "flac"),
                ("webm", "aac"),
                ("webm", "flac"),
                ("webm", "pcm"),
            })
        {
            yield return Row($"{codec} in {output}", job => Options(job)["audioCodec"] = codec, $"page.html -o film.{output}");
        }

        // chunks
        foreach (string name in s_requiredOfChunk) yield return Row($"chunk without {name}", job => Chunk(job).Remove(name));
        foreach (string name in s_requiredOfChunk) yield return Row($"chunk with {name} null", job => Chunk(job)[name] = null);
        foreach (string name in s_requiredOfChunk) yield return Row($"chunk with {name} a boolean", job => Chunk(job)[name] = true);
        yield return Row("a member too many in a chunk", job => Chunk(job)["status"] = "done");
        foreach (long id in (long[])[-1, 10_000_000])
            yield return Row($"chunk id {id}", job => Chunk(job)["id"] = id);
        foreach (long frame in (long[])[-1, 2_000_000_001])
            yield return Row($"chunk startFrame {frame}", job => Chunk(job)["startFrame"] = frame);
        foreach (long count in (long[])[0, -1, 1_000_000_001])
            yield return Row($"chunk frameCount {count}", job => Chunk(job)["frameCount"] = count);
        yield return Row("chunk frameCount a fraction", job => Chunk(job)["frameCount"] = 0.5);
        foreach (string chunk in (string[])["null", "1", "[]", "\"a\""])
            yield return Row($"chunk {chunk}", job => job["chunks"]!.AsArray()[0] = JsonNode.Parse(chunk));
    }

    public static IEnumerable<TestDataRow<Action<JsonObject>>> HarmlessChanges()
    {
        yield return Harmless("a member of the user's", job => job["x-farm"] = "blue");
        yield return Harmless("members of the user's everywhere, of any kind", job =>
        {
            job["x-"] = new JsonArray(1, null, "a", new JsonObject { ["deep"] = true });
            Options(job)["x-note"] = new JsonObject();
            Chunk(job)["x-host"] = null;
        });
        yield return Harmless("no audio", job => Options(job).Remove("audio"));
        yield return Harmless("no props", job => Options(job).Remove("props"));
        yield return Harmless("a chunk file of another name in a folder", job =>
            Chunk(job)["output"] = ((string)job["output"]!).Replace("output.mp4", "parts/first.mov", StringComparison.Ordinal));
    }

    [Test]
    public async Task The_printed_schema_is_the_file()
    {
        RunResult result = await helios.Run("schema");
        byte[] file = await File.ReadAllBytesAsync(Repository.PathOf("schemas", "job.schema.json"));

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(result.Stderr).IsEmpty();
        await Assert.That(result.Output.SequenceEqual(file)).IsTrue();
    }

    [Test]
    [MethodDataSource(nameof(OptionSets))]
    public async Task Every_emitted_spec_is_valid_for_ajv_and_for_check_job(string options, CancellationToken cancellation)
    {
        RunResult spec = await ExportAsync(options);

        await Assert.That(await schema.ValidateAsync(spec.Json, cancellation)).IsEqualTo("valid");
        RunResult check = await helios.Run("check-job", "-").WithInput(spec.Output);
        await Assert.That(check.Stderr).IsEmpty();
        await Assert.That(check.ExitCode).IsEqualTo(0);
    }

    [Test]
    [MethodDataSource(nameof(HarmlessChanges))]
    public async Task What_the_format_leaves_to_the_user_is_valid_for_both(Action<JsonObject> change, CancellationToken cancellation)
    {
        JsonObject job = (await ExportAsync("page.html")).Json;
        change(job);

        await Assert.That(await schema.ValidateAsync(job, cancellation)).IsEqualTo("valid");
        RunResult check = await helios.Run("check-job", "-").WithInput(job.ToJsonString());
        await Assert.That(check.Stderr).IsEmpty();
        await Assert.That(check.ExitCode).IsEqualTo(0);
    }

    [Test]
    [MethodDataSource(nameof(Mutants))]
    public async Task A_spec_that_breaks_one_rule_is_refused_by_ajv_and_by_check_job(
        string options,
        Action<JsonObject> mutate,
        CancellationToken cancellation)
    {
        JsonObject job = (await ExportAsync(options)).Json;
        string before = job.ToJsonString();
        mutate(job);
        await Assert.That(job.ToJsonString()).IsNotEqualTo(before);

        string opinion = await schema.ValidateAsync(job, cancellation);
        RunResult check = await helios.Run("check-job", "-").WithInput(job.ToJsonString());

        await Assert.That(opinion).IsNotEqualTo("valid");
        await Assert.That(check.ExitCode).IsEqualTo(65);
        await Assert.That(check.Stderr).Matches("^(helios: [^\n]+; [^\n]+\n)+$");
        await Assert.That(check.Stdout).IsEmpty();
    }

    private async Task<RunResult> ExportAsync(string options)
    {
        using var directory = new TestDirectory();
        RunResult result = await helios.Run(["export-job", .. options.Split(' '), "--quiet"]).In(directory);
        return result.Succeeded();
    }

    private static JsonObject Options(JsonObject job) => job["renderOptions"]!.AsObject();

    private static JsonObject Sound(JsonObject job) => Options(job)["audio"]![0]!.AsObject();

    private static JsonObject Chunk(JsonObject job) => job["chunks"]![0]!.AsObject();

    private static void Rename(JsonObject job, string extension) => job["output"] = Path.ChangeExtension((string)job["output"]!, extension);

    private static TestDataRow<(string Options, Action<JsonObject> Mutate)> Row(
        string name,
        Action<JsonObject> mutate,
        string options = "page.html"
    ) => new((options, mutate), DisplayName: name);

    private static TestDataRow<Action<JsonObject>> Harmless(string name, Action<JsonObject> change) => new(change, DisplayName: name);
}
