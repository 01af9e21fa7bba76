using System;

namespace Helios.Ffmpeg.Probes;

/// <summary>
/// How much frames differ: the difference of the means of each block of 8x8 pixels in each colour, and of each square of 2x2 blocks. The
/// mean of a whole frame would hide a fault in one corner. Single pixels differ wherever an edge is smoothed in another way; in the mean of
/// a square these differences cancel out.
/// </summary>
internal sealed class FrameComparison(int block, int square)
{
    /// <summary>Side of a block in pixels.</summary>
    internal const int BlockSide = 8;

    private const int SquareBlocks = 4;

    /// <summary>The largest difference of a block, in levels of 255.</summary>
    internal int Block => block;

    /// <summary>The largest difference of a square, in levels of 255.</summary>
    internal int Square => square;

    /// <summary>Blocks in a row of a frame, and rows; the last of each may be smaller.</summary>
    internal static (int Width, int Height) BlocksOf(int width, int height) =>
        ((width + BlockSide - 1) / BlockSide, (height + BlockSide - 1) / BlockSide);

    /// <summary>Compares means of blocks, plane by plane.</summary>
    /// <param name="one">Planes of one row of blocks after the other.</param>
    /// <param name="other">As many.</param>
    /// <param name="blocks">Size of a plane.</param>
    /// <exception cref="ArgumentException">They are not as long as each other, or not whole planes.</exception>
    internal static FrameComparison Compare(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, (int Width, int Height) blocks)
    {
        int plane = blocks.Width * blocks.Height;
        if (one.Length != other.Length || one.Length % plane != 0)
            throw new ArgumentException("not the same number of frames of one size", nameof(other));

        int block = 0, square = 0;
        for (int i = 0; i < one.Length; i++)
        {
            block = Math.Max(block, Math.Abs(one[i] - other[i]));
            bool hasSquare = i % blocks.Width != blocks.Width - 1 && i % plane < plane - blocks.Width;
            if (!hasSquare) continue;
            int below = i + blocks.Width;
            int sum = one[i] + one[i + 1] + one[below] + one[below + 1] - other[i] - other[i + 1] - other[below] - other[below + 1];
            square = Math.Max(square, Math.Abs(sum) / SquareBlocks);
        }

        return new FrameComparison(block, square);
    }
}
