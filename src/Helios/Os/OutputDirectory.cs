using System;
using System.IO;

namespace Helios.Os;

/// <summary>Checks the directory of the final video before hours of rendering are planned for it.</summary>
internal static class OutputDirectory
{
    /// <exception cref="HeliosException">73: missing, not a directory, or not writable.</exception>
    internal static void Check(string directory, string output)
    {
        string where = "--output " + output;
        if (File.Exists(directory)) throw new HeliosException(ExitCode.CantCreate, $"\"{directory}\" is a file, not a directory", where, "choose another output");
        if (!Directory.Exists(directory))
        {
            throw new HeliosException(ExitCode.CantCreate, $"the directory \"{directory}\" does not exist", where,
                "create it, or use --portable to have paths resolved where the job runs");
        }

        if (!OperatingSystem.IsWindows() && Libc.Access(directory, Libc.WriteAccess | Libc.ExecuteAccess) != 0)
            throw new HeliosException(ExitCode.CantCreate, $"the directory \"{directory}\" is not writable", where, "change its permissions, or choose another output");
        if (Directory.Exists(Path.Combine(directory, Path.GetFileName(output))))
            throw new HeliosException(ExitCode.CantCreate, "the output is a directory", where, "name a file such as video.mp4");
    }
}
