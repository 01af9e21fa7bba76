using System;
using System.Text;
using System.Threading.Tasks;
using Helios.Browser;
using Helios.Os.Files;
using Helios.Page;
using Helios.Page.Requests;
using Helios.Tests.Support;

namespace Helios.Tests.Browser;

internal sealed class DevToolsSessionTests
{
    private const string Request = """{"requestId":"r1","request":{"url":"https://composition.helios/a.json","headers":{}},"resourceType":"XHR","networkId":"9.1"}""";

    /// <summary>It was sent to the browser itself, which knows no such request: it was never answered.</summary>
    [Test]
    public async Task A_request_that_comes_while_the_browser_itself_is_asked_is_answered_in_its_session()
    {
        using var folder = new TemporaryDirectory();
        folder.Add("a.json", "1");
        using var peer = new DevToolsPeer();
        var queue = new RequestQueue(new CompositionServer(peer.Session, RealPath.Of(folder.FullPath)!, isOffline: false, new PageReads()), static () => 0);
        peer.Session.Attach("page");
        peer.Session.OnEvent = message => queue.OnRequest(Encoding.UTF8.GetString(message.Session), message.Body);

        peer.Say($$"""{"method":"Fetch.requestPaused","params":{{Request}},"sessionId":"page"}""");
        peer.Say("""{"id":1,"result":{"processInfo":[{"type":"GPU","id":12}]}}""");
        _ = new GraphicsProcess(peer.Session);

        await Assert.That(peer.HearText()).IsEqualTo("1 SystemInfo.getProcessInfo -\n2 Fetch.fulfillRequest page r1");
    }

    [Test]
    public async Task Calls_go_to_the_page_once_it_is_attached_unless_they_name_another_session()
    {
        using var peer = new DevToolsPeer();

        _ = peer.Session.Send("A.a");
        peer.Session.Attach("page");
        _ = peer.Session.Send("B.b");
        _ = peer.Session.Send("C.c", null, "worker");
        _ = peer.Session.Send("D.d", null, DevToolsSession.Browser);

        await Assert.That(peer.HearText()).IsEqualTo("1 A.a -\n2 B.b page\n3 C.c worker\n4 D.d -");
        await Assert.That(() => peer.Session.Attach("another")).Throws<InvalidOperationException>();
    }

    [Test]
    [Arguments("""{"id":1,"result":{"a":5},"sessionId":"S"}""", """{"a":5}""", DisplayName = "answer")]
    [Arguments("""{"id":1,"error":{"message":"no"},"sessionId":"S"}""", """{"message":"no"}""", DisplayName = "refusal")]
    public async Task An_answer_that_nobody_waits_for_is_handled_once(string answer, string body)
    {
        using var peer = new DevToolsPeer();
        string handled = "";
        peer.Session.Ask("A.a", null, "S", message => handled += Encoding.UTF8.GetString(message.Error.IsEmpty ? message.Body : message.Error));

        peer.Say(answer);
        peer.Say(answer);
        peer.Say("""{"id":2,"result":{}}""");
        _ = peer.Session.Call("B.b", null, 1000); // handled in the middle of another call

        await Assert.That(handled).IsEqualTo(body);
    }

    [Test]
    public async Task A_large_message_leaves_no_memory_behind()
    {
        using var peer = new DevToolsPeer();
        Task listening = Task.Run(() =>
        {
            for (int rest = 8 * 1024 * 1024; rest > 0;) rest -= peer.HearBytes();
        });
        _ = peer.Session.Send("A.a", json => json.WriteString("body"u8, new string('x', 8 * 1024 * 1024)));
        await listening;

        await Assert.That(peer.Session.OutgoingCapacity).IsLessThan(64 * 1024);
    }

    [Test]
    [Arguments("""{"method":"Runtime.consoleAPICalled","params":{"type":"log","args":[{"value":"AAAA""", "the page logs more than 2 MiB at once (Runtime.consoleAPICalled)")]
    [Arguments("""{"method":"Network.dataReceived","params":{"x":"AAAA""", "the page makes the browser say more than 2 MiB at once (Network.dataReceived)")]
    [Arguments("""{"id":1,"result":{"screenshotData":"AAAA""", "the page makes the browser say more than 2 MiB at once (an answer)")]
    [Arguments("""{"method":"AAAA""", "the page makes the browser say more than 2 MiB at once (an answer)")]
    public async Task A_message_without_end_is_an_error_of_the_page(string beginning, string what)
    {
        using var peer = new DevToolsPeer(largest: 2 * 1024 * 1024);
        peer.Session.Where = "frame 5";
        Task saying = Task.Run(() =>
        {
            peer.Write(Encoding.UTF8.GetBytes(beginning));
            peer.Write(Encoding.UTF8.GetBytes(new string('A', (2 * 1024 * 1024) - beginning.Length)));
        });

        string refusal = Refusal.TextOf(() => peer.Session.Call("A.a", null, 20_000));
        await saying;

        await Assert.That(refusal).IsEqualTo($"65: {what} (frame 5); let the page log less, and choose smaller pictures");
        await Assert.That(Refusal.TextOf(() => peer.Session.Call("A.a", null, 20_000))).IsEqualTo(refusal); // it stays closed
    }

    [Test]
    [Arguments("no JSON", DisplayName = "no JSON")]
    [Arguments("""{"id":1,"result":{""", DisplayName = "cut")]
    [Arguments("""{"id":"1"}""", DisplayName = "number of another kind")]
    [Arguments("""{"id":1.5}""", DisplayName = "no whole number")]
    [Arguments("", DisplayName = "nothing")]
    public async Task What_is_no_message_is_a_fault_of_the_browser(string said)
    {
        using var peer = new DevToolsPeer();
        peer.Say(said);

        await Assert.That(Refusal.TextOf(() => peer.Session.Call("A.a", null, 1000)))
            .IsEqualTo("75: the browser says what is no message of DevTools (browser start); run it again; if it stays, check helios doctor");
    }

    [Test]
    public async Task A_large_message_that_was_read_leaves_a_small_buffer()
    {
        using var peer = new DevToolsPeer();
        const int Size = 100 * 1024 * 1024;
        Task saying = Task.Run(() =>
        {
            peer.Say($$"""{"method":"A.a","params":{"text":"{{new string('x', Size)}}"} }""");
            peer.Say("""{"id":1,"result":{}}""");
        });
        int largest = 0;
        peer.Session.OnEvent = message => largest = message.Body.Length;

        _ = peer.Session.Call("B.b", null, 60_000);
        await saying;
        peer.Handle();

        await Assert.That(largest).IsGreaterThan(Size);
        await Assert.That(peer.Pipe.Capacity).IsEqualTo(1024 * 1024);
    }
}
