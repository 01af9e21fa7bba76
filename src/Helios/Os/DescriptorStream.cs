using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Helios.Os;

/// <summary>
/// Standard input or output as a plain read(2) or write(2) loop. FileStream would write at its own positions, so that
/// <c>(helios …; helios …) &gt; file</c> loses the first result; System.Console starts a thread and hides a closed pipe.
/// </summary>
/// <param name="descriptor">0 or 1.</param>
internal sealed class DescriptorStream(int descriptor) : Stream
{
    public override bool CanRead => descriptor == 0;

    public override bool CanSeek => false;

    public override bool CanWrite => descriptor != 0;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">The descriptor is closed or the device fails.</exception>
    public override unsafe int Read(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                nint count = Libc.Read(descriptor, start, (nuint)buffer.Length);
                if (count >= 0) return (int)count;
                if (!CanTryAgain(Libc.PollIn)) throw new IOException(Marshal.GetLastPInvokeErrorMessage(), Marshal.GetLastPInvokeError());
            }
        }
    }

    /// <exception cref="ReaderGoneException">The other end of the pipe was closed.</exception>
    /// <exception cref="IOException">The disk is full, the descriptor is closed …</exception>
    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            for (int done = 0; done < buffer.Length;)
            {
                nint count = Libc.Write(descriptor, start + done, (nuint)(buffer.Length - done));
                if (count >= 0)
                {
                    done += (int)count;
                    continue;
                }

                if (CanTryAgain(Libc.PollOut)) continue;
                int error = Marshal.GetLastPInvokeError();
                if (error == Libc.BrokenPipe) throw new ReaderGoneException();
                throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // write(2) has no buffer
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>
    /// Whether a failed call may be repeated; waits until it may. Another process that shares the descriptor may have made it
    /// non-blocking: Node.js does that to its pipes, and ssh to a terminal.
    /// </summary>
    private unsafe bool CanTryAgain(short wanted)
    {
        int error = Marshal.GetLastPInvokeError();
        if (error == Libc.InterruptedCall) return true;
        if (error != SystemError.WouldBlock) return false;
        var entry = new Libc.PollEntry { Descriptor = descriptor, Wanted = wanted };
        _ = Libc.Poll(&entry, 1, -1);
        return true;
    }
}
