using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Helios.Os.Files;
using Helios.Page;
using Helios.Page.Requests;
using Helios.Tests.Support;

namespace Helios.Tests.Page;

internal sealed class PageWatchTests
{
    private const int Huge = 100_000;
    private const int LongestMessage = 1000;
    private const string StillPng = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

    private static readonly string s_long = new('x', Huge);

    public static IEnumerable<TestDataRow<(string Method, string Parameters, string Beginning)>> LongTexts()
    {
        yield return Row("exception", "Runtime.exceptionThrown", $$"""{"exceptionDetails":{"exception":{"description":"Error: {{s_long}}"} } }""", "65: the page throws: Error: xxx");
        yield return Row("text that is thrown", "Runtime.exceptionThrown", $$"""{"exceptionDetails":{"exception":{"value":"{{s_long}}"},"text":"Uncaught"} }""", "65: the page throws: xxx");
        yield return Row("place of an exception", "Runtime.exceptionThrown", $$"""{"exceptionDetails":{"text":"short","url":"data:text/javascript,{{s_long}}","lineNumber":4} }""", "65: the page throws: short at data:text/javascript,xxx");
        yield return Row("dialog", "Page.javascriptDialogOpening", $$"""{"type":"alert","message":"{{s_long}}"}""", "65: the page opens a dialog (alert): \"xxx");
        yield return Row("window", "Page.windowOpen", $$"""{"url":"data:text/html,{{s_long}}"}""", "65: the page opens a window (data:text/html,xxx");
        yield return Row("answer", "Network.responseReceived", $$"""{"requestId":"1","type":"Image","response":{"url":"https://a.test/{{s_long}}","status":404,"mimeType":"text/html"} }""", "65: the page needs https://a.test/xxx");
        yield return Row("picture that moves", "Network.responseReceived", $$"""{"requestId":"1","type":"Image","response":{"url":"https://composition.helios/{{s_long}}.svg","status":200,"mimeType":"image/svg+xml"} }""", "65: the page shows https://composition.helios/xxx");
    }

    [Test]
    [MethodDataSource(nameof(LongTexts))]
    public async Task Texts_of_the_page_are_shortened(string method, string parameters, string beginning)
    {
        using var page = new Page();

        string refusal = Refusal.TextOf(() => page.Peer.Tell(method, parameters));

        await Assert.That(refusal).StartsWith(beginning);
        await Assert.That(refusal.Length).IsLessThan(LongestMessage);
    }

    [Test]
    public async Task A_page_that_goes_away_is_named_in_short()
    {
        using var page = new Page();
        page.Peer.Tell("Page.frameNavigated", """{"frame":{"id":"F","loaderId":"1","url":"https://composition.helios/page.html"}}""");

        string refusal = Refusal.TextOf(() => page.Peer.Tell("Page.frameNavigated", $$"""{"frame":{"id":"F","loaderId":"2","url":"data:text/html,{{s_long}}"} }"""));

        await Assert.That(refusal).StartsWith("65: the page navigates away to data:text/html,xxx");
        await Assert.That(refusal.Length).IsLessThan(LongestMessage);
    }

