using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Helios.EndToEnd.Harness.Media;
using TUnit.Core;

namespace Helios.EndToEnd.Jobs;

/// <summary>
/// A row for each rule of the JSON Schema that breaks it alone: here those of the document, of paths and of chunks;
/// <see cref="SchemaOptionMutants"/> has those of renderOptions.
/// </summary>
internal static class SchemaMutants
{
    private static readonly string[] s_required = ["version", "jobId", "composition", "output", "totalFrames", "renderOptions", "chunks"];

    private const string Costs = "page.html --cost start=1s,preroll=1ms,capture=1ms";

    private static readonly string[] s_requiredOfChunk = ["id", "startFrame", "frameCount", "output"];

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

        foreach (string cost in (string[])["7", "{}", "[]", "null"])
            yield return Row($"cost {cost}", job => job["cost"] = JsonNode.Parse(cost));
        yield return Row("cost with a member too many", job => job["cost"]!["more"] = 1, Costs);
        foreach (string name in (string[])["startMs", "prerollMs", "captureMs"])
        {
            yield return Row($"cost without {name}", job => job["cost"]!.AsObject().Remove(name), Costs);
            yield return Row($"cost with a text {name}", job => job["cost"]![name] = "1", Costs);
            yield return Row($"cost with a long {name}", job => job["cost"]![name] = 86_400_001, Costs);
            yield return Row($"cost with a negative {name}", job => job["cost"]![name] = -1, Costs);
        }

        yield return Row("cost with a frame for nothing", job => job["cost"]!["captureMs"] = 0, Costs);

        // composition and digest
        foreach (
            string url in (string[])
                [
                    "", "/srv/page.html", "file://page.html", "file:///a b", "?x", "#x", "ftp://h/x", "javascript:alert(1)",
                    "data:text/html,x", "page.html?a b", "page.html#`", "a b.html", "é.html", "a\"b", "a<b", "a\\b", "a^b", "a`b", "a{b",
                    "a|b", "a}b", "file:///a\nb",
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
                    "", "/srv/../out.mp4", "../out.mp4", "..", "/srv/out.mp4/", "/srv/out.mp4/.", "/srv/a\0b.mp4", "/dev/out.mp4",
                    "/dev/sda.mp4", "/dev/shx.mp4", "/dev/shmem/out.mp4", "/proc/out.mp4", "/sys/out.mp4",
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
                    "/srv/out", "/srv/out.avi", "/srv/mp4", "/srv/out.mp4x", "/srv/out.png", "/srv/%d/out.png", "/srv/%d_%d.png",
                    "/srv/100%_%d.png", "/srv/%5d.png", "/srv/%00d.png", "/srv/%010d.png", "/srv/%%d.png",
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

    internal static JsonObject Options(JsonObject job) => job["renderOptions"]!.AsObject();

    internal static JsonObject Sound(JsonObject job) => Options(job)["audio"]![0]!.AsObject();

    internal static JsonObject Chunk(JsonObject job) => job["chunks"]![0]!.AsObject();

    private static void Rename(JsonObject job, string extension) => job["output"] = Path.ChangeExtension((string)job["output"]!, extension);

    internal static TestDataRow<(string Options, Action<JsonObject> Mutate)> Row(
        string name,
        Action<JsonObject> mutate,
        string options = "page.html"
    ) => new((options, mutate), DisplayName: name);
}
