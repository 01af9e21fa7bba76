using System;
using System.Diagnostics;
using System.Globalization;
using Helios.Errors;
using Helios.Os;
using Helios.Os.Processes;

namespace Helios.Browser;

/// <summary>
/// The browser's --remote-debugging-pipe: JSON messages that end in NUL. One buffer serves all incoming messages; a
/// picture is decoded where it arrived.
/// </summary>
/// <param name="input">To the browser.</param>
/// <param name="output">From the browser.</param>
/// <param name="largest">Bytes that a message of the browser may have.</param>
internal sealed class DevToolsPipe(PipeEnd input, PipeEnd output, int largest = DevToolsPipe.LargestReceived)
{
    private const int WriteTimeout = 30_000; // ms; the browser reads on a thread of its own, so it hangs if this passes
    private const int UsualSize = 1024 * 1024;
    private const int ExcessKept = 200; // of a message that is too large: its method is in there
    private const int KeptSize = 64 * UsualSize; // room for pictures of 4K without loss, which come with every frame

    private static readonly byte[] s_end = [0];

    private byte[] _buffer = new byte[UsualSize];
    private int _start;
    private int _filled;
    private int _searched;
    private byte[] _excess = [];

    /// <summary>Bytes that a message may have: the browser closes the pipe at 100 MiB.</summary>
    internal const int LargestMessage = 97 * 1024 * 1024;

    /// <summary>
    /// Bytes that a message of the browser may have. A lossless picture of 8K has at most 169 MiB; the page decides how much
    /// it logs, and a machine must not run out of memory over that.
    /// </summary>
    internal const int LargestReceived = 512 * 1024 * 1024;

    /// <summary>Bytes of the buffer now.</summary>
    internal int Capacity => _buffer.Length;

    /// <summary>Bytes that a message of the browser may have here.</summary>
    internal int Largest => largest;

    /// <summary>Whether the browser has closed its end, or is given up.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>Why it was given up; empty while it was not.</summary>
    internal string Reason { get; private set; } = "";

    internal void Send(ReadOnlySpan<byte> message)
    {
        Write(message);
        Write(s_end);
    }

    /// <summary>Beginning of a message that was too large to be received; the pipe is closed then. Empty while there was none.</summary>
    internal ReadOnlySpan<byte> Excess => _excess;

    /// <summary>The next message, valid until the next call; false when none came in time or the pipe is closed.</summary>
    internal bool TryReceive(int milliseconds, out ReadOnlySpan<byte> message)
    {
        message = default;
        while (true)
        {
            int end = _buffer.AsSpan(_searched, _filled - _searched).IndexOf((byte)0);
            if (end >= 0)
            {
                message = _buffer.AsSpan(_start, _searched + end - _start);
                _start = _searched = _searched + end + 1;
                return true;
            }

            _searched = _filled;
            if (!TryMakeRoom()) return false;
            int count = output.Read(_buffer.AsSpan(_filled), milliseconds);
            if (count == 0) IsClosed = true;
            if (count <= 0) return false;
            _filled += count;
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        long start = Stopwatch.GetTimestamp();
        while (bytes.Length > 0 && !IsClosed)
        {
            try
            {
                int count = input.Write(bytes, 1000);
                if (count > 0)
                {
                    bytes = bytes[count..];
                    start = Stopwatch.GetTimestamp();
                }
                else if (Stopwatch.GetElapsedTime(start).TotalMilliseconds > WriteTimeout)
                {
                    IsClosed = true;
                    Reason = string.Create(CultureInfo.InvariantCulture, $"the browser has read nothing for {WriteTimeout / 1000} s");
                }
            }
            catch (ReaderGoneException)
            {
                IsClosed = true; // whoever waits for the answer says so
            }
        }
    }

    private bool TryMakeRoom()
    {
        if (_excess.Length > 0) return false;
        if (_start == _filled)
        {
            _start = _searched = _filled = 0;
            if (_buffer.Length > KeptSize) _buffer = new byte[UsualSize];
        }
        else if (_filled == _buffer.Length && _start > 0)
        {
            _buffer.AsSpan(_start, _filled - _start).CopyTo(_buffer);
            _filled -= _start;
            _searched -= _start;
            _start = 0;
        }

        if (_filled < _buffer.Length) return true;
        if (_filled >= largest)
        {
            IsClosed = true;
            _excess = _buffer[..Math.Min(_filled, ExcessKept)];
            _buffer = [];
            _start = _searched = _filled = 0;
            return false;
        }

        Array.Resize(ref _buffer, (int)Math.Min(largest, _buffer.Length * 2L));
        return true;
    }
}
