using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Tests.Support;

namespace Helios.Tests.Page;

internal sealed class PageFaultsTests
{
    private const int Huge = 100_000;
    private const int LongestMessage = 1000;

    private const string Where = "(frame 5 of https://composition.helios/page.html)";

    private static readonly string s_long = new('x', Huge);

    public static IEnumerable<TestDataRow<(string Method, string Parameters, string Beginning)>> LongTexts()
    {
        yield return Row(
            "exception",
            "Runtime.exceptionThrown",
            $$"""{"exceptionDetails":{"exception":{"description":"Error: {{s_long}}"} } }""",
            "65: the page throws: Error: xxx");
        yield return Row(
            "text that is thrown",
            "Runtime.exceptionThrown",
            $$"""{"exceptionDetails":{"exception":{"value":"{{s_long}}"},"text":"Uncaught"} }""",
            "65: the page throws: xxx");
        yield return Row(
            "place of an exception",
            "Runtime.exceptionThrown",
            $$"""{"exceptionDetails":{"text":"short","url":"data:text/javascript,{{s_long}}","lineNumber":4} }""",
            "65: the page throws: short at data:text/javascript,xxx");
        yield return Row(
            "dialog",
            "Page.javascriptDialogOpening",
            $$"""{"type":"alert","message":"{{s_long}}"}""",
            "65: the page opens a dialog (alert): \"xxx");
        yield return Row(
            "window",
            "Page.windowOpen",
            $$"""{"url":"data:text/html,{{s_long}}"}""",
            "65: the page opens a window (data:text/html,xxx");
        yield return Row(
            "answer",
            "Network.responseReceived",
            $$"""{"requestId":"1","type":"Image","response":{"url":"https://a.test/{{s_long}}","status":404,"mimeType":"text/html"} }""",
            "65: the page needs https://a.test/xxx");
        yield return Row(
            "picture that moves",
            "Network.responseReceived",
            $$"""{"requestId":"1","type":"Image","response":{"url":"https://composition.helios/{{s_long}}.svg","status":200,"mimeType":"image/svg+xml"} }""",
            "65: the page shows https://composition.helios/xxx");
    }

    [Test]
    [MethodDataSource(nameof(LongTexts))]
    public async Task Texts_of_the_page_are_shortened(string method, string parameters, string beginning)
    {
        using var page = new ScriptedPage();

        string refusal = Refusal.TextOf(() => page.Peer.Tell(method, parameters));

        await Assert.That(refusal).StartsWith(beginning);
        await Assert.That(refusal.Length).IsLessThan(LongestMessage);
    }

    [Test]
    public async Task A_page_that_goes_away_is_named_in_short()
    {
        using var page = new ScriptedPage();
        page.Peer.Tell("Page.frameNavigated", """{"frame":{"id":"F","loaderId":"1","url":"https://composition.helios/page.html"}}""");

        string refusal = Refusal.TextOf(() =>
            page.Peer.Tell("Page.frameNavigated", $$"""{"frame":{"id":"F","loaderId":"2","url":"data:text/html,{{s_long}}"} }"""));

        await Assert.That(refusal).StartsWith("65: the page navigates away to data:text/html,xxx");
        await Assert.That(refusal.Length).IsLessThan(LongestMessage);
    }

    [Test]
    public async Task Warnings_and_suspects_are_short_too()
    {
        using var page = new ScriptedPage();
        string url = "https://a.test/" + s_long;

        page.Peer.Tell(
            "Runtime.consoleAPICalled",
            $$"""{"type":"error","args":[{"type":"string","value":"{{s_long}}"},{"type":"string","value":"{{s_long}}"}]}""");
        page.Peer.Tell("Network.requestWillBeSent", $$"""{"requestId":"1","type":"Fetch","request":{"url":"{{url}}"} }""");
        string? suspect = page.Suspect;
        page.Load.StopWaiting();
        page.Peer.Tell("Network.loadingFailed", """{"requestId":"1","type":"Fetch","errorText":"net::ERR_FAILED"}""");

        await Assert.That(suspect!.Length).IsLessThan(LongestMessage);
        await Assert.That(page.Warnings.Count).IsEqualTo(3);
        await Assert.That(page.Warnings.Max(warning => warning.Length)).IsLessThan(LongestMessage);
    }

