using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Helios.Adapters;

namespace Helios.Tests.Support;

/// <summary>A small mp4 file made box by box (ISO/IEC 14496-12): 5 frames of 16x18 at 25 a second in one track.</summary>
internal sealed record Boxes
{
    internal uint Scale { get; init; } = 25;

    internal uint MovieScale { get; init; } = 25;

    /// <summary>Runs of decoding times: count, length.</summary>
    internal (uint Count, uint Length)[] Times { get; init; } = [(5, 1)];

    /// <summary>Runs of what is added to them.</summary>
    internal (uint Count, int Offset)[]? Offsets { get; init; }

    /// <summary>Edits: length in the movie's units, start on the track; those of version 1 have 64 bits.</summary>
    internal (long Length, long Start)[]? Edits { get; init; }

    internal uint[] Sizes { get; init; } = [4, 4, 4, 4, 4];

    internal byte[] Settings { get; init; } = [1, 2, 3];

    internal string Kind { get; init; } = "vide";

    internal string Codec { get; init; } = "avc1";

    /// <summary>Numbers of the frames in the table of keyframes, from 1; no table when null.</summary>
    internal uint[]? Keyframes { get; init; }

    /// <summary>The bytes of the frames, in chunks, in front of the tables; sizes only when null.</summary>
    internal byte[][][]? Chunks { get; init; }

    /// <summary>Where the second chunk is said to be, in a table of 64-bit offsets; its true place in one of 32 bits when null.</summary>
    internal ulong? LastOffset { get; init; }

    private static readonly byte[] s_type = Box("ftyp", "isom"u8.ToArray());

    internal byte[] ToFile()
    {
        byte[] tables = Box("moov", Box("mvhd", Words(0, 0, 0, MovieScale, 0)), Box("trak", MakeEdits(), MakeMedia()));
        return Chunks is null
            ? [.. s_type, .. tables, .. Box("mdat", new byte[Sizes.Sum(size => size)])]
            : [.. s_type, .. Box("mdat", Chunks.SelectMany(chunk => chunk).ToArray()), .. tables];
    }

    internal static byte[] Box(string name, params byte[][] parts)
    {
        int length = 8 + parts.Sum(part => part.Length);
        return [.. Words((uint)length), .. Encoding.ASCII.GetBytes(name), .. parts.SelectMany(part => part)];
    }

    internal static byte[] Words(params uint[] values)
    {
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), values[i]);
        return bytes;
    }

    private static byte[] Long(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    private byte[] MakeEdits()
    {
        if (Edits is null) return [];
        IEnumerable<byte> list = Edits.SelectMany(edit => (byte[])[.. Long(edit.Length), .. Long(edit.Start), .. Words(0x10000)]);
        return Box("edts", Box("elst", Words(0x01000000, (uint)Edits.Length), [.. list]));
    }

    private byte[] MakeMedia()
    {
        byte[] entry = new byte[78]; // of a VisualSampleEntry behind its header
        (entry[25], entry[27]) = (16, 18);
        return Box("mdia",
            Box("mdhd", Words(0, 0, 0, Scale, 0)),
            Box("hdlr", Words(0, 0), Encoding.ASCII.GetBytes(Kind)),
            Box(
                "minf",
                Box(
                    "stbl",
                    Box("stsd", Words(0, 1), Box(Codec, entry, Box("avcC", Settings), Box("btrt", Words(1, 2, 3)))),
                    Box("stts", Words([0, (uint)Times.Length, .. Times.SelectMany(run => (uint[])[run.Count, run.Length])])),
                    Offsets is null
                        ? []
                        : Box(
                            "ctts",
                            Words([0, (uint)Offsets.Length, .. Offsets.SelectMany(run => (uint[])[run.Count, (uint)run.Offset])])),
                    Keyframes is null ? [] : Box("stss", Words([0, (uint)Keyframes.Length, .. Keyframes])),
                    MakeChunks(),
                    Box("stsz", Words([0, 0, (uint)Sizes.Length, .. Sizes])))));
    }

    private byte[] MakeChunks()
    {
        if (Chunks is null) return [];
        var offsets = new List<uint>();
        uint at = (uint)s_type.Length + 8;
        foreach (byte[][] chunk in Chunks)
        {
            offsets.Add(at);
            at += (uint)chunk.Sum(frame => frame.Length);
        }

        IEnumerable<uint> runs = Chunks.SelectMany((chunk, index) => (uint[])[(uint)index + 1, (uint)chunk.Length, 1]);
        byte[] map = Box("stsc", Words([0, (uint)Chunks.Length, .. runs]));
        if (LastOffset is ulong last)
        {
            IEnumerable<byte> longs = offsets.SelectMany((offset, index) => Long(index == 1 ? (long)last : offset));
            return [.. map, .. Box("co64", Words(0, (uint)offsets.Count), [.. longs])];
        }

        return [.. map, .. Box("stco", Words([0, (uint)offsets.Count, .. offsets]))];
    }
}
