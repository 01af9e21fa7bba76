using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Ffmpeg;
using Helios.Os;
using Helios.Tests.Support;

namespace Helios.Tests.Ffmpeg;

internal sealed class FfmpegProcessTests
{
    private static readonly FfmpegCommand s_work = new() { Arguments = [], Doing = static () => "at work" };

    [Test]
    [Arguments("exit 3", "75: ffmpeg ended with exit code 3 at work (STUB); run it again")]
    [Arguments("echo 'x: Permission denied' >&2; exit 1",
        "75: ffmpeg ended with exit code 1 at work: x: Permission denied (STUB); run it again")]
    [Arguments("kill -KILL $$", "75: ffmpeg ended with exit code 137 at work (STUB); run it again")]
    [Arguments("kill -TERM $$", "75: ffmpeg ended with exit code 143 at work (STUB); run it again")]
    [Arguments("echo 'Error writing trailer of pipe:1: Broken pipe' >&2; kill -TERM $$",
        "75: ffmpeg ended with exit code 143 at work: Error writing trailer of pipe:1: Broken pipe (STUB); run it again")]
    [Arguments("exit 251", "74: ffmpeg ended with exit code 251 at work (STUB); check the disk, then run it again")]
    [Arguments("echo 'x: Input/output error' >&2",
        "74: ffmpeg ended with exit code 0 at work: x: Input/output error (STUB); check the disk, then run it again")]
    [Arguments("exit 8", "69: ffmpeg ended with exit code 8 at work (STUB); install ffmpeg 5.1 or later")]
    [Arguments("echo frame=1; exit 8",
        "75: ffmpeg ended with exit code 8 at work (STUB); run it again", DisplayName = "once there is a frame it can do it")]
    [Arguments("echo 'no such file' >&2; exit 69", "69: ffmpeg cannot be started: no such file (STUB); " + EncoderFinder.Fix)]
    public async Task Its_end_becomes_an_error(string script, string text)
    {
        await Assert.That(Fail(script, out Reason reason)).IsEqualTo(text);
        await Assert.That(reason).IsEqualTo(Reason.None);
    }

    [Test]
    [Arguments("exit 228", "228 at work", DisplayName = "its error number")]
    [Arguments("cat /dev/zero >/dev/full", "1 at work: cat: write error: No space left on device", DisplayName = "words of the system")]
    [Arguments("echo 'Error writing trailer of file:x: No space left on device' >&2",
        "0 at work: Error writing trailer of file:x: No space left on device", DisplayName = "only the end of the file found no room")]
    [Arguments("echo 'x: Disk quota exceeded' >&2; exit 134", "134 at work: x: Disk quota exceeded", DisplayName = "a quota")]
    public async Task A_full_disk_is_a_reason(string script, string end)
    {
        string text = $"74: ffmpeg ended with exit code {end} (STUB); make room, then run it again";

        await Assert.That(Fail(script, out Reason reason)).IsEqualTo(text);
        await Assert.That(reason).IsEqualTo(Reason.DiskFull);
    }

    [Test]
    public async Task Of_stderr_the_last_twenty_lines_are_kept_and_what_is_said_of_a_success_too()
    {
        using var stub = new StubProgram("i=1; while [ $i -le 25 ]; do echo $i >&2; i=$((i+1)); done");
        using var interrupts = new Interrupts();
        using var ffmpeg = new FfmpegProcess(stub.ToFfmpeg(interrupts), s_work);

        FfmpegEnd end = ffmpeg.WaitForEnd(() => ffmpeg.Check());
        ffmpeg.ThrowIfFailed(end);

        await Assert.That(end).IsEqualTo(new FfmpegEnd(0, string.Join(" | ", Enumerable.Range(6, 20))));
    }

    [Test]
    public async Task Frames_are_those_that_it_said_last()
    {
        using var stub = new StubProgram("echo frame=12; echo fps=99; echo 'frame=  40'; echo frame=N/A; echo frame=; echo progress=end");
        using var interrupts = new Interrupts();
        using var ffmpeg = new FfmpegProcess(stub.ToFfmpeg(interrupts), s_work);

        _ = ffmpeg.WaitForEnd(() => ffmpeg.Check());

        await Assert.That(ffmpeg.Frames).IsEqualTo(40);
    }

