using System;
using System.IO;
using Helios.Errors;

namespace Helios.Os.Files;

/// <summary>
/// Files that appear completely or not at all: written next to their target, flushed to disk, renamed. After a kill at any
/// instant, the target is the old file or the new one.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Writes <paramref name="path"/>, replacing an existing file.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="write">Writes its content.</param>
    /// <param name="isLast">
    /// Whether it completes work that a signal must not undo; the signal then goes to the caller's own Interrupts.
    /// </param>
    /// <exception cref="HeliosException">
    /// 73: the directory is missing or not writable; 74: disk full or write error; 130, 143: interrupted.
    /// </exception>
    internal static void Write(string path, Action<Stream> write, bool isLast = false)
    {
        string full = FindTarget(path);
        string temporary = TemporaryFile.NameFor(full);
        using var interrupts = new Interrupts();
        Action check = isLast ? static () => { } : interrupts.ThrowIfRequested;
        try
        {
            using (FileStream file = Create(temporary, path))
            {
                using var watched = new WatchedStream(file, check);
                write(watched);
                file.Flush(flushToDisk: true);
            }

            check(); // the flush may have taken long

            File.Move(temporary, full, overwrite: true);
            if (!OperatingSystem.IsWindows()) Libc.FlushDirectory(Path.GetDirectoryName(full)!);
        }
        catch (Exception error)
        {
            DeleteQuietly(temporary);
            if (error is IOException or UnauthorizedAccessException)
            {
                throw new HeliosException(ExitCode.IoError, "the file cannot be written: " + ErrorText.Reason(error), path,
                    "make room or check the disk, then run it again", error);
            }

            throw;
        }
    }

    /// <summary>Gives a finished file its name: flushes it to disk, then renames it, replacing an existing file.</summary>
    /// <param name="temporary">The file, in the directory of <paramref name="path"/>.</param>
    /// <param name="path">Its final name, absolute.</param>
    /// <returns>Its size in bytes.</returns>
    /// <exception cref="HeliosException">73: the directory is gone; 74: disk full or write error; 130, 143: interrupted.</exception>
    internal static long Publish(string temporary, string path)
    {
        using var interrupts = new Interrupts();
        return Publish(1, _ => temporary, _ => path, interrupts.ThrowIfRequested);
    }

    /// <summary>The same for many files of one directory: all are flushed to disk before the first is renamed.</summary>
    /// <param name="count">Number of files.</param>
    /// <param name="findTemporary">Temporary path of the file with an index, on the same file system.</param>
    /// <param name="findPath">Its final name.</param>
    /// <param name="check">Called before each flush, and before the first rename; may throw to abort.</param>
    /// <returns>Total size in bytes.</returns>
    /// <exception cref="HeliosException">As above.</exception>
    internal static long Publish(long count, Func<long, string> findTemporary, Func<long, string> findPath, Action check)
    {
        string path = findPath(0);
        try
        {
            long size = 0;
            for (long i = 0; i < count; i++)
            {
                check();
                path = findPath(i);
                using var file = new FileStream(findTemporary(i), FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
                size += file.Length;
                file.Flush(flushToDisk: true);
            }

            check();
            for (long i = 0; i < count; i++)
            {
                path = findPath(i);
                File.Move(findTemporary(i), path, overwrite: true);
            }

            if (!OperatingSystem.IsWindows()) Libc.FlushDirectory(Path.GetDirectoryName(path)!);
            return size;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw DirectoryGone(path, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HeliosException(ExitCode.IoError, "the file cannot be written: " + ErrorText.Reason(error), path,
                "make room or check the disk, then run it again", error);
        }
    }

    internal static HeliosException DirectoryGone(string path, Exception? inner = null) =>
        new(ExitCode.CantCreate, "the directory was removed meanwhile", path, "create it, then run it again", inner);

    /// <summary>Deletes a file that may not exist; ignores failures.</summary>
    internal static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // the message that follows is about the first failure
        }
    }

    /// <summary>For a symbolic link, its target is replaced, as a shell would; a device must not be replaced by a file.</summary>
    private static string FindTarget(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            if (FileKind.IsLink(full)) full = File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException error)
        {
            throw new HeliosException(ExitCode.CantCreate, "the file cannot be created: " + ErrorText.Reason(error), path,
                "create its directory, or remove the link", error);
        }

        return FileKind.WhyNotRegular(full) is string kind
            ? throw new HeliosException(
                ExitCode.CantCreate, $"the file cannot be created: {kind}", path, "name a file, or redirect standard output")
            : full;
    }

    private static FileStream Create(string temporary, string path)
    {
        try
        {
            return new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SystemError.ToException(error, "the file cannot be created", path, "create its directory or make it writable");
        }
    }

    /// <summary>Turns a signal into an exception at the next write, so that the temporary file is removed.</summary>
    private sealed class WatchedStream(FileStream file, Action check) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => file.Length;

        public override long Position
        {
            get => file.Position;
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            check();
            file.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() => file.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
