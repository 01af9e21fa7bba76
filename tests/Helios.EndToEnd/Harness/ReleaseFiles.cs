using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Core.Interfaces;

namespace Helios.EndToEnd.Harness;

/// <summary>
/// The files of a release, made once for all tests by tools/release.sh from the published binaries. Binaries of platforms that this host
/// cannot build are stand-ins, so that their packages exist.
/// </summary>
public sealed class ReleaseFiles : IAsyncInitializer, IDisposable
{
    internal static readonly string[] Rids = ["linux-x64", "linux-arm64", "osx-arm64", "osx-x64", "win-x64"];

    private readonly TestDirectory _directory = new();

    internal string Folder => _directory.PathOf("release");

    internal string Version { get; private set; } = "";

    /// <summary>Stand-ins for binaries that are built on other hosts.</summary>
    internal string Binaries => _directory.PathOf("binaries");

    /// <summary>The archive of this host.</summary>
    internal string HostArchive => $"helios-{Version}-{Repository.HostRid}.tar.gz";

    public async Task InitializeAsync()
    {
        foreach (string rid in Rids.Where(rid => !rid.StartsWith("linux", StringComparison.Ordinal)))
        {
            _directory.CreateFolder($"binaries/{rid}");
            _directory.Write($"binaries/{rid}/helios{(rid == "win-x64" ? ".exe" : "")}", $"stands in for helios of {rid}\n");
        }

        (await MakeAsync(Folder)).Succeeded();
        RunResult version = await new ProcessRun(Repository.Published(Repository.HostRid), ["--version"]);
        Version = version.Succeeded().Stdout.Split(' ')[1];
    }

    internal string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Runs tools/release.sh, to be awaited.</summary>
    internal ProcessRun MakeAsync(string folder, params string[] options) =>
        Tool.Run(
                "bash",
                "bash",
                [Repository.PathOf("tools", "release.sh"), "--no-build", "--out", folder, "--binaries", Binaries, .. options])
            .WithEnvironment("SOURCE_DATE_EPOCH", "1700000000"); // a commit between two runs changes nothing

    /// <summary>Unpacks an archive below a directory; the path of its one folder.</summary>
    internal async Task<string> UnpackAsync(string archive, TestDirectory directory)
    {
        bool isZip = archive.EndsWith(".zip", StringComparison.Ordinal);
        ProcessRun unpack = isZip ? Tool.Run("unzip", "unzip", "-q", PathOf(archive)) : Tool.Run("tar", "tar", "-xzf", PathOf(archive));
        (await unpack.In(directory)).Succeeded();
        return directory.PathOf(archive[..^(isZip ? 4 : 7)]);
    }

    internal static async Task<bool> AreEqualAsync(string file, string other)
    {
        byte[] bytes = await File.ReadAllBytesAsync(file);
        byte[] others = await File.ReadAllBytesAsync(other);
        return bytes.AsSpan().SequenceEqual(others);
    }

    public void Dispose() => _directory.Dispose();
}
