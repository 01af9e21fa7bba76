using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Jobs.Document;
using Helios.Jobs.Encode;
using Helios.Plan;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs.Document;

/// <summary>The digest by which a receipt says which frames its file holds.</summary>
internal sealed class SpecDigestTests
{
    private static readonly (string Name, JobSpec Spec)[] s_others =
    [
        ("width", With(Specs.Options with { Width = 17 })),
        ("height", With(Specs.Options with { Height = 19 })),
        ("scale", With(Specs.Options with { Scale = 2 })),
        ("frameRate", With(Specs.Options with { FrameRate = Specs.Rate("24/1") })),
        ("duration", With(Specs.Options with { Duration = Specs.Seconds(0.3m) })),
        ("startFrame", With(Specs.Options with { StartFrame = 1 })),
        ("capture", With(Specs.Options with { Capture = CaptureMode.Paint })),
        ("captureFallback", With(Specs.Options with { Capture = CaptureMode.Paint, CaptureFallback = CaptureMode.Screenshot })),
        ("pageRate", With(Specs.Options with { PageRate = Specs.Rate("60/1") })),
        ("processor", With(Specs.Options with { Processor = ProcessorUse.Native })),
        ("history", With(Specs.Options with { History = History.Seek })),
        ("mode", With(Specs.Options with { Mode = RenderMode.Canvas })),
        ("selector", With(Specs.Options with { Selector = "#a" })),
        ("videoCodec", With(Specs.Options with { VideoCodec = VideoCodec.H265 })),
        ("quality", With(Specs.Options with { Quality = 18 })),
        ("rate", With(Specs.Options with { Rate = new(4_000_000, null, null) })),
        ("maxBitrate", With(Specs.Options with { Rate = new(null, 4_000_000, 4_000_000) })),
        ("bufferSize", With(Specs.Options with { Rate = new(null, 4_000_000, 8_000_000) })),
        ("encoderOptions", With(Specs.Options with { EncoderOptions = new([new("tune", "film")]) })),
        ("preset", With(Specs.Options with { Preset = "fast" })),
        ("no preset", With(Specs.Options with { Preset = null })),
        ("pixelFormat", With(Specs.Options with { PixelFormat = PixelFormat.Yuv444p })),
        ("fonts", With(Specs.Options with { Fonts = new FontFolder("/fonts", Specs.Digest) })),
        ("block", With(Specs.Options with { Block = new BlockList(["https://a/*"]) })),
        ("hasStrictFonts", With(Specs.Options with { HasStrictFonts = true })),
        ("imageQuality", With(Specs.Options with { ImageQuality = 80 })),
        ("seed", With(Specs.Options with { Seed = 2 })),
        ("props", With(Specs.Options with { Props = "{}"u8.ToArray() })),
        ("root", Specs.Spec with { Root = "/srv" }),
        ("composition", Specs.Spec with { Composition = "file:///srv/spots/b.html" }),
        ("compositionDigest", Specs.Spec with { CompositionDigest = "sha256:00" }),
        ("no compositionDigest", Specs.Spec with { CompositionDigest = null }),
        ("totalFrames", Specs.Spec with { TotalFrames = 6 }),
    ];

    [Test]
    public async Task Whatever_decides_the_frames_decides_the_digest()
    {
        IEnumerable<string> same = s_others
            .Where(other => JobJson.DigestOf(other.Spec) == JobJson.DigestOf(Specs.Spec))
            .Select(other => other.Name);

        await Assert.That(string.Join(' ', same)).IsEqualTo("");
    }

