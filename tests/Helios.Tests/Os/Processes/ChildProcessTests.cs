using System;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Helios.Os;
using Helios.Os.Files;
using Helios.Os.Processes;
using Helios.Tests.Support;

namespace Helios.Tests.Os.Processes;

internal sealed class ChildProcessTests
{
    [Test]
    [Arguments("exit 0", 0)]
    [Arguments("exit 3", 3)]
    [Arguments("exit 200", 200)]
    [Arguments("kill -KILL $$", 137)]
    [Arguments("kill -TERM $$", 143)]
    public async Task The_end_of_a_child_is_told_as_often_as_it_is_asked_for(string script, int code)
    {
        using ChildProcess child = Shell(script);

        await Assert.That(child.Wait(10_000)).IsEqualTo(code);
        await Assert.That(child.TryGetExitCode()).IsEqualTo(code);
        child.Kill();
        await Assert.That(child.TryGetExitCode()).IsEqualTo(code);
    }

    /// <summary>
    /// Its number, and that of its group, would otherwise be given to another process, which then is killed in its place.
    /// </summary>
    [Test]
    public async Task A_child_that_has_ended_keeps_its_number_until_its_group_was_ended()
    {
        using ChildProcess child = Shell("exit 0");

        _ = child.Wait(10_000);
        string ended = StateOf(child.Id);
        child.Kill();

        await Assert.That(ended).IsEqualTo("Z");
        await Assert.That(StateOf(child.Id)).IsEqualTo("");
    }

    [Test]
    public async Task What_a_child_that_has_ended_left_in_its_group_ends_too()
    {
        using ChildProcess child = Shell("sleep 1000 >&- 2>&- <&- & echo $!", new ChildPipe(1, IsOutput: true));
        byte[] text = new byte[20];
        int length = child.Pipe(0).Read(text, 10_000);
        int helper = int.Parse(text.AsSpan(0, length), CultureInfo.InvariantCulture);
        _ = child.Wait(10_000);
        string before = StateOf(helper);

        child.Kill();

        for (int wait = 0; wait < 500 && StateOf(helper) is not ("" or "Z"); wait++) await Task.Delay(10);
        await Assert.That(before is "" or "Z").IsFalse();
        await Assert.That(StateOf(helper) is "" or "Z").IsTrue();
    }

    [Test]
    public async Task Only_what_pictures_go_through_takes_much_of_what_a_user_has_for_pipes()
    {
        using ChildProcess child = Shell(
            "sleep 1000",
            new ChildPipe(0, IsOutput: false, IsLarge: true),
            new ChildPipe(1, IsOutput: true),
            new ChildPipe(2, IsOutput: true));

        await Assert.That(SizeOf(child.Pipe(0))).IsEqualTo(1024 * 1024);
        await Assert.That(SizeOf(child.Pipe(1))).IsLessThanOrEqualTo(64 * 1024);
        await Assert.That(SizeOf(child.Pipe(2))).IsLessThanOrEqualTo(64 * 1024);
    }

    [Test]
    public async Task A_child_gets_no_descriptor_but_its_own()
    {
        using var folder = new TemporaryDirectory();
        using LockedFile locked = LockedFile.Create(folder["a"]);
        using PipeEnd pipe = PipeEnd.Create(isReader: true, out PipeEnd theirs, isLarge: true);
        using MemoryFile memory = MemoryFile.Create("test", static _ => { });
        using (theirs)
        {
            using ChildProcess child = Shell(
                "ls -l /proc/self/fd",
                new ChildPipe(1, IsOutput: true),
                new ChildPipe(3, IsOutput: false, IsLarge: true));
            string said = ReadAll(child.Pipe(0));

            await Assert.That(said).Contains(" 3 -> pipe:");
            foreach (string other in (string[])[folder.FullPath, "memfd", "socket", " 4 -> pipe", " 16 -> ", " 17 -> "])
                await Assert.That(said).DoesNotContain(other);
        }
    }

    [Test]
    public async Task Arguments_and_variables_arrive_as_they_are()
    {
        string[] arguments = ["", "a b", "'\"$HOME`", "é\n*", "-x"];
        using var stub = new StubProgram("""printf '%s;' "$@"; printf '%s' "$HELIOS_TEST" """);
        using ChildProcess child = ChildProcess.Start(stub.FullPath, arguments, [new(1, IsOutput: true)], "HELIOS_TEST=1=2 3");

        await Assert.That(ReadAll(child.Pipe(0))).IsEqualTo(string.Join(';', arguments) + ";1=2 3");
    }

