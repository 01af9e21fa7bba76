using System.IO;
using System.Threading.Tasks;
using Helios.Cli.Options;
using Helios.Os.Files;
using Helios.Plan;
using Helios.Tests.Support;

namespace Helios.Tests.Plan;

internal sealed class RootPlannerTests
{
    [Test]
    [Arguments("""<script src="/assets/a.js"></script>""", "dist", DisplayName = "a name from the root")]
    [Arguments("""<script src=/assets/a.js></script>""", "dist", DisplayName = "a name without quotes")]
    [Arguments("""<style>p { background: url(/assets/a.js) }</style>""", "dist", DisplayName = "a name in a style")]
    [Arguments("""<script type=module>import "/assets/a.js?v=1#x"</script>""", "dist", DisplayName = "a name in a script")]
    [Arguments("""<script src="/assets/%61.js"></script>""", "dist", DisplayName = "a name with escapes")]
    [Arguments("""<script src="../shared.js"></script>""", "dist/pages", DisplayName = "a name above the page")]
    [Arguments("""<script src="../../../lib/b.js"></script>""", ".", DisplayName = "a name far above the page")]
    [Arguments("""<script src="/assets/a.js"></script><script src="/dist/assets/a.js"></script><script src="/lib/b.js"></script>""", ".",
        DisplayName = "most names")]
    [Arguments("""<script src="own.js"></script><script src="/own.js"></script>""", null, DisplayName = "what lies beside the page")]
    [Arguments("""<script src="/none.js"></script><script src="../none.js"></script><a href="/"></a>""", null,
        DisplayName = "nothing that is there")]
    [Arguments("""<script src="//cdn.test/assets/a.js"></script><script src="https://cdn.test/../shared.js"></script>""", null,
        DisplayName = "the net")]
    [Arguments("""<base href="../../assets/"><script src="a.js"></script>""", "dist", DisplayName = "a base above the page")]
    [Arguments("""<BASE target=_top href='/assets/'><script src="a.js"></script>""", "dist", DisplayName = "a base from the root")]
    [Arguments("""<base href=../../../lib/x/><script src="../b.js"></script>""", ".", DisplayName = "a name above the base")]
    [Arguments("""<base href="/"><base href="../../assets/"><script src="own.js"></script>""", null, DisplayName = "the first base")]
    [Arguments("""<base href="https://cdn.test/assets/"><script src="a.js"></script>""", null, DisplayName = "a base on the net")]
    [Arguments("""<base href="#"><base href""", null, DisplayName = "a base that names nothing")]
    [Arguments("""<script src="../../../../outside.js"></script>""", null, DisplayName = "what is outside of the project")]
    public async Task The_root_has_what_the_page_names(string text, string? expected)
    {
        using TemporaryDirectory folder = Prepare(text);

        await Assert.That(Plan(folder, null, isPortable: true)).IsEqualTo(expected);
        await Assert
            .That(Plan(folder, null, isPortable: false))
            .IsEqualTo(expected is null ? null : Path.GetFullPath(folder["project/" + expected]).TrimEnd('/'));
    }

    [Test]
    public async Task The_project_may_be_marked_instead_of_the_current_directory()
    {
        using TemporaryDirectory folder = Prepare("""<script src="/assets/a.js"></script>""");
        string page = folder["project/dist/pages/a"];
        await Assert.That(PlanAt(page, null)).IsNull();

        folder.Add("project/package.json", "{}");

        await Assert.That(PlanAt(page, null)).IsEqualTo(folder["project/dist"]);
    }

    [Test]
    public async Task A_root_that_is_named_is_taken_or_refused()
    {
        using TemporaryDirectory folder = Prepare("""<script src="/assets/a.js"></script>""");

        await Assert.That(Plan(folder, ".", isPortable: true)).IsEqualTo(".");
        await Assert.That(Plan(folder, "dist/pages/a/", isPortable: true)).IsNull();
        await Assert
            .That(Refusal.TextOf(() => Plan(folder, "lib", isPortable: false)))
            .IsEqualTo(
                $"64: the composition {folder["project/dist/pages/a/index.html"]} is outside the project directory {folder["project/lib"]} (--root); name a directory above it"
            );
        await Assert
            .That(Refusal.TextOf(() => Plan(folder, "none", isPortable: false)))
            .IsEqualTo("66: the directory does not exist (--root none); create it or name another");
        await Assert
            .That(Refusal.TextOf(() => Plan(folder, "..", isPortable: true)))
            .IsEqualTo(
                $"64: with --portable the page's files stay below the job file's directory, but it reads from {folder.FullPath} (--root); put the job file above it, or leave --portable out"
            );
    }

    [Test]
    public async Task A_page_that_is_a_link_reads_from_beside_its_target()
    {
        using TemporaryDirectory folder = Prepare("""<script src="/assets/a.js"></script>""");
        File.Move(folder["project/dist/pages/a/index.html"], folder["outside.html"]);
        File.CreateSymbolicLink(folder["project/dist/pages/a/index.html"], folder["outside.html"]);

        await Assert.That(Plan(folder, null, isPortable: false)).IsNull();
    }

    private static TemporaryDirectory Prepare(string text)
    {
        var folder = new TemporaryDirectory();
        foreach (string name in (string[])["dist/pages/a", "dist/assets", "lib"])
            Directory.CreateDirectory(folder["project/" + name]);
        foreach (
            string name in (string[])
                [
                    "project/dist/assets/a.js", "project/dist/pages/shared.js", "project/lib/b.js", "project/dist/pages/a/own.js",
                    "outside.js",
                ])
        {
            folder.Add(name, "");
        }

        folder.Add("project/dist/pages/a/index.html", "<!doctype html>" + text);
        return folder;
    }

    private static string? Plan(TemporaryDirectory folder, string? root, bool isPortable) => JobPlanner.Plan(
        new ExportArguments { Composition = "dist/pages/a/index.html", Root = root, IsPortable = isPortable, Job = "job.json" }.ToRequest(),
        folder["project"], InputFile.OpenFile).Spec.Root;

    private static string? PlanAt(string directory, string? root) =>
        JobPlanner
            .Plan(new ExportArguments { Composition = "index.html", Root = root }.ToRequest(), directory, InputFile.OpenFile)
            .Spec.Root;
}
