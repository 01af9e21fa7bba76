using System;
using System.IO;
using System.Threading;
using Helios.Errors;

namespace Helios.Os.Files;

/// <summary>
/// A file that one process at a time locks (flock). The kernel releases the lock however its holder
/// ends, so an abandoned file blocks no other process.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private const int Attempts = 20;

    private readonly FileStream _file;
    private readonly string _path;

    private FileLock(FileStream file, string path)
    {
        _file = file;
        _path = path;
    }

    /// <summary>Whether the file system supports locks: without them, other holders go unnoticed.</summary>
    internal bool IsReal => Leftover.TryLock(_file.SafeFileHandle) == LockState.Free;

    /// <summary>Takes the lock; null when another process holds it.</summary>
    /// <param name="path">The file, created if missing.</param>
    /// <exception cref="HeliosException">73: it cannot be created; 74: there is no room, or too many files are open.</exception>
    internal static FileLock? TryTake(string path)
    {
        FileLock? taken = Open(path);
        for (int attempt = 0; attempt < Attempts && taken?.IsThere() == false; attempt++)
        {
            // its last holder removed it between open and lock: the locked file has no name any more
            taken._file.Dispose();
            Thread.Sleep(1);
            taken = Open(path);
        }

        return taken;
    }

    /// <summary>Removes the file while it is still locked.</summary>
    public void Dispose()
    {
        AtomicFile.DeleteQuietly(_path);
        _file.Dispose();
    }

    private bool IsThere() => FileKind.IsAt(_file.SafeFileHandle, _path);

    /// <summary>Opens and locks; null when it is locked already.</summary>
    private static FileLock? Open(string path)
    {
        if (FileKind.WhyNotRegular(path) is string kind)
            throw new HeliosException(ExitCode.CantCreate, kind, path, "remove it: that is the place of a lock file");
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0), path);
        }
        catch (IOException error) when (error.HResult == SystemError.WouldBlock)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SystemError.ToException(error, "the lock file cannot be made", path, "make its directory writable");
        }
    }
}
