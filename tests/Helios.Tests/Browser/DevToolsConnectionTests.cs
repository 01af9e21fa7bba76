using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;
using System.Threading.Tasks;
using Helios.Browser;
using Helios.Errors;
using Helios.Os;
using Helios.Tests.Support;

namespace Helios.Tests.Browser;

internal sealed class DevToolsConnectionTests
{
    private const int Timeout = 1000;

    [Test]
    public async Task An_answer_belongs_to_the_call_with_its_number_and_events_before_it_are_handled()
    {
        using var peer = new DevToolsPeer();
        var handled = new List<string>();
        peer.Connection.Subscribe("A.event"u8, message => handled.Add(Encoding.UTF8.GetString(message.Body)));

        peer.Say("""{"id":7,"result":{"of":"nothing that was asked"}}""");
        peer.SayEvent("A.event", """{"n":1}""");
        peer.SayEvent("B.event", """{"n":2}""");
        peer.SayEvent("A.event", """{"n":3}""");
        peer.Say("""{"id":1,"result":{"a":5}}""");
        peer.SayEvent("A.event", """{"n":4}""");
        string result = Encoding.UTF8.GetString(peer.Browser.Call("A.a", null, Timeout));

        await Assert.That(result).IsEqualTo("""{"a":5}""");
        await Assert.That(string.Join(' ', handled)).IsEqualTo("""{"n":1} {"n":3}""");
    }

    [Test]
    public async Task Handlers_are_called_in_the_order_in_which_they_were_subscribed()
    {
        using var peer = new DevToolsPeer();
        var called = new List<string>();
        peer.Connection.Subscribe("Network."u8, message => called.Add("domain " + Encoding.UTF8.GetString(message.Session)));
        peer.Connection.Subscribe("Network.loadingFinished"u8, _ => called.Add("first"));
        peer.Connection.Subscribe("Network.loadingFinished"u8, _ => called.Add("second"));
        peer.Connection.Subscribe("Network.loadingFinishe"u8, _ => called.Add("never"));
        peer.Connection.Subscribe("Network.loadingFinishedNow"u8, _ => called.Add("never"));

        peer.Tell("Network.loadingFinished", "{}", "one");
        peer.Tell("Network.other", "{}", "two");
        peer.Tell("Networks.other", "{}", "three");

        await Assert.That(string.Join(", ", called)).IsEqualTo("domain one, first, second, domain two");
    }

    [Test]
    public async Task What_a_handler_throws_ends_the_call_in_whose_middle_it_is()
    {
        using var peer = new DevToolsPeer();
        peer.Connection.Subscribe("A.event"u8, _ => throw new HeliosException(ExitCode.Invalid, "it is broken", "frame 5", "fix it"));
        peer.SayEvent("A.event", "{}");
        peer.Say("""{"id":1,"result":{}}""");

        await Assert.That(Refusal.TextOf(() => peer.Browser.Call("A.a", null, Timeout))).IsEqualTo("65: it is broken (frame 5); fix it");
    }

    /// <summary>A page that navigates away: which of the two comes first is chance.</summary>
    [Test]
    public async Task A_refusal_has_the_cause_that_an_event_tells_after_it()
    {
        using var peer = new DevToolsPeer();
        DevToolsSession page = peer.OpenSession("S", new NamedContext("frame 5", TimeLimit.OfCall));

        peer.Say("""{"id":1,"error":{"message":"no"},"sessionId":"S"}""");
        string without = Refusal.TextOf(() => page.Call("A.a", null, Timeout));
        peer.Connection.Subscribe("A.event"u8, _ => throw new HeliosException(ExitCode.Invalid, "it is broken", "frame 5", "fix it"));
        peer.Say("""{"id":2,"error":{"message":"no"},"sessionId":"S"}""");
        peer.SayEvent("A.event", "{}");
        string with = Refusal.TextOf(() => page.Call("A.a", null, Timeout));

        await Assert
            .That(without)
            .IsEqualTo("75: the browser refused A.a: no (frame 5); run it again; if it happens again, run helios doctor");
        await Assert.That(with).IsEqualTo("65: it is broken (frame 5); fix it");
    }

    [Test]
    public async Task Silence_is_reported_while_something_is_waited_for()
    {
        using var peer = new DevToolsPeer();
        int first = 0, second = 0;
        peer.Connection.SubscribeIdle(() => first++);
        peer.Connection.SubscribeIdle(() => second++);

        peer.Say("""{"id":1,"result":{}}""");
        _ = peer.Browser.Call("A.a", null, Timeout);
        (int, int) whileBusy = (first, second);
        _ = peer.Browser.Pump(static () => false, 1);

        await Assert.That(whileBusy).IsEqualTo((0, 0));
        await Assert.That(first).IsGreaterThan(0);
        await Assert.That(second).IsEqualTo(first);
    }

