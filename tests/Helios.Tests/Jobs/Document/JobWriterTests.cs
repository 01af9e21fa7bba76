using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Plan;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs.Document;

internal sealed class JobWriterTests
{
    [Test]
    public async Task A_compact_spec_is_one_line() =>
        await Assert.That(Encoding.UTF8.GetString(Specs.Write(Specs.Spec, Specs.Chunks))).IsEqualTo(Specs.Text);

    [Test]
    public async Task A_spec_has_an_indented_header_and_one_chunk_a_line()
    {
        JobSpec spec = Specs.Spec with
        {
            RenderOptions = Specs.Options with { Props = """{"list":[1,2.50,{"a":[]}],"none":{}}"""u8.ToArray() },
        };

        await Assert.That(Encoding.UTF8.GetString(Specs.Write(spec, Specs.Chunks, isCompact: false))).IsEqualTo("""
            {
              "version": 1,
              "jobId": "j1",
              "composition": "file:///srv/spots/a.html",
              "compositionDigest": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
              "output": "/srv/spots/out.mp4",
              "totalFrames": 5,
              "renderOptions": {
                "width": 16,
                "height": 18,
                "fps": 25,
                "frameRate": "25/1",
                "duration": 0.2,
                "startFrame": 0,
                "mode": "dom",
                "capture": "screenshot",
                "history": "auto",
                "videoCodec": "h264",
                "quality": 19,
                "preset": "veryfast",
                "pixelFormat": "yuv420p",
                "audioCodec": "aac",
                "audio": [],
                "seed": 1,
                "props": {
                  "list": [
                    1,
                    2.50,
                    {
                      "a": []
                    }
                  ],
                  "none": {}
                }
              },
              "chunks": [
                {"id":0,"startFrame":0,"frameCount":2,"output":"/srv/spots/temp_j1_part_0.mov"},
                {"id":1,"startFrame":2,"frameCount":2,"output":"/srv/spots/temp_j1_part_1.mov"},
                {"id":2,"startFrame":4,"frameCount":1,"output":"/srv/spots/temp_j1_part_2.mov"}
              ]
            }

            """);
    }

    [Test]
    public async Task Costs_are_milliseconds_and_come_back()
    {
        var cost = new ChunkCost(2_100_000, 40, 86_400_000_000);
        byte[] text = Specs.Write(Specs.Spec with { Cost = cost }, Specs.Chunks);

        await Assert
            .That(Encoding.UTF8.GetString(text))
            .Contains("},\"cost\":{\"startMs\":2100,\"prerollMs\":0.04,\"captureMs\":86400000},\"chunks\":");
        await Assert.That(Specs.Read(text).Spec!.Cost).IsEqualTo(cost);
    }

    [Test]
    public async Task Members_that_do_not_apply_are_left_out()
    {
        JobSpec spec = Specs.Spec with
        {
            Composition = "https://example.com/a.html",
            CompositionDigest = null,
            RenderOptions = Specs.Options with { Preset = null },
        };
        string text = Encoding.UTF8.GetString(Specs.Write(spec, Specs.Chunks));

        await Assert.That(text).DoesNotContain("compositionDigest");
        await Assert.That(text).DoesNotContain("\"cost\"");
        await Assert.That(text).DoesNotContain("selector");
        await Assert.That(text).DoesNotContain("preset");
    }

    [Test]
    public async Task The_writer_tells_how_many_bytes_it_wrote_however_many_chunks_there_are()
    {
        JobSpec spec = Specs.Spec;
        ChunkPlan chunks = ChunkPlanner.Plan(new FrameRange(0, 5000), ChunkSplit.Fixed, 1);
        var stream = new MemoryStream();

        long written = new JobWriter(stream, isCompact: false).Write(spec, chunks, ChunkFileNames.For(spec));

        await Assert.That(written).IsEqualTo(stream.Length);
        await Assert
            .That(
                Encoding
                    .UTF8.GetString(stream.ToArray())
                    .Split('\n')
                    .Count(line => line.StartsWith("    {\"id\":", StringComparison.Ordinal)))
            .IsEqualTo(5000);
    }

    [Test]
    public void Every_emitted_spec_passes_the_reader() => Gens.Arguments.Sample(arguments =>
    {
        JobPlan plan = Gens.Plan(arguments);
        var (reader, spec, chunks) = Specs.Read(Specs.Write(plan, isCompact: false));
        return reader.Problems.IsEmpty && reader.OtherOutputs.Count == 0 && spec!.TotalFrames == plan.Spec.TotalFrames
            && chunks.Count == plan.Chunks.Count && chunks.Sum(chunk => chunk.FrameCount) == plan.Spec.TotalFrames;
    }, iter: 300);

