using System;
using System.IO;

namespace Helios.Tests.Support;

/// <summary>Finds the checkout that the tests were built from.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "helios.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("helios.sln is in no folder above the tests");
    }
}
