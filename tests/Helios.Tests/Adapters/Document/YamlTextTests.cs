using System.Threading.Tasks;
using Helios.Adapters.Document;

namespace Helios.Tests.Adapters.Document;

/// <summary>Text of a YAML document is text again for every reader (the end-to-end tests ask two of them).</summary>
internal sealed class YamlTextTests
{
    [Test]
    [Arguments("helios", "helios", DisplayName = "a word")]
    [Arguments("/data/job.json", "/data/job.json", DisplayName = "a path")]
    [Arguments("actions/checkout@v4", "actions/checkout@v4", DisplayName = "an action")]
    [Arguments("", "\"\"", DisplayName = "nothing")]
    [Arguments("4", "\"4\"", DisplayName = "a number")]
    [Arguments("1e3", "\"1e3\"", DisplayName = "an exponent")]
    [Arguments(".5", "\".5\"", DisplayName = "a decimal")]
    [Arguments("0x1F", "\"0x1F\"", DisplayName = "a hexadecimal number")]
    [Arguments("2026-01-01", "\"2026-01-01\"", DisplayName = "a date")]
    [Arguments("12:30:45", "\"12:30:45\"", DisplayName = "a number of base 60")]
    [Arguments("True", "\"True\"", DisplayName = "a truth value")]
    [Arguments("no", "\"no\"", DisplayName = "Norway")]
    [Arguments("NULL", "\"NULL\"", DisplayName = "null")]
    [Arguments("~", "\"~\"", DisplayName = "null's other name")]
    [Arguments("a b", "\"a b\"", DisplayName = "blanks")]
    [Arguments("a: b", "\"a: b\"", DisplayName = "a map")]
    [Arguments("- a", "\"- a\"", DisplayName = "a list")]
    [Arguments("a #b", "\"a #b\"", DisplayName = "a comment")]
    [Arguments("&a", "\"&a\"", DisplayName = "an anchor")]
    [Arguments("*a", "\"*a\"", DisplayName = "an alias")]
    [Arguments("!!int 3", "\"!!int 3\"", DisplayName = "a tag")]
    [Arguments("{{item}}", "\"{{item}}\"", DisplayName = "braces")]
    [Arguments("say \"hi\" \\ bye", "\"say \\\"hi\\\" \\\\ bye\"", DisplayName = "quotes and backslashes")]
    [Arguments("---", "\"---\"", DisplayName = "the beginning of a document")]
    [Arguments("a\u0001b\tc\u0085d\u2028e\ufefff", "\"a\\u0001b\\u0009c\\u0085d\\u2028e\\uFEFFf\"",
        DisplayName = "controls and line ends of YAML 1.1")]
    [Arguments("grüße 日本 🎬", "\"grüße 日本 🎬\"", DisplayName = "other letters")]
    public async Task A_text_is_quoted_where_it_must_be(string text, string expected) =>
        await Assert.That(YamlText.Write(new MapNode { ["k"] = text })).IsEqualTo($"k: {expected}\n");

    [Test]
    public async Task Maps_and_lists_are_blocks_and_lists_of_words_stand_on_one_line()
    {
        var document = new MapNode
        {
            ["on"] = new MapNode
            {
                ["empty"] = new MapNode(),
                ["nothing"] = new ListNode(),
                ["left out"] = null,
                ["null"] = Node.Null,
            },
            ["steps"] = ListNode.Of(
                new MapNode { ["a"] = 1, ["b"] = ListNode.Of("x", "2", true) },
                new MapNode { ["c"] = new MapNode { ["d"] = -5 } },
                "e"),
        };

        await Assert.That(YamlText.Write(document)).IsEqualTo("""
            "on":
              empty: {}
              nothing: []
              "null": null
            steps:
              - a: 1
                b: [x, "2", true]
              - c:
                  d: -5
              - e

            """);
    }

    [Test]
    public async Task A_script_is_a_literal_block() =>
        await Assert.That(YamlText.Write(new MapNode { ["run"] = "if true; then\n  echo \"$x\"\n\nfi\n" })).IsEqualTo("""
            run: |
              if true; then
                echo "$x"

              fi

            """);

    [Test]
    [Arguments("a\nb", DisplayName = "no line end at the end")]
    [Arguments(" a\nb\n", DisplayName = "a blank at the beginning")]
    [Arguments("a\u0007\nb\n", DisplayName = "a control character")]
    [Arguments("a\n\n", DisplayName = "two line ends at the end")]
    public async Task Lines_that_a_block_would_change_are_quoted(string text) =>
        await Assert.That(YamlText.Write(new MapNode { ["run"] = text })).StartsWith("run: \"");
}
