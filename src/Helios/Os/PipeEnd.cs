using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Helios.Os;

/// <summary>
/// Our end of a pipe to a child. Never blocks longer than asked: whoever waits for a child must be able to give up on
/// it. Its number is at least <see cref="LowestNumber"/>, so that it cannot collide with the ones a child is promised.
/// </summary>
internal sealed class PipeEnd : IDisposable
{
    private const int LowestNumber = 16;
    private const int Capacity = 1024 * 1024; // the most an ordinary user may ask for; a refusal leaves 64 KiB

    private int _descriptor;

    private PipeEnd(int descriptor) => _descriptor = descriptor;

    internal int Descriptor => _descriptor;

    /// <summary>Makes a pipe whose read end is ours (<paramref name="isReader"/>) or whose write end is.</summary>
    /// <param name="isReader">Whether we read.</param>
    /// <param name="theirs">The child's end, to be closed after the child was started.</param>
    /// <exception cref="HeliosException">74: no descriptors left.</exception>
    internal static unsafe PipeEnd Create(bool isReader, out PipeEnd theirs)
    {
        int* ends = stackalloc int[2];
        if (Libc.Pipe(ends, Libc.CloseOnExec) != 0) throw Failed();
        theirs = new PipeEnd(Lift(ends[isReader ? 1 : 0]));
        var ours = new PipeEnd(Lift(ends[isReader ? 0 : 1]));
        _ = Libc.Control(ours._descriptor, Libc.SetPipeSize, Capacity);
        _ = Libc.Control(ours._descriptor, Libc.SetFlags, Libc.NonBlocking);
        return ours;
    }

    /// <summary>Reads what is there: bytes, 0 at the end, -1 when nothing came in time.</summary>
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
                if (error != Libc.TryAgain) return 0;
                if (!WaitFor(Libc.PollIn, milliseconds)) return -1;
            }
        }
    }

    /// <summary>Writes as much as fits: bytes, -1 when there was no room in time.</summary>
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
                if (error != Libc.TryAgain) throw new ReaderGoneException();
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

    private static int Lift(int descriptor)
    {
        int lifted = Libc.Control(descriptor, Libc.DuplicateAbove, LowestNumber);
        _ = Libc.CloseDescriptor(descriptor);
        return lifted >= 0 ? lifted : throw Failed();
    }

    private static HeliosException Failed() => new(ExitCode.IoError, "a pipe cannot be made: " + Marshal.GetLastPInvokeErrorMessage(),
        "this machine", "raise the limit of open files (ulimit -n), then run it again", new IOException());

    private unsafe bool WaitFor(short wanted, int milliseconds)
    {
        var entry = new Libc.PollEntry { Descriptor = _descriptor, Wanted = wanted };
        return Libc.Poll(&entry, 1, milliseconds) > 0;
    }
}
