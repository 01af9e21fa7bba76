using System.Collections.Generic;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Merge;
using Helios.Page;
using Helios.Progress;
using Helios.Render;
using Helios.Tests.Support;

namespace Helios.Tests.Progress;

internal sealed class JsonProgressTests
{
    private readonly List<string> _lines = [];
    private long _time;

    private static ReceiptTimings Timings => new() { LoadMs = 1, PrerollMs = 2, CaptureMs = 3, TotalMs = 10 };

    private static HeliosException Full => new(ExitCode.IoError, "no room", "/srv", "make room", reason: Reason.DiskFull);

    public static IEnumerable<TestDataRow<(object Happened, string Line)>> Events()
    {
        yield return new((new Warned("a\n\"b\""), """{"event":"warning","message":"a\n\"b\""}"""));
        yield return new(
            (new Failed(Full), """{"event":"error","code":74,"what":"no room","where":"/srv","fix":"make room","reason":"disk-full"}"""));
        yield return new(
            (
                new PageProbed(
                    Specs.Options with
                    {
                        Width = 16,
                        Height = 18,
                        FrameRate = FrameRate.OfWhole(30),
                    },
                    60,
                    [new PageValue("fps", "window.helios.fps")],
                    "text"),
                """{"event":"page-probed","width":16,"height":18,"frameRate":"30/1","totalFrames":60,"fromPage":{"fps":"window.helios.fps"}}"""
            ));
        yield return new(
            (
                new CaptureChosen(new CaptureTrial(CaptureMode.Paint, 5, "alike")),
                """{"event":"capture-chosen","capture":"paint","frames":5,"because":"alike"}"""));
        yield return new(
            (new WorkersChosen(1, 2, "few processors"), """{"event":"workers-chosen","workers":1,"chunks":2,"because":"few processors"}""")
        );
        yield return new((new PhaseBegun(3, RenderPhase.Encode), """{"event":"phase","chunk":3,"phase":"encode"}"""));
        yield return new((new ChunkSkipped(3, "a.mov"), """{"event":"chunk-complete","chunk":3}"""));
        yield return new((new ChunkStarted(3, 20, 2), """{"event":"chunk-started","chunk":3,"frames":20,"attempt":2}"""));
        yield return new(
            (
                new ChunkFinished(3, 20, 99, Timings, null),
                """{"event":"chunk-finished","chunk":3,"frames":20,"bytes":99,"loadMs":1,"prerollMs":2,"captureMs":3,"totalMs":10}"""));
        yield return new(
            (
                new ChunkFailed(3, 1, Full, 2000),
                """{"event":"chunk-failed","chunk":3,"attempt":1,"retryInMs":2000,"code":74,"what":"no room","where":"/srv","fix":"make room","reason":"disk-full"}"""
            ));
        yield return new(
            (
                new StillFinished(5, Timings, "a.png"),
                """{"event":"still-finished","frame":5,"output":"a.png","loadMs":1,"prerollMs":2,"captureMs":3,"totalMs":10}"""));
        yield return new((new MergeStarted(4), """{"event":"merge-started","chunks":4}"""));
        yield return new((new MergeFinished("j", new MergeResult("o.mp4", 40, 2, 5, 1540)),
            """{"event":"merge-finished","job":"j","output":"o.mp4","chunks":2,"totalFrames":40,"bytes":5,"seconds":1.5}"""));
    }

    [Test]
    [MethodDataSource(nameof(Events))]
    public async Task An_event_is_one_line(object happened, string line)
    {
        new JsonProgress(_lines.Add, () => _time).Report((ProgressEvent)happened);

        await Assert.That(_lines).IsEquivalentTo([line]);
    }

    [Test]
    public async Task What_comes_often_is_written_twice_a_second_and_at_its_end()
    {
        var progress = new JsonProgress(_lines.Add, () => _time);

        Advance(progress, 499, 1);
        Advance(progress, 1, 2);
        Advance(progress, 499, 3);
        Advance(progress, 0, 4);

        await Assert.That(_lines).IsEquivalentTo(
        [
            """{"event":"progress","chunk":7,"frames":2,"totalFrames":4,"fps":2,"secondsLeft":1}""",
            """{"event":"progress","chunk":7,"frames":4,"totalFrames":4,"fps":2,"secondsLeft":0}""",
        ]);
    }

    [Test]
    public async Task A_run_that_knows_no_rate_says_no_time_left()
    {
        var progress = new JsonProgress(_lines.Add, () => _time);
        var status = new RunStatus
        {
            JobId = "j",
            Output = "o.mp4",
            TotalChunks = 2,
            TotalFrames = 40,
            Workers = 2,
            RunningWorkers = 1,
            Retries = 1,
        };

        progress.Report(new RunStarted(status));
        progress.Report(new RunAdvanced(status)); // too soon
        _time += 500;
        progress.Report(new RunAdvanced(status));

        await Assert.That(_lines).IsEquivalentTo(
        [
            """{"event":"job-started","job":"j","chunks":2,"completeChunks":0,"totalFrames":40,"completeFrames":0,"workers":2}""",
            """{"event":"progress","frames":0,"totalFrames":40,"fps":0,"workers":1,"retries":1}""",
        ]);
    }

    [Test]
    public async Task The_end_of_a_merge_is_told_by_itself_where_no_run_goes_on()
    {
        var progress = new JsonProgress(_lines.Add, () => _time);

        progress.Report(new MergeAdvanced(40, 40, Rate: null));
        progress.Report(new MergeAdvanced(40, 40, Rate: 20));

        await Assert.That(_lines).IsEquivalentTo(["""{"event":"merge","frames":40,"totalFrames":40,"fps":20,"secondsLeft":0}"""]);
    }

    private void Advance(JsonProgress progress, long milliseconds, long frames)
    {
        _time += milliseconds;
        progress.Report(new ChunkAdvanced(7, frames, 4, Rate: 2));
    }
}
