using System;
using System.IO;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Browsers;

/// <summary>
/// Browsers that Puppeteer and Playwright have downloaded, found and used. The installed one, which would come first, is hidden: commands
/// run where its directory is empty, and it stands in the home instead, as a newer browser.
/// </summary>
[ClassDataSource<NativeBinary, OlderBrowser>(Shared = [SharedType.PerTestSession, SharedType.PerTestSession])]
[Category("Browser")]
[Timeout(120_000)]
public sealed class CachedBrowserTests(NativeBinary helios, OlderBrowser older)
{
    private const string Older = "HeadlessChrome/" + OlderBrowser.Version;

    [Test]
    public async Task The_newest_of_Puppeteers_that_will_do_is_used()
    {
        using HiddenBrowser home = await PrepareAsync();
        home.AddPuppeteer(".cache/puppeteer", "140.0.7339.207", older.Path);
        home.AddPuppeteer(".cache/puppeteer", OlderBrowser.Version, older.Path);
        home.AddPuppeteer(".cache/puppeteer", "150.0.1.2", home.Installed);
        home.Directory.CreateFolder(".cache/puppeteer/chrome-headless-shell/linux-999.0.1.2"); // not unpacked yet

        RunResult doctor = await home.Run("doctor");

        await Assert
            .That(doctor.Stdout)
            .Matches(
                $"(^|\n)ok +browser: {home.Directory.Path}/[^\n]*-150.0.1.2/[^\n]*, downloaded by Puppeteer, the newest of 2 in caches\n");
        await Assert.That(await home.RenderAsync()).IsEqualTo(home.InstalledVersion);
    }

    [Test]
    [Arguments(true, "HOME", ".cache/ms-playwright")]
    [Arguments(true, "XDG_CACHE_HOME", "caches/ms-playwright")]
    [Arguments(true, "PLAYWRIGHT_BROWSERS_PATH", "browsers")]
    [Arguments(false, "HOME", ".cache/ms-playwright")]
    public async Task Playwrights_is_used_where_it_is_whole_and_newer(bool isWhole, string variable, string cache)
    {
        using HiddenBrowser home = await PrepareAsync();
        home.AddPuppeteer(".cache/puppeteer", OlderBrowser.Version, older.Path);
        home.AddPlaywright(cache, 1234, home.Installed, isWhole);
        string value = home.Directory.PathOf(variable == "XDG_CACHE_HOME" ? "caches" : variable == "HOME" ? "" : cache);

        string version = await home.RenderAsync((variable, value));

        await Assert.That(version).IsEqualTo(isWhole ? home.InstalledVersion : Older);
    }

    [Test]
    public async Task An_older_one_of_Playwright_is_not_used()
    {
        using HiddenBrowser home = await PrepareAsync();
        home.AddPuppeteer("own", "150.0.1.2", home.Installed);
        home.AddPlaywright(".cache/ms-playwright", 1234, older.Path, isWhole: true);

        await Assert.That(await home.RenderAsync(("PUPPETEER_CACHE_DIR", home.Directory.PathOf("own")))).IsEqualTo(home.InstalledVersion);
        await Assert.That(await home.RenderAsync()).IsEqualTo(Older);
    }

    [Test]
    [Arguments("CHROME_PATH")]
    [Arguments("PUPPETEER_EXECUTABLE_PATH")]
    public async Task What_a_variable_names_comes_before_a_newer_one(string variable)
    {
        using HiddenBrowser home = await PrepareAsync();
        home.AddPuppeteer(".cache/puppeteer", "150.0.1.2", home.Installed);

        await Assert.That(await home.RenderAsync((variable, older.Path))).IsEqualTo(Older);
    }

    [Test]
    public async Task Where_none_will_do_the_reason_is_said()
    {
        using HiddenBrowser home = await PrepareAsync();
        home.AddPuppeteer(".cache/puppeteer", "140.0.7339.207", older.Path);

        RunResult result = await home.Run("render-chunk", "job.json", "--index", "0", "--force");

        await Assert
            .That(result.Stderr)
            .StartsWith("helios: there is no browser that will do: it is version 140, and helios needs 143 or later (")
            .And.Contains("; install one with npx @puppeteer/browsers install chrome-headless-shell@stable");
        await Assert.That(result.ExitCode).IsEqualTo(69);
    }

    private Task<HiddenBrowser> PrepareAsync() => HiddenBrowser.PrepareAsync(helios);
}
