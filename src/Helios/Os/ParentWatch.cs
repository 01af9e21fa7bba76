using System;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Helios.Os;

/// <summary>
/// A worker of run-job ends when run-job does, even when that is killed: the kernel sends it SIGTERM then. Only the child
/// can ask for that, so its environment says whose child it is.
/// </summary>
internal static class ParentWatch
{
    private const string Variable = "HELIOS_PARENT";
    private const string ExecVariable = "HELIOS_EXEC";

    private static readonly nint s_name = Marshal.StringToCoTaskMemUTF8("helios");

    /// <summary>For the environment of a child.</summary>
    internal static string Assignment => string.Create(CultureInfo.InvariantCulture, $"{Variable}={Environment.ProcessId}");

    /// <summary>For the environment of a helios that becomes another program: <see cref="Become"/>.</summary>
    internal const string ExecAssignment = ExecVariable + "=1";

    /// <summary>
    /// If this process was started to become another program that ends with its parent, becomes it and does not return.
    /// ffmpeg reads its list of files at once, ignores SIGPIPE and would work on for hours for a helios that was killed.
    /// </summary>
    /// <param name="words">The program and its arguments.</param>
    internal static unsafe void Become(string[] words)
    {
        if (!OperatingSystem.IsLinux() || words.Length == 0 || Environment.GetEnvironmentVariable(ExecVariable) is not { Length: > 0 }) return;
        _ = Libc.ControlProcess(Libc.SetParentDeathSignal, Libc.Kill, 0, 0, 0); // stays through exec
        bool hasParent = Libc.ParentProcess().ToString(CultureInfo.InvariantCulture) == Environment.GetEnvironmentVariable(Variable);
        byte** list = ChildProcess.ToNative(words);
        if (hasParent) _ = Libc.Execute(words[0], list);
        throw new HeliosException(ExitCode.Unavailable, "the program cannot be started: " + Marshal.GetLastPInvokeErrorMessage(), words[0], "check that it is executable");
    }

    /// <summary>Asks the kernel, if this process is such a child. From the main thread, after signals are handled.</summary>
    /// <exception cref="HeliosException">143: the parent has ended already.</exception>
    internal static void Begin()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } parent) return;
        _ = Libc.ControlProcess(Libc.SetName, s_name, 0, 0, 0); // it was started as /proc/self/exe
        _ = Libc.ControlProcess(Libc.SetParentDeathSignal, Libc.Terminate, 0, 0, 0);
        if (Libc.ParentProcess().ToString(CultureInfo.InvariantCulture) == parent) return;
        throw new HeliosException(ExitCode.Terminated, "helios run-job ended meanwhile", "process " + parent, "run it again");
    }
}
