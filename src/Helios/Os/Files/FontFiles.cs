using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Helios.Errors;
using Helios.Text;

namespace Helios.Os.Files;

/// <summary>The font files of a directory: TrueType and OpenType, alone or in collections.</summary>
internal static class FontFiles
{
    internal const int Most = 4096;

    private const int MostLevels = 8;

    private static readonly string[] s_extensions = [".ttf", ".otf", ".ttc", ".otc"];

    /// <summary>Their paths relative to the directory, with slashes, sorted; empty when there is no such directory.</summary>
    /// <exception cref="HeliosException">64: there are more than <see cref="Most"/>; 66: the directory cannot be read.</exception>
    internal static string[] List(string directory)
    {
        if (!Directory.Exists(directory)) return [];
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = MostLevels, IgnoreInaccessible = false };
        var names = new List<string>();
        try
        {
            foreach (string path in Directory.EnumerateFiles(directory, "*", options))
            {
                if (Array.Exists(s_extensions, extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
                    names.Add(Path.GetRelativePath(directory, path).Replace('\\', '/'));
                if (names.Count <= Most) continue;
                throw new HeliosException(ExitCode.Usage, $"there are more than {Most} fonts", directory,
                    "name a directory with the page's");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HeliosException(ExitCode.NoInput, "the fonts cannot be read: " + ErrorText.Reason(error), directory,
                "check the directory and its permissions", error);
        }

        return OrdinalOrder.Sort(names);
    }

    /// <summary><c>sha256:…</c> of one line for each file: its name, a tab, and the digest of its bytes.</summary>
    /// <exception cref="HeliosException">66: a file cannot be read.</exception>
    internal static string Digest(string directory, string[] names)
    {
        var hash = new Sha256();
        foreach (string name in names)
        {
            using FileStream file = InputFile.OpenRegular(Path.Combine(directory, name), Path.Combine(directory, name));
            hash.Append(Encoding.UTF8.GetBytes($"{name}\t{Sha256.HashStream(file)}\n"));
        }

        return "sha256:" + hash.Finish();
    }
}
