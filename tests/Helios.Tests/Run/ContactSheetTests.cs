using System.Linq;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Run;
using Helios.Tests.Support;

namespace Helios.Tests.Run;

internal sealed class ContactSheetTests
{
    [Test]
    [Arguments(1, 1920, 1080, 1)]
    [Arguments(2, 1920, 1080, 2)]
    [Arguments(4, 1920, 1080, 2)]
    [Arguments(9, 1920, 1080, 3)]
    [Arguments(12, 1920, 1080, 4)]
    [Arguments(100, 1920, 1080, 10)]
    [Arguments(5, 1080, 1920, 5)]
    [Arguments(12, 1080, 1920, 6)]
    [Arguments(12, 16384, 16, 1)]
    [Arguments(12, 16, 16384, 12)]
    public async Task A_sheet_has_about_the_shape_of_a_screen(int count, int width, int height, int columns)
    {
        ContactSheet sheet = Make(count, width, height);

        await Assert.That(sheet.Columns).IsEqualTo(columns);
        await Assert.That(sheet.Width).IsBetween(1, RenderRules.MaxSide);
        await Assert.That(sheet.Height).IsBetween(1, RenderRules.MaxSide);
        await Assert.That(sheet.PictureWidth).IsBetween(1, width);
        await Assert.That(sheet.PictureHeight).IsBetween(1, height);
    }

    [Test]
    [Arguments("25/1", 0, "0.000 s")]
    [Arguments("25/1", 37, "1.480 s")]
    [Arguments("30000/1001", 1, "0.033 s")]
    [Arguments("30/1", 1800, "1:00.000")]
    [Arguments("30/1", 109845, "1:01:01.500")]
    [Arguments("1/100", 1_000_000_000, "27777777:46:40.000")]
    public async Task A_time_is_that_of_the_frame(string rate, long frame, string text) =>
        await Assert.That(new ContactSheet([frame], Specs.Options with { FrameRate = Specs.Rate(rate) }).TimeOf(frame)).IsEqualTo(text);

    [Test]
    [Arguments(1, "0")]
    [Arguments(5, "0 1 2 3 4")]
    [Arguments(300, "0 27 54 81 108 135 163 190 217 244 271 299")]
    [Arguments(1_000_000_000,
        "0 90909090 181818181 272727272 363636363 454545454 545454544 636363635 727272726 818181817 909090908 999999999")]
    public async Task Frames_are_spread_from_the_first_to_the_last(long count, string frames) =>
        await Assert.That(string.Join(' ', ContactSheet.Spread(new FrameRange(0, count)))).IsEqualTo(frames);

    [Test]
    public async Task Every_frame_is_on_the_page_with_its_number_and_time()
    {
        string page = Make(3, 320, 180).MakePage(frame => $"{frame}.png");

        for (int frame = 0; frame < 3; frame++)
        {
            await Assert
                .That(page)
                .Contains(
                    $"<figure><img src=\"{frame}.png\"><figcaption><b>{frame}</b><span>0.0{frame * 4}0 s</span></figcaption></figure>\n");
        }
    }

    private static ContactSheet Make(int count, int width, int height) =>
        new([.. Enumerable.Range(0, count).Select(frame => (long)frame)], Specs.Options with { Width = width, Height = height });
}
