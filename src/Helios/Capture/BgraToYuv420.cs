using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Helios.Capture;

/// <summary>
/// BGRA to yuv420p: ITU-R BT.709, limited range, chroma sited as in h264 and h265 video (left, between two rows). Integer
/// arithmetic only, so that every machine produces the same bytes; each value is at most one level from the exact one. Done here
/// rather than in ffmpeg so that a repeated frame is converted once, and a third of the bytes goes through the pipe.
/// </summary>
internal static class BgraToYuv420
{
    // 15 fractional bits; luma sums to 219/255, chroma to 0, so that grey stays grey
    private const int LumaRed = 5983, LumaGreen = 20127, LumaBlue = 2032;
    private const int BlueRed = -3298, BlueGreen = -11094, BlueBlue = 14392;
    private const int RedRed = 14392, RedGreen = -13072, RedBlue = -1320;
    private const int LumaShift = 15, LumaBias = (16 << LumaShift) + (1 << (LumaShift - 1));

    // a chroma value is the sum of six pixels with weights 1 2 1 over two rows: 8 in all, three more bits
    private const int ChromaShift = 18, ChromaBias = (128 << ChromaShift) + (1 << (ChromaShift - 1));

    /// <summary>Bytes of a frame.</summary>
    internal static int SizeOf(int width, int height) => width * height * 3 / 2;

    /// <summary>Converts a frame; returns false at the first pixel that is not opaque.</summary>
    /// <param name="bgra">Four bytes a pixel.</param>
    /// <param name="width">Even.</param>
    /// <param name="height">Even.</param>
    /// <param name="planes">Receives Y, then U, then V, <see cref="SizeOf"/> bytes.</param>
    internal static bool TryConvert(ReadOnlySpan<byte> bgra, int width, int height, Span<byte> planes)
    {
        if (width % 2 != 0 || height % 2 != 0 || bgra.Length < width * height * 4 || planes.Length < SizeOf(width, height))
            throw new ArgumentException("sides must be even and buffers large enough", nameof(bgra));
        int chroma = width / 2;
        Span<byte> blue = planes.Slice(width * height, chroma * height / 2);
        Span<byte> red = planes.Slice(width * height * 5 / 4, chroma * height / 2);
        for (int y = 0; y < height; y += 2)
        {
            ReadOnlySpan<byte> upper = bgra.Slice(y * width * 4, width * 4);
            ReadOnlySpan<byte> lower = bgra.Slice((y + 1) * width * 4, width * 4);
            // cheapest here: the rows stay in the cache
            if (!PremultipliedAlpha.IsOpaque(bgra.Slice(y * width * 4, width * 8))) return false;
            ConvertLuma(upper, planes.Slice(y * width, width));
            ConvertLuma(lower, planes.Slice((y + 1) * width, width));
            ConvertChroma(upper, lower, blue.Slice(y / 2 * chroma, chroma), red.Slice(y / 2 * chroma, chroma));
        }

        return true;
    }

    private static void ConvertLuma(ReadOnlySpan<byte> row, Span<byte> luma)
    {
        int x = 0;
        if (Sse2.IsSupported)
        {
            Vector128<short> weights = Vector128.Create(LumaBlue, LumaGreen, LumaRed, 0, LumaBlue, LumaGreen, LumaRed, 0);
            Vector128<int> bias = Vector128.Create(LumaBias);
            for (; x + 16 <= luma.Length; x += 16)
            {
                ref byte pixels = ref MemoryMarshal.GetReference(row[(x * 4)..]);
                Vector128<short> first = Sse2.PackSignedSaturate(LumaOfFour(ref pixels, 0, weights, bias),
                    LumaOfFour(ref pixels, 16, weights, bias));
                Vector128<short> second = Sse2.PackSignedSaturate(LumaOfFour(ref pixels, 32, weights, bias),
                    LumaOfFour(ref pixels, 48, weights, bias));
                Sse2.PackUnsignedSaturate(first, second).CopyTo(luma[x..]);
            }
        }

        for (; x < luma.Length; x++)
        {
            ReadOnlySpan<byte> pixel = row.Slice(x * 4, 4);
            luma[x] = (byte)(((LumaBlue * pixel[0]) + (LumaGreen * pixel[1]) + (LumaRed * pixel[2]) + LumaBias) >> LumaShift);
        }
    }

