using System;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using CsCheck;
using Helios.Page;
using Helios.Tests.Support;

namespace Helios.Tests.Page;

internal sealed class PageScriptsTests
{
    [Test]
    public async Task The_seed_and_the_props_are_filled_in()
    {
        string script = Make("""{"title":"it's </script>"}""");

        await Assert.That(script).Contains("generator(4294967295)");
        await Assert.That(script).Contains("""JSON.parse("{\u0022title\u0022:\u0022it\u0027s \u003C/script\u003E\u0022}")""");
    }

    [Test]
    public async Task Props_that_look_like_a_place_to_fill_in_stay_as_they_are()
    {
        string script = Make("""{"a":"@SEED@"}""");

        await Assert.That(script).Contains("""JSON.parse("{\u0022a\u0022:\u0022@SEED@\u0022}")""");
    }

    [Test]
    public void Any_text_is_a_string_of_JavaScript_on_one_line() => Gens.Text.Sample(text =>
    {
        string quoted = PageScripts.Quote(text);

        return JsonSerializer.Deserialize<string>(quoted) == text
            && quoted.AsSpan(1, quoted.Length - 2).IndexOfAny("\"\n\r\u2028\u2029<") < 0;
    },
            iter: 300);

    private static string Make(string props) =>
        PageScripts.Make(Specs.Options with { Seed = uint.MaxValue, Props = Encoding.UTF8.GetBytes(props) }, hasHtmlInCanvas: false);
}
