using System;
using System.Buffers.Binary;
using System.IO;

namespace Helios.Media;

/// <summary>
/// Reads big-endian numbers at any position of a file through a small buffer: tables of any length
/// in flat memory. Data between them is skipped without being read.
/// </summary>
/// <param name="file">Must be able to seek; its owner disposes it.</param>
internal sealed class ByteReader(FileStream file)
{
    private const int BufferSize = 16 * 1024;

    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly long _length = file.Length;
    private long _start; // of the buffer, in the file
    private int _filled;

    internal long Length => _length;

    /// <summary>Position of the next byte to read.</summary>
    internal long Position { get; set; }

    /// <exception cref="InvalidDataException">The file ends earlier.</exception>
    internal ulong ReadUInt(int bytes)
    {
        ReadOnlySpan<byte> span = ReadSpan(bytes);
        ulong value = 0;
        foreach (byte b in span) value = (value << 8) | b;
        return value;
    }

    internal byte ReadByte() => ReadSpan(1)[0];

    internal uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(ReadSpan(4));

    internal long ReadInt64() => BinaryPrimitives.ReadInt64BigEndian(ReadSpan(8));

    /// <summary>The next bytes, valid until the next call; at most 1024.</summary>
    /// <exception cref="InvalidDataException">The file ends earlier.</exception>
    internal ReadOnlySpan<byte> ReadSpan(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1024);
        if (Position < _start || Position > _start + _filled - count) Fill(count);
        ReadOnlySpan<byte> span = _buffer.AsSpan((int)(Position - _start), count);
        Position += count;
        return span;
    }

    private void Fill(int count)
    {
        if (Position < 0 || Position > _length - count) throw new InvalidDataException("it ends too early");
        _start = Position;
        _filled = 0;
        file.Position = _start;
        while (_filled < count)
        {
            int read = file.Read(_buffer.AsSpan(_filled));
            if (read == 0) throw new InvalidDataException("it ends too early");
            _filled += read;
        }
    }
}
