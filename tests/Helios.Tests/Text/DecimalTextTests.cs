using System.Globalization;
using System.Threading.Tasks;
using Helios.Text;

namespace Helios.Tests.Text;

internal sealed class DecimalTextTests
{
    [Test]
    [Arguments("0", 0, DisplayName = "zero")]
    [Arguments("007", 7, DisplayName = "leading zeros")]
    [Arguments("999999999999999", 999_999_999_999_999, DisplayName = "fifteen digits")]
    public async Task Digits_are_a_number(string text, long expected)
    {
        await Assert.That(DecimalText.TryParseDigits(text, out long value)).IsTrue();
        await Assert.That(value).IsEqualTo(expected);
    }

    [Test]
    [Arguments("", DisplayName = "empty")]
    [Arguments("-1", DisplayName = "minus")]
    [Arguments("+1", DisplayName = "plus")]
    [Arguments("1 ", DisplayName = "blank")]
    [Arguments("1_000", DisplayName = "separator")]
    [Arguments("3.5", DisplayName = "point")]
    [Arguments("0x1", DisplayName = "hexadecimal")]
    [Arguments("x", DisplayName = "letter")]
    [Arguments("１", DisplayName = "full-width digit")]
    [Arguments("1000000000000000", DisplayName = "sixteen digits")]
    public async Task Anything_else_is_refused(string text) =>
        await Assert.That(DecimalText.TryParseDigits(text, out _)).IsFalse();

    [Test]
    [Arguments("12", 12, 0, DisplayName = "no point")]
    [Arguments("2.50", 250, 2, DisplayName = "places are kept")]
    [Arguments(".5", 5, 1, DisplayName = "no digit before the point")]
    [Arguments("0.123456789", 123_456_789, 9, DisplayName = "most places")]
    [Arguments("12345678901234.5", 123_456_789_012_345, 1, DisplayName = "most digits")]
    public async Task Digits_and_places_are_told_apart(string text, long expectedDigits, int expectedPlaces)
    {
        await Assert.That(DecimalText.TryParse(text, maxPlaces: 9, out long digits, out int places)).IsTrue();
        await Assert.That((digits, places)).IsEqualTo((expectedDigits, expectedPlaces));
    }

    [Test]
    [Arguments(".", DisplayName = "only a point")]
    [Arguments("1.", DisplayName = "nothing after the point")]
    [Arguments("1.2.3", DisplayName = "two points")]
    [Arguments("-1.5", DisplayName = "minus")]
    [Arguments("1.-5", DisplayName = "minus after the point")]
    [Arguments("1.0000000000", DisplayName = "a place too many")]
    [Arguments("123456789012345.6", DisplayName = "a digit too many")]
    public async Task Broken_decimals_are_refused(string text) =>
        await Assert.That(DecimalText.TryParse(text, maxPlaces: 9, out _, out _)).IsFalse();

    [Test]
    [Arguments(2000, 3, "2", DisplayName = "zeros are dropped")]
    [Arguments(2500, 3, "2.5", DisplayName = "some zeros are dropped")]
    [Arguments(20, 0, "20", DisplayName = "zeros before the point stay")]
    [Arguments(5, 9, "0.000000005", DisplayName = "small")]
    [Arguments(123_456_789_012_345_678, 9, "123456789.012345678", DisplayName = "more than 32 bits")]
    public async Task A_decimal_is_written_without_trailing_zeros(long units, int places, string expected) =>
        await Assert.That(DecimalText.ToDecimal(units, places).ToString(CultureInfo.InvariantCulture)).IsEqualTo(expected);
}
