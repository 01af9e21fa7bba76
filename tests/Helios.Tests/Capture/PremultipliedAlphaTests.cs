using System;
using System.Threading.Tasks;
using Helios.Capture;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Capture;

/// <summary>Premultiplied pixels against the formulas in floating point, for every alpha.</summary>
internal sealed class PremultipliedAlphaTests
{
    private const int Pixels = 256 * 17; // every alpha with colours enough

    [Test]
    [Arguments(0x204060u)]
    [Arguments(0x000000u)]
    [Arguments(0xFFFFFFu)]
    [Arguments(0xFF8000u)]
    public async Task A_colour_shines_through_as_much_as_alpha_lacks(uint background)
    {
        byte[] bgra = Premultiplied(Pixels + 3), blended = new byte[bgra.Length];
        byte[] colour = [(byte)background, (byte)(background >> 8), (byte)(background >> 16)];

        PremultipliedAlpha.Blend(bgra, background, blended);

        for (int i = 0; i < bgra.Length; i++)
        {
            double exact = i % 4 == 3 ? 255 : bgra[i] + (colour[i % 4] * (255 - bgra[i | 3]) / 255.0);
            if (Math.Abs(blended[i] - exact) >= 1) Assert.Fail($"byte {i}: {blended[i]}, not {exact}");
        }

        await Assert.That(PremultipliedAlpha.IsOpaque(blended)).IsTrue();
    }

    [Test]
    public async Task Colours_are_divided_by_alpha()
    {
        byte[] bgra = Premultiplied(Pixels), divided = new byte[bgra.Length];

        PremultipliedAlpha.Divide(bgra, divided);

        int wrong = 0;
        for (int i = 0; i < bgra.Length; i++)
        {
            double exact = i % 4 == 3 || bgra[i | 3] == 0 ? bgra[i] : bgra[i] * 255.0 / bgra[i | 3];
            if (Math.Abs(divided[i] - exact) > 0.5) wrong++;
        }

        await Assert.That(wrong).IsEqualTo(0);
    }

    [Test]
    [Arguments(0, 16)]
    [Arguments(7, 16)]
    [Arguments(15, 16)]
    [Arguments(16, 17)]
    [Arguments(2, 3)]
    public async Task One_pixel_is_enough_not_to_be_opaque(int pixel, int count)
    {
        byte[] bgra = new byte[count * 4];
        bgra.AsSpan().Fill(255);
        bool before = PremultipliedAlpha.IsOpaque(bgra);
        bgra[(pixel * 4) + 3] = 254;

        await Assert.That(before).IsTrue();
        await Assert.That(PremultipliedAlpha.IsOpaque(bgra)).IsFalse();
    }

    /// <summary>Colours that a canvas beyond the rules may hold, larger than alpha, stay what they are at most.</summary>
    [Test]
    public async Task Nothing_overflows()
    {
        byte[] bgra = [255, 255, 255, 1, 255, 200, 0, 128, 0, 0, 0, 0, 255, 255, 255, 255], blended = new byte[16], divided = new byte[16];

        PremultipliedAlpha.Blend(bgra, 0xFFFFFF, blended);
        PremultipliedAlpha.Divide(bgra, divided);

        await Assert.That(blended).IsEquivalentTo((byte[])[255, 255, 255, 255, 255, 255, 127, 255, 255, 255, 255, 255, 255, 255, 255, 255]);
        await Assert.That(divided).IsEquivalentTo((byte[])[255, 255, 255, 1, 255, 255, 0, 128, 0, 0, 0, 0, 255, 255, 255, 255]);
    }

    private static byte[] Premultiplied(int pixels)
    {
        var random = new Random(1);
        byte[] bgra = new byte[pixels * 4];
        for (int i = 0; i < bgra.Length; i += 4)
        {
            int alpha = i / 4 % 256;
            for (int j = i; j < i + 3; j++) bgra[j] = (byte)random.Next(alpha + 1);
            bgra[i + 3] = (byte)alpha;
        }

        return bgra;
    }
}