    [Test]
    [Arguments("Runtime.exceptionThrown",
        """{"exceptionDetails":{"text":"Uncaught","exception":{"description":"TypeError: no\n    at a.js"},"url":"https://composition.helios/a.js","lineNumber":4}}""",
        "65: the page throws: TypeError: no at https://composition.helios/a.js:5 @; fix the page; it can be tried in any browser",
        DisplayName = "exception")]
    [Arguments("Runtime.exceptionThrown",
        """{"exceptionDetails":{"text":"Uncaught","exception":{"description":"TypeError: Failed to resolve module specifier \"three\". "}}}""",
        "65: the page throws: TypeError: Failed to resolve module specifier \"three\".  @; bundle the page, or map the name in <script type=\"importmap\"> to an address that begins with \"./\", \"../\", \"/\" or https://",
        DisplayName = "import of a bare name")]
    [Arguments("Page.javascriptDialogOpening", """{"type":"confirm","message":"Sure?"}""",
        "65: the page opens a dialog (confirm): \"Sure?\" @; remove it: a render has no user to answer it", DisplayName = "dialog")]
    [Arguments("Page.windowOpen", """{"url":"https://a.test/"}""",
        "65: the page opens a window (https://a.test/) @; remove it: a composition is one document", DisplayName = "window")]
    [Arguments("Inspector.targetCrashed", "{}",
        "75: the page crashed in the browser @; run it again; if it happens again, give it more memory",
        DisplayName = "crash")]
    [Arguments("Target.detachedFromTarget", """{"sessionId":"S"}""",
        "75: the page crashed in the browser @; run it again; if it happens again, give it more memory", DisplayName = "page that is gone")]
    [Arguments("Runtime.bindingCalled", """{"payload":"refusal the page has a video"}""",
        "65: the page has a video @; fix the page, or remove what cannot be rendered",
        DisplayName = "what a frame finds that cannot be asked")]
    public async Task A_page_that_cannot_be_rendered_ends_the_render(string method, string parameters, string refusal)
    {
        using var page = new ScriptedPage();

        await Assert
            .That(Refusal.TextOf(() => page.Peer.Tell(method, parameters)))
            .IsEqualTo(refusal.Replace("@", Where, StringComparison.Ordinal));
    }

    [Test]
    [Arguments(404, "Script",
        "65: the page needs https://a.test/1 (Script) and does not get it: HTTP status 404 @; correct the address, or keep a copy in the project directory; --block leaves out what the page can do without")]
    [Arguments(500, "Font",
        "75: the page needs https://a.test/1 (Font) and does not get it: HTTP status 500 @; run it again; --block leaves out what the page can do without")]
    [Arguments(429, "Image",
        "75: the page needs https://a.test/1 (Image) and does not get it: HTTP status 429 @; run it again; --block leaves out what the page can do without")]
    [Arguments(408, "Stylesheet",
        "75: the page needs https://a.test/1 (Stylesheet) and does not get it: HTTP status 408 @; run it again; --block leaves out what the page can do without")]
    [Arguments(404, "Fetch", "helios: the page asked for https://a.test/1 and did not get it: HTTP status 404 @")]
    [Arguments(416, "Media", "", DisplayName = "media ask past the end of a file")]
    [Arguments(399, "Script", "")]
    public async Task What_the_page_shows_must_come_and_of_the_rest_a_warning_is_enough(int status, string use, string said)
    {
        using var page = new ScriptedPage();

        string refusal = TextOf(() => page.Peer.Tell("Network.responseReceived",
            $$"""{"requestId":"1","type":"{{use}}","response":{"url":"https://a.test/1","status":{{status}},"mimeType":"text/html"} }"""));

        await Assert.That(refusal + string.Join('\n', page.Warnings)).IsEqualTo(said.Replace("@", Where, StringComparison.Ordinal));
    }

