using System.IO;
using System.Text;
using Helios.Os.Files;

namespace Helios.Media;

/// <summary>A box of an mp4 or mov file: its payload is from <c>Start</c> to <c>End</c>.</summary>
internal readonly record struct MovieBox(uint Type, long Start, long End)
{
    internal bool Is(string name) => Type == (uint)((name[0] << 24) | (name[1] << 16) | (name[2] << 8) | name[3]);
}

/// <summary>Finds the boxes of an mp4 or mov file. ISO/IEC 14496-12.</summary>
/// <param name="reader">The file.</param>
internal sealed class MovieBoxes(ByteReader reader)
{
    internal const int MostTracks = 16;
    internal const int HeaderSize = 8;
    internal const int VisualEntrySize = 78; // of a VisualSampleEntry without its header; the decoder's settings follow

    /// <exception cref="InvalidDataException">There is none.</exception>
    internal MovieBox Require(MovieBox parent, string name) =>
        Find(parent, name) ?? throw new InvalidDataException($"it is broken: it has no {name} box");

    /// <summary>The first of that name in another; null when there is none.</summary>
    internal MovieBox? Find(MovieBox parent, string name)
    {
        for (long at = parent.Start; parent.End - at >= 8;)
        {
            MovieBox box = Read(at, parent.End);
            if (box.Is(name)) return box;
            at = box.End;
        }

        return null;
    }

    /// <summary>The box at a position, which ends before another.</summary>
    /// <param name="at">Its position.</param>
    /// <param name="end">Where what it is in ends.</param>
    /// <param name="broken">What is said of one that has no header.</param>
    /// <exception cref="InvalidDataException">It does not fit.</exception>
    internal MovieBox Read(long at, long end, string broken = "it is broken")
    {
        if (end - at < 8) throw new InvalidDataException(broken);
        reader.Position = at;
        long size = reader.ReadUInt32();
        uint type = reader.ReadUInt32();
        if (size == 1 && end - at >= 16) size = reader.ReadInt64();
        if (size == 0) size = end - at;
        if (size < reader.Position - at || size > end - at) throw new InvalidDataException(at == 0 ? broken : "it is cut off or broken");
        return new MovieBox(type, reader.Position, at + size);
    }

    /// <summary>Four characters.</summary>
    internal string ReadName() => Encoding.ASCII.GetString(reader.ReadSpan(4));
}
