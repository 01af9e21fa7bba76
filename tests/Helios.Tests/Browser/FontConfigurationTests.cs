using System.Threading.Tasks;
using Helios.Browser.Fonts;

namespace Helios.Tests.Browser;

internal sealed class FontConfigurationTests
{
    [Test]
    public async Task The_directory_comes_first_and_its_families_from_nowhere_else() =>
        await Assert
            .That(FontConfiguration.Make("/a & <b>", ["x/One.ttf"], ["One"], "/etc/fonts/fonts.conf", "/tmp/p/fontconfig"))
            .IsEqualTo(
                """
                <?xml version="1.0"?>
                <!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
                <fontconfig>
                <dir>/a &amp; &lt;b></dir>
                <cachedir>/tmp/p/fontconfig</cachedir>
                <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
                <selectfont>
                <rejectfont><glob>/a &amp; &lt;b>/*</glob></rejectfont>
                <acceptfont><glob>/a &amp; &lt;b>/x/One.ttf</glob></acceptfont>
                <acceptfont><pattern><patelt name="file"><string>/a &amp; &lt;b>/x/One.ttf</string></patelt></pattern></acceptfont>
                <rejectfont><pattern><patelt name="family"><string>One</string></patelt></pattern></rejectfont>
                </selectfont>
                </fontconfig>

                """);
}
