using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Runs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Encoders;

/// <summary>
/// An ffmpeg that is killed, slow, or says nothing has not said that there is no sound, no room or no codec: what it does
/// not clearly say is never a result.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class FfmpegAnswerTests(NativeBinary helios)
{
    private const string Still = "<!doctype html><body style='margin:0;background:#00f'>";
    private const string Playing = "<!doctype html><audio src='a.wav' autoplay></audio>";
    private const string Old = "the video of yesterday";

    [Test]
    [Arguments(Still, "kill -9 $$", "exit code 137", DisplayName = "killed")]
    [Arguments(Still, "kill -15 $$", "exit code 143", DisplayName = "ended")]
    [Arguments(Still, "exit 0", "exit code 0", DisplayName = "content and silent")]
    [Arguments(Still, "exit 1", "exit code 1", DisplayName = "not content, and silent")]
    [Arguments(Still, "ffmpeg \"$@\" | head -n 1; exit 0", "exit code 0", DisplayName = "heard in part")]
    [Arguments(Still, "echo 'a.wav: Input/output error' >&2; exit 1", "Input/output error", 74, DisplayName = "a disk that fails")]
    [Arguments(Playing, "kill -9 $$", "exit code 137", DisplayName = "killed, and the page plays the sound")]
    [Arguments(Playing, "exit 0", "exit code 0", DisplayName = "silent, and the page plays the sound")]
    public async Task A_sound_that_nobody_found_is_not_left_out(string page, string fault, string said, int exitCode = 75)
    {
        using RenderPlace place = await PrepareAsync(page, page == Still ? ["--audio", "a.wav"] : []);

        RunResult result = await place.Run("merge-chunks", "job.json", "--ffmpeg", Asked(place, fault));

        await Assert
            .That(result.Stderr)
            .Matches($"^helios: [^\n]*{said}[^\n]* \\({place.Directory.PathOf("a.wav")}\\); [^\n]*run it again[^\n]*\n$");
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(place.Directory.Read("output.mov")).IsEqualTo(Old);
        await Assert.That(place.Directory.Names().Where(name => name.EndsWith(".tmp", StringComparison.Ordinal))).IsEmpty();
    }

    /// <summary>30 seconds were once taken for silence.</summary>
    [Test]
    [Timeout(120_000)]
    [ParallelLimiter<WaitingAtOnce>]
    [ExecutionPriority(TUnit.Core.Enums.Priority.High)]
    public async Task An_ffmpeg_on_a_slow_disk_is_waited_for()
    {
        using RenderPlace place = await PrepareAsync(Playing);

        (await place.Run("merge-chunks", "job.json", "--ffmpeg", Asked(place, "sleep 32; exec ffmpeg \"$@\""))).Succeeded();

        await Assert.That(Sound.FindClicks(await Sound.DecodeAsync(place.Directory.PathOf("output.mov")))).IsEquivalentTo([100]);
    }

    /// <summary>A length that was counted in part would end the sound, or begin its fade, too early.</summary>
    [Test]
    [Arguments("ffmpeg \"$@\" | head -n 12; kill -9 $$", DisplayName = "killed")]
    [Arguments("ffmpeg \"$@\" 2>/dev/null | head -n 12; exit 1", DisplayName = "not content")]
    [Arguments("ffmpeg \"$@\" | head -n 12; echo 'a.wav: Input/output error' >&2",
        DisplayName = "a disk that fails, which ffmpeg takes for the end")]
    [Arguments("exit 0", DisplayName = "silent")]
    public async Task A_length_that_was_not_counted_to_the_end_is_75(string fault)
    {
        using RenderPlace place = await PrepareAsync(Still, "--audio", "a.wav,fade-out=0.5");

        RunResult result = await place.Run(
            "merge-chunks", "job.json", "--ffmpeg",
            Asked(place, $"case \" $* \" in *' -af '*) {fault} ;; *) exec ffmpeg \"$@\" ;; esac"));

        await Assert.That(result.ExitCode).IsEqualTo(75).Because(result.Stderr);
        await Assert.That(place.Directory.Read("output.mov")).IsEqualTo(Old);
    }

    [Test]
    public async Task A_sound_of_the_page_that_ffmpeg_cannot_read_is_65()
    {
        using RenderPlace place = await PrepareAsync(Playing);
        place.Directory.Write("a.wav", "no sound at all");

        RunResult result = await place.Run("merge-chunks", "job.json", "--allow-changed"); // another file than the page was given

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                $"helios: the page plays \"a.wav\", of which ffmpeg finds no audio and no video ({place.Directory.PathOf("a.wav")}); "
                    + "give a wav, flac, mp3, m4a, ogg, opus, webm or mp4 file, or plan the job with --audio-codec none\n");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    /// <summary>66 s of noise, again and again: read each time anew, and not a sample is another.</summary>
    [Test]
    [Timeout(120_000)]
    public async Task A_long_loop_has_the_samples_of_its_part_again_and_again()
    {
        const int Seconds = 70, First = 2 * Sound.Rate, Part = 66 * Sound.Rate, Start = Sound.Rate / 2, Length = 200 * Sound.Rate;
        using var place = new RenderPlace(helios, Still);
        short[] source = MakeNoise(Seconds * Sound.Rate);
        place.Directory.Write("noise.wav", ToWave(source));
        await place.PlanAsync(
            "--frames", "20", "--fps", "0.1", "-o", "video.mov", "--audio-codec", "pcm", "--audio", "noise.wav,trim=2-68,loop,start=0.5");
        await place.RenderAllAsync();
        string log = place.Directory.PathOf("log");

        (await place.Run("merge-chunks", "job.json", "--ffmpeg", Logged(place, log))).Succeeded();

        short[] heard = await Sound.DecodeAsync(place.Directory.PathOf("video.mov"));
        await Assert.That(heard.Length).IsEqualTo(Length);
        int wrong = Enumerable.Range(0, Length).FirstOrDefault(i => heard[i] != (i < Start ? 0 : source[First + ((i - Start) % Part)]), -1);
        await Assert.That(wrong).IsEqualTo(-1);
        await Assert.That(await File.ReadAllTextAsync(log)).Contains("concat=n=4:v=0:a=1").And.DoesNotContain("aloop");
    }

    /// <summary>Later versions write Opus so that a sound that is moved for 5.1 begins too late.</summary>
    [Test]
    [Arguments("", DisplayName = "5.1")]
    [Arguments("s#asetpts=N/SR/TB+312/SR/TB#asetpts=N/SR/TB+624/SR/TB#;t;s#asetpts=N/SR/TB.audio.#asetpts=N/SR/TB+312/SR/TB[audio]#",
        DisplayName = "a later one")]
    public async Task Opus_is_merged_once_whatever_the_version(string change)
    {
        using var place = new RenderPlace(helios, Still);
        place.Directory.Write("a.wav", Sound.MakeClicks([24_000], Sound.Rate));
        await place.PlanAsync("--frames", "24", "--fps", "12", "--shards", "2", "-o", "video.mkv", "--audio", "a.wav");
        await place.RenderAllAsync();
        string log = place.Directory.PathOf("log");

        (await place.Run("merge-chunks", "job.json", "--ffmpeg", Logged(place, log, change))).Succeeded();

        string[] lines = await File.ReadAllLinesAsync(log);
        await Assert.That(lines.Count(line => line.Contains(" concat ", StringComparison.Ordinal))).IsEqualTo(1);
        string video = place.Directory.PathOf("video.mkv");
        await Assert.That(Math.Abs(Sound.FindClicks(await Sound.DecodeAsync(video)).Single() - 24_000)).IsLessThanOrEqualTo(1);
        await Assert
            .That((await Video.HashAsync(video)).Select(frame => frame.Time))
            .IsEquivalentTo(Enumerable.Range(0, 24).Select(n => (long)n));
    }

    /// <summary>A version that is not known would be in the receipt, where it hides that chunks are of different ones.</summary>
    [Test]
    [Category("Browser")]
    [Arguments("kill -9 $$", "ended with exit code 137 when asked for its codec libx264", 75, DisplayName = "killed")]
    [Arguments("exit 3", "ended with exit code 3 when asked for its codec libx264", 69, DisplayName = "not content")]
    [Arguments("ffmpeg \"$@\" 2>/dev/null", "does not say which version of ffmpeg it is", 69, DisplayName = "without a version")]
    [Arguments("ffmpeg \"$@\" | grep -v 'pixel formats'", "does not take the pixel format yuv420p", 69,
        DisplayName = "without pixel formats")]
    public async Task An_encoder_that_does_not_say_what_it_is_renders_nothing(string fault, string said, int exitCode)
    {
        using var place = new RenderPlace(helios, Still);
        await place.PlanAsync("--frames", "2");

        RunResult result = await place.Render(
            "--ffmpeg",
            RunSystemTests.Program(place, "asked", $"case $1 in -h) {fault} ;; *) exec ffmpeg \"$@\" ;; esac"));

        await Assert.That(RenderPlace.Said(result)).Matches($"^helios: the encoder[^\n]* {said}[^\n]*\n$");
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task An_ffmpeg_that_writes_nothing_and_is_content_is_75()
    {
        using RenderPlace place = await PrepareAsync(Still);

        RunResult result = await place.Run(
            "merge-chunks", "job.json", "--ffmpeg",
            RunSystemTests.Program(place, "idle", "cat >/dev/null; exit 0"));

        await Assert.That(result.Stderr).Matches("^helios: ffmpeg has written nothing \\([^\n]+/idle\\); run it again\n$");
        await Assert.That(result.ExitCode).IsEqualTo(75);
    }

    /// <summary>Errors of another language, or of none: the disk itself says that it is full.</summary>
    [Test]
    [Category("Browser")]
    [Timeout(120_000)]
    public async Task A_full_disk_is_not_tried_again_even_when_ffmpeg_does_not_say_it()
    {
        Tool.Require("unshare", "util-linux");
        using var place = new RenderPlace(helios, """
            <!doctype html><body style="margin:0"><canvas id="c" width="320" height="180"></canvas><script>
            const context = c.getContext("2d"), picture = context.createImageData(320, 180);
            const draw = () => { for (let i = 0; i < picture.data.length; i++) picture.data[i] = Math.random() * 256; context.putImageData(picture, 0, 0); requestAnimationFrame(draw); };
            requestAnimationFrame(draw);
            </script>
            """);
        place.Directory.CreateFolder("small");
        await place.PlanAsync("--frames", "30", "--shards", "2", "--output", "small/video.mkv", "--video-codec", "ffv1");
        string mute = RunSystemTests.Program(
            place, "mute", "case $1 in -h) exec ffmpeg \"$@\" ;; *) exec ffmpeg \"$@\" 2>/dev/null ;; esac");

        RunResult result = await helios
            .RunScript(
                """
                mount -t tmpfs -o size=1500k helios-test small || { echo "cannot mount a tmpfs: run the tests as root, or allow user namespaces" >&2; exit 99; }
                helios run-job job.json --workers 1 --progress json --ffmpeg "$1"
                """,
                mute)
            .Under("unshare", Environment.IsPrivilegedProcess ? ["--mount"] : ["--mount", "--map-root-user"])
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary);

        JsonObject[] events =
        [
            .. result.Stderr.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!.AsObject()),
        ];
        await Assert.That(events.Select(item => (string)item["event"]!)).DoesNotContain("chunk-failed");
        await Assert.That((string)events[^1]["event"]!).IsEqualTo("error").Because(result.Stderr);
        await Assert.That((string)events[^1]["reason"]!).IsEqualTo("disk-full");
        await Assert.That((string)events[^1]["where"]!).StartsWith("chunk ");
        await Assert.That(result.ExitCode).IsEqualTo(74);
    }

    private async Task<RenderPlace> PrepareAsync(string page, params string[] options)
    {
        var place = new RenderPlace(helios, page);
        place.Directory.Write("a.wav", Sound.MakeClicks([100], Sound.Rate));
        place.Directory.Write("output.mov", Old);
        await place.PlanAsync(["--frames", "2", "--fps", "1", "-o", "output.mov", "--audio-codec", "pcm", .. options]);
        await place.RenderAllAsync();
        return place;
    }

    /// <summary>An ffmpeg with a fault wherever it does not join.</summary>
    private static string Asked(RenderPlace place, string fault) =>
        RunSystemTests.Program(place, "asked", $"case \" $* \" in *' concat '*) exec ffmpeg \"$@\" ;; esac\n{fault}");

    /// <summary>An ffmpeg that notes its command lines, each argument changed by sed.</summary>
    private static string Logged(RenderPlace place, string log, string change = "") => RunSystemTests.Program(place, "logged", $"""
        echo " $* " >> '{log}'
        for word; do shift; set -- "$@" "$(printf %s "$word" | sed '{change}')"; done
        exec ffmpeg "$@"
        """);

    private static short[] MakeNoise(int samples)
    {
        var random = new Random(20_261_128);
        short[] noise = new short[samples];
        for (int i = 0; i < samples; i++) noise[i] = (short)random.Next(-20_000, 20_000);
        return noise;
    }

    /// <summary>The same samples left and right.</summary>
    private static byte[] ToWave(short[] samples)
    {
        byte[] file = Sound.MakeClicks([], samples.Length);
        for (int i = 0; i < 2 * samples.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(44 + (2 * i)), samples[i / 2]);
        return file;
    }
}
