using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Helios.Render;

/// <summary>
/// RGBA whose colours are multiplied with alpha, as canvases hold them. Whole numbers only, so that every machine gets the
/// same bytes.
/// </summary>
internal static class AlphaColors
{
    private const uint AlphaMask = 0xFF00_0000; // of a pixel as a little-endian number

    /// <summary>Whether nothing shines through any pixel.</summary>
    internal static bool IsOpaque(ReadOnlySpan<byte> rgba)
    {
        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(rgba);
        uint all = AlphaMask;
        while (pixels.Length >= 8)
        {
            // in pieces, so that one that is not opaque is found early
            ReadOnlySpan<uint> piece = pixels[..Math.Min(pixels.Length & ~7, 4096)];
            Vector128<uint> one = Vector128.Create(AlphaMask), two = one;
            for (int i = 0; i < piece.Length; i += 8)
            {
                one &= Vector128.Create(piece[i..]);
                two &= Vector128.Create(piece[(i + 4)..]);
            }

            if ((one & two) != Vector128.Create(AlphaMask)) return false;
            pixels = pixels[piece.Length..];
        }

        foreach (uint pixel in pixels) all &= pixel;
        return all == AlphaMask;
    }

    /// <summary>Lays pixels over a colour; alpha becomes 255.</summary>
    /// <param name="rgba">Pixels.</param>
    /// <param name="ground">0xRRGGBB.</param>
    /// <param name="blended">Receives as many.</param>
    internal static void Blend(ReadOnlySpan<byte> rgba, uint ground, Span<byte> blended)
    {
        int red = (int)(ground >> 16), green = (int)(ground >> 8) & 0xFF, blue = (int)ground & 0xFF;
        for (int i = 0; i + 4 <= rgba.Length; i += 4)
        {
            int rest = 255 - rgba[i + 3];
            blended[i] = Add(rgba[i], red, rest);
            blended[i + 1] = Add(rgba[i + 1], green, rest);
            blended[i + 2] = Add(rgba[i + 2], blue, rest);
            blended[i + 3] = 255;
        }
    }

    /// <summary>Undoes the multiplication.</summary>
    /// <param name="rgba">Pixels.</param>
    /// <param name="divided">Receives as many.</param>
    internal static void Divide(ReadOnlySpan<byte> rgba, Span<byte> divided)
    {
        for (int i = 0; i + 4 <= rgba.Length; i += 4)
        {
            int alpha = rgba[i + 3];
            if (alpha is 0 or 255)
            {
                rgba.Slice(i, 4).CopyTo(divided[i..]);
                continue;
            }

            for (int j = i; j < i + 3; j++) divided[j] = (byte)Math.Min(255, ((rgba[j] * 255) + (alpha / 2)) / alpha);
            divided[i + 3] = (byte)alpha;
        }
    }

    private static byte Add(byte colour, int ground, int rest)
    {
        int product = (ground * rest) + 128;
        return (byte)Math.Min(255, colour + ((product + (product >> 8)) >> 8)); // the product by 255, rounded
    }
}
