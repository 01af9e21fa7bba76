using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Jobs.Encode;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs.Encode;

internal sealed class VideoCodecTests
{
    private static readonly string s_source = Repository.PathOf("src", "Helios");

    public static IEnumerable<string> Codecs() => VideoCodec.Names;

    [Test]
    [MethodDataSource(nameof(Codecs))]
    public async Task A_codec_is_found_by_its_name_and_prints_it(string name) =>
        await Assert.That(VideoCodec.Find(name)!.ToString()).IsEqualTo(name);

    [Test]
    [Arguments("H264", DisplayName = "capitals")]
    [Arguments("", DisplayName = "nothing")]
    [Arguments("libx264", DisplayName = "ffmpeg's name")]
    public async Task Nothing_else_is_a_codec(string name) => await Assert.That(VideoCodec.Find(name)).IsNull();

    [Test]
    [Arguments("h264", "libx264 mov veryfast 18..51", DisplayName = "h264")]
    [Arguments("h265", "libx265 mov veryfast 20..51", DisplayName = "h265")]
    [Arguments("vp9", "libvpx-vp9 mp4 4 24..63", DisplayName = "vp9")]
    [Arguments("av1", "libsvtav1 mp4 8 26..63", DisplayName = "av1")]
    [Arguments("prores", "prores_ks mov hq 0..0 intra", DisplayName = "prores")]
    [Arguments("ffv1", "ffv1 mov  0..0 intra", DisplayName = "ffv1")]
    [Arguments("h264_nvenc", "h264_nvenc mov p4 20..51", DisplayName = "nvenc")]
    [Arguments("hevc_vaapi", "hevc_vaapi mov  20..51", DisplayName = "vaapi")]
    [Arguments("h264_qsv", "h264_qsv mov medium 20..51", DisplayName = "qsv")]
    [Arguments("hevc_videotoolbox", "hevc_videotoolbox mov  35..63", DisplayName = "videotoolbox")]
    public async Task A_codec_has_an_encoder_a_chunk_file_and_defaults(string name, string expected)
    {
        VideoCodec codec = VideoCodec.Find(name)!;

        string actual =
            $"{codec.Encoder} {codec.ChunkContainer} {codec.DefaultPreset} {codec.DefaultQuality}..{codec.WorstQuality}{(codec.IsIntraOnly ? " intra" : "")}";

        await Assert.That(actual).IsEqualTo(expected);
    }

    [Test]
    [Arguments("h264", "veryfast", "avc1", "V_MPEG4/ISO/AVC")]
    [Arguments("h265", "slow", "hvc1", "V_MPEGH/ISO/HEVC")]
    [Arguments("vp9", "4", "vp09", "V_VP9")]
    [Arguments("av1", "13", "av01", "V_AV1")]
    [Arguments("prores", "proxy", "apco", "V_PRORES")]
    [Arguments("prores", "lt", "apcs", "V_PRORES")]
    [Arguments("prores", "standard", "apcn", "V_PRORES")]
    [Arguments("prores", "hq", "apch", "V_PRORES")]
    [Arguments("prores", "4444", "ap4h", "V_PRORES")]
    [Arguments("prores", "4444xq", "ap4x", "V_PRORES")]
    [Arguments("ffv1", null, "FFV1", "V_MS/VFW/FOURCC V_FFV1")]
    [Arguments("h264_qsv", "medium", "avc1", "V_MPEG4/ISO/AVC")]
    [Arguments("hevc_nvenc", "p4", "hvc1", "V_MPEGH/ISO/HEVC")]
    public async Task Files_call_a_codec_by_these_names(string name, string? preset, string sampleEntry, string matroska)
    {
        VideoCodec codec = VideoCodec.Find(name)!;

        await Assert.That((codec.SampleEntry(preset), string.Join(' ', codec.MatroskaIds))).IsEqualTo((sampleEntry, matroska));
    }

    [Test]
    [MethodDataSource(nameof(Codecs))]
    public async Task Traits_of_a_codec_agree(string name)
    {
        VideoCodec codec = VideoCodec.Find(name)!;

        await Assert.That(codec.DefaultPreset is null ? codec.Presets.Length == 0 : codec.Presets.Contains(codec.DefaultPreset)).IsTrue();
        await Assert.That(codec.FullChromaPresets.Except(codec.Presets)).IsEmpty();
        await Assert.That(codec.SampleEntries.Length).IsEqualTo(codec.SampleEntries.Length == 1 ? 1 : codec.Presets.Length);
        await Assert.That(codec.DefaultQuality).IsBetween(codec.BestQuality, codec.WorstQuality);
        await Assert.That(codec.HasQuality).IsEqualTo(codec.QualityThatHalvesBits > 0);
        await Assert.That(codec.ChunkContainer.IsMovie && codec.Containers.Length > 0 && codec.PixelFormats.Length > 0).IsTrue();
        foreach (Container container in codec.Containers)
            await Assert.That(codec.PixelFormatsIn(container).Except(codec.PixelFormats)).IsEmpty();
    }

    [Test]
    [Arguments("h264", 18, "yuv420p", 0.12)]
    [Arguments("h265", 24, "yuv420p", 0.06, DisplayName = "six steps halve")]
    [Arguments("vp9", 14, "yuv420p", 0.16, DisplayName = "ten steps double")]
    [Arguments("av1", 24, "yuv420p", 0.08)]
    [Arguments("h264", 0, "yuv420p", 2.0, DisplayName = "lossless")]
    [Arguments("prores", 0, "yuva444p10le", 3.5)]
    [Arguments("ffv1", 0, "yuv444p", 2.0)]
    [Arguments("ffv1", 0, "bgra", 4.0, DisplayName = "RGB")]
    public async Task A_pixel_usually_takes_so_many_bits(string codec, int quality, string format, double bits) =>
        await Assert.That(Math.Round(VideoCodec.Find(codec)!.UsualBitsFor(quality, PixelFormat.Find(format)!), 9)).IsEqualTo(bits);

    /// <summary>Two places that know the same codec drift apart.</summary>
    [Test]
    public async Task Only_the_tables_know_codecs_and_pixel_formats_by_name()
    {
        string[] tables =
        [
            "Jobs/Encode/VideoCodec.cs", "Jobs/Encode/HardwareCodecs.cs", "Jobs/Audio/AudioCodec.cs", "Jobs/PixelFormat.cs",
            "Jobs/Container.cs",
        ];
        string[] pipe = ["bgra", "yuv420p", "V_MS/VFW/FOURCC"]; // of the frames on their way to the encoder, whatever its codec
        IEnumerable<string> names = VideoCodec
            .All.SelectMany(codec => (string[])[codec.Name, codec.Encoder, .. codec.SampleEntries, .. codec.MatroskaIds])
            .Concat(AudioCodec.All.Where(codec => codec != AudioCodec.None).Select(codec => codec.Name))
            .Concat(PixelFormat.All.Select(format => format.Name));
        var literal = new Regex($"\"(?:{string.Join('|', names.Except(pipe).Select(Regex.Escape))}|yuv|420|422|444|10le)\"");

        IEnumerable<string> wrong = Directory.EnumerateFiles(s_source, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => (Name: Path.GetRelativePath(s_source, file), Text: File.ReadAllText(file)))
            .Where(file => !tables.Contains(file.Name) && file.Name != "Page/Requests/MediaTypes.cs" && literal.IsMatch(file.Text))
            .Select(file => $"{file.Name}: {literal.Match(file.Text).Value}");

        await Assert.That(string.Join('\n', wrong)).IsEqualTo("");
    }
}
