using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Jobs.Document;
using Helios.Jobs.Encode;
using Helios.Plan;

namespace Helios.Tests.Support;

/// <summary>A small valid job spec, as records and as text, for tests that change one thing in it.</summary>
internal static class Specs
{
    internal const string Name = "job.json";

    internal const string Digest = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    internal const string Props = """{"title":"Grüße"}""";

    internal const string Header = """
        "version":1,"jobId":"j1","composition":"file:///srv/spots/a.html","compositionDigest":"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","output":"/srv/spots/out.mp4","totalFrames":5,"renderOptions":{"width":16,"height":18,"fps":25,"frameRate":"25/1","duration":0.2,"startFrame":0,"mode":"dom","capture":"screenshot","history":"auto","videoCodec":"h264","quality":19,"preset":"veryfast","pixelFormat":"yuv420p","audioCodec":"aac","audio":[],"seed":1,"props":{"title":"Grüße"}}
        """;

    internal const string Chunk0 = """{"id":0,"startFrame":0,"frameCount":2,"output":"/srv/spots/temp_j1_part_0.mov"}""";

    internal const string Chunk1 = """{"id":1,"startFrame":2,"frameCount":2,"output":"/srv/spots/temp_j1_part_1.mov"}""";

    internal const string Chunk2 = """{"id":2,"startFrame":4,"frameCount":1,"output":"/srv/spots/temp_j1_part_2.mov"}""";

    /// <summary>Five frames in four shards: three chunks of 2, 2 and 1. As <c>export-job --compact</c> writes it.</summary>
    internal const string Text = $$"""{{{Header}},"chunks":[{{Chunk0}},{{Chunk1}},{{Chunk2}}]}""" + "\n";

    internal static RenderOptions Options => new()
    {
        Width = 16,
        Height = 18,
        FrameRate = Rate("25/1"),
        Duration = Seconds(0.2m),
        StartFrame = 0,
        Mode = RenderMode.Dom,
        Capture = CaptureMode.Screenshot,
        History = History.Auto,
        VideoCodec = VideoCodec.H264,
        Quality = 19,
        Preset = "veryfast",
        PixelFormat = PixelFormat.Yuv420p,
        AudioCodec = AudioCodec.Aac,
        Seed = 1,
        Props = Encoding.UTF8.GetBytes(Props),
    };

    internal static JobSpec Spec => new()
    {
        Version = 1,
        JobId = "j1",
        Composition = "file:///srv/spots/a.html",
        CompositionDigest = Digest,
        Output = "/srv/spots/out.mp4",
        TotalFrames = 5,
        RenderOptions = Options,
    };

    internal static ChunkPlan Chunks => ChunkPlanner.Plan(new FrameRange(0, 5), ChunkSplit.Ceil, 4);

    internal static FrameRate Rate(string text) =>
        FrameRate.TryParse(text, out FrameRate rate) ? rate : throw new ArgumentException(text, nameof(text));

    internal static Duration Seconds(decimal seconds) =>
        Duration.TryFromSeconds(seconds, out Duration duration) ? duration : throw new ArgumentOutOfRangeException(nameof(seconds));

    /// <summary>The small spec with one place changed; the place must be there exactly once.</summary>
    internal static string With(string found, string replacement)
    {
        int first = Text.IndexOf(found, StringComparison.Ordinal);
        if (first < 0 || Text.IndexOf(found, first + 1, StringComparison.Ordinal) >= 0)
            throw new ArgumentException($"not exactly once in the spec: {found}", nameof(found));
        return Text.Replace(found, replacement, StringComparison.Ordinal);
    }

    internal static byte[] Write(JobSpec spec, ChunkPlan chunks, bool isCompact = true)
    {
        var stream = new MemoryStream();
        new JobWriter(stream, isCompact).Write(spec, chunks, ChunkFileNames.For(spec));
        return stream.ToArray();
    }

    internal static byte[] Write(JobPlan plan, bool isCompact = true) => Write(plan.Spec, plan.Chunks, isCompact);

    internal static (JobReader Reader, JobSpec? Spec, List<Chunk> Chunks) Read(byte[] document)
    {
        var reader = new JobReader(Name);
        var chunks = new List<Chunk>();
        var (spec, _) = reader.ReadAll(new MemoryStream(document), chunks.Add);
        return (reader, spec, chunks);
    }

    internal static (JobReader Reader, JobSpec? Spec, List<Chunk> Chunks) Read(string document) => Read(Encoding.UTF8.GetBytes(document));

    /// <summary>Every problem of a document, whole messages with their exit codes, one a line.</summary>
    internal static string ProblemsOf(string document) => ProblemsOf(Encoding.UTF8.GetBytes(document));

    internal static string ProblemsOf(byte[] document)
    {
        try
        {
            JobReader reader = Read(document).Reader;
            var lines = new List<string>();
            foreach (JobProblem problem in reader.Problems.All) lines.Add(Refusal.TextOf(() => throw reader.Problems.ToException(problem)));
            return string.Join('\n', lines);
        }
        catch (HeliosException refusal)
        {
            return $"{(int)refusal.Code}: {refusal.Message}";
        }
    }

    internal static (JobSpec Spec, Chunk Chunk) Find(string document, int? index, string source = "--index") =>
        new JobReader(Name).Find(new MemoryStream(Encoding.UTF8.GetBytes(document)), index, source);
}
