using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Runs;

/// <summary>Odd systems to run a job on: modes, signals, mounts and limits that somebody else has set.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class RunSystemTests(NativeBinary helios)
{
    [Test]
    [Arguments("run-job")]
    [Arguments("check-job")]
    [Arguments("merge-chunks")]
    public async Task A_directory_that_cannot_be_listed_is_73(string command)
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        using var tools = new TestDirectory();
        string folder = place.Directory.CreateFolder("out");
        await place.PlanAsync("--frames", "4", "--output", "out/video.mp4");
        (await new ProcessRun("/bin/sh", ["-c", "[ $(id -u) != 0 ] || chown 65534 out; chmod 0300 out"]).In(place.Directory)).Succeeded();

        RunResult result = await helios.RunAsOrdinaryUser(tools, command, "job.json").In(place.Directory);

        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await Assert
            .That(result.Stderr)
            .IsEqualTo($"helios: the directory \"{folder}\" cannot be listed: permission denied ($.output); make it readable, too\n");
        await Assert.That(result.ExitCode).IsEqualTo(73);
    }

    /// <summary>Supervisors that do not care for their children hand that on: the kernel then throws exit codes away.</summary>
    [Test]
    public async Task A_parent_that_ignores_its_children_does_not_hide_what_becomes_of_ours()
    {
        Tool.Require("perl", "perl-base");
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        await place.PlanAsync("--frames", "4", "--shards", "2");
        string broken = Program(place, "broken-ffmpeg", "case \"$*\" in *pipe:0*) cat >/dev/null; exit 3;; esac\nexec ffmpeg \"$@\"");
        string[] ignoring = ["-e", "$SIG{CHLD} = 'IGNORE'; exec @ARGV"];

        RunResult failed = await place.Render("--index", "0", "--ffmpeg", broken).Under("perl", ignoring);
        RunResult good = await place.RunJob().Under("perl", ignoring);

        await Assert.That(RenderPlace.Said(failed)).Contains("helios: the encoder ended with exit code 3 after ");
        await Assert.That(failed.ExitCode).IsEqualTo(75);
        await Assert.That(RenderPlace.Said(good.Succeeded())).StartsWith("4 frames in ");
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_terminal_that_closes_ends_the_run_like_SIGTERM_unless_that_is_ignored()
    {
        using var place = new RenderPlace(helios, RunFaultTests.Slow);
        await place.PlanAsync("--frames", "400", "--shards", "2");

        RunResult result = await place.DisturbRunAsync(process => RenderPlace.SignalAsync("HUP", process), "--workers", "2");
        bool isClean = (await place.FindRemainsAsync()).Count == 0;
        await place.PlanAsync("--frames", "100", "--shards", "2");
        RunResult kept = await helios
            .RunScript("trap '' HUP; helios run-job job.json -q & sleep 1; kill -HUP $!; wait $!")
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary);

        await Assert
            .That(RenderPlace.Said(result))
            .Matches("^helios: interrupted by SIGHUP \\(signal\\); run it again to continue: 0 of 2 chunks are complete\n$");
        await Assert.That(result.ExitCode).IsEqualTo(143);
        await Assert.That(isClean).IsTrue();
        await Assert.That(kept.ExitCode).IsEqualTo(0).Because(kept.Stderr);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task A_signal_is_heard_while_a_large_chunk_is_read()
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        await place.PlanAsync("--frames", "4", "--shards", "2");
        await place.RenderAllAsync();
        const long Huge = 64L << 30;
        using (FileStream file = File.OpenWrite(place.FileOf(0))) file.SetLength(Huge); // a hole: no disk is used
        JsonObject receipt = place.ReceiptOf(0);
        receipt["size"] = Huge;
        await File.WriteAllTextAsync(place.FileOf(0) + ".json", receipt.ToJsonString());

        var watch = Stopwatch.StartNew();
        RunResult result = await helios
            .RunScript("helios run-job job.json & sleep 1; kill -TERM $!; wait $!")
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary);

        await Assert.That(result.ExitCode).IsEqualTo(143).Because(result.Stderr);
        await Assert.That(watch.Elapsed.TotalSeconds).IsLessThan(Pace.Seconds(10).TotalSeconds); // reading all of it takes minutes
    }

    [Test]
    public async Task A_stale_lock_that_cannot_be_opened_is_not_another_helios()
    {
        Tool.Require("unshare", "util-linux");
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        _ = place.Directory.CreateFolder("out");
        await place.PlanAsync("--frames", "4", "--output", "out/video.mp4");

        RunResult result = await helios.RunScript("""
            mount -t tmpfs helios-test out || { echo "cannot mount a tmpfs: run the tests as root, or allow user namespaces" >&2; exit 99; }
            : >out/temp_j.lock
            mount -o remount,ro out
            helios run-job job.json; echo "read-only: $?" >&2
            mount -o remount,rw out
            for limit in 4 5 6 7 8 9 10 11 12 14 16 18; do (ulimit -n $limit; exec helios run-job job.json) 2>>said; done
            grep -q "Too many open files" said && ! grep "another helios" said >&2 && echo "no descriptors: said" >&2
            mkdir full
            mount -t tmpfs -o nr_inodes=1 helios-test full
            TMPDIR=$PWD/full helios run-job job.json --progress none; echo "no room: $?" >&2
            """).Under("unshare", Environment.IsPrivilegedProcess ? ["--mount"] : ["--mount", "--map-root-user"]).In(place.Directory);

        string[] lines = result.Stderr.Split('\n');
        string folder = place.Directory.PathOf("out");
        await Assert
            .That(lines[0])
            .IsEqualTo($"helios: the directory \"{folder}\" is not writable ({folder}/video.mp4); change its permissions");
        await Assert.That(lines[1]).IsEqualTo("read-only: 73");
        await Assert.That(lines[2]).IsEqualTo("no descriptors: said");
        await Assert
            .That(lines[^3])
            .IsEqualTo(
                $"helios: a temporary directory cannot be made: No space left on device ({place.Directory.PathOf("full")}/); make room, then run it again"
            );
        await Assert.That(lines[^2]).IsEqualTo("no room: 74");
    }

    [Test]
    public async Task The_job_of_a_render_can_be_seen()
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);

        RunResult result = await place.Run("render", "page.html", "--frames", "4", "--width", "320", "--height", "180", "--job", "-", "-q");

        await Assert.That((int)result.Succeeded().Json["totalFrames"]!).IsEqualTo(4);
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["output.mp4", "page.html"]);
    }

    [Test]
    public async Task Pictures_that_were_not_finished_do_not_stay()
    {
        using var place = new RenderPlace(helios, RunFaultTests.Slow);
        _ = place.Directory.CreateFolder("frames");
        foreach (string name in (string[])["000003.png.tmp", "000900.png.tmp", "notes.png.tmp"])
            place.Directory.Write(Path.Combine("frames", name), "half"); // as a killed encoder leaves them

        RunResult result = await place.Run(
            "render", "page.html", "--frames-only", "--frames", "6", "--width", "320", "--height", "180", "--progress", "none");

        result.Succeeded();
        await Assert
            .That(Directory.EnumerateFiles(place.Directory.PathOf("frames"), "*.tmp").Select(path => Path.GetFileName(path)))
            .IsEquivalentTo(["000900.png.tmp", "notes.png.tmp"]); // not ours
    }

    [Test]
    public async Task A_log_says_that_a_merge_goes_on()
    {
        using var place = new RenderPlace(helios, "<!doctype html><body style='margin:0;background:#00f'>");
        place.Directory.Write("click.wav", Sound.MakeClicks([100], Sound.Rate));
        await place.PlanAsync("--frames", "40", "--fps", "0.01", "--shards", "2", "--audio", "click.wav,loop");
        await place.RenderAllAsync();

        RunResult result = await place.RunJob("--progress", "plain");

        await Assert
            .That(result.Succeeded().Stderr)
            .Matches("^2 of 2 chunks are complete already\n(merging: [0-9]+/40 frames\n)+40 frames in ");
    }

    /// <summary>Containers of older engines forbid statx; some network file systems have no locks.</summary>
    [Test]
    [Arguments("statx", "EPERM")]
    [Arguments("statx", "ENOSYS")]
    [Arguments("flock", "ENOLCK")]
    [Arguments("flock", "EOPNOTSUPP")]
    public async Task A_system_that_refuses_a_call_renders_all_the_same_and_removes_nothing_of_the_living(string call, string error)
    {
        Tool.Require("strace", "strace");
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        await place.PlanAsync("--frames", "2");
        string boot = (await File.ReadAllTextAsync("/proc/sys/kernel/random/boot_id"))[..8];
        string living = Leave($"helios-browser-{boot}01234567", 0);
        string old = Leave($"helios-browser-{boot}76543210", -11);

        RunResult result = await place
            .Render("--progress", "none")
            .Under("strace", "--quiet=all", "-o", "/dev/null", "-e", $"trace={call}", "-e", $"inject={call}:error={error}");

        result.Succeeded();
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["job.json", "page.html", "temp_j_part_0.mov", "temp_j_part_0.mov.json"]);
        await Assert.That(Directory.Exists(living)).IsEqualTo(call == "flock"); // where locks work, a free one says that it is dead
        await Assert.That(Directory.Exists(old)).IsFalse();

        string Leave(string name, int minutes)
        {
            string path = Directory.CreateDirectory(Path.Combine(place.Temporary, name)).FullName;
            File.WriteAllText(Path.Combine(path, "helios.lock"), "");
            Directory.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(minutes));
            return path;
        }
    }

    /// <summary>All pipes of a user share 64 MiB; after that new ones have 8 KiB, and pictures would crawl through them.</summary>
    [Test]
    public async Task An_ordinary_user_who_has_no_pipes_left_renders_all_the_same()
    {
        Tool.Require("perl", "perl-base");
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        using var tools = new TestDirectory();
        await place.PlanAsync("--frames", "4");
        (await place.Render("--quiet")).Succeeded();
        byte[] bytes = place.BytesOf(0);
        string watched = Program(
            place, "watched-ffmpeg", "case \"$*\" in *pipe:0*) readlink /proc/$$/fd/0 >>links;; esac\nexec ffmpeg \"$@\"");
        (await new ProcessRun("/bin/sh", ["-c", "chmod -R a+rwX .. . ../temporary"]).In(place.Directory)).Succeeded();
        const string Hoard =
            "for (1 .. 66) { pipe(my $r, my $w); fcntl($w, 1031, 1048576); fcntl($r, 2, 0); fcntl($w, 2, 0); push @all, $r, $w } exec @ARGV";

        ProcessRun run = helios.RunAsOrdinaryUser(tools, "render-chunk", "job.json", "--force", "--progress", "none", "--ffmpeg", watched)
            .In(place.Directory).WithEnvironment("TMPDIR", place.Temporary);
        int start = run.Arguments.IndexOf("--") + 1;
        run = Environment.IsPrivilegedProcess
            ? run with
            {
                Arguments = [.. run.Arguments[..start], "perl", "-e", Hoard, .. run.Arguments[start..]],
            }
            : run.Under("perl", "-e", Hoard);
        RunResult result = await run;

        result.Succeeded();
        await Assert.That(place.Directory.Read("links")).StartsWith("socket:[");
        await Assert.That(place.BytesOf(0).AsSpan().SequenceEqual(bytes)).IsTrue();
    }

    [Test]
    public async Task A_job_may_be_kept_in_memory()
    {
        Skip.Unless(Directory.Exists("/dev/shm"), "there is no /dev/shm");
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        string folder = Directory.CreateDirectory("/dev/shm/helios-test-" + Guid.NewGuid().ToString("N")).FullName;
        try
        {
            await place.PlanAsync("--frames", "4", "--shards", "2", "--output", folder + "/video.mp4");
            (await place.RunJob()).Succeeded();

            await Assert
                .That(Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)))
                .IsEquivalentTo(["video.mp4"]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    [Arguments("file", "Not a directory")]
    [Arguments("page.html/below", "Not a directory")]
    [Arguments("nothing", "no such file or directory")]
    [Arguments("others", "permission denied")]
    public async Task A_TMPDIR_that_cannot_be_used_is_73(string kind, string reason)
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        using var tools = new TestDirectory();
        place.Directory.Write("file", "");
        string others = place.Directory.CreateFolder("others");
        await place.PlanAsync("--frames", "2");
        (await new ProcessRun("/bin/sh", ["-c", "chmod 777 .. .; chmod 0555 others"]).In(place.Directory)).Succeeded();

        RunResult result = await helios
            .RunAsOrdinaryUser(tools, "render-chunk", "job.json", "--progress", "none")
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Directory.PathOf(kind));

        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(others, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                $"helios: a temporary directory cannot be made: {reason} ({place.Directory.PathOf(kind)}/); make it writable, or set TMPDIR to another directory\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(73);
    }

    /// <summary>A program made of shell lines.</summary>
    internal static string Program(RenderPlace place, string name, string script) =>
        ProgramFile.Write(place.Directory.PathOf(name), "#!/bin/sh\n" + script + "\n");
}
