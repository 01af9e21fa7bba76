using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Helios.Plan.Rows;
using Helios.Tests.Support;

namespace Helios.Tests.Plan.Rows;

internal sealed class RowFileTests
{
    private const string JsonFix = "write one object a line, such as {\"id\":\"a1\",\"title\":\"Hello\"}";

    [Test]
    [Arguments("rows.jsonl", "{\"id\":1}\n{\"id\": 2.50 }\n", "0 1 {\"id\":1}|1 2 {\"id\":2.50}", DisplayName = "a line each")]
    [Arguments("rows.jsonl", "{\"id\":1}\r\n\n  \t\r\n{\"id\":2}", "0 1 {\"id\":1}|1 4 {\"id\":2}",
        DisplayName = "empty lines, and none at the end")]
    [Arguments("rows.jsonl", "\ufeff{\"a\":{\"b\":[1,\"é\"]}}", "0 1 {\"a\":{\"b\":[1,\"é\"]}}", DisplayName = "byte order mark")]
    [Arguments("rows.csv", "id,title\n1,Hello\n2,\n", "0 2 {\"id\":\"1\",\"title\":\"Hello\"}|1 3 {\"id\":\"2\",\"title\":\"\"}",
        DisplayName = "csv")]
    [Arguments("ROWS.CSV", "\ufeffid\r\n\"a \"\"b\"\", c\"\r\n\r\nd\r\n", "0 2 {\"id\":\"a \\\"b\\\", c\"}|1 4 {\"id\":\"d\"}",
        DisplayName = "csv with quotes and a mark")]
    [Arguments("rows.csv", "id,t\n\"a\nb\r\n\"\"c\",\"\"\nd,e\n",
        "0 2 {\"id\":\"a\\nb\\n\\\"c\",\"t\":\"\"}|1 5 {\"id\":\"d\",\"t\":\"e\"}", DisplayName = "csv with line breaks")]
    public async Task Rows_are_read_with_their_lines(string name, string text, string expected)
    {
        using var folder = new TemporaryDirectory();
        folder.Add(name, text);

        IEnumerable<string> rows = new RowFile(folder[name])
            .Read()
            .Select(row => $"{row.Id} {row.Line} {Encoding.UTF8.GetString(row.Fields.Span)}")
            .ToList();

        await Assert.That(string.Join('|', rows)).IsEqualTo(expected);
    }

    [Test]
    [Arguments("", "65: the file is empty ({0}); write one JSON object a line for each video", DisplayName = "empty")]
    [Arguments("\n \n", "65: the file has no rows ({0}); write one JSON object a line for each video", DisplayName = "blank")]
    [Arguments(
        "{}\n{}\n{}\n{}\n{}\n{}\n{\"a\":1,}\n",
        "65: the row is not valid JSON: The JSON object contains a trailing comma at the end which is not supported in this mode. Change the reader options ({0}, line 7, byte 8); "
            + JsonFix,
        DisplayName = "no JSON on line 7")]
    [Arguments("{}\n[1]\n", "65: an array is not a JSON object ({0}, line 2, byte 1); " + JsonFix, DisplayName = "an array")]
    [Arguments("{} {}\n",
        "65: the row is not valid JSON: '{' is invalid after a single JSON value. Expected end of data ({0}, line 1, byte 4); " + JsonFix,
        DisplayName = "two on a line")]
    [Arguments("{}\n{\"a\":1,\"b\":2,\"a\":3}\n", "65: member \"a\" is there twice ({0}, line 2, byte 17); " + JsonFix,
        DisplayName = "the same key twice")]
    [Arguments("{\"a\":{\"b\":1,\"b\":2}}\n", "65: member \"b\" is there twice ({0}, line 1, byte 16); " + JsonFix,
        DisplayName = "the same key twice, deeper")]
    [Arguments("{\"a\":\"\\ud800\"}\n", "65: a string has half of a surrogate pair ({0}, line 1, byte 13); " + JsonFix,
        DisplayName = "half of a pair")]
    public async Task Wrong_JSON_is_named_by_its_line(string text, string expected)
    {
        using var folder = new TemporaryDirectory();
        string path = folder.Add("rows.jsonl", text);

        await Assert
            .That(Refusal.TextOf(() => _ = new RowFile(path).Read().Count()))
            .IsEqualTo(expected.Replace("{0}", path, StringComparison.Ordinal));
    }