    /// <summary>ffmpeg says how far it is twice a second, also when it does not get on.</summary>
    [Test]
    [Arguments("frame=3", false)]
    [Arguments("out_time=00:00:01.000000", false)]
    [Arguments("fps=12", false)]
    [Arguments("frame=4", true)]
    [Arguments("out_time=00:00:02.000000", true)]
    public async Task Only_what_it_had_not_said_before_is_progress(string line, bool isProgress)
    {
        using var stub = new StubProgram($"echo out_time=00:00:01.000000; echo frame=3; read x; echo {line}; echo said >&2");
        using var interrupts = new Interrupts();
        using var ffmpeg = new FfmpegProcess(stub.ToFfmpeg(interrupts), s_work with { Input = FfmpegInput.Text });
        await WaitFor(() => ffmpeg.Frames == 3);
        await Task.Delay(50);
        long start = Stopwatch.GetTimestamp();

        _ = ffmpeg.Input.Write("\n"u8, 1000);
        _ = ffmpeg.WaitForEnd(() => ffmpeg.Check());
        double silence = ffmpeg.SilentMilliseconds;

        await Assert.That(silence < Stopwatch.GetElapsedTime(start).TotalMilliseconds).IsEqualTo(isProgress);
    }

    [Test]
    public async Task One_that_does_nothing_hangs_after_its_stall_time_out()
    {
        using var stub = new StubProgram("exec sleep 100");
        using var interrupts = new Interrupts();
        using var ffmpeg = new FfmpegProcess(stub.ToFfmpeg(interrupts), s_work with { StallFix = "wait" });
        using var impatient = new FfmpegProcess(stub.ToFfmpeg(interrupts) with { StallTimeout = 50 }, s_work);
        using var patient = new FfmpegProcess(stub.ToFfmpeg(interrupts) with { StallTimeout = 50 }, s_work with { StallTimeout = 200_000 });

        ffmpeg.Check(119_999);
        string stall = Refusal.TextOf(() => ffmpeg.Check(120_000));
        string own = Refusal.TextOf(() => impatient.WaitForEnd(() => impatient.Check()));
        patient.Check();

        await Assert.That(stub.Strip(stall)).IsEqualTo("75: ffmpeg did nothing for 120 s (STUB); wait");
        await Assert.That(stub.Strip(own)).IsEqualTo("75: ffmpeg did nothing for 0 s (STUB); run it again");
    }

    [Test]
    [Arguments("exec <&-; exec sleep 100", "75: ffmpeg reads no more (STUB); run it again")]
    [Arguments("exec <&-; exit 4", "75: ffmpeg ended with exit code 4 at work (STUB); run it again")]
    [Arguments("exec <&-; exit 0", "75: ffmpeg ended with exit code 0 at work (STUB); run it again")]
    public async Task One_that_closes_its_input_is_asked_why(string script, string text)
    {
        using var stub = new StubProgram(script);
        using var interrupts = new Interrupts();
        int readTimeout = script.Contains("sleep", StringComparison.Ordinal) ? 50 : 10_000;
        FfmpegProgram program = stub.ToFfmpeg(interrupts) with { ReadTimeout = readTimeout };
        using var ffmpeg = new FfmpegProcess(program, s_work with { Input = FfmpegInput.Text });

        bool isClosed = false;
        try
        {
            while (true) _ = ffmpeg.Input.Write(new byte[1000], 100);
        }
        catch (ReaderGoneException)
        {
            isClosed = true;
        }

        HeliosException error = ffmpeg.OnInputClosed("reads no more");
        await Assert.That(isClosed).IsTrue();
        await Assert.That($"{(int)error.Code}: {stub.Strip(error.Message)}").IsEqualTo(text);
    }

    /// <summary>Something that it has started still holds the pipes.</summary>
    [Test]
    [Arguments("0", "75: what ffmpeg says does not come to its end (STUB); run it again")]
    [Arguments("3", "75: ffmpeg ended with exit code 3 at work (STUB); run it again")]
    public async Task One_that_is_not_heard_to_its_end_has_not_succeeded(string code, string text)
    {
        using var stub = new StubProgram($"sleep 100 & exit {code}");
        using var interrupts = new Interrupts();
        using var ffmpeg = new FfmpegProcess(stub.ToFfmpeg(interrupts) with { ReadTimeout = 20 }, s_work);

        await Assert.That(stub.Strip(Refusal.TextOf(() => ffmpeg.ThrowIfFailed(ffmpeg.WaitForEnd(() => ffmpeg.Check()))))).IsEqualTo(text);
    }

