using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.Browser;
using Helios.Tests.Support;

namespace Helios.Tests.Browser;

internal sealed class BrowserFinderTests
{
    private const string Shell = "chrome-headless-shell-linux64/chrome-headless-shell";

    [Test]
    public async Task An_option_comes_before_every_variable_and_those_in_their_order()
    {
        using var place = new TemporaryDirectory();
        string[] names = ["--browser", "HELIOS_BROWSER", "CHROME_PATH", "PUPPETEER_EXECUTABLE_PATH"];
        foreach (string name in names) Programs.Write(place[name]);
        var variables = names.Skip(1).ToDictionary(name => name, name => place[name]);

        List<string> found = [Describe(BrowserFinder.Find(place[names[0]], variables.GetValueOrDefault, []))];
        foreach (string name in names.Skip(1))
        {
            found.Add(Describe(BrowserFinder.Find(null, variables.GetValueOrDefault, [Programs.Write(place["installed"])])));
            _ = variables.Remove(name);
        }

        await Assert.That(string.Join('\n', found)).IsEqualTo(string.Join('\n', names.Select(name => $"{place[name]} named by {name}")));
    }

    [Test]
    [Arguments("HELIOS_BROWSER")]
    [Arguments("CHROME_PATH")]
    [Arguments("PUPPETEER_EXECUTABLE_PATH")]
    public async Task A_variable_is_an_order(string variable)
    {
        using var place = new TemporaryDirectory();
        string installed = Programs.Write(place["installed"]);
        string? Value(string name) => name == variable ? place["missing"] : null;

        await Assert.That(Refusal.TextOf(() => BrowserFinder.Find(null, Value, [installed])))
            .IsEqualTo($"69: there is no program \"{place["missing"]}\" ({variable}); {BrowserFinder.Fix}");
    }

    [Test]
    public async Task An_empty_variable_names_nothing()
    {
        using var place = new TemporaryDirectory();

        await Assert
            .That(Describe(BrowserFinder.Find(null, _ => "", [Programs.Write(place["installed"])])))
            .IsEqualTo($"{place["installed"]} installed");
    }

    [Test]
    public async Task A_script_that_a_variable_names_is_refused_with_its_name()
    {
        using var place = new TemporaryDirectory();
        string script = Programs.Write(place["google-chrome"], "#!/bin/sh\n"u8.ToArray());

        await Assert
            .That(Refusal.TextOf(() => BrowserFinder.Find(null, name => name == "CHROME_PATH" ? script : null, [])))
            .IsEqualTo(
                $"69: that is a wrapper script, not the browser ({script}, from CHROME_PATH); name the program that it starts with --browser"
            );
    }

    [Test]
    public async Task An_installed_browser_comes_before_those_in_caches()
    {
        using var home = new TemporaryDirectory();
        AddPuppeteer(home, "999.0.1.2");

        await Assert.That(Describe(Find(home, Programs.Write(home["installed"])))).IsEqualTo($"{home["installed"]} installed");
    }

    [Test]
    public async Task Of_Puppeteers_the_newest_that_will_do_is_taken()
    {
        using var home = new TemporaryDirectory();
        foreach (string version in (string[])["143.0.7499.40", "145.0.7632.6", "144.0.7559.96", "99.0.4844.51"])
            AddPuppeteer(home, version);
        File.WriteAllBytes(AddPuppeteer(home, "150.0.1.1"), Programs.Make()[..^1]);
        File.WriteAllBytes(AddPuppeteer(home, "151.0.1.1"), Programs.Make(machine: 8));
        _ = Directory.CreateDirectory(home[".cache/puppeteer/chrome-headless-shell/linux-152.0.1.1"]);
        _ = AddPuppeteer(home, "153.0.1.1");
        _ = home.Add(".cache/puppeteer/chrome-headless-shell/153.0.1.1-chrome-headless-shell-linux64.zip", "");
        _ = Programs.Write(AddPuppeteer(home, "154.0.1.1"), isExecutable: false);

        BrowserProgram found = Find(home);

        await Assert
            .That(Describe(found))
            .IsEqualTo(
                $"{home[".cache/puppeteer/chrome-headless-shell/linux-145.0.7632.6"]}/{Shell} downloaded by Puppeteer, the newest of 3 in caches"
            );
        await Assert
            .That(
                string.Join(
                    '\n',
                    found.Refused.OrderBy(browser => browser.Version).Select(browser => $"{browser.Version!.Major}: {browser.Problem}")))
            .IsEqualTo(
                """
                99: it is version 99, and helios needs 143 or later
                150: it is not fully unpacked
                151: it is for another processor
                152: it is not fully unpacked
                153: it is not fully unpacked
                154: this user may not run it
                """
            );
    }

