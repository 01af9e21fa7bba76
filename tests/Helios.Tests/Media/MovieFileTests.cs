using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Media;
using Helios.Tests.Support;

namespace Helios.Tests.Media;

internal sealed class MovieFileTests
{
    [Test]
    public async Task Tables_say_what_a_file_holds()
    {
        TrackFacts track = Read(new Boxes()).Single();

        await Assert
            .That((track.Kind, track.Codec, track.Width, track.Height, track.Count, track.TimeScale, track.Bytes))
            .IsEqualTo(("vide", "avc1", 16, 18, 5L, 25L, 20L));
        await Assert.That(track.TimingFault).IsNull();
    }

    [Test]
    public async Task Frames_that_are_decoded_in_another_order_are_at_their_places() =>
        // I P B B, each shown two frames later than decoded, which the edit list takes back
        await Assert
            .That(
                Fault(
                    new Boxes
                    {
                        Times = [(5, 1)],
                        Offsets = [(1, 2), (1, 4), (1, 1), (1, 1), (1, 2)],
                        Edits = [(5, 2)],
                    }))
            .IsNull();

    [Test]
    public async Task Every_frame_has_a_place_of_its_own()
    {
        await Assert.That(Fault(new Boxes { Times = [(2, 1), (1, 2), (2, 1)] })).IsEqualTo("frame 3 is missing");
        await Assert
            .That(Fault(new Boxes { Times = [(2, 0), (3, 1)] }))
            .IsEqualTo("frame 1 in decoding order is at 0/25 s, which is not its place");
        await Assert.That(Fault(new Boxes { Scale = 50, Times = [(5, 2)] })).IsEqualTo("its time scale is 50, expected 25");
        await Assert
            .That(Fault(new Boxes { Edits = [(1, -1), (5, 0)] }))
            .IsEqualTo("frame 0 is missing")
            .Because("an empty edit moves the picture");
    }

    [Test]
    public async Task The_settings_of_the_decoder_are_compared_without_the_bit_rate()
    {
        string settings = Read(new Boxes()).Single().Settings;

        await Assert.That(Read(new Boxes { Sizes = [9, 9, 9, 9, 9] }).Single().Settings).IsEqualTo(settings);
        await Assert.That(Read(new Boxes { Settings = [1, 2, 4] }).Single().Settings).IsNotEqualTo(settings);
    }

    [Test]
    public async Task Sound_is_as_long_as_its_edit_list_says()
    {
        TrackFacts sound = Read(
                new Boxes
                {
                    Kind = "soun",
                    Scale = 48_000,
                    MovieScale = 1000,
                    Times = [(5, 1024)],
                    Edits = [(100, 1024)],
                })
            .Single();

        await Assert.That((sound.Kind, sound.Duration, sound.Count)).IsEqualTo(("soun", 4800L, 5L));
        await Assert.That(Read(new Boxes { Kind = "soun", Scale = 48_000, Times = [(5, 1024)] }).Single().Duration).IsEqualTo(5 * 1024);
    }

    [Test]
    [Arguments(long.MaxValue, 0L, DisplayName = "a length")]
    [Arguments(long.MaxValue, -1L, DisplayName = "an empty edit's length")]
    [Arguments(long.MinValue, -1L, DisplayName = "a length before all time")]
    public async Task A_time_beyond_all_measure_is_broken(long length, long start) =>
        await Assert
            .That(
                ErrorOf(
                    new Boxes
                    {
                        Scale = uint.MaxValue,
                        MovieScale = 1,
                        Edits = [(length, start)],
                    }.ToFile()))
            .IsEqualTo("it is broken: a time in it is beyond all measure");

    [Test]
    public async Task What_is_no_movie_says_so()
    {
        await Assert.That(ErrorOf([])).IsEqualTo("it is empty");
        await Assert.That(ErrorOf("just some text that is long enough"u8.ToArray())).IsEqualTo("it is not a movie file");
        await Assert.That(ErrorOf(Boxes.Box("ftyp", "isom"u8.ToArray()))).IsEqualTo("it is not a movie file");
        await Assert.That(ErrorOf(new Boxes { Sizes = [4, 4, 4, 4, 4000] }.ToFile()[..^3000])).IsEqualTo("it is cut off or broken");
        await Assert
            .That(ErrorOf(new Boxes { Times = [(4, 1)] }.ToFile()))
            .IsEqualTo("it is broken: its tables disagree about the number of frames");
    }

    /// <summary>Whoever writes chunk files is not trusted: no bytes at all are a bug in helios.</summary>
    [Test]
    public async Task Whatever_is_in_a_file_it_is_read_or_called_broken()
    {
        byte[] whole = new Boxes { Offsets = [(5, 0)], Edits = [(5, 0)] }.ToFile();
        var random = new Random(1);
        for (int i = 0; i < 400; i++)
        {
            byte[] bytes = [.. whole];
            for (int changes = random.Next(1, 5); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0) bytes = bytes[..random.Next(bytes.Length)];
            _ = ErrorOf(bytes);
        }

        await Assert.That(ErrorOf(whole)).IsEqualTo("");
    }

    private static IReadOnlyList<TrackFacts> Read(Boxes boxes) => Read(boxes.ToFile());

    private static string? Fault(Boxes boxes) => Read(boxes).Single().TimingFault;

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
        File.WriteAllBytes(folder["x.mp4"], bytes);
        using FileStream file = File.OpenRead(folder["x.mp4"]);
        return MovieFile.Read(file, FrameRate.TryParse("25", out FrameRate rate) ? rate : default);
    }
}
