using System;
using System.Globalization;
using System.Runtime.InteropServices;
using Helios.Errors;

namespace Helios.Os.Processes;

/// <summary>
/// A worker of run-job ends with run-job, even when that is killed: the kernel then sends it
/// SIGTERM. Only the child can request that, so its first arguments name its parent. Environment
/// variables would be inherited by the child's own children, and any process may set them.
/// </summary>
internal static class ParentWatch
{
    private const string ParentWord = "--child-of";
    private const string ProgramWord = "--exec";

    private static readonly nint s_name = Marshal.StringToCoTaskMemUTF8("helios");

    private static int? s_parent;

    /// <summary>
    /// Whether this program understands these arguments, so that it can be started again as a tied
    /// child. A test runner that uses these classes does not.
    /// </summary>
    internal static bool IsHelios { get; private set; }

    /// <summary>The command line of a helios that ends with this process.</summary>
    internal static string[] MakeWords(ReadOnlySpan<string> words) =>
        [ParentWord, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), .. words];

    /// <summary>
    /// The command line of a helios that execs another program, which ends with this process. ffmpeg reads its list of files at
    /// once, ignores SIGPIPE and would continue for hours after helios was killed.
    /// </summary>
    /// <param name="program">Its path.</param>
    /// <param name="words">Its arguments.</param>
    internal static string[] MakeWordsToBecome(string program, ReadOnlySpan<string> words) => MakeWords([ProgramWord, program, .. words]);

    /// <summary>
    /// Strips the first arguments of a tied child from the command line. Does not return in a child that execs another program.
    /// </summary>
    /// <exception cref="HeliosException">69: the program cannot be started; 143: the parent has ended already.</exception>
    internal static string[] Take(string[] words)
    {
        IsHelios = true;
        if (!OperatingSystem.IsLinux() || words.Length < 3 || words[0] != ParentWord) return words;
        if (!int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int parent)) return words;
        s_parent = parent;
        if (words[2] == ProgramWord && words.Length > 3) ExecTied(words[3..], parent);
        return words[2..];
    }

    /// <summary>
    /// Asks the kernel for the signal, if this process is a tied child. Call it on the main thread, after signals are handled.
    /// </summary>
    /// <exception cref="HeliosException">143: the parent has ended already.</exception>
    internal static void Begin()
    {
        if (!OperatingSystem.IsLinux() || s_parent is not int parent) return;
        _ = Libc.ControlProcess(Libc.SetName, s_name, 0, 0, 0); // it was started as /proc/self/exe
        Tie(Libc.Terminate, parent);
    }

    private static unsafe void ExecTied(string[] words, int parent)
    {
        Tie(Libc.Kill, parent); // survives exec
        byte** list = ChildProcess.ToNative(words);
        _ = Libc.Execute(words[0], list);
        throw new HeliosException(ExitCode.Unavailable, "the program cannot be started: " + Marshal.GetLastPInvokeErrorMessage(), words[0],
            "check that it is executable");
    }

    private static void Tie(int signal, int parent)
    {
        _ = Libc.ControlProcess(Libc.SetParentDeathSignal, signal, 0, 0, 0);
        if (Libc.ParentProcess() == parent) return;
        string where = string.Create(CultureInfo.InvariantCulture, $"process {parent}");
        throw new HeliosException(ExitCode.Terminated, "the helios that started this one ended meanwhile", where, "run it again");
    }
}
