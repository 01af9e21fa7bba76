using System;
using System.Diagnostics;
using System.Globalization;
using Helios.Os;

namespace Helios.Render;

/// <summary>
/// The browser's --remote-debugging-pipe: JSON messages that end in NUL. One buffer serves all incoming messages; a
/// picture is decoded where it arrived.
/// </summary>
internal sealed class DevToolsPipe(PipeEnd input, PipeEnd output)
{
    private const int WriteTimeout = 30_000; // ms; the browser reads on a thread of its own, so it hangs if this passes

    private static readonly byte[] s_end = [0];

    private byte[] _buffer = new byte[1024 * 1024];
    private int _start;
    private int _filled;
    private int _searched;

    /// <summary>Bytes that a message may have: the browser closes the pipe at 100 MiB.</summary>
    internal const int LargestMessage = 97 * 1024 * 1024;

    /// <summary>Whether the browser has closed its end, or is given up.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>Why it was given up; empty while it was not.</summary>
    internal string Reason { get; private set; } = "";

    internal void Send(ReadOnlySpan<byte> message)
    {
        Write(message);
        Write(s_end);
    }

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
            MakeRoom();
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

    private void MakeRoom()
    {
        if (_start == _filled)
        {
            _start = _searched = _filled = 0;
        }
        else if (_filled == _buffer.Length && _start > 0)
        {
            _buffer.AsSpan(_start, _filled - _start).CopyTo(_buffer);
            _filled -= _start;
            _searched -= _start;
            _start = 0;
        }

        if (_filled == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
