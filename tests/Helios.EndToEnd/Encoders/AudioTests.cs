using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Encoders;

/// <summary>Audio files of a job are heard where they should be, to the sample, and as long as the picture.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class AudioTests(NativeBinary helios)
{
    private const string Still = "<!doctype html><body style='margin:0;background:#00f'>";

    /// <summary>2 s of 24 frames at 12000/1001: 96,096 samples.</summary>
    private static readonly string[] s_job = ["--frames", "24", "--fps", "12000/1001", "--shards", "2"];

    private const int Samples = 96_096;

    [Test]
    [Arguments("video.mp4", "", DisplayName = "aac in mp4")]
    [Arguments("video.mov", "", DisplayName = "aac in mov")]
    [Arguments("video.mov", "--audio-codec pcm", DisplayName = "pcm in mov")]
    [Arguments("video.mkv", "", DisplayName = "opus in mkv")]
    [Arguments("video.mkv", "--audio-codec flac", DisplayName = "flac in mkv")]
    [Arguments("video.mkv", "--audio-codec pcm", DisplayName = "pcm in mkv")]
    [Arguments("video.webm", "--preset 8", DisplayName = "opus in webm")]
    public async Task Clicks_are_at_their_samples(string output, string options)
    {
        using var place = new RenderPlace(helios, Still);
        place.Directory.Write("a.wav", Sound.MakeClicks([0, 7001, 50_000], 60_000));
        place.Directory.Write("b,1.wav", Sound.MakeClicks([441], 44_100, rate: 44_100, channels: 1));
        await place.PlanAsync([
            .. s_job, "-o", output, "--audio", "a.wav,start=0.5", "--audio", "b,1.wav,start=1.25,volume=0.5",
            .. Words(options),
        ]);
        await place.RenderAllAsync();

        RunResult result = await place.Run("merge-chunks", "job.json");

        await Assert.That(result.Succeeded().Stderr).Matches("^24 frames of 2 chunks merged in [^\n]+\n$");
        string video = place.Directory.PathOf(output);
        short[] heard = await Sound.DecodeAsync(video);
        int[] expected = [24_000, 24_000 + 7001, 60_000 + 480, 24_000 + 50_000]; // a 44.1 kHz sample 441 is a 48 kHz sample 480
        IReadOnlyList<int> clicks = Sound.FindClicks(heard);
        await Assert.That(clicks.Count).IsEqualTo(4).Because(string.Join(' ', clicks));
        foreach (var (found, wanted) in clicks.Zip(expected))
            await Assert.That(Math.Abs(found - wanted)).IsLessThanOrEqualTo(1).Because($"{found} is not {wanted}");
        // half as loud, though mono
        await Assert.That(Math.Abs(heard[clicks[2]]) * 2.0 / Math.Abs((int)heard[clicks[0]])).IsBetween(0.85, 1.2);

        // aac comes in packets of 1024; what is behind the end of the picture is cut by the edit list, which ffmpeg's decoder leaves to
        // players
        bool isAac = options.Length == 0 && !output.EndsWith("mkv", StringComparison.Ordinal);
        await Assert.That(heard.Length).IsBetween(Samples, isAac ? Samples + 1023 : Samples);
        if (output.StartsWith("video.m", StringComparison.Ordinal) && !output.EndsWith("mkv", StringComparison.Ordinal))
            await Assert.That((long)(await ProbeSoundAsync(video))["duration_ts"]!).IsEqualTo(Samples);
        IReadOnlyList<(long Time, string Digest)> frames = await Video.HashAsync(video);
        // the picture has not moved
        await Assert.That(frames.Select(frame => frame.Time)).IsEquivalentTo(Enumerable.Range(0, 24).Select(n => (long)n));
    }

    [Test]
    public async Task A_sound_is_heard_to_its_last_sample()
    {
        using var place = new RenderPlace(helios, Still);
        place.Directory.Write("a.wav", Sound.MakeClicks([100, 48_150], 48_192)); // 1.004 s, which its header calls 1.00
        await place.PlanAsync(
            "--frames", "24", "--fps", "12", "-o", "video.mov", "--audio-codec", "pcm", "--audio", "a.wav", "--audio",
            "a.wav,start=0.25,fade-out=0.1,volume=0.5");
        await place.RenderAllAsync();

        RunResult result = await place.Run("merge-chunks", "job.json");

        await Assert.That(result.Succeeded().Stderr).Matches("^24 frames of 1 chunk merged in [^\n]+\n$");
        short[] heard = await Sound.DecodeAsync(place.Directory.PathOf("video.mov"));
        await Assert.That(Sound.FindClicks(heard)).IsEquivalentTo([100, 12_100, 48_150]);
        // 42 samples before the end of a fade of 4800
        await Assert.That(Math.Abs(heard[12_000 + 48_150] - (15_000 * 42 / 4800.0))).IsLessThan(2);
    }

    /// <summary>Loud at first, so that the packets in front promise a much shorter file than it is.</summary>
    [Test]
    public async Task A_length_that_is_an_estimate_cuts_nothing()
    {
        using var place = new RenderPlace(helios, Still);
        place.Directory.Write("click.wav", Sound.MakeClicks([11 * Sound.Rate], 14 * Sound.Rate));
        (
            await Tool.Run(
                    "ffmpeg", "ffmpeg", "-v", "error", "-f", "lavfi", "-i",
                    "anoisesrc=d=2:a=0.9:r=48000:seed=1,aformat=channel_layouts=stereo", "-i", "click.wav", "-filter_complex",
                    "[0]apad=whole_dur=14[noise];[noise][1]amix=inputs=2:normalize=0", "-c:a", "aac", "-q:a", "2", "-f", "adts",
                    "sound.aac")
                .In(place.Directory)
        ).Succeeded();
        RunResult probe = await Tool.Run("ffmpeg", "ffmpeg", "-hide_banner", "-i", "sound.aac").In(place.Directory);
        await Assert.That(probe.Stderr).Matches("Estimating duration[^$]*Duration: 00:00:0[0-9]");
        await place.PlanAsync("--frames", "14", "--fps", "1", "-o", "video.mov", "--audio-codec", "pcm", "--audio", "sound.aac,fade-out=1");
        await place.RenderAllAsync();

        (await place.Run("merge-chunks", "job.json")).Succeeded();

        short[] heard = await Sound.DecodeAsync(place.Directory.PathOf("video.mov"), "atrim=start=10.5:end=12");
        await Assert.That(Sound.FindClicks(heard, limit: 2000).Count).IsEqualTo(1);
    }

    [Test]
    [Arguments("trim=2-3", "nothing is heard from 2 s on: the file has 1 s of audio", DisplayName = "all of it")]
    [Arguments("trim=0.5-1.5", "the part ends before 1.5 s: the file has 1 s of audio", DisplayName = "its end")]
    [Arguments("trim=0.5-1", "", DisplayName = "up to the end")]
    public async Task A_part_beyond_the_end_of_its_file_is_worth_a_word(string part, string warning)
    {
        using var place = new RenderPlace(helios, Still);
        place.Directory.Write("a.wav", Sound.MakeClicks([100], Sound.Rate));
        await place.PlanAsync("--frames", "2", "--audio", "a.wav," + part);
        await place.RenderAllAsync();

        RunResult result = await place.Run("merge-chunks", "job.json");

        string expected =
            warning.Length == 0 ? "" : System.Text.RegularExpressions.Regex.Escape($"{warning} ({place.Directory.PathOf("a.wav")})") + "\n";
        await Assert.That(result.Succeeded().Stderr).Matches($"^{expected}2 frames of 1 chunk merged in [^\n]+\n$");
    }

    [Test]
    public async Task A_sound_fades_in_from_its_start()
    {
        using var place = new RenderPlace(helios, Still);
        place.Directory.Write("a.wav", Sound.MakeClicks([0, 6000, 12_000, 36_000], Sound.Rate));
        await place.PlanAsync(
            "--frames", "24", "--fps", "12", "-o", "video.mov", "--audio-codec", "pcm", "--audio", "a.wav,start=0.5,fade-in=0.5");
        await place.RenderAllAsync();

        (await place.Run("merge-chunks", "job.json")).Succeeded();

        short[] heard = await Sound.DecodeAsync(place.Directory.PathOf("video.mov"));
        foreach (var (sample, level) in ((int, int)[])[(0, 0), (6000, 7500), (12_000, 15_000), (36_000, 30_000)])
            await Assert.That(Math.Abs(heard[24_000 + sample] - level)).IsLessThan(10).Because($"{heard[24_000 + sample]} at {sample}");
    }

    /// <summary>
    /// aac in mp4, and all of its clicks: encoder delay and edit list are right from the first second to the last. Where a click is in its
    /// packet of 1024 samples repeats after 200 s.
    /// </summary>
    [Test]
    [Timeout(300_000)]
    public async Task Every_click_of_twenty_minutes_is_at_its_sample()
    {
        const int Seconds = 1200, SourceRate = 8000;
        using var place = new RenderPlace(helios, Still);
        int[] clicks = [.. Enumerable.Range(0, Seconds).Select(second => (second * SourceRate) + 1000 + (second % 100))];
        place.Directory.Write("clicks.wav", Sound.MakeClicks(clicks, Seconds * SourceRate, SourceRate, channels: 1));
        await place.PlanAsync("--frames", "12", "--fps", "0.01", "-o", "video.mp4", "--audio", "clicks.wav");
        await place.RenderAllAsync();

        (await place.Run("merge-chunks", "job.json")).Succeeded();

        IReadOnlyList<int> found = Sound.FindClicks(await Sound.DecodeAsync(place.Directory.PathOf("video.mp4")), limit: 2000);
        await Assert.That(found.Count).IsEqualTo(Seconds);
        await Assert
            .That(found.Zip(clicks).Max(pair => Math.Abs(pair.First - (pair.Second * (Sound.Rate / SourceRate)))))
            .IsLessThanOrEqualTo(1);
    }

    /// <summary>36 frames of 100 s, so that an hour is rendered in a second.</summary>
    [Test]
    [Timeout(300_000)]
    public async Task Nothing_drifts_in_an_hour()
    {
        const int Hour = 3600, SourceRate = 8000;
        using var place = new RenderPlace(helios, Still);
        place.Directory.Write(
            "hour.wav",
            Sound.MakeClicks(
                Enumerable.Range(0, Hour).Select(second => (second * SourceRate) + 1000 + (second % 100)),
                Hour * SourceRate,
                SourceRate,
                channels: 1));
        await place.PlanAsync("--frames", "36", "--fps", "0.01", "-o", "video.mkv", "--audio-codec", "flac", "--audio", "hour.wav");
        await place.RenderAllAsync();

        (await place.Run("merge-chunks", "job.json")).Succeeded();

        int[] seconds = [0, 1799, 3599];
        string windows = string.Concat(
            seconds.Select((second, i) => $"[w{i}]atrim=start_sample={second * Sound.Rate}:end_sample={(second + 1) * Sound.Rate}[c{i}];"));
        short[] heard = await Sound.DecodeAsync(
            place.Directory.PathOf("video.mkv"),
            "asplit=3[w0][w1][w2];" + windows + "[c0][c1][c2]concat=n=3:v=0:a=1");
        await Assert.That(heard.Length).IsEqualTo(3 * Sound.Rate); // the last window is whole: an hour to the sample
        foreach (var (click, i) in Sound.FindClicks(heard).Select((click, i) => (click, i)))
        {
            await Assert
                .That(Math.Abs(click - ((i * Sound.Rate) + ((1000 + (seconds[i] % 100)) * (Sound.Rate / SourceRate)))))
                .IsLessThanOrEqualTo(1)
                .Because($"click {i} at {click}");
        }

        await Assert.That(Sound.FindClicks(heard).Count).IsEqualTo(3);
    }

    [Test]
    public async Task Parts_loops_and_fades_are_heard_from_any_frame()
    {
        using var place = new RenderPlace(helios, Still);
        place.Directory.Write("a.wav", Sound.MakeClicks([100, 12_100, 24_100], 48_000));
        // the part from 0.25 to 0.5 s holds one click at 100; repeated every 12,000 samples from 1 s on, heard from frame 12 (1 s) and cut
        // at 2 s
        await place.PlanAsync(
            "--frames", "12", "--fps", "12", "--start-frame", "18", "-o", "video.mov", "--audio-codec", "pcm", "--audio",
            "a.wav,trim=0.25-0.5,start=1,loop,fade-out=0.5");
        (await place.Render("--quiet")).Succeeded();

        (await place.Run("merge-chunks", "job.json")).Succeeded();

        short[] heard = await Sound.DecodeAsync(place.Directory.PathOf("video.mov"));
        await Assert.That(heard.Length).IsEqualTo(48_000);
        await Assert.That(Sound.FindClicks(heard)).IsEquivalentTo([100, 12_100, 24_100, 36_100]);
        await Assert.That((int)heard[12_100]).IsEqualTo(30_000);
        await Assert.That(Math.Abs(heard[36_100] - (30_000 * (48_000 - 36_100) / 24_000.0))).IsLessThan(10);
    }

    [Test]
    public async Task Sound_does_not_need_new_chunks()
    {
        using var place = new RenderPlace(helios, Still);
        place.Directory.Write("a.wav", Sound.MakeClicks([100], 4800));
        await place.PlanAsync(s_job);
        await place.RenderAllAsync();
        await place.PlanAsync([.. s_job, "--audio", "a.wav"]);

        (await place.Run("merge-chunks", "job.json")).Succeeded();

        await Assert.That(Sound.FindClicks(await Sound.DecodeAsync(place.Directory.PathOf("output.mp4")))).IsEquivalentTo([100]);
    }

    [Test]
    public async Task A_sound_file_must_be_what_was_planned()
    {
        using var place = new RenderPlace(helios, Still);
        place.Directory.Write("a.wav", Sound.MakeClicks([100], 4800));
        place.Directory.Write("text.wav", "no sound at all");
        place.Directory.Write(
            "list.wav",
            $"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{place.Directory.PathOf("a.wav")}\n#EXT-X-ENDLIST\n");
        await place.PlanAsync(s_job);
        await place.RenderAllAsync();

        foreach (string name in (string[])["text.wav", "list.wav"])
        {
            await place.PlanAsync([.. s_job, "--audio", name]);
            RunResult noSound = await place.Run("merge-chunks", "job.json");
            await Assert
                .That(noSound.Stderr)
                .IsEqualTo(
                    $"helios: ffmpeg finds no audio in the file ({place.Directory.PathOf(name)}); give a wav, flac, mp3, m4a, ogg, opus, webm or mp4 file that has some\n"
                );
            await Assert.That(noSound.ExitCode).IsEqualTo(65);
        }

        await place.PlanAsync([.. s_job, "--audio", "a.wav"]);
        place.Directory.Write("a.wav", Sound.MakeClicks([200], 4800));
        RunResult changed = await place.Run("merge-chunks", "job.json");
        RunResult allowed = await place.Run("merge-chunks", "job.json", "--allow-changed");
        File.Delete(place.Directory.PathOf("a.wav"));
        RunResult missing = await place.Run("merge-chunks", "job.json", "--allow-changed");

        await Assert
            .That(changed.Stderr)
            .IsEqualTo(
                $"helios: the audio file changed since the job was planned ({place.Directory.PathOf("a.wav")}); plan the job again, which keeps the chunks, or take what is there with --allow-changed\n"
            );
        await Assert.That(changed.ExitCode).IsEqualTo(65);
        await Assert
            .That(Sound.FindClicks(await Sound.DecodeAsync((allowed.Succeeded(), place.Directory.PathOf("output.mp4")).Item2)))
            .IsEquivalentTo([200]);
        await Assert.That(missing.ExitCode).IsEqualTo(66);
        await Assert.That(place.Directory.Names().Where(name => name.EndsWith(".tmp", StringComparison.Ordinal))).IsEmpty();
    }

    private static async Task<JsonObject> ProbeSoundAsync(string path) =>
        (await Tool.Run("ffprobe", "ffmpeg", "-v", "error", "-select_streams", "a", "-show_streams", "-of", "json", path)).Succeeded().Json[
            "streams"
        ]![0]!.AsObject();

    private static string[] Words(string options) => options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
