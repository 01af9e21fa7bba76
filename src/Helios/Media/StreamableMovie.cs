using System;
using System.Buffers.Binary;
using System.IO;

namespace Helios.Media;

/// <summary>
/// Reads a movie so that a pipe can carry it: its tables come before its frames, where an encoder writes them after. Frames and tables are
/// the same, but for the positions of the frames.
/// </summary>
internal static class StreamableMovie
{
    private const int HeaderSize = 8;
    private const int LongHeaderSize = 16;
    private const int LargestTables = 512 * 1024 * 1024;
    private const int CopySize = 256 * 1024;

    private static readonly string[] s_outer = ["moov", "trak", "mdia", "minf", "stbl"];

    /// <summary>Passes on all bytes of a file, in the order of a stream.</summary>
    /// <param name="file">A chunk file, whose digest and tables were checked.</param>
    /// <param name="write">Receives the bytes.</param>
    /// <exception cref="InvalidDataException">It is not a movie.</exception>
    internal static void Copy(FileStream file, Action<ReadOnlySpan<byte>> write)
    {
        long tables = -1, tablesSize = 0, start = -1;
        Span<byte> header = stackalloc byte[LongHeaderSize];
        for (long place = 0; place < file.Length;)
        {
            file.Position = place;
            int count = file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false);
            if (count < HeaderSize) throw new InvalidDataException("the file ends within a box");
            long size = SizeOf(header[..count], file.Length - place, out _);
            string name = NameOf(header);
            if (name == "mdat" && start < 0) start = tables < 0 ? place : -2; // -2: a stream already
            if (name == "moov") (tables, tablesSize) = (place, size);
            place += size;
        }

        if (tables < 0 || tablesSize > LargestTables) throw new InvalidDataException("the file has no tables");
        if (start == -2)
        {
            CopyRange(file, 0, file.Length, write);
            return;
        }

        byte[] bytes = new byte[tablesSize];
        file.Position = tables;
        file.ReadExactly(bytes);
        Move(bytes, tablesSize);
        CopyRange(file, 0, start, write);
        write(bytes);
        CopyRange(file, start, tables, write);
        CopyRange(file, tables + tablesSize, file.Length, write);
    }

    /// <summary>Adds to all positions in tables, in place.</summary>
    private static void Move(Span<byte> boxes, long distance)
    {
        while (boxes.Length >= HeaderSize)
        {
            long size = SizeOf(boxes, boxes.Length, out int headerSize);
            Span<byte> body = boxes[headerSize..(int)size];
            string name = NameOf(boxes);
            if (Array.IndexOf(s_outer, name) >= 0) Move(body, distance);
            else if (name is "stco" or "co64") MovePlaces(body, name == "stco" ? 4 : 8, distance);
            boxes = boxes[(int)size..];
        }
    }

    private static void MovePlaces(Span<byte> body, int width, long distance)
    {
        if (body.Length < HeaderSize) throw new InvalidDataException("a table of positions is too short");
        for (Span<byte> rest = body[HeaderSize..]; rest.Length >= width; rest = rest[width..])
        {
            if (width == 8)
            {
                BinaryPrimitives.WriteInt64BigEndian(rest, BinaryPrimitives.ReadInt64BigEndian(rest) + distance);
                continue;
            }

            long place = BinaryPrimitives.ReadUInt32BigEndian(rest) + distance;
            if (place > uint.MaxValue) throw new InvalidDataException("its frames end beyond 4 GiB, and its tables count to there");
            BinaryPrimitives.WriteUInt32BigEndian(rest, (uint)place);
        }
    }

    private static long SizeOf(ReadOnlySpan<byte> box, long most, out int headerSize)
    {
        headerSize = HeaderSize;
        long size = BinaryPrimitives.ReadUInt32BigEndian(box);
        if (size == 0) size = most; // to the end
        if (size == 1)
        {
            headerSize = LongHeaderSize;
            size = box.Length < LongHeaderSize ? 0 : BinaryPrimitives.ReadInt64BigEndian(box[HeaderSize..]);
        }

        return size >= headerSize && size <= most ? size : throw new InvalidDataException("the size of a box is wrong");
    }

    private static string NameOf(ReadOnlySpan<byte> box) => System.Text.Encoding.Latin1.GetString(box.Slice(4, 4));

    private static void CopyRange(FileStream file, long from, long to, Action<ReadOnlySpan<byte>> write)
    {
        byte[] buffer = new byte[CopySize];
        file.Position = from;
        for (long rest = to - from; rest > 0;)
        {
            int count = file.Read(buffer, 0, (int)Math.Min(rest, buffer.Length));
            if (count == 0) throw new InvalidDataException("the file became shorter");
            write(buffer.AsSpan(0, count));
            rest -= count;
        }
    }
}
