using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Helios.EndToEnd.Harness.Media;
using TUnit.Core;
using static Helios.EndToEnd.Jobs.SchemaMutants;

namespace Helios.EndToEnd.Jobs;

/// <summary>A row for each rule of the JSON Schema about renderOptions that breaks it alone.</summary>
internal static class SchemaOptionMutants
{
    private static readonly string[] s_requiredOptions =
    [
        "width", "height", "fps", "frameRate", "duration", "startFrame", "mode", "capture", "videoCodec", "quality", "pixelFormat",
        "audioCodec", "seed",
    ];

    /// <summary>Any file will do: planning reads its bytes only.</summary>
    internal const string Sounds = "page.html --audio page.html,start=1.5,trim=0.25-1,volume=0.5,fade-in=0.1,fade-out=0.000000001,loop";

    public static IEnumerable<TestDataRow<(string Options, Action<JsonObject> Mutate)>> Mutants()
    {
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
                    "", "now", "2026-11-29", "2026-13-29T00:00:00Z", "1969-01-01T00:00:00Z", "2026-11-29T24:00:00Z",
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
        foreach (string value in (string[])["\"x64\"", "\"Native\"", "true", "null"])
            yield return Row($"processor {value}", job => Options(job)["processor"] = JsonNode.Parse(value), "page.html");
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
                    "[]", "\"tune=film\"", "null", "{\"tune\":1}", "{\"tune\":\"\"}", "{\"\":\"film\"}", "{\"-f\":\"null\"}",
                    "{\"bframes\":\"3:stats=x\"}", "{\"bframes\":\"3\\n\"}", "{\"tune\":\"/a\"}",
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
                    "page.html", "page.html --video-codec h265", "page.html -o film.webm", "page.html --video-codec av1",
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
    }
}
