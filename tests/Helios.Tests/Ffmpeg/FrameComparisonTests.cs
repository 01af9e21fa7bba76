using System;
using System.Threading.Tasks;
using Helios.Ffmpeg.Probes;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.Tests.Ffmpeg;

/// <summary>How far two pictures differ, of which the means of blocks are given.</summary>
internal sealed class FrameComparisonTests
{
    private static readonly (int Width, int Height) s_blocks = (4, 3);

    [Test]
    [Arguments(1920, 1080, 240, 135)]
    [Arguments(1, 9, 1, 2)]
    public async Task Blocks_cover_the_picture(int width, int height, int across, int down) =>
        await Assert.That(FrameComparison.BlocksOf(width, height)).IsEqualTo((across, down));

    [Test]
    public async Task Equal_pictures_do_not_differ() => await Assert.That(Compare()).IsEqualTo((0, 0));

    /// <summary>In the last block of the last plane of the second picture: every one counts.</summary>
    [Test]
    public async Task One_block_counts_wherever_it_is() => await Assert.That(Compare((71, 40))).IsEqualTo((40, 10));

    [Test]
    public async Task What_is_lighter_here_and_darker_next_to_it_is_smoothed_in_another_way() =>
        await Assert.That(Compare((0, 20), (1, -20))).IsEqualTo((20, 5)); // the square that begins at the second block has one of them

    [Test]
    public async Task An_area_differs_as_much_in_a_square_as_in_a_block() =>
        await Assert.That(Compare((5, -13), (6, -13), (9, -13), (10, -13))).IsEqualTo((13, 13));

    /// <summary>Blocks 3 and 4 are at two ends of rows, 8 to 11 and 12 to 15 of two planes: no square has both.</summary>
    [Test]
    [Arguments(3, 4)]
    [Arguments(8, 12)]
    public async Task A_square_lies_in_one_picture(int one, int other) =>
        await Assert.That(Compare((one, 40), (other, 40))).IsEqualTo((40, 10));

    [Test]
    [Arguments(72, 60)]
    [Arguments(71, 71)]
    public async Task Other_sizes_are_a_mistake(int one, int other) =>
        await Assert.That(() => FrameComparison.Compare(new byte[one], new byte[other], s_blocks)).Throws<ArgumentException>();

    /// <summary>Of two pictures of three planes, a grey one and one that differs from it in some blocks.</summary>
    private static (int Block, int Square) Compare(params (int At, int Level)[] differences)
    {
        byte[] one = new byte[4 * 3 * 3 * 2];
        Array.Fill(one, (byte)100);
        byte[] other = [.. one];
        foreach ((int at, int level) in differences) other[at] = (byte)(100 + level);
        FrameComparison found = FrameComparison.Compare(one, other, s_blocks);
        return (found.Block, found.Square);
    }
}