    [Test]
    [Arguments("--timeout", null, null,
        "0.02 s: the page hangs or the machine is too slow (frame 5); look for an endless loop in the page, or raise --timeout",
        DisplayName = "no limit")]
    [Arguments("--ready-timeout", 2500, null,
        "2.5 s: the page hangs or the machine is too slow (frame 5); look for an endless loop in the page, or raise --ready-timeout",
        DisplayName = "the user's limit, of which this is the remainder")]
    [Arguments("--timeout", null, "https://a.test/",
        "0.02 s: https://a.test/ is not answered (frame 5); see why its server does not answer, or raise --timeout",
        DisplayName = "a request is open")]
    public async Task A_call_without_an_answer_ends_with_its_deadline(string option, int? limit, string? suspect, string message)
    {
        using var peer = new DevToolsPeer();
        DevToolsSession page = peer.OpenSession("S", new NamedContext("frame 5", new TimeLimit(option, limit), suspect));
        long start = Stopwatch.GetTimestamp();

        string refusal = Refusal.TextOf(() => page.Call("A.a", null, 20));

        await Assert.That(refusal).IsEqualTo("75: no answer to A.a within " + message);
        await Assert.That(Stopwatch.GetElapsedTime(start).TotalMilliseconds).IsGreaterThanOrEqualTo(20);
    }

    /// <summary>A slow machine is not a page that hangs: a user would look for a loop that is not there.</summary>
    [Test]
    public async Task A_frame_that_is_still_being_drawn_is_said_to_be_slow()
    {
        using var peer = new DevToolsPeer();
        var context = new NamedContext("frame 5", new TimeLimit("--timeout", 30_000), Draws: true);

        string refusal = Refusal.TextOf(() => peer.OpenSession("S", context).Call("A.a", null, 20));

        await Assert
            .That(refusal)
            .IsEqualTo(
                "75: this machine needs more than 30 s to draw one frame: the browser is still drawing (frame 5); raise --timeout, let the "
                    + "page draw less (WebGL runs on the processor: a smaller canvas, a simpler shader), or use a faster machine");
    }

    /// <summary>Who looks for a loop in the page does not find what blocks a worker.</summary>
    [Test]
    [Arguments(null, true)]
    [Arguments("https://a.test/w.js", true, DisplayName = "its own script is not answered either")]
    [Arguments("https://a.test/other.js", false, DisplayName = "it waits for another script")]
    public async Task A_worker_that_is_stuck_is_named(string? suspect, bool isNamed)
    {
        using var peer = new DevToolsPeer();
        var context = new NamedContext("frame 5", new TimeLimit("--timeout", 30_000), suspect, StuckWorker: "https://a.test/w.js");

        string refusal = Refusal.TextOf(() => peer.OpenSession("S", context).Call("A.a", null, 20));

        await Assert
            .That(refusal)
            .IsEqualTo(!isNamed
                ? $"75: no answer to A.a within 30 s: {suspect} is not answered (frame 5); see why its server does not answer, or raise --timeout"
                : "75: no answer within 30 s: the page's worker https://a.test/w.js does not return to its event loop, and frames wait for it "
                    + "(frame 5); let it wait by Atomics.waitAsync or for a message instead of Atomics.wait, look for an endless loop in it, "
                    + "or raise --timeout");
    }

    /// <summary>A browser that talks all the time is no browser that answers.</summary>
    [Test]
    public async Task Events_do_not_put_off_the_deadline_for_ever()
    {
        using var peer = new DevToolsPeer();
        for (int i = 0; i < 100; i++) peer.SayEvent("A.event", "{}");

        await Assert.That(peer.Browser.Pump(static () => false, 0)).IsFalse();
        await Assert.That(Refusal.TextOf(() => peer.Browser.Call("A.a", null, 1))).StartsWith("75: no answer to A.a");
    }

    [Test]
    public async Task Pumping_ends_when_its_condition_holds_and_leaves_the_rest_for_later()
    {
        using var peer = new DevToolsPeer();
        int seen = 0;
        peer.Connection.Subscribe("A.event"u8, _ => seen++);
        for (int i = 0; i < 3; i++) peer.SayEvent("A.event", "{}");

        bool held = peer.Browser.Pump(() => seen == 2, Timeout);

        await Assert.That((held, seen)).IsEqualTo((true, 2));
    }

    [Test]
    public async Task The_end_of_the_browser_is_an_error_of_what_was_being_done()
    {
        using var peer = new DevToolsPeer(describeEnd: static () => " with exit code 5: no memory");
        DevToolsSession page = peer.OpenSession("S", new NamedContext("frame 5"));
        peer.Say("""{"id":1,"result":{}}""");
        peer.End();

        _ = page.Call("A.a", null, Timeout); // what it has said before counts

        await Assert
            .That(Refusal.TextOf(() => page.Call("B.b", null, Timeout)))
            .IsEqualTo(
                "75: the browser ended unexpectedly with exit code 5: no memory (frame 5); run it again; if it happens again, give it more memory");
    }

