using System;
using System.Globalization;
using Helios.Text;
using Names = Helios.Jobs.Document.RenderOptionsMembers;

namespace Helios.Jobs.Encode;

/// <summary>
/// Limits of the encoded size, in bits. Each chunk has its own encoder, so what holds over the joins is decided here and proven by
/// the merge (docs/decisions/0015).
/// </summary>
/// <param name="Bitrate">Average of every chunk per second, instead of a constant quality; null for none.</param>
/// <param name="MaxBitrate">Rate at which a player's buffer fills; null for no limit.</param>
/// <param name="BufferSize">Size of that buffer; null without <paramref name="MaxBitrate"/>.</param>
internal sealed record RateControl(int? Bitrate, int? MaxBitrate, int? BufferSize)
{
    internal const int Least = 1000;
    internal const int Most = 2_000_000_000; // of x264

    internal const string Expected = "1k to 2000M bits, in whole kilobits, such as 800k or 4.5M";

    internal static readonly RateControl None = new(null, null, null);

    private const int Unit = 1000; // encoders count in kilobits
    private const int FewestFrames = 4; // encoders get half of the buffer, and enlarge one that holds less than a frame

    /// <summary>
    /// What an encoder gets of the buffer: the other half is for the joins. It begins half full, where encoders keep it under load,
    /// so that a chunk usually ends with as much as the next assumes.
    /// </summary>
    internal int EncoderBuffer => BufferSize!.Value / 2;

    /// <summary>Reads a number with an optional suffix: <c>800k</c>, <c>4.5M</c>, <c>4500000</c>.</summary>
    internal static bool TryParse(string text, out int bits)
    {
        bits = 0;
        int factor = text.EndsWith('k') ? 1000 : text.EndsWith('M') ? 1_000_000 : 1;
        ReadOnlySpan<char> number = factor == 1 ? text : text.AsSpan(0, text.Length - 1);
        if (!DecimalText.TryParse(number, maxPlaces: 6, out long digits, out int places) || digits > Most) return false;
        decimal value = DecimalText.ToDecimal(digits, places) * factor;
        if (!IsValid(value)) return false;
        bits = (int)value;
        return true;
    }

    internal static bool IsValid(decimal bits) => bits is >= Least and <= Most && bits % Unit == 0;

    /// <summary>The first broken rule, or null.</summary>
    internal Finding? Check(RenderOptions options)
    {
        VideoCodec codec = options.VideoCodec;
        if (Bitrate is not null && !codec.HasBitrate)
            return new(Names.Bitrate, $"{codec} has no bit rate", "leave it out, or choose another video codec");
        if (Bitrate is not null && options.Quality != 0)
            return new(Names.Quality, "a bit rate takes the place of the quality", "give one of them (in a job spec, quality 0)");
        if (MaxBitrate is null)
        {
            return BufferSize is null
                ? null
                : new(Names.BufferSize, "a buffer without a maximum bit rate limits nothing", "add the maximum bit rate, or leave it out");
        }

        if (!codec.HasMaxBitrate)
        {
            return new(Names.MaxBitrate, $"the encoder of {codec} does not hold a maximum bit rate",
                $"leave it out, or use {VideoCodec.H264} or {VideoCodec.H265}");
        }

        if (BufferSize is null)
            return new(Names.BufferSize, "a maximum bit rate needs a buffer size", "add it, such as the bits of a second");
        if (options.HasLosslessQuality)
            return new(Names.MaxBitrate, "quality 0 is lossless, whatever the bit rate", "give a quality above 0");
        if (Bitrate > MaxBitrate)
            return new(Names.MaxBitrate, $"the maximum bit rate {Number(MaxBitrate)} is below the bit rate {Number(Bitrate)}", "raise it");
        long least = SmallestBuffer(MaxBitrate.Value, options.FrameRate);
        if (least > Most)
        {
            return new(Names.MaxBitrate,
                $"{FewestFrames} frames at the maximum bit rate are more than the largest buffer holds, {Number(Most)} bits",
                "lower it, or raise the frame rate");
        }

        return BufferSize >= least
            ? null
            : new(Names.BufferSize, $"a buffer of {Number(BufferSize)} bits holds less than {FewestFrames} frames at the maximum bit rate",
                string.Create(CultureInfo.InvariantCulture, $"give at least {least / Unit}k"));
    }

    /// <summary>The bits of a second, and of no less than the fewest frames.</summary>
    internal static int DefaultBuffer(int maxBitrate, FrameRate rate) =>
        (int)Math.Min(Most, Math.Max(maxBitrate, SmallestBuffer(maxBitrate, rate)));

    /// <summary>In whole kilobits.</summary>
    private static long SmallestBuffer(int maxBitrate, FrameRate rate)
    {
        long bits = (long)maxBitrate * FewestFrames * rate.Denominator / rate.Numerator;
        return (bits + Unit - 1) / Unit * Unit;
    }

    private static string Number(int? value) => value!.Value.ToString(CultureInfo.InvariantCulture);
}