    [Test]
    public async Task Bytes_go_through_both_pipes_however_many_they_are()
    {
        byte[] sent = new byte[3 << 20];
        new Random(1).NextBytes(sent);
        using ChildProcess child = ChildProcess.Start("/bin/cat", [], [new(0, IsOutput: false, IsLarge: true), new(1, IsOutput: true)]);
        Task writing = Task.Run(() =>
        {
            for (int done = 0, count; done < sent.Length; done += Math.Max(0, count)) count = child.Pipe(0).Write(sent.AsSpan(done), 1000);
            child.Pipe(0).Dispose();
        });

        byte[] received = new byte[sent.Length + 1];
        int length = 0;
        for (int count; (count = child.Pipe(1).Read(received.AsSpan(length), 10_000)) > 0;) length += count;
        await writing;

        await Assert.That(received.AsSpan(0, length).SequenceEqual(sent)).IsTrue();
        await Assert.That(child.Wait(10_000)).IsEqualTo(0);
    }

    /// <summary>Neither side waits for the other longer than asked.</summary>
    [Test]
    public async Task A_child_that_neither_reads_nor_writes_nor_ends_is_not_waited_for()
    {
        using ChildProcess child = Shell("exec sleep 1000", new ChildPipe(0, IsOutput: false), new ChildPipe(1, IsOutput: true));
        byte[] bytes = new byte[1 << 20];

        int written = child.Pipe(0).Write(bytes, 10);
        int more = child.Pipe(0).Write(bytes, 10);
        int read = child.Pipe(1).Read(bytes, 10);

        await Assert.That(written).IsGreaterThan(0).And.IsLessThan(bytes.Length);
        await Assert.That((more, read, child.Wait(10))).IsEqualTo((-1, -1, null));
    }

    [Test]
    public async Task A_child_that_closes_its_input_early_is_a_reader_that_is_gone()
    {
        using ChildProcess child = Shell("exec <&-; exec sleep 1000", new ChildPipe(0, IsOutput: false));

        await Assert.That(() =>
        {
            while (true) _ = child.Pipe(0).Write(new byte[100], 100);
        }).ThrowsExactly<ReaderGoneException>();
        await Assert.That(child.TryGetExitCode()).IsNull();
    }

    [Test]
    [Arguments("echo ready; exec sleep 1000", 143)]
    [Arguments("trap 'exit 5' TERM; echo ready; while :; do sleep 0.01; done", 5, DisplayName = "one that hears it")]
    public async Task A_child_is_asked_to_end(string script, int code)
    {
        using ChildProcess child = Shell(script, new ChildPipe(1, IsOutput: true));
        _ = child.Pipe(0).Read(new byte[10], 10_000);

        child.Terminate();

        await Assert.That(child.Wait(10_000)).IsEqualTo(code);
        child.Terminate(); // nothing is there
    }

    [Test]
    public async Task What_no_pipe_is_for_leads_nowhere()
    {
        const string Script = "cat; echo lost; a=$(readlink /proc/$$/fd/0 /proc/$$/fd/1); echo \"$a\" >&2";
        using ChildProcess child = Shell(Script, new ChildPipe(2, IsOutput: true));

        await Assert.That(ReadAll(child.Pipe(0))).IsEqualTo("/dev/null\n/dev/null\n");
    }

    [Test]
    [Arguments("missing", "No such file or directory")]
    [Arguments("text", "Permission denied")]
    public async Task What_cannot_be_started_is_69(string name, string reason)
    {
        using var folder = new TemporaryDirectory();
        folder.Add("text", "no program");

        string text = Refusal.TextOf(() => ChildProcess.Start(folder[name], [], [new(1, IsOutput: true)]).Dispose());

        await Assert.That(text).IsEqualTo(
            $"69: the program cannot be started: {reason} ({folder[name]}); check the path and that it is executable");
    }

    private static string ReadAll(PipeEnd pipe)
    {
        string said = "";
        byte[] text = new byte[10_000];
        for (int count; (count = pipe.Read(text, 10_000)) > 0;) said += System.Text.Encoding.UTF8.GetString(text, 0, count);
        return said;
    }

    private static ChildProcess Shell(string script, params ReadOnlySpan<ChildPipe> pipes) =>
        ChildProcess.Start("/bin/sh", ["-c", script], pipes);

    private static int SizeOf(PipeEnd end) => Libc.Control(end.Descriptor, Libc.GetPipeSize, 0);

    /// <summary>Letter of a process's state; empty when it is gone.</summary>
    private static string StateOf(int process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            return stat.Substring(stat.LastIndexOf(')') + 2, 1);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
