using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.Os.Files;
using Helios.Tests.Support;

namespace Helios.Tests.Os.Files;

internal sealed class TemporaryFileTests
{
    [Test]
    public async Task Files_and_whole_directories_are_found_and_removed()
    {
        using var folder = new TemporaryDirectory();
        string file = TemporaryFile.NameFor(folder["temp_j_merge"]);
        string directory = TemporaryFile.NameFor(folder["temp_j_merge"]);
        File.WriteAllText(file, "");
        Directory.CreateDirectory(Path.Combine(directory, "deep"));
        File.WriteAllText(Path.Combine(directory, "0.png"), "");
        folder.Add("other.tmp", "");

        foreach (string path in TemporaryFile.Find(folder.FullPath, "temp_j_merge.", ".tmp")) TemporaryFile.Remove(path);

        await Assert
            .That(Directory.EnumerateFileSystemEntries(folder.FullPath).Select(path => Path.GetFileName(path)))
            .IsEquivalentTo(["other.tmp"]);
    }

    [Test]
    public async Task Behind_a_link_nothing_is_removed()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder["kept"]);
        File.WriteAllText(folder["kept/file"], "");
        Directory.CreateSymbolicLink(folder["temp.tmp"], folder["kept"]);

        TemporaryFile.Remove(folder["temp.tmp"]);
        TemporaryFile.Remove(folder["nothing.tmp"]);

        await Assert.That(Path.Exists(folder["temp.tmp"])).IsFalse();
        await Assert.That(File.Exists(folder["kept/file"])).IsTrue();
    }
}
