using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Helios.Jobs.Batch;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs.Batch;

internal sealed class BatchReaderTests
{
    private const string Row = "{\"id\":0,\"jobId\":\"a\",\"job\":\"job_0.json\",\"output\":\"out/a.mp4\",\"totalFrames\":60}";
    private const string Fix = "write the batch again with helios export-job --rows";
    private const string FixValue = "fix the value, or write the spec again with helios export-job";

    [Test]
    public async Task What_is_written_is_read_again()
    {
        BatchRow[] rows = [new(0, "a", "out/ü \"x\".mp4", 60), new(1, "b-1", "/srv/b.webm", 1_000_000_000)];
        var stream = new MemoryStream();
        var writer = new BatchWriter(stream);
        writer.Begin(rows.Length);
        foreach (BatchRow row in rows) writer.Add(row);
        writer.End();
        var found = new List<BatchRow>();

        stream.Position = 0;
        int count = new BatchReader("batch.json").Read(stream, found.Add);

        await Assert.That(count).IsEqualTo(2);
        await Assert.That(found).IsEquivalentTo(rows);
    }

    [Test]
    public async Task The_number_of_rows_is_known_before_they_are_read() =>
        await Assert.That(Read("{\"version\":1,\"count\":7,\"rows\":[this is not read", onlyCount: true)).IsEqualTo("7");

    [Test]
    public async Task Members_may_stand_in_any_order_and_users_have_their_own() =>
        await Assert
            .That(Read($"{{\"x-a\":{{\"b\":1}},\"rows\":[{Row[..^1]},\"x-b\":[1]}}],\"count\":1,\"version\":1}}", onlyCount: true))
            .IsEqualTo("1");

    [Test]
    [Arguments("[]", "65: the document is an array, expected an object (b, byte 1); " + Fix)]
    [Arguments("{\"version\":2,\"count\":1,\"rows\":[]}", "65: $.version is 2, expected a whole number from 1 to 1 (b); " + FixValue)]
    [Arguments("{\"version\":1,\"count\":0,\"rows\":[]}", "65: $.count is 0, expected a whole number from 1 to 10000000 (b); " + FixValue)]
    [Arguments("{\"version\":1,\"count\":2,\"rows\":[ROW]}", "65: $.count is 2, but there are 1 rows (b); " + Fix)]
    [Arguments("{\"version\":1,\"count\":1}", "65: $ lacks rows (b); " + Fix)]
    [Arguments("{\"version\":1,\"count\":1,\"count\":1,\"rows\":[]}", "65: member \"count\" is there twice (b, byte 31); keep one of them")]
    [Arguments("{\"version\":1,\"count\":1,\"row\":[]}",
        "65: there is no member $.row (did you mean \"rows\"?) (b); remove it, or begin its name with x- if it is your own")]
    [Arguments("{\"version\":1,\"count\":1,\"rows\":{}}", "65: $.rows is an object, expected an array (b); " + FixValue)]
    [Arguments("{\"version\":1,\"count\":1,\"rows\":[7]}", "65: $.rows[0] is 7, expected an object (b); " + FixValue)]
    [Arguments("{\"version\":1,\"count\":2,\"rows\":[ROW,ROW]}",
        "65: $.rows[1].id is 0, expected a whole number from 1 to 1 (b); " + FixValue)]
    public async Task A_wrong_index_is_refused(string json, string expected) =>
        await Assert.That(Read(json.Replace("ROW", Row))).IsEqualTo(expected);

    [Test]
    [Arguments("\"jobId\":\"a\"", "\"jobId\":\"../a\"",
        "$.rows[0].jobId is \"../a\": expected 1 to 63 of a-z, 0-9 and -, beginning with a letter or digit")]
    [Arguments("job_0.json", "../job_0.json", "$.rows[0].job is \"../job_0.json\": expected \"job_0.json\"")]
    [Arguments("out/a.mp4", "out/../../a.mp4", "$.rows[0].output is \"out/../../a.mp4\": \"..\" could lead out of the directory")]
    [Arguments("out/a.mp4", "tcp://a.mp4", "$.rows[0].output is \"tcp://a.mp4\": ffmpeg would take that for a protocol, expected a path")]
    public async Task A_hostile_row_is_refused(string old, string hostile, string expected) =>
        await Assert
            .That(Read($"{{\"version\":1,\"count\":1,\"rows\":[{Row.Replace(old, hostile)}]}}"))
            .IsEqualTo($"65: {expected} (b); {Fix}");

    [Test]
    public async Task A_row_has_all_its_members() =>
        await Assert
            .That(Read($"{{\"version\":1,\"count\":1,\"rows\":[{Row.Replace("\"totalFrames\":60", "\"x-a\":1")}]}}"))
            .IsEqualTo($"65: $.rows[0] lacks totalFrames (b); {Fix}");

    private static string Read(string json, bool onlyCount = false)
    {
        int count = 0;
        try
        {
            count = new BatchReader("b").Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), onlyCount ? null : static _ => { });
        }
        catch (Helios.Errors.HeliosException error)
        {
            return $"{(int)error.Code}: {error.Message}";
        }

        return count.ToString();
    }
}
