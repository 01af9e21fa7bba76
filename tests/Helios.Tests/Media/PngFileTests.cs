using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.Adapters;
using Helios.Media;
using Helios.Tests.Support;

namespace Helios.Tests.Media;

/// <summary>Files made chunk by chunk (RFC 2083): pictures of 16x18.</summary>
internal sealed class PngFileTests
{
    private static readonly byte[] s_end = Boxes.Words(0, 0x49454E44, 0xAE426082);

    [Test]
    public async Task A_whole_file_of_the_right_kind_is_right()
    {
        await Assert.That(Check(Make(16, 18, 8, 2), hasAlpha: false)).IsNull();
        await Assert.That(Check(Make(16, 18, 8, 6), hasAlpha: true)).IsNull();
    }

    [Test]
    [Arguments(17u, 18u, 8, 2, "it has 17x18 pixels, expected 16x18", DisplayName = "too wide")]
    [Arguments(16u, 0u, 8, 2, "it has 16x0 pixels, expected 16x18", DisplayName = "no height")]
    [Arguments(16u, uint.MaxValue, 8, 2, "it has 16x4294967295 pixels, expected 16x18", DisplayName = "beyond all measure")]
    [Arguments(16u, 18u, 16, 2, "it is not RGB of 8 bits", DisplayName = "16 bits")]
    [Arguments(16u, 18u, 8, 3, "it is not RGB of 8 bits", DisplayName = "palette")]
    [Arguments(16u, 18u, 8, 6, "it is not RGB of 8 bits", DisplayName = "with transparency")]
    public async Task Another_picture_is_wrong(uint width, uint height, int depth, int kind, string wrong) =>
        await Assert.That(Check(Make(width, height, depth, kind), hasAlpha: false)).IsEqualTo(wrong);

    [Test]
    public async Task Without_transparency_is_wrong_where_it_is_asked_for() =>
        await Assert.That(Check(Make(16, 18, 8, 2), hasAlpha: true)).IsEqualTo("it is not RGBA of 8 bits");

    [Test]
    public async Task A_file_that_is_cut_off_anywhere_is_wrong()
    {
        byte[] whole = Make(16, 18, 8, 2);

        await Assert.That(Enumerable.Range(0, whole.Length).Where(length => Check(whole[..length], hasAlpha: false) is null)).IsEmpty();
        await Assert.That(Check([], hasAlpha: false)).IsEqualTo("it is empty");
        await Assert.That(Check(whole[..^1], hasAlpha: false)).IsEqualTo("it is cut off");
        await Assert.That(Check(whole[..30], hasAlpha: false)).IsEqualTo("it is cut off");
        await Assert.That(Check([.. whole, 0], hasAlpha: false)).IsEqualTo("it is cut off");
    }

    [Test]
    public async Task Other_files_are_wrong()
    {
        await Assert.That(Check("text"u8.ToArray(), hasAlpha: false)).IsEqualTo("it is not a PNG file");
        await Assert
            .That(Check([.. "GIF89a, and so much more that it could be a picture"u8, .. s_end], hasAlpha: false))
            .IsEqualTo("it is not a PNG file");
    }

    private static byte[] Make(uint width, uint height, int depth, int kind) =>
    [
        .. Boxes.Words(0x89504E47, 0x0D0A1A0A, 13, 0x49484452, width, height), (byte)depth, (byte)kind, 0, 0, 0, 1, 2, 3, 4,
        .. Boxes.Words(4, 0x49444154, 0, 0), .. s_end,
    ];

    private static string? Check(byte[] bytes, bool hasAlpha)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllBytes(folder["x.png"], bytes);
        using FileStream file = File.OpenRead(folder["x.png"]);
        return PngFile.Check(file, 16, 18, hasAlpha);
    }
}