    [Test]
    [Arguments("chrome-linux/headless_shell", DisplayName = "as of Playwright 1.49")]
    [Arguments(Shell, DisplayName = "as of Playwright 1.57")]
    [Arguments("chrome-headless-shell-linux-arm64/chrome-headless-shell", DisplayName = "on arm64")]
    public async Task Of_Playwrights_the_one_with_the_highest_number_is_taken(string program)
    {
        using var home = new TemporaryDirectory();
        AddPlaywright(home, ".cache/ms-playwright", 998, program);
        AddPlaywright(home, ".cache/ms-playwright", 1200, program);
        AddPlaywright(home, ".cache/ms-playwright", 1210, program);
        AddPlaywright(home, ".cache/ms-playwright", 1211, program, isWhole: false);

        BrowserProgram found = Find(home);

        await Assert
            .That(Describe(found))
            .IsEqualTo(
                $"{home[".cache/ms-playwright/chromium_headless_shell-1210"]}/{program} downloaded by Playwright, the newest of 2 in caches"
            );
        await Assert
            .That(string.Join('\n', found.Refused.OrderBy(browser => browser.Revision).Select(browser => browser.Problem)))
            .IsEqualTo("it is Playwright's build 998, and helios needs 1200 or later\nit is not fully unpacked");
    }

    [Test]
    [Arguments("144.0.1.1", "144.0.1.2", "Playwright", DisplayName = "Playwright's is newer")]
    [Arguments("144.0.1.2", "144.0.1.2", "Puppeteer", DisplayName = "both are the same")]
    [Arguments("144.0.1.2", "99.0.1.2", "Puppeteer", DisplayName = "Puppeteer's is newer")]
    [Arguments("144.0.1.2", null, "Puppeteer", DisplayName = "Playwright's does not start")]
    public async Task Of_both_the_newer_is_taken(string puppeteer, string? playwright, string expected)
    {
        CachedBrowser[] browsers =
        [
            new("/old", "Playwright", null, 1100, null), new("/new", "Playwright", null, 1200, null),
            new("/a", "Puppeteer", Version.Parse("132.0.0.0"), 0, null), new("/b", "Puppeteer", Version.Parse(puppeteer), 0, null),
        ];
        List<string> asked = [];

        CachedBrowser? found = BrowserFinder.Newest(browsers, path =>
        {
            asked.Add(path);
            return playwright is null ? null : Version.Parse(playwright);
        });

        await Assert.That(found!.Owner).IsEqualTo(expected);
        await Assert.That(string.Join(' ', asked)).IsEqualTo("/new");
    }

    [Test]
    public async Task Nothing_is_started_where_one_cache_has_browsers()
    {
        static Version? Ask(string path) => throw new InvalidOperationException("started " + path);

        await Assert.That(BrowserFinder.Newest([new("/a", "Puppeteer", new Version(140, 0), 0, null)], Ask)!.Path).IsEqualTo("/a");
        await Assert.That(BrowserFinder.Newest([new("/a", "Playwright", null, 1200, null)], Ask)!.Path).IsEqualTo("/a");
    }

