using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Jobs.Document;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs.Document;

internal sealed class JobReaderTests
{
    private const string Single =
        $$"""{{{Specs.Header}},"chunks":[{"id":0,"startFrame":0,"frameCount":5,"output":"/srv/spots/temp_j1_part_0.mov"}]}""";

    [Test]
    public async Task A_spec_is_read_whole()
    {
        var (reader, spec, chunks) = Specs.Read(Specs.Text);

        await Assert.That(reader.Problems.IsEmpty).IsTrue();
        await Assert.That(spec! with { RenderOptions = null! }).IsEqualTo(Specs.Spec with { RenderOptions = null! });
        await Assert.That(chunks.Count).IsEqualTo(3);
        await Assert
            .That(chunks[1])
            .IsEqualTo(
                new Chunk
                {
                    Id = 1,
                    StartFrame = 2,
                    FrameCount = 2,
                    Output = "/srv/spots/temp_j1_part_1.mov",
                });
    }

    [Test]
    public async Task Render_options_are_read_with_their_props()
    {
        RenderOptions options = Specs.Read(Specs.Text).Spec!.RenderOptions;

        await Assert.That(Encoding.UTF8.GetString(options.Props.Span)).IsEqualTo(Specs.Props);
        await Assert.That(options with { Props = default }).IsEqualTo(Specs.Options with { Props = default });
    }

    [Test]
    [Arguments(1, DisplayName = "byte by byte")]
    [Arguments(7, DisplayName = "seven bytes at a time")]
    [Arguments(65536, DisplayName = "at once")]
    public async Task A_pipe_may_give_a_spec_in_pieces(int step)
    {
        var reader = new JobReader(Specs.Name);

        var (spec, count) = reader.ReadAll(new SlowStream(Encoding.UTF8.GetBytes(Specs.Text), step));

        await Assert.That(reader.Problems.IsEmpty).IsTrue();
        await Assert.That((spec?.JobId, count)).IsEqualTo(("j1", 3));
    }

    [Test]
    public async Task White_space_may_be_anywhere()
    {
        string text = Specs.Text.Replace(":", " :\t", StringComparison.Ordinal).Replace("file :\t", "file:", StringComparison.Ordinal)
            .Replace("sha256 :\t", "sha256:", StringComparison.Ordinal).Replace(",", "\r\n , ", StringComparison.Ordinal) + "  \n ";

        await Assert.That(Specs.ProblemsOf(text)).IsEqualTo("");
    }

    [Test]
    public async Task A_member_may_be_written_with_escapes() =>
        await Assert
            .That(
                Specs.ProblemsOf(
                    Specs.With("\"totalFrames\"", "\"t\\u006ftalFrames\"").Replace("\"id\":1", "\"\\u0069d\":1", StringComparison.Ordinal)))
            .IsEqualTo("");

    [Test]
    [Arguments("\"fps\":25,", "\"fps\":25.000,", DisplayName = "fps")]
    [Arguments("\"totalFrames\":5", "\"totalFrames\":5.0", DisplayName = "frames")]
    [Arguments("\"startFrame\":2", "\"startFrame\":2.00", DisplayName = "start of a chunk")]
    public async Task A_number_may_be_written_with_zeros_after_the_point(string found, string replacement) =>
        await Assert.That(Specs.ProblemsOf(Specs.With(found, replacement))).IsEqualTo("");

    [Test]
    [Arguments("/srv/a\"b/", DisplayName = "quote")]
    [Arguments("/srv/a\\b/", DisplayName = "backslash")]
    [Arguments("/srv/a\nb/", DisplayName = "newline")]
    [Arguments("/srv/🎬/", DisplayName = "beyond the basic plane")]
    [Arguments("/srv/Grüße/", DisplayName = "not ASCII")]
    public async Task Usual_file_names_are_usual_whatever_the_directory_is_called(string directory)
    {
        JobReader reader = Specs.Read(Specs.Write(Specs.Spec with { Output = directory + "out.mp4" }, Specs.Chunks)).Reader;

        await Assert.That(reader.Problems.IsEmpty).IsTrue();
        await Assert.That(reader.OtherOutputs).IsEmpty(); // they are remembered, and there may not be many
    }

    // find

    [Test]
    [Arguments(0, 0, 2, DisplayName = "first")]
    [Arguments(1, 2, 2, DisplayName = "middle")]
    [Arguments(2, 4, 1, DisplayName = "last")]
    public async Task A_chunk_is_found_by_its_index(int index, long start, long count)
    {
        Chunk chunk = Specs.Find(Specs.Text, index).Chunk;

        await Assert
            .That(chunk)
            .IsEqualTo(
                new Chunk
                {
                    Id = index,
                    StartFrame = start,
                    FrameCount = count,
                    Output = $"/srv/spots/temp_j1_part_{index.ToString(CultureInfo.InvariantCulture)}.mov",
                });
    }