    [Test]
    public void Write_read_write_gives_the_same_bytes() =>
        Gen.Select(Gens.Arguments, Gen.Bool)
            .Sample(
                (arguments, isCompact) =>
                {
                    JobPlan plan = Gens.Plan(arguments);
                    byte[] first = Specs.Write(plan, isCompact);
                    var (_, spec, chunks) = Specs.Read(first);
                    bool isSame =
                        chunks
                            .Select(chunk => chunk.Output)
                            .SequenceEqual(Enumerable.Range(0, plan.Chunks.Count).Select(id => plan.ChunkFiles[id]))
                        && chunks
                            .Select(chunk => chunk.StartFrame)
                            .SequenceEqual(Enumerable.Range(0, plan.Chunks.Count).Select(id => plan.Chunks[id].Start));
                    return isSame && Specs.Write(spec!, plan.Chunks, isCompact).AsSpan().SequenceEqual(first);
                },
                iter: 300);

    [Test]
    public void Any_options_come_back_as_the_same_values() => Gens.Options.Sample(given =>
    {
        var (options, output) = given;
        long frames = options.Duration.ToFrames(options.FrameRate);
        JobSpec spec = Specs.Spec with { Output = output, TotalFrames = frames, RenderOptions = options };

        var (reader, read, _) = Specs.Read(Specs.Write(spec, ChunkPlanner.Plan(spec.Frames, ChunkSplit.Fixed, frames)));

        return reader.Problems.IsEmpty && read!.RenderOptions with { Audio = options.Audio, Props = options.Props } == options;
    }, iter: 300);

    [Test]
    public async Task No_chunk_makes_garbage()
    {
        _ = AllocatedFor(20); // what is made once

        await Assert.That(AllocatedFor(200_000) - AllocatedFor(20)).IsBetween(-10_000, 10_000);

        static long AllocatedFor(int chunks)
        {
            var writer = new JobWriter(Stream.Null, isCompact: false);
            ChunkPlan plan = ChunkPlanner.Plan(new FrameRange(0, chunks), ChunkSplit.Fixed, 1);
            ChunkFileNames names = ChunkFileNames.For(Specs.Spec);
            long before = GC.GetAllocatedBytesForCurrentThread();
            _ = writer.Write(Specs.Spec, plan, names);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Test]
    [Arguments("/srv/a\"b\\c\n/", DisplayName = "what JSON escapes")]
    [Arguments("/srv/🎬 Grüße/", DisplayName = "beyond the basic plane")]
    public async Task Chunk_files_are_escaped_as_a_writer_would(string directory)
    {
        JobSpec spec = Specs.Spec with { Output = directory + "out.mp4" };
        string text = Encoding.UTF8.GetString(Specs.Write(spec, Specs.Chunks));

        string output = text[
            (text.IndexOf("\"output\":", StringComparison.Ordinal) + 10)..text.IndexOf("out.mp4", StringComparison.Ordinal)
        ];

        await Assert.That(text).Contains($"\"output\":\"{output}temp_j1_part_2.mov\"");
    }

    [Test]
    public void The_same_request_gives_the_same_bytes() => Gens.Arguments.Sample(arguments =>
        Specs.Write(Gens.Plan(arguments)).AsSpan().SequenceEqual(Specs.Write(Gens.Plan(arguments with { }))), iter: 100);

    [Test]
    [Arguments(10, DisplayName = "10 levels")]
    [Arguments(62, DisplayName = "62 levels, 64 in the spec")]
    [Arguments(63, DisplayName = "63 levels")]
    [Arguments(64, DisplayName = "64 levels")]
    public async Task Props_as_deep_as_they_are_accepted_survive(int depth)
    {
        string props = string.Concat(Enumerable.Repeat("{\"a\":", depth - 1)) + "{}" + new string('}', depth - 1);
        await Assert.That(WritesAndReads(props)).IsTrue();
    }

    [Test]
    [Arguments(2_000, DisplayName = "6 kB")]
    [Arguments(200_000, DisplayName = "600 kB")]
    public async Task Props_as_long_as_they_are_accepted_survive(int texts)
    {
        string props = "{\"a\":[" + string.Join(',', Enumerable.Repeat("\"\"", texts)) + "]}";
        await Assert.That(WritesAndReads(props)).IsTrue();
    }

    /// <summary>Whether props are either refused when they are typed, or written and read in both layouts.</summary>
    private static bool WritesAndReads(string props)
    {
        ReadOnlyMemory<byte> accepted;
        try
        {
            accepted = JobJson.ReadObject(new MemoryStream(Encoding.UTF8.GetBytes(props)), "--props");
        }
        catch (HeliosException refusal) when (refusal.Code == ExitCode.Invalid)
        {
            return true;
        }

        JobSpec spec = Specs.Spec with { RenderOptions = Specs.Options with { Props = accepted } };
        foreach (bool isCompact in (bool[])[true, false])
            if (!Specs.Read(Specs.Write(spec, Specs.Chunks, isCompact)).Reader.Problems.IsEmpty) return false;
        return true;
    }
}
