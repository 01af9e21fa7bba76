using System;
using System.Globalization;
using Helios.Jobs;

namespace Helios.Media;

/// <summary>
/// A player's buffer over the whole video: it fills at the maximum bit rate, and each frame is taken out at its time. Encoders simulate
/// only their own chunk; this proves that it holds over the joins, too. In integers: bits times the numerator of the frame rate.
/// </summary>
internal sealed class BufferCheck
{
    internal const string Fix = "plan the job with a larger --buffer-size or --max-bitrate, a worse quality or a lower --bitrate";

    private readonly string _subject;
    private readonly FrameRate _rate;
    private readonly long _size;
    private readonly long _perFrame;
    private long _fill;
    private long _frames;

    private BufferCheck(string subject, FrameRate rate, int maxBitrate, int size)
    {
        _subject = subject;
        _rate = rate;
        _size = (long)size * rate.Numerator;
        _perFrame = (long)maxBitrate * rate.Denominator;
        _fill = _size;
    }

    /// <summary>What is wrong; null so far.</summary>
    internal string? Fault { get; private set; }

    /// <param name="options">The job's options.</param>
    /// <param name="subject">What is checked, for messages.</param>
    /// <returns>Null for a job without a maximum bit rate.</returns>
    internal static BufferCheck? Of(RenderOptions options, string subject = "the video") =>
        options.Rate is { MaxBitrate: int most, BufferSize: int size } ? new BufferCheck(subject, options.FrameRate, most, size) : null;

    /// <param name="bytes">Of the next frame in decoding order.</param>
    internal void Add(uint bytes)
    {
        long bits = bytes * 8L * _rate.Numerator;
        if (bits > _fill && Fault is null)
        {
            Fault = string.Create(CultureInfo.InvariantCulture,
                $"{_subject} exceeds its maximum bit rate: frame {_frames} in decoding order has {bytes * 8L} bits, "
                + $"and the buffer holds {_fill / _rate.Numerator} then");
        }

        _frames++;
        _fill = Math.Min(_size, _fill - bits + _perFrame);
    }
}
