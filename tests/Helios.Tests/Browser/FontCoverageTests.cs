using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.Browser.Fonts;
using Helios.Ffmpeg;
using Helios.Ffmpeg.Probes;
using Helios.Os.Files;

namespace Helios.Tests.Browser;

internal sealed class FontCoverageTests
{
    private static readonly int[] s_wanted = ['A', 'Z', 0x6f22, 0x1f600];

    [Test]
    public async Task Segments_of_16_bits_tell_the_characters()
    {
        // A..M by an offset, up to U+FFFF nothing
        ushort[] map = [4, 32, 0, 4, 0, 0, 0, 'M', 0xffff, 0, 'A', 0xffff, 1, 1, 0, 0];

        await Assert.That(Read([.. map.SelectMany(Word)])).IsEqualTo("65");
    }

    [Test]
    public async Task Groups_of_32_bits_tell_the_characters()
    {
        uint[] groups = [2, 0x6f00, 0x6fff, 1, 0x1f600, 0x1f640, 300];

        await Assert.That(Read([.. Word(12), .. Word(0), .. Long(40), .. Long(0), .. groups.SelectMany(Long)])).IsEqualTo("28450 128512");
    }

    [Test]
    public async Task What_is_cut_short_has_none() =>
        await Assert.That(Read([.. Word(4), .. Word(32), .. Word(0), .. Word(400), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])).IsEqualTo("");

    [Test]
    public async Task Encoders_are_read_from_the_list()
    {
        var there = new HashSet<string>();
        foreach (
            string line in (string[])
                [
                    "Encoders:", " V..... = Video", " ------", " V....D libx264              libx264 H.264 (codec h264)",
                    " A....D aac                  AAC",
                ])
        {
            EncoderList.Add(line, there);
        }

        await Assert.That(there.Contains("libx264") && there.Contains("aac") && !there.Contains("libx265")).IsTrue();
    }

    [Test]
    [Arguments("/tmp/x", "ext4")]
    [Arguments("/mnt/with space/x", "nfs4")]
    [Arguments("/mnt/with spaces", "ext4")]
    [Arguments("/over", "overlay")]
    public async Task The_type_of_the_innermost_mount_counts(string directory, string type) =>
        await Assert
            .That(
                FileSystem.TypeOf(
                    directory,
                    [
                        "/dev/vda / ext4 rw 0 0", "server:/ /mnt/with\\040space nfs4 rw 0 0", "tmpfs /over tmpfs rw 0 0",
                        "x /over overlay rw 0 0", "odd",
                    ]))
            .IsEqualTo(type);

    /// <summary>A font with one table, which has one map.</summary>
    private static string Read(byte[] map)
    {
        byte[] table = [.. Word(0), .. Word(1), .. Word(3), .. Word(10), .. Long(12), .. map];
        byte[] font =
        [
            .. Long(0x00010000),
            .. Word(1),
            .. Word(0),
            .. Word(0),
            .. Word(0),
            .. Long(0x636d6170),
            .. Long(0),
            .. Long(28),
            .. Long((uint)table.Length),
            .. table,
        ];
        var found = new HashSet<int>();
        FontCoverage.Add(new MemoryStream(font), s_wanted, found);
        return string.Join(' ', found.Order());
    }

    private static byte[] Word(ushort value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Long(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
