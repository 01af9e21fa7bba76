using System;
using System.IO;
using System.Threading;

namespace Helios.Os;

/// <summary>
/// A directory that only this user can enter, removed with all it holds when the work ends. One that was left by a helios
/// that was killed is removed by the next: its lock is free, wherever and under which number its owner ran.
/// </summary>
internal sealed class PrivateDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Beginnings of the names of all that helios makes.</summary>
    internal const string OfBrowser = "helios-browser-";
    internal const string OfRun = "helios-run-";
    internal const string OfMerge = "helios-merge-";
    internal const string OfDoctor = "helios-doctor-";

    private const string LockName = "helios.lock";
    private const string Unready = "."; // before the name of a directory whose lock is not held yet

    private readonly FileStream _lock;

    private PrivateDirectory(string path, FileStream heldLock)
    {
        Path = path;
        _lock = heldLock;
    }

    internal string Path { get; }

    /// <param name="prefix">Beginning of its name, one of those above.</param>
    /// <exception cref="HeliosException">73: the temporary directory is missing or not writable.</exception>
    internal static PrivateDirectory Create(string prefix)
    {
        string parent = System.IO.Path.GetTempPath();
        foreach (string kind in (ReadOnlySpan<string>)[OfBrowser, OfRun, OfMerge, OfDoctor])
        {
            RemoveAbandoned(parent, kind, isReady: true);
            RemoveAbandoned(parent, Unready + kind, isReady: false);
        }

        string name = prefix + Entropy.NewGuid().ToString("N");
        try
        {
            if (!Directory.Exists(parent)) throw new DirectoryNotFoundException(); // it would be made, and stay behind
            string unready = System.IO.Path.Combine(parent, Unready + name);
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(unready);
            else Directory.CreateDirectory(unready, OwnerOnly);
            FileStream heldLock = Lock(unready, FileMode.CreateNew);
            string path = System.IO.Path.Combine(parent, name);
            Directory.Move(unready, path); // whoever finds it under this name finds it locked
            return new PrivateDirectory(path, heldLock);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SystemError.ToException(error, "a temporary directory cannot be made", parent, "make it writable, or set TMPDIR to another directory");
        }
    }

    /// <summary>A dying child may still write: tries again for a second.</summary>
    public void Dispose()
    {
        Delete(Path); // still locked, so that nobody else takes it for abandoned meanwhile
        _lock.Dispose();
    }

    private static FileStream Lock(string path, FileMode mode) =>
        new(System.IO.Path.Combine(path, LockName), mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

    private static void RemoveAbandoned(string parent, string prefix, bool isReady)
    {
        try
        {
            foreach (string path in Directory.EnumerateDirectories(parent, prefix + "*"))
            {
                if (!isReady && !TemporaryFile.IsAbandoned(path)) continue;
                try
                {
                    Lock(path, FileMode.Open).Dispose();
                }
                catch (FileNotFoundException) when (isReady && !TemporaryFile.IsAbandoned(path))
                {
                    continue; // being removed by its owner
                }
                catch (FileNotFoundException)
                {
                    // its owner was killed while it was made or removed
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    continue; // in use, or another user's
                }

                Delete(path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // the directory cannot be listed: making a new one says why
        }
    }

    private static void Delete(string path)
    {
        for (int attempt = 0; attempt < 20 && Directory.Exists(path); attempt++)
        {
            try
            {
                Directory.Delete(path, recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(50);
            }
        }
    }
}
