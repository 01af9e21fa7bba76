using System.Threading.Tasks;
using Helios.Ffmpeg;
using Helios.Ffmpeg.Probes;
using Helios.Jobs;
using Helios.Jobs.Encode;
using Helios.Tests.Support;

namespace Helios.Tests.Ffmpeg;

internal sealed class ConcatArgsTests
{
    private const string Start =
        "-hide_banner -loglevel error -nostats -progress pipe:1 -y -protocol_whitelist file,pipe -format_whitelist concat,mov -f concat -safe 0 -i pipe:0 ";
    private const string End = " -fflags +bitexact -map_metadata -1 -f ";

    private static readonly RenderOptions s_ntsc = Specs.Options with { FrameRate = Specs.Rate("30000/1001") };

    [Test]
    [Arguments("mp4", "h264",
        Start + "-map 0:v:0 -c:v copy -video_track_timescale 30000 -movie_timescale 30000 -movflags +faststart" + End + "mp4 file:/out",
        DisplayName = "h264 in mp4")]
    [Arguments("mov", "h265",
        Start + "-map 0:v:0 -c:v copy -video_track_timescale 30000 -movie_timescale 30000 -tag:v hvc1" + End + "mov file:/out",
        DisplayName = "h265 in mov")]
    [Arguments("mkv", "h265", Start + "-map 0:v:0 -c:v copy" + End + "matroska file:/out", DisplayName = "h265 in mkv")]
    [Arguments("webm", "vp9", Start + "-map 0:v:0 -c:v copy" + End + "webm file:/out", DisplayName = "vp9 in webm")]
    public async Task The_picture_is_copied(string container, string codec, string expected) =>
        await Assert
            .That(
                string.Join(
                    ' ',
                    ConcatArgs.Make(s_ntsc with { VideoCodec = VideoCodec.Find(codec)! }, Container.Of("a." + container)!, "/out")))
            .IsEqualTo(expected);

    [Test]
    public async Task Sound_may_come_from_files_only()
    {
        var mix = new AudioGraph(s_ntsc, 30, [new AudioClip { Path = "/a b.wav", Info = new AudioInfo(false, 1) }]);

        string arguments = string.Join(' ', ConcatArgs.Make(s_ntsc, Container.Mp4, "/out", mix));

        await Assert
            .That(arguments)
            .StartsWith(
                Start + "-protocol_whitelist file -format_whitelist " + AudioProbe.Formats + " -i file:/a b.wav -filter_complex anullsrc");
        await Assert
            .That(arguments)
            .EndsWith(
                "[audio] -map 0:v:0 -map [audio] -c:a aac -b:a 192k -flags:a +bitexact -c:v copy -video_track_timescale 30000 -movie_timescale 240000 -movflags +faststart"
                    + End
                    + "mp4 file:/out");
    }

    [Test]
    [Arguments(30, 48_000)]
    [Arguments(30_000, 240_000)]
    [Arguments(24_000, 48_000)]
    [Arguments(999_983, 999_983, DisplayName = "where no scale has both, frames are exact")]
    public async Task A_movie_counts_in_units_that_frames_and_samples_share(int rate, long scale) =>
        await Assert.That(ConcatArgs.FindScale(rate)).IsEqualTo(scale);
}
