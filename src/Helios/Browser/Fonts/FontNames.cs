using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Helios.Browser.Fonts;

/// <summary>Reads the family names of TrueType and OpenType files, from their table <c>name</c>.</summary>
internal static class FontNames
{
    private const uint Collection = 0x74746366; // ttcf
    private const uint NameTable = 0x6e616d65; // name
    private const int MostFonts = 256; // of a collection
    private const int MostTables = 256;
    private const int LargestTable = 1 << 20;
    private const int RecordSize = 12;
    private const ushort Windows = 3, Unicode = 0, Macintosh = 1;

    /// <summary>All family names in the file, in every language; none when it is no such file.</summary>
    internal static IReadOnlyCollection<string> FamiliesOf(Stream file)
    {
        var families = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (uint start in StartsOf(file)) AddFamilies(file, start, families);
        }
        catch (EndOfStreamException)
        {
            // cut short: fontconfig does not use it either
        }

        return families;
    }

    /// <summary>Places of the fonts in a file: one, or those of a collection.</summary>
    internal static List<uint> StartsOf(Stream file)
    {
        byte[] head = Read(file, 0, RecordSize);
        if (BinaryPrimitives.ReadUInt32BigEndian(head) != Collection) return [0];
        int count = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(8)), MostFonts);
        byte[] offsets = Read(file, RecordSize, count * sizeof(uint));
        var starts = new List<uint>();
        for (int i = 0; i < count; i++) starts.Add(BinaryPrimitives.ReadUInt32BigEndian(offsets.AsSpan(i * sizeof(uint))));
        return starts;
    }

    private static void AddFamilies(Stream file, uint start, HashSet<string> families)
    {
        if (ReadTable(file, start, NameTable, LargestTable) is { } table) AddNames(table, families);
    }

    /// <summary>The bytes of a table; null when the font has none, or it is larger.</summary>
    internal static byte[]? ReadTable(Stream file, uint start, uint name, int largest)
    {
        int tables = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(Read(file, start + 4, sizeof(ushort))), (ushort)MostTables);
        byte[] directory = Read(file, start + RecordSize, tables * 16);
        for (int i = 0; i < tables; i++)
        {
            ReadOnlySpan<byte> entry = directory.AsSpan(i * 16, 16);
            uint length = BinaryPrimitives.ReadUInt32BigEndian(entry[12..]);
            if (BinaryPrimitives.ReadUInt32BigEndian(entry) == name && length <= largest)
                return Read(file, BinaryPrimitives.ReadUInt32BigEndian(entry[8..]), (int)length);
        }

        return null;
    }

    private static void AddNames(ReadOnlySpan<byte> table, HashSet<string> families)
    {
        if (table.Length < 6) return;
        int count = BinaryPrimitives.ReadUInt16BigEndian(table[2..]), texts = BinaryPrimitives.ReadUInt16BigEndian(table[4..]);
        for (int i = 0; i < count && 6 + ((i + 1) * RecordSize) <= table.Length; i++)
        {
            ReadOnlySpan<byte> record = table.Slice(6 + (i * RecordSize), RecordSize);
            ushort platform = BinaryPrimitives.ReadUInt16BigEndian(record), kind = BinaryPrimitives.ReadUInt16BigEndian(record[6..]);
            int length = BinaryPrimitives.ReadUInt16BigEndian(record[8..]);
            int start = texts + BinaryPrimitives.ReadUInt16BigEndian(record[10..]);
            bool isFamily = kind is 1 or 16 or 21; // family, typographic family, WWS family
            if (!isFamily || platform is not (Windows or Unicode or Macintosh) || start + length > table.Length) continue;
            Encoding encoding = platform == Macintosh ? Encoding.Latin1 : Encoding.BigEndianUnicode;
            string name = encoding.GetString(table.Slice(start, length)).Trim();
            if (name.Length > 0 && name.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0) families.Add(name);
        }
    }

    private static byte[] Read(Stream file, long offset, int count)
    {
        if (offset + count > file.Length) throw new EndOfStreamException();
        byte[] bytes = new byte[count];
        file.Position = offset;
        file.ReadExactly(bytes);
        return bytes;
    }
}
