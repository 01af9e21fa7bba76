using System.IO;
using System.Threading.Tasks;
using Helios.Browser.Fonts;
using Helios.Errors;
using Helios.Jobs.Document;
using Helios.Tests.Support;

namespace Helios.Tests.Browser;

internal sealed class SystemFontsTests
{
    [Test]
    public async Task Fonts_are_found_among_what_a_process_has_mapped()
    {
        string[] maps =
        [
            "55d0c6a00000-55d0c6b00000 r-xp 00001000 fe:00 1234                       /usr/bin/browser",
            "7f0000000000-7f0000100000 r--p 00000000 fe:00 99                         /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
            "7f0000100000-7f0000200000 r--s 00000000 fe:00 99 /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
            "7f0000200000-7f0000300000 r--p 00000000 fe:00 100                        /home/a b/.fonts/My Font.OTF",
            "7f0000200000-7f0000300000 rw-s 00000000 fe:00 101                        /dev/shm/shared (deleted)",
            "7f0000300000-7f0000400000 rw-p 00000000 00:00 0 ",
            "7f0000400000-7f0000500000 rw-p 00000000 00:00 0                          [stack]", "",
        ];

        await Assert
            .That(SystemFonts.FindMapped(maps))
            .IsEquivalentTo(["/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/home/a b/.fonts/My Font.OTF"]);
    }

    [Test]
    public async Task A_font_that_was_replaced_while_it_was_used_has_no_digest()
    {
        HeliosException? error = null;
        try
        {
            _ = SystemFonts.FindMapped(["7f0000200000-7f0000300000 r--p 00000000 fe:00 100 /usr/share/fonts/a.ttf (deleted)"]);
        }
        catch (HeliosException thrown)
        {
            error = thrown;
        }

        await Assert.That(error?.Message).IsEqualTo("a font that the browser opened was replaced or removed (/usr/share/fonts/a.ttf); "
            + "render when no fonts are being installed or removed");
    }

    [Test]
    public async Task A_process_that_is_gone_tells_nothing() => await Assert.That(SystemFonts.UsedBy(int.MaxValue)).IsNull();

    [Test]
    public async Task The_set_is_the_same_wherever_the_fonts_are_and_in_whatever_order()
    {
        using var directory = new TemporaryDirectory();
        Write(directory, "one/a.ttf", "12");
        Write(directory, "one/deep/b.otf", "345");
        Write(directory, "other/b.otf", "xyz"); // of the same size: bytes are sealed where they are used
        Write(directory, "other/c/a.ttf", "12");
        Write(directory, "other/readme.txt", "");

        await Assert.That(Digest(directory, "one")).IsEqualTo(Digest(directory, "other"));
        await Assert.That(Digest(directory, "one")).IsNotEqualTo(Digest(directory, "nowhere"));
    }

    [Test]
    [Arguments("fonts/c.ttf", "1", DisplayName = "one more font")]
    [Arguments("fonts/a.ttf", "123", DisplayName = "another version")]
    [Arguments("conf/10-a.conf", "<y/>", DisplayName = "another configuration")]
    [Arguments("conf/conf.d/20.conf", "", DisplayName = "one more file of configuration")]
    public async Task The_set_is_another_with(string path, string text)
    {
        using var directory = new TemporaryDirectory();
        Write(directory, "fonts/a.ttf", "12");
        Write(directory, "conf/10-a.conf", "<x/>");
        string before = Digest(directory, "fonts");
        Write(directory, path, text);

        await Assert.That(Digest(directory, "fonts")).IsNotEqualTo(before);
        await Assert.That(JobValues.IsDigest(before)).IsTrue();
    }

    [Test]
    public async Task A_link_is_the_font_that_it_leads_to_and_one_that_leads_nowhere_is_none()
    {
        using var directory = new TemporaryDirectory();
        Write(directory, "fonts/a.ttf", "12");
        Write(directory, "links/other.bin", "12");
        File.CreateSymbolicLink(directory["links/a.ttf"], "other.bin");
        File.CreateSymbolicLink(directory["links/b.ttf"], "nowhere");
        Directory.CreateSymbolicLink(directory["links/loop"], ".");

        await Assert.That(Digest(directory, "links")).IsEqualTo(Digest(directory, "fonts"));
    }

    [Test]
    public async Task A_file_of_configuration_decides_and_one_that_cannot_be_read_is_not_the_same_as_none()
    {
        using var directory = new TemporaryDirectory();
        Write(directory, "own.conf", "<x/>");
        string Of(string? file) => SystemFonts.SetDigest([], [], file);

        await Assert.That(Of(directory["own.conf"])).IsNotEqualTo(Of(null));
        await Assert.That(Of(directory["nowhere.conf"])).IsEqualTo(Of(null)); // fontconfig goes without it, too
        File.CreateSymbolicLink(directory["circle.conf"], "circle.conf");
        await Assert.That(Of(directory["circle.conf"])).IsNotEqualTo(Of(null));
    }

    private static string Digest(TemporaryDirectory directory, string fonts) =>
        SystemFonts.SetDigest([directory[fonts]], [directory["conf"]], null);

    private static void Write(TemporaryDirectory directory, string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(directory[name])!);
        File.WriteAllText(directory[name], text);
    }
}
