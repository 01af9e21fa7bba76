using System;
using System.Linq;
using System.Threading.Tasks;
using Helios.Ffmpeg;
using Helios.Jobs;
using Helios.Tests.Support;

namespace Helios.Tests.Ffmpeg;

internal sealed class AudioGraphTests
{
    private const string Silence = "anullsrc=r=48000:cl=stereo,atrim=end_sample=96000,aformat=sample_fmts=fltp";
    private const string Stereo = "aresample=48000:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo";
    private const string End = "[0s][1s]amix=inputs=2:duration=first:normalize=0,atrim=end_sample=96000,asetpts=N/SR/TB[audio]";

    private static readonly AudioClip s_clip = new() { Path = "/a.wav", Info = new AudioInfo(IsMono: false, Seconds: 10) };

    [Test]
    public async Task Sound_is_as_long_as_the_picture_to_the_sample()
    {
        // 13 frames at 30000/1001 are 20820.8 samples
        var mix = new AudioGraph(Specs.Options with { FrameRate = Specs.Rate("30000/1001") }, 13, [s_clip]);

        await Assert.That(mix.Samples).IsEqualTo(20821);
    }

    [Test]
    public async Task A_clip_from_the_start_is_cut_at_the_end() =>
        await Assert.That(Graph(s_clip)).IsEqualTo($"{Silence}[0s];[1:a:0]{Stereo},atrim=end_sample=96000[1s];{End}");

    /// <summary>A header rounds to 10 ms, and what some say of their length is an estimate.</summary>
    [Test]
    public async Task What_a_header_says_cuts_nothing() =>
        await Assert
            .That(Graph(s_clip with { Info = new AudioInfo(IsMono: false, Seconds: 0.5m) }))
            .IsEqualTo($"{Silence}[0s];[1:a:0]{Stereo},atrim=end_sample=96000[1s];{End}");

    [Test]
    public async Task A_sound_that_ends_by_itself_fades_out_before_its_counted_end() =>
        await Assert
            .That(Graph(s_clip with { FadeOut = 0.25m, FileLength = 1.004m }))
            .Contains($"{Stereo},atrim=end_sample=48192,afade=t=out:ss=36192:ns=12000[1s]");

    [Test]
    [Arguments(0.0, 0.0, false, false, DisplayName = "no fade")]
    [Arguments(0.5, 0.0, false, true, DisplayName = "to its end")]
    [Arguments(0.5, 0.0, true, false, DisplayName = "repeated")]
    [Arguments(0.5, 5.0, false, false, DisplayName = "a part in its middle")]
    [Arguments(0.5, 10.0, false, true, DisplayName = "a part to about its end")]
    public async Task A_file_is_counted_only_where_its_end_fades_out(double fadeOut, double trimEnd, bool isLooping, bool isCounted) =>
        await Assert
            .That((s_clip with { FadeOut = (decimal)fadeOut, TrimEnd = (decimal)trimEnd, IsLooping = isLooping }).IsFadedAtFileEnd)
            .IsEqualTo(isCounted);

    [Test]
    public async Task Everything_is_counted_in_samples()
    {
        AudioClip clip = s_clip with
        {
            Start = 0.5m,
            TrimStart = 1,
            TrimEnd = 2,
            Volume = 0.5m,
            FadeIn = 0.25m,
            FadeOut = 0.1m,
            Info = new AudioInfo(IsMono: true, Seconds: 10),
        };

        await Assert
            .That(Graph(clip))
            .IsEqualTo(
                $"{Silence}[0s];[1:a:0]pan=stereo|c0=c0|c1=c0,{Stereo},atrim=start_sample=48000:end_sample=96000,asetpts=N/SR/TB,atrim=end_sample=48000,"
                    + $"afade=t=in:ss=0:ns=12000,afade=t=out:ss=43200:ns=4800,volume=0.5:precision=float,adelay=delays=24000S:all=1[1s];{End}"
            );
    }

    [Test]
    public async Task A_repeated_clip_goes_on_to_the_end() =>
        await Assert
            .That(Graph(s_clip with { TrimEnd = 0.5m, IsLooping = true, Skip = 0.25m }))
            .IsEqualTo(
                $"{Silence}[0s];[1:a:0]{Stereo},atrim=start_sample=0:end_sample=24000,asetpts=N/SR/TB,aloop=loop=-1:size=2147483647,asetpts=N/SR/TB,atrim=start_sample=12000,asetpts=N/SR/TB,atrim=end_sample=96000[1s];{End}"
            );

    /// <summary>1000 s of a loop of 400: kept in memory it would take 154 MB.</summary>
    [Test]
    public async Task A_long_loop_is_read_again_each_time()
    {
        AudioClip clip = s_clip with { TrimStart = 10, TrimEnd = 410, IsLooping = true, Skip = 5, FileLength = 500 };
        var mix = new AudioGraph(Specs.Options, 25_000, [clip, s_clip]);
        const string Part = Stereo + ",atrim=start_sample=480000:end_sample=19680000,asetpts=N/SR/TB";

        await Assert.That(string.Join(' ', mix.Files)).IsEqualTo("/a.wav /a.wav /a.wav /a.wav");
        await Assert
            .That(mix.MakeGraph(hasPriming: false))
            .Contains(
                $"[1:a:0]{Part}[1r];[2:a:0]{Part}[2r];[3:a:0]{Part}[3r];[1r][2r][3r]concat=n=3:v=0:a=1,asetpts=N/SR/TB,"
                    + $"atrim=start_sample=240000,asetpts=N/SR/TB,atrim=end_sample=48000000[1s];[4:a:0]{Stereo},atrim=end_sample=48000000[2s];[0s][1s][2s]amix"
            );
    }

