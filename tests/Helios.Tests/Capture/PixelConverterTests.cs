using System;
using System.Buffers.Binary;
using System.IO;
using System.Threading.Tasks;
using Helios.Capture;
using Helios.Os;
using Helios.Tests.Support;

namespace Helios.Tests.Capture;

/// <summary>Pixels that a page has written into its file, as the encoder gets them.</summary>
internal sealed class PixelConverterTests
{
    private const int Width = 2, Height = 2, Size = Width * Height * 4;
    private const uint White = 0xffffff;

    [Test]
    public async Task Opaque_pixels_stay_as_they_are_and_equal_ones_are_not_given_twice()
    {
        using var page = new Drawn(isOpaque: true);

        byte[] first = page.Convert(0, White, (10, 255));
        byte[] same = page.Convert(1, White, (10, 255));
        byte[] other = page.Convert(0, White, (11, 255));

        await Assert.That((first.Length, first[0], same.Length, other.Length, other[0])).IsEqualTo((Size, (byte)10, 0, Size, (byte)11));
    }

    [Test]
    public async Task Translucent_pixels_are_blended_with_the_ground_and_differ_with_it()
    {
        using var page = new Drawn(isOpaque: true);

        byte[] onWhite = page.Convert(0, White, (0, 0));
        byte[] onBlack = page.Convert(1, 0, (0, 0));

        await Assert.That((onWhite[0], onWhite[3], onBlack[0], onBlack[3])).IsEqualTo(((byte)255, (byte)255, (byte)0, (byte)255));
    }

    [Test]
    public async Task Translucent_pixels_stay_so_where_the_video_has_alpha()
    {
        using var page = new Drawn(isOpaque: false);

        byte[] bytes = page.Convert(0, White, (64, 128)); // premultiplied

        await Assert.That((bytes[0], bytes[3])).IsEqualTo(((byte)128, (byte)128));
    }

    [Test]
    public async Task A_slot_is_free_again_once_the_next_is_kept()
    {
        using var page = new Drawn(isOpaque: true);

        _ = page.Convert(0, White, (1, 255));
        bool isIdle = page.Ring.IsIdle; // it is kept to be compared with, which nothing waits for
        _ = page.Convert(1, White, (2, 255));
        int free = page.Ring.Rent();

        await Assert.That((isIdle, free)).IsEqualTo((true, 0));
    }

    [Test]
    public async Task What_is_not_wanted_any_more_is_not_waited_for()
    {
        using var page = new Drawn(isOpaque: true);

        await Assert.That(() => _ = page.Converter.Convert(page.Ring.Rent(), 1, White, static () => true)).Throws<ReaderGoneException>();
    }

    /// <summary>A page of 2 x 2 pixels.</summary>
    private sealed class Drawn : IDisposable
    {
        private readonly TemporaryDirectory _profile = new();
        private readonly string _path;
        private uint _sequence;

        internal Drawn(bool isOpaque)
        {
            string folder = Directory.CreateDirectory(_profile["Default/File System/1"]).FullName;
            _path = Path.Combine(folder, "00000000");
            byte[] file = new byte[FrameRing.SizeOf(Width, Height)];
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4092), 0x48454c49);
            File.WriteAllBytes(_path, file);
            Ring = FrameRing.TryOpen(_profile.FullPath, Width, Height)!;
            Converter = new PixelConverter(Ring, Width, Height, isPlanar: false, isOpaque);
        }

        internal FrameRing Ring { get; }

        internal PixelConverter Converter { get; }

        /// <summary>The page draws one color into the next slot, which must be that one, and it is converted.</summary>
        internal byte[] Convert(int slot, uint background, (byte Color, byte Alpha) pixel)
        {
            if (Ring.Rent() != slot) throw new InvalidOperationException("another slot");
            byte[] bytes = new byte[Size];
            for (int i = 0; i < Size; i++) bytes[i] = i % 4 == 3 ? pixel.Alpha : pixel.Color;
            using (FileStream file = new(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            {
                file.Position = FrameRing.HeaderSize + (slot * Size);
                file.Write(bytes);
                file.Position = slot * sizeof(uint);
                byte[] number = new byte[sizeof(uint)];
                BinaryPrimitives.WriteUInt32LittleEndian(number, ++_sequence);
                file.Write(number);
            }

            return Converter.Convert(slot, _sequence, background, static () => false).ToArray();
        }

        public void Dispose()
        {
            Ring.Dispose();
            _profile.Dispose();
        }
    }
}