    [Test]
    [Arguments(""","type":"Script","errorText":"net::ERR_CONNECTION_REFUSED" """,
        "75: the page needs https://a.test/1 (Script) and does not get it: net::ERR_CONNECTION_REFUSED @; run it again; --block leaves out what the page can do without",
        DisplayName = "another try may get it")]
    [Arguments(""","type":"Script","errorText":"net::ERR_BLOCKED_BY_ORB" """,
        "65: the page needs https://a.test/1 (Script) and does not get it: net::ERR_BLOCKED_BY_ORB @; the browser would block it every time: fix the page, or what its server allows; --block leaves out what the page can do without",
        DisplayName = "blocked")]
    [Arguments(""","type":"Font","errorText":"net::ERR_FAILED","corsErrorStatus":{"corsError":"MissingAllowOriginHeader"}""",
        "65: the page needs https://a.test/1 (Font) and does not get it: net::ERR_FAILED, MissingAllowOriginHeader @; the browser would block it every time: fix the page, or what its server allows; --block leaves out what the page can do without",
        DisplayName = "CORS")]
    [Arguments(""","type":"Image","blockedReason":"mixed-content" """,
        "65: the page needs https://a.test/1 (Image) and does not get it: mixed-content @; the browser would block it every time: fix the page, or what its server allows; --block leaves out what the page can do without",
        DisplayName = "a reason and no text")]
    [Arguments(""","type":"Image" """,
        "75: the page needs https://a.test/1 (Image) and does not get it: it failed @; run it again; --block leaves out what the page can do without",
        DisplayName = "no reason")]
    [Arguments(""","type":"Fetch","errorText":"net::ERR_FAILED" """,
        "helios: the page asked for https://a.test/1 and did not get it: net::ERR_FAILED @", DisplayName = "the page can handle it")]
    [Arguments(""","type":"Script","errorText":"net::ERR_ABORTED","canceled":true""", "", DisplayName = "not wanted any more")]
    public async Task A_request_that_fails(string parameters, string said)
    {
        using var page = new ScriptedPage();
        page.Request("1");

        string refusal = TextOf(() => page.Peer.Tell("Network.loadingFailed", "{\"requestId\":\"1\"" + parameters + "}"));
        page.Peer.Tell("Network.loadingFailed", "{\"requestId\":\"1\"" + parameters + "}"); // its end is known already

        await Assert.That(refusal + string.Join('\n', page.Warnings)).IsEqualTo(said.Replace("@", Where, StringComparison.Ordinal));
    }

    [Test]
    public async Task What_helios_itself_refused_is_told_with_its_reason()
    {
        using var page = new ScriptedPage();
        page.Server.Refused["https://a.test/1"] = "only http and https are allowed";
        page.Request("1");

        string refusal = Refusal.TextOf(() =>
            page.Peer.Tell("Network.loadingFailed", """{"requestId":"1","type":"Image","errorText":"net::ERR_INTERNET_DISCONNECTED"}"""));

        await Assert
            .That(refusal)
            .StartsWith("65: the page needs https://a.test/1 (Image) and does not get it: only http and https are allowed (");
    }

    [Test]
    public async Task Warnings_of_one_kind_have_an_end()
    {
        using var page = new ScriptedPage();

        for (int i = 0; i < 50; i++)
        {
            page.Peer.Tell("Network.requestWillBeSent", $$"""{"requestId":"1","type":"Fetch","request":{"url":"https://a.test/{{i}}"} }""");
            page.Peer.Tell("Network.loadingFailed", """{"requestId":"1","type":"Fetch","errorText":"net::ERR_FAILED"}""");
        }

        await Assert.That(page.Warnings.Count).IsEqualTo(20);
    }

    [Test]
    [Arguments(false, "A:1", "A:2", true, DisplayName = "another document")]
    [Arguments(false, "A:1", "B:2<A", false, DisplayName = "a frame in the composition")]
    [Arguments(true, "A:1 B:1<A", "B:2<A", true, DisplayName = "hosted: another document in place of the composition")]
    [Arguments(true, "A:1 B:1<A", "A:2", true, DisplayName = "hosted: another document in place of the host")]
    [Arguments(true, "A:1 B:1<A", "C:2<B", false, DisplayName = "hosted: a frame in the composition")]
    [Arguments(true, "A:1", "B:1<A", false, DisplayName = "hosted: the composition itself")]
    public async Task A_composition_is_one_document(bool isHosted, string before, string then, bool isRefused)
    {
        using var page = new ScriptedPage(isHosted);
        foreach (string frame in before.Split(' ')) page.Peer.Tell("Page.frameNavigated", FrameOf(frame));

        string refusal = TextOf(() => page.Peer.Tell("Page.frameNavigated", FrameOf(then)));

        await Assert
            .That(refusal)
            .IsEqualTo(
                isRefused
                    ? $"65: the page navigates away to https://a.test/ {Where}; remove the navigation: a composition is one document"
                    : "");
    }

    /// <summary><c>frame:loader&lt;parent</c>.</summary>
    private static string FrameOf(string text)
    {
        string[] parts = text.Split(':', '<');
        string parent = parts.Length > 2 ? $",\"parentId\":\"{parts[2]}\"" : "";
        return $$"""{"frame":{"id":"{{parts[0]}}","loaderId":"{{parts[1]}}","url":"https://a.test/"{{parent}}} }""";
    }

    /// <summary>The refusal; empty when nothing is refused.</summary>
    private static string TextOf(Action action)
    {
        try
        {
            action();
            return "";
        }
        catch (HeliosException refusal)
        {
            return $"{(int)refusal.Code}: {refusal.Message}";
        }
    }

    private static TestDataRow<(string Method, string Parameters, string Beginning)> Row(
        string name,
        string method,
        string parameters,
        string beginning
    ) => new((method, parameters, beginning), DisplayName: "Long: " + name);
}
