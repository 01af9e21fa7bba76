using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Os.Files;

namespace Helios.Tests.Os.Files;

/// <summary>How each kind of host spells paths, tested on any of them.</summary>
internal sealed class PathRulesTests
{
    private static readonly PathRules s_windows = new(IsWindows: true, IgnoresCase: true);
    private static readonly PathRules s_mac = new(IsWindows: false, IgnoresCase: true);
    private static readonly PathRules s_linux = new(IsWindows: false, IgnoresCase: false);

    [Test]
    [Arguments(@"C:\spots\a b.html", "file:///C:/spots/a%20b.html", DisplayName = "drive")]
    [Arguments(@"c:\100%\ä.html", "file:///c:/100%25/%C3%A4.html", DisplayName = "characters that are encoded")]
    [Arguments(@"\\farm\spots\a.html", "file:////farm/spots/a.html", DisplayName = "share")]
    public async Task A_path_of_windows_becomes_a_file_url_and_comes_back(string path, string url)
    {
        CompositionUrl.TryDecode(url["file://".Length..], out string decoded);

        await Assert.That(CompositionUrl.FromPath(path, s_windows)).IsEqualTo(url);
        await Assert.That(CompositionUrl.Check(url)).IsNull();
        await Assert.That(s_windows.FromUrlPath(decoded)).IsEqualTo(path.Replace('\\', '/'));
    }

    [Test]
    public async Task Elsewhere_a_colon_and_a_backslash_are_characters_of_a_name()
    {
        await Assert.That(CompositionUrl.FromPath(@"/C:/a\b.html", s_linux)).IsEqualTo("file:///C%3A/a%5Cb.html");
        await Assert.That(s_mac.FromUrlPath("/C:/a.html")).IsEqualTo("/C:/a.html");
        await Assert.That(s_mac.ToSlashes(@"a\b")).IsEqualTo(@"a\b");
    }

    [Test]
    public async Task A_drive_is_no_scheme_on_windows_alone()
    {
        await Assert.That(CompositionUrl.SchemeOf(@"C:\a.html", s_windows)).IsNull();
        await Assert.That(CompositionUrl.SchemeOf(@"C:\a.html", s_linux)).IsEqualTo("C");
        await Assert.That(CompositionUrl.SchemeOf("ftp://host/a.html", s_windows)).IsEqualTo("ftp");
    }

    [Test]
    [Arguments("C:/spots/out.mp4", DisplayName = "drive")]
    [Arguments("//farm/spots/out.mp4", DisplayName = "share")]
    [Arguments("sub/out.mp4", DisplayName = "relative")]
    [Arguments("console/communication/lpt10.mp4", DisplayName = "names that begin like devices")]
    public async Task A_file_may_be_written_on_windows(string path) => await Assert.That(JobPaths.CheckFile(path, s_windows)).IsNull();

    [Test]
    [Arguments(@"C:/spots/..\..\out.mp4", "a spec has / between names", DisplayName = "parent behind a backslash")]
    [Arguments("C:/spots/out.mp4:hidden", "Windows would take what follows the colon for a stream of the file", DisplayName = "stream")]
    [Arguments("C:/spots/nul.mp4", "on Windows \"nul.mp4\" is a device", DisplayName = "device with an extension")]
    [Arguments("com1/out.mp4", "on Windows \"com1\" is a device", DisplayName = "device as a directory")]
    [Arguments("C:/spots/lpt².mp4", "on Windows \"lpt².mp4\" is a device", DisplayName = "device with a raised number")]
    [Arguments("C:/spots./out.mp4", "Windows drops a final point or blank of a name", DisplayName = "final point")]
    [Arguments("C:/spots/out.mp4 ", "Windows drops a final point or blank of a name", DisplayName = "final blank")]
    [Arguments("//./PhysicalDrive0/out.mp4", "a directory name is empty or \".\"", DisplayName = "disk")]
    [Arguments("//?/C:/out.mp4", "a directory name is empty or \".\"", DisplayName = "path that is not parsed")]
    [Arguments("//farm//out.mp4", "a directory name is empty or \".\"", DisplayName = "two slashes in a share")]
    [Arguments("//farm/../out.mp4", "\"..\" could lead out of the directory", DisplayName = "parent in a share")]
    [Arguments("pipe:1", "ffmpeg would take that for a protocol, expected a path", DisplayName = "protocol")]
    public async Task A_file_may_not_be_written_on_windows(string path, string what) =>
        await Assert.That(JobPaths.CheckFile(path, s_windows)).IsEqualTo(what);

    [Test]
    public async Task A_share_is_none_elsewhere() =>
        await Assert.That(JobPaths.CheckFile("//farm/spots/out.mp4", s_mac)).IsEqualTo("a directory name is empty or \".\"");

    [Test]
    [Arguments("/srv/a.mp4", true)]
    [Arguments("C:/a.mp4", true)]
    [Arguments("//farm/a.mp4", true)]
    [Arguments("C:a.mp4", false)]
    [Arguments("a/b.mp4", false)]
    [Arguments("", false)]
    public async Task A_spec_is_absolute_on_whichever_host_it_was_planned(string path, bool isAbsolute) =>
        await Assert.That(PathRules.IsAbsolute(path)).IsEqualTo(isAbsolute);

    [Test]
    public async Task Where_case_is_ignored_two_spellings_are_one_file()
    {
        await Assert.That(s_windows.AreSame(@"C:\Spots\Page.html", "c:/spots/page.html")).IsTrue();
        await Assert.That(s_mac.AreSame("/Users/a/Page.html", "/Users/a/page.html")).IsTrue();
        await Assert.That(s_linux.AreSame("/srv/Page.html", "/srv/page.html")).IsFalse();
    }

    [Test]
    public async Task A_file_is_below_a_directory_by_the_rules_of_the_host()
    {
        await Assert.That(s_windows.IsBelow("c:/spots/sub/a.html", @"C:\Spots")).IsTrue();
        await Assert.That(s_windows.IsBelow("c:/spots2/a.html", @"C:\spots")).IsFalse();
        await Assert.That(s_windows.IsBelow("c:/a.html", @"C:\")).IsTrue();
        await Assert.That(s_windows.IsBelow("//farm/spots/a.html", @"\\FARM\spots")).IsTrue();
        await Assert.That(s_linux.IsBelow("/srv/a.html", "/")).IsTrue();
        await Assert.That(s_linux.IsBelow("/Srv/a.html", "/srv")).IsFalse();
    }

    [Test]
    [Arguments("out/A.mp4", "out/a.MP4", true)]
    [Arguments("out/É/x.mp4", "out/é/x.mp4", true)]
    [Arguments("out/a. ./x.mp4", "out/a/x.mp4", true)]
    [Arguments("../x.mp4", "./x.mp4", false)]
    [Arguments("out/a.mp4", "out/b.mp4", false)]
    [Arguments("a/b.mp4", "ab.mp4", false)]
    [Arguments(" a.mp4", "a.mp4", false)]
    public async Task Paths_that_are_one_file_on_some_host_have_one_key(string one, string other, bool areOne) =>
        await Assert.That(PathRules.KeyOf(one) == PathRules.KeyOf(other)).IsEqualTo(areOne);
}
