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

internal sealed class PageFaultsTests
{
    private const int Huge = 100_000;
    private const int LongestMessage = 1000;

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

        string refusal = Refusal.TextOf(() => page.Peer.Tell("Page.frameNavigated", $$"""{"frame":{"id":"F","loaderId":"2","url":"data:text/html,{{s_long}}"} }"""));

        await Assert.That(refusal).StartsWith("65: the page navigates away to data:text/html,xxx");
        await Assert.That(refusal.Length).IsLessThan(LongestMessage);
    }

    [Test]
    public async Task Warnings_and_suspects_are_short_too()
    {
        using var page = new ScriptedPage();
        string url = "https://a.test/" + s_long;

        page.Peer.Tell("Runtime.consoleAPICalled", $$"""{"type":"error","args":[{"type":"string","value":"{{s_long}}"},{"type":"string","value":"{{s_long}}"}]}""");
        page.Peer.Tell("Network.requestWillBeSent", $$"""{"requestId":"1","type":"Fetch","request":{"url":"{{url}}"} }""");
        string? suspect = page.Suspect;
        page.Load.StopWaiting();
        page.Peer.Tell("Network.loadingFailed", """{"requestId":"1","type":"Fetch","errorText":"net::ERR_FAILED"}""");

        await Assert.That(suspect!.Length).IsLessThan(LongestMessage);
        await Assert.That(page.Warnings.Count).IsEqualTo(3);
        await Assert.That(page.Warnings.Max(warning => warning.Length)).IsLessThan(LongestMessage);
    }

    private static TestDataRow<(string Method, string Parameters, string Beginning)> Row(string name, string method, string parameters, string beginning) =>
        new((method, parameters, beginning), DisplayName: "Long: " + name);
}
