using System;
using System.Threading.Tasks;
using Helios.Run;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Run;

/// <summary>When one worker more is started: two processors, and a first frame after one second.</summary>
internal sealed class WorkerGrowthTests
{
    private double _used;
    private double _idle;
    private double _time;

    [Test]
    [Arguments(1.4, 0.0, 60.0, "0.6 of 2 processors were idle", DisplayName = "idle processors and a long rest")]
    [Arguments(1.4, -30.0, 60.0, "0.6 of 2 processors were idle", DisplayName = "a machine with more processors than it may use")]
    [Arguments(1.4, 0.4, 60.0, null, DisplayName = "processors that others use")]
    [Arguments(1.7, 0.0, 60.0, null, DisplayName = "busy processors")]
    [Arguments(1.4, 0.0, 7.0, null, DisplayName = "a short rest")]
    [Arguments(1.4, 0.0, null, null, DisplayName = "an unknown rest")]
    public async Task Another_worker_starts_where_processors_are_idle_for_long_enough(
        double busy, double others, double? rest, string? expected)
    {
        WorkerGrowth growth = Make(most: 2);

        string? starting = After(growth, 1, busy, haveBegun: false, rest, others);
        string? first = After(growth, 0, busy, haveBegun: true, rest, others);
        string? soon = After(growth, 1, busy, haveBegun: true, rest, others);
        string? later = After(growth, 1, busy, haveBegun: true, rest, others);

        await Assert.That((starting, first, soon)).IsEqualTo(((string?)null, (string?)null, (string?)null));
        await Assert.That(later).IsEqualTo(expected);
    }

    [Test]
    public async Task It_waits_until_the_last_one_has_begun()
    {
        WorkerGrowth growth = Make(most: 3);
        _ = After(growth, 1, 1, haveBegun: true, 60);
        string? second = After(growth, 2, 1, haveBegun: true, 60);

        string? starting = After(growth, 2, 1, haveBegun: false, 60);
        string? begun = After(growth, 0.5, 1, haveBegun: true, 60);
        string? third = After(growth, 2, 1, haveBegun: true, 60);

        await Assert.That((second is null, starting is null, begun is null, third is null)).IsEqualTo((false, true, true, false));
    }

    [Test]
    public async Task There_are_never_more_than_fit()
    {
        WorkerGrowth growth = Make(most: 1);

        for (int i = 0; i < 5; i++) await Assert.That(After(growth, 2, 0.5, haveBegun: true, 600)).IsNull();
    }

    [Test]
    public async Task Without_processor_times_there_is_none()
    {
        var growth = new WorkerGrowth(2, 2, static () => null, () => TimeSpan.FromSeconds(_time));

        for (int i = 0; i < 5; i++) await Assert.That(After(growth, 2, 0.5, haveBegun: true, 600)).IsNull();
    }

    private WorkerGrowth Make(int most) => new(2, most, () => (_used, _idle), () => TimeSpan.FromSeconds(_time));

    /// <summary>What it says after some time, in which workers and other programs kept that many processors busy.</summary>
    private string? After(WorkerGrowth growth, double seconds, double busy, bool haveBegun, double? rest, double others = 0)
    {
        _time += seconds;
        _used += seconds * busy;
        _idle += seconds * (2 - busy - others);
        return growth.FindReason(1, haveBegun, rest);
    }
}
