using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Helios.Jobs;
using Helios.Os.Files;

namespace Helios.Media;

/// <summary>
/// Reads from a GIF how many frames it holds and when each is shown: steps through its blocks
/// (GIF89a, sections 18 to 27) and skips their data.
/// </summary>
internal sealed class GifFile
{
    /// <summary>Time units per second.</summary>
    internal const int Scale = 100;

    internal const string Name = "GIF89a";

    private const byte Extension = 0x21;
    private const byte GraphicControl = 0xF9;
    private const byte Image = 0x2C;
    private const byte Trailer = 0x3B;

    private readonly ByteReader _reader;
    private readonly FrameRate _rate;
    private long _count;
    private long _time; // when the next frame is shown
    private int _delay; // of the next frame
    private string? _fault;

    private GifFile(ByteReader reader, FrameRate rate)
    {
        _reader = reader;
        _rate = rate;
    }

    /// <summary>Reads its frames as a video track.</summary>
    /// <param name="file">The file.</param>
    /// <param name="rate">The expected frame rate.</param>
    /// <exception cref="InvalidDataException">It is not a GIF, or it is cut off; the message says which.</exception>
    internal static IReadOnlyList<TrackFacts> Read(FileStream file, FrameRate rate) => [new GifFile(new ByteReader(file), rate).ReadAll()];

    private TrackFacts ReadAll()
    {
        if (_reader.Length < Name.Length || Encoding.ASCII.GetString(_reader.ReadSpan(Name.Length)) != Name)
            throw new InvalidDataException("it is not a GIF file");
        int width = ReadUInt16();
        int height = ReadUInt16();
        byte flags = _reader.ReadByte();
        _reader.Position += 2; // background, aspect
        SkipPalette(flags);
        for (byte block = _reader.ReadByte(); block != Trailer; block = _reader.ReadByte())
        {
            if (block == Extension) ReadExtension();
            else if (block == Image) ReadImage(width, height);
            else throw new InvalidDataException("it is broken");
        }

        if (_reader.Position != _reader.Length) throw new InvalidDataException("it has data past its end");
        CheckPlace("the end");
        return new TrackFacts
        {
            Kind = "vide",
            Codec = Name,
            Width = width,
            Height = height,
            TimeScale = Scale,
            Count = _count,
            Duration = _time,
            TimingFault = _fault
        };
    }

    private void ReadExtension()
    {
        if (_reader.ReadByte() == GraphicControl)
        {
            if (_reader.ReadUInt(2) >> 8 != 4) throw new InvalidDataException("it is broken"); // size, flags
            _delay = ReadUInt16();
            _reader.Position++; // the transparent colour
        }

        SkipBlocks();
    }

    private void ReadImage(int width, int height)
    {
        int left = ReadUInt16(), top = ReadUInt16();
        int right = left + ReadUInt16(), bottom = top + ReadUInt16();
        if (right > width || bottom > height)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"frame {_count} is larger than the screen"));
        SkipPalette(_reader.ReadByte());
        _reader.Position++; // code size
        SkipBlocks();
        CheckPlace(string.Create(CultureInfo.InvariantCulture, $"frame {_count}"));
        _count++;
        _time += _delay;
        _delay = 0; // the next frame has its own delay, or none
    }

    /// <summary>The next frame must be shown within a hundredth of a second of its time.</summary>
    private void CheckPlace(string name)
    {
        decimal off = ((decimal)_time * _rate.Numerator) - ((decimal)_count * Scale * _rate.Denominator);
        if (_fault is null && Math.Abs(off) > _rate.Numerator)
            _fault = string.Create(CultureInfo.InvariantCulture, $"{name} is at {_time}/{Scale} s, which is not its place");
    }

    private void SkipPalette(byte flags)
    {
        if ((flags & 0x80) != 0) _reader.Position += 3 << ((flags & 7) + 1);
    }

    private void SkipBlocks()
    {
        for (byte size = _reader.ReadByte(); size != 0; size = _reader.ReadByte()) _reader.Position += size;
    }

    private int ReadUInt16() => _reader.ReadByte() | (_reader.ReadByte() << 8);
}
