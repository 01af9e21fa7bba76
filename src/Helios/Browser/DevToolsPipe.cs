using System;
using System.Diagnostics;
using System.Globalization;
using Helios.Errors;
using Helios.Os;
using Helios.Os.Processes;

namespace Helios.Browser;

/// <summary>
/// The browser's --remote-debugging-pipe: JSON messages that end in NUL. One buffer serves all
/// incoming messages; an image is decoded in place.
/// </summary>
/// <param name="input">To the browser.</param>
/// <param name="output">From the browser.</param>
/// <param name="largest">Largest size of a message from the browser, in bytes.</param>
internal sealed class DevToolsPipe(PipeEnd input, PipeEnd output, int largest = DevToolsPipe.LargestReceived)
{
    private const int WriteTimeout = 30_000; // ms; the browser reads on its own thread, so it hangs if this passes
    private const int UsualSize = 1024 * 1024;
    private const int ExcessKept = 200; // bytes of an oversized message that hold its method
    private const int KeptSize = 64 * UsualSize; // room for lossless 4K images, which come with every frame

    private byte[] _buffer = new byte[UsualSize];
    private int _start;
    private int _filled;
    private int _searched;
    private byte[] _excess = [];

    /// <summary>Largest size of a message to the browser, in bytes: it closes the pipe at 100 MiB.</summary>
    internal const int LargestMessage = 97 * 1024 * 1024;

    /// <summary>
    /// Largest size of a message from the browser, in bytes. A lossless 8K image has at most 169 MiB. The page decides how much
    /// it logs, and must not exhaust the machine's memory.
    /// </summary>
    internal const int LargestReceived = 512 * 1024 * 1024;

    /// <summary>Current size of the buffer in bytes.</summary>
    internal int Capacity => _buffer.Length;

    /// <summary>Largest size of a message from this browser, in bytes.</summary>
    internal int Largest => largest;

    /// <summary>Whether the browser closed its end, or helios gave it up.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>The reason for giving it up; empty otherwise.</summary>
    internal string Reason { get; private set; } = "";

    /// <summary>Sends a message, at once: each write wakes the browser.</summary>
    /// <param name="message">With the 0 at its end.</param>
    internal void Send(ReadOnlySpan<byte> message)
    {
        long start = Stopwatch.GetTimestamp();
        while (message.Length > 0 && !IsClosed)
        {
            try
            {
                int count = input.Write(message, 1000);
                if (count > 0)
                {
                    message = message[count..];
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
                IsClosed = true; // the caller that waits for the answer reports it
            }
        }
    }

    /// <summary>Beginning of a message that was too large to receive; the pipe is then closed. Empty if there was none.</summary>
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
