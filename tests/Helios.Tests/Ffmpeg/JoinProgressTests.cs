using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Helios.Ffmpeg;

namespace Helios.Tests.Ffmpeg;

internal sealed class JoinProgressTests
{
    /// <summary>What is told may touch what the run's own thread touches, without a lock.</summary>
    [Test]
    public async Task Frames_are_told_by_the_thread_that_asks_for_them()
    {
        var told = new List<(long, int)>();
        var progress = new JoinProgress(frames => told.Add((frames, Environment.CurrentManagedThreadId)));
        var reader = new Thread(() =>
        {
            foreach (string line in (string[])["frame=12", "out_time=00:00:01.000000", "progress=continue", "frame=  40"]) progress.OnLine(line);
        });
        reader.Start();
        reader.Join();
        int heard = told.Count;

        progress.Report();
        int thread = Environment.CurrentManagedThreadId;
        progress.Report();

        await Assert.That(heard).IsEqualTo(0);
        await Assert.That(told).IsEquivalentTo([(40L, thread)]);
    }

    [Test]
    public async Task Lines_that_say_nothing_are_no_progress()
    {
        var progress = new JoinProgress(static _ => throw new InvalidOperationException("nothing was said"));
        await Task.Delay(300);

        foreach (string line in (string[])["frame=0", "frame=N/A", "frame=", "fps=12", "bitrate=1"]) progress.OnLine(line);
        progress.Report();
        double silent = progress.SilentMilliseconds;
        progress.OnLine("out_time=00:00:01.000000");
        double afterMove = progress.SilentMilliseconds;

        await Assert.That(silent).IsGreaterThanOrEqualTo(290); // timers wake a little early
        await Assert.That(afterMove).IsLessThan(silent);
    }
}
