using System.Threading.Tasks;
using CsCheck;
using Helios.Jobs;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs;

internal sealed class CompositionUrlTests
{
    private const string MustBeEncoded = "blanks and characters that a URL cannot hold must be percent-encoded";

    [Test]
    [Arguments("/srv/spots/a.html", "file:///srv/spots/a.html", DisplayName = "plain")]
    [Arguments("/srv/my spots/a.html", "file:///srv/my%20spots/a.html", DisplayName = "blank")]
    [Arguments("/srv/100%/a#1?.html", "file:///srv/100%25/a%231%3F.html", DisplayName = "percent, hash, question mark")]
    [Arguments("/srv/it's \"x\".html", "file:///srv/it%27s%20%22x%22.html", DisplayName = "quotes")]
    [Arguments("/srv/a\nb.html", "file:///srv/a%0Ab.html", DisplayName = "newline")]
    [Arguments("/srv/Grüße/日本.html", "file:///srv/Gr%C3%BC%C3%9Fe/%E6%97%A5%E6%9C%AC.html", DisplayName = "not ASCII")]
    [Arguments("/srv/a+b&c=d;e,f@g:h.html", "file:///srv/a%2Bb%26c%3Dd%3Be%2Cf%40g%3Ah.html", DisplayName = "reserved characters")]
    [Arguments("/srv/a-b_c.d~e.html", "file:///srv/a-b_c.d~e.html", DisplayName = "unreserved characters")]
    public async Task A_path_becomes_a_file_url(string path, string url) =>
        await Assert.That(CompositionUrl.FromPath(path)).IsEqualTo(url);

    [Test]
    public void Decoding_undoes_encoding() =>
        Gens.Text.Sample(text => CompositionUrl.TryDecode(CompositionUrl.Encode(text), out string again) && again == text, iter: 2000);

    [Test]
    public void An_encoded_path_is_a_valid_file_url() =>
        Gens.Text.Sample(text => CompositionUrl.Check(CompositionUrl.FromPath("/" + text)) is null, iter: 2000);

    [Test]
    [Arguments("/srv/spots/a b.html", DisplayName = "blank")]
    [Arguments("/c:/spots/a.html", DisplayName = "a folder that looks like a drive")]
    [Arguments("/:/a.html", DisplayName = "a folder named colon")]
    public async Task The_path_of_a_file_url_is_the_path_it_was_made_from(string path)
    {
        await Assert.That(CompositionUrl.TryGetPath(CompositionUrl.FromPath(path), "/elsewhere", out string again)).IsTrue();
        await Assert.That(again).IsEqualTo(path);
    }

    [Test]
    public async Task A_reference_starts_in_the_directory()
    {
        CompositionUrl.TryGetPath("pages/a%20b.html", "/srv/spots", out string path);

        await Assert.That(path).IsEqualTo("/srv/spots/pages/a b.html");
    }

    [Test]
    [Arguments("a%2", DisplayName = "escape is cut off")]
    [Arguments("a%", DisplayName = "percent at the end")]
    [Arguments("a%zz", DisplayName = "not hexadecimal")]
    [Arguments("a%00b", DisplayName = "NUL")]
    [Arguments("a%ff", DisplayName = "not UTF-8")]
    [Arguments("a%c0%af", DisplayName = "overlong UTF-8")]
    [Arguments("a%ed%a0%80", DisplayName = "half of a surrogate pair")]
    public async Task Broken_escapes_are_refused(string text) =>
        await Assert.That(CompositionUrl.TryDecode(text, out _)).IsFalse();

    [Test]
    [Arguments("file:///srv/a.html", DisplayName = "file")]
    [Arguments("FILE:///srv/a.html", DisplayName = "scheme in capitals")]
    [Arguments("http://example.com", DisplayName = "http without path")]
    [Arguments("https://example.com:8080/a.html?x=1&y=%20#top", DisplayName = "https with port, query and fragment")]
    [Arguments("http://[::1]/a.html", DisplayName = "IPv6 host")]
    [Arguments("a.html", DisplayName = "reference")]
    [Arguments("pages/a%20b.html", DisplayName = "reference with escape")]
    [Arguments("pages/x:y.html", DisplayName = "colon after a slash is no scheme")]
    public async Task Addresses_of_a_spec_are_accepted(string url) =>
        await Assert.That(CompositionUrl.Check(url)).IsNull();

    [Test]
    [Arguments("file:///srv/a b.html", MustBeEncoded, DisplayName = "blank")]
    [Arguments("https://example.com/ü", MustBeEncoded, DisplayName = "not ASCII")]
    [Arguments("a\0b", MustBeEncoded, DisplayName = "NUL")]
    [Arguments("a\\b.html", MustBeEncoded, DisplayName = "backslash")]
    [Arguments("https:///a.html", "the URL has no host", DisplayName = "no host")]
    [Arguments("http://", "the URL has no host", DisplayName = "nothing but a scheme")]
    [Arguments("http://?x", "the URL has no host", DisplayName = "query instead of a host")]
    [Arguments("file://host/a.html", "a file URL begins with file:///", DisplayName = "file URL with a host")]
    [Arguments("/srv/a.html", "an absolute path is written as a file:/// URL", DisplayName = "absolute path")]
    [Arguments("javascript:alert(1)", "helios renders file, http and https addresses, not javascript", DisplayName = "javascript")]
    [Arguments("data:text/html,x", "helios renders file, http and https addresses, not data", DisplayName = "data")]
    [Arguments("file:///a%2.html?x=1", "a percent sign begins no escape, or the escapes are not UTF-8",
        DisplayName = "an escape before a query")]
    [Arguments("?x=1", "it names no page", DisplayName = "nothing but a query")]
    [Arguments("a.html#a b", "blanks and characters that a URL cannot hold must be percent-encoded", DisplayName = "a blank in a fragment")]
    [Arguments("file:///a%zz", "a percent sign begins no escape, or the escapes are not UTF-8", DisplayName = "broken escape")]
    [Arguments("a%00.html", "a percent sign begins no escape, or the escapes are not UTF-8", DisplayName = "escaped NUL")]
    public async Task Other_addresses_are_refused(string url, string what) =>
        await Assert.That(CompositionUrl.Check(url)).IsEqualTo(what);
}
