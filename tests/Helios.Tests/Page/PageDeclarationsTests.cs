using System;
using System.Globalization;
using System.Threading.Tasks;
using CsCheck;
using Helios.Page;
using Helios.Tests.Support;

namespace Helios.Tests.Page;

internal sealed class PageDeclarationsTests
{
    private const string Url = "https://composition.helios/a.html";

    [Test]
    public async Task The_first_of_two_statements_counts()
    {
        var declarations = new PageDeclarations(
            Url,
            "width\twindow.helios.width\t640\nheight\tdata-height\t\"360\"\nwidth\tdata-width\t\"320\"");

        await Assert
            .That((declarations["width"]!.Source, declarations.ReadSide("width"), declarations.ReadSide("height")))
            .IsEqualTo(("window.helios.width", 640, 360));
    }

    [Test]
    [Arguments("", DisplayName = "nothing")]
    [Arguments("\n\n", DisplayName = "empty lines")]
    [Arguments("width\tdata-width", DisplayName = "no value")]
    [Arguments("width\tdata-width\t", DisplayName = "an empty value")]
    [Arguments("width\tdata-width\t1\t2", DisplayName = "a field too many")]
    [Arguments("depth\tdata-depth\t32", DisplayName = "something else")]
    public async Task A_page_that_says_nothing_has_no_values(string text)
    {
        var declarations = new PageDeclarations(Url, text);

        await Assert
            .That(
                (declarations.ReadSide("width"), declarations.ReadSide("height"), declarations.ReadFrameRate(), declarations.ReadDuration())
            )
            .IsEqualTo((null, null, null, null));
    }

    [Test]
    // numbers, as JavaScript writes them
    [Arguments("30", "30/1", DisplayName = "whole")]
    [Arguments("12.5", "25/2", DisplayName = "a half")]
    [Arguments("29.97", "30000/1001", DisplayName = "the rounding of an NTSC rate")]
    [Arguments("23.976", "24000/1001", DisplayName = "another one")]
    [Arguments("29.97002997", "30000/1001", DisplayName = "30000/1001 as a number")]
    [Arguments("59.94005994", "60000/1001", DisplayName = "60000/1001 as a number")]
    // texts, as an option takes them
    [Arguments("\"25\"", "25/1", DisplayName = "a text")]
    [Arguments("\"30000/1001\"", "30000/1001", DisplayName = "a fraction")]
    [Arguments("\"ntsc\"", "30000/1001", DisplayName = "a name")]
    public async Task A_rate_is_exact(string value, string rate) =>
        await Assert.That(Facts("fps", value).ReadFrameRate().ToString()).IsEqualTo(rate);

    [Test]
    [Arguments("2", "2", DisplayName = "whole")]
    [Arguments("2.2", "2.2", DisplayName = "a decimal")]
    [Arguments("0.666666667", "0.666666", DisplayName = "two thirds: what goes below a microsecond is cut off")]
    [Arguments("0.6666667", "0.666666", DisplayName = "two thirds as GSAP rounds them")]
    [Arguments("\"0.6666667\"", "0.6666667", DisplayName = "a text is meant as it is written")]
    [Arguments("\"1:02.5\"", "62.5", DisplayName = "minutes and seconds")]
    [Arguments("1000000000", "1000000000", DisplayName = "longest")]
    public async Task A_duration_is_exact(string value, string seconds) =>
        await Assert
            .That(Facts("duration", value).ReadDuration()!.Value.ToSeconds().ToString(CultureInfo.InvariantCulture))
            .IsEqualTo(seconds);