    [Test]
    public async Task Every_render_option_is_tried_here()
    {
        IEnumerable<string> untried = typeof(RenderOptions)
            .GetProperties(
                System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)
            .Select(property => property.Name)
            .Where(name =>
                name
                    is not (
                        "EqualityContract"
                        or "AudioCodec"
                        or "Audio"
                        or "Metadata"
                        or "HasLosslessQuality"
                        or "PixelWidth"
                        or "PixelHeight")
                && !s_others.Any(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

        await Assert.That(string.Join(' ', untried)).IsEqualTo("");
    }

    [Test]
    public async Task Different_changes_have_different_digests() =>
        await Assert.That(s_others.Select(other => JobJson.DigestOf(other.Spec)).Distinct().Count()).IsEqualTo(s_others.Length);

    [Test]
    public async Task Where_the_video_goes_and_what_the_job_is_called_do_not_matter() =>
        await Assert
            .That(JobJson.DigestOf(Specs.Spec with { Output = "/elsewhere/b.mkv", JobId = "j2" }))
            .IsEqualTo(JobJson.DigestOf(Specs.Spec));

    [Test]
    public async Task Where_the_fonts_are_does_not_matter() =>
        await Assert.That(JobJson.DigestOf(With(Specs.Options with { Fonts = new FontFolder("fonts", Specs.Digest) })))
            .IsEqualTo(JobJson.DigestOf(With(Specs.Options with { Fonts = new FontFolder("/srv/fonts", Specs.Digest) })));

    [Test]
    public async Task Sound_does_not_matter() =>
        await Assert
            .That(
                JobJson.DigestOf(
                    With(
                        Specs.Options with
                        {
                            AudioCodec = AudioCodec.Pcm,
                            Audio = [new AudioTrack { File = "a.wav", Digest = Specs.Digest }],
                        })))
            .IsEqualTo(JobJson.DigestOf(Specs.Spec));

    [Test]
    public async Task What_it_is_expected_to_cost_does_not_matter() =>
        await Assert.That(JobJson.DigestOf(Specs.Spec with { Cost = new ChunkCost(1, 2, 3) })).IsEqualTo(JobJson.DigestOf(Specs.Spec));

    [Test]
    public async Task What_the_video_says_of_itself_does_not_matter() =>
        await Assert
            .That(JobJson.DigestOf(With(Specs.Options with { Metadata = new("A", "2026-11-29T14:00:00Z") })))
            .IsEqualTo(JobJson.DigestOf(Specs.Spec));

    [Test]
    public async Task How_the_job_is_split_does_not_matter()
    {
        JobSpec one = Specs
            .Read(Specs.Write(Specs.Spec, Helios.Plan.ChunkPlanner.Plan(new FrameRange(0, 5), Helios.Plan.ChunkSplit.Ceil, 1)))
            .Spec!;
        JobSpec five = Specs
            .Read(
                Specs.Write(
                    Specs.Spec,
                    Helios.Plan.ChunkPlanner.Plan(new FrameRange(0, 5), Helios.Plan.ChunkSplit.Ceil, 5),
                    isCompact: false))
            .Spec!;

        await Assert.That(JobJson.DigestOf(one)).IsEqualTo(JobJson.DigestOf(five));
    }

    [Test]
    public async Task The_digest_is_that_of_the_spec_as_it_was_planned() =>
        await Assert.That(JobJson.DigestOf(Specs.Read(Specs.Text).Spec!)).IsEqualTo(JobJson.DigestOf(Specs.Spec));

    /// <summary>Earlier versions had no history and replayed.</summary>
    [Test]
    public async Task A_spec_without_history_replays() =>
        await Assert
            .That(Specs.Read(Specs.Text.Replace("\"history\":\"auto\",", "", StringComparison.Ordinal)).Spec!.RenderOptions.History)
            .IsSameReferenceAs(History.Replay);

    [Test]
    public async Task The_digest_is_the_sha256sum_of_the_compact_header()
    {
        string header =
            "{"
            + Specs
                .Header.Trim()
                .Replace("\"j1\"", "\"\"", StringComparison.Ordinal)
                .Replace("\"/srv/spots/out.mp4\"", "\"\"", StringComparison.Ordinal)
                .Replace("\"aac\"", "\"none\"", StringComparison.Ordinal);

        await Assert
            .That(JobJson.DigestOf(Specs.Spec))
            .IsEqualTo("sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(header))));
    }

    private static JobSpec With(RenderOptions options) => Specs.Spec with { RenderOptions = options };
}
