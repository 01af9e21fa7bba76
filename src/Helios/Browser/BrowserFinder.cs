using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Helios.Errors;
using Helios.Os.Files;
using Helios.Os.Processes;

namespace Helios.Browser;

/// <summary>
/// Finds the browser, and the real program behind a distribution's wrapper script. The order, which docs/browser.md gives: what is
/// named, what is installed, the newest that Puppeteer or Playwright has downloaded.
/// </summary>
internal static class BrowserFinder
{
    internal const string Fix =
        "install one with npx @puppeteer/browsers install chrome-headless-shell@stable --path ~/.cache/puppeteer, "
        + "npx playwright install chromium-headless-shell, or on Debian apt-get install chromium-headless-shell; "
        + "or name one with --browser or HELIOS_BROWSER";

    internal const string Option = "--browser";

    private const int VersionTimeout = 10_000;

    /// <summary>Each is an order: what it names is taken, or is an error.</summary>
    private static readonly string[] s_variables = ["HELIOS_BROWSER", "CHROME_PATH", "PUPPETEER_EXECUTABLE_PATH"];

    private static readonly string[] s_candidates =
    [
        "/usr/lib/chromium/chromium-headless-shell", "chrome-headless-shell", "chromium-headless-shell", "headless_shell",
    ];

    /// <exception cref="HeliosException">69: there is none.</exception>
    internal static BrowserProgram Find(string? option) => Find(option, Environment.GetEnvironmentVariable, s_candidates);

    /// <param name="option">Value of the command line option, or null.</param>
    /// <param name="valueOf">Value of an environment variable.</param>
    /// <param name="usual">Paths and names of installed browsers.</param>
    /// <exception cref="HeliosException">69: there is none.</exception>
    internal static BrowserProgram Find(string? option, Func<string, string?> valueOf, string[] usual)
    {
        if (ProgramFinder.FindNamed(option, Option, s_variables, valueOf, Fix) is (string named, string source))
            return new BrowserProgram(Unwrap(named, source), source, $"named by {source}");
        if (ProgramFinder.FindUsual(usual) is string installed) return new BrowserProgram(Unwrap(installed, null), null, "installed");

        List<CachedBrowser> cached = new BrowserCaches(valueOf).List();
        List<CachedBrowser> refused = cached.FindAll(static browser => browser.Problem is not null);
        if (Newest(cached.FindAll(static browser => browser.Problem is null), ReadVersion) is CachedBrowser newest)
        {
            int others = cached.Count - refused.Count - 1;
            string reason = others == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", the newest of {others + 1} in caches");
            return new BrowserProgram(newest.Path, null, $"downloaded by {newest.Owner}{reason}") { Refused = refused };
        }

        string what = refused.Count == 0
            ? $"there is no browser: no {string.Join(", ", usual)}, none in the caches of Puppeteer and Playwright"
            : $"there is no browser that will do: {refused[0].Problem}";
        throw new HeliosException(ExitCode.Unavailable, what, refused.Count == 0 ? "PATH" : refused[0].Path, Fix);
    }

    /// <summary>
    /// The newest. Playwright's directories tell only the order among themselves: the newest of them is asked for its version, but
    /// only where there is one of Puppeteer's to compare with.
    /// </summary>
    /// <param name="browsers">All of them will do.</param>
    /// <param name="ask">Starts a browser to ask for its version; null when it does not say.</param>
    internal static CachedBrowser? Newest(IReadOnlyList<CachedBrowser> browsers, Func<string, Version?> ask)
    {
        CachedBrowser? puppeteer = null, playwright = null;
        foreach (CachedBrowser browser in browsers)
        {
            if (browser.Revision > (playwright?.Revision ?? 0)) playwright = browser;
            else if (browser.Revision == 0 && (puppeteer is null || browser.Version > puppeteer.Version)) puppeteer = browser;
        }

        return puppeteer is null || playwright is null ? puppeteer ?? playwright
            : ask(playwright.Path) is Version version && !(version <= puppeteer.Version) ? playwright : puppeteer;
    }

    private static Version? ReadVersion(string path)
    {
        using var process = ChildProcess.Start(path, ["--version"], [new ChildPipe(1, IsOutput: true)], []);
        using var output = new TailReader(process.Pipe(0));
        return process.Wait(VersionTimeout) == 0 ? BrowserVersion.Find(output.Text) : null;
    }

    /// <summary>
    /// A wrapper script does not exec the browser, so a signal would reach only the script. Debian keeps the program of
    /// <c>/usr/bin/X</c> in <c>/usr/lib/chromium/X</c>.
    /// </summary>
    private static string Unwrap(string path, string? source)
    {
        string real = RealPath.Of(path) ?? path;
        if (!IsScript(real)) return real;
        string name = Path.GetFileName(real);
        foreach (string directory
            in (ReadOnlySpan<string>)["/usr/lib/chromium", "/usr/lib/chromium-browser", "/usr/lib64/chromium-browser"])
        {
            string candidate = Path.Combine(directory, name);
            if (File.Exists(candidate) && !IsScript(candidate)) return candidate;
        }

        throw new HeliosException(ExitCode.Unavailable, "that is a wrapper script, not the browser",
            source is null or Option ? path : $"{path}, from {source}", "name the program that it starts with --browser");
    }

    private static bool IsScript(string path)
    {
        Span<byte> start = stackalloc byte[2];
        using FileStream file = InputFile.OpenFile(path, path);
        return file.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && start.SequenceEqual("#!"u8);
    }
}
