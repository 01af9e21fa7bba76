using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Content;

/// <summary>
/// The browser moves its mouse to the corner of a new view, and gives it the focus, some time while the page loads. No page gets the mouse,
/// and every page has the focus from its first script on.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class PageInputTests(NativeBinary helios)
{
    private static readonly int[] s_green = [0, 128, 0];

    /// <summary>Each turns red, or stays so, where it goes wrong.</summary>
    [Test]
    [Arguments("<style>html { background: green; height: 100% } html:hover { background: red }</style>", "screenshot")]
    [Arguments("<style>html { background: green; height: 100% } html:hover { background: red }</style>", "paint")]
    [Arguments(
        "<body style='background: green'><script>for (const type of ['mousemove', 'mouseover', 'pointermove', 'pointerrawupdate']) addEventListener(type, () => { document.body.style.background = 'red'; }, true);</script>",
        "screenshot"
    )]
    [Arguments(
        "<body style='margin: 0'><iframe style='border: 0; width: 320px; height: 180px' srcdoc='<style>html { background: green; height: 100% } html:hover { background: red }</style>'></iframe>",
        "screenshot"
    )]
    [Arguments(
        "<body style='background: red'><script>if (document.hasFocus()) document.body.style.background = 'green'; addEventListener('focus', () => { document.body.style.background = 'red'; });</script>",
        "screenshot"
    )]
    [Arguments(
        "<style>input { position: absolute; inset: 0; border: 0; background: red; caret-color: transparent; outline: 0 } input:focus { background: green }</style><input autofocus>",
        "screenshot"
    )]
    public async Task A_page_has_the_focus_and_no_mouse(string page, string capture)
    {
        using var place = new RenderPlace(helios, "<!doctype html>" + page);
        await place.PlanAsync("--frames", "40", "--capture", capture);

        (await place.Render("-q")).Succeeded();

        for (int frame = 0; frame < 40; frame += 13)
        {
            byte[] pixels = await Video.DecodeAsync(place.FileOf(0), frame);
            await Assert.That(Video.DistanceAt(pixels, 160, 90, s_green)).IsLessThanOrEqualTo(3);
        }
    }
}
