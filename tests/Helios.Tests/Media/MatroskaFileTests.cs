using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Media;
using Helios.Tests.Support;

namespace Helios.Tests.Media;

/// <summary>Files made element by element (RFC 8794): pictures at 25 a second, in a scale of milliseconds.</summary>
internal sealed class MatroskaFileTests
{
    [Test]
    public async Task Elements_say_what_a_file_holds()
    {
        TrackFacts track = Read(Make([0, 40, 80, 120, 160])).Single();

        await Assert.That((track.Kind, track.Codec, track.Width, track.Height, track.Count)).IsEqualTo(("vide", "V_TEST", 16, 18, 5L));
        await Assert.That(track.TimingFault).IsNull();
    }

    [Test]
    public async Task Frames_may_come_in_any_order_but_each_once()
    {
        await Assert.That(Read(Make([0, 80, 40, 160, 120])).Single().TimingFault).IsNull();
        await Assert
            .That(Read(Make([0, 40, 40])).Single().TimingFault)
            .IsEqualTo("frame 2 in decoding order is at 40 ms, which is not its place");
        await Assert.That(Read(Make([0, 80])).Single().TimingFault).IsEqualTo("frame 1 is missing");
        await Assert
            .That(Read(Make([7, 47])).Single().TimingFault)
            .IsEqualTo("frame 0 in decoding order is at 7 ms, which is not its place");
    }

    [Test]
    public async Task What_is_no_Matroska_says_so()
    {
        await Assert.That(ErrorOf([])).IsEqualTo("it is not a Matroska file");
        await Assert.That(ErrorOf("text"u8.ToArray())).IsEqualTo("it is not a Matroska file");
        await Assert.That(ErrorOf(Make([0, 40])[..^2])).IsEqualTo("it is cut off or broken");
    }

    [Test]
    public async Task Whatever_is_in_a_file_it_is_read_or_called_broken()
    {
        byte[] whole = Make([0, 40, 80]);
        var random = new Random(1);
        for (int i = 0; i < 400; i++)
        {
            byte[] bytes = [.. whole];
            for (int changes = random.Next(1, 5); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            _ = ErrorOf(random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
        }

        await Assert.That(ErrorOf(whole)).IsEqualTo("");
    }

    private static byte[] Make(short[] times)
    {
        IEnumerable<byte> blocks = times.SelectMany(time => Element([0xA3], [0x81, (byte)(time >> 8), (byte)time, 0, 1, 2, 3]));
        return
        [
            .. Element([0x1A, 0x45, 0xDF, 0xA3], []),
            .. Element([0x18, 0x53, 0x80, 0x67],
            [
                .. Element([0x15, 0x49, 0xA9, 0x66], Element([0x2A, 0xD7, 0xB1], [0x0F, 0x42, 0x40])),
                .. Element([0x16, 0x54, 0xAE, 0x6B], Element([0xAE],
                [
                    .. Element([0xD7], [1]), .. Element([0x83], [1]), .. Element([0x86], Encoding.ASCII.GetBytes("V_TEST")),
                    .. Element([0xE0], [.. Element([0xB0], [16]), .. Element([0xBA], [18])]),
                ])),
                .. Element([0x1F, 0x43, 0xB6, 0x75], [.. Element([0xE7], [0]), .. blocks]),
            ]),
        ];
    }

    /// <summary>An element whose size has four bytes.</summary>
    private static byte[] Element(byte[] id, byte[] content) =>
        [.. id, 0x10, (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, .. content];

    private static string ErrorOf(byte[] bytes)
    {
        try
        {
            _ = Read(bytes);
            return "";
        }
        catch (InvalidDataException error)
        {
            return error.Message;
        }
    }

    private static IReadOnlyList<TrackFacts> Read(byte[] bytes)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllBytes(folder["x.mkv"], bytes);
        using FileStream file = File.OpenRead(folder["x.mkv"]);
        return MatroskaFile.Read(file, FrameRate.TryParse("25", out FrameRate rate) ? rate : default);
    }
}
