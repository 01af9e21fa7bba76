using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;
using System.Threading.Tasks;
using Helios.Os.Processes;
using Helios.Tests.Support;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Os.Processes;

internal sealed class ThreadActivityTests
{
    [Test]
    [Arguments("Name:\tsh\nState:\tS (sleeping)\nvoluntary_ctxt_switches:\t12\nnonvoluntary_ctxt_switches:\t3\n", 15L,
        DisplayName = "one that sleeps")]
    [Arguments("Name:\tsh\nState:\tR (running)\nvoluntary_ctxt_switches:\t12\nnonvoluntary_ctxt_switches:\t3\n", null,
        DisplayName = "one that runs")]
    [Arguments("Name:\tsh\nState:\tD (disk sleep)\nvoluntary_ctxt_switches:\t12\nnonvoluntary_ctxt_switches:\t3\n", null,
        DisplayName = "one that waits for a disk")]
    [Arguments("Name:\tsh\nState:\tS (sleeping)\nvoluntary_ctxt_switches:\t12\n", null, DisplayName = "a file that ends too early")]
    [Arguments("", null, DisplayName = "an empty one")]
    public async Task A_status_tells_how_often_a_thread_ran(string status, long? switches) =>
        await Assert.That(ThreadActivity.Parse(Encoding.ASCII.GetBytes(status))).IsEqualTo(switches);

    [Test]
    public async Task A_program_that_waits_rests()
    {
        using var stub = new StubProgram("read -r word");
        using ChildProcess child = ChildProcess.Start(stub.FullPath, [], [new(0, IsOutput: false)], []);

        List<ThreadActivity.Seen>? first = await FindAsync(child);
        List<ThreadActivity.Seen>? second = ThreadActivity.FindResting([child.Id]);

        await Assert.That(first!.Count).IsEqualTo(1);
        await Assert.That(second).IsEquivalentTo(first!);
        child.Kill();
    }

    [Test]
    public async Task A_program_that_works_does_not()
    {
        using var stub = new StubProgram("while :; do :; done");
        using ChildProcess child = ChildProcess.Start(stub.FullPath, [], [new(0, IsOutput: false)], []);

        for (int i = 0; i < 20; i++) await Assert.That(ThreadActivity.FindResting([child.Id])).IsNull();
        child.Kill();
    }

    [Test]
    public async Task What_has_ended_does_nothing() => await Assert.That(ThreadActivity.FindResting([int.MaxValue])).IsEmpty();

    /// <summary>A program takes a while to start.</summary>
    private static async Task<List<ThreadActivity.Seen>?> FindAsync(ChildProcess child)
    {
        var watch = Stopwatch.StartNew();
        List<ThreadActivity.Seen>? last = null;
        while (watch.Elapsed < TimeSpan.FromSeconds(30))
        {
            List<ThreadActivity.Seen>? now = ThreadActivity.FindResting([child.Id]);
            if (now is not null && last is not null && now.Count == last.Count && now[0] == last[0]) return now;
            last = now;
            await Task.Delay(20);
        }

        return last;
    }
}