    [Test]
    [Arguments(400, 10_000, 1, "1", "", DisplayName = "heard once")]
    [Arguments(400, 10_001, 1, "2", "concat=n=2", DisplayName = "heard once and a little")]
    [Arguments(400, 20_000, 1, "2", "concat=n=2", DisplayName = "heard twice")]
    [Arguments(400, 20_000, 0.5, "2", "concat=n=2", DisplayName = "at half the speed, which looks ahead")]
    [Arguments(60, 20_000, 1, "1", "aloop", DisplayName = "short enough to be kept")]
    [Arguments(61, 20_000, 1, "1", "aloop", DisplayName = "14 inputs take more than it")]
    [Arguments(0, 20_000, 1, "1", "aloop", DisplayName = "of a length that nobody counted")]
    [Arguments(7200, 180_000, 1, "1", "", DisplayName = "two hours, once")]
    public async Task A_loop_costs_little_memory(int seconds, int frames, double rate, string inputs, string way)
    {
        var mix = new AudioGraph(Specs.Options, frames, [s_clip with { IsLooping = true, FileLength = seconds, Rate = (decimal)rate }]);
        string graph = mix.MakeGraph(hasPriming: false);

        await Assert.That($"{Enumerable.Count(mix.Files)}").IsEqualTo(inputs);
        await Assert.That(graph.Contains("aloop", StringComparison.Ordinal)).IsEqualTo(way == "aloop");
        if (way.Length > 0) await Assert.That(graph).Contains(way);
    }

    [Test]
    public async Task Many_long_loops_stay_below_the_limit_of_open_files()
    {
        var loops = Enumerable.Repeat(s_clip with { IsLooping = true, FileLength = 400 }, 100);
        var mix = new AudioGraph(Specs.Options, 100_000, loops);

        await Assert.That(Enumerable.Count(mix.Files)).IsLessThanOrEqualTo(256);
    }

    [Test]
    [Arguments(0, 0, 0, 7200, true, DisplayName = "of unknown length")]
    [Arguments(59.5, 0, 0, 7200, true, DisplayName = "of about a minute")]
    [Arguments(10, 0, 0, 7200, false, DisplayName = "short")]
    [Arguments(0, 10, 40, 7200, false, DisplayName = "a short part")]
    [Arguments(0, 10, 90, 7200, true, DisplayName = "a long part")]
    [Arguments(0, 0, 0, 60, false, DisplayName = "of a short video")]
    public async Task A_file_is_counted_where_its_loop_may_be_long(
        double header,
        double trimStart,
        double trimEnd,
        int end,
        bool isCounted
    ) =>
        await Assert
            .That(
                (
                    s_clip with
                    {
                        IsLooping = true,
                        TrimStart = (decimal)trimStart,
                        TrimEnd = (decimal)trimEnd,
                        Info = new AudioInfo(false, (decimal)header),
                    }
                ).MayLoopLong(end))
            .IsEqualTo(isCounted);

    [Test]
    public async Task A_job_in_the_middle_hears_what_goes_on_there() =>
        await Assert
            .That(Graph(s_clip with { Start = 1 }, startFrame: 50))
            .IsEqualTo($"{Silence}[0s];[1:a:0]{Stereo},atrim=end_sample=144000,atrim=start_sample=48000,asetpts=N/SR/TB[1s];{End}");

    [Test]
    [Arguments(0.25, "atempo=0.5,atempo=0.5", DisplayName = "four times as long")]
    [Arguments(0.5, "atempo=0.5", DisplayName = "twice as long")]
    [Arguments(2, "atempo=2", DisplayName = "in half the time")]
    public async Task Speed_keeps_the_pitch(double rate, string filters) =>
        await Assert.That(Graph(s_clip with { Rate = (decimal)rate })).Contains($"{Stereo},{filters},atrim=end_sample=");

    [Test]
    [Arguments(2, 0, 10, DisplayName = "after the end")]
    [Arguments(0, 50, 1, DisplayName = "before the first frame")]
    public async Task What_is_not_heard_is_left_out(int start, int startFrame, int seconds) =>
        await Assert
            .That(Graph(s_clip with { Start = start, Info = new AudioInfo(false, seconds), FileLength = seconds }, startFrame))
            .IsEqualTo($"{Silence},asetpts=N/SR/TB[audio]");

    [Test]
    public async Task Opus_begins_later_by_its_priming() =>
        await Assert
            .That(new AudioGraph(Specs.Options, 50, []).MakeGraph(hasPriming: true))
            .IsEqualTo($"{Silence},asetpts=N/SR/TB+312/SR/TB[audio]");

    /// <summary>Two seconds at 25 frames a second.</summary>
    private static string Graph(AudioClip clip, int startFrame = 0) =>
        new AudioGraph(Specs.Options with { StartFrame = startFrame }, 50, [clip]).MakeGraph(hasPriming: false);
}