    [Test]
    public async Task A_chunk_file_with_a_name_of_its_own_keeps_it() =>
        await Assert
            .That(Specs.Find(Specs.With("/srv/spots/temp_j1_part_1.mov", "/srv/spots/parts/\\u0062.mov"), 1).Chunk.Output)
            .IsEqualTo("/srv/spots/parts/b.mov");

    [Test]
    public async Task An_index_behind_the_last_chunk_is_refused() =>
        await Assert.That(Refusal.TextOf(() => Specs.Find(Specs.Text, 3, "SLURM_ARRAY_TASK_ID"))).IsEqualTo(
            "64: chunk index 3 is outside 0..2 (job.json, index from SLURM_ARRAY_TASK_ID); submit as many tasks as the job has chunks");

    [Test]
    public async Task Without_an_index_a_job_of_many_chunks_is_refused() =>
        await Assert.That(Refusal.TextOf(() => Specs.Find(Specs.Text, null, ""))).IsEqualTo(
            "64: the job has more than one chunk, and no index says which (job.json); give --index, or set HELIOS_CHUNK_INDEX");

    [Test]
    public async Task Without_an_index_the_only_chunk_is_found() =>
        await Assert.That(Specs.Find(Single, null, "").Chunk.FrameCount).IsEqualTo(5);

    [Test]
    public async Task The_only_chunk_must_cover_the_job() =>
        await Assert
            .That(
                Refusal
                    .Of(() => Specs.Find(Single.Replace("\"frameCount\":5", "\"frameCount\":4", StringComparison.Ordinal), null, ""))
                    .What)
            .IsEqualTo("the chunks end before frame 4, but the job before frame 5");

    [Test]
    public async Task Nothing_behind_the_chunk_is_read()
    {
        string head = Specs.Text[..(Specs.Text.IndexOf(Specs.Chunk1, StringComparison.Ordinal) + Specs.Chunk1.Length)];

        await Assert.That(Specs.Find(head + ",!", 1).Chunk.Id).IsEqualTo(1);
    }

    [Test]
    public async Task A_problem_before_the_chunk_is_thrown_with_the_number_of_others()
    {
        string text = Specs.With("\"width\":16", "\"width\":0").Replace("\"seed\":1", "\"seed\":-1", StringComparison.Ordinal);

        await Assert.That(Refusal.TextOf(() => Specs.Find(text, 0))).IsEqualTo(
            "65: $.renderOptions.width is 0, expected a whole number from 1 to 16384 (job.json); "
            + "fix the value, or write the spec again with helios export-job (helios check-job lists 1 more)");
    }

    // order of members

    [Test]
    public async Task Chunks_may_stand_before_the_header_in_a_file()
    {
        string text = $$"""{"chunks":[{{Specs.Chunk0}},{{Specs.Chunk1}},{{Specs.Chunk2}}],{{Specs.Header}}}""";

        await Assert.That(Specs.Read(text).Chunks.Count).IsEqualTo(3);
        await Assert.That(Specs.Find(text, 2).Chunk.StartFrame).IsEqualTo(4);
    }

    [Test]
    public async Task Chunks_before_the_header_cannot_be_read_from_a_pipe()
    {
        string text = $$"""{"chunks":[{{Specs.Chunk0}},{{Specs.Chunk1}},{{Specs.Chunk2}}],{{Specs.Header}}}""";
        var pipe = new SlowStream(Encoding.UTF8.GetBytes(text), 100);

        await Assert
            .That(Refusal.TextOf(() => new JobReader("standard input").ReadAll(pipe)))
            .IsEqualTo(
                "65: $.chunks stands before other members, so the spec cannot be read from a pipe (standard input); move chunks to the end, or name the file"
            );
    }

    [Test]
    public async Task The_digest_may_stand_behind_the_chunks()
    {
        string digest = $"\"compositionDigest\":\"{Specs.Digest}\"";
        string text = Specs.With(digest + ",", "").Replace("]}\n", "]," + digest + "}", StringComparison.Ordinal);

        await Assert.That(Specs.ProblemsOf(text)).IsEqualTo("");
        await Assert.That(Specs.Read(text).Spec?.CompositionDigest).IsEqualTo(Specs.Digest);
    }

    [Test]
    public async Task A_digest_behind_the_chunks_is_checked_too()
    {
        string digest = $"\"compositionDigest\":\"{Specs.Digest}\"";
        string text = Specs
            .With(digest + ",", "")
            .Replace("file:///srv/spots/a.html", "https://example.com/a.html", StringComparison.Ordinal)
            .Replace("]}\n", "]," + digest + "}", StringComparison.Ordinal);

        await Assert.That(Specs.ProblemsOf(text)).IsEqualTo(
            "65: $.compositionDigest pins a local file, but the composition is on the net (job.json); remove it");
    }

    [Test]
    public async Task A_read_error_can_be_retried() =>
        await Assert.That(Refusal.TextOf(() => new JobReader(Specs.Name).ReadAll(new FailingStream()))).IsEqualTo(
            "74: the job spec cannot be read: the disk is gone (job.json); check the disk or the pipe, then run it again");

    private sealed class FailingStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("the disk is gone");
    }
}
