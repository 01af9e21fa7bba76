using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Helios.Browser;
using Helios.Os;
using Helios.Page;
using Helios.Tests.Support;

namespace Helios.Tests.Page;

/// <summary>What the browser is told, in which order, until a page has nothing left to do at a time.</summary>
internal sealed class PageSettlerTests
{
    private const int Timeout = 10_000;
    private const int Short = 40; // ms; long enough to look several times

    [Test]
    public async Task A_page_that_has_nothing_to_do_runs_once_and_is_held()
    {
        using var page = new Settling();

        string reason = page.Settle();

        await Assert.That((reason, page.Steps())).IsEqualTo(("", "run settle stop"));
        await Assert.That(page.Expression).IsEqualTo("__helios_driver.settle(166.7,5,0.16666666666666666,30)");
    }

    [Test]
    public async Task It_is_asked_again_until_it_has_settled()
    {
        using var page = new Settling("fonts", "fonts", "images", "");

        string reason = page.Settle();

        await Assert.That((reason, page.Steps())).IsEqualTo(("", "run settle run settle run settle run settle stop"));
    }

    [Test]
    public async Task What_it_waits_for_when_the_time_is_over_is_the_answer()
    {
        using var page = new Settling("fonts");

        string reason = page.Settle(Short);

        await Assert.That(reason).IsEqualTo("fonts");
        await Assert.That(page.Steps()).EndsWith("run settle stop");
    }

    [Test]
    public async Task A_hook_that_waits_for_a_frame_gets_one_each_time_at_a_time_of_its_own()
    {
        using var page = new Settling("+the page's hook", "+the page's hook", "");

        string reason = page.Settle();
        IReadOnlyList<JsonNode> calls = page.Page.Peer.Played();
        double[] times =
        [
            .. calls
                .Where(static call => Settling.Describe(call) == "frame")
                .Select(static call => (double)call["params"]!["frameTimeTicks"]!),
        ];

        await Assert.That(reason).IsEqualTo("");
        await Assert
            .That(string.Join(' ', calls.Select(Settling.Describe)))
            .IsEqualTo("run settle stop frame run settle stop frame run settle stop");
        await Assert.That(times[1]).IsGreaterThan(times[0]);
    }

    [Test]
    public async Task A_hook_that_waits_for_nothing_never_settles()
    {
        using var page = new Settling("~the page's hook");

        string refusal = Refusal.TextOf(() => page.Settle(Short));

        await Assert
            .That(refusal)
            .IsEqualTo(
                "65: the page's hook never settles: the page has come to rest, and nothing is left that it could wait for "
                    + "(frame 5 of https://composition.helios/page.html); settle it in every case; what it may wait for: docs/pages.md, \"Seek hooks\" and \"When a page is ready\""
            );
        await Assert.That(page.Steps()).EndsWith("run settle stop");
    }

    /// <summary>A page may come to rest late on a slow machine. The fault is the page's all the same: another try does not help.</summary>
    [Test]
    public async Task A_hook_that_waits_for_nothing_late_never_settles_either()
    {
        using var page = new Settling("fonts", "~the page's hook") { BeforeAnswer = static () => Thread.Sleep(Short * 3 / 4) };

        string refusal = Refusal.TextOf(() => page.Settle(Short));

        await Assert.That(refusal).StartsWith("65: the page's hook never settles: ");
    }

    [Test]
    public async Task A_hook_that_waits_for_nothing_at_last_may_settle_yet()
    {
        using var page = new Settling("~the page's hook", "~the page's hook", "");

        await Assert.That(page.Settle()).IsEqualTo("");
    }

    /// <summary>What is made of the answer is only known when the page is asked once more.</summary>
    [Test]
    public async Task A_request_that_it_makes_meanwhile_is_waited_for_and_then_it_is_asked_again()
    {
        using var page = new Settling();
        page.BeforeAnswer = () =>
            page.Page.Peer.SayEvent(
                "Network.requestWillBeSent",
                """{"requestId":"1","type":"Fetch","request":{"url":"https://a.test/"}}""");
        page.OnRun(2, () => page.Page.Peer.SayEvent("Network.loadingFinished", """{"requestId":"1"}"""));

        string reason = page.Settle();

        await Assert.That((reason, page.Steps())).IsEqualTo(("", "run settle run settle stop"));
    }

    [Test]
    public async Task A_request_without_end_is_waited_for_once()
    {
        using var page = new Settling();
        page.Page.Request("1", "https://a.test/endless");

        string reason = page.Settle(Short);
        int warnings = page.Page.Warnings.Count;
        _ = page.Steps();
        string again = page.Settle();

        await Assert.That((reason, warnings, again, page.Steps())).IsEqualTo(("", 1, "", "run settle stop"));
        await Assert
            .That(page.Page.Warnings.Single())
            .IsEqualTo(
                "helios: a request of the page does not end and is not waited for: https://a.test/endless "
                    + "(frame 5 of https://composition.helios/page.html)");
        await Assert.That(page.Page.Suspect).IsEqualTo("https://a.test/endless"); // it still holds up the clock
    }

