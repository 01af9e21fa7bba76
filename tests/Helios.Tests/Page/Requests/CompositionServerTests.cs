using System;
using System.IO;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Os.Files;
using Helios.Page.Requests;
using Helios.Tests.Support;

namespace Helios.Tests.Page.Requests;

/// <summary>Only the way from a URL to a file, which needs no browser.</summary>
internal sealed class CompositionServerTests
{
    private const string Missing = "no such file";

    [Test]
    [Arguments("page.html", "page.html", DisplayName = "file")]
    [Arguments("sub/a.js", "sub/a.js", DisplayName = "file in a directory")]
    [Arguments("page.html?v=1", "page.html", DisplayName = "query")]
    [Arguments("page.html#top", "page.html", DisplayName = "fragment")]
    [Arguments("page.html?a/../../b#c?d", "page.html", DisplayName = "query and fragment that look like paths")]
    [Arguments("a%20b.js", "a b.js", DisplayName = "blank")]
    [Arguments("a+b.js", "a+b.js", DisplayName = "a plus is no blank")]
    [Arguments("what%3F%23.js", "what?#.js", DisplayName = "escaped question mark and number sign")]
    [Arguments("100%25.js", "100%.js", DisplayName = "escaped percent sign")]
    [Arguments("%C3%BC.js", "ü.js", DisplayName = "UTF-8")]
    [Arguments("%c3%bc.js", "ü.js", DisplayName = "small hexadecimal digits")]
    [Arguments("p%61ge.html", "page.html", DisplayName = "needless escape")]
    [Arguments("sub%2Fa.js", "sub/a.js", DisplayName = "escaped slash")]
    [Arguments("//page.html", "page.html", DisplayName = "more slashes at the beginning")]
    [Arguments("sub/../page.html", "page.html", DisplayName = "up and down inside")]
    [Arguments("sub/%2e%2E/page.html", "page.html", DisplayName = "up and down inside, escaped")]
    [Arguments("", "index.html", DisplayName = "the directory itself")]
    [Arguments("sub/", "sub/index.html", DisplayName = "a directory has an index")]
    [Arguments("sub", "sub/index.html", DisplayName = "a directory without its slash")]
    [Arguments("inner.html", "page.html", DisplayName = "a link that stays inside")]
    public async Task A_URL_is_a_file_below_the_root(string url, string file)
    {
        using var project = new Project();

        await Assert.That(project.Locate(url)).IsEqualTo((project.Root + "/" + file, Missing));
    }

    [Test]
    [Arguments("nothing.html", DisplayName = "missing")]
    [Arguments("PAGE.HTML", DisplayName = "other capitals")]
    [Arguments("page.html/", DisplayName = "a file is no directory")]
    [Arguments("page.html/x", DisplayName = "nothing is below a file")]
    [Arguments("empty/index.html", DisplayName = "index that is not there")]
    [Arguments("broken.html", DisplayName = "link to nothing")]
    [Arguments("loop.html", DisplayName = "link to itself")]
    [Arguments("page.html%00.png", DisplayName = "NUL")]
    [Arguments("%C3%28", DisplayName = "no UTF-8")]
    [Arguments("%", DisplayName = "broken escape")]
    [Arguments("%2", DisplayName = "cut off escape")]
    [Arguments("%GG", DisplayName = "escape of no digits")]
    [Arguments("..%5cpage.html", DisplayName = "backslash")]
    [Arguments("page%2525.html", DisplayName = "an escape is undone once")]
    public async Task What_is_not_there_has_no_file(string url)
    {
        using var project = new Project();

        await Assert.That(project.Locate(url)).IsEqualTo((null, Missing));
    }

    [Test]
    [Arguments("empty", DisplayName = "without its slash")]
    [Arguments("empty/?v=1", DisplayName = "with its slash")]
    public async Task A_directory_without_index_is_called_one(string url)
    {
        using var project = new Project();

        await Assert.That(project.Locate(url)).IsEqualTo((null, "it is a directory without index.html"));
    }

