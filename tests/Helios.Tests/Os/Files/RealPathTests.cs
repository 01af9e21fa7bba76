using System.IO;
using System.Threading.Tasks;
using Helios.Os.Files;
using Helios.Tests.Support;

namespace Helios.Tests.Os.Files;

internal sealed class RealPathTests
{
    [Test]
    [Arguments("a.txt", "/a.txt", DisplayName = "file")]
    [Arguments("ü b.txt", "/ü b.txt", DisplayName = "characters beyond ASCII")]
    [Arguments("sub/../a.txt", "/a.txt", DisplayName = "up")]
    [Arguments(".//sub/./", "/sub", DisplayName = "needless slashes and points")]
    [Arguments("link", "/a.txt", DisplayName = "link")]
    [Arguments("chain", "/a.txt", DisplayName = "link to a link")]
    [Arguments("away/../a.txt", "/a.txt", DisplayName = "up from a link to a directory goes up from where it leads")]
    [Arguments("gone", null, DisplayName = "missing")]
    [Arguments("gone/../a.txt", null, DisplayName = "up from what is missing")]
    [Arguments("a.txt/", null, DisplayName = "a file is no directory")]
    [Arguments("broken", null, DisplayName = "link to nothing")]
    [Arguments("loop", null, DisplayName = "link to itself")]
    public async Task Every_link_on_the_way_is_followed(string path, string? expected)
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder["sub/deep"]);
        _ = folder.Add("a.txt", "");
        _ = folder.Add("ü b.txt", "");
        File.CreateSymbolicLink(folder["link"], "a.txt");
        File.CreateSymbolicLink(folder["chain"], "link");
        Directory.CreateSymbolicLink(folder["away"], "sub");
        File.CreateSymbolicLink(folder["broken"], "gone");
        File.CreateSymbolicLink(folder["loop"], "loop");

        await Assert.That(RealPath.Of(folder[path])).IsEqualTo(expected is null ? null : RealPath.Of(folder.FullPath) + expected);
    }

    [Test]
    [Arguments("/", "/", DisplayName = "the root")]
    [Arguments("", null, DisplayName = "empty")]
    public async Task The_ends_are_known(string path, string? expected) => await Assert.That(RealPath.Of(path)).IsEqualTo(expected);

    [Test]
    public async Task A_path_beyond_the_limit_of_the_system_is_nowhere() =>
        await Assert.That(RealPath.Of("/" + new string('a', 5000))).IsNull();
}
