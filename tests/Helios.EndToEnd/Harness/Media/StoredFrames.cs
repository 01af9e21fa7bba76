using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace Helios.EndToEnd.Harness.Media;

/// <summary>
/// The frames of a chunk of ffv1 as they are stored in its mov file. Each is encoded by itself, so frames of equal bytes are equal
/// pictures, and nothing has to be decoded: starting ffmpeg for that costs more than many of the renders. ISO/IEC 14496-12.
/// </summary>
internal static class StoredFrames
{
    /// <summary>A digest of each frame, in order.</summary>
    /// <param name="file">A mov file with one track.</param>
    /// <exception cref="InvalidDataException">It is none, or not of ffv1, or it is cut off.</exception>
    internal static string[] Digests(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        ReadOnlySpan<byte> table = bytes;
        foreach (string name in (string[])["moov", "trak", "mdia", "minf", "stbl"]) table = Find(table, name);
        if (!Find(table, "stsd")[12..16].SequenceEqual("FFV1"u8)) throw new InvalidDataException($"{file}: not ffv1");

        int[] sizes = Sizes(Find(table, "stsz"));
        var digests = new List<string>();
        int[] chunks = Chunks(Find(table, "stco"));
        int[] counts = Counts(Find(table, "stsc"), chunks.Length);
        for (int chunk = 0; chunk < chunks.Length; chunk++)
        {
            int at = chunks[chunk];
            for (int i = 0; i < counts[chunk]; i++)
            {
                int size = sizes[digests.Count];
                digests.Add(Convert.ToHexString(SHA256.HashData(bytes.AsSpan(at, size))));
                at += size;
            }
        }

        return digests.Count == sizes.Length ? [.. digests] : throw new InvalidDataException($"{file}: its tables do not fit");
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> boxes, string name)
    {
        for (int at = 0; at + 8 <= boxes.Length;)
        {
            long size = BinaryPrimitives.ReadUInt32BigEndian(boxes[at..]);
            int header = size == 1 ? 16 : 8;
            if (size == 1) size = BinaryPrimitives.ReadInt64BigEndian(boxes[(at + 8)..]);
            ReadOnlySpan<byte> content = boxes[(at + header)..checked((int)(at + size))];
            if (Encoding.ASCII.GetString(boxes.Slice(at + 4, 4)) == name) return content;
            at += (int)size;
        }

        throw new InvalidDataException($"no box \"{name}\"");
    }

    private static int[] Sizes(ReadOnlySpan<byte> box)
    {
        int common = Number(box, 1);
        int[] sizes = new int[Number(box, 2)];
        for (int i = 0; i < sizes.Length; i++) sizes[i] = common > 0 ? common : Number(box, 3 + i);
        return sizes;
    }

    /// <summary>Where the chunks of the file begin.</summary>
    private static int[] Chunks(ReadOnlySpan<byte> box)
    {
        int[] chunks = new int[Number(box, 1)];
        for (int i = 0; i < chunks.Length; i++) chunks[i] = Number(box, 2 + i);
        return chunks;
    }

    /// <summary>How many frames each of them has. A row is its first chunk, counted from 1, its frames, and their description.</summary>
    private static int[] Counts(ReadOnlySpan<byte> box, int chunks)
    {
        int[] counts = new int[chunks];
        for (int row = 0; row < Number(box, 1); row++)
        {
            int first = Number(box, 2 + (row * 3)) - 1;
            Array.Fill(counts, Number(box, 3 + (row * 3)), first, chunks - first);
        }

        return counts;
    }

    /// <summary>A field of 32 bits; the first holds version and flags.</summary>
    private static int Number(ReadOnlySpan<byte> box, int field) => BinaryPrimitives.ReadInt32BigEndian(box[(4 * field)..]);
}
