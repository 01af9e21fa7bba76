using System.IO;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Os;
using Helios.Os.Files;
using Helios.Page;
using Helios.Page.Requests;
using Helios.Plan;
using Helios.Tests.Support;

namespace Helios.Tests.Page;

internal sealed class CompositionSourceTests
{
    private const string Digest = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // of abc, FIPS 180-4

    [Test]
    [Arguments("a.html", null, "a.html", "", DisplayName = "its own directory is the root")]
    [Arguments("sub/a.html", null, "a.html", "/sub", DisplayName = "the directory of the file, not of the job")]
    [Arguments("sub/a.html", ".", "sub/a.html", "", DisplayName = "a root above it")]
    [Arguments("sub/a%20b.html", ".", "sub/a%20b.html", "", DisplayName = "blank")]
    [Arguments("link.html", null, "a.html", "/sub", DisplayName = "a link is followed")]
    [Arguments("a.html", "linked-root", "a.html", "", DisplayName = "the root may be a link")]
    public async Task A_local_page_has_a_URL_below_its_root(string composition, string? root, string url, string directory)
    {
        using var folder = NewProject();

        CompositionSource source = CompositionSource.Find(
            SpecOf(composition),
            SettingsOf(folder) with
            {
                Root = root is null ? null : folder[root],
            });

        await Assert
            .That(source)
            .IsEqualTo(new CompositionSource(CompositionServer.Origin + url, RealPath.Of(folder.FullPath) + directory));
    }

    [Test]
    public async Task A_file_URL_does_not_depend_on_the_work_directory()
    {
        using var folder = NewProject();

        CompositionSource source = CompositionSource.Find(
            SpecOf(CompositionUrl.FromPath(folder["sub/a b.html"])),
            SettingsOf(folder) with
            {
                Directory = "/",
            });

        await Assert.That(source.Url).IsEqualTo(CompositionServer.Origin + "a%20b.html");
    }

    [Test]
    public async Task A_page_on_the_net_keeps_its_URL_and_has_no_root()
    {
        using var folder = NewProject();

        CompositionSource source = CompositionSource.Find(SpecOf("https://example.com/a.html?b#c"), SettingsOf(folder));

        await Assert.That(source).IsEqualTo(new CompositionSource("https://example.com/a.html?b#c", ""));
    }

    [Test]
    public async Task Offline_a_page_on_the_net_is_refused()
    {
        using var folder = NewProject();

        await Assert
            .That(
                Refusal.TextOf(() => CompositionSource.Find(SpecOf("https://example.com/"), SettingsOf(folder) with { IsOffline = true })))
            .IsEqualTo(
                "64: the composition is on the net: https://example.com/ (--offline); leave --offline out, or plan the job with a local copy"
            );
    }

    [Test]
    [Arguments("<canvas layoutsubtree>", "", true, DisplayName = "the page names it")]
    [Arguments("context.drawElementImage(box, 0, 0)", "", true, DisplayName = "by another name")]
    [Arguments("""<div data-composition-src="parts/b.html">""", "<canvas layoutsubtree>", true, DisplayName = "a composition in it does")]
    [Arguments("<div data-composition-src='/parts/b.html'>", "<canvas layoutsubtree>", true, DisplayName = "one from the root")]
    [Arguments("""<div data-composition-src="parts/b.html">""",
        """<p data-composition-src="parts/c.html"><p data-composition-src="a%20b.html">""", true,
        DisplayName = "one in that, which names the page, too")]
    [Arguments("""<div data-composition-src="parts/b.html">""", """<p data-composition-src="c.html">""", false,
        DisplayName = "one beside that, which the page would look for beside itself")]
    [Arguments("<div DATA-COMPOSITION-SRC = parts/./b.html?v=2>", "<canvas layoutsubtree>", true, DisplayName = "one that is not quoted")]
    [Arguments("""<div data-composition-src=" ./parts/x/../d%20e.html#x ">""", "", true, DisplayName = "one with escapes")]
    [Arguments("""<div data-composition-src="parts/b.html">""", "<canvas>", false, DisplayName = "nobody does")]
    [Arguments("<div data-composition-src=\"../outside.html\"><div data-composition-src=\"", "", false,
        DisplayName = "a composition outside the project")]
    public async Task HTML_in_canvas_is_there_for_pages_that_name_it(string page, string part, bool isThere)
    {
        using var folder = NewProject();
        folder.Add("sub/a b.html", page);
        Directory.CreateDirectory(folder["sub/parts"]);
        folder.Add("sub/parts/b.html", part);
        folder.Add("sub/parts/c.html", "texElementImage2D");
        folder.Add("sub/parts/d e.html", "<canvas layoutsubtree>");
        folder.Add("outside.html", "layoutsubtree");
        JobSpec spec = SpecOf("sub/a%20b.html");
        RenderSettings settings = SettingsOf(folder) with { Root = folder["sub"], AllowsChanged = true };

        await Assert.That(CompositionSource.Find(spec, settings).HasHtmlInCanvas).IsEqualTo(isThere);
        string refusal = isThere
            ? Refusal.TextOf(() =>
                CompositionSource.Find(spec with { RenderOptions = spec.RenderOptions with { Capture = CaptureMode.Paint } }, settings))
            : "";
        await Assert
            .That(refusal)
            .IsEqualTo(isThere
                ? "65: the page draws HTML in a canvas element, which cannot be captured by paint "
                    + $"({RealPath.Of(folder["sub/a b.html"])}); plan the job with --capture screenshot"
                : "");
    }

