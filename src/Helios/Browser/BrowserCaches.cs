using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Helios.Os.Files;
using Helios.Os.Processes;

namespace Helios.Browser;

/// <summary>
/// The browsers that Puppeteer and Playwright have downloaded for this user. Their layouts are those of @puppeteer/browsers 2 and 3
/// and of Playwright 1.49 and later, the first that has a separate browser for screenshots. Nothing is started to look at them.
/// </summary>
/// <param name="valueOf">Value of an environment variable.</param>
internal sealed class BrowserCaches(Func<string, string?> valueOf)
{
    internal const string OfPuppeteer = "Puppeteer", OfPlaywright = "Playwright";

    private const string PuppeteerVariable = "PUPPETEER_CACHE_DIR", PlaywrightVariable = "PLAYWRIGHT_BROWSERS_PATH";
    private const string Shell = "chrome-headless-shell";
    private const string PlaywrightPrefix = "chromium_headless_shell-";
    private const string PlaywrightMark = "INSTALLATION_COMPLETE"; // written after unpacking

    private static readonly string[] s_names = [Shell, "headless_shell", Shell + ".exe", "headless_shell.exe"];

    /// <summary>All of them, whether they will do or not.</summary>
    internal List<CachedBrowser> List()
    {
        var found = new List<CachedBrowser>();
        if (FindPuppeteer() is string puppeteer)
        {
            string folder = Path.Combine(puppeteer, Shell);
            foreach (string place in Folders(folder))
            {
                // <platform>-<version>; the archive stays next to it until all of it is unpacked
                string name = Path.GetFileName(place);
                string version = name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..];
                bool isWhole = FilesOf(folder, $"{version}-{Shell}-*.zip").Length == 0;
                found.Add(Inspect(place, OfPuppeteer, Version.TryParse(version, out Version? parsed) ? parsed : null, 0, isWhole));
            }
        }

        foreach (string place in FindPlaywright() is string playwright ? Folders(playwright) : [])
        {
            string name = Path.GetFileName(place);
            if (!name.StartsWith(PlaywrightPrefix, StringComparison.Ordinal)) continue;
            if (!int.TryParse(name[PlaywrightPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int revision)) continue;
            found.Add(Inspect(place, OfPlaywright, null, revision, File.Exists(Path.Combine(place, PlaywrightMark))));
        }

        return found;
    }

    private string Home => valueOf(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME") ?? "";

    private string? FindPuppeteer()
    {
        if (valueOf(PuppeteerVariable) is { Length: > 0 } given) return CurrentDirectory.Resolve(given);
        return Home.Length == 0 ? null : Path.Combine(Home, ".cache", "puppeteer");
    }

    /// <summary>As Playwright has it; 0 puts browsers into the project's packages, whose place nothing tells.</summary>
    private string? FindPlaywright()
    {
        const string Name = "ms-playwright";
        string? given = valueOf(PlaywrightVariable);
        if (given == "0") return null;
        if (given is { Length: > 0 }) return CurrentDirectory.Resolve(given);
        if (OperatingSystem.IsWindows() && valueOf("LOCALAPPDATA") is { Length: > 0 } local) return Path.Combine(local, Name);
        if (OperatingSystem.IsLinux() && valueOf("XDG_CACHE_HOME") is { Length: > 0 } cache) return Path.Combine(cache, Name);
        if (Home.Length == 0) return null;
        return OperatingSystem.IsMacOS() ? Path.Combine(Home, "Library", "Caches", Name)
            : OperatingSystem.IsWindows() ? Path.Combine(Home, "AppData", "Local", Name)
            : Path.Combine(Home, ".cache", Name);
    }

    private static CachedBrowser Inspect(string place, string owner, Version? version, int revision, bool isWhole)
    {
        string? program = null;
        foreach (string folder in Folders(place))
        {
            foreach (string name in s_names)
                if (File.Exists(Path.Combine(folder, name))) program ??= Path.Combine(folder, name);
        }

        string? problem = isWhole && program is not null ? WhyNot(program, version, revision) : "it is not fully unpacked";
        return new CachedBrowser(program ?? place, owner, version, revision, problem);
    }

    private static string? WhyNot(string program, Version? version, int revision)
    {
        if (!ProgramFinder.IsProgram(program)) return "this user may not run it";
        if (OperatingSystem.IsLinux())
        {
            if (ElfFile.TryRead(program) is not ElfFile file) return "it is no program of Linux";
            if (!file.IsWhole) return "it is not fully unpacked";
            if (!file.IsForThisProcessor) return "it is for another processor";
        }

        return revision is > 0 and < BrowserVersion.OldestOfPlaywright
            ? string.Create(CultureInfo.InvariantCulture,
                $"it is Playwright's build {revision}, and helios needs {BrowserVersion.OldestOfPlaywright} or later")
            : BrowserVersion.WhyTooOld(version?.Major);
    }

    private static string[] Folders(string directory)
    {
        try
        {
            return Directory.Exists(directory) ? Directory.GetDirectories(directory) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string[] FilesOf(string directory, string pattern)
    {
        try
        {
            return Directory.GetFiles(directory, pattern);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
