using System.Threading.Tasks;
using Helios.Browser;
using Helios.Os.Files;
using Helios.Page.Requests;
using Helios.Tests.Support;

namespace Helios.Tests.Browser;

internal sealed class DevToolsSessionTests
{
    private const string Request =
        """{"requestId":"r1","request":{"url":"https://composition.helios/a.json","headers":{}},"resourceType":"XHR","networkId":"9.1"}""";

    /// <summary>It was sent to the browser itself, which knows no such request: it was never answered.</summary>
    [Test]
    public async Task A_request_that_comes_while_the_browser_itself_is_asked_is_answered_in_its_session()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("a.json", "1");
        using var peer = new DevToolsPeer();
        DevToolsSession page = peer.Browser.For("page");
        _ = new RequestQueue(
            page,
            new CompositionServer(page, RealPath.Of(folder.FullPath)!, isOffline: false, new PageReads()),
            static () => 0);

        peer.Say($$"""{"method":"Fetch.requestPaused","params":{{Request}},"sessionId":"page"}""");
        peer.Say("""{"id":1,"result":{"processInfo":[{"type":"GPU","id":12}]}}""");
        _ = new GraphicsProcess(page.Browser);

        await Assert.That(peer.HearText()).IsEqualTo("1 SystemInfo.getProcessInfo -\n2 Fetch.fulfillRequest page r1");
    }

    [Test]
    public async Task A_call_names_the_session_that_it_is_made_on()
    {
        using var peer = new DevToolsPeer();
        DevToolsSession page = peer.Browser.For("page");

        peer.Browser.Send("A.a");
        page.Send("B.b");
        page.For("worker").Send("C.c");
        page.Browser.Send("D.d");

        await Assert.That(peer.HearText()).IsEqualTo("1 A.a -\n2 B.b page\n3 C.c worker\n4 D.d -");
    }

    [Test]
    public async Task An_event_tells_the_session_that_it_comes_from()
    {
        using var peer = new DevToolsPeer();
        DevToolsSession page = peer.Browser.For("page");
        peer.Connection.Subscribe("A.a"u8, message => page.SenderOf(message).Send("B.b"));

        peer.Tell("A.a", "{}", "worker");
        peer.Say("""{"method":"A.a","params":{}}""");
        peer.Handle();

        await Assert.That(peer.HearText()).IsEqualTo("1 B.b worker\n2 B.b -");
    }

    [Test]
    public async Task A_refusal_is_the_callers_business_or_an_error()
    {
        using var peer = new DevToolsPeer();
        DevToolsSession page = peer.OpenSession("page", new NamedContext("frame 5"));
        peer.Say("""{"id":1,"error":{"code":-32601,"message":"'A.a' wasn't found"},"sessionId":"page"}""");
        peer.Say("""{"id":2,"error":{},"sessionId":"page"}""");

        _ = page.TryCall("A.a", null, 1000, out string? reason);
        string refusal = Refusal.TextOf(() => page.Call("B.b", null, 1000));

        await Assert.That(reason).IsEqualTo("'A.a' wasn't found");
        await Assert
            .That(refusal)
            .IsEqualTo("75: the browser refused B.b: no reason given (frame 5); run it again; if it happens again, run helios doctor");
    }
}
