using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Helios.Os.Files;

/// <summary>Maps a file that another process writes into memory. Linux only.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly int _changes; // inotify
    private byte* _start;

    /// <summary>Maps a whole file.</summary>
    /// <exception cref="IOException">It cannot be mapped or watched.</exception>
    internal MappedFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        Length = file.Length;
        nint start = Libc.Map(0, (nuint)Length, Libc.ReadPages, Libc.SharedMapping, (int)file.SafeFileHandle.DangerousGetHandle(), 0);
        if (start == -1) throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        _start = (byte*)start;
        _changes = Libc.NewWatch(Libc.CloseOnExec | Libc.NonBlocking);
        if (_changes < 0 || Libc.AddWatch(_changes, path, Libc.Modified) < 0)
        {
            string reason = Marshal.GetLastPInvokeErrorMessage();
            Dispose();
            throw new IOException(reason);
        }
    }

    internal long Length { get; }

    /// <summary>Part of the file. Read only parts that are known to be written: a hole without memory behind it ends the process.</summary>
    internal ReadOnlySpan<byte> Slice(long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + count, Length);
        return new ReadOnlySpan<byte>(_start + offset, count);
    }

    /// <summary>Waits until the file is written to again, or until the time is over.</summary>
    internal void WaitForChange(int milliseconds)
    {
        var entry = new Libc.PollEntry { Descriptor = _changes, Wanted = Libc.PollIn };
        if (Libc.Poll(&entry, 1, milliseconds) <= 0) return;
        byte* events = stackalloc byte[1024];
        _ = Libc.Read(_changes, events, 1024);
    }

    public void Dispose()
    {
        if (_start == null) return;
        _ = Libc.Unmap((nint)_start, (nuint)Length);
        _start = null;
        if (_changes >= 0) _ = Libc.CloseDescriptor(_changes);
    }
}