    [Test]
    [Arguments("", "65: the file is empty ({0}); write a header and a line for each video", DisplayName = "empty")]
    [Arguments("id,title\n", "65: the file has no rows ({0}); write a header and a line for each video", DisplayName = "header alone")]
    [Arguments("id,t\n1,2\n3,\"4\n5,6\n", "65: a quote is opened and not closed ({0}, line 3); close it, and double the quotes in a field",
        DisplayName = "open quote")]
    [Arguments("id,t\n1,2\"\n",
        "65: a field has a quote but does not begin with one ({0}, line 2); put the whole field in quotes, and double those in it",
        DisplayName = "late quote")]
    [Arguments("id,t\n\"1\" ,2\n",
        "65: something follows the closing quote of a field ({0}, line 2); double the quotes in a field, and put a comma behind it",
        DisplayName = "behind a quote")]
    [Arguments("id,t\n1,2\n\"3\n\",4,5\n",
        "65: the row has 3 fields, and the header 2 ({0}, line 3); put fields that hold a comma in quotes", DisplayName = "too many")]
    [Arguments("id,t\n1\n", "65: the row has 1 field, and the header 2 ({0}, line 2); give each row a field for every column",
        DisplayName = "too few")]
    [Arguments("id;t\n1;2\n", "65: the fields are not separated by commas ({0}, line 1); save the table with commas between fields",
        DisplayName = "semicolons")]
    [Arguments("id,t,id\n1,2,3\n", "65: the header has \"id\" twice ({0}, line 1); keep one of them", DisplayName = "a column twice")]
    [Arguments("id,,t\n1,2,3\n", "65: a field of the header has no name ({0}, line 1); name every column",
        DisplayName = "a column without a name")]
    public async Task Wrong_CSV_is_named_by_its_line(string text, string expected)
    {
        using var folder = new TemporaryDirectory();
        string path = folder.Add("rows.csv", text);

        await Assert
            .That(Refusal.TextOf(() => _ = new RowFile(path).Read().Count()))
            .IsEqualTo(expected.Replace("{0}", path, StringComparison.Ordinal));
    }

    [Test]
    public async Task Other_encodings_are_refused()
    {
        using var folder = new TemporaryDirectory();
        string latin = folder["latin.csv"];
        System.IO.File.WriteAllBytes(latin, [.. "id\n"u8, 0xe9, (byte)'\n']);
        string wide = folder["wide.jsonl"];
        System.IO.File.WriteAllBytes(wide, [0xff, 0xfe, (byte)'{', 0, (byte)'}', 0, (byte)'\n', 0]);

        await Assert
            .That(Refusal.TextOf(() => _ = new RowFile(latin).Read().Count()))
            .IsEqualTo($"65: the row is not valid UTF-8 ({latin}, line 2); save the file as UTF-8");
        await Assert
            .That(Refusal.TextOf(() => _ = new RowFile(wide).Read().Count()))
            .IsEqualTo($"65: the file is UTF-16 ({wide}, line 1); save it as UTF-8");
    }

    [Test]
    [Arguments(10 << 20, "65: the row is longer than 4 MiB ({0}, line 2); keep large data in a file that the composition fetches")]
    [Arguments(2 << 20, "65: one value is longer than 1 MiB ({0}, line 2, byte 6); keep large data in a file that the composition fetches")]
    public async Task A_row_of_megabytes_is_refused(int bytes, string expected)
    {
        using var folder = new TemporaryDirectory();
        string path = folder.Add("rows.jsonl", "{}\n{\"id\":\"" + new string('x', bytes) + "\",\"a\":1}\n");

        await Assert
            .That(Refusal.TextOf(() => _ = new RowFile(path).Read().Count()))
            .IsEqualTo(expected.Replace("{0}", path, StringComparison.Ordinal));
    }

    [Test]
    public async Task A_long_row_that_is_allowed_is_read_whole()
    {
        using var folder = new TemporaryDirectory();
        string title = new('x', 1_000_000);
        string path = folder.Add("rows.jsonl", $"{{\"id\":\"{title}\"}}\n{{\"id\":2}}\n");

        List<Row> rows = new RowFile(path).Read().ToList();

        await Assert.That(rows.ConvertAll(row => row.Fields.Length)).IsEquivalentTo([title.Length + 9, 8]);
    }
}
