using System.Buffers;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using CsCheck;
using Helios.Jobs.Document;
using Helios.Tests.Support;
using Helios.Text;

namespace Helios.Tests.Text;

internal sealed class JsonCopyTests
{
    [Test]
    [Arguments("{}", "{}", DisplayName = "empty object")]
    [Arguments("[]", "[]", DisplayName = "empty array")]
    [Arguments("[1]", "[\n  1\n]", DisplayName = "one number")]
    [Arguments("[true,null,\"a\",-1.50e3]", "[\n  true,\n  null,\n  \"a\",\n  -1.50e3\n]", DisplayName = "every kind of value")]
    [Arguments("{\"a\":1.0,\"b\":[{\"c\":[2,[3]]},{}]}",
        "{\n  \"a\": 1.0,\n  \"b\": [\n    {\n      \"c\": [\n        2,\n        [\n          3\n        ]\n      ]\n    },\n    {}\n  ]\n}",
        DisplayName = "nested")]
    [Arguments("{\"t\":\"[1,{\\\"a\\\":2}]\"}", "{\n  \"t\": \"[1,{\\\"a\\\":2}]\"\n}", DisplayName = "brackets in a text")]
    public async Task A_value_is_indented_and_numbers_keep_their_digits(string compact, string indented) =>
        await Assert.That(Copy(compact, JobJson.Indented)).IsEqualTo(indented);

    [Test]
    public void An_indented_value_is_the_same_value() =>
        Gen.Select(Gens.Text, Gen.Int[0, 5], Gen.Int[-9, 9])
            .Sample(
                (text, depth, number) =>
                {
                    string value = $"[{number}e2,{JsonSerializer.Serialize(text)},{{}},[],false]";
                    for (int i = 0; i < depth; i++)
                        value = i % 2 == 0 ? $"{{\"k\":{value},\"n\":{number}}}" : $"[{value},{number}]";
                    string compact = Copy(value, JobJson.Compact);
                    return Copy(Copy(compact, JobJson.Indented), JobJson.Compact) == compact;
                },
                iter: 200);

    private static string Copy(string text, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var tokens = new JsonTokens(new MemoryStream(Encoding.UTF8.GetBytes(text)), "test");
        tokens.Read();
        using (var writer = new Utf8JsonWriter(buffer, options)) JsonCopy.CopyValue(ref tokens, writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
