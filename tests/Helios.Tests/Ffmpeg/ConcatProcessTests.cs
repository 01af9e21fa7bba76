using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Os;
using Helios.Tests.Support;

namespace Helios.Tests.Ffmpeg;

internal sealed class ConcatProcessTests
{
    private const string Work = """cat >"$0.list"; echo "$@" >"$0.out"; echo frame=2; echo frame=9; echo 'no harm' >&2""";

    /// <summary>What is reported may touch what the run's own thread touches, without a lock.</summary>
    [Test]
    public async Task The_list_is_handed_over_and_progress_comes_on_the_thread_that_waits()
    {
        using var stub = new StubProgram(Work);
        using var interrupts = new Interrupts();
        var frames = new List<(long Frames, int Thread)>();
        var warnings = new List<string>();
        int thread;
        void Note(long count) => frames.Add((count, Environment.CurrentManagedThreadId));
        using (var process = new ConcatProcess(stub.ToFfmpeg(interrupts), ["-i", "a b"], stub["out"], 0, warnings.Add, Note))
        {
            process.Write("file 'a'\n");
            process.Write("file 'b'\n");
            process.EndList();
            process.Finish();
            thread = Environment.CurrentManagedThreadId;
        }

        await Assert.That(File.ReadAllText(stub["list"])).IsEqualTo("file 'a'\nfile 'b'\n");
        await Assert.That(File.ReadAllText(stub["out"])).IsEqualTo("-i a b\n");
        await Assert.That(frames[^1]).IsEqualTo((9L, thread));
        await Assert.That(frames.Select(report => report.Thread).Distinct()).IsEquivalentTo([thread]);
        await Assert.That(warnings).IsEquivalentTo(["ffmpeg says: no harm"]);
    }

    [Test]
    [Arguments("cat >/dev/null", "75: ffmpeg has written nothing (STUB); run it again")]
    [Arguments("cat >/dev/null; exit 3", "75: ffmpeg ended with exit code 3 while concatenating (STUB); run it again")]
    [Arguments("cat >/dev/null; echo >\"$0.out\"; echo 'x: No space left on device' >&2",
        "74: ffmpeg ended with exit code 0 while concatenating: x: No space left on device (STUB); make room, then run it again")]
    [Arguments("cat >/dev/null; exit 8", "69: ffmpeg ended with exit code 8 while concatenating (STUB); install ffmpeg 5.1 or later")]
    public async Task What_is_not_whole_is_an_error(string script, string text) =>
        await Assert.That(Concatenate(script, "file 'a'\n")).IsEqualTo(text);

    [Test]
    [Arguments("exec <&-; exec sleep 100", "75: ffmpeg does not read the list of chunks (STUB); run it again", 50)]
    [Arguments("exit 7", "75: ffmpeg ended with exit code 7 while concatenating (STUB); run it again", 10_000)]
    public async Task The_list_may_not_be_read_to_its_end(string script, string text, int readTimeout)
    {
        string error = Concatenate(script, new string('x', 1 << 20), program => program with { ReadTimeout = readTimeout });

        await Assert.That(error).IsEqualTo(text);
    }

    [Test]
    public async Task One_that_stops_reading_the_list_hangs()
    {
        string error = Concatenate("exec sleep 100", new string('x', 1 << 20), static program => program with { StallTimeout = 50 });

        await Assert.That(error).IsEqualTo("75: ffmpeg did nothing for 0 s (STUB); run it again");
    }

    /// <summary>The index of a large file moves to its front in silence.</summary>
    [Test]
    public async Task The_more_there_is_to_copy_the_longer_silence_is_believed()
    {
        using var stub = new StubProgram("exec sleep 100");
        using var interrupts = new Interrupts();
        FfmpegProgram program = stub.ToFfmpeg(interrupts) with { StallTimeout = 20 };
        using var small = new ConcatProcess(program, [], null, 0, static _ => { }, static _ => { });
        using var large = new ConcatProcess(program, [], null, 20_000_000_000, static _ => { }, static _ => { });
        await Task.Delay(50);

        large.Check();

        await Assert.That(Refusal.Of(small.Check).Code).IsEqualTo(ExitCode.Temporary);
    }

    [Test]
    public async Task A_file_that_is_removed_while_it_is_written_ends_the_work()
    {
        using var stub = new StubProgram("""echo >"$0.out"; i=0; while :; do i=$((i+1)); echo frame=$i; sleep 0.01; done""");
        using var interrupts = new Interrupts();
        int reports = 0;
        using var process = new ConcatProcess(stub.ToFfmpeg(interrupts), [], stub["out"], 0, static _ => { }, _ =>
        {
            if (++reports == 2) File.Delete(stub["out"]); // it was seen after the first
        });

        HeliosException error = Refusal.Of(process.Finish);

        await Assert.That(stub.Strip(error.Where)).IsEqualTo("STUB.out");
        await Assert.That(reports).IsEqualTo(2);
    }

    private static string Concatenate(string script, string list, Func<FfmpegProgram, FfmpegProgram>? change = null)
    {
        using var stub = new StubProgram(script);
        using var interrupts = new Interrupts();
        FfmpegProgram program = stub.ToFfmpeg(interrupts);
        using var process = new ConcatProcess(change?.Invoke(program) ?? program, [], stub["out"], 0, static _ => { }, static _ => { });
        return stub.Strip(Refusal.TextOf(() =>
        {
            process.Write(list);
            process.EndList();
            process.Finish();
        }));
    }
}
