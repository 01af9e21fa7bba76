using System.Linq;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Progress;

namespace Helios.Tests.Progress;

internal sealed class RunStatusTests
{
    private static RunStatus New() => new() { JobId = "j", Output = "/srv/out.mp4", TotalChunks = 5, TotalFrames = 50 };

    [Test]
    public async Task The_slowest_chunks_are_kept_in_order()
    {
        RunStatus status = New();
        long[] times = [300, 100, 500, 400, 200];
        for (int chunk = 0; chunk < times.Length; chunk++) status.Add(chunk, 10, Timings(times[chunk]));

        await Assert
            .That(string.Join(' ', status.Slowest.Select(slow => $"{slow.Chunk}:{slow.Milliseconds}")))
            .IsEqualTo("2:500 3:400 0:300");
    }

    [Test]
    public async Task Sums_are_those_of_the_chunks()
    {
        RunStatus status = New();
        status.Add(0, 10, Timings(100));
        status.Add(1, 20, Timings(50));
        status.ReusedFrames = 5;
        status.RunningFrames = 3;

        await Assert.That((status.LoadTime, status.PrerollTime, status.CaptureTime, status.WorkerTime)).IsEqualTo((2, 4, 6, 150));
        await Assert.That((status.FinishedChunks, status.FinishedFrames, status.DoneFrames)).IsEqualTo((2, 30, 38));
    }

    [Test]
    public async Task There_is_no_estimate_before_the_first_frame()
    {
        RunStatus status = New();
        status.ReusedFrames = 20;

        await Assert.That(status.SecondsLeft).IsNull();
        status.RunningFrames = 15;
        await Assert.That(status.SecondsLeft!.Value).IsEqualTo(15 / status.Rate).Within(1);
    }

    private static ReceiptTimings Timings(long total) => new() { LoadMs = 1, PrerollMs = 2, CaptureMs = 3, TotalMs = total };
}
