using System.Text;
using System.Threading.Tasks;
using Helios.Page;

namespace Helios.Tests.Page;

internal sealed class PageConsoleTests
{
    [Test]
    [Arguments("""[{"type":"string","value":"a text"}]""", "a text")]
    [Arguments("""[{"type":"string","value":"n is"},{"type":"number","value":4.5,"description":"4.5"},{"type":"boolean","value":true}]""",
        "n is 4.5 true")]
    [Arguments("""[{"type":"object","subtype":"error","description":"Error: broken\n    at https://x/"}]""", "Error: broken")]
    [Arguments(
        """[{"type":"object","description":"Object","preview":{"properties":[{"value":"]"}]}},{"type":"undefined"},{"type":"object","subtype":"null","value":null}]""",
        "Object undefined null")]
    [Arguments("[]", "")]
    [Arguments("", "")]
    public async Task Arguments_are_one_line(string json, string text) =>
        await Assert.That(PageConsole.TextOf(Encoding.UTF8.GetBytes(json))).IsEqualTo(text);
}
