using System;
using System.Buffers.Binary;
using Helios.Jobs;

namespace Helios.Ffmpeg;

/// <summary>
/// Frames with their timestamps, as the encoder reads them: a Matroska stream. Unchanged frames are left out, so that ffmpeg
/// neither decodes nor scales the same image again. (IVF would be simpler, but has no key frame flag, and ffmpeg appends a PNG
/// that is no key frame to the one before.)
/// </summary>
internal sealed class MatroskaFrameStream
{
    private const int MaxHeaderSize = 320;
    private const int MaxFrameHeaderSize = 48;

    // RFC 8794 and 9559; sizes are written in eight bytes, marked by the first
    private const uint Ebml = 0x1A45DFA3, DocType = 0x4282, Segment = 0x18538067;
    private const uint Info = 0x1549A966, TimestampScale = 0x2AD7B1, Tracks = 0x1654AE6B, Track = 0xAE,
        TrackNumber = 0xD7, TrackUid = 0x73C5, TrackType = 0x83;
    private const uint DefaultDuration = 0x23E383, CodecId = 0x86, CodecPrivate = 0x63A2, VideoSettings = 0xE0,
        PixelWidth = 0xB0, PixelHeight = 0xBA;
    private const uint Cluster = 0x1F43B675, Timestamp = 0xE7, SimpleBlock = 0xA3;
    private const int SizeSize = 8;
    private const long Tick = 100_000; // ns: 0.1 ms

    private static readonly byte[] s_blockHeader = [0x81, 0, 0, 0x80]; // track 1, at the cluster's time, a key frame

    private readonly FrameRate _rate;
    private readonly byte[] _frameHeader = new byte[MaxFrameHeaderSize];

    /// <param name="options">The job's options.</param>
    /// <param name="format">Format of the frames.</param>
    internal MatroskaFrameStream(RenderOptions options, FrameFormat format)
    {
        _rate = options.FrameRate;
        (int width, int height) = format.IsRaw ? (format.Width, format.Height) : (options.PixelWidth, options.PixelHeight);
        var writer = new Writer(new byte[MaxHeaderSize]);
        int start = writer.Begin(Ebml);
        writer.Write(DocType, "matroska"u8);
        writer.End(start);
        _ = writer.Begin(Segment); // of unknown size
        start = writer.Begin(Info);
        writer.Write(TimestampScale, Tick);
        writer.End(start);
        start = writer.Begin(Tracks);
        int track = writer.Begin(Track);
        writer.Write(TrackNumber, 1);
        writer.Write(TrackUid, 1);
        writer.Write(TrackType, 1);
        writer.Write(DefaultDuration, (long)Math.Round(1000.0 * _rate.Denominator / _rate.Numerator * 1e6)); // the duration of the last one
        writer.Write(CodecId, "V_MS/VFW/FOURCC"u8);
        writer.Write(CodecPrivate, MakeBitmapHeader(width, height, format.Kind));
        int video = writer.Begin(VideoSettings);
        writer.Write(PixelWidth, width);
        writer.Write(PixelHeight, height);
        writer.End(video);
        writer.End(track);
        writer.End(start);
        Header = writer.Written.ToArray();
    }

    /// <summary>The header of the stream.</summary>
    internal byte[] Header { get; }

    /// <summary>The bytes before a frame; valid until the next call.</summary>
    /// <param name="size">Of the frame, bytes.</param>
    /// <param name="frame">Its number, from 0.</param>
    internal ReadOnlySpan<byte> MakeFrameHeader(int size, long frame)
    {
        var writer = new Writer(_frameHeader);
        int start = writer.Begin(Cluster);
        writer.Write(Timestamp, _rate.TicksOf(frame));
        int block = writer.Begin(SimpleBlock);
        writer.Write(s_blockHeader);
        writer.End(block, size);
        writer.End(start, size);
        return writer.Written;
    }

    private static byte[] MakeBitmapHeader(int width, int height, string kind)
    {
        byte[] header = new byte[40];
        BinaryPrimitives.WriteInt32LittleEndian(header, header.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), width);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), height);
        header[12] = 1; // plane
        header[14] = 24; // bits of a pixel
        TagOf(kind).CopyTo(header.AsSpan(16));
        return header;
    }

    private static ReadOnlySpan<byte> TagOf(string kind) => kind switch
    {
        "png" => "MPNG"u8,
        "yuv420p" => "I420"u8,
        "bgra" => "BGRA"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of frame"),
    };

    /// <summary>Writes elements, in sequence or nested.</summary>
    private ref struct Writer(Span<byte> buffer)
    {
        private readonly Span<byte> _buffer = buffer;
        private int _length;

        internal readonly ReadOnlySpan<byte> Written => _buffer[.._length];

        /// <summary>Begins an element of yet unknown size.</summary>
        /// <returns>Start of its content.</returns>
        internal int Begin(uint id)
        {
            for (int shift = 24; shift >= 0; shift -= 8)
                if (id >> shift != 0) _buffer[_length++] = (byte)(id >> shift);
            _buffer[_length] = 1;
            _buffer.Slice(_length + 1, SizeSize - 1).Fill(0xFF);
            _length += SizeSize;
            return _length;
        }

        /// <summary>Writes the size of an element.</summary>
        /// <param name="start">Start of its content.</param>
        /// <param name="more">Bytes that belong to it, too, and are written elsewhere.</param>
        internal readonly void End(int start, long more = 0) =>
            BinaryPrimitives.WriteInt64BigEndian(_buffer[(start - SizeSize)..], (1L << 56) | (_length - start + more));

        internal void Write(uint id, ReadOnlySpan<byte> value)
        {
            int start = Begin(id);
            Write(value);
            End(start);
        }

        internal void Write(uint id, long value)
        {
            int start = Begin(id);
            BinaryPrimitives.WriteInt64BigEndian(_buffer[_length..], value);
            _length += sizeof(long);
            End(start);
        }

        internal void Write(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_buffer[_length..]);
            _length += bytes.Length;
        }
    }
}
