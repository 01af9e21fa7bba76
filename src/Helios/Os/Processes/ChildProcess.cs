using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;
using Helios.Errors;

namespace Helios.Os.Processes;

/// <summary>
/// A child in its own process group, so that a signal to the terminal's group does not reach it before helios, and all of its
/// helpers end with it. Started by posix_spawn: System.Diagnostics.Process is 1 MB larger and cannot pass descriptors beyond 2.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private const int OpaqueSize = 512; // glibc and musl need at most 336 for each of the spawn structures
    private const short SpawnFlags = 0x02 | 0x04 | 0x08; // SETPGROUP, SETSIGDEF, SETSIGMASK
    private const string Self = "/proc/self/exe";
    private const int LostExitCode = 255;
    private const int InformationSize = 32; // ints of siginfo_t
    private const int CodeField = 2; // si_code
    private const int ProcessField = 4; // si_pid
    private const int StatusField = 6; // si_status
    private const int OpenRead = 0;
    private const int OpenWrite = 1;

    private static bool s_hearsOfChildren;

    private readonly List<PipeEnd> _pipes;
    private readonly int _process;
    private int? _exitCode;
    private bool _isReaped;

    private ChildProcess(int process, List<PipeEnd> pipes)
    {
        _process = process;
        _pipes = pipes;
    }

    /// <summary>Starts a program; descriptors 0 to 2 without a pipe become /dev/null.</summary>
    /// <param name="path">Path of the program.</param>
    /// <param name="arguments">Its arguments, without its name.</param>
    /// <param name="pipes">Pipes between helios and the child; they live as long as this object.</param>
    /// <param name="variables">Environment variables in addition to those of helios, as <c>NAME=value</c>.</param>
    /// <exception cref="HeliosException">69: it cannot be started.</exception>
    internal static ChildProcess Start(
        string path, IReadOnlyList<string> arguments, ReadOnlySpan<ChildPipe> pipes, params string[] variables) =>
        Start(path, path, arguments, pipes, variables);

    /// <summary>
    /// Starts this program again, even if its file has been replaced or deleted. The child ends
    /// with this process (<see cref="ParentWatch"/>).
    /// </summary>
    internal static ChildProcess StartSelf(IReadOnlyList<string> arguments, ReadOnlySpan<ChildPipe> pipes, params string[] variables) =>
        Start(Self, "helios", ParentWatch.MakeWords([.. arguments]), pipes, variables);

    /// <summary>
    /// As <see cref="Start(string, IReadOnlyList{string}, ReadOnlySpan{ChildPipe}, string[])"/>,
    /// but the child ends with this process, even when that is killed.
    /// </summary>
    /// <remarks>A tied child that cannot be started ends with <see cref="ExitCode.Unavailable"/>.</remarks>
    internal static ChildProcess StartTied(
        string path, IReadOnlyList<string> arguments, ReadOnlySpan<ChildPipe> pipes, params string[] variables) =>
        ParentWatch.IsHelios && System.IO.File.Exists(Self)
            ? Start(Self, "helios", ParentWatch.MakeWordsToBecome(path, [.. arguments]), pipes, variables)
            : Start(path, arguments, pipes, variables);

    private static ChildProcess Start(
        string path, string name, IReadOnlyList<string> arguments, ReadOnlySpan<ChildPipe> pipes, string[] variables)
    {
        if (!OperatingSystem.IsLinux()) throw SystemError.OnlyOnLinux();

        _ = Libc.SetSignalHandler(Libc.BrokenPipeSignal, Libc.IgnoreSignal); // a write to a dead child gives EPIPE
        HearOfChildren();
        var ours = new List<PipeEnd>();
        var theirs = new List<PipeEnd>();
        bool isStarted = false;
        try
        {
            foreach (ChildPipe pipe in pipes)
            {
                ours.Add(PipeEnd.Create(pipe.IsOutput, out PipeEnd their, pipe.IsLarge));
                theirs.Add(their);
            }

            int error = Spawn(path, [name, .. arguments], MakeEnvironment(variables), theirs, pipes, out int process);
            isStarted = error == 0;
            if (isStarted) return new ChildProcess(process, ours);
            throw new HeliosException(ExitCode.Unavailable, "the program cannot be started: " + Marshal.GetPInvokeErrorMessage(error), path,
                "check the path and that it is executable");
        }
        finally
        {
            foreach (PipeEnd end in theirs) end.Dispose();
            if (!isStarted) ours.ForEach(static end => end.Dispose());
        }
    }

    /// <summary>Its process id.</summary>
    internal int Id => _process;

    /// <summary>Our end of the pipe with that index in the list given to <see cref="Start"/>.</summary>
    internal PipeEnd Pipe(int index) => _pipes[index];

    /// <summary>
    /// The exit code if it has ended (128 + signal after a signal), otherwise null. It stays a zombie until <see cref="Kill"/>,
    /// so its process id and group id are not reused.
    /// </summary>
    internal unsafe int? TryGetExitCode()
    {
        if (_exitCode is not null) return _exitCode;
        int* information = stackalloc int[InformationSize];
        new Span<int>(information, InformationSize).Clear();
        if (Libc.LookAt(Libc.OneProcess, _process, information, Libc.LookOnly) != 0)
        {
            if (Marshal.GetLastPInvokeError() == Libc.InterruptedCall) return null;
            _isReaped = true; // by an unknown process
            _exitCode = LostExitCode; // so it does not count as a success
        }
        else if (information[ProcessField] != 0)
        {
            int status = information[StatusField];
            _exitCode = information[CodeField] == Libc.EndedItself ? status : 128 + status;
        }

        return _exitCode;
    }

    /// <summary>Asks it to end (SIGTERM); processes that it has started are not signalled.</summary>
    internal void Terminate()
    {
        if (TryGetExitCode() is null) _ = Libc.SendSignal(_process, Libc.Terminate);
    }

    /// <summary>Waits for its end; null when it still runs after the time.</summary>
    internal int? Wait(int milliseconds)
    {
        long start = Stopwatch.GetTimestamp();
        int pause = 1;
        while (true)
        {
            if (TryGetExitCode() is int code) return code;
            if (Stopwatch.GetElapsedTime(start).TotalMilliseconds >= milliseconds) return null;
            Thread.Sleep(pause);
            pause = Math.Min(pause * 2, 16);
        }
    }

    /// <summary>
    /// Kills the process group at once and reaps the child. Also does so after the child has ended: helpers may still run.
    /// Never twice: its process id may have been reused.
    /// </summary>
    internal unsafe void Kill()
    {
        if (_isReaped) return;
        _ = Libc.SendSignal(-_process, Libc.Kill);
        if (Wait(2000) is null) return;
        int status;
        _ = Libc.WaitFor(_process, &status, Libc.NoHang);
        _isReaped = true;
    }

    public void Dispose()
    {
        Kill();
        foreach (PipeEnd end in _pipes) end.Dispose();
    }

    /// <summary>
    /// The parent of helios may ignore SIGCHLD, which is inherited: the kernel would then discard the exit codes of children.
    /// </summary>
    private static void HearOfChildren()
    {
        if (s_hearsOfChildren) return;
        if (SignalState.IsIgnored(Libc.ChildSignal)) _ = Libc.SetSignalHandler(Libc.ChildSignal, Libc.DefaultSignal);
        s_hearsOfChildren = true;
    }

    private static unsafe int Spawn(
        string path, string[] arguments, string[] environment, List<PipeEnd> ends, ReadOnlySpan<ChildPipe> pipes, out int process)
    {
        byte* actions = stackalloc byte[OpaqueSize];
        byte* attributes = stackalloc byte[OpaqueSize];
        byte* signals = stackalloc byte[128];
        byte** argumentList = ToNative(arguments);
        byte** environmentList = ToNative(environment);
        _ = Libc.InitActions(actions);
        _ = Libc.InitAttributes(attributes);
        try
        {
            AddPipes(actions, ends, pipes);
            _ = Libc.SetSpawnFlags(attributes, SpawnFlags);
            _ = Libc.SetProcessGroup(attributes, 0);
            _ = Libc.FillSignals(signals);
            _ = Libc.SetDefaultSignals(attributes, signals);
            _ = Libc.EmptySignals(signals);
            _ = Libc.SetSignalMask(attributes, signals);
            int id;
            int error = Libc.Spawn(&id, path, actions, attributes, argumentList, environmentList);
            process = id;
            return error;
        }
        finally
        {
            _ = Libc.DestroyActions(actions);
            _ = Libc.DestroyAttributes(attributes);
            FreeNative(argumentList);
            FreeNative(environmentList);
        }
    }

    private static unsafe void AddPipes(byte* actions, List<PipeEnd> ends, ReadOnlySpan<ChildPipe> pipes)
    {
        for (int standard = 0; standard <= 2; standard++)
        {
            bool isGiven = false;
            foreach (ChildPipe pipe in pipes) isGiven |= pipe.Descriptor == standard;
            if (!isGiven) _ = Libc.AddOpen(actions, standard, "/dev/null", standard == 0 ? OpenRead : OpenWrite, 0);
        }

        for (int i = 0; i < pipes.Length; i++) _ = Libc.AddDuplicate(actions, ends[i].Descriptor, pipes[i].Descriptor);
    }

    private static string[] MakeEnvironment(string[] variables)
    {
        var all = new List<string>(variables);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            string name = (string)entry.Key + "=";
            if (!Array.Exists(variables, variable => variable.StartsWith(name, StringComparison.Ordinal)))
                all.Add(name + (string?)entry.Value);
        }

        return [.. all];
    }

    internal static unsafe byte** ToNative(string[] texts)
    {
        byte** list = (byte**)NativeMemory.Alloc((nuint)(texts.Length + 1), (nuint)sizeof(byte*));
        for (int i = 0; i < texts.Length; i++) list[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        list[texts.Length] = null;
        return list;
    }

    private static unsafe void FreeNative(byte** list)
    {
        for (int i = 0; list[i] is not null; i++) Marshal.FreeCoTaskMem((nint)list[i]);
        NativeMemory.Free(list);
    }
}
