using System;
using System.IO;
using System.Runtime.InteropServices;
using Helios.Errors;

namespace Helios.Os.Processes;

/// <summary>
/// Our end of a pipe to a child. It never blocks longer than requested, so that the caller can give up on a child. Its
/// descriptor is at least <see cref="LowestNumber"/>, so that it cannot collide with the descriptors that a child expects.
/// </summary>
internal sealed class PipeEnd : IDisposable
{
    private const int LowestNumber = 16;

    // The largest size for an ordinary user (fs.pipe-max-size). All pipes of a user share 64 MiB (fs.pipe-user-pages-soft): beyond that no
    // pipe can grow, and new ones have 8 KiB. A socket with its 208 KiB is as fast as a pipe of 1 MiB; a pipe of 64 KiB reaches half of
    // that, one of 8 KiB a fifth (8 MiB frames, reads of 64 KiB: 2.1, 2.0, 1.4 and 0.4 GB/s).
    private const int LargeCapacity = 1024 * 1024;
    private const int LeastLargeCapacity = 256 * 1024;

    private int _descriptor;

    /// <param name="descriptor">Non-blocking; owned by this object.</param>
    internal PipeEnd(int descriptor) => _descriptor = descriptor;

    internal int Descriptor => _descriptor;

    /// <summary>Creates a pipe; our end is the read end (<paramref name="isReader"/>) or the write end.</summary>
    /// <param name="isReader">Whether we read.</param>
    /// <param name="theirs">The child's end; close it after the child has started.</param>
    /// <param name="isLarge">Whether frames go through it, which a small pipe would slow down.</param>
    /// <exception cref="HeliosException">74: no descriptors left.</exception>
    internal static unsafe PipeEnd Create(bool isReader, out PipeEnd theirs, bool isLarge = false)
    {
        int* ends = stackalloc int[2];
        if (Libc.Pipe(ends, Libc.CloseOnExec) != 0) throw Failed();
        if (isLarge && !TryEnlarge(ends[0])) ReplaceBySocket(ends);
        int lifted = MoveAboveStdio(ends[isReader ? 1 : 0], ends[isReader ? 0 : 1]);
        theirs = new PipeEnd(lifted);
        var ours = new PipeEnd(MoveAboveStdio(ends[isReader ? 0 : 1], lifted));
        _ = Libc.Control(ours._descriptor, Libc.SetFlags, Libc.NonBlocking);
        return ours;
    }

    /// <summary>Reads available bytes: their number, 0 at the end, -1 when none came in time.</summary>
    internal unsafe int Read(Span<byte> buffer, int milliseconds)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                nint count = Libc.Read(_descriptor, start, (nuint)buffer.Length);
                if (count >= 0) return (int)count;
                int error = Marshal.GetLastPInvokeError();
                if (error == Libc.InterruptedCall) continue;
                if (error != SystemError.WouldBlock) return 0;
                if (!WaitFor(Libc.PollIn, milliseconds)) return -1;
            }
        }
    }

    /// <summary>Writes as much as fits: number of bytes, -1 when there was no room in time.</summary>
    /// <exception cref="ReaderGoneException">The child closed its end.</exception>
    internal unsafe int Write(ReadOnlySpan<byte> buffer, int milliseconds)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                nint count = Libc.Write(_descriptor, start, (nuint)buffer.Length);
                if (count >= 0) return (int)count;
                int error = Marshal.GetLastPInvokeError();
                if (error == Libc.InterruptedCall) continue;
                if (error != SystemError.WouldBlock) throw new ReaderGoneException();
                if (!WaitFor(Libc.PollOut, milliseconds)) return -1;
            }
        }
    }

    /// <summary>Waits until one of several can be read or has ended, or the time is over.</summary>
    internal static unsafe void WaitForAny(ReadOnlySpan<PipeEnd> ends, int milliseconds)
    {
        Libc.PollEntry* entries = stackalloc Libc.PollEntry[ends.Length];
        for (int i = 0; i < ends.Length; i++) entries[i] = new Libc.PollEntry { Descriptor = ends[i]._descriptor, Wanted = Libc.PollIn };
        _ = Libc.Poll(entries, (nuint)ends.Length, milliseconds);
    }

    public void Dispose()
    {
        if (_descriptor >= 0) _ = Libc.CloseDescriptor(_descriptor);
        _descriptor = -1;
    }

    private static bool TryEnlarge(int descriptor)
    {
        for (int capacity = LargeCapacity; capacity >= LeastLargeCapacity; capacity /= 2)
            if (Libc.Control(descriptor, Libc.SetPipeSize, capacity) >= 0) return true;
        return false;
    }

    /// <summary>Keeps the pipe where this fails.</summary>
    private static unsafe void ReplaceBySocket(int* ends)
    {
        int* sockets = stackalloc int[2];
        if (Libc.SocketPair(Libc.LocalSocket, Libc.StreamSocket, 0, sockets) != 0) return;
        for (int i = 0; i < 2; i++)
        {
            _ = Libc.CloseDescriptor(ends[i]);
            ends[i] = sockets[i];
        }
    }

    /// <param name="descriptor">Moved to another number.</param>
    /// <param name="other">Closed as well when no descriptors are left.</param>
    private static int MoveAboveStdio(int descriptor, int other)
    {
        int lifted = Libc.Control(descriptor, Libc.DuplicateAbove, LowestNumber);
        HeliosException? error = lifted < 0 ? Failed() : null;
        _ = Libc.CloseDescriptor(descriptor);
        if (error is not null) _ = Libc.CloseDescriptor(other);
        return error is null ? lifted : throw error;
    }

    private static HeliosException Failed() => new(ExitCode.IoError, "a pipe cannot be made: " + Marshal.GetLastPInvokeErrorMessage(),
        "this machine", "raise the limit of open files (ulimit -n), then run it again", new IOException());

    private unsafe bool WaitFor(short wanted, int milliseconds)
    {
        var entry = new Libc.PollEntry { Descriptor = _descriptor, Wanted = wanted };
        return Libc.Poll(&entry, 1, milliseconds) > 0;
    }
}
