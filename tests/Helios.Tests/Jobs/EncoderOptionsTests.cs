using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Jobs.Encode;
using Helios.Tests.Support;

namespace Helios.Tests.Jobs;

/// <summary>Options for an encoder: of a list, with values of a list. Nothing else gets near ffmpeg.</summary>
internal sealed class EncoderOptionsTests
{
    [Test]
    [Arguments("h264", "tune=animation", "-tune animation -x264-params sync-lookahead=0 ")]
    [Arguments("h264", "aq-mode=3 bframes=0 deblock=-1,-1", "-x264-params sync-lookahead=0:aq-mode=3:bframes=0:deblock=-1,-1 ")]
    [Arguments("h265", "tune=grain psy-rd=1.5", "-tune grain -x265-params log-level=error:frame-threads=2:open-gop=0:info=0:psy-rd=1.5 ")]
    [Arguments("vp9", "tune-content=screen aq-mode=0", "-threads 4 -tune-content screen -aq-mode 0 -flags ")]
    [Arguments("av1", "film-grain=8 tune=0", "-crf 19 -err_detect explode -svtav1-params film-grain=8:tune=0 -flags ")]
    [Arguments("prores", "vendor=apl0", "colorspace=bt709 -vendor apl0 ")]
    [Arguments("ffv1", "context=1", "-slicecrc 1 -context 1 ")]
    public async Task An_option_reaches_its_encoder(string codec, string options, string expected)
    {
        VideoCodec found = VideoCodec.Find(codec)!;
        RenderOptions job = Specs.Options with { VideoCodec = found, Preset = found.DefaultPreset, EncoderOptions = Parse(options) };

        await Assert.That(job.EncoderOptions.Check(found)).IsNull();
        await Assert.That(string.Join(' ', EncodeArgs.Make(job, "/srv/o", "mov", new FrameFormat("png")))).Contains(expected);
    }

    [Test]
    // other options of ffmpeg
    [Arguments("-f=null", "options of an encoder have no dash")]
    [Arguments("-i=/etc/passwd", "options of an encoder have no dash")]
    [Arguments("f=null", "frames, their number and their times")]
    [Arguments("vf=movie", "frames, their number and their times")]
    [Arguments("filter_complex=x", "frames, their number and their times")]
    // files
    [Arguments("stats=/tmp/x", "it reads or writes a file")]
    [Arguments("qpfile=/etc/passwd", "it reads or writes a file")]
    [Arguments("cqmfile=x", "it reads or writes a file")]
    [Arguments("passlogfile=x", "it reads or writes a file")]
    [Arguments("dump-yuv=x", "it reads or writes a file")]
    [Arguments("analysis-save=x", "it reads or writes a file")]
    [Arguments("csv=x", "it reads or writes a file")]
    [Arguments("x264-params=stats=x", "it reads or writes a file, or holds other options")]
    // joins, frames, bytes
    [Arguments("keyint=10", "chunks begin with a closed group")]
    [Arguments("open-gop=1", "chunks begin with a closed group")]
    [Arguments("no-open-gop=1", "chunks begin with a closed group")]
    [Arguments("intra-refresh=1", "chunks begin with a closed group")]
    [Arguments("g=1", "chunks begin with a closed group")]
    [Arguments("fps=60", "frames, their number and their times")]
    [Arguments("drop-threshold=1", "frames, their number and their times")]
    [Arguments("threads=8", "the same bytes on every machine")]
    [Arguments("sliced-threads=1", "the same bytes on every machine")]
    [Arguments("crf=1", "there are --quality, --bitrate")]
    [Arguments("vbv-maxrate=1", "there are --quality, --bitrate")]
    [Arguments("colormatrix=bt601", "helios converts colours")]
    // unknown, and values
    [Arguments("tunes=film", "h264 has no encoder option \"tunes\" that helios passes on")]
    [Arguments("Tune=film", "h264 has no encoder option \"Tune\"")]
    [Arguments("aq mode=1", "h264 has no encoder option \"aq mode\"")]
    [Arguments("tune=zerolatency", "the encoder option tune cannot be \"zerolatency\"")]
    [Arguments("tune=film:stats", "the encoder option tune cannot be \"film:stats\"")]
    [Arguments("bframes=17", "the encoder option bframes cannot be \"17\"")]
    [Arguments("bframes=1.5", "the encoder option bframes cannot be \"1.5\"")]
    [Arguments("bframes=-1", "the encoder option bframes cannot be \"-1\"")]
    [Arguments("bframes=3:stats=x", "the encoder option bframes cannot be \"3:stats=x\"")]
    [Arguments("bframes=3\n-f null", "the encoder option bframes cannot be \"3\\u000A-f null\"")]
    [Arguments("bframes= 3", "the encoder option bframes cannot be \" 3\"")]
    [Arguments("bframes=٣", "the encoder option bframes cannot be \"٣\"", DisplayName = "a digit of another script")]
    [Arguments("deblock=1,1,1", "the encoder option deblock cannot be \"1,1,1\"")]
    [Arguments("deblock=1:1", "the encoder option deblock cannot be \"1:1\"")]
    [Arguments("aq-strength=3.1", "the encoder option aq-strength cannot be \"3.1\"")]
    public async Task What_could_do_more_than_encode_is_refused_with_its_reason(string option, string reason)
    {
        int equals = option.IndexOf('=', System.StringComparison.Ordinal);

        Finding? finding = new EncoderOptions([new(option[..equals], option[(equals + 1)..])]).Check(VideoCodec.H264);

        await Assert.That(finding?.What).Contains(reason);
        await Assert.That(finding?.Member).IsEqualTo("encoderOptions");
    }

    [Test]
    public async Task An_option_is_given_once() =>
        await Assert.That(Parse("tune=film tune=film").Check(VideoCodec.H264)?.What).IsEqualTo("the encoder option tune is given twice");

    /// <summary>Whatever is in the lists, no name or word has a character that means something to a parser of options.</summary>
    [Test]
    public async Task Names_and_words_are_plain()
    {
        IEnumerable<string> wrong = VideoCodec
            .All.SelectMany(codec => codec.EncoderOptions.Split([' ', '\n'], System.StringSplitOptions.RemoveEmptyEntries))
            .Where(option =>
                !System.Text.RegularExpressions.Regex.IsMatch(option, @"^[a-z0-9][a-z0-9_-]*=([\w.-]+(\|[\w.-]+)+|-?[0-9.]+\.\.[0-9.]+,?)$")
            );

        await Assert.That(string.Join(' ', wrong)).IsEqualTo("");
        await Assert
            .That(
                VideoCodec
                    .All.SelectMany(codec => codec.EncoderOptions.Split([' ', '\n']))
                    .Select(option => EncoderOptionReasons.Find(option.Split('=')[0]))
                    .Where(reason => reason is not null))
            .IsEmpty();
    }

    private static EncoderOptions Parse(string options) =>
        new([.. options.Split(' ').Select(option => new KeyValuePair<string, string>(option.Split('=')[0], option.Split('=')[1]))]);
}