    [Test]
    public async Task A_page_that_changed_since_it_was_planned_is_refused()
    {
        using var folder = NewProject();
        string path = folder.Add("a.html", "abd");

        await Assert
            .That(Refusal.TextOf(() => CompositionSource.Find(SpecOf("a.html"), SettingsOf(folder))))
            .IsEqualTo(
                $"65: the composition changed since the job was planned ({path}); plan the job again, or render what is there with --allow-changed"
            );
    }

    [Test]
    public async Task A_changed_page_may_be_allowed()
    {
        using var folder = NewProject();
        _ = folder.Add("a.html", "abd");

        await Assert
            .That(CompositionSource.Find(SpecOf("a.html"), SettingsOf(folder) with { AllowsChanged = true }).Url)
            .IsEqualTo(CompositionServer.Origin + "a.html");
    }

    [Test]
    public async Task A_missing_page_is_refused_even_if_changes_are_allowed()
    {
        using var folder = NewProject();

        await Assert
            .That(Refusal.TextOf(() => CompositionSource.Find(SpecOf("gone.html"), SettingsOf(folder) with { AllowsChanged = true })))
            .IsEqualTo(
                $"66: the file cannot be read: no such file or directory ({folder["gone.html"]}); check the path and its permissions");
    }

    [Test]
    [Arguments("a.html", "sub", "a.html", "sub", DisplayName = "beside the root")]
    [Arguments("link.html", "other", "sub/a.html", "other", DisplayName = "through a link")]
    [Arguments("sub/a.html", "su", "sub/a.html", "su", DisplayName = "a root whose name begins alike")]
    [Arguments("a.html", "a.html", "a.html", "a.html", DisplayName = "the page itself as root")]
    public async Task A_page_outside_the_root_is_refused(string composition, string root, string file, string realRoot)
    {
        using var folder = NewProject();
        string real = RealPath.Of(folder.FullPath)!;

        await Assert
            .That(Refusal.TextOf(() => CompositionSource.Find(SpecOf(composition), SettingsOf(folder) with { Root = folder[root] })))
            .IsEqualTo(
                $"64: the composition {real}/{file} is outside the project directory {real}/{realRoot} (--root); name a directory above it"
            );
    }

    [Test]
    public async Task A_missing_root_is_refused()
    {
        using var folder = NewProject();

        await Assert
            .That(Refusal.TextOf(() => CompositionSource.Find(SpecOf("a.html"), SettingsOf(folder) with { Root = folder["gone"] })))
            .IsEqualTo($"66: the directory does not exist (--root {folder["gone"]}); create it or name another");
    }

    private static TemporaryDirectory NewProject()
    {
        var folder = new TemporaryDirectory();
        foreach (string directory in (string[])["sub", "su", "other"]) Directory.CreateDirectory(folder[directory]);
        foreach (string file in (string[])["a.html", "sub/a.html", "sub/a b.html"]) _ = folder.Add(file, "abc");
        File.CreateSymbolicLink(folder["link.html"], "sub/a.html");
        Directory.CreateSymbolicLink(folder["linked-root"], ".");
        return folder;
    }

    private static JobSpec SpecOf(string composition) => Specs.Spec with { Composition = composition, CompositionDigest = Digest };

    private static RenderSettings SettingsOf(TemporaryDirectory folder) => new()
    {
        Directory = folder.FullPath,
        Browser = new("", null, ""),
        EncoderPath = "",
        FrameTimeout = 1,
        ReadyTimeout = 1,
        Interrupts = null!,
        Warn = static _ => { },
    };
}
