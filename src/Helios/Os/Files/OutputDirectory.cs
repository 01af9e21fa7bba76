using System;
using System.IO;
using Helios.Errors;

namespace Helios.Os.Files;

/// <summary>Checks the location of a file before hours of rendering are planned or spent.</summary>
internal static class OutputDirectory
{
    /// <summary>For planning a job.</summary>
    /// <exception cref="HeliosException">73: missing, not a directory, or not writable.</exception>
    internal static void Check(string directory, string output)
    {
        string where = "--output " + output;
        if (File.Exists(directory))
            throw new HeliosException(ExitCode.CantCreate, $"\"{directory}\" is a file, not a directory", where, "choose another output");
        if (!Directory.Exists(directory))
        {
            throw new HeliosException(ExitCode.CantCreate, $"the directory \"{directory}\" does not exist", where,
                "create it, or use --portable to have paths resolved where the job runs");
        }

        if (!OperatingSystem.IsWindows() && Libc.Access(directory, Libc.WriteAccess | Libc.ExecuteAccess) != 0)
        {
            throw new HeliosException(ExitCode.CantCreate, $"the directory \"{directory}\" is not writable", where,
                "change its permissions, or choose another output");
        }

        if (Directory.Exists(Path.Combine(directory, Path.GetFileName(output))))
            throw new HeliosException(ExitCode.CantCreate, "the output is a directory", where, "name a file such as video.mp4");
    }

    /// <summary>For running a job that names the file.</summary>
    /// <param name="path">The file, absolute.</param>
    /// <exception cref="HeliosException">73: its directory is missing or not writable.</exception>
    internal static void CheckFor(string path)
    {
        string directory = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(directory))
        {
            throw new HeliosException(
                ExitCode.CantCreate, $"the directory \"{directory}\" does not exist", path, "create it, or name another with --workdir");
        }

        if (!OperatingSystem.IsWindows() && Libc.Access(directory, Libc.WriteAccess | Libc.ExecuteAccess) != 0)
        {
            throw new HeliosException(
                ExitCode.CantCreate, $"the directory \"{directory}\" is not writable", path, "change its permissions");
        }
    }

    /// <exception cref="HeliosException">73: the existing file of that name is not a regular file.</exception>
    internal static void CheckTarget(string path)
    {
        if (FileKind.WhyNotRegular(path) is string kind)
            throw new HeliosException(ExitCode.CantCreate, kind, path, "remove it: helios writes regular files only");
    }
}
