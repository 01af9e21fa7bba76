using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Helios.Os.Processes;

namespace Helios.Tests.Os.Processes;

internal sealed class TailReaderTests
{
    [Test]
    public async Task The_last_lines_are_kept_without_noise_and_each_is_told_to_the_listener()
    {
        var lines = new List<string>();
        using ChildProcess child = Shell("echo a; echo b; echo noise b; echo c; printf d");
        using var reader = new TailReader(child.Pipe(0), lines.Add, noise: "noise", lines: 2);

        await Assert.That(reader.Join(10_000)).IsTrue();
        await Assert.That(reader.Text).IsEqualTo("c | d");
        await Assert.That(lines).IsEquivalentTo(["a", "b", "c", "d"]);
    }

    [Test]
    public async Task Long_lines_are_cut_and_many_are_forgotten()
    {
        using ChildProcess child = Shell("i=0; while [ $i -lt 30 ]; do echo 12345$i; i=$((i+1)); done");
        using var reader = new TailReader(child.Pipe(0), longestLine: 5);

        _ = reader.Join(10_000);

        await Assert.That(reader.Text).IsEqualTo(string.Join(" | ", Enumerable.Repeat("12345", 20)));
    }

    /// <summary>Something that the child has started holds the pipe.</summary>
    [Test]
    public async Task A_pipe_that_does_not_end_is_not_waited_for()
    {
        using ChildProcess child = Shell("echo a; exec sleep 1000");
        using var reader = new TailReader(child.Pipe(0));

        await Assert.That(reader.Join(30)).IsFalse();
    }

    private static ChildProcess Shell(string script) => ChildProcess.Start("/bin/sh", ["-c", script], [new(1, IsOutput: true)]);
}
