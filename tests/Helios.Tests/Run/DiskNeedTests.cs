using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Helios.Jobs;
using Helios.Jobs.Encode;
using Helios.Progress;
using Helios.Run;
using Helios.Tests.Support;

namespace Helios.Tests.Run;

internal sealed class DiskNeedTests
{
    private static readonly JobSpec s_huge = Specs.Spec with
    {
        TotalFrames = 1_000_000_000,
        RenderOptions = Specs.Options with { Width = 16000, Height = 16000, VideoCodec = VideoCodec.Ffv1 },
    };

    [Test]
    [Arguments(0L, 0L, DisplayName = "by the codec's usual size")]
    [Arguments(1L, 1_000_000_000_000L, DisplayName = "by the size of complete chunks")]
    public async Task A_job_that_cannot_fit_is_refused(long reusedFrames, long reusedBytes)
    {
        using var folder = new TemporaryDirectory();

        string text = Refusal.TextOf(() => Check(folder, s_huge, reusedFrames, reusedBytes));

        await Assert
            .That(text)
            .Matches(
                $@"^74: the job needs about [0-9]+ MB of disk for chunks and video, and [0-9.]+ MB are free \({folder.FullPath}\); make room, or plan the job for another disk$"
            );
    }

    [Test]
    [Arguments(0L, 0L, DisplayName = "by the codec's usual size")]
    [Arguments(1_000L, 1_000_000L, DisplayName = "by the size of complete chunks")]
    public async Task A_job_that_fits_is_not_talked_about(long reusedFrames, long reusedBytes)
    {
        using var folder = new TemporaryDirectory();

        await Assert.That(Check(folder, Specs.Spec with { TotalFrames = 10_000 }, reusedFrames, reusedBytes)).IsEqualTo("");
    }

    [Test]
    public async Task What_is_known_to_be_small_fits_whatever_its_codec_usually_needs()
    {
        using var folder = new TemporaryDirectory();

        await Assert.That(Check(folder, s_huge, reusedFrames: 1_000_000, reusedBytes: 1_000)).IsEqualTo("");
    }

    [Test]
    public async Task Better_quality_takes_more_room()
    {
        var sizes = new List<double>();
        foreach (int quality in (int[])[0, 10, 18, 30, 51]) sizes.Add(DiskNeed.BytesOfFrame(Specs.Options with { Quality = quality }));

        await Assert.That(sizes).IsInDescendingOrder();
        await Assert.That(sizes[^1]).IsGreaterThan(0);
    }

    [Test]
    [Arguments(2000, null, 10_000.0, DisplayName = "a bit rate")]
    [Arguments(null, 2, 10.0, DisplayName = "a limit below what is usual")]
    public async Task A_bit_rate_says_what_a_frame_takes(int? rate, int? most, double bytes) =>
        await Assert
            .That(DiskNeed.BytesOfFrame(Specs.Options with { Quality = 1, Rate = new(rate * 1000, most * 1000, most * 1000) }))
            .IsEqualTo(bytes);

    [Test]
    [MethodDataSource(nameof(Codecs))]
    public async Task Every_codec_has_a_size(string codec) =>
        await Assert
            .That(
                DiskNeed.BytesOfFrame(
                    Specs.Options with
                    {
                        VideoCodec = VideoCodec.Find(codec)!,
                        Quality = VideoCodec.Find(codec)!.DefaultQuality,
                    }))
            .IsBetween(1, 16 * 18 * 4);

    public static IEnumerable<string> Codecs() => VideoCodec.Names;

    /// <summary>What was warned of.</summary>
    private static string Check(TemporaryDirectory folder, JobSpec spec, long reusedFrames, long reusedBytes)
    {
        var status = new RunStatus
        {
            JobId = "j",
            Output = Path.Combine(folder.FullPath, "out.mkv"),
            TotalChunks = 2,
            TotalFrames = spec.TotalFrames,
            ReusedFrames = reusedFrames,
        };
        string warning = "";
        DiskNeed.Check(spec, status, reusedBytes, text => warning = text);
        return warning;
    }
}
