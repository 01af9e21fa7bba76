using System.IO;
using System.Threading.Tasks;
using Helios.Os.Files;
using Helios.Tests.Support;

namespace Helios.Tests.Os.Files;

internal sealed class InputFileTests
{
    [Test]
    public async Task A_file_is_opened()
    {
        using var folder = new TemporaryDirectory();

        using Stream stream = InputFile.Open(folder.Add("a.json", "abc"));

        await Assert.That(stream.Length).IsEqualTo(3);
    }

    [Test]
    public async Task A_missing_file_is_refused() =>
        await Assert.That(Refusal.TextOf(() => InputFile.Open("/nowhere/a.json"))).IsEqualTo(
            "66: the file cannot be read: no such file or directory (/nowhere/a.json); check the path and its permissions");

    [Test]
    public async Task A_directory_is_refused() =>
        await Assert.That(Refusal.TextOf(() => InputFile.Open("/tmp"))).IsEqualTo(
            "66: that is a directory, expected a file (/tmp); name the file in it");

    [Test]
    [Arguments("/dev/null", "a device or pipe is there", DisplayName = "device")]
    [Arguments("/tmp", "a directory is there", DisplayName = "directory")]
    public async Task What_is_no_regular_file_is_refused_where_one_is_needed(string path, string kind) =>
        await Assert
            .That(Refusal.TextOf(() => InputFile.OpenRegular(path, "a.html")))
            .IsEqualTo($"66: the file cannot be read: {kind} (a.html); name a file");

    [Test]
    public async Task A_link_to_a_regular_file_is_one()
    {
        using var folder = new TemporaryDirectory();
        File.CreateSymbolicLink(folder["link"], folder.Add("a.json", "abc"));

        using Stream stream = InputFile.OpenRegular(folder["link"], "link");

        await Assert.That(stream.Length).IsEqualTo(3);
    }
}
