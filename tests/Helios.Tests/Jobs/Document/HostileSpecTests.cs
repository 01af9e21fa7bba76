using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using Helios.Errors;
using Helios.Jobs.Document;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs.Document;

/// <summary>Specs that are not even readable JSON, or beyond a limit: always one refusal with exit code 65.</summary>
internal sealed class HostileSpecTests
{
    private const string Deep = "The maximum configured depth of 64 has been exceeded. Cannot read next JSON array";

    private static readonly string[] s_pieces =
    [
        "\"\\ud800\"", "\"\\ud800\":1,", "\\", "\"", "{", "}", "[", "]", ",", ":", "-", "1e999", "-0", "0.1", "99999999999999999999",
        "null", "true", "\0", "\u00a0", "\"x-a\":1,", "..", "/",
    ];

    [Test]
    [Arguments("", "65: the file is empty (job.json); write the spec again, for example with helios export-job", DisplayName = "empty")]
    [Arguments(" \n",
        "65: the file is not valid JSON: The input does not contain any JSON tokens. Expected the input to start with a valid JSON token, when isFinalBlock is true (job.json, line 2, byte 1); the file may be cut off: write or copy it again",
        DisplayName = "white space")]
    [Arguments("null", "65: the document is null, expected an object (job.json, byte 4); give a job spec, as helios export-job writes it",
        DisplayName = "null")]
    [Arguments("[]", "65: the document is an array, expected an object (job.json, byte 1); give a job spec, as helios export-job writes it",
        DisplayName = "array")]
    [Arguments("\"x\"", "65: the document is \"x\", expected an object (job.json, byte 3); give a job spec, as helios export-job writes it",
        DisplayName = "string")]
    [Arguments("12", "65: the document is 12, expected an object (job.json, byte 2); give a job spec, as helios export-job writes it",
        DisplayName = "number")]
    [Arguments("hello",
        "65: the file is not valid JSON: 'h' is an invalid start of a value (job.json, line 1, byte 1); fix the file, or write it again with helios export-job",
        DisplayName = "text")]
    [Arguments("{\"version\":1,}",
        "65: the file is not valid JSON: The JSON object contains a trailing comma at the end which is not supported in this mode. Change the reader options (job.json, line 1, byte 14); fix the file, or write it again with helios export-job",
        DisplayName = "trailing comma")]
    [Arguments("{/**/}",
        "65: the file is not valid JSON: '/' is invalid after a value. Expected either ',', '}', or ']' (job.json, line 1, byte 2); fix the file, or write it again with helios export-job",
        DisplayName = "comment")]
    public async Task A_document_that_is_no_object_is_refused(string text, string refusal) =>
        await Assert.That(Specs.ProblemsOf(text)).IsEqualTo(refusal);

    [Test]
    public async Task Something_behind_the_document_is_refused() =>
        await Assert
            .That(Specs.ProblemsOf(Specs.Text + "{}"))
            .StartsWith("65: the file is not valid JSON: '{' is invalid after a single JSON value");

