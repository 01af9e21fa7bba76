using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Media;
using Helios.Tests.Support;

namespace Helios.Tests.Media;

/// <summary>Files made block by block (GIF89a): pictures of 16x18 at 30 a second.</summary>
internal sealed class GifFileTests
{
    private static readonly byte[] s_loop = [0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0];

    [Test]
    public async Task Blocks_say_what_a_file_holds()
    {
        TrackFacts track = Read(Make([3, 4, 3]));

        await Assert
            .That((track.Kind, track.Codec, track.Width, track.Height, track.Count, track.Duration, track.TimeScale))
            .IsEqualTo(("vide", "GIF89a", 16, 18, 3L, 10L, 100L));
        await Assert.That(track.TimingFault).IsNull();
    }

    [Test]
    [Arguments(new[] { 3, 4, 3, 3, 4, 3 }, null, DisplayName = "to the nearest hundredth")]
    [Arguments(new[] { 3, 3, 4 }, null, DisplayName = "rounded down")]
    [Arguments(new[] { 4, 3, 3 }, null, DisplayName = "rounded up")]
    [Arguments(new[] { 3 }, null, DisplayName = "one frame")]
    [Arguments(new[] { 3, 4, 5 }, "the end is at 12/100 s, which is not its place", DisplayName = "the end too late")]
    [Arguments(new[] { 3, 3, 3, 3 }, "the end is at 12/100 s, which is not its place", DisplayName = "the end too early")]
    [Arguments(new[] { 3, 4, 7, 3 }, "frame 3 is at 14/100 s, which is not its place", DisplayName = "a frame too late")]
    [Arguments(new[] { 3, 0, 3, 3 }, "frame 2 is at 3/100 s, which is not its place", DisplayName = "a frame without delay")]
    [Arguments(new[] { 65_535, 3 }, "frame 1 is at 65535/100 s, which is not its place", DisplayName = "the longest delay")]
    public async Task A_frame_is_at_most_a_hundredth_of_a_second_off_its_place(int[] delays, string? fault) =>
        await Assert.That(Read(Make(delays)).TimingFault).IsEqualTo(fault);

    [Test]
    public async Task A_delay_is_that_of_the_next_picture_only()
    {
        byte[] file = [.. Head, .. Control(3), .. Picture(), .. Picture(), 0x3B];

        await Assert.That(Read(file).Duration).IsEqualTo(3);
    }

    [Test]
    public async Task Palettes_comments_and_empty_pictures_are_walked_over()
    {
        byte[] local = [0x2C, 1, 0, 2, 0, 15, 0, 16, 0, 0x81, .. new byte[12], 2, 255, .. new byte[255], 1, 0x3B, 0];
        byte[] file =
        [
            .. "GIF89a"u8,
            16, 0, 18, 0, 0, 0, 0, .. s_loop,
            0x21,
            0xFE,
            3,
            .. ";!,"u8,
            0,
            .. Control(3),
            .. local,
            .. Control(4),
            0x2C,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0,
            0x3B,
        ];

        TrackFacts track = Read(file);

        await Assert.That((track.Count, track.Duration, track.TimingFault)).IsEqualTo((2L, 7L, (string?)null));
    }

    [Test]
    public async Task A_file_that_is_cut_off_anywhere_is_no_file()
    {
        byte[] whole = Make([3, 4, 3]);

        await Assert.That(Enumerable.Range(0, whole.Length).Where(length => ErrorOf(whole[..length]).Length == 0)).IsEmpty();
        await Assert.That(ErrorOf(whole[..^1])).IsEqualTo("it ends too early");
    }

    [Test]
    public async Task What_is_no_gif_says_so()
    {
        await Assert.That(ErrorOf([])).IsEqualTo("it is not a GIF file");
        await Assert.That(ErrorOf("GIF87a and more"u8.ToArray())).IsEqualTo("it is not a GIF file");
        await Assert.That(ErrorOf([.. Head, 7])).IsEqualTo("it is broken");
        await Assert.That(ErrorOf([.. Head, 0x21, 0xF9, 5, 0, 3, 0, 0, 0, 0x3B])).IsEqualTo("it is broken");
        await Assert.That(ErrorOf([.. Make([3]), 0])).IsEqualTo("it has data past its end");
        await Assert
            .That(ErrorOf([.. Head, .. Control(3), 0x2C, 1, 0, 0, 0, 16, 0, 18, 0, 0, 8, 0, 0x3B]))
            .IsEqualTo("frame 0 is larger than the screen");
        await Assert
            .That(ErrorOf([.. Head, .. Control(3), 0x2C, 0, 0, 1, 0, 16, 0, 18, 0, 0, 8, 0, 0x3B]))
            .IsEqualTo("frame 0 is larger than the screen");
    }

    [Test]
    public async Task Whatever_is_in_a_file_it_is_read_or_called_broken()
    {
        byte[] whole = Make([3, 4, 3]);
        var random = new Random(1);
        for (int i = 0; i < 400; i++)
        {
            byte[] bytes = [.. whole];
            for (int changes = random.Next(1, 5); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            _ = ErrorOf(random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
        }

        await Assert.That(ErrorOf(whole)).IsEqualTo("");
    }

    private static byte[] Head => [.. "GIF89a"u8, 16, 0, 18, 0, 0xF7, 0, 0, .. new byte[768]];

    private static byte[] Make(int[] delays) =>
        [.. Head, .. s_loop, .. delays.SelectMany(delay => (byte[])[.. Control(delay), .. Picture()]), 0x3B];

    private static byte[] Control(int delay) => [0x21, 0xF9, 4, 4, (byte)delay, (byte)(delay >> 8), 0x1F, 0];

    private static byte[] Picture() => [0x2C, 0, 0, 0, 0, 16, 0, 18, 0, 0, 8, 2, 1, 2, 1, 3, 0];

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

    private static TrackFacts Read(byte[] bytes)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllBytes(folder["x.gif"], bytes);
        using FileStream file = File.OpenRead(folder["x.gif"]);
        return GifFile.Read(file, FrameRate.TryParse("30", out FrameRate rate) ? rate : default).Single();
    }
}