    [Test]
    public async Task Warnings_and_suspects_are_short_too()
    {
        using var page = new Page();
        string url = "https://a.test/" + s_long;

        page.Peer.Tell("Runtime.consoleAPICalled", $$"""{"type":"error","args":[{"type":"string","value":"{{s_long}}"},{"type":"string","value":"{{s_long}}"}]}""");
        page.Peer.Tell("Network.requestWillBeSent", $$"""{"requestId":"1","type":"Fetch","request":{"url":"{{url}}"} }""");
        string? suspect = page.Watch.FindOpenRequest();
        page.Watch.StopWaiting();
        page.Peer.Tell("Network.loadingFailed", """{"requestId":"1","type":"Fetch","errorText":"net::ERR_FAILED"}""");

        await Assert.That(suspect!.Length).IsLessThan(LongestMessage);
        await Assert.That(page.Warnings.Count).IsEqualTo(3);
        await Assert.That(page.Warnings.Max(warning => warning.Length)).IsLessThan(LongestMessage);
    }

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
        foreach (string url in (string[])["data:" + type + ";base64," + body, "blob:https://composition.helios/1", "https://elsewhere.test/a"])
        {
            using var page = new Page();

            page.Show("Image", type, url);
            bool wasIdle = page.Watch.IsIdle;
            string asked = page.Peer.HearText();
            page.Answer(1, $$"""{"body":"{{body}}","base64Encoded":true}""");

            await Assert.That((wasIdle, asked, page.Watch.IsIdle, page.Watch.HasMovingImages)).IsEqualTo((false, "1 Network.getResponseBody frame p1", true, moves));
            await Assert.That(page.Watch.PaintRefusal.Length > 0).IsEqualTo(moves || url.StartsWith("https:", StringComparison.Ordinal)); // pictures of other sites
        }
    }

    [Test]
    public async Task A_picture_that_moves_ends_capture_by_paint()
    {
        using var page = new Page(isHosted: true);
        page.Show("Image", "image/gif", "data:image/gif;base64," + s_long);

        string refusal = Refusal.TextOf(() => page.Answer(1, """{"body":"R0lGODlhIfkEIfkE","base64Encoded":true}"""));

        await Assert.That(refusal).StartsWith("65: the page shows data:image/gif;base64,xxx");
        await Assert.That(refusal).EndsWith("..., which moves by itself and cannot be captured by paint (frame 5); plan the job with --capture screenshot");
        await Assert.That(refusal.Length).IsLessThan(LongestMessage);
    }

    [Test]
    [Arguments("""{"body":"PHN2Zz48YW5pbWF0ZS8+PC9zdmc+","base64Encoded":true}""", DisplayName = "base64")]
    [Arguments("""{"body":"<svg><animate/></svg>","base64Encoded":false}""", DisplayName = "text")]
    public async Task An_SVG_picture_that_moves_is_refused_whatever_the_capture(string body)
    {
        using var page = new Page();
        page.Show("Image", "image/svg+xml", "blob:https://composition.helios/1");

        string refusal = Refusal.TextOf(() => page.Answer(1, body));

        await Assert.That(refusal).IsEqualTo("65: the page shows blob:https://composition.helios/1, an SVG picture that moves by itself and not by the page's clock (frame 5); "
            + "put its content into the document as an svg element, or make it a still picture");
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
        using var page = new Page();

        page.Show(use, type, "data:,x");
        if (body is not null) page.Answer(1, body);

        await Assert.That((page.Watch.IsIdle, page.Watch.HasMovingImages, page.Watch.PaintRefusal)).IsEqualTo((true, false, ""));
    }

    [Test]
    [Arguments("image/png", true, DisplayName = "PNG: it may move")]
    [Arguments("image/svg+xml", false, DisplayName = "SVG: few move, and those would be refused")]
    public async Task What_cannot_be_looked_at(string type, bool counts)
    {
        using var refused = new Page();
        refused.Show("Image", type, "blob:https://composition.helios/1");
        refused.Peer.Say("""{"id":1,"error":{"message":"No data found for resource with given identifier"}}""");
        refused.Peer.Handle();

        using var silent = new Page();
        silent.Show("Image", type, "blob:https://composition.helios/1");
        silent.Watch.StopWaiting();

        await Assert.That((refused.Watch.IsIdle, refused.Watch.HasMovingImages)).IsEqualTo((true, counts));
        await Assert.That((silent.Watch.IsIdle, silent.Watch.HasMovingImages)).IsEqualTo((true, counts));
    }

    [Test]
    public async Task A_picture_that_does_not_come_is_not_looked_at()
    {
        using var page = new Page();

        page.Show("Image", "image/gif", "https://elsewhere.test/a.gif", isComplete: false);
        page.Peer.Tell("Network.loadingFailed", """{"requestId":"p1","canceled":true}""");
        page.Peer.Tell("Network.loadingFinished", """{"requestId":"p1"}""");

        await Assert.That(page.Peer.HearText()).IsEqualTo("");
    }

    private static TestDataRow<(string Method, string Parameters, string Beginning)> Row(string name, string method, string parameters, string beginning) =>
        new((method, parameters, beginning), DisplayName: "Long: " + name);

    /// <summary>A page whose browser is the test.</summary>
    private sealed class Page : IDisposable
    {
        private readonly TemporaryDirectory _folder = new();

        internal Page(bool isHosted = false)
        {
            var server = new CompositionServer(Peer.Session, RealPath.Of(_folder.FullPath)!, isOffline: false, new PageReads());
            Peer.Session.Attach("S");
            Peer.Session.Where = "frame 5";
            Watch = new PageWatch(Peer.Session, server, new RequestQueue(server, static () => 0), new PageResponses(), isHosted, Warnings.Add);
            Peer.Session.OnEvent = message => Watch.OnEvent(message.Method, message.Body, message.Session);
        }

        internal DevToolsPeer Peer { get; } = new();

        internal PageWatch Watch { get; }

        internal List<string> Warnings { get; } = [];

        /// <summary>The page gets something as request p1.</summary>
        internal void Show(string use, string type, string url, bool isComplete = true)
        {
            Peer.Tell("Network.responseReceived", $$"""{"requestId":"p1","type":"{{use}}","response":{"url":"{{url}}","status":200,"mimeType":"{{type}}"} }""", "frame");
            if (isComplete) Peer.Tell("Network.loadingFinished", """{"requestId":"p1","encodedDataLength":5}""", "frame");
        }

        internal void Answer(int call, string result)
        {
            Peer.Say($$"""{"id":{{call}},"result":{{result}}}""");
            Peer.Handle();
        }

        public void Dispose()
        {
            Peer.Dispose();
            _folder.Dispose();
        }
    }
}
