using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Helios.EndToEnd.Harness;

/// <summary>Places in the working copy that the tests were built from.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static string Project => PathOf("tests", "Helios.EndToEnd");

    internal static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The published binary of a runtime identifier; a missing one fails the test.</summary>
    internal static string Published(string rid)
    {
        string path = PathOf("dist", rid, OperatingSystem.IsWindows() ? "helios.exe" : "helios");
        return File.Exists(path)
            ? path
            : throw new InvalidOperationException($"{path} does not exist: run ./publish.sh{(rid == HostRid ? "" : " " + rid)}");
    }

    internal static string HostRid { get; } =
        (
            OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "linux-musl"
            : "linux"
        ) + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");

    private static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "helios.sln"))) return folder;
        throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} holds helios.sln: run the tests from a checkout");
    }
}