    /// <summary>A signal is for all who listen in this process, so this runs alone.</summary>
    [Test]
    [NotInParallel]
    public async Task A_signal_ends_waiting()
    {
        using var peer = new DevToolsPeer();
        peer.Connection.SubscribeIdle(static () => Interrupts.Tell(ExitCode.Terminated, "SIGTERM"));

        await Assert.That(Refusal.TextOf(() => peer.Browser.Call("A.a", null, 5000)))
            .IsEqualTo("143: interrupted by SIGTERM (signal); run it again; nothing half done was left behind");
    }

    [Test]
    [Arguments("""{"id":1,"result":{"a":5},"sessionId":"S"}""", """{"a":5}""", DisplayName = "answer")]
    [Arguments("""{"id":1,"error":{"message":"no"},"sessionId":"S"}""", """{"message":"no"}""", DisplayName = "refusal")]
    public async Task An_answer_that_nobody_waits_for_is_handled_once(string answer, string body)
    {
        using var peer = new DevToolsPeer();
        string handled = "";
        peer.Connection.Ask("S", "A.a", null, message =>
            handled += Encoding.UTF8.GetString(message.Error.IsEmpty ? message.Body : message.Error));

        peer.Say(answer);
        peer.Say(answer);
        peer.Say("""{"id":2,"result":{}}""");
        _ = peer.Browser.Call("B.b", null, 1000); // handled in the middle of another call

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
        peer.Browser.Send("A.a", json => json.WriteString("body"u8, new string('x', 8 * 1024 * 1024)));
        await listening;

        await Assert.That(peer.Connection.OutgoingCapacity).IsLessThan(64 * 1024);
    }

    [Test]
    [Arguments("""{"method":"Runtime.consoleAPICalled","params":{"type":"log","args":[{"value":"AAAA""",
        "the page logs more than 2 MiB at once (Runtime.consoleAPICalled)")]
    [Arguments("""{"method":"Network.dataReceived","params":{"x":"AAAA""",
        "the page makes the browser send more than 2 MiB at once (Network.dataReceived)")]
    [Arguments("""{"id":1,"result":{"screenshotData":"AAAA""", "the page makes the browser send more than 2 MiB at once (an answer)")]
    [Arguments("""{"method":"AAAA""", "the page makes the browser send more than 2 MiB at once (an answer)")]
    public async Task A_message_without_end_is_an_error_of_the_page(string beginning, string what)
    {
        using var peer = new DevToolsPeer(largest: 2 * 1024 * 1024);
        DevToolsSession page = peer.OpenSession("S", new NamedContext("frame 5"));
        Task saying = Task.Run(() =>
        {
            peer.Write(Encoding.UTF8.GetBytes(beginning));
            peer.Write(Encoding.UTF8.GetBytes(new string('A', (2 * 1024 * 1024) - beginning.Length)));
        });

        string refusal = Refusal.TextOf(() => page.Call("A.a", null, 20_000));
        await saying;

        await Assert.That(refusal).IsEqualTo($"65: {what} (frame 5); let the page log less, and choose smaller frames");
        await Assert.That(Refusal.TextOf(() => page.Call("A.a", null, 20_000))).IsEqualTo(refusal); // it stays closed
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

        await Assert
            .That(Refusal.TextOf(() => peer.Browser.Call("A.a", null, 1000)))
            .IsEqualTo(
                "75: the browser sent something that is no DevTools message (browser start); run it again; if it happens again, run helios doctor");
    }

    [Test]
    public async Task A_large_message_that_was_read_leaves_a_small_buffer()
    {
        using var peer = new DevToolsPeer();
        const int Size = 65 * 1024 * 1024;
        Task saying = Task.Run(() =>
        {
            byte[] text = new byte[Size]; // no string: it would be twice as large, and copied
            text.AsSpan().Fill((byte)'x');
            peer.Write("{\"method\":\"A.a\",\"params\":{\"text\":\""u8);
            peer.Write(text);
            peer.Write("\"}}\0"u8);
            peer.Say("""{"id":1,"result":{}}""");
        });
        int largest = 0;
        peer.Connection.Subscribe("A.a"u8, message => largest = message.Body.Length);

        _ = peer.Browser.Call("B.b", null, 60_000);
        await saying;
        peer.Handle();

        await Assert.That(largest).IsGreaterThan(Size);
        await Assert.That(peer.Pipe.Capacity).IsEqualTo(1024 * 1024);
    }
}
