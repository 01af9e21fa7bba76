using System;
using System.Linq;
using System.Threading.Tasks;
using Helios.Os;
using Helios.Page;
using Helios.Tests.Support;

namespace Helios.Tests.Page;

internal sealed class PageDriverTests
{
    private const string Where = "(frame 5 of https://composition.helios/page.html)";

    [Test]
    [Arguments(DrawMode.Undisplayed, """{"frameTimeTicks":-0.0596,"interval":40,"noDisplayUpdates":true}""")]
    [Arguments(DrawMode.Displayed, """{"frameTimeTicks":-0.0596,"interval":40}""")]
    [Arguments(DrawMode.Screenshot, """{"frameTimeTicks":-0.0596,"interval":40,"screenshot":{"format":"png","optimizeForSpeed":true}}""")]
    public async Task A_frame_is_drawn_as_it_is_meant(DrawMode mode, string parameters)
    {
        using var page = new Driven();

        _ = page.Driver.Draw(mode);

        await Assert.That(page.Page.Peer.PlayedText()).IsEqualTo("beginFrame " + parameters);
    }

    [Test]
    public async Task A_repetition_is_drawn_a_microsecond_later()
    {
        using var page = new Driven();

        for (int repetition = 0; repetition < 3; repetition++) _ = page.Driver.Draw(DrawMode.Displayed, repetition);

        await Assert
            .That(
                string.Join(' ', page.Page.Peer.Played().Select(static call => Math.Round((double)call["params"]!["frameTimeTicks"]!, 6))))
            .IsEqualTo("-0.0596 -0.0586 -0.0576");
    }

    /// <summary>The answer to beginFrame comes from another process than what the page says.</summary>
    [Test]
    public async Task The_page_is_listened_to_once_after_a_frame()
    {
        using var page = new Driven();

        _ = page.Driver.Draw(DrawMode.Displayed);
        page.Driver.Listen();
        page.Driver.Listen();
        _ = page.Driver.Evaluate("1");
        page.Driver.Listen();

        await Assert
            .That(string.Join(' ', page.Page.Peer.Played().Select(static call => (string?)call["params"]!["expression"] ?? "frame")))
            .IsEqualTo("frame window.__helios_facts&&__helios_facts.endFrame() 1");
    }

    [Test]
    [Arguments("""{"result":{"type":"string","value":"a\"b"}}""", "a\"b", DisplayName = "text")]
    [Arguments("""{"result":{"type":"undefined"}}""", "", DisplayName = "nothing")]
    [Arguments("""{"result":{"type":"number","value":5}}""", "", DisplayName = "no text")]
    public async Task An_expression_results_in_text(string result, string text)
    {
        using var page = new Driven(result);

        await Assert.That(page.Driver.Evaluate("1")).IsEqualTo(text);
    }

    [Test]
    [Arguments(
        """{"result":{},"exceptionDetails":{"exception":{"description":"Error: no\n  at 1"},"url":"https://a.test/a.js","lineNumber":4}}""",
        "65: the page throws: Error: no at https://a.test/a.js:5 " + Where + "; fix the page; it can be tried in any browser",
        DisplayName = "exception")]
    [Arguments("""{"result":{"value":"!the page has a video"}}""",
        "65: the page has a video " + Where + "; fix the page, or remove what cannot be rendered", DisplayName = "refusal")]
    [Arguments("""{"result":{"value":"!#the page has a video"}}""",
        "65: the page has a video " + Where + "; plan the job with --capture screenshot", DisplayName = "refusal of capture by paint")]
    public async Task What_the_page_throws_and_what_scripts_refuse_ends_the_render(string result, string refusal)
    {
        using var page = new Driven(result);

        await Assert.That(Refusal.TextOf(() => page.Driver.Evaluate("1"))).IsEqualTo(refusal);
    }

    [Test]
    public async Task A_page_runs_until_a_condition_holds_or_the_time_is_over()
    {
        using var page = new Driven();
        int looks = 0;

        bool held = page.Driver.RunUntil(() => ++looks == 3, 10_000, slice: 1);
        bool late = page.Driver.RunUntil(static () => false, 5, slice: 1);

        await Assert.That((held, looks, late)).IsEqualTo((true, 3, false));
        await Assert.That(page.Page.Peer.PlayedText()).StartsWith("setVirtualTimePolicy {\"policy\":\"pauseIfNetworkFetchesPending\"}");
    }

    /// <summary>A page at 25 frames a second that answers all it is asked with one result.</summary>
    private sealed class Driven : IDisposable
    {
        private readonly Interrupts _interrupts = new();

        internal Driven(string result = "{}")
        {
            Page.Peer.Script("Runtime.evaluate", _ => result);
            Page.Peer.Play();
            var settings = new RenderSettings
            {
                Directory = "",
                Browser = new("", null, ""),
                EncoderPath = "",
                FrameTimeout = 10_000,
                ReadyTimeout = 10_000,
                Interrupts = _interrupts,
                Warn = static _ => { },
                OnFrame = static _ => { },
            };
            Driver = new PageDriver(Page.Session, new VirtualClock(Page.Session), Page.Load, 40, settings);
        }

        internal ScriptedPage Page { get; } = new();

        internal PageDriver Driver { get; }

        public void Dispose()
        {
            Page.Dispose();
            _interrupts.Dispose();
        }
    }
}
