using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.Media;
using Helios.Tests.Support;

namespace Helios.Tests.Media;

internal sealed class OpenGroupsTests
{
    private static readonly byte[] s_settings = [1, 0, 0, 0, 0xff]; // NAL units after lengths of 4 bytes
    private static readonly byte[] s_supplement = [0, 0, 0, 2, 0x06, 0];
    private static readonly byte[] s_idr = [0, 0, 0, 2, 0x65, 0];
    private static readonly byte[] s_other = [0, 0, 0, 2, 0x41, 0];

    // I P I B P, where B is shown before the second I
    private static readonly (uint, int)[] s_open = [(2, 1), (1, 2), (1, 0), (1, 1)];

    [Test]
    public async Task A_keyframe_of_an_open_group_is_no_longer_one()
    {
        Boxes film = Film(s_open, s_other, 1, 3);
        byte[] corrected = Correct(film.ToFile());

        await Assert.That(corrected).IsNotEquivalentTo(film.ToFile());
        await Assert.That(KeyframesOf(corrected)).IsEqualTo("1");
        await Assert.That(corrected.Length).IsEqualTo(film.ToFile().Length);
    }

    [Test]
    public async Task The_first_keyframe_stays_one_whatever_it_is() =>
        await Assert
            .That(KeyframesOf(Correct((Film(s_open, s_other, 1, 3) with { Chunks = Chunks(s_other, s_other) }).ToFile())))
            .IsEqualTo("1");

    [Test]
    public async Task What_the_browser_can_start_at_stays()
    {
        // an IDR frame after which a frame is shown earlier is none that an encoder makes, but it is one
        foreach (Boxes film in (Boxes[])[Film(s_open, s_idr, 1, 3), Film(null, s_other, 1, 3), Film([(5, 1)], s_other, 1, 3),
            Film(s_open, s_other, 1, 3) with { Keyframes = null }, Film(s_open, s_other, 1, 3) with { Codec = "hvc1" }])
        {
            await Assert.That(Correct(film.ToFile())).IsEquivalentTo(film.ToFile());
        }
    }

    [Test]
    public async Task A_track_that_is_broken_leaves_the_others_corrected()
    {
        byte[] film = Film(s_open, s_other, 1, 3).ToFile();
        int movie = film.AsSpan().IndexOf("moov"u8) - 4;
        byte[] broken = Boxes.Box("trak", Boxes.Box("mdia"));
        byte[] both = [.. film[..movie], .. Boxes.Box("moov", broken, film[(movie + 8)..]), 0, 0, 0];

        await Assert.That(KeyframesOf(Correct(both))).IsEqualTo("1");
    }

    [Test]
    [Arguments(ulong.MaxValue)]
    [Arguments((ulong)long.MaxValue - 1)]
    [Arguments(1UL << 40)]
    public async Task A_chunk_behind_the_end_of_the_file_is_broken(ulong offset)
    {
        byte[] film = (Film(s_open, s_other, 1, 3) with { LastOffset = offset }).ToFile();

        await Assert.That(Correct(film)).IsEquivalentTo(film);
    }

    [Test]
    public async Task More_frames_than_can_be_there_are_not_counted()
    {
        byte[] film = (Film([(uint.MaxValue, 1)], s_other, 1, 3) with { Times = [(uint.MaxValue, 1)] }).ToFile();
        int sizes = film.AsSpan().IndexOf("stsz"u8) + 8;
        BinaryPrimitives.WriteUInt32BigEndian(film.AsSpan(sizes), 6);
        BinaryPrimitives.WriteUInt32BigEndian(film.AsSpan(sizes + 4), uint.MaxValue);

        await Assert.That(Correct(film)).IsEquivalentTo(film);
    }

    [Test]
    public async Task Whatever_is_in_a_file_it_is_corrected_or_left()
    {
        byte[] whole = Film(s_open, s_other, 1, 3).ToFile();
        var random = new Random(1);
        for (int i = 0; i < 400; i++)
        {
            byte[] bytes = [.. whole];
            for (int changes = random.Next(1, 5); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0) bytes = bytes[..random.Next(bytes.Length)];
            await Assert.That(Correct(bytes).Length).IsEqualTo(bytes.Length);
        }
    }

    private static Boxes Film((uint, int)[]? offsets, byte[] second, params uint[] keyframes) => new()
    {
        Offsets = offsets,
        Settings = s_settings,
        Keyframes = keyframes,
        Chunks = Chunks(s_idr, second),
        Sizes = [12, 6, 12, 6, 6],
    };

    /// <summary>Chunks of 1, 3 and 1 frames.</summary>
    private static byte[][][] Chunks(byte[] first, byte[] second) =>
        [[[.. s_supplement, .. first]], [s_other, [.. s_supplement, .. second], s_other], [s_other]];

    private static byte[] Correct(byte[] bytes)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllBytes(folder["x.mp4"], bytes);
        using FileStream file = File.OpenRead(folder["x.mp4"]);
        byte[] corrected = [.. bytes];
        foreach (BytePatch patch in OpenGroups.Find(file)) patch.Bytes.CopyTo(corrected, (int)patch.Start);
        return corrected;
    }

    private static string KeyframesOf(byte[] file)
    {
        int at = file.AsSpan().IndexOf("stss"u8) + 8;
        int count = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
        IEnumerable<int> keyframes = Enumerable
            .Range(1, count)
            .Select(index => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 4 * index)));
        return string.Join(' ', keyframes);
    }
}
