using System.IO;
using System.Threading.Tasks;
using Helios.Cli.Options;
using Helios.Jobs;
using Helios.Os.Files;
using Helios.Plan;
using Helios.Tests.Support;

namespace Helios.Tests.Plan;

internal sealed class FontPlannerTests
{
    [Test]
    public async Task A_directory_fonts_beside_the_composition_is_taken_when_it_has_font_files()
    {
        using TemporaryDirectory folder = Prepare();
        await Assert.That(Plan(folder, null, isPortable: false)).IsNull();

        folder.Add("site/fonts/web.woff2", "w");
        await Assert.That(Plan(folder, null, isPortable: false)).IsNull();

        folder.Add("site/fonts/deep/A.TTF", "a");
        await Assert.That(Plan(folder, null, isPortable: false)!.Directory).IsEqualTo(folder["site/fonts"]);
        await Assert.That(Plan(folder, null, isPortable: true)!.Directory).IsEqualTo("site/fonts");
    }

    [Test]
    public async Task The_digest_covers_names_and_bytes_and_nothing_else()
    {
        using TemporaryDirectory folder = Prepare();
        folder.Add("site/fonts/a.ttf", "a");
        string first = Plan(folder, null, isPortable: false)!.Digest;

        folder.Add("site/fonts/readme.txt", "a");
        string same = Plan(folder, "site/fonts/", isPortable: true)!.Digest;
        folder.Add("site/fonts/a.ttf", "b");
        string bytes = Plan(folder, null, isPortable: false)!.Digest;
        File.Move(folder["site/fonts/a.ttf"], folder["site/fonts/b.ttf"]);
        string name = Plan(folder, null, isPortable: false)!.Digest;

        await Assert.That(same).IsEqualTo(first);
        await Assert.That(bytes).IsNotEqualTo(first);
        await Assert.That(name).IsNotEqualTo(bytes);
    }

    [Test]
    public async Task What_cannot_be_used_is_refused()
    {
        using TemporaryDirectory folder = Prepare();
        folder.Add("site/fonts/web.woff2", "w");
        Directory.CreateDirectory(folder["other"]);
        folder.Add("other/a.ttf", "a");

        await Assert
            .That(Refusal.TextOf(() => Plan(folder, "site/fonts", isPortable: false)))
            .IsEqualTo(
                "66: the directory has no font files (.ttf, .otf, .ttc, .otc) (--fonts site/fonts); name a directory with some; web fonts (.woff2) are for @font-face"
            );
        await Assert.That(Refusal.TextOf(() => Plan(folder, "none", isPortable: false))).Contains("66: the directory has no font files");
        await Assert
            .That(Refusal.TextOf(() => Plan(folder, "other", isPortable: true, job: "site/job.json")))
            .IsEqualTo(
                $"64: with --portable fonts stay below the job file's directory, but \"{folder["other"]}\" is not (--fonts); put the job file above it, or leave --portable out"
            );
    }

    private static TemporaryDirectory Prepare()
    {
        var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder["site/fonts/deep"]);
        folder.Add("site/page.html", "abc");
        return folder;
    }

    private static FontFolder? Plan(TemporaryDirectory folder, string? fonts, bool isPortable, string job = "job.json") =>
        JobPlanner
            .Plan(
                new ExportArguments
                {
                    Composition = "site/page.html",
                    Output = "site/out.mp4",
                    Fonts = fonts,
                    IsPortable = isPortable,
                    Job = job,
                }.ToRequest(),
                folder.FullPath,
                InputFile.OpenFile)
            .Spec.RenderOptions.Fonts;
}
