using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Helios.Jobs;
using Helios.Os.Files;

namespace Helios.Media;

/// <summary>
/// Reads from an mkv or webm file how many frames it holds and when each is shown: steps through its elements (RFC 8794, RFC
/// 9559) and skips the data of blocks. Its times are milliseconds, so a frame may be off by the rounding.
/// </summary>
internal sealed class MatroskaFile
{
    private const uint FileHeader = 0x1A45DFA3;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const int VideoType = 1;
    private const int AudioType = 2;

    private readonly ByteReader _reader;
    private readonly FrameRate _rate;
    private readonly List<Track> _tracks = [];
    private long _timeScale = 1_000_000; // nanoseconds per unit, RFC 9559 5.1.2.9
    private long _clusterTime;
    private Track? _last; // of the block read last

    private MatroskaFile(ByteReader reader, FrameRate rate)
    {
        _reader = reader;
        _rate = rate;
    }

    /// <summary>All tracks of a file.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or it is cut off.</exception>
    internal static IReadOnlyList<TrackFacts> Read(FileStream file, FrameRate rate)
    {
        try
        {
            return new MatroskaFile(new ByteReader(file), rate).ReadAll();
        }
        catch (OverflowException)
        {
            throw new InvalidDataException("it is broken: a time in it is beyond all measure");
        }
    }

    private TrackFacts[] ReadAll()
    {
        if (_reader.Length < 4 || _reader.ReadUInt32() != FileHeader) throw new InvalidDataException("it is not a Matroska file");
        _reader.Position = 0;
        while (_reader.Position < _reader.Length)
        {
            uint id = (uint)ReadVariable(keepsMark: true);
            long size = ReadVariable(keepsMark: false);
            long start = _reader.Position;
            // segment, info, tracks, track, video, cluster, block group: their content comes next
            if (id is 0x18538067 or 0x1549A966 or 0x1654AE6B or 0xAE or 0xE0 or 0x1F43B675 or 0xA0)
            {
                if (id == 0xAE) _tracks.Add(new Track());
                continue;
            }

            if (size < 0 || start + size > _reader.Length) throw new InvalidDataException("it is cut off or broken");
            ReadElement(id, size);
            _reader.Position = start + size;
        }

        return _tracks.ConvertAll(ToFacts).ToArray();
    }

    private void ReadElement(uint id, long size)
    {
        Track? track = _tracks.Count > 0 ? _tracks[^1] : null;
        switch (id)
        {
            case 0x2AD7B1: _timeScale = Math.Max(1, ReadNumber(size)); break;
            case 0xE7: _clusterTime = ReadNumber(size); break;
            case 0xA3 or 0xA1: ReadBlock(size); break;
            case 0x75A1 when _last is not null: // additions of the block read last
                _last.Additions++;
                _last.Bytes += size;
                break;
            case 0x53C0 when track is not null: track.HasAlpha = ReadNumber(size) == 1; break;
            case 0xD7 when track is not null: track.Number = ReadNumber(size); break;
            case 0x83 when track is not null: track.Type = ReadNumber(size); break;
            case 0x86 when track is not null:
                track.Codec = Encoding.ASCII.GetString(_reader.ReadSpan((int)Math.Min(size, 100))).TrimEnd('\0');
                break;
            case 0xB0 when track is not null: track.Width = (int)ReadNumber(size); break;
            case 0xBA when track is not null: track.Height = (int)ReadNumber(size); break;
            case 0x56AA when track is not null: track.Delay = ReadNumber(size); break;
            case 0x75A2 when _last is not null: _last.Discard = ReadNumber(size); break;
            default: break;
        }
    }

    private void ReadBlock(long size)
    {
        long number = ReadVariable(keepsMark: false);
        long time = (_clusterTime + (short)_reader.ReadUInt(2)) * _timeScale;
        if (_tracks.Find(track => track.Number == number) is not { } track) return;
        _last = track;
        track.Bytes += size;
        track.Step = time - track.Last;
        track.Last = time;
        if (track.Count == 0) track.First = time;
        if (track.Type == VideoType && track.Fault is null) CheckPlace(track, time);
        track.Count++;
    }

    /// <summary>Rounding to milliseconds does not misplace a frame, provided that every frame exists exactly once.</summary>
    private void CheckPlace(Track track, long time)
    {
        long frame = (long)Math.Round((decimal)time * _rate.Numerator / ((decimal)NanosecondsPerSecond * _rate.Denominator));
        decimal place = (decimal)frame * _rate.Denominator * NanosecondsPerSecond / _rate.Numerator;
        if (Math.Abs(time - place) <= _timeScale && track.Tally.TryAdd(frame)) return;
        track.Fault = string.Create(
            CultureInfo.InvariantCulture, $"frame {track.Count} in decoding order is at {time / 1_000_000} ms, which is not its place");
    }

    private TrackFacts ToFacts(Track track) => new()
    {
        Kind = track.Type switch { VideoType => "vide", AudioType => "soun", _ => "" },
        Codec = track.Codec,
        Width = track.Width,
        Height = track.Height,
        TimeScale = NanosecondsPerSecond,
        Count = track.Count,
        AlphaCount = track.HasAlpha ? track.Additions : 0,
        Bytes = track.Bytes,
        Start = track.First,
        Duration = track.Last + track.Step - track.Delay - track.Discard,
        Tolerance = track.Step + (2 * _timeScale), // the last packet may be a short one
        TimingFault = track.Type != VideoType
            ? null
            : track.Fault ?? (track.Tally.IsDense
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"frame {track.Tally.Next} is missing")),
    };

    private long ReadNumber(long size) =>
        size is >= 0 and <= 8 ? (long)_reader.ReadUInt((int)size) : throw new InvalidDataException("it is broken: a number is too long");

    /// <summary>A number whose first bits give its length in bytes; an unknown size is -1.</summary>
    private long ReadVariable(bool keepsMark)
    {
        byte first = _reader.ReadByte();
        int length = 1;
        while (length <= 8 && (first & (0x80 >> (length - 1))) == 0) length++;
        if (length > 8) throw new InvalidDataException("it is broken");
        long value = keepsMark ? first : first & (0xFF >> length);
        bool isUnknown = !keepsMark && value == (0xFF >> length);
        for (int i = 1; i < length; i++)
        {
            byte next = _reader.ReadByte();
            isUnknown &= next == 0xFF;
            value = (value << 8) | next;
        }

        return isUnknown ? -1 : value;
    }

    private sealed class Track
    {
        internal long Number;
        internal long Type;
        internal string Codec = "";
        internal int Width;
        internal int Height;
        internal long Delay;
        internal long Discard;
        internal long First;
        internal long Last;
        internal long Step;
        internal long Count;
        internal long Bytes;
        internal long Additions;
        internal bool HasAlpha;
        internal string? Fault;
        internal FrameTally Tally;
    }
}
