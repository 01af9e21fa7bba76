using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Helios.EndToEnd.Harness;

/// <summary>A fresh directory for one test, removed afterwards. It holds <c>page.html</c>, a composition.</summary>
public sealed class TestDirectory : IDisposable
{
    /// <summary>Everybody may enter a directory, or start a program; only its owner may write.</summary>
    internal const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <param name="parts">Folders to make in it, of which <see cref="Path"/> is the last.</param>
    public TestDirectory(params string[] parts)
    {
        Top = Directory.CreateTempSubdirectory("helios-test-").FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Top, ForAll); // another user's helios reads here too
        Path = System.IO.Path.Combine([Top, .. parts]);
        Directory.CreateDirectory(Path);
        Write("page.html", "<!doctype html><title>A page</title><p>Hello</p>\n");
    }

    /// <summary>The folder to work in.</summary>
    public string Path { get; }

    private string Top { get; }

    public string PathOf(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public string Read(string name) => File.ReadAllText(PathOf(name));

    public string CreateFolder(string name) => Directory.CreateDirectory(PathOf(name)).FullName;

    /// <summary>Everything in the folder, with sizes and times: equal lists mean that nothing was written.</summary>
    public IReadOnlyList<string> List() =>
        [
            .. new DirectoryInfo(Path)
                .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .Select(entry =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{System.IO.Path.GetRelativePath(Path, entry.FullName)} {(entry as FileInfo)?.Length} {entry.LastWriteTimeUtc:O}"))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Names in the folder, without those in its folders.</summary>
    public IReadOnlyList<string> Names() =>
        [.. Directory.EnumerateFileSystemEntries(Path).Select(entry => System.IO.Path.GetFileName(entry)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Top, recursive: true);
}
