using System;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Helios.Cli.Help;
using Helios.Ffmpeg;
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

    /// <summary>Its number, and that of its group, would otherwise be given to another process, which then is killed in its place.</summary>
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
        using ChildProcess child = Shell("sleep 1000", new ChildPipe(0, IsOutput: false, IsLarge: true), new ChildPipe(1, IsOutput: true), new ChildPipe(2, IsOutput: true));

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
            using ChildProcess child = Shell("ls -l /proc/self/fd", new ChildPipe(1, IsOutput: true), new ChildPipe(3, IsOutput: false, IsLarge: true));
            string said = "";
            byte[] text = new byte[10_000];
            for (int count; (count = child.Pipe(0).Read(text, 10_000)) > 0;) said += System.Text.Encoding.UTF8.GetString(text, 0, count);

            await Assert.That(said).Contains(" 3 -> pipe:");
            foreach (string other in (string[])[folder.FullPath, "memfd", "socket", " 4 -> pipe", " 16 -> ", " 17 -> "]) await Assert.That(said).DoesNotContain(other);
        }
    }

    [Test]
    public async Task A_probe_that_has_answered_is_gone()
    {
        using var folder = new TemporaryDirectory();
        string program = folder.Add("ffmpeg", $"#!/bin/sh\necho $$ >{folder["id"]}\necho 'ffmpeg version 7.1 Copyright' >&2\necho 'Encoder libx264 [H.264]:'\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var interrupts = new Interrupts();
        using var probe = new EncoderProbe(program, "libx264", interrupts);

        probe.Check();
        string state = StateOf(int.Parse(File.ReadAllText(folder["id"]), CultureInfo.InvariantCulture));

        await Assert.That(state).IsEqualTo("");
        await Assert.That(probe.Version).IsEqualTo("7.1");
        probe.Check();
    }

    private static ChildProcess Shell(string script, params ReadOnlySpan<ChildPipe> pipes) => ChildProcess.Start("/bin/sh", ["-c", script], pipes);

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
