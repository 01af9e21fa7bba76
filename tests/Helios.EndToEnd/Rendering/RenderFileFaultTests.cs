using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Rendering;

/// <summary>
/// Files of the project that are gone, have changed, are too large or are no files: each has its exit code and one message.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class RenderFileFaultTests(NativeBinary helios)
{
    private const string Fine = "<!doctype html><body style='margin:0;background:#0f0'>";

    [Test]
    public async Task A_page_that_is_gone_is_66()
    {
        using var place = new RenderPlace(helios, Fine);
        await place.PlanAsync("--frames", "5");
        File.Delete(place.Directory.PathOf("page.html"));

        RunResult result = await place.Render();

        await Assert
            .That(RenderPlace.Said(result))
            .IsEqualTo(
                $"helios: the file cannot be read: no such file or directory ({place.Directory.PathOf("page.html")}); check the path and its permissions\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(66);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_page_that_changed_since_it_was_planned_is_65_unless_that_is_allowed()
    {
        using var place = new RenderPlace(helios, Fine);
        await place.PlanAsync("--frames", "5");
        place.Directory.Write("page.html", Fine + "<p>changed");

        RunResult result = await place.Render();
        IReadOnlyList<string> remains = await place.FindRemainsAsync();
        RunResult allowed = await place.Render("--allow-changed");

        await Assert
            .That(RenderPlace.Said(result))
            .Matches(
                $"^helios: the composition changed since the job was planned \\({place.Directory.PathOf("page.html")}\\); [^\n]*--allow-changed\n$"
            );
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(remains).IsEmpty();
        await Assert.That((int)place.ReceiptOf(0)["frameCount"]!).IsEqualTo(allowed.ExitCode + 5);
    }

    [Test]
    public async Task A_page_that_goes_to_a_file_stays_where_it_is()
    {
        using var place = new RenderPlace(
            helios,
            "<!doctype html><body style='margin:0;background:#0f0'><script>setTimeout(() => { location = 'file:///etc/hostname'; }, 100)</script>"
        );
        await place.PlanAsync("--frames", "10");

        RunResult result = await place.Render();

        await Assert.That(result.Succeeded().Stdout).IsEmpty(); // the browser does not let it, as on any site
        await Assert.That(Video.PixelAt(await Video.DecodeAsync(place.FileOf(0), 9), 160, 90)[1]).IsGreaterThan(250);
    }

    [Test]
    [Arguments("<img src='large.svg'>", 65, DisplayName = "as an image")]
    [Arguments(
        "<script>fetch('large.svg').then(answer => { document.body.style.background = answer.status === 413 ? '#0f0' : '#f00'; })</script>",
        0, DisplayName = "by a script")]
    public async Task A_file_that_is_too_large_for_one_message_is_named(string content, int exitCode)
    {
        using var place = new RenderPlace(helios, "<!doctype html><body style='margin:0'>" + content);
        using (FileStream file = File.Create(place.Directory.PathOf("large.svg"))) file.SetLength(80 * 1024 * 1024);
        await place.PlanAsync("--frames", "3");

        RunResult result = await place.Render();

        await Assert
            .That(RenderPlace.Said(result))
            .StartsWith("helios: the page " + (exitCode == 0 ? "asked for" : "needs") + " https://composition.helios/large.svg ");
        await Assert
            .That(RenderPlace.Said(result))
            .Contains("it: it is too large to be fetched whole: 80 MiB, at most 72 (loading https://composition.helios/page.html)");
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        if (exitCode == 0) await Assert.That(Video.PixelAt(await Video.DecodeAsync(place.FileOf(0), 2), 160, 90)[1]).IsGreaterThan(250);
        else await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_file_that_just_fits_into_one_message_arrives()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><body style="margin:0"><script>
            fetch("large.bin").then(async answer => { document.body.style.background = (await answer.arrayBuffer()).byteLength === 72 << 20 ? "#0f0" : "#f00"; });
            </script>
            """);
        using (FileStream file = File.Create(place.Directory.PathOf("large.bin"))) file.SetLength(72 * 1024 * 1024);
        await place.PlanAsync("--frames", "3");

        (await place.Render()).Succeeded();

        await Assert.That(Video.PixelAt(await Video.DecodeAsync(place.FileOf(0), 2), 160, 90)[1]).IsGreaterThan(250);
    }

    [Test]
    [Arguments("folder", "it is a directory without index.html")]
    [Arguments("folder/", "it is a directory without index.html")]
    [Arguments("huge.svg", "it is too large to be fetched whole: 3072 MiB, at most 72")]
    [Arguments("page.html/x.png", "no such file")]
    [Arguments("%00.png", "no such file")]
    public async Task An_asset_that_is_none_is_named(string url, string reason)
    {
        using var place = new RenderPlace(helios, $"<!doctype html><img src='{url}'>");
        place.Directory.CreateFolder("folder");
        using (FileStream file = File.Create(place.Directory.PathOf("huge.svg"))) file.SetLength(3L << 30);
        await place.PlanAsync("--frames", "3");

        RunResult result = await place.Render();

        await Assert
            .That(RenderPlace.Said(result))
            .IsEqualTo(
                $"helios: the page needs https://composition.helios/{url} (Image) and does not get it: {reason} "
                    + "(loading https://composition.helios/page.html); add the file, correct its name, or choose another project directory with --root\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments("delete", 75, "the file changed while the page was reading it (")]
    [Arguments("cut", 75, "the file changed while the page was reading it (")]
    [Arguments("write", 75, "the file changed while the page was reading it (")]
    public async Task An_asset_that_changes_while_the_page_is_rendered_ends_it(string action, int exitCode, string message)
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><body style="margin:0"><script>
            let n = 0;
            const step = () => { document.body.replaceChildren(Object.assign(new Image(), { src: `asset.svg?${n++}` })); requestAnimationFrame(step); };
            requestAnimationFrame(step);
            </script>
            """
        );
        const string Picture =
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9' fill='#0f0'/></svg>";
        string asset = place.Directory.Write("asset.svg", Picture);
        await place.PlanAsync("--frames", "2000");

        RunResult result = await place.DisturbAsync(_ =>
        {
            if (action == "delete") File.Delete(asset);
            else if (action == "cut") File.WriteAllText(asset, Picture[..20]);
            else File.WriteAllText(asset, Picture.Replace("#0f0", "#00f", StringComparison.Ordinal));
            return Task.CompletedTask;
        });

        await Assert.That(RenderPlace.Said(result)).StartsWith("helios: " + message);
        await Assert.That(RenderPlace.Said(result).Count(c => c == '\n')).IsEqualTo(1);
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }
}
