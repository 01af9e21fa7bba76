using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Helios.Page;
using Helios.Tests.Support;

namespace Helios.Tests.Page;

/// <summary>Workers start with helios' script, while the page is being settled, and at no other time.</summary>
internal sealed class PageWorkersTests
{
    private const string Begin =
        "Runtime.enable W1\nNetwork.enable W1\nRuntime.evaluate W1 script of 40\nRuntime.runIfWaitingForDebugger W1";

    [Test]
    public async Task A_worker_that_attaches_while_the_page_is_held_waits_for_the_next_start()
    {
        using var peer = new DevToolsPeer();
        PageWorkers workers = Make(peer);

        Attach(peer, "W1");
        string held = Calls(peer);
        workers.Start(40);
        string started = Calls(peer);
        workers.Start(80);

        await Assert.That((held, started, Calls(peer))).IsEqualTo(("", Begin, ""));
    }

    [Test]
    public async Task A_worker_that_attaches_in_between_starts_at_once_and_at_that_time()
    {
        using var peer = new DevToolsPeer();
        PageWorkers workers = Make(peer);
        workers.Start(40);

        Attach(peer, "W1");
        string started = Calls(peer);
        workers.Hold();
        Attach(peer, "W2");

        await Assert.That((started, Calls(peer))).IsEqualTo((Begin, ""));
    }

    [Test]
    public async Task Workers_start_in_the_order_in_which_they_attached()
    {
        using var peer = new DevToolsPeer();
        PageWorkers workers = Make(peer);

        Attach(peer, "W2");
        Attach(peer, "W1");
        workers.Start(0.1);

        await Assert
            .That(Calls(peer))
            .IsEqualTo(
                string.Join(
                    '\n',
                    ((string[])["W2", "W1"]).Select(static worker =>
                        Begin.Replace("W1", worker, StringComparison.Ordinal).Replace("40", "0.1", StringComparison.Ordinal))));
    }

    [Test]
    [Arguments("W1", "iframe", "https://a.test/", "Runtime.runIfWaitingForDebugger W1", DisplayName = "a frame of another process")]
    [Arguments("W1", "service_worker", "https://a.test/", "Runtime.runIfWaitingForDebugger W1", DisplayName = "another kind of worker")]
    [Arguments("W1", "worker", "blob:https://a.test/1#helios-pixels", "Runtime.runIfWaitingForDebugger W1",
        DisplayName = "helios' own worker")]
    [Arguments("S", "page", "https://a.test/", "", DisplayName = "the page itself")]
    public async Task What_is_no_worker_of_the_page_gets_no_script_and_does_not_wait(string session, string type, string url, string calls)
    {
        using var peer = new DevToolsPeer();
        _ = Make(peer);

        Attach(peer, session, type, url);

        await Assert.That(Calls(peer)).IsEqualTo(calls);
    }

    [Test]
    [Arguments("S W1 W2", null, DisplayName = "all answer")]
    [Arguments("S W2", "https://composition.helios/worker.js", DisplayName = "one does not")]
    [Arguments("W1", null, DisplayName = "the page does not")]
    [Arguments("", null, DisplayName = "nobody does")]
    public async Task A_worker_is_stuck_when_it_does_not_answer_and_the_page_does(string answering, string? stuck)
    {
        using var peer = new DevToolsPeer();
        PageWorkers workers = Make(peer);
        workers.Start(40);
        Attach(peer, "W1");
        Attach(peer, "W2");
        Attach(peer, "W3");
        peer.Tell("Target.detachedFromTarget", """{"sessionId":"W3"}""");
        string[] answer = answering.Split(' ');
        peer.Script("Runtime.evaluate", call => answer.Contains((string)call["sessionId"]!) ? "{}" : null);
        peer.Play();

        await Assert.That(workers.FindStuck()).IsEqualTo(stuck);
    }

    private static PageWorkers Make(DevToolsPeer peer) => new(peer.OpenSession("S", new NamedContext("frame 5")),
        static milliseconds => string.Create(CultureInfo.InvariantCulture, $"script of {milliseconds}"));

    private static void Attach(
        DevToolsPeer peer,
        string session,
        string type = "worker",
        string url = "https://composition.helios/worker.js"
    ) => peer.Tell("Target.attachedToTarget", $$"""{"sessionId":"{{session}}","targetInfo":{"type":"{{type}}","url":"{{url}}"} }""");

    private static string Calls(DevToolsPeer peer) => string.Join('\n', peer.Hear().Select(
        static call => $"{(string)call["method"]!} {(string)call["sessionId"]!} {(string?)call["params"]?["expression"]}".TrimEnd()));
}
