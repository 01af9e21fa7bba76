using System.Threading.Tasks;
using Helios.Jobs;

namespace Helios.Tests.Jobs;

internal sealed class FrameNamesTests
{
    [Test]
    [Arguments("%d.png", 0L, "0.png", DisplayName = "bare number")]
    [Arguments("%d.png", 1_999_999_999L, "1999999999.png", DisplayName = "the last frame of all")]
    [Arguments("/srv/a/shot_%05d.png", 42L, "/srv/a/shot_00042.png", DisplayName = "zeros in front")]
    [Arguments("/srv/a/shot_%05d.png", 123_456L, "/srv/a/shot_123456.png", DisplayName = "more digits than asked for")]
    [Arguments("%01d.png", 7L, "7.png", DisplayName = "one digit")]
    [Arguments("%09d_final v2.png", 7L, "000000007_final v2.png", DisplayName = "nine digits in the middle")]
    [Arguments("100% %d/%04d/it's_%03d.png", 5L, "100% %d/%04d/it's_005.png", DisplayName = "percent signs in directories")]
    [Arguments("dd%dd.png", 5L, "dd5d.png", DisplayName = "letters around it")]
    public async Task A_number_stands_in_the_file_name(string path, long frame, string expected)
    {
        await Assert.That(FrameNames.TryParse(path, out FrameNames names)).IsTrue();
        await Assert.That(names.Format(frame)).IsEqualTo(expected);
    }

    [Test]
    [Arguments("frame.png", DisplayName = "no number")]
    [Arguments("%d/frame.png", DisplayName = "number in a directory only")]
    [Arguments("%d_%d.png", DisplayName = "two numbers")]
    [Arguments("100%_%d.png", DisplayName = "another percent sign before it")]
    [Arguments("%d%.png", DisplayName = "another percent sign behind it")]
    [Arguments("%%d.png", DisplayName = "escaped percent sign")]
    [Arguments("%5d.png", DisplayName = "blanks in front")]
    [Arguments("%-5d.png", DisplayName = "blanks behind")]
    [Arguments("%0d.png", DisplayName = "zeros without a count")]
    [Arguments("%00d.png", DisplayName = "no digits")]
    [Arguments("%010d.png", DisplayName = "ten digits")]
    [Arguments("%x.png", DisplayName = "another kind of number")]
    [Arguments("%ld.png", DisplayName = "long number")]
    [Arguments("%D.png", DisplayName = "capital")]
    [Arguments("%", DisplayName = "percent sign alone")]
    [Arguments("%04", DisplayName = "unfinished")]
    [Arguments("", DisplayName = "nothing")]
    public async Task Anything_else_is_no_pattern(string path) => await Assert.That(FrameNames.TryParse(path, out _)).IsFalse();

    [Test]
    [Arguments("a.gif", "gif")]
    [Arguments("a.GIF", "gif")]
    [Arguments("%d.gif", "gif")]
    [Arguments("%d.png", "png")]
    [Arguments("x/%04d.PnG", "png")]
    [Arguments("%d.mp4", "mp4")]
    [Arguments("a.png", null)]
    [Arguments("%d/a.png", null)]
    [Arguments("png", null)]
    [Arguments("%dpng", null)]
    public async Task A_container_is_known_by_the_name(string path, string? container) =>
        await Assert.That(Container.Of(path)?.Name).IsEqualTo(container);

    [Test]
    [Arguments("out/f_00042.png", true)]
    [Arguments("out/f_123456.png", true)]
    [Arguments("out/f_.png", false)]
    [Arguments("out/f_4a.png", false)]
    [Arguments("out/f_42.png.bak", false)]
    [Arguments("f_00042.png", false)]
    public async Task A_frame_is_known_by_its_name(string path, bool expected)
    {
        _ = FrameNames.TryParse("out/f_%05d.png", out FrameNames names);

        await Assert.That(names.Matches(path)).IsEqualTo(expected);
    }
}
