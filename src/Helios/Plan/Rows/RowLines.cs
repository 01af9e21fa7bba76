using System;
using System.Globalization;
using System.IO;
using System.Text.Unicode;
using Helios.Errors;

namespace Helios.Plan.Rows;

/// <summary>The lines of a text file in UTF-8, with or without a byte order mark, in flat memory.</summary>
/// <param name="stream">Read from its start; not disposed.</param>
/// <param name="name">Its name in messages.</param>
internal sealed class RowLines(Stream stream, string name)
{
    /// <summary>Longest line in bytes: props of 1 MiB, some of it escaped.</summary>
    internal const int LongestLine = 4 * 1024 * 1024;

    private const int BufferSize = 64 * 1024;
    private const string Large = "keep large data in a file that the composition fetches";

    private byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;
    private bool _isEnd;

    /// <summary>Number of the last line, from 1.</summary>
    internal long Line { get; private set; }

    /// <summary>Reads a line, without its end; it is valid until the next call.</summary>
    /// <exception cref="HeliosException">65: too long, or not UTF-8; 74: read error.</exception>
    internal bool TryRead(out ReadOnlyMemory<byte> line)
    {
        line = default;
        int searched = 0;
        while (true)
        {
            int index = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (index < 0 && !_isEnd)
            {
                searched = _end - _start;
                Fill();
                continue;
            }

            if (index < 0 && _start == _end) return false;
            int length = index < 0 ? _end - _start : searched + index;
            line = _buffer.AsMemory(_start, length);
            _start += index < 0 ? length : length + 1;
            Line++;
            if (Line == 1) line = TrimMark(line);
            if (line.Span is [.., (byte)'\r']) line = line[..^1];
            return Utf8.IsValid(line.Span) ? true : throw Fail("the row is not valid UTF-8", "save the file as UTF-8");
        }
    }

    /// <summary>An error in the current line.</summary>
    internal HeliosException Fail(string what, string fix) => Fail(Line, what, fix);

    internal HeliosException Fail(long line, string what, string fix) => new(ExitCode.Invalid, what, Where(line), fix);

    /// <summary>A line for a message.</summary>
    internal string Where(long line) => string.Create(CultureInfo.InvariantCulture, $"{name}, line {line}");

    private void Fill()
    {
        if (_end - _start > LongestLine)
        {
            Line++;
            throw Fail(string.Create(CultureInfo.InvariantCulture, $"the row is longer than {LongestLine / 1024 / 1024} MiB"), Large);
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        try
        {
            int read = stream.Read(_buffer.AsSpan(_end));
            _end += read;
            _isEnd = read == 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HeliosException(ExitCode.IoError, "the rows cannot be read: " + ErrorText.Reason(error), name,
                "check the disk, then run it again", error);
        }
    }

    /// <summary>Programs for tables write a mark, which is no part of the text.</summary>
    private ReadOnlyMemory<byte> TrimMark(ReadOnlyMemory<byte> line)
    {
        if (line.Span is [0xff, 0xfe, ..] or [0xfe, 0xff, ..]) throw Fail("the file is UTF-16", "save it as UTF-8");
        return line.Span is [0xef, 0xbb, 0xbf, ..] ? line[3..] : line;
    }
}
