using System.Threading.Tasks;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Encode;
using Helios.Tests.Support;

namespace Helios.Tests.Ffmpeg;

internal sealed class ImageArgsTests
{
    private const string Start =
        "-hide_banner -loglevel error -nostats -progress pipe:1 -y -protocol_whitelist file,pipe -format_whitelist concat,mov -f concat -safe 0 -i pipe:0 ";

    private static readonly RenderOptions s_options = Specs.Options with
    {
        FrameRate = Specs.Rate("30000/1001"),
        VideoCodec = VideoCodec.Ffv1,
        PixelFormat = PixelFormat.Bgr0,
        StartFrame = 7,
    };

    [Test]
    [Arguments("bgr0", 0, DisplayName = "256 colours")]
    [Arguments("bgra", 1, DisplayName = "255 colours and what is transparent")]
    public async Task A_palette_is_the_last_picture_of_a_file(string pixelFormat, int transparent) =>
        await Assert
            .That(string.Join(' ', ImageArgs.MakePalette(s_options with { PixelFormat = PixelFormat.Find(pixelFormat)! }, "/palette")))
            .IsEqualTo(
                Start
                    + $"-filter_complex [0:v:0]split[a][b];[a]scale=16:16:flags=neighbor,format=bgra,setsar=1[small];[b]palettegen=reserve_transparent={transparent}[palette];[small][palette]concat[out]"
                    + " -map [out] -fps_mode passthrough -c:v rawvideo -pix_fmt bgra -f image2 -update 1 /palette");

    [Test]
    [Arguments("30000/1001", 1, 3, DisplayName = "one frame")]
    [Arguments("30000/1001", 2, 4, DisplayName = "two frames of 3.3366")]
    [Arguments("8/1", 1, 13, DisplayName = "a half is rounded up")]
    [Arguments("8/1", 2, 12, DisplayName = "what is rounded up is taken from the next")]
    [Arguments("50/1", 1_000_000_000, 2, DisplayName = "the fastest and longest")]
    [Arguments("1/100", 3, 10_000, DisplayName = "the slowest")]
    public async Task A_gif_ends_when_its_last_frame_does(string rate, long frames, int delay) =>
        await Assert
            .That(
                string.Join(
                    ' ',
                    ImageArgs.MakeGif(
                        Specs.Spec with
                        {
                            TotalFrames = frames,
                            RenderOptions = s_options with { FrameRate = Specs.Rate(rate) },
                        },
                        "/palette",
                        "/a b.tmp")))
            .IsEqualTo(
                Start
                    + "-protocol_whitelist file -f rawvideo -pix_fmt bgra -video_size 16x16 -i file:/palette -filter_complex [0:v:0][1:v:0]paletteuse=dither=floyd_steinberg:diff_mode=rectangle[out]"
                    + $" -map [out] -fps_mode passthrough -c:v gif -loop 0 -final_delay {delay} -fflags +bitexact -map_metadata -1 -f gif file:/a b.tmp"
            );

    [Test]
    [Arguments("bgr0", "rgb24")]
    [Arguments("bgra", "rgba")]
    public async Task Png_files_are_numbered_by_the_timeline(string pixelFormat, string kind) =>
        await Assert
            .That(
                string.Join(
                    ' ',
                    ImageArgs.MakeFrames(s_options with { PixelFormat = PixelFormat.Find(pixelFormat)! }, Container.Png, "/100%%/%d.png")))
            .IsEqualTo(
                Start
                    + $"-map 0:v:0 -fps_mode passthrough -c:v png -pix_fmt {kind} -fflags +bitexact -map_metadata -1 -start_number 7 -f image2 /100%%/%d.png"
            );
}
