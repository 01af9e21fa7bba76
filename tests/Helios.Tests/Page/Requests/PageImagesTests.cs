using System;
using System.Threading.Tasks;
using Helios.Tests.Support;

namespace Helios.Tests.Page.Requests;

/// <summary>Which of the images that helios does not serve move by themselves.</summary>
internal sealed class PageImagesTests
{
    private const int LongestMessage = 1000;
    private const string StillPng = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

    private static readonly string s_long = new('x', 100_000);

    [Test]
    [Arguments("image/png", StillPng, false, DisplayName = "PNG")]
    [Arguments("image/png", "iVBORw0KGgoAAAAAYWNUTA==", true, DisplayName = "APNG")]
    [Arguments("image/gif", "R0lGODlhLi4=", false, DisplayName = "GIF of one picture")]
    [Arguments("image/gif", "R0lGODlhIfkEIfkE", true, DisplayName = "GIF of two")]
    [Arguments("image/webp", "UklGRi4uLi5XRUJQVlA4WC4uLi4A", false, DisplayName = "WebP")]
    [Arguments("image/webp", "UklGRi4uLi5XRUJQVlA4WC4uLi4C", true, DisplayName = "WebP that moves")]
    [Arguments("image/avif", "Li4uLmZ0eXBhdmlmLi4uLg==", false, DisplayName = "AVIF")]
    public async Task A_picture_that_helios_does_not_serve_is_looked_at(string type, string body, bool moves)
    {
        foreach (
            string url in (string[])["data:" + type + ";base64," + body, "blob:https://composition.helios/1", "https://elsewhere.test/a"])
        {
            using var page = new ScriptedPage();

            page.Show("Image", type, url);
            bool wasIdle = page.Load.IsIdle;
            string asked = page.Peer.HearText();
            page.Answer(1, $$"""{"body":"{{body}}","base64Encoded":true}""");

            await Assert
                .That((wasIdle, asked, page.Load.IsIdle, page.Traits.HasMovingImages))
                .IsEqualTo((false, "1 Network.getResponseBody frame p1", true, moves));
            // pictures of other sites
            await Assert.That(page.Traits.PaintRefusal.Length > 0).IsEqualTo(moves || url.StartsWith("https:", StringComparison.Ordinal));
        }
    }

    [Test]
    public async Task A_picture_that_moves_ends_capture_by_paint()
    {
        using var page = new ScriptedPage(isHosted: true);
        page.Show("Image", "image/gif", "data:image/gif;base64," + s_long);

        string refusal = Refusal.TextOf(() => page.Answer(1, """{"body":"R0lGODlhIfkEIfkE","base64Encoded":true}"""));

        await Assert.That(refusal).StartsWith("65: the page shows data:image/gif;base64,xxx");
        await Assert
            .That(refusal)
            .EndsWith(
                "..., which moves by itself and cannot be captured by paint (frame 5 of https://composition.helios/page.html); plan the job with --capture screenshot"
            );
        await Assert.That(refusal.Length).IsLessThan(LongestMessage);
    }

    [Test]
    [Arguments("""{"body":"PHN2Zz48YW5pbWF0ZS8+PC9zdmc+","base64Encoded":true}""", DisplayName = "base64")]
    [Arguments("""{"body":"<svg><animate/></svg>","base64Encoded":false}""", DisplayName = "text")]
    public async Task An_SVG_picture_that_moves_is_refused_whatever_the_capture(string body)
    {
        using var page = new ScriptedPage();
        page.Show("Image", "image/svg+xml", "blob:https://composition.helios/1");

        string refusal = Refusal.TextOf(() => page.Answer(1, body));

        await Assert
            .That(refusal)
            .IsEqualTo(
                "65: the page shows blob:https://composition.helios/1, an SVG image that moves by itself and not by the page's clock (frame 5 of https://composition.helios/page.html); "
                    + "put its content into the document as an svg element, or make it a static image");
    }

    [Test]
    [Arguments("Image", "image/svg+xml", """{"body":"<svg/>","base64Encoded":false}""", DisplayName = "an SVG picture that stands still")]
    [Arguments("Document", "image/svg+xml", null, DisplayName = "an SVG document, which goes by the page's clock")]
    [Arguments("Fetch", "image/gif", null, DisplayName = "what a script fetches")]
    [Arguments("XHR", "image/png", null, DisplayName = "what a script asks for")]
    [Arguments("Other", "image/png", null, DisplayName = "a data: URL that a script fetches")]
    [Arguments("Image", "image/jpeg", null, DisplayName = "what never moves")]
    public async Task What_does_not_move_does_not_count(string use, string type, string? body)
    {
        using var page = new ScriptedPage();

        page.Show(use, type, "data:,x");
        if (body is not null) page.Answer(1, body);

        await Assert.That((page.Load.IsIdle, page.Traits.HasMovingImages, page.Traits.PaintRefusal)).IsEqualTo((true, false, ""));
    }

    [Test]
    [Arguments("image/png", true, DisplayName = "PNG: it may move")]
    [Arguments("image/svg+xml", false, DisplayName = "SVG: few move, and those would be refused")]
    public async Task What_cannot_be_looked_at(string type, bool counts)
    {
        using var refused = new ScriptedPage();
        refused.Show("Image", type, "blob:https://composition.helios/1");
        refused.Peer.Say("""{"id":1,"error":{"message":"No data found for resource with given identifier"}}""");
        refused.Peer.Handle();

        using var silent = new ScriptedPage();
        silent.Show("Image", type, "blob:https://composition.helios/1");
        silent.Load.StopWaiting();

        await Assert.That((refused.Load.IsIdle, refused.Traits.HasMovingImages)).IsEqualTo((true, counts));
        await Assert.That((silent.Load.IsIdle, silent.Traits.HasMovingImages)).IsEqualTo((true, counts));
    }

    [Test]
    public async Task A_picture_that_does_not_come_is_not_looked_at()
    {
        using var page = new ScriptedPage();

        page.Show("Image", "image/gif", "https://elsewhere.test/a.gif", isComplete: false);
        page.Peer.Tell("Network.loadingFailed", """{"requestId":"p1","canceled":true}""");
        page.Peer.Tell("Network.loadingFinished", """{"requestId":"p1"}""");

        await Assert.That(page.Peer.HearText()).IsEqualTo("");
    }
}
