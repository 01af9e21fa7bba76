using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Jobs;

/// <summary>check-job of a spec that is broken, hostile or none at all: refused, in one line for each mistake.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class BrokenSpecTests(NativeBinary helios)
{
    private const string Rewrite = "write the spec again with helios export-job";
    private const string Fix = "fix the value, or write the spec again with helios export-job";
    private const int HostileBytes = 100_000_000;

    /// <summary>Changes of the text of a spec with four chunks; <c>{dir}</c> is the directory.</summary>
    public static IEnumerable<TestDataRow<(string Old, string New, string? Stderr)>> Broken()
    {
        // chunks that do not tile the job
        yield return Row(
            "gap at the end", ",\n    {\"id\":3,\"startFrame\":45,\"frameCount\":15,\"output\":\"{dir}/temp_j_part_3.mov\"}", "",
            $"the chunks end before frame 45, but the job before frame 60 (job.json $.chunks); add the missing chunks, or {Rewrite}");
        yield return Row(
            "overlap", "\"startFrame\":45", "\"startFrame\":44",
            $"$.chunks[3].startFrame is 44, expected 45: it overlaps its predecessor (job.json); {Rewrite}");
        yield return Row(
            "gap", "\"startFrame\":45,\"frameCount\":15", "\"startFrame\":46,\"frameCount\":14",
            $"$.chunks[3].startFrame is 46, expected 45: there is a gap before it (job.json); {Rewrite}");
        yield return Row(
            "past the end", "\"startFrame\":45,\"frameCount\":15", "\"startFrame\":45,\"frameCount\":16",
            $"$.chunks[3] ends before frame 61, but the job before frame 60 (job.json); {Rewrite}");
        yield return Row(
            "ids out of order", "\"id\":2,", "\"id\":3,",
            $"$.chunks[2].id is 3, expected 2: ids are dense and in order (job.json); {Rewrite}");
        yield return Row(
            "id twice", "\"id\":2,", "\"id\":1,", $"$.chunks[2].id is 1, expected 2: ids are dense and in order (job.json); {Rewrite}");

        // numbers
        yield return Row(
            "negative frame", "\"startFrame\":45", "\"startFrame\":-45",
            $"$.chunks[3].startFrame is -45, expected a whole number from 0 (job.json); {Fix}");
        yield return Row(
            "a text for a number", "\"startFrame\":45", "\"startFrame\":\"45\"",
            $"$.chunks[3].startFrame is \"45\", expected a whole number from 0 (job.json); {Fix}");
        yield return Row(
            "a number beyond 64 bits", "\"startFrame\":45", "\"startFrame\":99999999999999999999",
            $"$.chunks[3].startFrame is 99999999999999999999, expected a whole number from 0 (job.json); {Fix}");
        yield return Row(
            "totals that disagree", "\"totalFrames\": 60", "\"totalFrames\": 61",
            $"$.totalFrames is 61, but 2 s at 30/1 are 60 frames (job.json); {Fix}");
        yield return Row(
            "rates that disagree", "\"fps\": 30", "\"fps\": 29", $"$.renderOptions.fps is 29, but frameRate 30/1 is 30 (job.json); {Fix}");
        yield return Row(
            "rate not in lowest terms", "\"30/1\"", "\"60/2\"",
            $"$.renderOptions.frameRate is \"60/2\", expected a fraction in lowest terms such as 30/1 or 30000/1001 (job.json); {Fix}");
        yield return Row(
            "a newer version", "\"version\": 1", "\"version\": 2",
            "$.version is 2, expected 1 (job.json); use the newer helios that wrote it");

        // members
        yield return Row(
            "member twice", "\"version\": 1", "\"version\": 1, \"version\": 1",
            "member \"version\" is there twice (job.json, byte 28); keep one of them");
        yield return Row("member twice in renderOptions", "\"width\": 1920", "\"width\": 1920, \"width\": 1920", null);
        yield return Row("member of a chunk twice", "\"id\":3,", "\"id\":3,\"id\":3,", null);
        yield return Row("member twice in props", "\"props\": {}", "\"props\": {\"a\": 1, \"a\": 1}", null);
        yield return Row(
            "unknown member", "\"jobId\"", "\"jobName\": \"x\", \"jobId\"",
            "there is no member $.jobName (job.json); remove it, or begin its name with x- if it is your own");
        yield return Row(
            "mistyped member", "\"seed\"", "\"sed\": 1, \"seed\"",
            "there is no member $.renderOptions.sed (did you mean \"seed\"?) (job.json); remove it, or begin its name with x- if it is your own"
        );

        // paths
        yield return Row(
            "chunk outside of the output's directory", "{dir}/temp_j_part_3.mov", "/etc/passwd",
            "$.chunks[3].output is \"/etc/passwd\": chunk files stay below {dir}/ (job.json); use {dir}/temp_j_part_3.mov");
        yield return Row(
            "a name that only begins like the directory", "{dir}/temp_j_part_3.mov", "{dir}-evil/x.mov",
            "$.chunks[3].output is \"{dir}-evil/x.mov\": chunk files stay below {dir}/ (job.json); use {dir}/temp_j_part_3.mov");
        yield return Row(
            "..", "{dir}/temp_j_part_3.mov", "{dir}/../x.mov",
            "$.chunks[3].output is \"{dir}/../x.mov\": \"..\" could lead out of the directory (job.json); use {dir}/temp_j_part_3.mov");
        yield return Row(
            "NUL", "{dir}/temp_j_part_3.mov", "{dir}/a\\u0000b",
            "$.chunks[3].output is \"{dir}/a\\u0000b\": a path cannot hold NUL (job.json); use {dir}/temp_j_part_3.mov");
        yield return Row(
            "file of another chunk", "temp_j_part_3.mov", "temp_j_part_2.mov",
            "$.chunks[3].output is \"{dir}/temp_j_part_2.mov\": that is the file of chunk 2 (job.json); use {dir}/temp_j_part_3.mov");
        yield return Row(
            "the output itself", "temp_j_part_3.mov", "output.mp4",
            "$.chunks[3].output is \"{dir}/output.mp4\": that is the output itself (job.json); use {dir}/temp_j_part_3.mov");
        yield return Row(
            "a directory", "temp_j_part_3.mov", "folder/",
            "$.chunks[3].output is \"{dir}/folder/\": that is a directory, expected a file (job.json); use {dir}/temp_j_part_3.mov");
        yield return Row("another file, escaped", "temp_j_part_3.mov", "temp_j_part_3\\u002emov/../../x.mov", null);
        yield return Row("composition with an unknown scheme", "file://{dir}/page.html", "ftp://host/page.html", null);
        yield return Row("javascript in place of the composition", "file://{dir}/page.html", "javascript:alert(1)", null);
        yield return Row("a broken escape before a query", "page.html", "page%zz.html?a=1", null);

        // text
        yield return Row("half of a surrogate pair", "\"jobId\"", "\"x-a\": \"\\ud800\", \"jobId\"", null);
        yield return Row("a control character in a string", "\"jobId\"", "\"x-a\": \"\u0007\", \"jobId\"", null);
        yield return Row("a comment", "\"jobId\"", "// hello\n\"jobId\"", null);
        yield return Row("a comma too many", "}\n  ]\n}", "},\n  ]\n}", null);
        yield return Row("two documents", "}\n  ]\n}\n", "}\n  ]\n}\n{}", null);
        yield return Row("NaN", "\"seed\": 305419896", "\"seed\": NaN", null);
        yield return Row(
            "nesting beyond the limit", "\"props\": {}", $"\"props\": {{\"a\":{new string('[', 80)}{new string(']', 80)}}}", null);
    }

    [Test]
    [MethodDataSource(nameof(Broken))]
    public async Task A_broken_spec_is_65_with_one_line(string old, string @new, string? stderr)
    {
        using TestDirectory directory = await CheckJobTests.CreateWithJobAsync(helios);
        string text = directory.Read("job.json");
        string broken = text.Replace(
            old.Replace("{dir}", directory.Path, StringComparison.Ordinal),
            @new.Replace("{dir}", directory.Path, StringComparison.Ordinal),
            StringComparison.Ordinal);
        directory.Write("job.json", broken);

        RunResult result = await helios.Run("check-job", "job.json").In(directory);

        await Assert.That(broken).IsNotEqualTo(text);
        if (stderr is null) await Assert.That(result.Stderr).Matches("^helios: [^\n]+ \\(job.json[^\n]*\\); [^\n]+\n$");
        else await Assert.That(result.Stderr).IsEqualTo($"helios: {stderr.Replace("{dir}", directory.Path, StringComparison.Ordinal)}\n");
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(result.Stdout).IsEmpty();
    }

    public static IEnumerable<TestDataRow<(Func<byte[], byte[]> Change, string? Stderr)>> Bytes()
    {
        yield return Raw("empty", _ => [], "the file is empty (job.json); write the spec again, for example with helios export-job");
        yield return Raw("white space", _ => " \n\t "u8.ToArray(), null);
        yield return Raw(
            "cut off in a string",
            spec => spec[..500],
            "the file is not valid JSON: Expected end of string, but instead reached end of data (job.json, line 20, byte 11); the file may be cut off: write or copy it again",
            mayMove: true);
        yield return Raw("cut off between chunks", spec => spec[..(spec.Length - 5)], null);
        yield return Raw("without its last brace", spec => spec[..(spec.Length - 2)], null);
        yield return Raw(
            "with a byte order mark",
            spec => [0xEF, 0xBB, 0xBF, .. spec],
            "the file begins with a byte order mark (job.json); save it as UTF-8 without BOM");
        yield return Raw(
            "UTF-16 with its mark",
            spec => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(spec))],
            "the file is UTF-16 (job.json); save it as UTF-8");
        yield return Raw(
            "UTF-16, the other end first",
            spec => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Encoding.UTF8.GetString(spec))],
            "the file is UTF-16 (job.json); save it as UTF-8");
        yield return Raw("UTF-16 without its mark", spec => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(spec)), null);
        yield return Raw(
            "Latin-1",
            spec =>
                Encoding.Latin1.GetBytes(
                    Encoding.UTF8.GetString(spec).Replace("\"jobId\"", "\"x-a\": \"é\", \"jobId\"", StringComparison.Ordinal)),
            null);
        yield return Raw("zeros", _ => new byte[100_000], null);
        yield return Raw(
            "null",
            _ => "null"u8.ToArray(),
            "the document is null, expected an object (job.json, byte 4); give a job spec, as helios export-job writes it");
        yield return Raw(
            "an array",
            _ => "[]"u8.ToArray(),
            "the document is an array, expected an object (job.json, byte 1); give a job spec, as helios export-job writes it");
        yield return Raw("a binary file", _ => File.ReadAllBytes(Repository.Published(Repository.HostRid))[..100_000], null);
    }

    [Test]
    [MethodDataSource(nameof(Bytes))]
    public async Task A_file_that_is_no_spec_is_65_with_one_line(Func<byte[], byte[]> change, string? stderr)
    {
        using TestDirectory directory = await CheckJobTests.CreateWithJobAsync(helios);
        directory.Write("job.json", change(await File.ReadAllBytesAsync(directory.PathOf("job.json"))));

        RunResult result = await helios.Run("check-job", "job.json").In(directory);
        RunResult shown = await helios.Run("show-chunk", "job.json", "--index", "9").In(directory);

        if (stderr is null) await Assert.That(result.Stderr).Matches("^helios: [^\n]+ \\(job.json[^\n]*\\); [^\n]+\n$");
        else await Assert.That(result.Stderr).IsEqualTo($"helios: {stderr}\n");
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(shown.ExitCode).IsEqualTo(65);
        await Assert.That(shown.Stderr).IsEqualTo(result.Stderr);
    }

    [Test]
    public async Task A_spec_without_required_members_names_each_of_them_on_a_line()
    {
        RunResult result = await helios.Run("check-job", "-").WithInput("{}");

        string[] lines = result.Stderr.TrimEnd('\n').Split('\n');
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(lines.Order(StringComparer.Ordinal)).IsEquivalentTo(
            ((string[])["chunks", "composition", "jobId", "output", "renderOptions", "totalFrames", "version"])
            .Select(member => $"helios: $.{member} is missing (standard input); add it, or write the spec again with helios export-job"));
    }

    [Test]
    [Arguments("[",
        "the document is an array, expected an object (standard input, byte 1); give a job spec, as helios export-job writes it",
        DisplayName = "brackets")]
    [Arguments("{\"a\":", null, DisplayName = "objects in objects")]
    [Arguments("{\"x-a\":[", null, DisplayName = "brackets in a member of the user's")]
    [Arguments("   ", null, DisplayName = "blanks")]
    public async Task A_hundred_megabytes_of_nothing_but_openings_is_refused(string start, string? stderr)
    {
        byte last = (byte)start[^1];
        byte[] block =
            start == "{\"a\":"
                ? Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(start, 20_000)))
                : [.. Enumerable.Repeat(last, 100_000)];

        RunResult result = await helios.Run("check-job", "-").WithInput(async (stdin, cancellation) =>
        {
            await stdin.WriteAsync(Encoding.UTF8.GetBytes(start), cancellation);
            for (int written = 0; written < HostileBytes; written += block.Length) await stdin.WriteAsync(block, cancellation);
        });

        await Assert.That(result.ExitCode).IsEqualTo(65);
        if (stderr is null) await Assert.That(result.Stderr).Matches("^helios: [^\n]+\n$");
        else await Assert.That(result.Stderr).IsEqualTo($"helios: {stderr}\n");
    }

    [Test]
    public async Task A_string_without_end_is_refused_without_reading_all_of_it()
    {
        byte[] block = [.. Enumerable.Repeat((byte)'a', 100_000)];

        RunResult result = await helios.Run("check-job", "-").WithInput(async (stdin, cancellation) =>
        {
            await stdin.WriteAsync("{\"x-a\":\""u8.ToArray(), cancellation);
            for (int written = 0; written < HostileBytes; written += block.Length) await stdin.WriteAsync(block, cancellation);
        });

        await Assert.That(result.Stderr).Matches("^helios: one value is longer than 1 MiB \\(standard input, byte [0-9]+\\); [^\n]+\n$");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    private static TestDataRow<(string Old, string New, string? Stderr)> Row(string name, string old, string @new, string? stderr) =>
        new((old, @new, stderr), DisplayName: name);

    private static TestDataRow<(Func<byte[], byte[]> Change, string? Stderr)> Raw(
        string name,
        Func<byte[], byte[]> change,
        string? stderr,
        bool mayMove = false
    ) => new((change, mayMove ? null : stderr), DisplayName: name); // where the directory's length moves the cut, the place differs
}
