using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Jobs.Encode;

namespace Helios.Tests.Jobs;

internal sealed class PixelFormatTests
{
    public static IEnumerable<string> Formats() => PixelFormat.All.Select(format => format.Name);

    [Test]
    [Arguments("yuv420p", "HalfSize width height rgb24 bgr0", DisplayName = "yuv420p")]
    [Arguments("yuv422p", "HalfWidth width rgb24 bgr0", DisplayName = "yuv422p")]
    [Arguments("yuv444p10le", "Full rgb24 bgr0", DisplayName = "yuv444p10le")]
    [Arguments("yuva420p", "HalfSize width height alpha rgba bgra", DisplayName = "yuva420p")]
    [Arguments("yuva444p10le", "Full alpha rgba bgra", DisplayName = "yuva444p10le")]
    [Arguments("bgr0", "Full rgb rgb24 bgr0", DisplayName = "bgr0")]
    [Arguments("bgra", "Full alpha rgb rgba bgra", DisplayName = "bgra")]
    public async Task A_format_has_its_traits(string name, string expected) =>
        await Assert.That(Describe(PixelFormat.Find(name)!)).IsEqualTo(expected);

    /// <summary>ffmpeg's names follow a rule, which is an independent check of the table.</summary>
    [Test]
    [MethodDataSource(nameof(Formats))]
    public async Task The_traits_of_a_format_are_those_that_its_name_says(string name)
    {
        PixelFormat format = PixelFormat.Find(name)!;

        await Assert
            .That(format.HalvesWidth)
            .IsEqualTo(name.Contains("420", StringComparison.Ordinal) || name.Contains("422", StringComparison.Ordinal));
        await Assert.That(format.HalvesHeight).IsEqualTo(name.Contains("420", StringComparison.Ordinal));
        await Assert.That(format.HasAlpha).IsEqualTo(name.StartsWith("yuva", StringComparison.Ordinal) || name == "bgra");
        await Assert.That(format.IsRgb).IsEqualTo(name.StartsWith("bgr", StringComparison.Ordinal));
        await Assert.That(format.ToString()).IsEqualTo(name);
    }

    [Test]
    public async Task Every_format_belongs_to_a_codec_and_those_of_codecs_are_all() =>
        await Assert.That(VideoCodec.All.SelectMany(codec => codec.PixelFormats).Distinct()).IsEquivalentTo(PixelFormat.All);

    [Test]
    [Arguments("YUV420P", DisplayName = "capitals")]
    [Arguments("yuv420", DisplayName = "shortened")]
    [Arguments("", DisplayName = "nothing")]
    public async Task Nothing_else_is_a_format(string name) => await Assert.That(PixelFormat.Find(name)).IsNull();

    private static string Describe(PixelFormat format) =>
        string.Join(
            ' ',
            (
                (string[])
                    [
                        format.Chroma.ToString(),
                        format.HalvesWidth ? "width" : "",
                        format.HalvesHeight ? "height" : "",
                        format.HasAlpha ? "alpha" : "",
                        format.IsRgb ? "rgb" : "",
                        format.NameInPng,
                        format.Rgb.Name,
                    ]
            ).Where(word => word.Length > 0));
}
