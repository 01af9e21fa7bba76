using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Os;
using Helios.Os.Processes;
using Helios.Progress;
using Helios.Run;
using Helios.Tests.Support;

namespace Helios.Tests.Run;

/// <summary>Which chunks are given to workers, and which are tried again, with a shell script for a worker.</summary>
internal sealed class WorkerCrewTests
{
    private const long Frames = 5;

    /// <summary>Renders every chunk that it is given.</summary>
    private const string Good = """
        while read -r chunk; do
          echo "{\"event\":\"chunk-finished\",\"chunk\":$chunk,\"frames\":5,\"bytes\":7,\"totalMs\":3}" >&2
        done
        """;

    /// <summary>The first worker fails with a code; those after it render.</summary>
    private static string FailOnce(int code) => $$"""
        if [ ! -e "$0.failed" ]; then
          read -r chunk
          : >"$0.failed"
          echo '{"event":"error","code":{{code}},"what":"it broke","where":"frame 2","fix":"fix it"}' >&2
          exit {{code}}
        fi
        {{Good}}
        """;

    [Test]
    public async Task Chunks_go_one_after_the_other_to_a_worker_that_stays()
    {
        using var stub = new StubProgram("echo >>\"$0.starts\"\n" + Good);

        var (said, _) = Work(stub, [0, 1, 2]);

        await Assert.That(said).IsEqualTo("start 0, finish 0, start 1, finish 1, start 2, finish 2");
        await Assert.That(File.ReadAllText(stub["starts"])).IsEqualTo("\n");
    }

    [Test]
    public async Task A_chunk_is_tried_again_where_that_can_help()
    {
        using var stub = new StubProgram(FailOnce(75));

        var (said, error) = Work(stub, [0, 1]);

        await Assert.That(error).IsNull();
        // the other chunk is rendered during the pause
        await Assert.That(said).IsEqualTo("start 0, fail 0 (75: it broke; again in 300 ms), start 1, finish 1, start 0 again, finish 0");
    }

    [Test]
    public async Task What_a_worker_that_failed_has_left_goes_to_the_next_in_order()
    {
        using var stub = new StubProgram(FailOnce(75));

        var (said, _) = Work(stub, [0, 1, 2]);

        await Assert.That(said).Contains("start 2");
        await Assert.That(said.IndexOf("start 1", StringComparison.Ordinal)).IsLessThan(said.IndexOf("start 2", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_failure_that_no_retry_helps_ends_the_run()
    {
        using var stub = new StubProgram(FailOnce(65));

        var (said, error) = Work(stub, [0, 1]);

        await Assert.That(said).IsEqualTo("start 0");
        await Assert.That(error!.Message).IsEqualTo("it broke (chunk 0, frame 2); fix it");
    }

    [Test]
    public async Task Retries_are_counted()
    {
        using var stub = new StubProgram("read -r chunk; echo 'helios: it broke' >&2; exit 75");

        var (said, error) = Work(stub, [0]);

        await Assert.That(said).IsEqualTo("start 0, fail 0 (75: it broke; again in 300 ms), start 0 again, "
            + "fail 0 (75: it broke; again in 600 ms), start 0 again");
        await Assert.That(error!.Message).IsEqualTo("it broke (attempt 3 of 3) (chunk 0); see above");
    }

    [Test]
    public async Task A_full_disk_is_not_tried_again()
    {
        using var stub = new StubProgram("""
            read -r chunk
            echo '{"event":"error","code":74,"what":"it broke","where":"a","fix":"b","reason":"disk-full"}' >&2
            exit 74
            """);

        var (said, error) = Work(stub, [0]);

        await Assert.That(said).IsEqualTo("start 0");
        await Assert.That(error!.Code).IsEqualTo(ExitCode.IoError);
    }

    [Test]
    public async Task A_worker_without_events_is_ended_and_its_chunk_tried_again()
    {
        using var stub = new StubProgram("""
            if [ ! -e "$0.stalled" ]; then
              : >"$0.stalled"
              exec sleep 60
            fi
            """ + "\n" + Good);

        var (said, error) = Work(stub, [0], silenceLimit: 300);

        await Assert.That(error).IsNull();
        await Assert.That(said)
            .IsEqualTo("start 0, fail 0 (75: the worker said nothing for 0 s; again in 300 ms), start 0 again, finish 0");
    }

    /// <summary>A signal is for the whole process.</summary>
    [Test]
    [NotInParallel]
    public async Task A_signal_ends_the_run_and_names_the_chunk_that_was_begun()
    {
        using var stub = new StubProgram("read -r chunk; echo '{\"event\":\"progress\",\"frames\":2}' >&2; exec sleep 60");

        var (said, error) = Work(stub, [0, 1], interruptsAfter: 2);

        await Assert.That(said).IsEqualTo("start 0, interrupt 0");
        await Assert.That(error!.Message)
            .IsEqualTo("interrupted by SIGTERM (signal); run it again to continue: 0 of 2 chunks are complete");
    }

    /// <summary>One worker; what happened, and the error that ended the run.</summary>
    private static (string Said, HeliosException? Error) Work(
        StubProgram stub, int[] pending, int silenceLimit = 60_000, long interruptsAfter = long.MaxValue)
    {
        var said = new List<string>();
        using var interrupts = new Interrupts();
        var status = new RunStatus
        {
            JobId = "j1",
            Output = "out.mp4",
            TotalChunks = pending.Length,
            TotalFrames = pending.Length * Frames,
            Workers = 1,
        };
        var settings = new RunSettings
        {
            Directory = "/",
            JobFile = "",
            WorkerOptions = [],
            Retries = 2,
            SilenceLimit = silenceLimit,
            MakeWorkerSettings = static () => throw new InvalidOperationException("the workers are scripts"),
            Encoder = null,
            Interrupts = interrupts,
            Progress = new Listener(said, interruptsAfter),
        };
        ChildPipe[] pipes = [new(2, IsOutput: true), new(0, IsOutput: false)];
        using var crew = new WorkerCrew(static _ => Frames, pending, settings, status, static _ => { })
        {
            StartWorker = _ => new Worker(ChildProcess.Start(stub.FullPath, [], pipes, []), static _ => { }, RunStatus.Chunk),
            FirstDelay = 300,
            OnInterrupt = chunk => said.Add(Text($"interrupt {chunk}")),
        };
        HeliosException? error = null;
        try
        {
            crew.Work();
        }
        catch (HeliosException thrown)
        {
            error = thrown;
        }

        return (string.Join(", ", said), error);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Listener(List<string> said, long interruptsAfter) : ProgressSink
    {
        internal override void Report(ProgressEvent happened)
        {
            switch (happened)
            {
                case ChunkStarted started: said.Add(Text($"start {started.Chunk}{(started.Attempt > 1 ? " again" : "")}")); break;
                case ChunkFinished finished: said.Add(Text($"finish {finished.Chunk}")); break;
                case ChunkFailed failed:
                    said.Add(Text($"fail {failed.Chunk} ({(int)failed.Error.Code}: {failed.Error.What}; again in {failed.Delay} ms)"));
                    break;
                case RunAdvanced advanced when advanced.Status.RunningFrames >= interruptsAfter:
                    Interrupts.Tell(ExitCode.Terminated, "SIGTERM");
                    break;
            }
        }
    }
}