    private static void ConvertChroma(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> blue, Span<byte> red)
    {
        int x = 0;
        if (Sse2.IsSupported && blue.Length > 16)
        {
            ConvertOne(upper, lower, blue, red, x++); // its left neighbour is itself
            Vector128<short> blueWeights = Vector128.Create(BlueBlue, BlueGreen, BlueRed, 0, BlueBlue, BlueGreen, BlueRed, 0);
            Vector128<short> redWeights = Vector128.Create(RedBlue, RedGreen, RedRed, 0, RedBlue, RedGreen, RedRed, 0);
            for (; x + 8 < blue.Length; x += 8) // reads three pixels more than it needs
            {
                ref byte above = ref MemoryMarshal.GetReference(upper[((x * 8) - 4)..]);
                ref byte below = ref MemoryMarshal.GetReference(lower[((x * 8) - 4)..]);
                Vector128<short> one = SumOfTwo(ref above, ref below, 0), two = SumOfTwo(ref above, ref below, 16);
                Vector128<short> three = SumOfTwo(ref above, ref below, 32), four = SumOfTwo(ref above, ref below, 48);
                Store(blue[x..], ChromaOfFour(one, two, blueWeights), ChromaOfFour(three, four, blueWeights));
                Store(red[x..], ChromaOfFour(one, two, redWeights), ChromaOfFour(three, four, redWeights));
            }
        }

        for (; x < blue.Length; x++) ConvertOne(upper, lower, blue, red, x);
    }

    private static void ConvertOne(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> blue, Span<byte> red, int x)
    {
        int sumBlue = Weigh(upper, x, 0) + Weigh(lower, x, 0);
        int sumGreen = Weigh(upper, x, 1) + Weigh(lower, x, 1);
        int sumRed = Weigh(upper, x, 2) + Weigh(lower, x, 2);
        blue[x] = (byte)(((BlueRed * sumRed) + (BlueGreen * sumGreen) + (BlueBlue * sumBlue) + ChromaBias) >> ChromaShift);
        red[x] = (byte)(((RedRed * sumRed) + (RedGreen * sumGreen) + (RedBlue * sumBlue) + ChromaBias) >> ChromaShift);
    }

    private static int Weigh(ReadOnlySpan<byte> row, int x, int channel)
    {
        int middle = x * 8;
        return row[Math.Max(0, middle - 4) + channel] + (2 * row[middle + channel]) + row[middle + 4 + channel];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> LumaOfFour(ref byte pixels, int offset, Vector128<short> weights, Vector128<int> bias)
    {
        Vector128<byte> four = Vector128.LoadUnsafe(ref pixels, (nuint)offset);
        return Sse2.ShiftRightArithmetic(
            Sse2.Add(Weigh(Sse2.UnpackLow(four, default).AsInt16(), Sse2.UnpackHigh(four, default).AsInt16(), weights), bias),
            LumaShift);
    }

    /// <summary>Weighted sums of four pixels of four channels each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Weigh(Vector128<short> low, Vector128<short> high, Vector128<short> weights)
    {
        Vector128<float> first = Sse2.MultiplyAddAdjacent(low, weights).AsSingle(); // blue and green, red, blue and green, red
        Vector128<float> second = Sse2.MultiplyAddAdjacent(high, weights).AsSingle();
        return Sse2.Add(Sse.Shuffle(first, second, 0b10_00_10_00).AsInt32(), Sse.Shuffle(first, second, 0b11_01_11_01).AsInt32());
    }

    /// <summary>Sums of two chroma samples: pixels p-1 + 2 p0 + p1 and p1 + 2 p2 + p3 of both rows, where p-1 is at the offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> SumOfTwo(ref byte above, ref byte below, int offset)
    {
        Vector128<byte> a = Vector128.LoadUnsafe(ref above, (nuint)offset), b = Vector128.LoadUnsafe(ref below, (nuint)offset);
        Vector128<short> left = Sse2.Add(Sse2.UnpackLow(a, default).AsInt16(), Sse2.UnpackLow(b, default).AsInt16()); // p-1 p0
        Vector128<short> right = Sse2.Add(Sse2.UnpackHigh(a, default).AsInt16(), Sse2.UnpackHigh(b, default).AsInt16()); // p1 p2
        Vector128<byte> c = Vector128.LoadUnsafe(ref above, (nuint)offset + 8), d = Vector128.LoadUnsafe(ref below, (nuint)offset + 8);
        Vector128<short> next = Sse2.Add(Sse2.UnpackHigh(c, default).AsInt16(), Sse2.UnpackHigh(d, default).AsInt16()); // p3 p4
        Vector128<short> sides = Sse2.Add(Sse2.UnpackLow(left.AsInt64(), right.AsInt64()).AsInt16(),
            Sse2.UnpackLow(right.AsInt64(), next.AsInt64()).AsInt16());
        Vector128<short> middle = Sse2.UnpackHigh(left.AsInt64(), right.AsInt64()).AsInt16();
        return Sse2.Add(sides, Sse2.Add(middle, middle));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> ChromaOfFour(Vector128<short> first, Vector128<short> second, Vector128<short> weights) =>
        Sse2.ShiftRightArithmetic(Sse2.Add(Weigh(first, second, weights), Vector128.Create(ChromaBias)), ChromaShift);

    private static void Store(Span<byte> plane, Vector128<int> first, Vector128<int> second)
    {
        Vector128<short> eight = Sse2.PackSignedSaturate(first, second);
        Sse2.PackUnsignedSaturate(eight, eight).GetLower().CopyTo(plane);
    }
}
