using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.Media;
using Helios.Tests.Support;

namespace Helios.Tests.Media;

internal sealed class StreamableMovieTests
{
    private static readonly byte[][][] s_chunks =
    [
        ["aaaa"u8.ToArray(), "bbbb"u8.ToArray()],
        ["cccc"u8.ToArray(), "dddd"u8.ToArray(), "eeee"u8.ToArray()],
    ];

    [Test]
    [Arguments(false, DisplayName = "positions of 32 bits")]
    [Arguments(true, DisplayName = "positions of 64 bits")]
    public async Task Tables_come_first_and_say_where_the_frames_are(bool isLong)
    {
        var boxes = new Boxes { Chunks = s_chunks };
        byte[] file = (boxes with { LastOffset = isLong ? (ulong)IndexOf(boxes.ToFile(), "cccc"u8) : null }).ToFile();

        byte[] stream = Copy(file);

        await Assert.That(stream.Length).IsEqualTo(file.Length);
        await Assert.That(IndexOf(stream, "moov"u8)).IsLessThan(IndexOf(stream, "mdat"u8));
        int table = IndexOf(stream, isLong ? "co64"u8 : "stco"u8) + 12, width = isLong ? 8 : 4;
        for (int i = 0; i < 2; i++)
        {
            long place = isLong
                ? BinaryPrimitives.ReadInt64BigEndian(stream.AsSpan(table + (i * width)))
                : BinaryPrimitives.ReadUInt32BigEndian(stream.AsSpan(table + (i * width)));
            await Assert.That(stream.AsSpan((int)place, 4).SequenceEqual(s_chunks[i][0])).IsTrue();
        }
    }

    [Test]
    public async Task A_file_with_its_tables_in_front_stays_as_it_is()
    {
        byte[] file = new Boxes().ToFile();

        await Assert.That(Copy(file).AsSpan().SequenceEqual(file)).IsTrue();
    }

    [Test]
    [Arguments(0, 0)]
    [Arguments(0, 7)]
    [Arguments(0, 30)]
    [Arguments(20, 24)]
    public async Task What_is_no_movie_is_said(int from, int count)
    {
        byte[] file = new Boxes { Chunks = s_chunks }.ToFile();

        await Assert.That(() => Copy(file[from..(from + count)])).Throws<InvalidDataException>();
    }

    private static byte[] Copy(byte[] bytes)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllBytes(folder["x.mov"], bytes);
        var copy = new List<byte>();
        using FileStream file = File.OpenRead(folder["x.mov"]);
        StreamableMovie.Copy(file, part => copy.AddRange(part));
        return [.. copy];
    }

    private static int IndexOf(byte[] bytes, ReadOnlySpan<byte> text) => bytes.AsSpan().IndexOf(text);
}
