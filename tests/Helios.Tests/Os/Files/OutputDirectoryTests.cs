using System.IO;
using System.Threading.Tasks;
using Helios.Os.Files;
using Helios.Tests.Support;

namespace Helios.Tests.Os.Files;

internal sealed class OutputDirectoryTests
{
    [Test]
    public async Task A_missing_directory_is_refused() =>
        await Assert
            .That(Refusal.TextOf(() => OutputDirectory.Check("/nowhere/at/all", "all/out.mp4")))
            .IsEqualTo(
                "73: the directory \"/nowhere/at/all\" does not exist (--output all/out.mp4); create it, or use --portable to have paths resolved where the job runs"
            );

    [Test]
    public async Task A_file_instead_of_the_directory_is_refused()
    {
        using var folder = new TemporaryDirectory();
        string file = folder.Add("out", "");

        await Assert.That(Refusal.TextOf(() => OutputDirectory.Check(file, "out/out.mp4"))).IsEqualTo(
            $"73: \"{file}\" is a file, not a directory (--output out/out.mp4); choose another output");
    }

    [Test]
    public async Task A_directory_instead_of_the_file_is_refused()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder["out.mp4"]);

        await Assert.That(Refusal.TextOf(() => OutputDirectory.Check(folder.FullPath, "out.mp4"))).IsEqualTo(
            "73: the output is a directory (--output out.mp4); name a file such as video.mp4");
    }
}
