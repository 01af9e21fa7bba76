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

    private static readonly nint s_name = Marshal.StringToCoTaskMemUTF8("helios");

    /// <summary>For the environment of a child.</summary>
    internal static string Assignment => string.Create(CultureInfo.InvariantCulture, $"{Variable}={Environment.ProcessId}");

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
