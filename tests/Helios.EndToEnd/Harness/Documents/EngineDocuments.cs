using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Helios.EndToEnd.Harness.Documents;

/// <summary>The reviewed documents of engines (goldens of the unit tests), and those inside scripts that submit them.</summary>
internal static class EngineDocuments
{
    private static readonly string s_folder = Repository.PathOf("tests", "Helios.Tests", "Golden");

    /// <summary>Paths of an engine's goldens whose name begins so and ends so.</summary>
    internal static IReadOnlyList<string> Find(string engine, string prefix, string extension)
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(Path.Combine(s_folder, engine), prefix + "*" + extension).Order(StringComparer.Ordinal),
        ];
        return files.Length > 0 ? files : throw new InvalidOperationException($"there is no golden {engine}/{prefix}*{extension}");
    }

    internal static string PathOf(string name) => Path.Combine(s_folder, name);

    internal static string Read(string name) => File.ReadAllText(PathOf(name));

    /// <summary>Documents of a kind: golden files, and here-documents of the same name in scripts. Rows of a batch are chunks.</summary>
    internal static IReadOnlyList<string> ReadAll(string engine, string kind)
    {
        var documents = Directory.EnumerateFiles(Path.Combine(s_folder, engine), kind + "*.json").Select(File.ReadAllText).ToList();
        foreach (string script in Find(engine, "", ".sh"))
        {
            bool isBatch = Path.GetFileName(script).StartsWith("rows", StringComparison.Ordinal);
            string? name = !isBatch ? kind : kind switch { "chunks" => "rows", "merge" => null, _ => kind };
            if (name is not null) documents.Add(Extract(File.ReadAllText(script), name + ".json"));
        }

        return documents;
    }

    /// <summary>The file that a submission script writes.</summary>
    internal static string Extract(string script, string file)
    {
        string begin = $"cat >\"$work/{file}\" <<'HELIOS_END'\n";
        int start = script.IndexOf(begin, StringComparison.Ordinal);
        if (start < 0) throw new InvalidOperationException($"the script writes no {file}");
        start += begin.Length;
        return script[start..script.IndexOf("HELIOS_END\n", start, StringComparison.Ordinal)];
    }
}
