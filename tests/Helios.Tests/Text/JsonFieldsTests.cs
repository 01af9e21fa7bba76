using System.Text;
using System.Threading.Tasks;
using CsCheck;
using Helios.Tests.Support;
using Helios.Text;

namespace Helios.Tests.Text;

internal sealed class JsonFieldsTests
{
    [Test]
    [Arguments("""{"a":1,"b":2}""", "b", "2", DisplayName = "number")]
    [Arguments("""{"a":"x\"y"}""", "a", "\"x\\\"y\"", DisplayName = "a string keeps its quotes and escapes")]
    [Arguments("""{"x":{"a":1},"a":2}""", "a", "2", DisplayName = "a member of a member is passed over")]
    [Arguments("""{"x":[{"a":1}],"a":2}""", "a", "2", DisplayName = "a member in an array is passed over")]
    [Arguments("""{"x":"\"a\":1","a":2}""", "a", "2", DisplayName = "text that looks like a member is passed over")]
    [Arguments("""{"a":{"b":[1,{"c":"}"}]},"z":0}""", "a", """{"b":[1,{"c":"}"}]}""", DisplayName = "object")]
    [Arguments("""{"a":[1,[2]],"z":0}""", "a", "[1,[2]]", DisplayName = "array")]
    [Arguments("""{"a" : null }""", "a", "null", DisplayName = "null")]
    [Arguments("""{"\u0061":1}""", "a", "1", DisplayName = "escaped name")]
    [Arguments("""{"a":1,"a":2}""", "a", "1", DisplayName = "the first of two")]
    public async Task A_member_is_found_as_it_was_written(string json, string name, string value) =>
        await Assert.That(Find(json, name)).IsEqualTo(value);

    [Test]
    [Arguments("", DisplayName = "no text")]
    [Arguments("{}", DisplayName = "empty object")]
    [Arguments("""{"b":1}""", DisplayName = "another member")]
    [Arguments("""{"A":1}""", DisplayName = "other capitals")]
    [Arguments("""{"b":{"a":1}}""", DisplayName = "deeper")]
    [Arguments("""[{"a":1}]""", DisplayName = "array")]
    [Arguments("\"a\"", DisplayName = "string")]
    [Arguments("null", DisplayName = "null")]
    public async Task What_is_not_there_is_empty(string json) => await Assert.That(Find(json, "a")).IsEqualTo("");

    [Test]
    [Arguments("""{"a":{"b":"c"}}""", "\"c\"", DisplayName = "there")]
    [Arguments("""{"a":{"c":1}}""", "", DisplayName = "the inner is missing")]
    [Arguments("""{"b":1}""", "", DisplayName = "the outer is missing")]
    [Arguments("""{"a":"b"}""", "", DisplayName = "the outer is text")]
    public async Task A_member_of_a_member_is_found(string json, string value) =>
        await Assert.That(Encoding.UTF8.GetString(JsonFields.Find(Encoding.UTF8.GetBytes(json), "a"u8, "b"u8))).IsEqualTo(value);

    [Test]
    [Arguments("""{"a":"x"}""", "x", DisplayName = "plain")]
    [Arguments("""{"a":""}""", "", DisplayName = "empty")]
    [Arguments("""{"a":"\"\\\/\n\u00fc\ud83c\udfac"}""", "\"\\/\nü🎬", DisplayName = "escapes")]
    [Arguments("""{"a":"Grüße"}""", "Grüße", DisplayName = "UTF-8")]
    [Arguments("""{"a":"\ud83c"}""", null, DisplayName = "half of a surrogate pair")]
    [Arguments("""{"a":1}""", null, DisplayName = "number")]
    [Arguments("""{"a":null}""", null, DisplayName = "null")]
    [Arguments("""{"a":{"value":"x"}}""", null, DisplayName = "object")]
    [Arguments("""{}""", null, DisplayName = "missing")]
    public async Task Text_is_the_text_of_a_string_alone(string json, string? text) =>
        await Assert.That(JsonFields.GetText(Encoding.UTF8.GetBytes(json), "a"u8)).IsEqualTo(text);

    [Test]
    [Arguments("""{"a":1}""", 1.0, DisplayName = "whole")]
    [Arguments("""{"a":-1.5e3}""", -1500.0, DisplayName = "exponent")]
    [Arguments("""{"a":"1"}""", null, DisplayName = "text")]
    [Arguments("""{"a":true}""", null, DisplayName = "truth")]
    [Arguments("""{"a":null}""", null, DisplayName = "null")]
    [Arguments("""{}""", null, DisplayName = "missing")]
    public async Task A_number_is_a_number_alone(string json, double? number) =>
        await Assert.That(JsonFields.GetNumber(Encoding.UTF8.GetBytes(json), "a"u8)).IsEqualTo(number);

    [Test]
    [Arguments("""{"a":true}""", true, DisplayName = "true")]
    [Arguments("""{"a":false}""", false, DisplayName = "false")]
    [Arguments("""{"a":"true"}""", false, DisplayName = "text")]
    [Arguments("""{"a":1}""", false, DisplayName = "one")]
    [Arguments("""{}""", false, DisplayName = "missing")]
    public async Task Only_true_is_true(string json, bool isTrue) =>
        await Assert.That(JsonFields.IsTrue(Encoding.UTF8.GetBytes(json), "a"u8)).IsEqualTo(isTrue);

    [Test]
    public void Any_text_comes_back() =>
        Gens.Text.Sample(
            text =>
                JsonFields.GetText(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { before = text, a = text }), "a"u8) == text,
            iter: 300);

    private static string Find(string json, string name) =>
        Encoding.UTF8.GetString(JsonFields.Find(Encoding.UTF8.GetBytes(json), Encoding.UTF8.GetBytes(name)));
}
