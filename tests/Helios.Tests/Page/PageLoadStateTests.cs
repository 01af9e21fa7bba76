using System.Threading.Tasks;
using Helios.Tests.Support;

namespace Helios.Tests.Page;

internal sealed class PageLoadStateTests
{
    [Test]
    public async Task A_page_is_open_when_its_document_has_come_and_loaded_when_it_says_so()
    {
        using var page = new ScriptedPage();

        page.Peer.Tell("Page.frameNavigated", """{"frame":{"id":"F","loaderId":"0","url":"about:blank"}}""");
        (bool, bool) blank = (page.Load.IsOpen, page.Load.IsLoaded);
        page.Peer.Tell("Page.frameNavigated", """{"frame":{"id":"F","loaderId":"1","url":"https://composition.helios/page.html"}}""");
        (bool, bool) open = (page.Load.IsOpen, page.Load.IsLoaded);
        page.Peer.Tell("Page.loadEventFired", """{"timestamp":1}""");

        await Assert.That((blank, open, (page.Load.IsOpen, page.Load.IsLoaded))).IsEqualTo(((false, false), (true, false), (true, true)));
    }

    [Test]
    [Arguments("""{"id":1,"result":{"frameId":"F"}}""", null, DisplayName = "no error")]
    [Arguments("""{"id":1,"result":{"frameId":"F","errorText":"net::ERR_CONNECTION_REFUSED"}}""", "net::ERR_CONNECTION_REFUSED",
        DisplayName = "the page does not come")]
    [Arguments("""{"id":1,"error":{"message":"Cannot navigate to invalid URL"}}""", "Cannot navigate to invalid URL",
        DisplayName = "refused")]
    public async Task What_keeps_a_page_from_opening_is_known_later(string answer, string? error)
    {
        using var page = new ScriptedPage();

        page.Load.Navigate("https://composition.helios/page.html");
        string asked = page.Peer.HearText();
        string? before = page.Load.NavigationError;
        page.Peer.Say(answer);
        page.Peer.Handle();

        await Assert.That((asked, before, page.Load.NavigationError)).IsEqualTo(("1 Page.navigate S", null, error));
    }

    [Test]
    [Arguments("Page.frameStoppedLoading", DisplayName = "loaded")]
    [Arguments("Page.frameDetached", DisplayName = "removed")]
    public async Task Frames_are_waited_for(string end)
    {
        using var page = new ScriptedPage();

        page.Peer.Tell("Page.frameStartedLoading", """{"frameId":"A"}""");
        page.Peer.Tell("Page.frameStartedLoading", """{"frameId":"B"}""");
        page.Peer.Tell(end, """{"frameId":"A"}""");
        (bool, bool) one = (page.Load.IsLoadingFrames, page.Load.IsIdle);
        page.Peer.Tell(end, """{"frameId":"B"}""");

        await Assert.That((one, (page.Load.IsLoadingFrames, page.Load.IsIdle))).IsEqualTo(((true, false), (false, true)));
    }

    [Test]
    public async Task Frames_are_not_waited_for_for_ever()
    {
        using var page = new ScriptedPage();
        page.Peer.Tell("Page.frameStartedLoading", """{"frameId":"A"}""");

        page.Load.StopWaiting();

        await Assert.That((page.Load.IsLoadingFrames, page.Load.IsIdle)).IsEqualTo((false, true));
    }
}