    [Test]
    public async Task Variables_say_where_the_caches_are()
    {
        using var home = new TemporaryDirectory();
        AddPlaywright(home, "pw", 1148, Shell);
        AddPlaywright(home, ".cache/ms-playwright", 1200, Shell);
        AddPlaywright(home, "xdg/ms-playwright", 1201, Shell);
        Programs.Write(home["pp/chrome-headless-shell/linux-144.0.1.1/" + Shell]);
        AddPuppeteer(home, "150.0.1.1");
        IEnumerable<string> Paths(params (string, string)[] variables)
        {
            var given = variables.ToDictionary(pair => pair.Item1, pair => pair.Item2);
            return new BrowserCaches(name => name == "HOME" ? home.FullPath : given.GetValueOrDefault(name))
                .List()
                .Select(browser => Path.GetRelativePath(home.FullPath, browser.Path).Split('/')[0]);
        }

        await Assert.That(string.Join(' ', Paths())).IsEqualTo(".cache .cache");
        await Assert
            .That(string.Join(' ', Paths(("PUPPETEER_CACHE_DIR", home["pp"]), ("PLAYWRIGHT_BROWSERS_PATH", home["pw"]))))
            .IsEqualTo("pp pw");
        await Assert
            .That(string.Join(' ', Paths(("PUPPETEER_CACHE_DIR", home["nowhere"]), ("PLAYWRIGHT_BROWSERS_PATH", "0"))))
            .IsEqualTo("");
        await Assert.That(string.Join(' ', Paths(("XDG_CACHE_HOME", home["xdg"])))).IsEqualTo(".cache xdg");
    }

    [Test]
    public async Task Without_any_it_says_how_to_get_one()
    {
        using var home = new TemporaryDirectory();

        await Assert
            .That(Refusal.TextOf(() => Find(home, "/nowhere/shell", "no-such-shell")))
            .IsEqualTo(
                $"69: there is no browser: no /nowhere/shell, no-such-shell, none in the caches of Puppeteer and Playwright (PATH); {BrowserFinder.Fix}"
            );
    }

    [Test]
    public async Task If_none_will_do_it_says_why()
    {
        using var home = new TemporaryDirectory();
        string old = AddPuppeteer(home, "99.0.4844.51");

        await Assert
            .That(Refusal.TextOf(() => Find(home)))
            .IsEqualTo(
                $"69: there is no browser that will do: it is version 99, and helios needs 143 or later ({old}); {BrowserFinder.Fix}");
    }

    [Test]
    [Arguments("HeadlessChrome/131.0.6778.33", 131)]
    [Arguments("Chromium/99.0.4844.51", 99)]
    [Arguments("Fake/1.0", null)]
    [Arguments("HeadlessChrome", null)]
    public async Task The_product_tells_the_version(string product, int? version) =>
        await Assert.That(BrowserVersion.MajorOf(product)).IsEqualTo(version);

    [Test]
    [Arguments("Google Chrome for Testing 131.0.6778.204 ", "131.0.6778.204")]
    [Arguments("Chromium 131.0.6778.0 built on Debian 12.1, running on Debian", "131.0.6778.0")]
    public async Task The_answer_to_version_is_read(string text, string version) =>
        await Assert.That(BrowserVersion.Find(text)!.ToString()).IsEqualTo(version);

    private static BrowserProgram Find(TemporaryDirectory home, params string[] usual) =>
        BrowserFinder.Find(null, name => name == "HOME" ? home.FullPath : null, usual);

    private static string Describe(BrowserProgram found) => $"{found.Path} {found.Reason}";

    private static string AddPuppeteer(TemporaryDirectory home, string version) =>
        Programs.Write(home[$".cache/puppeteer/chrome-headless-shell/linux-{version}/{Shell}"]);

    private static void AddPlaywright(TemporaryDirectory home, string cache, int revision, string program, bool isWhole = true)
    {
        _ = Programs.Write(home[$"{cache}/chromium_headless_shell-{revision}/{program}"]);
        if (isWhole) _ = home.Add($"{cache}/chromium_headless_shell-{revision}/INSTALLATION_COMPLETE", "");
    }
}