    [Test]
    public async Task A_spec_cut_off_at_any_byte_is_refused()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Specs.Text.TrimEnd());
        for (int length = 0; length < whole.Length; length++)
            await Assert.That(Specs.ProblemsOf(whole[..length])).StartsWith("65: the file ").Because($"{length} bytes are no spec");
    }

    [Test]
    public async Task A_cut_off_spec_is_said_to_be_cut_off() =>
        await Assert.That(Specs.ProblemsOf(Specs.Text[..300])).EndsWith("the file may be cut off: write or copy it again");

    [Test]
    [Arguments("", "65: the document is an array, expected an object (job.json, byte 1); give a job spec, as helios export-job writes it",
        DisplayName = "as the document")]
    [Arguments("{\"version\":",
        "65: the file is not valid JSON: " + Deep + " (job.json, line 1, byte 75); fix the file, or write it again with helios export-job",
        DisplayName = "as a value")]
    [Arguments("{\"x-deep\":",
        "65: the file is not valid JSON: " + Deep + " (job.json, line 1, byte 74); fix the file, or write it again with helios export-job",
        DisplayName = "in a member of one's own")]
    [Arguments("{\"renderOptions\":{\"props\":{\"a\":",
        "65: the file is not valid JSON: " + Deep + " (job.json, line 1, byte 93); fix the file, or write it again with helios export-job",
        DisplayName = "in props")]
    public async Task A_million_brackets_are_refused(string before, string refusal) =>
        await Assert.That(Specs.ProblemsOf(before + new string('[', 1_000_000))).IsEqualTo(refusal);

    [Test]
    public async Task A_byte_order_mark_is_refused()
    {
        byte[] text = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Specs.Text)];

        await Assert
            .That(Specs.ProblemsOf(text))
            .IsEqualTo("65: the file begins with a byte order mark (job.json); save it as UTF-8 without BOM");
    }

    [Test]
    public async Task A_byte_order_mark_is_seen_in_a_pipe_too()
    {
        byte[] text = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Specs.Text)];

        await Assert
            .That(Refusal.Of(() => new JobReader(Specs.Name).ReadAll(new SlowStream(text, 1))).What)
            .IsEqualTo("the file begins with a byte order mark");
    }

    [Test]
    [Arguments(true, DisplayName = "big endian")]
    [Arguments(false, DisplayName = "little endian")]
    public async Task UTF_16_is_refused(bool isBigEndian)
    {
        var encoding = new UnicodeEncoding(isBigEndian, byteOrderMark: true);
        byte[] text = [.. encoding.GetPreamble(), .. encoding.GetBytes(Specs.Text)];

        await Assert.That(Specs.ProblemsOf(text)).IsEqualTo("65: the file is UTF-16 (job.json); save it as UTF-8");
    }

    [Test]
    [Arguments("Grüße", DisplayName = "in props")]
    [Arguments("spots/a.html", DisplayName = "in the composition")]
    [Arguments("temp_j1_part_1", DisplayName = "in a chunk file")]
    [Arguments("title", DisplayName = "in a member of props")]
    [Arguments("totalFrames", DisplayName = "in a member")]
    public async Task Bytes_that_are_not_UTF_8_are_refused(string place)
    {
        byte[] text = Encoding.UTF8.GetBytes(Specs.Text);
        text[text.AsSpan().IndexOf(Encoding.UTF8.GetBytes(place)) + 2] = 0xFC;

        await Assert.That(Specs.ProblemsOf(text)).StartsWith("65: a string is not valid UTF-8 (job.json, byte ");
    }

    [Test]
    [Arguments("\"title\":", "\"\\ud800\":", DisplayName = "member of props")]
    [Arguments("Grüße", "\\udfff", DisplayName = "text of props")]
    [Arguments("\"totalFrames\"", "\"\\ud800\"", DisplayName = "member")]
    [Arguments("\"seed\"", "\"\\ud800\"", DisplayName = "render option")]
    [Arguments("\"id\":1", "\"\\ud800\":1", DisplayName = "member of a chunk")]
    [Arguments("temp_j1_part_1", "\\ud800", DisplayName = "chunk file")]
    public async Task Half_of_a_surrogate_pair_is_refused(string found, string replacement) =>
        await Assert
            .That(Specs.ProblemsOf(Specs.With(found, replacement)))
            .StartsWith("65: a string has half of a surrogate pair (job.json, byte ");

    [Test]
    [Arguments("\"version\":1", "\"version\":1,\"version\":1", "version", DisplayName = "root")]
    [Arguments("\"version\":1", "\"x-a\":1,\"version\":1,\"x-a\":1", "x-a", DisplayName = "one's own in the root")]
    [Arguments("\"width\":16", "\"width\":16,\"width\":16", "width", DisplayName = "render options")]
    [Arguments("\"width\":16", "\"width\":16,\"wid\\u0074h\":18", "width", DisplayName = "render options, escaped")]
    [Arguments("\"title\":", "\"title\":1,\"title\":", "title", DisplayName = "props")]
    [Arguments("\"title\":", "\"a\":[{\"b\":1,\"b\":2}],\"title\":", "b", DisplayName = "deep in props")]
    [Arguments("\"version\":1", "\"x-a\":{\"b\":1,\"b\":2},\"version\":1", "b", DisplayName = "in a member of one's own")]
    [Arguments("{\"id\":1", "{\"x-a\":1,\"x-a\":2,\"id\":1", "x-a", DisplayName = "one's own in a chunk")]
    public async Task A_member_that_is_there_twice_is_refused(string found, string replacement, string name)
    {
        HeliosException refusal = Refusal.Of(() => Specs.Read(Specs.With(found, replacement)));

        await Assert
            .That((refusal.Code, refusal.What, refusal.Fix))
            .IsEqualTo((ExitCode.Invalid, $"member \"{name}\" is there twice", "keep one of them"));
    }

    [Test]
    public async Task A_member_of_a_chunk_that_is_there_twice_is_refused() =>
        await Assert
            .That(Refusal.Of(() => Specs.Read(Specs.With("\"id\":1", "\"id\":1,\"id\":1"))).What)
            .IsEqualTo("member \"id\" of $.chunks[1] is there twice");

    [Test]
    public async Task Chunks_that_are_there_twice_are_refused() =>
        await Assert
            .That(Refusal.Of(() => Specs.Read(Specs.With("]}", "],\"chunks\":[]}"))).What)
            .IsEqualTo("member \"chunks\" is there twice");

    [Test]
    public async Task A_newer_version_is_refused_whatever_else_there_is() =>
        await Assert.That(Specs.ProblemsOf("""{"jobId":"?","version":2,"frames":[}""")).IsEqualTo(
            "65: $.version is 2, expected 1 (job.json); use the newer helios that wrote it");

    [Test]
    public async Task A_text_of_more_than_a_mebibyte_is_refused() =>
        await Assert
            .That(Refusal.Of(() => Specs.Read(Specs.With("Grüße", new string('a', 3_000_000)))).What)
            .IsEqualTo("one value is longer than 1 MiB");

    [Test]
    public async Task No_message_is_long_whatever_a_spec_holds()
    {
        string name = new('a', 500_000);
        string text =
            "{" + string.Join(',', Enumerable.Range(0, 3).Select(i => $"\"{i}{name}\":\"{name}\"")) + ",\"jobId\":\"" + name + "\"}";

        await Assert.That(Specs.ProblemsOf(text).Split('\n').Max(line => line.Length)).IsLessThan(6000);
    }

    [Test]
    public async Task No_more_than_twenty_problems_are_collected()
    {
        string members = string.Concat(Enumerable.Range(0, 50).Select(i => $"\"bad{i}\":{i},"));

        await Assert.That(Specs.ProblemsOf("{" + members + Specs.Text[1..]).Split('\n').Length).IsEqualTo(20);
    }

    [Test]
    public void Changed_bytes_never_give_anything_but_problems_or_a_refusal()
    {
        byte[] valid = Encoding.UTF8.GetBytes(Specs.Text);
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Byte, Gen.Int[0, 2]).Array[1, 4].Sample(changes =>
        {
            byte[] text = [.. valid];
            foreach (var (place, value, way) in changes)
            {
                int at = Math.Min(place, text.Length - 1);
                if (way == 0) text[at] = value;
                else if (way == 1) text[at] ^= (byte)(1 << (value & 7));
                else text = [.. text[..at], .. Encoding.UTF8.GetBytes(s_pieces[value % s_pieces.Length]), .. text[at..]];
            }

            return IsReadOrRefused(text);
        }, iter: 4000);
    }

    [Test]
    public void Pieces_of_JSON_in_any_order_never_give_anything_but_problems_or_a_refusal()
    {
        string[] tokens =
        [
            .. s_pieces, "\"version\":1,", "\"chunks\":", "\"renderOptions\":{", "\"props\":{", "\"output\":",
            Specs.Header + ",",
            Specs.Chunk0 + ",",
            Specs.Chunk1,
        ];
        Gen.OneOf(tokens).Array[0, 25].Sample(pieces => IsReadOrRefused(Encoding.UTF8.GetBytes("{" + string.Concat(pieces))), iter: 2000);
    }

    /// <summary>Any other exception leaves with its stack and fails the property.</summary>
    private static bool IsReadOrRefused(byte[] text)
    {
        try
        {
            new JobReader(Specs.Name).ReadAll(new MemoryStream(text));
        }
        catch (HeliosException refusal) when (refusal.Code == ExitCode.Invalid)
        {
            return true;
        }

        try
        {
            new JobReader(Specs.Name).Find(new MemoryStream(text), 1, "--index");
        }
        catch (HeliosException refusal) when (refusal.Code is ExitCode.Invalid or ExitCode.Usage)
        {
            return true;
        }

        return true;
    }
}
