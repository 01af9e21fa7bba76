using System.Threading.Tasks;
using Helios.Page;
using Helios.Tests.Support;

namespace Helios.Tests.Page.Requests;

/// <summary>Which requests the page is waited for, from their beginning to their end.</summary>
internal sealed class PageRequestsTests
{
    [Test]
    public async Task A_page_waits_for_its_requests_until_each_has_ended()
    {
        using var page = new ScriptedPage();

        page.Request("1");
        page.Request("2", "https://a.test/2");
        (bool, long, string?) both = (page.Load.IsIdle, page.Load.RequestCount, page.Suspect);
        page.Finish("1");
        (bool, string?) one = (page.Load.IsIdle, page.Suspect);
        page.Peer.Tell("Network.loadingFailed", """{"requestId":"2","canceled":true}""");

        await Assert.That(both).IsEqualTo((false, 2L, "https://a.test/1"));
        await Assert.That(one).IsEqualTo((false, "https://a.test/2"));
        await Assert.That((page.Load.IsIdle, page.Load.RequestCount, page.Suspect)).IsEqualTo((true, 2L, null));
    }

    [Test]
    [Arguments("Media", DisplayName = "media: read while it plays")]
    [Arguments("Ping", DisplayName = "ping")]
    [Arguments("Prefetch", DisplayName = "prefetch")]
    public async Task What_may_stay_open_for_ever_is_not_waited_for(string type)
    {
        using var page = new ScriptedPage();

        page.Request("1", type: type);

        await Assert.That((page.Load.IsIdle, page.Load.RequestCount, page.Suspect)).IsEqualTo((true, 1L, null));
    }

    [Test]
    public async Task A_request_that_is_given_up_is_named_once_and_still_suspected_until_it_ends()
    {
        using var page = new ScriptedPage();
        page.Request("1");

        page.Load.StopWaiting();
        page.Load.StopWaiting();
        (bool, string?) given = (page.Load.IsIdle, page.Suspect);
        page.Finish("1");

        await Assert.That(given).IsEqualTo((true, "https://a.test/1"));
        await Assert.That((page.Load.IsIdle, page.Suspect)).IsEqualTo((true, null));
        await Assert
            .That(string.Join('\n', page.Warnings))
            .IsEqualTo(
                "helios: a request of the page does not end and is not waited for: https://a.test/1 (frame 5 of https://composition.helios/page.html)"
            );
    }

    [Test]
    public async Task Requests_of_a_worker_end_with_it()
    {
        using var page = new ScriptedPage();
        page.Request("1", session: "W1");
        page.Request("2", "https://a.test/2", session: "W2");

        page.Peer.Tell("Target.detachedFromTarget", """{"sessionId":"W1"}""");
        string? suspect = page.Suspect;
        page.Peer.Tell("Target.detachedFromTarget", """{"sessionId":"W2"}""");

        await Assert.That(suspect).IsEqualTo("https://a.test/2");
        await Assert.That((page.Load.IsIdle, page.Suspect)).IsEqualTo((true, null));
    }

    [Test]
    [Arguments("", "Script", "https://a.test/w.js", true, DisplayName = "script of a worker")]
    [Arguments("L", "Script", "https://a.test/w.js", false, DisplayName = "script of a document")]
    [Arguments("", "Fetch", "https://a.test/w.js", false, DisplayName = "no script")]
    [Arguments("", "Script", "https://a.test/page.html", false, DisplayName = "script that a worker imports")]
    public async Task The_script_of_a_worker_is_waited_for_by_the_driver(string loader, string type, string document, bool isOfWorker)
    {
        using var page = new ScriptedPage();

        page.Request("1", "https://a.test/w.js", type, more: $$""","loaderId":"{{loader}}","documentURL":"{{document}}" """);
        (bool, string?) open = (page.Load.IsIdle, page.Suspect);
        page.Load.OnSettled(); // all workers have said that they are idle: this one was ended before

        await Assert.That(open).IsEqualTo((isOfWorker, "https://a.test/w.js"));
        await Assert.That((page.Load.IsIdle, page.Suspect is null)).IsEqualTo((isOfWorker, isOfWorker));
    }

    [Test]
    public async Task The_script_of_helios_own_worker_is_no_request_of_the_page()
    {
        using var page = new ScriptedPage();

        page.Peer.Tell(
            "Network.requestWillBeSent",
            $$"""{"requestId":"1","type":"Script","request":{"url":"blob:x","urlFragment":"{{PageScripts.WorkerFragment}}"} }""");

        await Assert.That((page.Load.IsIdle, page.Load.RequestCount)).IsEqualTo((true, 0L));
    }

    /// <summary>In the order in which they matter: the next file, then a look at the image that has come.</summary>
    [Test]
    public async Task The_end_of_a_request_has_the_next_answered_before_its_image_is_inspected()
    {
        using var page = new ScriptedPage();
        page.Folder.Add("a.json", "1");
        foreach (int number in (int[])[1, 2])
        {
            page.Peer.Tell(
                "Fetch.requestPaused",
                $$"""{"requestId":"r{{number}}","request":{"url":"https://composition.helios/a.json","headers":{} },"resourceType":"XHR","networkId":"9.{{number}}"}"""
            );
        }

        page.Peer.Tell(
            "Network.responseReceived",
            """{"requestId":"9.1","type":"Image","response":{"url":"data:,x","status":200,"mimeType":"image/png"}}""");
        string first = page.Peer.HearText();

        page.Finish("9.1");

        await Assert
            .That((first, page.Peer.HearText()))
            .IsEqualTo(("1 Fetch.fulfillRequest S r1", "2 Fetch.fulfillRequest S r2\n3 Network.getResponseBody S 9.1"));
    }

    [Test]
    [Arguments("https://a.test/1", "Fetch", 1, DisplayName = "of the net")]
    [Arguments("https://composition.helios/a.json", "Fetch", 0, DisplayName = "of the project, noted where it is served")]
    [Arguments("data:,x", "Fetch", 0, DisplayName = "of the page itself")]
    public async Task What_comes_from_the_net_is_noted(string url, string type, int count)
    {
        using var page = new ScriptedPage();

        page.Show(type, "text/plain", url);

        await Assert.That(page.Responses.ToSealed()?.Length ?? 0).IsEqualTo(count);
    }
}
