using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.Browser;
using Helios.Page;
using Helios.Tests.Support;

namespace Helios.Tests.Page;

/// <summary>The clock's steps, as the browser gets them: policy and budget in ms.</summary>
internal sealed class VirtualClockTests
{
    private const int Timeout = 10_000;
    private const string Budget = "budget";

    [Test]
    [Arguments("1234.5678", "pause advance:0.03201", 1234.6, DisplayName = "between two points of the grid")]
    [Arguments("1234.6", "pause advance:0.10001", 1234.7, DisplayName = "on a point: the next one")]
    [Arguments("1234.5999", "pause advance:0.10001", 1234.7, DisplayName = "just before a point, by less than a microsecond")]
    [Arguments("0", "pause advance:0.10001", 0.1, DisplayName = "at the very start")]
    public async Task The_clock_starts_on_a_point_of_its_grid(string browserTime, string steps, double start)
    {
        using var peer = new DevToolsPeer();
        VirtualClock clock = Start(peer, browserTime);

        await Assert.That(Steps(peer)).IsEqualTo(steps);
        await Assert.That(clock.IsAtStart).IsTrue();
        await Assert.That(clock.FrameTime(0)).IsEqualTo(start + 0.0004 - 0.06).Within(1e-9);
    }

    [Test]
    public async Task It_advances_from_point_to_point_and_never_back()
    {
        using var peer = new DevToolsPeer();
        VirtualClock clock = Start(peer, "1000.05");
        _ = peer.Played();

        clock.AdvanceTo(333, Timeout);
        clock.AdvanceTo(333, Timeout);
        clock.AdvanceTo(100, Timeout);
        clock.AdvanceTo(667, Timeout);

        await Assert.That(Steps(peer)).IsEqualTo("pauseIfNetworkFetchesPending:33.30001 pauseIfNetworkFetchesPending:33.40001");
        await Assert.That((clock.Now, clock.IsAtStart)).IsEqualTo((66.7, false));
        await Assert.That(clock.FrameTime(0)).IsEqualTo(1000.1 + 66.7 + 0.0004).Within(1e-9);
    }

    [Test]
    public async Task Tasks_run_with_hardly_any_budget_or_with_none()
    {
        using var peer = new DevToolsPeer();
        VirtualClock clock = Start(peer, "1000.05");
        _ = peer.Played();

        clock.DrainTasks(Timeout);
        clock.Run();
        clock.Stop(Timeout);

        await Assert.That(Steps(peer)).IsEqualTo("pauseIfNetworkFetchesPending:0.00001 pauseIfNetworkFetchesPending pause");
        await Assert.That(clock.IsAtStart).IsTrue();
    }

    /// <summary>The same time again would hang; to the page all of them are the same, since it reads 0.1 ms.</summary>
    [Test]
    [Arguments(0L, DisplayName = "before the start, which counts as 0")]
    [Arguments(333L, DisplayName = "later")]
    public async Task Each_repetition_of_a_frame_has_a_time_of_its_own_on_one_point_of_the_grid(long ticks)
    {
        using var peer = new DevToolsPeer();
        VirtualClock clock = Start(peer, "1000.05");
        clock.AdvanceTo(ticks, Timeout);

        double[] times = [.. Enumerable.Range(0, VirtualClock.MaxRepetitions + 1).Select(clock.FrameTime)];

        await Assert.That(times.Zip(times.Skip(1), static (one, next) => next - one).Min()).IsGreaterThan(0.0005);
        await Assert.That(times.Select(time => time < 1000.1 ? 0 : (int)((time - 1000.1) * 10)).Distinct().Single()).IsEqualTo((int)ticks);
    }

    [Test]
    public async Task A_budget_that_does_not_expire_is_a_time_out()
    {
        using var peer = new DevToolsPeer();
        VirtualClock clock = Start(peer, "1000.05");
        peer.Script("Emulation.setVirtualTimePolicy", static _ => "{}");

        string refusal = Refusal.TextOf(() => clock.AdvanceTo(333, 20));

        await Assert.That(refusal).IsEqualTo("75: no answer to pauseIfNetworkFetchesPending (33.3 ms of the page's time) within 0.02 s: "
            + "the page hangs or the machine is too slow (frame 5); look for an endless loop in the page, or raise --timeout");
        await Assert.That(clock.IsAtStart).IsTrue(); // a step that failed was not made
    }

    [Test]
    public async Task A_browser_without_virtual_time_is_refused()
    {
        using var peer = new DevToolsPeer();
        peer.Play();

        await Assert.That(Refusal.TextOf(() => new VirtualClock(peer.Browser).Start(Timeout)))
            .IsEqualTo("69: the browser has no virtual time (Emulation.setVirtualTimePolicy); " + BrowserFinder.Fix);
    }

    private static VirtualClock Start(DevToolsPeer peer, string browserTime)
    {
        peer.Script("Emulation.setVirtualTimePolicy", call =>
        {
            if (call["params"]![Budget] is not null)
                peer.SayEvent("Emulation.virtualTimeBudgetExpired", "{}"); // may come before the answer
            return $$"""{"virtualTimeTicksBase":{{browserTime}}}""";
        });
        peer.Play();
        var clock = new VirtualClock(peer.OpenSession("S", new NamedContext("frame 5")));
        clock.Start(Timeout);
        return clock;
    }

    private static string Steps(DevToolsPeer peer) => string.Join(' ', peer.Played().Select(static call => Describe(call["params"]!)));

    private static string Describe(JsonNode step) => (string)step["policy"]!
        + (step[Budget] is { } budget ? string.Create(CultureInfo.InvariantCulture, $":{(double)budget:0.00000}") : "");
}
