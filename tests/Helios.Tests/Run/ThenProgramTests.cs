using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os;
using Helios.Run;
using Helios.Tests.Support;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Run;

internal sealed class ThenProgramTests
{
    private static readonly JobSpec s_spec = Specs.Spec with { JobId = "spot", Output = "out.mp4", TotalFrames = 60 };

    [Test]
    public async Task It_gets_its_arguments_as_they_are_and_the_job_in_its_environment()
    {
        using var stub = new StubProgram(
            "printf '%s\\n' \"$@\" \"$HELIOS_JOB_ID\" \"$HELIOS_OUTPUT\" \"$HELIOS_DIGEST\" \"$HELIOS_FRAMES\" >\"$0.said\"");
        using var video = new TemporaryDirectory();
        video.Add("out.mp4", "abc");

        _ = RunIt(stub, s_spec, video["out.mp4"], ["a b", "$(id)", "'\"*", ""]);

        await Assert.That(File.ReadAllLines(stub["said"]))
            .IsEquivalentTo(["a b", "$(id)", "'\"*", "", "spot", "s3://spots/out.mp4",
                "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "60"]);
    }

    [Test]
    public async Task An_image_sequence_has_no_digest()
    {
        using var stub = new StubProgram("echo \"($HELIOS_DIGEST)\" >\"$0.said\"");

        _ = RunIt(stub, s_spec with { Output = "out/%05d.png" }, "/none/%05d.png", []);

        await Assert.That(File.ReadAllText(stub["said"])).IsEqualTo("()\n");
    }

    [Test]
    [Arguments("echo first; echo last; exit 3", "stub, the program of --then, failed, exit code 3: first | last")]
    [Arguments("echo noise; echo why >&2; exit 1", "stub, the program of --then, failed, exit code 1: why")]
    [Arguments("kill -KILL $$", "stub, the program of --then, failed, exit code 137")]
    public async Task Its_failure_is_75_with_its_last_lines(string script, string what)
    {
        using var stub = new StubProgram(script);

        HeliosException error = Refusal.Of(() => RunIt(stub, s_spec, stub.FullPath, []));

        await Assert.That($"{(int)error.Code}: {error.What} ({error.Where}); {error.Fix}").IsEqualTo(
            $"75: {what} (s3://spots/out.mp4); the video is in its place; run it again to repeat this, or give --then-optional");
    }

    [Test]
    public async Task The_failure_of_an_optional_one_is_a_warning()
    {
        using var stub = new StubProgram("echo why >&2; exit 1");

        List<string> warnings = RunIt(stub, s_spec, stub.FullPath, [], isOptional: true);

        await Assert.That(warnings).IsEquivalentTo(
            ["stub, the program of --then, failed, exit code 1: why (s3://spots/out.mp4); the video is in its place"]);
    }

    [Test]
    public async Task One_that_hangs_is_ended_with_its_children()
    {
        using var stub = new StubProgram("trap '' TERM; sleep 60 & echo $! >\"$0.child\"; echo waiting >&2; wait; sleep 60");

        HeliosException error = Refusal.Of(() => RunIt(stub, s_spec, stub.FullPath, [], timeout: 1000));

        await Assert.That($"{(int)error.Code}: {error.What}").IsEqualTo(
            "75: stub, the program of --then, has not ended after 1 s (--then-timeout): waiting");
        string child = File.ReadAllText(stub["child"]).Trim();
        await Assert.That(SpinWait.SpinUntil(() => !IsAlive(child), 30_000)).IsTrue(); // a busy machine buries it later
    }

    /// <summary>Signals are for the whole process.</summary>
    [Test]
    [NotInParallel]
    public async Task A_signal_ends_it_and_lets_it_clean_up()
    {
        using var stub = new StubProgram("trap 'echo done >\"$0.cleaned\"; exit' TERM; : >\"$0.started\"; while :; do sleep 0.05; done");
        using var interrupts = new Interrupts();
        var signal = new Thread(() =>
        {
            SpinWait.SpinUntil(() => File.Exists(stub["started"]), 30_000);
            Interrupts.Tell(ExitCode.Terminated, "SIGTERM");
        });
        signal.Start();

        HeliosException error = Refusal.Of(() =>
            new ThenProgram(stub.FullPath, []).Run(s_spec, stub.FullPath, "x", interrupts, static _ => { }));

        signal.Join();
        await Assert.That(error.Code).IsEqualTo(ExitCode.Terminated);
        await Assert.That(File.Exists(stub["cleaned"])).IsTrue();
    }

    private static List<string> RunIt(
        StubProgram stub, JobSpec spec, string file, string[] arguments, bool isOptional = false, int timeout = 60_000)
    {
        using var interrupts = new Interrupts();
        var warnings = new List<string>();
        new ThenProgram(stub.FullPath, arguments) { IsOptional = isOptional, Timeout = timeout }
            .Run(spec, file, "s3://spots/out.mp4", interrupts, warnings.Add);
        return warnings;
    }

    /// <summary>A zombie is not: nothing in a container reaps it.</summary>
    private static bool IsAlive(string process)
    {
        string status = $"/proc/{process}/stat";
        return File.Exists(status) && File.ReadAllText(status).Split(") ")[^1][0] is not ('Z' or 'X');
    }
}