    [Test]
    public async Task A_program_that_cannot_be_started_is_69()
    {
        using var folder = new TemporaryDirectory();
        using var interrupts = new Interrupts();
        var program = new FfmpegProgram(folder.Add("ffmpeg", "no program"), interrupts);

        await Assert.That(Refusal.TextOf(() => new FfmpegProcess(program, s_work).Dispose())).IsEqualTo(
            $"69: the program cannot be started: Permission denied ({folder["ffmpeg"]}); check the path and that it is executable");
    }

    /// <summary>Signals are for the whole process.</summary>
    [Test]
    [NotInParallel]
    public async Task A_signal_is_heard_while_it_works_and_when_it_has_ended()
    {
        using var working = new StubProgram("exec sleep 100");
        using var ended = new StubProgram("exit 255");
        using var interrupts = new Interrupts();
        using var first = new FfmpegProcess(working.ToFfmpeg(interrupts), s_work);
        using var second = new FfmpegProcess(ended.ToFfmpeg(interrupts), s_work);

        Interrupts.Tell(ExitCode.Terminated, "SIGTERM");

        await Assert.That(Refusal.Of(() => first.Check()).Code).IsEqualTo(ExitCode.Terminated);
        await Assert.That(Refusal.Of(() => second.WaitForEnd(static () => { })).Code).IsEqualTo(ExitCode.Terminated);
    }

    [Test]
    [Arguments("exit 0", 0)]
    [Arguments("exit 1", 1)]
    [Arguments("exit 183", 183)]
    public async Task The_end_of_one_that_is_asked_is_part_of_its_answer(string script, int code)
    {
        var lines = new List<string>();

        FfmpegEnd end = Ask("echo yes; echo but >&2; " + script, lines.Add);

        await Assert.That(end).IsEqualTo(new FfmpegEnd(code, "but"));
        await Assert.That(lines).IsEquivalentTo(["yes"]);
    }

    [Test]
    [Arguments("kill -KILL $$", "75: ffmpeg ended with exit code 137 when asked of a file (a.wav); " + FfmpegCommand.AnswerFix)]
    [Arguments("echo 'x: Input/output error' >&2; exit 1",
        "74: ffmpeg ended with exit code 1 when asked of a file: x: Input/output error (a.wav); check the disk, then run it again")]
    [Arguments("sleep 100 & exit 0", "75: what ffmpeg says does not come to its end (a.wav); " + FfmpegCommand.AnswerFix)]
    [Arguments("exec sleep 100", "75: ffmpeg said nothing of a file for 0 s (a.wav); " + FfmpegCommand.AnswerFix)]
    public async Task One_that_does_not_come_to_its_end_has_not_answered(string script, string text)
    {
        int readTimeout = script.StartsWith("sleep", StringComparison.Ordinal) ? 20 : 10_000;
        int stallTimeout = script.StartsWith("exec", StringComparison.Ordinal) ? 50 : 120_000;

        await Assert.That(Refusal.TextOf(() => Ask(script, static _ => { }, readTimeout, stallTimeout))).IsEqualTo(text);
    }

    private static FfmpegEnd Ask(string script, Action<string> onOutput, int readTimeout = 10_000, int stallTimeout = 120_000)
    {
        using var stub = new StubProgram(script);
        using var interrupts = new Interrupts();
        FfmpegProgram program = stub.ToFfmpeg(interrupts) with { ReadTimeout = readTimeout, StallTimeout = stallTimeout };
        return FfmpegProcess.Ask(program, FfmpegCommand.Ask([], "a.wav") with { OnOutput = onOutput });
    }

    private static string Fail(string script, out Reason reason)
    {
        using var stub = new StubProgram(script);
        using var interrupts = new Interrupts();
        using var ffmpeg = new FfmpegProcess(stub.ToFfmpeg(interrupts), s_work);
        HeliosException error = Refusal.Of(() => ffmpeg.ThrowIfFailed(ffmpeg.WaitForEnd(() => ffmpeg.Check())));
        reason = error.Reason;
        return $"{(int)error.Code}: {stub.Strip(error.Message)}";
    }

    private static async Task WaitFor(Func<bool> isDone)
    {
        for (int wait = 0; wait < 2000 && !isDone(); wait++) await Task.Delay(5);
        await Assert.That(isDone()).IsTrue();
    }
}
