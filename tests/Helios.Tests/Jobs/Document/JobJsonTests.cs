using System.IO;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using Helios.Errors;
using Helios.Jobs.Document;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs.Document;

internal sealed class JobJsonTests
{
    [Test]
    [Arguments("{}", "{}", DisplayName = "empty")]
    [Arguments(" { \"a\" : [ 1 , true , null ] } \n", "{\"a\":[1,true,null]}", DisplayName = "white space is dropped")]
    [Arguments("{\"n\":1.50e+3}", "{\"n\":1.50e+3}", DisplayName = "numbers keep their digits")]
    [Arguments("{\"t\":\"\\u00fc\\/\\u003c\"}", "{\"t\":\"ü/<\"}", DisplayName = "needless escapes become characters")]
    [Arguments("{\"t\":\"\\u0000\\n\\\"\\\\\"}", "{\"t\":\"\\u0000\\n\\\"\\\\\"}", DisplayName = "needed escapes stay")]
    [Arguments("{\"\":\"\"}", "{\"\":\"\"}", DisplayName = "empty name and value")]
    public async Task An_object_is_read_into_compact_text(string text, string compact) =>
        await Assert.That(Read(text)).IsEqualTo(compact);

    [Test]
    [Arguments("", "65: the file is empty (props.json); write the spec again, for example with helios export-job", DisplayName = "empty")]
    [Arguments("[1]", "65: an array is not a JSON object (props.json, byte 1); write an object such as {\"title\":\"Hello\"}",
        DisplayName = "array")]
    [Arguments("\"x\"", "65: \"x\" is not a JSON object (props.json, byte 3); write an object such as {\"title\":\"Hello\"}",
        DisplayName = "string")]
    [Arguments("null", "65: null is not a JSON object (props.json, byte 4); write an object such as {\"title\":\"Hello\"}",
        DisplayName = "null")]
    [Arguments("{\"a\":1,\"a\":2}", "65: member \"a\" is there twice (props.json, byte 11); keep one of them",
        DisplayName = "duplicate member")]
    [Arguments("{\"a\":{\"b\":1,\"\\u0062\":2}}", "65: member \"b\" is there twice (props.json, byte 21); keep one of them",
        DisplayName = "duplicate member, escaped")]
    [Arguments("{\"a\":\"\\ud800\"}",
        "65: a string has half of a surrogate pair (props.json, byte 13); write characters beyond \\uffff as both of their escapes",
        DisplayName = "half of a surrogate pair")]
    [Arguments("{} {}",
        "65: the file is not valid JSON: '{' is invalid after a single JSON value. Expected end of data (props.json, line 1, byte 4); fix the file, or write it again with helios export-job",
        DisplayName = "two documents")]
    public async Task What_is_no_object_is_refused(string text, string refusal) =>
        await Assert.That(Refusal.TextOf(() => Read(text))).IsEqualTo(refusal);

    [Test]
    public async Task A_member_name_in_a_message_is_short() =>
        await Assert
            .That(Refusal.Of(() => Read($"{{\"{new string('a', 5000)}\":1,\"{new string('a', 5000)}\":2}}")).Message.Length)
            .IsLessThan(150);

    [Test]
    public async Task An_object_may_have_ten_thousand_members_and_no_more()
    {
        await Assert.That(Read(Members(10_000)).Length).IsGreaterThan(10_000);
        await Assert.That(Refusal.Of(() => Read(Members(10_001))).What).IsEqualTo("an object has more than 10000 members");
    }

    [Test]
    public async Task An_object_may_have_a_mebibyte_and_no_more() =>
        await Assert
            .That(Refusal.Of(() => Read("{\"a\":[" + string.Join(',', new string('1', 600_000).ToCharArray()) + "]}")).Code)
            .IsEqualTo(ExitCode.Invalid);

    [Test]
    public void Compact_text_does_not_change_when_it_is_read_again() => Gens.Text.Sample(title =>
    {
        string once = Read("{\"title\":" + System.Text.Json.JsonSerializer.Serialize(title) + "}");
        return Read(once) == once;
    }, iter: 300);

    private static string Read(string text) =>
        Encoding.UTF8.GetString(JobJson.ReadObject(new MemoryStream(Encoding.UTF8.GetBytes(text)), "props.json").Span);

    private static string Members(int count)
    {
        var text = new StringBuilder("{");
        for (int i = 0; i < count; i++) text.Append(i == 0 ? "" : ",").Append('"').Append(i).Append("\":0");
        return text.Append('}').ToString();
    }
}
