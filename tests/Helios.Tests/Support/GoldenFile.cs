using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Helios.Tests.Support;

/// <summary>Reviewed texts below tests/Helios.Tests/Golden.</summary>
internal static class GoldenFile
{
    private static readonly string s_folder = Repository.PathOf("tests", "Helios.Tests", "Golden");

    /// <summary>Nothing if the golden has this very text; else the text, which also lies beside it as <c>.actual</c>.</summary>
    internal static string Differs(string name, string actual)
    {
        string path = Path.Combine(s_folder, name);
        if (Environment.GetEnvironmentVariable("HELIOS_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        bool isSame = File.Exists(path) && File.ReadAllText(path) == actual;
        if (isSame) File.Delete(path + ".actual");
        else File.WriteAllText(path + ".actual", actual);
        return isSame ? "" : actual;
    }

    internal static string Read(string name) => File.ReadAllText(Path.Combine(s_folder, name));

    /// <summary>Names of a folder's goldens, with the folder.</summary>
    internal static IReadOnlyList<string> In(string folder) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(s_folder, folder))
                .Select(Path.GetFileName)
                .Where(name => !name!.EndsWith(".actual", StringComparison.Ordinal))
                .Select(name => $"{folder}/{name}")
                .Order(StringComparer.Ordinal),
        ];
}