    [Test]
    [Arguments("../secret.txt", DisplayName = "up")]
    [Arguments("%2e%2e/secret.txt", DisplayName = "up, points escaped")]
    [Arguments("..%2Fsecret.txt", DisplayName = "up, slash escaped")]
    [Arguments("sub/../../secret.txt", DisplayName = "up from a directory")]
    [Arguments("../rootless/secret.txt", DisplayName = "a neighbour whose name begins alike")]
    [Arguments("../../../../../../../../../../etc/hostname", DisplayName = "up to the system")]
    [Arguments("outer.txt", DisplayName = "link to a file outside")]
    [Arguments("up/secret.txt", DisplayName = "link to a directory outside")]
    [Arguments("chain.txt", DisplayName = "link to a link to a file outside")]
    [Arguments("outerindex/", DisplayName = "index that is a link outside")]
    public async Task Nothing_outside_the_root_is_served(string url)
    {
        using var project = new Project();

        await Assert.That(project.Locate(url)).IsEqualTo((null, $"it leads outside the project directory {project.Root}"));
    }

    [Test]
    [Arguments("device", DisplayName = "link to a device")]
    [Arguments("dev/null", DisplayName = "device below the root")]
    public async Task Devices_are_never_served(string url)
    {
        using var project = new Project();
        bool isWhole = url == "dev/null";
        var server = new CompositionServer(null!, isWhole ? "/" : project.Root, isOffline: false, new PageReads());

        string? path = server.Locate(CompositionServer.Origin + url, out string reason);

        await Assert
            .That((path, reason))
            .IsEqualTo((null, isWhole ? "it is not a regular file" : $"it leads outside the project directory {project.Root}"));
    }

    [Test]
    public async Task An_index_that_is_a_directory_is_not_served()
    {
        using var project = new Project();
        Directory.CreateDirectory(project.Root + "/empty/index.html");

        await Assert.That(project.Locate("empty/")).IsEqualTo((null, "it is not a regular file"));
    }

    [Test]
    public async Task The_whole_file_system_may_be_the_root()
    {
        using var project = new Project();
        string file = project.Root + "/page.html";

        await Assert
            .That(new CompositionServer(null!, "/", isOffline: false, new PageReads()).Locate(CompositionServer.UrlOf("/", file), out _))
            .IsEqualTo(file);
    }

    [Test]
    [Arguments("page.html", "https://composition.helios/page.html", DisplayName = "plain")]
    [Arguments("sub/a b.js", "https://composition.helios/sub/a%20b.js", DisplayName = "blank")]
    [Arguments("100%25?#.js", "https://composition.helios/100%2525%3F%23.js", DisplayName = "signs with a meaning in URLs")]
    [Arguments("ü🎬'\"\\\n.js", "https://composition.helios/%C3%BC%F0%9F%8E%AC%27%22%5C%0A.js", DisplayName = "everything else")]
    public async Task The_URL_of_a_file_leads_back_to_it(string name, string url)
    {
        using var project = new Project();
        string file = Path.Combine(project.Root, name);
        File.WriteAllText(file, "");

        await Assert.That(CompositionServer.UrlOf(project.Root, file)).IsEqualTo(url);
        await Assert.That(project.Locate(url[CompositionServer.Origin.Length..]).Path).IsEqualTo(file);
    }

    /// <summary>A project beside what it must not read.</summary>
    private sealed class Project : IDisposable
    {
        private readonly TemporaryDirectory _folder = new();

        internal Project()
        {
            Root = RealPath.Of(_folder.FullPath) + "/root";
            foreach (string directory in (string[])["root/sub", "root/empty", "root/outerindex", "rootless"])
                Directory.CreateDirectory(_folder[directory]);
            foreach (
                string file in (string[])
                    [
                        "root/page.html", "root/index.html", "root/sub/index.html", "root/sub/a.js", "root/a b.js", "root/a+b.js",
                        "root/what?#.js", "root/100%.js", "root/ü.js", "secret.txt", "rootless/secret.txt",
                    ])
            {
                _ = _folder.Add(file, file);
            }

            Link("inner.html", "page.html");
            Link("outer.txt", "../secret.txt");
            Link("chain.txt", "outer.txt");
            Link("up", "..");
            Link("outerindex/index.html", "../../secret.txt");
            Link("broken.html", "nothing.html");
            Link("loop.html", "loop.html");
            Link("device", "/dev/null");
        }

        internal string Root { get; }

        internal (string? Path, string Reason) Locate(string url)
        {
            string? path = new CompositionServer(null!, Root, isOffline: false, new PageReads()).Locate(
                CompositionServer.Origin + url,
                out string reason);
            return (path, reason);
        }

        public void Dispose() => _folder.Dispose();

        private void Link(string name, string target) => File.CreateSymbolicLink($"{Root}/{name}", target);
    }
}
