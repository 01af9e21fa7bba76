using System.Threading.Tasks;
using Helios.Page.Requests;

namespace Helios.Tests.Page.Requests;

internal sealed class MediaTypesTests
{
    [Test]
    // what browsers are strict about
    [Arguments("/srv/a.mjs", "text/javascript; charset=utf-8", DisplayName = "module")]
    [Arguments("/srv/a.wasm", "application/wasm", DisplayName = "WebAssembly, streamed only under its type")]
    [Arguments("/srv/a.css", "text/css; charset=utf-8", DisplayName = "style sheet")]
    [Arguments("/srv/a.svg", "image/svg+xml", DisplayName = "vector picture")]
    [Arguments("/srv/a.vtt", "text/vtt; charset=utf-8", DisplayName = "subtitles")]
    // which part of a name is the extension
    [Arguments("/srv/INDEX.HTML", "text/html; charset=utf-8", DisplayName = "capitals")]
    [Arguments("/srv/jquery.min.js", "text/javascript; charset=utf-8", DisplayName = "several points")]
    [Arguments("/srv/.html", "text/html; charset=utf-8", DisplayName = "only an extension")]
    [Arguments("/srv/v1.js/data", "application/octet-stream", DisplayName = "the extension of a directory means nothing")]
    [Arguments("/srv/data", "application/octet-stream", DisplayName = "no extension")]
    [Arguments("/srv/a.js.", "application/octet-stream", DisplayName = "point at the end")]
    [Arguments("/srv/a.exe", "application/octet-stream", DisplayName = "unknown extension")]
    [Arguments("/srv/a.wİff", "application/octet-stream", DisplayName = "letters of no ASCII")]
    [Arguments("", "application/octet-stream", DisplayName = "empty")]
    public async Task The_extension_decides_the_type(string path, string type) =>
        await Assert.That(MediaTypes.Of(path)).IsEqualTo(type);

    [Test]
    [Arguments("page", "text/html; charset=utf-8")]
    [Arguments("page.unknown", "text/html; charset=utf-8")]
    [Arguments("page.xhtml", "application/xhtml+xml")]
    [Arguments("page.svg", "image/svg+xml")]
    public async Task A_document_is_shown_whatever_its_extension(string path, string type) =>
        await Assert.That(MediaTypes.OfDocument(path)).IsEqualTo(type);
}
