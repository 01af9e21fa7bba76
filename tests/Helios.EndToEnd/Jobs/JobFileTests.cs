using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Jobs;

/// <summary><c>--job FILE</c>: the file appears whole or not at all, whatever happens.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class JobFileTests(NativeBinary helios)
{
    private const int Interrupt = 2;
    private const int Kill = 9;
    private const int Terminate = 15;

    [Test]
    public async Task A_new_file_holds_what_stdout_would_have_shown_and_stdout_stays_empty()
    {
        using var directory = new TestDirectory();

        RunResult stdout = await helios.Run("export-job", "page.html", "--job-id", "j").In(directory);
        RunResult file = await helios.Run("export-job", "page.html", "--job-id", "j", "--job", "job.json").In(directory);

        await Assert.That(file.Stderr).IsEqualTo("30 frames at 30 fps in 1 chunk of 30 → job.json\n");
        await Assert.That(file.ExitCode).IsEqualTo(0);
        await Assert.That(file.Stdout).IsEmpty();
        await Assert.That(directory.Read("job.json")).IsEqualTo(stdout.Stdout);
        await Assert.That(directory.Names()).IsEquivalentTo(["job.json", "page.html"]);
    }

    [Test]
    public async Task A_file_with_a_name_of_any_letters_is_written()
    {
        using var directory = new TestDirectory();
        const string Name = "a 'job' \"for\" $(touch pwned) `x`; ünï\n.json";

        RunResult result = await helios.Run("export-job", "page.html", "--job", Name).In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(directory.Names()).IsEquivalentTo([Name, "page.html"]);
        await Assert.That(result.Stderr.Count(c => c == '\n')).IsEqualTo(1);
    }

    [Test]
    public async Task An_existing_file_is_replaced_by_a_new_one_so_that_readers_keep_the_old()
    {
        using var directory = new TestDirectory();
        directory.Write("job.json", "old");
        using FileStream reader = File.OpenRead(directory.PathOf("job.json"));

        (await helios.Run("export-job", "page.html", "--job", "job.json").In(directory)).Succeeded();

        using var text = new StreamReader(reader);
        await Assert.That(await text.ReadToEndAsync()).IsEqualTo("old");
        await Assert.That(directory.Read("job.json")).StartsWith("{\n  \"version\": 1,");
        await Assert.That(directory.Names()).IsEquivalentTo(["job.json", "page.html"]);
    }

    [Test]
    public async Task A_failing_export_leaves_the_existing_file_as_it_is()
    {
        using var directory = new TestDirectory();
        directory.Write("job.json", "old");

        RunResult result = await helios.Run("export-job", "missing.html", "--job", "job.json").In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(66);
        await Assert.That(directory.Read("job.json")).IsEqualTo("old");
    }

    [Test]
    public async Task Behind_a_symbolic_link_its_target_is_replaced()
    {
        using var directory = new TestDirectory();
        directory.Write("target.json", "old");
        File.CreateSymbolicLink(directory.PathOf("link.json"), "target.json");

        (await helios.Run("export-job", "page.html", "--job", "link.json").In(directory)).Succeeded();

        await Assert.That(new FileInfo(directory.PathOf("link.json")).LinkTarget).IsEqualTo("target.json");
        await Assert.That(directory.Read("target.json")).StartsWith("{\n  \"version\": 1,");
    }

    /// <summary>A named pipe stands for all devices here: root would lose /dev/null to a broken helios.</summary>
    [Test]
    public async Task A_pipe_or_device_is_never_replaced_by_a_file()
    {
        using var directory = new TestDirectory();
        (await Tool.Run("mkfifo", "coreutils", "pipe").In(directory)).Succeeded();

        RunResult result = await helios.Run("export-job", "page.html", "--job", "pipe").In(directory);

        await Assert
            .That(result.Stderr)
            .IsEqualTo("helios: the file cannot be created: a device or pipe is there (pipe); name a file, or redirect standard output\n");
        await Assert.That(result.ExitCode).IsEqualTo(73);
        RunResult kind = await Tool.Run("stat", "coreutils", "-c", "%F", "pipe").In(directory);
        await Assert.That(kind.Stdout).IsEqualTo("fifo\n");
        await Assert.That(directory.Names()).IsEquivalentTo(["page.html", "pipe"]);
    }

    [Test]
    [Arguments("nope/job.json", DisplayName = "in a directory that does not exist")]
    [Arguments("page.html/job.json", DisplayName = "in a file")]
    [Arguments("folder", DisplayName = "in place of a directory")]
    public async Task A_file_that_cannot_be_created_is_73(string job)
    {
        using var directory = new TestDirectory();
        directory.CreateFolder("folder");
        var before = directory.List();

        RunResult result = await helios.Run("export-job", "page.html", "--job", job).In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(73);
        await Assert.That(result.Stderr).Matches($@"^helios: [^\n]+ \({job}\); [^\n]+\n$");
        await Assert.That(result.Stdout).IsEmpty();
        await Assert.That(directory.List()).IsEquivalentTo(before);
    }

    [Test]
    public async Task A_disk_that_fills_up_is_74_and_nothing_stays_on_it()
    {
        Tool.Require("unshare", "util-linux");
        using var directory = new TestDirectory();
        directory.CreateFolder("small");

        // the disk exists in a mount namespace of its own, so it goes away with the shell whatever happens
        RunResult result = await helios
            .RunScript(
                """
                mount -t tmpfs -o size=64k helios-test small || { echo "cannot mount a tmpfs: run the tests as root, or allow user namespaces" >&2; exit 99; }
                helios export-job page.html --frames 100000 --chunk-frames 1 --job small/job.json
                status=$?
                ls -A small
                exit $status
                """
            )
            .Under("unshare", Environment.IsPrivilegedProcess ? ["--mount"] : ["--mount", "--map-root-user"])
            .In(directory);

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                "helios: the file cannot be written: No space left on device (small/job.json); make room or check the disk, then run it again\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(74);
        await Assert.That(result.Stdout).IsEmpty();
    }

    [Test]
    public async Task A_disk_that_is_full_already_is_74_and_keeps_the_old_file()
    {
        Tool.Require("unshare", "util-linux");
        using var directory = new TestDirectory();
        directory.CreateFolder("small");

        RunResult result = await helios
            .RunScript(
                """
                mount -t tmpfs -o size=64k helios-test small || { echo "cannot mount a tmpfs: run the tests as root, or allow user namespaces" >&2; exit 99; }
                echo old >small/job.json
                head -c 100000 /dev/zero >small/filler 2>/dev/null
                helios export-job page.html --job small/job.json
                status=$?
                ls -A small
                cat small/job.json
                exit $status
                """
            )
            .Under("unshare", Environment.IsPrivilegedProcess ? ["--mount"] : ["--mount", "--map-root-user"])
            .In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(74);
        await Assert.That(result.Stdout).IsEqualTo("filler\njob.json\nold\n");
    }

    [Test]
    [Arguments(Interrupt, 130, DisplayName = "SIGINT")]
    [Arguments(Terminate, 143, DisplayName = "SIGTERM")]
    public async Task A_signal_in_mid_write_removes_what_was_written(int signal, int exitCode)
    {
        using var directory = new TestDirectory();
        directory.Write("job.json", "old");

        RunResult result = await SignalWhileWriting(directory, signal);

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                $"helios: interrupted by {(signal == Interrupt ? "SIGINT" : "SIGTERM")} (signal); run it again; nothing half done was left behind\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(directory.Names()).IsEquivalentTo(["job.json", "page.html"]);
        await Assert.That(directory.Read("job.json")).IsEqualTo("old");
    }

    /// <summary>Nothing is written any more then, so nothing but the end of the flush can notice.</summary>
    [Test]
    [Arguments("INT", 130)]
    [Arguments("TERM", 143)]
    [Arguments("HUP", 143)]
    public async Task A_signal_while_it_is_flushed_counts_too(string signal, int exitCode)
    {
        Tool.Require("strace", "strace");
        using var directory = new TestDirectory();
        directory.Write("job.json", "old");

        RunResult result = await helios.RunScript("""
            strace --quiet=all -o /dev/null -e trace=fsync -e inject=fsync:delay_enter=3000000 \
              env --default-signal=INT,TERM,HUP helios export-job page.html --job job.json & strace=$!
            until [ "$(tail -c 2 ./*.tmp 2>/dev/null)" = "}" ]; do sleep 0.01; done
            kill -s $1 $(cat /proc/$strace/task/$strace/children)
            wait $strace
            """, signal).In(directory);

        await Assert
            .That(result.Stderr)
            .IsEqualTo($"helios: interrupted by SIG{signal} (signal); run it again; nothing half done was left behind\n");
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(directory.Names()).IsEquivalentTo(["job.json", "page.html"]);
        await Assert.That(directory.Read("job.json")).IsEqualTo("old");
    }

    /// <summary>As a script's background jobs have SIGINT, and nohup has SIGHUP.</summary>
    [Test]
    [Arguments("INT")]
    [Arguments("TERM")]
    [Arguments("HUP")]
    public async Task A_signal_that_was_ignored_before_stays_ignored(string signal)
    {
        using var directory = new TestDirectory();

        RunResult result = await helios
            .RunScript(
                """
                env --default-signal=INT,TERM,HUP --ignore-signal=$1 helios export-job page.html --frames 1000000 --chunk-frames 1 --job job.json & helios=$!
                until [ -s "$(echo ./*.tmp)" ] || ! kill -0 $helios; do sleep 0.01; done
                kill -s $1 $helios || exit 99 # it has ended already
                wait $helios
                """,
                signal)
            .In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.Stderr);
        await Assert.That(directory.Names()).IsEquivalentTo(["job.json", "page.html"]);
    }

    [Test]
    public async Task Being_killed_in_mid_write_leaves_no_file_under_the_final_name()
    {
        using var directory = new TestDirectory();

        RunResult result = await SignalWhileWriting(directory, Kill);

        await Assert.That(result.ExitCode).IsEqualTo(128 + Kill);
        await Assert.That(File.Exists(directory.PathOf("job.json"))).IsFalse();
    }

    [Test]
    public async Task The_run_after_one_that_was_killed_succeeds()
    {
        using var directory = new TestDirectory();
        await SignalWhileWriting(directory, Kill);

        RunResult result = await helios.Run("export-job", "page.html", "--job", "job.json").In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(directory.Read("job.json")).EndsWith("]\n}\n");
    }

    /// <summary>Signals an export of ten million chunks (about a gigabyte) as soon as the first bytes are on the disk.</summary>
    private async Task<RunResult> SignalWhileWriting(TestDirectory directory, int signal)
    {
        CancellationToken cancellation = TestContext.Current!.Execution.CancellationToken;

        using Process process = helios
            .Run("export-job", "page.html", "--frames", "10000000", "--chunk-frames", "1", "--job", "job.json")
            .In(directory)
            .Start();
        var folder = new DirectoryInfo(directory.Path);
        while (!folder.EnumerateFiles("*.tmp").Any(file => file.Length > 0))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException(
                    "helios ended before it could be signalled: " + await process.StandardError.ReadToEndAsync(cancellation));
            }

            await Task.Delay(5, cancellation);
        }

        (
            await helios.RunScript(
                "kill -$1 $2",
                signal.ToString(CultureInfo.InvariantCulture),
                process.Id.ToString(CultureInfo.InvariantCulture))
        ).Succeeded();
        string errors = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new RunResult(process.ExitCode, [], errors);
    }
}