    [Test]
    public async Task A_frame_that_loads_gets_a_budget_until_it_is_there()
    {
        using var page = new Settling();
        page.Page.Peer.Tell("Page.frameStartedLoading", """{"frameId":"F"}""");
        page.OnDrain = () => page.Page.Peer.SayEvent("Page.frameStoppedLoading", """{"frameId":"F"}""");

        string reason = page.Settle();

        await Assert.That((reason, page.Steps())).IsEqualTo(("", "drain run settle stop"));
    }

    [Test]
    public async Task Requests_and_workers_are_held_once_it_has_settled_and_go_on_before_it_runs_again()
    {
        using var page = new Settling();
        page.Page.Folder.Add("a.json", "1");
        _ = page.Settle();
        _ = page.Steps();

        page.Page.Peer.Tell(
            "Fetch.requestPaused",
            """{"requestId":"r1","request":{"url":"https://composition.helios/a.json","headers":{}},"resourceType":"XHR","networkId":"9.1"}"""
        );
        page.Page.Peer.Tell(
            "Target.attachedToTarget",
            """{"sessionId":"W","targetInfo":{"type":"worker","url":"https://composition.helios/w.js"}}""");
        string held = page.Steps();
        _ = page.Settle();

        await Assert.That(held).IsEqualTo("");
        await Assert
            .That(page.Steps())
            .IsEqualTo("Fetch.fulfillRequest Runtime.enable Network.enable script Runtime.runIfWaitingForDebugger run settle stop");
    }

    /// <summary>A page whose driver gives these answers, the last of them from then on.</summary>
    private sealed class Settling : IDisposable
    {
        private readonly Queue<string> _answers;
        private readonly Interrupts _interrupts = new();
        private readonly PageSettler _settler;
        private readonly Dictionary<int, Action> _onRun = [];
        private int _runs;

        internal Settling(params string[] answers)
        {
            _answers = new(answers.Length > 0 ? answers : [""]);
            var clock = new VirtualClock(Page.Session);
            var settings = new RenderSettings
            {
                Directory = "",
                Browser = new("", null, ""),
                EncoderPath = "",
                FrameTimeout = Timeout,
                ReadyTimeout = Timeout,
                Interrupts = _interrupts,
                Warn = static _ => { },
                OnFrame = static _ => { },
            };
            var driver = new PageDriver(Page.Session, clock, Page.Load, 1000.0 / 30, settings);
            _settler = new PageSettler(
                Page.Session, clock, Page.Load, Page.Queue,
                new PageWorkers(Page.Session, static _ => "script"),
                driver, new BrowserRest(Page.Session, static _ => { }));
            Page.Peer.Script("Emulation.setVirtualTimePolicy", OnPolicy);
            Page.Peer.Script("Runtime.evaluate", OnEvaluate);
            Page.Peer.Play();
        }

        internal ScriptedPage Page { get; } = new();

        /// <summary>Happens before the driver's first answer.</summary>
        internal Action? BeforeAnswer { get; set; }

        /// <summary>Happens when the page gets a budget.</summary>
        internal Action? OnDrain { get; set; }

        internal string Expression { get; private set; } = "";

        internal void OnRun(int number, Action action) => _onRun[number] = action;

        internal string Settle(int timeout = Timeout) => _settler.Settle(166.7, 5, "0.16666666666666666,30", timeout);

        internal string Steps() => string.Join(' ', Page.Peer.Played().Select(Describe));

        internal static string Describe(JsonNode call) =>
            (string)call["method"]! switch
            {
                "Emulation.setVirtualTimePolicy" => (string)call["params"]!["policy"]! == "pause" ? "stop"
                : call["params"]!["budget"] is null ? "run"
                : "drain",
                "HeadlessExperimental.beginFrame" => (bool?)call["params"]!["noDisplayUpdates"] == true ? "frame" : "displayed frame",
                "Runtime.evaluate" => ((string)call["params"]!["expression"]!).Split('.', '(') is ["__helios_driver", var name, ..]
                    ? name
                    : "script",
                var other => other,
            };

        public void Dispose()
        {
            Page.Dispose();
            _interrupts.Dispose();
        }

        private string OnPolicy(JsonNode call)
        {
            string step = Describe(call);
            if (step == "run" && _onRun.TryGetValue(++_runs, out Action? action)) action();
            if (step == "drain") OnDrain?.Invoke();
            if (step == "drain") Page.Peer.SayEvent("Emulation.virtualTimeBudgetExpired", "{}");
            return "{}";
        }

        private string OnEvaluate(JsonNode call)
        {
            if (Describe(call) != "settle") return "{}";
            Expression = (string)call["params"]!["expression"]!;
            BeforeAnswer?.Invoke();
            BeforeAnswer = null;
            string answer = _answers.Count > 1 ? _answers.Dequeue() : _answers.Peek();
            return new JsonObject { ["result"] = new JsonObject { ["value"] = answer } }.ToJsonString();
        }
    }
}
