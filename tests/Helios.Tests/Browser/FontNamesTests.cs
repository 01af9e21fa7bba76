using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Helios.Browser.Fonts;

namespace Helios.Tests.Browser;

internal sealed class FontNamesTests
{
    [Test]
    public async Task Families_are_read_in_every_encoding() =>
        await Assert.That(FontNames.FamiliesOf(new MemoryStream(Font(
            (3, 1, Encoding.BigEndianUnicode.GetBytes("Grüße")), (3, 16, Encoding.BigEndianUnicode.GetBytes("Sans Display")),
            (1, 1, "Mac"u8.ToArray()), (3, 2, Encoding.BigEndianUnicode.GetBytes("Bold")), (7, 1, "x"u8.ToArray())))))
            .IsEquivalentTo(["Grüße", "Mac", "Sans Display"]);

    [Test]
    public async Task All_fonts_of_a_collection_are_read()
    {
        byte[] one = Font((3, 1, Encoding.BigEndianUnicode.GetBytes("One"))), two = Font((3, 1, Encoding.BigEndianUnicode.GetBytes("Two")));
        const int Head = 12 + (2 * 4);
        byte[] all =
        [
            .. "ttcf"u8,
            .. Number(0x10000),
            .. Number(2),
            .. Number(Head),
            .. Number(Head + one.Length),
            .. Shift(one, Head),
            .. Shift(two, Head + one.Length),
        ];

        await Assert.That(FontNames.FamiliesOf(new MemoryStream(all))).IsEquivalentTo(["One", "Two"]);
    }

    [Test]
    public async Task A_file_that_is_cut_short_anywhere_or_broken_has_the_names_that_can_be_read()
    {
        byte[] font = Font((3, 1, Encoding.BigEndianUnicode.GetBytes("Name")));
        var random = new Random(1);
        for (int length = 0; length < font.Length; length++)
        {
            await Assert.That(FontNames.FamiliesOf(new MemoryStream(font[..length]))).IsEmpty();
        }

        for (int i = 0; i < 2000; i++)
        {
            byte[] broken = [.. font];
            broken[random.Next(font.Length)] = (byte)random.Next(256);
            _ = FontNames.FamiliesOf(new MemoryStream(broken)); // does not throw
        }
    }

    private static byte[] Number(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Short(int value) => Number(value)[2..];

    private static byte[] Font(params (int Platform, int Kind, byte[] Text)[] names)
    {
        byte[] texts = [.. names.SelectMany(name => name.Text)];
        byte[] records = [];
        int start = 0;
        foreach (var (platform, kind, text) in names)
        {
            records = [.. records, .. Short(platform), .. Short(1), .. Short(0), .. Short(kind), .. Short(text.Length), .. Short(start)];
            start += text.Length;
        }

        byte[] table = [.. Short(0), .. Short(names.Length), .. Short(6 + records.Length), .. records, .. texts];
        return
        [
            .. Number(0x10000),
            .. Short(1),
            .. new byte[6],
            .. "name"u8,
            .. Number(0),
            .. Number(28),
            .. Number(table.Length),
            .. table,
        ];
    }

    /// <summary>In a collection, tables are found from its beginning.</summary>
    private static byte[] Shift(byte[] font, int by)
    {
        byte[] moved = [.. font];
        BinaryPrimitives.WriteInt32BigEndian(moved.AsSpan(20), 28 + by);
        return moved;
    }
}
