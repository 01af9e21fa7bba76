using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Helios.Browser;
using Helios.Os.Files;
using Helios.Page.Requests;
using Helios.Tests.Support;

namespace Helios.Tests.Page.Requests;

/// <summary>Files are answered in order and never while requests are held, whatever the machine takes for it.</summary>
internal sealed class RequestQueueTests
{
    private const int Long = 10 * RequestQueue.StuckAfter;

    [Test]
    public async Task An_answer_waits_for_the_end_of_the_one_before()
    {
        using var page = new Page();

        page.Ask(1, 2, 3);
        string first = page.Answered();
        page.Queue.OnEnded("9.1");
        string second = page.Answered();
        page.Queue.OnEnded("9.3"); // of one that is not open
        string none = page.Answered();
        page.Queue.OnEnded("9.2");

        await Assert.That((first, second, none, page.Answered())).IsEqualTo(("r1", "r2", "", "r3"));
    }

    [Test]
    public async Task Nothing_is_answered_while_requests_are_held_however_often_and_long_it_is_quiet()
    {
        using var page = new Page();
        page.Queue.Hold();

        page.Ask(1, 2);
        page.StayQuiet(calls: 1000, milliseconds: Long);
        string held = page.Answered();
        page.Queue.Release();

        await Assert.That((held, page.Answered())).IsEqualTo(("", "r1"));
    }

    [Test]
    public async Task Many_short_waits_are_no_long_one()
    {
        using var page = new Page();

        page.Ask(1, 2);
        page.StayQuiet(calls: 1000, milliseconds: RequestQueue.StuckAfter - 1);

        await Assert.That(page.Answered()).IsEqualTo("r1");
    }

    [Test]
    public async Task The_next_is_answered_when_the_open_one_is_stuck()
    {
        using var page = new Page();

        page.Ask(1, 2, 3);
        page.StayQuiet(calls: 1, milliseconds: RequestQueue.StuckAfter);

        await Assert.That(page.Answered()).IsEqualTo("r1 r2");
    }

    [Test]
    public async Task What_the_browser_says_of_requests_is_a_sign_that_none_is_stuck()
    {
        using var page = new Page();

        page.Ask(1, 2);
        for (int i = 0; i < 10; i++)
        {
            page.StayQuiet(calls: 1, milliseconds: RequestQueue.StuckAfter - 1);
            page.Peer.Tell("Network.dataReceived", "{}");
        }

        await Assert.That(page.Answered()).IsEqualTo("r1");
    }

    [Test]
    public async Task The_time_in_which_requests_are_held_does_not_count()
    {
        using var page = new Page();

        page.Ask(1, 2);
        page.Queue.Hold();
        page.StayQuiet(calls: 10, milliseconds: Long);
        page.Queue.Release();
        page.StayQuiet(calls: 1, milliseconds: 1);

        await Assert.That(page.Answered()).IsEqualTo("r1");
    }

    [Test]
    public async Task The_time_that_it_takes_to_read_a_file_does_not_count()
    {
        using var page = new Page();

        page.Ask(1, 2);
        page.Step = Long; // each look at the clock is that much later: the file of the second is on a slow disk
        page.Queue.OnEnded("9.1");
        page.Step = 0;
        page.Ask(3);
        page.StayQuiet(calls: 1, milliseconds: 1);

        await Assert.That(page.Answered()).IsEqualTo("r1 r2");
    }

    [Test]
    [Arguments("XHR", "VeryHigh", "r1 r2", DisplayName = "synchronous XMLHttpRequest")]
    [Arguments("Script", "VeryHigh", "r1 r2", DisplayName = "importScripts")]
    [Arguments("XHR", "High", "r1", DisplayName = "fetch, XMLHttpRequest")]
    [Arguments("Script", "High", "r1", DisplayName = "script element")]
    [Arguments("Stylesheet", "VeryHigh", "r1", DisplayName = "style sheet")]
    [Arguments("Document", "VeryHigh", "r1", DisplayName = "frame")]
    public async Task A_script_that_stands_still_is_answered_at_once(string type, string priority, string answered)
    {
        using var page = new Page();

        page.Ask(1);
        page.Queue.Hold();
        page.Ask(2, type, priority);

        await Assert.That(page.Answered()).IsEqualTo(answered);
    }

    [Test]
    [Arguments("Media", "9.1", DisplayName = "media: read while it plays")]
    [Arguments("Other", "65E5EF4CB8062E5AE9A1874F9FB5564B", DisplayName = "script of a worker: its end is told elsewhere, or never")]
    public async Task What_may_have_no_end_is_not_waited_for(string type, string id)
    {
        using var page = new Page();

        page.Ask(1, type, "Low", id);
        page.Ask(2);

        await Assert.That(page.Answered()).IsEqualTo("r1 r2");
    }

    [Test]
    public async Task Answers_go_to_the_session_that_asked()
    {
        using var page = new Page();
        page.Queue.Hold();

        page.Ask(1, session: "page");
        page.Ask(2, session: "frame");
        page.Ask("net", Page.Request(3, "https://elsewhere.test/a.json", "XHR", "High", "9.3"));
        page.Queue.Release();
        page.Queue.OnEnded("9.1");

        await Assert
            .That(page.Peer.HearText())
            .IsEqualTo("1 Fetch.continueRequest net r3\n2 Fetch.fulfillRequest page r1\n3 Fetch.fulfillRequest frame r2");
    }

    /// <summary>A page that asks for files of a project, and the clock of its machine.</summary>
    private sealed class Page : IDisposable
    {
        private readonly TemporaryDirectory _folder = new();
        private long _now;

        internal Page()
        {
            _folder.Add("a.json", "1");
            DevToolsSession session = Peer.OpenSession("S", new NamedContext("frame 5"));
            Queue = new RequestQueue(
                session,
                new CompositionServer(session, RealPath.Of(_folder.FullPath)!, isOffline: false, new PageReads()),
                () => _now += Step);
        }

        internal DevToolsPeer Peer { get; } = new();

        internal RequestQueue Queue { get; }

        internal long Step { get; set; }

        internal void Ask(params int[] numbers)
        {
            foreach (int number in numbers) Ask(number, "XHR", "High");
        }

        internal void Ask(int number, string type = "XHR", string priority = "High", string? id = null, string session = "S") =>
            Ask(session, Request(number, CompositionServer.Origin + "a.json", type, priority, id ?? $"9.{number}"));

        internal void Ask(string session, string request) => Peer.Tell("Fetch.requestPaused", request, session);

        internal static string Request(int number, string url, string type, string priority, string id) =>
            $$"""{"requestId":"r{{number}}","request":{"url":"{{url}}","headers":{},"initialPriority":"{{priority}}"},"resourceType":"{{type}}","networkId":"{{id}}"}""";

        internal void StayQuiet(int calls, int milliseconds)
        {
            long start = _now;
            for (int call = 1; call <= calls; call++)
            {
                _now = start + ((long)milliseconds * call / calls);
                Peer.Handle();
            }
        }

        /// <summary>Requests that were answered since the last time.</summary>
        internal string Answered() => string.Join(' ', Peer.Hear().Select(call => (string)call["params"]!["requestId"]!));

        public void Dispose()
        {
            Peer.Dispose();
            _folder.Dispose();
        }
    }
}
