using System;
using System.IO;
using Helios.Errors;
using Helios.Os.Files;
using Helios.Os.Processes;

namespace Helios.Browser;

/// <summary>Finds the browser, and the real program behind a distribution's wrapper script.</summary>
internal static class BrowserFinder
{
    internal const string Variable = "HELIOS_BROWSER";

    internal const string Fix =
        "install chromium-headless-shell (Debian: chromium-headless-shell), or name it with --browser or HELIOS_BROWSER";

    private static readonly string[] s_candidates =
    [
        "/usr/lib/chromium/chromium-headless-shell", "chrome-headless-shell", "chromium-headless-shell", "headless_shell",
    ];

    /// <exception cref="HeliosException">69: there is none.</exception>
    internal static string Find(string? option) => Unwrap(ProgramFinder.Find(option, "--browser", Variable, s_candidates, Fix));

    /// <summary>
    /// A wrapper script does not exec the browser, so a signal would reach only the script. Debian keeps the program of
    /// <c>/usr/bin/X</c> in <c>/usr/lib/chromium/X</c>.
    /// </summary>
    private static string Unwrap(string path)
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

        throw new HeliosException(
            ExitCode.Unavailable, "that is a wrapper script, not the browser", path, "name the program that it starts with --browser");
    }

    private static bool IsScript(string path)
    {
        Span<byte> start = stackalloc byte[2];
        using FileStream file = InputFile.OpenFile(path, path);
        return file.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && start.SequenceEqual("#!"u8);
    }
}
