using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using Helios.Jobs;
using Helios.Os.Files;

namespace Helios.Media;

/// <summary>
/// Checks both ends of an image file: its kind and size at the start, and that the end is there. A file that ffmpeg could not finish
/// lacks one of them.
/// </summary>
internal static class ImageFile
{
    private const string Cut = "it is cut off";

    /// <summary>Describes the fault of a file; null when it is correct.</summary>
    /// <param name="file">The file.</param>
    /// <param name="container">Its format, a sequence.</param>
    /// <param name="options">How it was made.</param>
    internal static string? Check(FileStream file, Container container, RenderOptions options)
    {
        int width = options.PixelWidth, height = options.PixelHeight;
        if (container == Container.Png) return PngFile.Check(file, width, height, options.PixelFormat.HasAlpha);
        var reader = new ByteReader(file);
        if (reader.Length == 0) return "it is empty";
        (int Width, int Height)? size;
        try
        {
            size = container == Container.Jpg ? ReadJpeg(reader) : container == Container.Webp ? ReadWebp(reader) : ReadAvif(reader);
        }
        catch (InvalidDataException error)
        {
            return error.Message;
        }

        if (size is not var (foundWidth, foundHeight)) return $"it is not a .{container} file";
        return foundWidth == width && foundHeight == height
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"it has {foundWidth}x{foundHeight} pixels, expected {width}x{height}");
    }

    /// <summary>Markers, ITU-T T.81 annex B: the frame header has the size, the last two bytes are the end of the image.</summary>
    private static (int Width, int Height)? ReadJpeg(ByteReader reader)
    {
        if (reader.ReadUInt(2) != 0xFFD8) return null;
        while (true)
        {
            int marker = (int)reader.ReadUInt(2);
            long next = reader.Position + (long)reader.ReadUInt(2);
            if (marker >> 8 != 0xFF) return null;
            if (marker is >= 0xFFC0 and <= 0xFFC2)
            {
                _ = reader.ReadByte();
                int height = (int)reader.ReadUInt(2), width = (int)reader.ReadUInt(2);
                reader.Position = reader.Length - 2;
                return reader.ReadUInt(2) == 0xFFD9 ? (width, height) : throw new InvalidDataException(Cut);
            }

            reader.Position = next;
        }
    }

    /// <summary>
    /// RIFF with its length, then VP8, VP8L or VP8X, <see href="https://developers.google.com/speed/webp/docs/riff_container"/>.
    /// </summary>
    private static (int Width, int Height)? ReadWebp(ByteReader reader)
    {
        if (!reader.ReadSpan(4).SequenceEqual("RIFF"u8)) return null;
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(reader.ReadSpan(4));
        if (!reader.ReadSpan(3).SequenceEqual("WEB"u8)) return null;
        _ = reader.ReadByte();
        if (length + 8 != reader.Length) throw new InvalidDataException(Cut);
        ReadOnlySpan<byte> head = reader.ReadSpan(18); // the chunk's name, its length, ten bytes of it
        int U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        if (head.StartsWith("VP8 "u8)) return (U16(head[14..]) & 0x3FFF, U16(head[16..]) & 0x3FFF);
        if (head.StartsWith("VP8L"u8))
        {
            uint bits = BinaryPrimitives.ReadUInt32LittleEndian(head[9..]);
            return ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
        }

        return head.StartsWith("VP8X"u8) ? (U16(head[12..]) + (head[14] << 16) + 1, U16(head[15..]) + (head[17] << 16) + 1) : null;
    }

    /// <summary>
    /// Boxes, ISO/IEC 14496-12 and 23008-12: the brand of a still, a description with its size (<c>meta</c>, <c>iprp</c>, <c>ipco</c>,
    /// <c>ispe</c>), and data that ends with the file.
    /// </summary>
    private static (int Width, int Height)? ReadAvif(ByteReader reader)
    {
        (int Width, int Height)? size = null;
        bool isStill = false, hasData = false;
        while (reader.Position < reader.Length)
        {
            long end = reader.Position + reader.ReadUInt32();
            ReadOnlySpan<byte> kind = reader.ReadSpan(4);
            bool isMeta = kind.SequenceEqual("meta"u8), isParent = kind.SequenceEqual("iprp"u8) || kind.SequenceEqual("ipco"u8);
            bool isSize = kind.SequenceEqual("ispe"u8), isBrand = kind.SequenceEqual("ftyp"u8);
            hasData |= kind.SequenceEqual("mdat"u8);
            if (end > reader.Length) throw new InvalidDataException(Cut);
            if (isBrand) isStill = reader.ReadSpan(4).SequenceEqual("avif"u8);
            if (isMeta || isSize) _ = reader.ReadUInt32(); // version and flags
            if (isSize) size = ((int)reader.ReadUInt32(), (int)reader.ReadUInt32());
            if (!isMeta && !isParent) reader.Position = Math.Max(end, reader.Position); // a box of no length would be read for ever
        }

        if (!isStill) return null;
        return hasData ? size : throw new InvalidDataException(Cut);
    }
}
