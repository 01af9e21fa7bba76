using System;
using System.IO;

namespace Helios.EndToEnd.Harness.Programs;

/// <summary>Programs that the tests need beside helios. A missing one fails the test and says how to install it.</summary>
internal static class Tool
{
    internal static ProcessRun Run(string name, string package, params string[] arguments)
    {
        Require(name, package);
        return new ProcessRun(name, [.. arguments]);
    }

    internal static void Require(string name, string package) => _ = Find(name, package);

    /// <summary>Its path.</summary>
    internal static string Find(string name, string package)
    {
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            if (folder.Length > 0 && File.Exists(Path.Combine(folder, name))) return Path.Combine(folder, name);
        throw new InvalidOperationException($"{name} is not on PATH: apt-get install {package}, or run ./test.sh, which does");
    }
}
