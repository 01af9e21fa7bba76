using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Content;

/// <summary>A job may bring its fonts, and text that is drawn in another font than it names is said or refused (docs/fonts.md).</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class JobFontTests(NativeBinary helios)
{
    private const string Folder = "/usr/share/fonts/truetype/dejavu/"; // of fonts-dejavu-core

    private const string Named = "the page's text names fonts that are not here: No Such Font (drawn in DejaVu Serif)";

    private const string Fix = "; give their files with --fonts DIR, or in a directory fonts next to the page\n";

    private const string Missing = "<!doctype html><p style='font-family: \"No Such Font\", \"DejaVu Serif\", serif'>Text</p>";

    [Test]
    [Arguments("fonts", DisplayName = "beside the page")]
    [Arguments("my 'own' & <fonts>", DisplayName = "in a directory that is named")]
    public async Task A_family_comes_from_the_job_alone(string name)
    {
        using var place = new RenderPlace(helios, Page("font-family: 'DejaVu Sans'"));
        string folder = place.Directory.CreateFolder(name);
        string wanted = await StillAsync(place, "font-family: 'DejaVu Sans'; font-weight: bold");
        string usual = await StillAsync(place, "font-family: 'DejaVu Sans'");

        File.Copy(Folder + "DejaVuSans-Bold.ttf", Path.Combine(folder, "Only.ttf")); // the one weight that there is now
        string got =
            name == "fonts"
                ? await StillAsync(place, "font-family: 'DejaVu Sans'")
                : await StillAsync(place, "font-family: 'DejaVu Sans'", "--fonts", name);

        await Assert.That(usual).IsNotEqualTo(wanted);
        await Assert.That(got).IsEqualTo(wanted);
    }

    [Test]
    public async Task The_fonts_of_a_job_are_pinned_and_sealed()
    {
        using var place = new RenderPlace(helios, Page("font-family: 'DejaVu Sans'"));
        string folder = place.Directory.CreateFolder("fonts");
        File.Copy(Folder + "DejaVuSans-Bold.ttf", Path.Combine(folder, "Only.ttf"));
        await place.PlanAsync("--frames", "2", "--portable", "-o", "out.mp4");

        (await place.Render("-q")).Succeeded();
        await Assert
            .That(
                System.Text.Json.Nodes.JsonNode.Parse(place.Directory.Read("temp_j_part_0.mov.json"))!["seal"]!["fonts"]!
                    .AsArray()
                    .Select(font => (string)font!["name"]!))
            .Contains("fonts/Only.ttf");

        File.Copy(Folder + "DejaVuSerif.ttf", Path.Combine(folder, "Other.ttf"));
        RunResult changed = await place.Render("-q", "--force");
        await Assert.That(RenderPlace.Said(changed)).Contains("the fonts changed since the job was planned");
        await Assert.That(changed.ExitCode).IsEqualTo(65);
        (await place.Render("-q", "--force", "--allow-changed")).Succeeded();

        Directory.Delete(folder, recursive: true);
        RunResult gone = await place.Render("-q", "--force");
        await Assert.That(RenderPlace.Said(gone)).Contains("the job's fonts are not there");
        await Assert.That(gone.ExitCode).IsEqualTo(66);
    }

    [Test]
    public async Task A_font_that_is_missing_is_said_once()
    {
        using var place = new RenderPlace(helios, Missing + "<i style='font-family: \"no such font\"'>Text</i>");
        await place.PlanAsync("--frames", "2");

        RunResult result = (await place.Render("-q")).Succeeded();

        await Assert.That(RenderPlace.Said(result)).IsEqualTo($"helios: {Named} (loading https://composition.helios/page.html){Fix}");
    }

    [Test]
    [Arguments("<!doctype html><style>@font-face { font-family: Web; src: url(web.ttf) }</style><p style='font-family: Web'>Text</p>",
        DisplayName = "a web font")]
    [Arguments("<!doctype html><p>Text</p>", DisplayName = "no font at all")]
    [Arguments("<!doctype html><p style='font-family: system-ui, -apple-system, BlinkMacSystemFont, sans-serif'>Text</p>",
        DisplayName = "generic families")]
    [Arguments("<!doctype html><p style='font-family: \"DejaVu Sans\"'>漢字</p>", DisplayName = "a font that lacks the letters")]
    [Arguments("<!doctype html><p style='font-family: \"No Such Font\"'> </p><style>p { font-family: Other }</style>",
        DisplayName = "no text")]
    public async Task A_font_that_is_there_is_not_missing(string page)
    {
        using var place = new RenderPlace(helios, page);
        place.Directory.Write("web.ttf", File.ReadAllBytes(Folder + "DejaVuSerif.ttf"));
        await place.PlanAsync("--frames", "2", "--strict-fonts");

        RunResult result = (await place.Render("-q")).Succeeded();

        await Assert.That(RenderPlace.Said(result)).IsEqualTo("");
    }

    [Test]
    [Arguments(Missing, "loading https://composition.helios/page.html", DisplayName = "from the start")]
    [Arguments(
        "<!doctype html><script>setTimeout(() => { document.body.innerHTML = '<p style=\"font-family: No Such Font, DejaVu Serif\">Text</p>'; }, 100)</script>",
        "frame 9 of https://composition.helios/page.html", DisplayName = "later")]
    public async Task With_strict_fonts_a_missing_one_is_65(string page, string where)
    {
        using var place = new RenderPlace(helios, page);
        await place.PlanAsync("--frames", "10", "--strict-fonts");

        RunResult result = await place.Render("-q");

        await Assert.That(RenderPlace.Said(result)).IsEqualTo($"helios: {Named} ({where}){Fix}");
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    private static string Page(string style) => $"<!doctype html><body style=\"margin:0;font-size:60px;{style}\">Text";

    private static async Task<string> StillAsync(RenderPlace place, string style, params string[] options)
    {
        place.Directory.Write("page.html", Page(style));
        (
            await place.Run([
                "render", "page.html", "--still", "0", "--width", $"{RenderPlace.Width}", "--height", $"{RenderPlace.Height}", "-o",
                "still.png", "-q", .. options,
            ])
        ).Succeeded();
        return System.Convert.ToHexString(
            System.Security.Cryptography.SHA256.HashData(await Video.DecodeAsync(place.Directory.PathOf("still.png"), 0)));
    }
}
