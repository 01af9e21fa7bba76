using System;
using System.IO;
using Helios.Errors;

namespace Helios.Os.Files;

/// <summary>The current directory, which another process may have deleted.</summary>
internal static class CurrentDirectory
{
    /// <exception cref="HeliosException">66: it no longer exists.</exception>
    internal static string Get()
    {
        try
        {
            return Directory.GetCurrentDirectory();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HeliosException(
                ExitCode.NoInput, "the current directory does not exist any more", "current directory", "change to one that does", error);
        }
    }

    /// <summary>The absolute form of a path.</summary>
    internal static string Resolve(string path) => Path.IsPathFullyQualified(path) ? Path.GetFullPath(path) : Path.GetFullPath(path, Get());
}
