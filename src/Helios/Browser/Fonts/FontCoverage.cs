using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;

namespace Helios.Browser.Fonts;

/// <summary>Which characters a TrueType or OpenType font has, from its table <c>cmap</c>, formats 4 and 12.</summary>
internal static class FontCoverage
{
    private const uint Table = 0x636d6170; // cmap
    private const int LargestTable = 4 << 20;
    private const int Segments = 4, Groups = 12; // formats

    /// <summary>Adds those of some characters that the font has; of a collection, its first font.</summary>
    /// <param name="file">The font.</param>
    /// <param name="wanted">Unicode code points.</param>
    /// <param name="found">Gets them.</param>
    internal static void Add(Stream file, ReadOnlySpan<int> wanted, HashSet<int> found)
    {
        try
        {
            if (FontNames.ReadTable(file, FontNames.StartsOf(file)[0], Table, LargestTable) is not { Length: >= 4 } table) return;
            int count = BinaryPrimitives.ReadUInt16BigEndian(table.AsSpan(2));
            for (int i = 0; i < count && 12 + (i * 8) <= table.Length; i++)
            {
                uint start = BinaryPrimitives.ReadUInt32BigEndian(table.AsSpan(8 + (i * 8)));
                if (start + 16 > table.Length) continue;
                ReadOnlySpan<byte> map = table.AsSpan((int)start);
                foreach (int character in wanted)
                    if (Has(map, character)) found.Add(character);
            }
        }
        catch (Exception error) when (error is EndOfStreamException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            // cut short, or nonsense
        }
    }

    private static bool Has(ReadOnlySpan<byte> map, int character) => BinaryPrimitives.ReadUInt16BigEndian(map) switch
    {
        Segments => character <= ushort.MaxValue && HasInSegments(map, character),
        Groups => HasInGroups(map, character),
        _ => false,
    };

    private static bool HasInSegments(ReadOnlySpan<byte> map, int character)
    {
        int count = BinaryPrimitives.ReadUInt16BigEndian(map[6..]) / 2;
        for (int i = 0; i < count; i++)
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(map[(14 + (i * 2))..]) < character) continue;
            int start = BinaryPrimitives.ReadUInt16BigEndian(map[(16 + ((count + i) * 2))..]);
            if (start > character) return false;
            int delta = BinaryPrimitives.ReadUInt16BigEndian(map[(16 + (((count * 2) + i) * 2))..]);
            int place = 16 + (((count * 3) + i) * 2);
            int offset = BinaryPrimitives.ReadUInt16BigEndian(map[place..]);
            return offset == 0
                ? ((character + delta) & ushort.MaxValue) != 0
                : BinaryPrimitives.ReadUInt16BigEndian(map[(place + offset + ((character - start) * 2))..]) != 0;
        }

        return false;
    }

    private static bool HasInGroups(ReadOnlySpan<byte> map, int character)
    {
        uint count = BinaryPrimitives.ReadUInt32BigEndian(map[12..]);
        for (int i = 0; i < count && 28 + (i * 12) <= map.Length; i++)
        {
            ReadOnlySpan<byte> group = map[(16 + (i * 12))..];
            if (character <= BinaryPrimitives.ReadUInt32BigEndian(group[4..]))
                return character >= BinaryPrimitives.ReadUInt32BigEndian(group);
        }

        return false;
    }
}
