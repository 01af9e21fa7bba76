using System.Linq;
using System.Threading.Tasks;

namespace Helios.EndToEnd.Harness.Media;

/// <summary>Numbers that a page shows as rows of cells, 20 bits of 16 by 10 pixels, the lowest at the left; white is 1.</summary>
internal static class Cells
{
    private const int Bits = 20;
    private const int Width = 16;
    private const int Height = 10;

    /// <summary>Numbers of every frame of a video, by the row.</summary>
    internal static async Task<int[][]> ReadAsync(string path, int rows)
    {
        byte[] pixels = await Video.DecodeAsync(path);
        int size = RenderPlace.Width * RenderPlace.Height * 3;
        return
        [
            .. Enumerable
                .Range(0, pixels.Length / size)
                .Select(frame => Enumerable.Range(0, rows).Select(row => Read(pixels, frame * size, row)).ToArray()),
        ];
    }

    private static int Read(byte[] pixels, int start, int row) => Enumerable.Range(0, Bits).Sum(bit =>
    {
        int pixel = (((row * Height) + (Height / 2)) * RenderPlace.Width) + (bit * Width) + (Width / 2);
        return pixels[start + (pixel * 3)] > 128 ? 1 << bit : 0;
    });
}
