using System;
using System.IO;
using System.Threading;

namespace Helios.EndToEnd.Harness.Programs;

/// <summary>
/// Writes programs that tests start. No test starts a program meanwhile: its process would have the file open until its own exec, and
/// a program that is open for writing cannot be started (ETXTBSY).
/// </summary>
internal static class ProgramFile
{
    /// <summary>Held while a process is started, and while a program is written.</summary>
    internal static Lock Starting { get; } = new();

    /// <param name="path">Absolute.</param>
    /// <param name="script">With its first line, which names its interpreter.</param>
    /// <returns>The path.</returns>
    internal static string Write(string path, string script)
    {
        lock (Starting) File.WriteAllText(path, script);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, TestDirectory.ForAll);
        return path;
    }

    internal static void Copy(string from, string to)
    {
        lock (Starting) File.Copy(from, to);
    }
}
