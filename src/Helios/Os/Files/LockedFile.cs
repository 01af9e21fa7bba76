using System;
using System.IO;

namespace Helios.Os.Files;

/// <summary>
/// A file next to its target while another program writes it. It is locked (flock) while helios lives, so that the next helios
/// can tell whether it was abandoned (<see cref="Leftover"/>).
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

    /// <summary>Creates an empty file.</summary>
    /// <param name="target">Absolute path of the final file.</param>
    /// <exception cref="HeliosException">73: it cannot be created; 74: the disk is full.</exception>
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
                // another helios took it for abandoned before it was locked
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw SystemError.ToException(error, "the file cannot be created", target, "make its directory writable");
            }
        }
    }

    /// <summary>
    /// Removes leftovers of killed processes for a target. Another worker, perhaps on another machine, may be writing it too.
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

    /// <summary>Opens it for reading, after its writer has ended.</summary>
    internal FileStream Read()
    {
        _file.Position = 0;
        return _file;
    }

    /// <summary>Publishes it: flushes it to disk, then renames it, replacing an existing file.</summary>
    internal void Publish()
    {
        _file.Flush(flushToDisk: true);
        File.Move(Path, _target, overwrite: true);
        _sign.Dispose();
        _file.Dispose(); // only now: unlocked under its temporary name, any helios could remove it
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

            // while it is locked: its writer may be about to lock it
            if (Leftover.IsAbandoned(found, writer, Leftover.TryLock(file.SafeFileHandle))) File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // in use, removed meanwhile, or another user's
        }
    }
}
