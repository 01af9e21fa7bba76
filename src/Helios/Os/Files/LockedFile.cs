using System;
using System.IO;

namespace Helios.Os.Files;

/// <summary>
/// A file beside its target while another program writes it, locked (flock) as long as we live, so that the next helios
/// knows whether it was abandoned (<see cref="Leftover"/>).
/// </summary>
internal sealed class LockedFile : IDisposable
{
    private const int Attempts = 20;

    private readonly string _target;
    private readonly FileStream _file;
    private readonly IDisposable _sign;

    private LockedFile(string target, string path, FileStream file)
    {
        _target = target;
        Path = path;
        _file = file;
        _sign = LifeSigns.Shared.Give(path);
    }

    internal string Path { get; }

    /// <summary>Makes an empty one.</summary>
    /// <param name="target">Absolute path of the file that it shall become.</param>
    /// <exception cref="HeliosException">73: it cannot be made; 74: the disk is full.</exception>
    internal static LockedFile Create(string target)
    {
        for (int attempt = 0; ; attempt++)
        {
            string path = TemporaryFile.LockedNameFor(target);
            try
            {
                var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
                if (FileKind.IsAt(file.SafeFileHandle, path)) return new LockedFile(target, path, file);
                file.Dispose();
                if (attempt == Attempts) throw new IOException("it is removed as soon as it is made");
            }
            catch (IOException error) when (attempt < Attempts && error.HResult == SystemError.WouldBlock)
            {
                // taken for abandoned between its making and its locking
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw SystemError.ToException(error, "the file cannot be created", target, "make its directory writable");
            }
        }
    }

    /// <summary>
    /// Removes what killed processes left of a target. Another worker, perhaps on another machine, may be writing it too.
    /// </summary>
    /// <param name="target">Absolute path.</param>
    internal static void RemoveAbandoned(string target)
    {
        string start = System.IO.Path.GetFileName(target) + ".";
        foreach (string path in TemporaryFile.Find(System.IO.Path.GetDirectoryName(target)!, start, TemporaryFile.Extension))
        {
            ReadOnlySpan<char> writer = System.IO.Path.GetFileName(path.AsSpan())[start.Length..^TemporaryFile.Extension.Length];
            if (writer.StartsWith("json.", StringComparison.Ordinal)) writer = writer["json.".Length..]; // of the receipt
            if (Leftover.IsWriter(writer)) RemoveIfAbandoned(path, writer);
        }
    }

    /// <summary>Its bytes, after whoever wrote them has ended.</summary>
    internal FileStream Read()
    {
        _file.Position = 0;
        return _file;
    }

    /// <summary>Gives it its name: flushed to disk, then renamed, replacing what had the name.</summary>
    internal void Publish()
    {
        _file.Flush(flushToDisk: true);
        File.Move(Path, _target, overwrite: true);
        _sign.Dispose();
        _file.Dispose(); // only now: unlocked under its temporary name it would be anybody's to remove
        if (!OperatingSystem.IsWindows()) Libc.FlushDirectory(System.IO.Path.GetDirectoryName(_target)!);
    }

    /// <summary>Removes it, unless it was published.</summary>
    public void Dispose()
    {
        _sign.Dispose();
        AtomicFile.DeleteQuietly(Path);
        _file.Dispose();
    }

    private static void RemoveIfAbandoned(string path, ReadOnlySpan<char> writer)
    {
        try
        {
            if (FileKind.WhyNotRegular(path) is not null || !FileStatus.TryGet(path, followsLinks: false, out FileStatus found)) return;
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            if (!FileKind.IsAt(file.SafeFileHandle, path)) return;

            // while it is locked: its writer may be just about to lock it
            if (Leftover.IsAbandoned(found, writer, Leftover.TryLock(file.SafeFileHandle))) File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // in use, removed meanwhile, or another user's
        }
    }
}
