using System;
using System.IO;
using System.Threading.Tasks;
using TUnit.Core.Interfaces;

namespace Helios.EndToEnd.Harness.Programs;

/// <summary>
/// Copies of the installed browser that are other builds of the same version: one that the linker has identified differently, and one
/// without any identification. What surrounds the program is linked.
/// </summary>
public sealed class OtherBuild : IAsyncInitializer, IDisposable
{
    internal const string Installed = "/usr/lib/chromium/chromium-headless-shell";

    private readonly TestDirectory _directory = new();

    /// <summary>The installed browser's identification, as readelf prints it.</summary>
    internal string InstalledId { get; private set; } = "";

    /// <summary>A browser with another identification.</summary>
    internal string Path => _directory.PathOf("other", System.IO.Path.GetFileName(Installed));

    internal string Id { get; private set; } = "";

    /// <summary>A browser without one.</summary>
    internal string Unidentified => _directory.PathOf("none", System.IO.Path.GetFileName(Installed));

    public async Task InitializeAsync()
    {
        InstalledId = await ReadAsync(Installed);
        byte[] id = Convert.FromHexString(InstalledId);
        Copy("other", (program, at) => program[at] ^= 0xff, id);
        Copy("none", (program, at) => program[at - 2] ^= 0xff, id); // in the name of the note, GNU
        Id = await ReadAsync(Path);
    }

    public void Dispose() => _directory.Dispose();

    private void Copy(string name, Action<byte[], int> change, byte[] id)
    {
        _directory.CreateFolder(name);
        string folder = System.IO.Path.GetDirectoryName(Installed)!;
        foreach (string entry in Directory.EnumerateFileSystemEntries(folder))
        {
            if (entry != Installed) _ = File.CreateSymbolicLink(_directory.PathOf(name, System.IO.Path.GetFileName(entry)), entry);
        }

        string copy = _directory.PathOf(name, System.IO.Path.GetFileName(Installed));
        File.Copy(Installed, copy);
        using FileStream file = File.Open(copy, FileMode.Open, FileAccess.ReadWrite);
        byte[] start = new byte[64 * 1024];
        file.ReadExactly(start);
        int at = start.AsSpan().IndexOf(id);
        if (at < 0) throw new InvalidOperationException($"{Installed} has its build id not where it is looked for");
        change(start, at);
        file.Position = 0;
        file.Write(start);
    }

    private static async Task<string> ReadAsync(string program)
    {
        const string Label = "Build ID: ";
        string text = (await Tool.Run("readelf", "binutils", "--notes", program)).Succeeded().Stdout;
        int at = text.IndexOf(Label, StringComparison.Ordinal) + Label.Length;
        return text[at..text.IndexOf('\n', at)];
    }
}
