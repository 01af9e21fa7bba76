using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Helios.Capture;

/// <summary>
/// BGRA with colours multiplied by alpha, as canvases hold them. Integers or single operations of IEEE 754, so that every machine
/// produces the same bytes.
/// </summary>
internal static class PremultipliedAlpha
{
    private const float Unit = 1f / 255;
    private const uint AlphaMask = 0xFF00_0000; // of a pixel as a little-endian number

    /// <summary>Whether every pixel is opaque.</summary>
    internal static bool IsOpaque(ReadOnlySpan<byte> bgra)
    {
        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(bgra);
        Vector128<uint> some = Vector128.Create(AlphaMask);
        int i = 0;
        for (; i + 8 <= pixels.Length; i += 8) some &= Vector128.Create(pixels[i..]) & Vector128.Create(pixels[(i + 4)..]);
        uint all = some[0] & some[1] & some[2] & some[3];
        for (; i < pixels.Length; i++) all &= pixels[i];
        return all == AlphaMask;
    }

    /// <summary>Blends pixels over a colour; alpha becomes 255.</summary>
    /// <param name="bgra">Pixels.</param>
    /// <param name="background">0xRRGGBB.</param>
    /// <param name="blended">Receives as many.</param>
    internal static void Blend(ReadOnlySpan<byte> bgra, uint background, Span<byte> blended)
    {
        uint colour = AlphaMask | background;
        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(bgra);
        Span<uint> results = MemoryMarshal.Cast<byte, uint>(blended);
        int i = 0;
        for (; i + 4 <= pixels.Length; i += 4) BlendFour(Vector128.Create(pixels[i..]), colour).CopyTo(results[i..]);
        for (; i < pixels.Length; i++) results[i] = BlendFour(Vector128.Create(pixels[i]), colour)[0];
    }

    /// <summary>
    /// Undoes the multiplication with the browser's own sequence of operations for a screenshot, so that halves round alike.
    /// </summary>
    /// <param name="bgra">Pixels.</param>
    /// <param name="divided">Receives as many.</param>
    internal static void Divide(ReadOnlySpan<byte> bgra, Span<byte> divided)
    {
        for (int i = 0; i + 4 <= bgra.Length; i += 4)
        {
            int alpha = bgra[i + 3];
            if (alpha is 0 or 255)
            {
                bgra.Slice(i, 4).CopyTo(divided[i..]);
                continue;
            }

            float scale = 1f / (alpha * Unit);
            for (int j = i; j < i + 3; j++) divided[j] = (byte)Math.Min(255f, MathF.Round(bgra[j] * Unit * scale * 255));
            divided[i + 3] = (byte)alpha;
        }
    }

    /// <summary>Adds the background's share to each channel: (256 - alpha) 256ths, rounded down, as in the browser's compositor.</summary>
    private static Vector128<uint> BlendFour(Vector128<uint> pixels, uint colour)
    {
        Vector128<uint> alpha = pixels >> 24;
        alpha |= alpha << 16;
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(~(alpha | (alpha << 8)).AsByte());
        Vector128<ushort> background = Vector128.WidenLower(Vector128.Create(colour).AsByte());
        low = ((low + Vector128<ushort>.One) * background) >> 8;
        high = ((high + Vector128<ushort>.One) * background) >> 8;
        return Vector128.AddSaturate(pixels.AsByte(), Vector128.Narrow(low, high)).AsUInt32();
    }
}
