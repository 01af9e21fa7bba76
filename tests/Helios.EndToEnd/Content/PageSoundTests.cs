using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Content;

/// <summary>What a page plays is heard in the video, at its place on the timeline, whichever chunks it falls into.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class PageSoundTests(NativeBinary helios)
{
    private const int Second = Sound.Rate;

    /// <summary>40 frames of 50 ms in three chunks, exact sound.</summary>
    private static readonly string[] s_job = ["--frames", "40", "--fps", "20", "--shards", "3", "-o", "video.mov", "--audio-codec", "pcm"];

    [Test]
    [Arguments(
        "const context = new AudioContext(); const tone = new OscillatorNode(context); tone.connect(context.destination); tone.start();",
        true, DisplayName = "a tone")]
    [Arguments(
        "const context = new AudioContext(); const source = context.createBufferSource(); source.buffer = context.createBuffer(1, 100, 48000); source.connect(context.destination); source.start(0);",
        true, DisplayName = "a buffer")]
    [Arguments(
        "const context = new OfflineAudioContext(1, 100, 48000); const tone = new OscillatorNode(context); tone.connect(context.destination); tone.start(); context.startRendering();",
        false, DisplayName = "nothing: it is offline")]
    [Arguments("new AudioContext();", false, DisplayName = "nothing yet")]
    public async Task Sound_by_web_audio_is_said_to_be_silent(string script, bool isSaid)
    {
        using var place = new RenderPlace(helios, $"<!doctype html><script>{script}</script>");
        await place.PlanAsync("--frames", "2");

        RunResult result = (await place.Render("-q")).Succeeded();

        await Assert
            .That(RenderPlace.Said(result))
            .IsEqualTo(
                isSaid
                    ? "helios: the page plays sound by Web Audio, which the video does not have: play it by an audio element, or give the file with --audio (loading https://composition.helios/page.html)\n"
                    : "");
    }

    [Test]
    [Arguments("<audio id='a' src='a.wav' data-start='0'></audio><script>setTimeout(() => { a.volume = 0.5; }, 100)</script>",
        @"sets volume of https://composition\.helios/a\.wav while it is on the timeline",
        DisplayName = "changes the volume of what is on the timeline")]
    [Arguments("<audio id='a' src='a.wav' data-start='0'></audio><script>setTimeout(() => { a.muted = true; }, 100)</script>",
        "sets muted of .*", DisplayName = "mutes what is on the timeline")]
    [Arguments(
        "<canvas id='c'></canvas><video id='v' autoplay></video><script>c.getContext('2d'); v.srcObject = c.captureStream();</script>",
        "plays a MediaStream", DisplayName = "plays a stream")]
    [Arguments(
        """
            <script type="module">
            const context = new AudioContext();
            await context.audioWorklet.addModule(URL.createObjectURL(new Blob(["registerProcessor('a', class extends AudioWorkletProcessor { process() { return true; } })"], { type: "text/javascript" })));
            new AudioWorkletNode(context, "a").port.onmessage = () => { };
            </script>
            """,
        "uses messages of an AudioWorkletNode",
        DisplayName = "hears a worklet")]
    public async Task What_goes_by_another_clock_is_refused(string body, string message)
    {
        using var place = new RenderPlace(helios, "<!doctype html>" + body);
        place.Directory.Write("a.wav", Sound.MakeClicks([100], Sound.Rate));
        await place.PlanAsync("--frames", "10");

        RunResult result = await place.Render("-q");

        await Assert.That(RenderPlace.Said(result)).Matches($"^helios: the page {message}[^\n]*\n$");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    /// <summary>Changes of what a script plays are followed.</summary>
    [Test]
    [Arguments("muted", "none")]
    [Arguments("", "a.volume = 1")]
    [Arguments("", "a.play(); a.volume = 0.5")]
    public async Task What_is_not_heard_or_played_by_a_script_may_change(string attribute, string action)
    {
        string start = action.Contains("play", StringComparison.Ordinal) ? "" : "data-start='0'";
        string script = action == "none" ? "a.volume = 0.5" : action;
        using var place = new RenderPlace(
            helios,
            $"<!doctype html><audio id='a' src='a.wav' {start} {attribute}></audio><script>setTimeout(() => {{ {script}; }}, 100)</script>"
        );
        place.Directory.Write("a.wav", Sound.MakeClicks([100], Sound.Rate));
        await place.PlanAsync("--frames", "10");

        (await place.Render("-q")).Succeeded();
    }

    [Test]
    public async Task Sound_that_a_script_plays_begins_and_ends_when_the_page_says()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><body style="margin:0;background:#0a0">
            <audio id="a" src="sound/a%20b.wav"></audio>
            <script>
            setTimeout(() => a.play(), 200);
            setTimeout(() => a.pause(), 700);
            setTimeout(() => { const other = new Audio("sound/a%20b.wav"); other.volume = 0.5; other.currentTime = 0.4; other.play(); window.other = other; }, 1000);
            setTimeout(() => { window.other.muted = true; }, 1700);
            </script>
            """);
        _ = place.Directory.CreateFolder("sound");
        place.Directory.Write(
            Path.Combine("sound", "a b.wav"),
            Sound.MakeClicks([0, Second / 2 - 100, Second / 2, Second, Second + 6000], 2 * Second));
        await place.PlanAsync(s_job);
        await place.RenderAllAsync();

        RunResult result = await place.Run("merge-chunks", "job.json");

        // 0.2 s: from the start of the file for half a second; 1 s: from 0.4 s of it for 0.7 s, half as loud
        short[] heard = await Sound.DecodeAsync(place.Directory.PathOf("video.mov"));
        await Assert.That(result.Succeeded().Stderr).Matches("^40 frames of 3 chunks [^\n]+\n$");
        await Assert.That(heard.Length).IsEqualTo(2 * Second);
        await Assert
            .That(Enumerable.Range(0, heard.Length).Where(i => heard[i] != 0))
            .IsEquivalentTo([9600, 9600 + 23_900, 48_000 + 4700, 48_000 + 4800, 48_000 + 28_800]);
        await Assert.That((int)heard[9600]).IsEqualTo(30_000);
        await Assert.That((int)heard[48_000 + 4800]).IsEqualTo(15_000);
    }

    /// <summary>The page's clock is ahead of the timeline; what is heard is where it is seen, to the sample.</summary>
    [Test]
    public async Task Sound_that_the_script_of_a_frame_plays_begins_with_the_frame()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><body style="margin:0;background:#0a0">
            <script>
            const make = () => new Audio("a.wav");
            make().play(); // 0 s, before there is a frame
            const faded = Object.assign(make(), { volume: 0.5 });
            faded.play();
            let frames = 0;
            requestAnimationFrame(function frame() {
              if (frames === 0) make().play();
              if (frames === 1) faded.volume = 0.25; // goes on where it is
              if (frames === 7) make().play(); // 0.35 s
              frames++;
              requestAnimationFrame(frame);
            });
            </script>
            """);
        place.Directory.Write("a.wav", Sound.MakeClicks([0, 4800], Second / 2));
        await place.PlanAsync(s_job);
        await place.RenderAllAsync();

        (await place.Run("merge-chunks", "job.json", "-q")).Succeeded();

        short[] heard = await Sound.DecodeAsync(place.Directory.PathOf("video.mov"));
        await Assert.That(Enumerable.Range(0, heard.Length).Where(i => heard[i] != 0)).IsEquivalentTo([0, 4800, 16_800, 21_600]);
    }

    [Test]
    public async Task Media_on_the_timeline_are_heard_where_their_attributes_put_them()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><body style="margin:0;background:#0a0">
            <audio src="a.wav" autoplay data-helios-offset="0.5" data-helios-seek="0.25"></audio>
            <audio src="a.wav" autoplay loop muted></audio>
            <audio src="film.mp4" data-start="1" data-duration="0.5" data-volume="0.25"></audio>
            <p data-hidden><audio src="a.wav" data-start="1"></audio></p>
            <audio src="silent.mp4" autoplay></audio>
            <video id="v" src="film.mp4" width="64" height="64"></video>
            <script>setTimeout(() => v.play(), 150); setTimeout(() => v.remove(), 600);</script>
            <audio src="data:audio/wav;base64,UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQIAAAAAAA==" autoplay></audio>
            """);
        place.Directory.Write("a.wav", Sound.MakeClicks([Second / 2], Second));
        place.Directory.Write("tone.wav", Sound.MakeClicks([Second / 4, 3 * Second / 4], Second));
        (
            await Tool.Run(
                    "ffmpeg", "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=red:s=64x64:r=20:d=1", "-i", "tone.wav", "-c:v",
                    "libx264", "-c:a", "aac", "film.mp4")
                .In(place.Directory)
        ).Succeeded();
        (
            await Tool.Run("ffmpeg", "ffmpeg", "-v", "error", "-i", "film.mp4", "-an", "-c:v", "copy", "silent.mp4").In(place.Directory)
        ).Succeeded();
        await place.PlanAsync(s_job);
        await place.RenderAllAsync();

        RunResult result = await place.Run("merge-chunks", "job.json");

        await Assert
            .That(result.Succeeded().Stderr)
            .Matches(
                "^the page plays data:audio/wav;base64,[^ ]+, which is not heard in the video: only files of its project are\n40 frames of 3 chunks [^\n]+\n$"
            );
        short[] heard = await Sound.DecodeAsync(place.Directory.PathOf("video.mov"));
        var clicks = Sound.FindClicks(heard, limit: 2000);
        // the film's second click comes after its removal, and after data-duration
        int[] expected = [7200 + (Second / 4), Second / 2 + (Second / 4), Second + (Second / 4)];
        await Assert.That(clicks).IsEquivalentTo(expected);
        await Assert.That(Math.Abs(heard[clicks[2]]) * 4.0 / Math.Abs((int)heard[clicks[0]])).IsBetween(0.9, 1.1);
    }

    [Test]
    public async Task A_sound_that_is_gone_at_the_merge_is_66_and_the_project_directory_can_be_named()
    {
        using var place = new RenderPlace(helios, "<!doctype html><audio src='a.wav' autoplay></audio>");
        place.Directory.Write("a.wav", Sound.MakeClicks([100], 4800));
        await place.PlanAsync("--frames", "4");
        await place.RenderAllAsync();
        _ = place.Directory.CreateFolder("elsewhere");
        File.Move(place.Directory.PathOf("a.wav"), place.Directory.PathOf("elsewhere", "a.wav"));

        RunResult missing = await place.Run("merge-chunks", "job.json");
        RunResult named = await place.Run("merge-chunks", "job.json", "--root", "elsewhere");
        File.Delete(place.Directory.PathOf("elsewhere", "a.wav"));
        File.CreateSymbolicLink(place.Directory.PathOf("elsewhere", "a.wav"), "/etc/passwd");
        RunResult outside = await place.Run("merge-chunks", "job.json", "--root", "elsewhere");

        await Assert
            .That(missing.Stderr)
            .IsEqualTo(
                $"helios: the page plays \"a.wav\", which is not there ({place.Directory.Path}); name the project directory with --root, or plan the job with --audio-codec none\n"
            );
        await Assert.That(missing.ExitCode).IsEqualTo(66);
        await Assert
            .That(Sound.FindClicks((await Sound.DecodeAsync((named.Succeeded(), place.Directory.PathOf("output.mp4")).Item2))).Count)
            .IsEqualTo(1);
        await Assert
            .That(outside.Stderr)
            .IsEqualTo(
                "helios: the page plays \"a.wav\", which is no file of its project (elsewhere); name the project directory with --root\n");
        await Assert.That(outside.ExitCode).IsEqualTo(65);
    }
}
