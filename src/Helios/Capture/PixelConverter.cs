using System;

namespace Helios.Capture;

/// <summary>
/// Converts a slot's pixels to the encoder's format, on the thread that feeds the encoder, while <see cref="PixelCapture"/> lets
/// the page draw the next frame. The two share only the ring.
/// </summary>
/// <param name="ring">Where the pixels are.</param>
/// <param name="width">Pixels.</param>
/// <param name="height">Pixels.</param>
/// <param name="isPlanar">Whether the encoder gets yuv420p; otherwise bgra.</param>
/// <param name="isOpaque">Whether translucent pixels are an error.</param>
internal sealed class PixelConverter(FrameRing ring, int width, int height, bool isPlanar, bool isOpaque)
{
    private readonly byte[] _converted = new byte[isPlanar ? BgraToYuv420.SizeOf(width, height) : width * height * 4];
    private byte[]? _blended; // allocated on demand: most frames are opaque
    private uint _lastBackground;

    /// <summary>The encoder's input for a slot's pixels; empty when they equal the previous frame. Frees the slot.</summary>
    /// <param name="slot">Where they are.</param>
    /// <param name="sequence">Sequence number of the frame.</param>
    /// <param name="background">Background colour, 0xRRGGBB.</param>
    /// <param name="isAbandoned">Whether they are no longer wanted.</param>
    internal ReadOnlySpan<byte> Convert(int slot, uint sequence, uint background, Func<bool> isAbandoned)
    {
        ReadOnlySpan<byte> pixels = ring.Read(slot, sequence, width * height * 4, isAbandoned);
        bool isEqual = background == _lastBackground && pixels.SequenceEqual(ring.GetKept(pixels.Length));
        if (!isEqual) Convert(pixels, background);
        _lastBackground = background;
        ring.Keep(slot);
        return isEqual ? default : _converted;
    }

    /// <summary>Frees a slot whose pixels are not wanted.</summary>
    internal void Return(int slot) => ring.Return(slot);

    private void Convert(ReadOnlySpan<byte> pixels, uint background)
    {
        if (isPlanar)
        {
            if (BgraToYuv420.TryConvert(pixels, width, height, _converted)) return;
            _blended ??= new byte[pixels.Length];
            PremultipliedAlpha.Blend(pixels, background, _blended);
            _ = BgraToYuv420.TryConvert(_blended, width, height, _converted);
        }
        else if (PremultipliedAlpha.IsOpaque(pixels))
        {
            pixels.CopyTo(_converted);
        }
        else if (isOpaque)
        {
            PremultipliedAlpha.Blend(pixels, background, _converted);
        }
        else
        {
            PremultipliedAlpha.Divide(pixels, _converted);
        }
    }
}
