using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Os.Files;
using Helios.Text;

namespace Helios.Browser.Fonts;

/// <summary>
/// The operating system's fonts, which decide pixels as much as the browser does: the set that it chooses from, and those that
/// it has opened for the page, which are known on Linux only (docs/decisions/0009).
/// </summary>
internal static class SystemFonts
{
    private const int MostLevels = 16; // links may form a cycle
    private const int FieldsBeforePath = 5; // of a line of /proc/<id>/maps: addresses, rights, offset, device, inode

    private const string Fix = "render when no fonts are being installed or removed";

    private static readonly string[] s_extensions =
        [".ttf", ".otf", ".ttc", ".otc", ".pfb", ".pfa", ".pcf", ".pcf.gz", ".bdf", ".woff", ".woff2", ".dfont"];

    /// <summary>The fonts that a browser has opened since its start: it maps each into memory and keeps it there.</summary>
    /// <param name="process">Id of the browser.</param>
    /// <returns>Sorted by name, then by digest; null where they cannot be found out.</returns>
    /// <exception cref="HeliosException">75: one of them was replaced or removed, or cannot be read.</exception>
    internal static SealedFont[]? UsedBy(int process)
    {
        string maps = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/maps");
        try
        {
            return Digest(FindMapped(TextFile.ReadLines(maps)), string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/root"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Paths of the font files in the lines of <c>/proc/&lt;id&gt;/maps</c>, each once.</summary>
    /// <exception cref="HeliosException">75: a file is no longer there; another of its name would have another digest.</exception>
    internal static IReadOnlyCollection<string> FindMapped(IEnumerable<string> lines)
    {
        var paths = new HashSet<string>();
        foreach (string line in lines)
        {
            string[] fields = line.Split(' ', FieldsBeforePath + 1, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            string path = fields.Length > FieldsBeforePath ? fields[FieldsBeforePath] : "";
            const string Deleted = " (deleted)";
            bool isGone = path.EndsWith(Deleted, StringComparison.Ordinal);
            if (isGone) path = path[..^Deleted.Length];
            if (!IsFont(path)) continue;
            if (isGone)
            {
                throw new HeliosException(ExitCode.Temporary, "a font that the browser opened was replaced or removed", path, Fix);
            }

            paths.Add(path);
        }

        return paths;
    }

    /// <summary>
    /// <c>sha256:…</c> of the names and sizes of the font files below the usual directories, independent of which directory holds them,
    /// and of the contents of fontconfig's configuration, which chooses among them. The contents of fonts may be gigabytes: those in use
    /// are hashed by <see cref="UsedBy"/>.
    /// </summary>
    internal static string SetDigest()
    {
        string home = Variable("HOME") ?? "";
        string own = Path.Join(Variable("XDG_CONFIG_HOME") ?? home + "/.config", "fontconfig");
        string[] configuration = [.. (Variable("FONTCONFIG_PATH") ?? "/etc/fonts").Split(':', StringSplitOptions.RemoveEmptyEntries), own];
        return SetDigest(FindFolders(), configuration, Variable("FONTCONFIG_FILE"));
    }

    /// <summary>The usual directories of fonts.</summary>
    internal static string[] FindFolders()
    {
        string home = Variable("HOME") ?? "";
        string users = Path.Join(Variable("XDG_DATA_HOME") ?? home + "/.local/share", "fonts");
        return ["/usr/share/fonts", "/usr/local/share/fonts", users, home + "/.fonts"];
    }

    /// <summary>As <see cref="SetDigest()"/>, of these directories.</summary>
    /// <param name="fonts">Directories of fonts.</param>
    /// <param name="configuration">Directories of fontconfig's configuration.</param>
    /// <param name="file">The configuration file that replaces the usual one, or null.</param>
    internal static string SetDigest(string[] fonts, string[] configuration, string? file)
    {
        var lines = new HashSet<string>(); // a cyclic link shows the same files again
        foreach (string folder in fonts) AddFiles(folder, IsFont, static font => font.Length.ToString(CultureInfo.InvariantCulture), lines);
        foreach (string folder in configuration)
            AddFiles(folder, static name => name.EndsWith(".conf", StringComparison.Ordinal), DigestOf, lines);
        if (file is not null) Add(new FileInfo(file), DigestOf, lines);
        var hash = new Sha256();
        foreach (string line in OrdinalOrder.Sort(lines)) hash.Append(Encoding.UTF8.GetBytes(line + "\n"));
        return "sha256:" + hash.Finish();
    }

    /// <param name="paths">As the process sees them.</param>
    /// <param name="root">The process's root directory, which may be that of a container.</param>
    private static SealedFont[] Digest(IReadOnlyCollection<string> paths, string root)
    {
        var fonts = new List<SealedFont>();
        foreach (string path in paths)
        {
            try
            {
                string folder = Path.GetFileName(Path.GetDirectoryName(path)!);
                string seen = File.Exists(path) ? path : root + path;
                fonts.Add(new SealedFont { Name = Path.Join(folder, Path.GetFileName(path)), Digest = DigestOf(new FileInfo(seen)) });
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new HeliosException(ExitCode.Temporary, "a font that the browser opened cannot be read: " + ErrorText.Reason(error),
                    path, Fix, error);
            }
        }

        fonts.Sort(static (one, other) =>
            string.CompareOrdinal(one.Name, other.Name) is not 0 and int order
                ? order
                : string.CompareOrdinal(one.Digest, other.Digest));
        if (fonts.Count > Seal.MostFonts) fonts.RemoveRange(Seal.MostFonts, fonts.Count - Seal.MostFonts);
        return [.. fonts];
    }

    private static void AddFiles(string folder, Predicate<string> isMeant, Func<FileInfo, string> describe, HashSet<string> lines)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = MostLevels,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.Device,
        };
        if (!Directory.Exists(folder)) return;
        foreach (FileInfo entry in new DirectoryInfo(folder).EnumerateFiles("*", options))
        {
            if (isMeant(entry.Name)) Add(entry, describe, lines);
        }
    }

    /// <summary>A link counts as its target; an unreadable file differs from a missing one.</summary>
    private static void Add(FileInfo entry, Func<FileInfo, string> describe, HashSet<string> lines)
    {
        try
        {
            FileInfo? file = entry.LinkTarget is null ? entry : entry.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
            if (file is { Exists: true }) lines.Add(entry.Name + "\t" + describe(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            lines.Add(entry.Name + "\t" + ErrorText.Reason(error));
        }
    }

    private static string DigestOf(FileInfo file)
    {
        using FileStream stream = file.OpenRead();
        return "sha256:" + Sha256.HashStream(stream);
    }

    private static bool IsFont(string path)
    {
        foreach (string extension in s_extensions)
        {
            if (path.EndsWith(extension, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
