using System;
using System.Threading.Tasks;
using Helios.Capture;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Capture;

/// <summary>BGRA to yuv420p against the formula of ITU-R BT.709 in floating point.</summary>
internal sealed class BgraToYuv420Tests
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
        byte[] bgra = Noise(width, height, width);

        byte[] planes = Convert(bgra, width, height);

        await Assert.That(LargestError(bgra, planes, width, height)).IsLessThanOrEqualTo(1);
    }

    /// <summary>The wide path handles sixteen pixels at a time, the narrow one the rest: a picture of both has one result.</summary>
    [Test]
    public async Task The_place_in_a_row_does_not_matter()
    {
        byte[] narrow = Noise(8, 2, 1);
        byte[] wide = new byte[48 * 2 * 4];
        for (int y = 0; y < 2; y++)
            for (int copy = 0; copy < 6; copy++) narrow.AsSpan(y * 32, 32).CopyTo(wide.AsSpan((y * 192) + (copy * 32)));

        byte[] one = Convert(narrow, 8, 2), all = Convert(wide, 48, 2);

        for (int copy = 0; copy < 6; copy++)
        {
            await Assert.That(all.AsSpan(copy * 8, 8).SequenceEqual(one.AsSpan(0, 8))).IsTrue();
            // the first has another neighbour
            await Assert.That(all.AsSpan(96 + (copy * 4) + 1, 3).SequenceEqual(one.AsSpan(17, 3))).IsTrue();
        }
    }

    [Test]
    [Arguments(3, 2)]
    [Arguments(2, 3)]
    public async Task Odd_sides_are_refused(int width, int height)
    {
        await Assert.That(() => BgraToYuv420.TryConvert(new byte[64], width, height, new byte[64])).Throws<ArgumentException>();
    }

    [Test]
    [Arguments(0)]
    [Arguments((48 * 4) - 1)]
    public async Task What_is_not_opaque_is_not_converted(int pixel)
    {
        byte[] bgra = Noise(48, 4, 1);
        bgra[(pixel * 4) + 3] = 254;

        await Assert.That(BgraToYuv420.TryConvert(bgra, 48, 4, new byte[BgraToYuv420.SizeOf(48, 4)])).IsFalse();
    }

    private static byte[] Noise(int width, int height, int seed)
    {
        byte[] bgra = new byte[width * height * 4];
        new Random(seed).NextBytes(bgra);
        for (int i = 3; i < bgra.Length; i += 4) bgra[i] = 255;
        return bgra;
    }

    private static byte[] Convert(byte[] bgra, int width, int height)
    {
        byte[] planes = new byte[BgraToYuv420.SizeOf(width, height)];
        if (!BgraToYuv420.TryConvert(bgra, width, height, planes)) throw new ArgumentException("not opaque", nameof(bgra));
        return planes;
    }

    private static byte[] Fill(int width, int height, byte red, byte green, byte blue)
    {
        byte[] bgra = new byte[width * height * 4];
        for (int i = 0; i < bgra.Length; i += 4) (bgra[i], bgra[i + 1], bgra[i + 2], bgra[i + 3]) = (blue, green, red, 255);
        return bgra;
    }

    private static double LargestError(byte[] bgra, byte[] planes, int width, int height)
    {
        double worst = 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                var (red, green, blue) = Pixel(bgra, width, x, y);
                worst = Math.Max(worst, Math.Abs(planes[(y * width) + x] - 16 - (219 * Luma(red, green, blue))));
            }
        }

        for (int y = 0; y < height; y += 2)
        {
            for (int x = 0; x < width; x += 2)
            {
                var (red, green, blue) = Filter(bgra, width, x, y);
                double luma = Luma(red, green, blue);
                int index = (y / 2 * (width / 2)) + (x / 2);
                worst = Math.Max(worst, Math.Abs(planes[(width * height) + index] - 128 - (224 * (blue - luma) / 1.8556)));
                worst = Math.Max(worst, Math.Abs(planes[(width * height * 5 / 4) + index] - 128 - (224 * (red - luma) / 1.5748)));
            }
        }

        return worst;
    }

    private static double Luma(double red, double green, double blue) => (0.2126 * red) + (0.7152 * green) + (0.0722 * blue);

    private static (double Red, double Green, double Blue) Filter(byte[] bgra, int width, int x, int y)
    {
        double red = 0, green = 0, blue = 0;
        for (int row = y; row < y + 2; row++)
        {
            for (int column = x - 1; column <= x + 1; column++)
            {
                var (r, g, b) = Pixel(bgra, width, Math.Max(0, column), row);
                double weight = column == x ? 0.25 : 0.125;
                (red, green, blue) = (red + (weight * r), green + (weight * g), blue + (weight * b));
            }
        }

        return (red, green, blue);
    }

    private static (double Red, double Green, double Blue) Pixel(byte[] bgra, int width, int x, int y)
    {
        int at = ((y * width) + x) * 4;
        return (bgra[at + 2] / 255.0, bgra[at + 1] / 255.0, bgra[at] / 255.0);
    }
}