    [Test]
    public void Frames_divided_by_their_rate_are_these_frames() =>
        Gen.Select(Gens.Magnitude(1_000_000), Gens.Rate)
            .Sample(
                (frames, rate) =>
                {
                    double seconds = (double)frames * rate.Denominator / rate.Numerator;
                    if (seconds is < 0.001 or > 100_000)
                        return true;
                    string number = double.Parse(seconds.ToString("F9", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
                        .ToString(CultureInfo.InvariantCulture);
                    bool isWholeMicroseconds = number.Length - number.IndexOf('.', StringComparison.Ordinal) - 1 <= 6;
                    if (
                        isWholeMicroseconds
                        && decimal.Parse(number, CultureInfo.InvariantCulture) * rate.Numerator > (decimal)frames * rate.Denominator)
                    {
                        return true; // rounded up by chance: it means that time
                    }

                    return Facts("duration", number).ReadDuration()!.Value.ToFrames(rate) == frames;
                });

    [Test]
    [Arguments("0", DisplayName = "zero")]
    [Arguments("-30", DisplayName = "negative")]
    [Arguments("NaN", DisplayName = "not a number")]
    [Arguments("Infinity", DisplayName = "infinite")]
    [Arguments("1e+21", DisplayName = "absurd")]
    [Arguments("1e-7", DisplayName = "next to nothing")]
    [Arguments("1000.001", DisplayName = "too fast")]
    [Arguments("0.333333333", DisplayName = "a third is no rate that a file could hold")]
    [Arguments("\"\"", DisplayName = "empty text")]
    [Arguments("\"fast\"", DisplayName = "a word")]
    [Arguments("\"30 fps\"", DisplayName = "a unit")]
    [Arguments("(object)", DisplayName = "an object")]
    public async Task A_rate_that_is_not_possible_is_refused(string value) =>
        await Assert
            .That(Refusal.TextOf(() => Facts("fps", value).ReadFrameRate()))
            .IsEqualTo(
                $"65: the page says fps {value}, which is not a rate from 0.01 to 1000 such as 30, 29.97, 30000/1001 or ntsc (data-fps of {Url}); fix the page, or give --fps"
            );

    [Test]
    [Arguments("0", DisplayName = "zero")]
    [Arguments("0.0000004", DisplayName = "zero but for noise")]
    [Arguments("-1", DisplayName = "negative")]
    [Arguments("NaN", DisplayName = "not a number")]
    [Arguments("Infinity", DisplayName = "infinite")]
    [Arguments("10000000000", DisplayName = "a timeline of GSAP that repeats for ever")]
    [Arguments("\"60f\"", DisplayName = "frames")]
    [Arguments("\"2s\"", DisplayName = "a unit")]
    [Arguments("(function)", DisplayName = "a function")]
    public async Task A_duration_that_is_not_possible_is_refused(string value) =>
        await Assert
            .That(Refusal.TextOf(() => Facts("duration", value).ReadDuration()))
            .IsEqualTo(
                $"65: the page says duration {value}, which is not a number of seconds above 0 and at most 1000000000 (data-duration of {Url}); fix the page, or give --duration"
            );

    [Test]
    [Arguments("0", DisplayName = "zero")]
    [Arguments("-320", DisplayName = "negative")]
    [Arguments("320.5", DisplayName = "half a pixel")]
    [Arguments("16385", DisplayName = "too large")]
    [Arguments("1e+21", DisplayName = "absurd")]
    [Arguments("NaN", DisplayName = "not a number")]
    [Arguments("\"320px\"", DisplayName = "a unit")]
    [Arguments("\"100%\"", DisplayName = "a share")]
    public async Task A_side_that_is_not_possible_is_refused(string value) =>
        await Assert
            .That(Refusal.TextOf(() => Facts("width", value).ReadSide("width")))
            .IsEqualTo(
                $"65: the page says width {value}, which is not a whole number from 1 to 16384 (data-width of {Url}); fix the page, or give --width"
            );

    [Test]
    public async Task A_place_of_any_length_is_cut()
    {
        var declarations = new PageDeclarations(Url, $"width\t{new string('x', 5000)}\t0");

        await Assert.That(Refusal.Of(() => declarations.ReadSide("width")).Where).IsEqualTo($"{new string('x', 97)}... of {Url}");
    }

    [Test]
    public async Task A_refusal_of_paint_is_kept()
    {
        var declarations = new PageDeclarations(Url, "", "the page has a video element, which cannot be captured by paint");

        await Assert
            .That(Refusal.TextOf(() => throw declarations.RefusePaint()))
            .IsEqualTo($"65: {declarations.PaintRefusal} ({Url}); plan the job with --capture screenshot");
        await Assert.That(Facts("fps", "1").PaintRefusal).IsEmpty();
    }

    private static PageDeclarations Facts(string name, string value) => new(Url, $"{name}\tdata-{name}\t{value}");
}
