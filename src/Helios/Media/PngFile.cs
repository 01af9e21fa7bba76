using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using Helios.Os.Files;

namespace Helios.Media;

/// <summary>Checks both ends of a PNG file (RFC 2083, sections 3 and 4.1): a file that ffmpeg could not finish lacks one of them.</summary>
internal static class PngFile
{
    private const int HeaderSize = 26; // up to the colour type

    private static ReadOnlySpan<byte> Start =>
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];

    private static ReadOnlySpan<byte> End => [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    /// <summary>Size of an image by its first bytes; false when they are not those of a PNG file.</summary>
    internal static bool TryReadSize(ReadOnlySpan<byte> bytes, out int width, out int height)
    {
        width = height = 0;
        if (bytes.Length < HeaderSize || !bytes.StartsWith(Start)) return false;
        width = BinaryPrimitives.ReadInt32BigEndian(bytes[Start.Length..]);
        height = BinaryPrimitives.ReadInt32BigEndian(bytes[(Start.Length + sizeof(int))..]);
        return true;
    }

    /// <summary>Describes the fault of a file; null when it is correct.</summary>
    /// <param name="file">The file.</param>
    /// <param name="width">Expected width in pixels.</param>
    /// <param name="height">Expected height in pixels.</param>
    /// <param name="hasAlpha">Whether it must be RGBA of 8 bits, rather than RGB.</param>
    internal static string? Check(FileStream file, int width, int height, bool hasAlpha)
    {
        var reader = new ByteReader(file);
        if (reader.Length == 0) return "it is empty";
        if (reader.Length < Start.Length || !reader.ReadSpan(Start.Length).SequenceEqual(Start)) return "it is not a PNG file";
        if (reader.Length < HeaderSize + End.Length) return "it is cut off";
        uint foundWidth = reader.ReadUInt32(), foundHeight = reader.ReadUInt32();
        if (foundWidth != width || foundHeight != height)
            return string.Create(CultureInfo.InvariantCulture, $"it has {foundWidth}x{foundHeight} pixels, expected {width}x{height}");
        if (reader.ReadByte() != 8 || reader.ReadByte() != (hasAlpha ? 6 : 2)) return $"it is not {(hasAlpha ? "RGBA" : "RGB")} of 8 bits";
        reader.Position = reader.Length - End.Length;
        return reader.ReadSpan(End.Length).SequenceEqual(End) ? null : "it is cut off";
    }
}
