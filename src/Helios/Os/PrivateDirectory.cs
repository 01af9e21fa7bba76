using System;
using System.IO;
using System.Threading;

namespace Helios.Os;

/// <summary>A directory that only this user can enter, removed with all it holds when the work ends.</summary>
internal sealed class PrivateDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private PrivateDirectory(string path) => Path = path;

    internal string Path { get; }

    /// <param name="prefix">Beginning of its name.</param>
    /// <exception cref="HeliosException">73: the temporary directory is missing or not writable.</exception>
    internal static PrivateDirectory Create(string prefix)
    {
        string parent = System.IO.Path.GetTempPath();
        string path = System.IO.Path.Combine(parent, prefix + Guid.NewGuid().ToString("N"));
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, OwnerOnly);
            return new PrivateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HeliosException(ExitCode.CantCreate, "a temporary directory cannot be made: " + ErrorText.Reason(error), parent,
                "make it writable, or set TMPDIR to another directory", error);
        }
    }

    /// <summary>A dying child may still write: tries again for a second.</summary>
    public void Dispose()
    {
        for (int attempt = 0; attempt < 20; attempt++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(50);
            }
        }
    }
}
