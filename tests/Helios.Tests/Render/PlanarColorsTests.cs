using System;
using System.Threading.Tasks;
using Helios.Render;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Render;

/// <summary>RGBA to yuv420p against the formula of ITU-R BT.709 in floating point.</summary>
internal sealed class PlanarColorsTests
{
    [Test]
    [Arguments(0, 0, 0, 16, 128, 128, DisplayName = "black")]
    [Arguments(255, 255, 255, 235, 128, 128, DisplayName = "white")]
    [Arguments(128, 128, 128, 126, 128, 128, DisplayName = "grey")]
    [Arguments(255, 0, 0, 63, 102, 240, DisplayName = "red")]
    [Arguments(0, 255, 0, 173, 42, 26, DisplayName = "green")]
    [Arguments(0, 0, 255, 32, 240, 118, DisplayName = "blue")]
    public async Task A_plain_colour_has_the_values_of_the_standard(int red, int green, int blue, int luma, int cb, int cr)
    {
        byte[] planes = Convert(Fill(40, 4, (byte)red, (byte)green, (byte)blue), 40, 4);

        await Assert.That(planes.AsSpan(0, 160).IndexOfAnyExcept((byte)luma)).IsEqualTo(-1);
        await Assert.That(planes.AsSpan(160, 40).IndexOfAnyExcept((byte)cb)).IsEqualTo(-1);
        await Assert.That(planes.AsSpan(200, 40).IndexOfAnyExcept((byte)cr)).IsEqualTo(-1);
    }

    [Test]
    [Arguments(2, 2)]
    [Arguments(16, 2)]
    [Arguments(34, 4)]
    [Arguments(38, 6)]
    [Arguments(320, 180)]
    public async Task Every_value_is_within_one_level_of_the_formula(int width, int height)
    {
        byte[] rgba = new byte[width * height * 4];
        new Random(width).NextBytes(rgba);

        byte[] planes = Convert(rgba, width, height);

        await Assert.That(LargestError(rgba, planes, width, height)).IsLessThanOrEqualTo(1);
    }

    /// <summary>The wide path handles sixteen pixels at a time, the narrow one the rest: a picture of both has one result.</summary>
    [Test]
    public async Task The_place_in_a_row_does_not_matter()
    {
        byte[] narrow = new byte[8 * 2 * 4];
        new Random(1).NextBytes(narrow);
        byte[] wide = new byte[48 * 2 * 4];
        for (int y = 0; y < 2; y++)
            for (int copy = 0; copy < 6; copy++) narrow.AsSpan(y * 32, 32).CopyTo(wide.AsSpan((y * 192) + (copy * 32)));

        byte[] one = Convert(narrow, 8, 2), all = Convert(wide, 48, 2);

        for (int copy = 0; copy < 6; copy++)
        {
            await Assert.That(all.AsSpan(copy * 8, 8).SequenceEqual(one.AsSpan(0, 8))).IsTrue();
            await Assert.That(all.AsSpan(96 + (copy * 4) + 1, 3).SequenceEqual(one.AsSpan(17, 3))).IsTrue(); // the first has another neighbour
        }
    }

    [Test]
    [Arguments(3, 2)]
    [Arguments(2, 3)]
    public async Task Odd_sides_are_refused(int width, int height)
    {
        await Assert.That(() => PlanarColors.Convert(new byte[64], width, height, new byte[64])).Throws<ArgumentException>();
    }

    private static byte[] Convert(byte[] rgba, int width, int height)
    {
        byte[] planes = new byte[PlanarColors.SizeOf(width, height)];
        PlanarColors.Convert(rgba, width, height, planes);
        return planes;
    }

    private static byte[] Fill(int width, int height, byte red, byte green, byte blue)
    {
        byte[] rgba = new byte[width * height * 4];
        for (int i = 0; i < rgba.Length; i += 4) (rgba[i], rgba[i + 1], rgba[i + 2], rgba[i + 3]) = (red, green, blue, 255);
        return rgba;
    }

    private static double LargestError(byte[] rgba, byte[] planes, int width, int height)
    {
        double worst = 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                var (red, green, blue) = Pixel(rgba, width, x, y);
                worst = Math.Max(worst, Math.Abs(planes[(y * width) + x] - 16 - (219 * Luma(red, green, blue))));
            }
        }

        for (int y = 0; y < height; y += 2)
        {
            for (int x = 0; x < width; x += 2)
            {
                var (red, green, blue) = Filter(rgba, width, x, y);
                double luma = Luma(red, green, blue);
                int index = (y / 2 * (width / 2)) + (x / 2);
                worst = Math.Max(worst, Math.Abs(planes[(width * height) + index] - 128 - (224 * (blue - luma) / 1.8556)));
                worst = Math.Max(worst, Math.Abs(planes[(width * height * 5 / 4) + index] - 128 - (224 * (red - luma) / 1.5748)));
            }
        }

        return worst;
    }

    private static double Luma(double red, double green, double blue) => (0.2126 * red) + (0.7152 * green) + (0.0722 * blue);

    private static (double Red, double Green, double Blue) Filter(byte[] rgba, int width, int x, int y)
    {
        double red = 0, green = 0, blue = 0;
        for (int row = y; row < y + 2; row++)
        {
            for (int column = x - 1; column <= x + 1; column++)
            {
                var (r, g, b) = Pixel(rgba, width, Math.Max(0, column), row);
                double weight = column == x ? 0.25 : 0.125;
                (red, green, blue) = (red + (weight * r), green + (weight * g), blue + (weight * b));
            }
        }

        return (red, green, blue);
    }

    private static (double Red, double Green, double Blue) Pixel(byte[] rgba, int width, int x, int y)
    {
        int at = ((y * width) + x) * 4;
        return (rgba[at] / 255.0, rgba[at + 1] / 255.0, rgba[at + 2] / 255.0);
    }
}
