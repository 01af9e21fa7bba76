using System;
using System.Collections.Generic;
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

/// <summary>
/// To a page, media that it plays go on by its own clock: each page here looks at them itself, and throws at what it does not
/// expect, which is an exit code of 65.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class MediaElementTests(NativeBinary helios)
{
    private const string Prelude = """
        <!doctype html><body style="margin:0;background:#0a0"><script>
        const expect = (what, value, wanted) => { if (JSON.stringify(value) !== JSON.stringify(wanted)) throw new Error(`${what}: ${JSON.stringify(value)}`); };
        const at = (time, action) => setTimeout(action, time);
        const events = [];
        const make = (kind, source, options) => {
          const element = Object.assign(document.createElement(kind), { src: source, ...options });
          for (const name of ["play", "playing", "pause", "ended"]) element.addEventListener(name, () => events.push(name));
          return element;
        };
        const isAt = (element, time) => expect(`time after ${performance.now()} ms`, Math.abs(element.currentTime - time) < 0.0015, true);
        const loaded = [];
        const listenToLoad = element => {
          for (const name of ["loadedmetadata", "loadeddata", "canplay", "canplaythrough"])
            element.addEventListener(name, () => loaded.push(`${name} ${Math.round(performance.now())}`));
        };
        let reached = "nothing";
        at(1150, () => expect("the end", reached, "end"));
        </script><script>

        """;

    [Test]
    [Arguments(
        "video",
        """
            const video = make("video", "film.mp4", { muted: true });
            document.body.append(video);
            expect("paused at first", video.paused, true);
            at(200, () => { video.play().then(() => { reached = "play"; }); expect("paused after play", video.paused, false); });
            at(500, () => { expect("promise of play", reached, "play"); isAt(video, 0.3); video.playbackRate = 2; });
            at(700, () => { isAt(video, 0.7); video.pause(); expect("paused after pause", video.paused, true); });
            at(800, () => { isAt(video, 0.7); expect("events", events, ["play", "playing", "pause"]); reached = "end"; });
            """,
        DisplayName = "a video plays, changes its speed, and pauses")]
    [Arguments(
        "video",
        """
            const video = make("video", "film.mp4", { muted: true });
            document.body.append(video);
            at(100, () => { video.currentTime = 0.7; video.play(); });
            at(300, () => expect("ended before its end", video.ended, false));
            at(600, () => { expect("ended", [video.ended, video.paused, video.currentTime], [true, true, video.duration]); expect("events", events, ["play", "playing", "pause", "ended"]); video.play(); });
            at(800, () => { isAt(video, 0.2); reached = "end"; });
            """,
        DisplayName = "a video comes to its end, and begins anew")]
    [Arguments(
        "video",
        """
            const video = make("video", "film.mp4", { muted: true, loop: true });
            document.body.append(video);
            at(100, () => { video.currentTime = 0.8; video.play(); });
            at(600, () => { isAt(video, 0.3); expect("ended", video.ended, false); video.remove(); });
            at(700, () => { expect("paused when removed", video.paused, true); isAt(video, 0.3); reached = "end"; });
            """,
        DisplayName = "a video loops, and stops when it is removed")]
    [Arguments(
        "video",
        """
            const video = make("video", "film.mp4", { muted: true });
            const canvas = document.body.appendChild(document.createElement("canvas"));
            const context = canvas.getContext("2d", { willReadFrequently: true });
            const colour = () => { context.drawImage(video, 0, 0, 64, 64); const [red, , blue] = context.getImageData(32, 32, 1, 1).data; return red > 200 ? "red" : blue > 200 ? "blue" : `${red} ${blue}`; };
            at(100, () => video.play());
            at(420, () => expect("picture in the first half", colour(), "red"));
            at(820, () => { expect("picture in the second half", colour(), "blue"); reached = "end"; });
            """,
        DisplayName = "a video that is only drawn on a canvas goes on, too")]
    [Arguments(
        "video",
        """
            const video = make("video", "film.mp4", { muted: true });
            document.body.append(video);
            at(100, () => video.play());
            at(300, () => { video.pause(); video.play(); });
            at(500, () => { isAt(video, 0.4); expect("paused", video.paused, false); expect("events", events, ["play", "playing", "pause", "play", "playing"]); reached = "end"; });
            """,
        DisplayName = "a video that is paused and played at once goes on")]
    [Arguments(
        "video",
        """
            const video = document.createElement("video");
            document.body.insertAdjacentHTML("beforeend", "<video data-start=0></video><video data-start=0 preload=none></video>");
            at(150, () => { listenToLoad(video); video.src = "film.mp4"; });
            at(900, () => { expect("load", loaded, ["loadedmetadata 150", "loadeddata 150", "canplay 150", "canplaythrough 150"]); reached = "end"; });
            """,
        DisplayName = "the events of a video that is not in the document come at once, videos without a source are not waited for")]
    [Arguments(
        "audio",
        """
            const audio = new Audio();
            at(150, () => { listenToLoad(audio); audio.src = "tone.wav"; });
            at(300, () => {
              expect("load", loaded, ["loadedmetadata 150", "loadeddata 150", "canplay 150", "canplaythrough 150"]);
              audio.addEventListener("seeked", () => loaded.push(`seeked ${Math.round(performance.now())}`));
              audio.currentTime = 0.5;
            });
            at(900, () => { expect("seek", loaded[4], "seeked 300"); reached = "end"; });
            """,
        DisplayName = "the events of an audio element that is not in the document come at once")]
    [Arguments(
        "audio",
        """
            document.body.insertAdjacentHTML("beforeend", "<audio preload=none src=tone.wav></audio><audio></audio>");
            const audio = document.querySelector("audio");
            listenToLoad(audio);
            at(150, () => { expect("load without being asked", loaded, []); audio.preload = "auto"; });
            at(300, () => {
              expect("load", loaded.slice(0, 4), ["loadedmetadata 150", "loadeddata 150", "canplay 150", "canplaythrough 150"]);
              reached = "end";
            });
            """,
        DisplayName = "an audio element that loads when it is asked to")]
    [Arguments(
        "audio",
        """
            const audio = make("audio", "tone.wav");
            at(100, () => audio.play());
            at(300, () => { isAt(audio, 0.2); audio.playbackRate = 0.5; });
            at(700, () => { isAt(audio, 0.4); audio.pause(); });
            at(900, () => { reached = "end"; });
            """,
        DisplayName = "the time of audio elements")]
    [Arguments(
        "audio",
        """
            const audio = make("audio", "tone.wav");
            const times = [];
            for (const name of ["timeupdate", "ended"]) audio.addEventListener(name, () => times.push(`${name.at(0)} ${audio.currentTime.toFixed(2)} at ${Math.round(performance.now())}`));
            audio.currentTime = 0.2;
            at(100, () => {
              times.length = 0;
              audio.play();
              expect("events", events, []);
            });
            at(950, () => {
              expect("times", times, ["t 0.48 at 379", "t 0.75 at 645", "e 1.00 at 912", "t 1.00 at 912"]);
              expect("events", events, ["play", "playing", "pause", "ended"]);
              expect("ended", [audio.ended, audio.paused, audio.currentTime], [true, true, 1]);
              reached = "end";
            });
            """,
        DisplayName = "the events of an audio element that a script plays")]
    [Arguments(
        "audio",
        """
            document.body.insertAdjacentHTML("beforeend", "<audio data-start=0.2 src=tone.wav></audio>");
            const audio = document.querySelector("audio");
            const times = [];
            for (const name of ["timeupdate", "pause", "ended"]) audio.addEventListener(name, () => times.push(`${name.at(0)} ${audio.currentTime.toFixed(2)}`));
            at(1100, () => expect("times on the way", times, ["t 0.27", "t 0.53", "t 0.80"]));
            at(600, () => expect("paused on the way", audio.paused, false));
            at(1140, () => { reached = "end"; });
            """,
        DisplayName = "the events of an audio element on the timeline")]
    public async Task To_a_page(string kind, string script)
    {
        using var place = new RenderPlace(helios, Prelude + script + "</script>");
        place.Directory.Write("tone.wav", Sound.MakeClicks([100], Sound.Rate));
        if (kind == "video")
        {
            (
                await Tool.Run(
                        "ffmpeg", "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=red:s=64x64:r=20:d=0.5", "-f", "lavfi", "-i",
                        "color=blue:s=64x64:r=20:d=0.5", "-filter_complex", "concat", "-c:v", "libx264", "-pix_fmt", "yuv420p", "film.mp4")
                    .In(place.Directory)
            ).Succeeded();
        }

        await place.PlanAsync("--frames", "36", "--fps", "30", "--chunk-frames", "18");
        await place.RenderAllAsync();

        await Assert.That(File.Exists(place.FileOf(1))).IsTrue();
    }

    /// <summary>The film shows its own number, as a grey; a frame of it is as long as one of the job.</summary>
    [Test]
    [Arguments("autoplay", "", 0, 30, DisplayName = "at 30: a video on the timeline")]
    [Arguments("data-start='0.1'", "", 3, 30, DisplayName = "at 30: a video that begins later on the timeline")]
    [Arguments("", "film.play();", 0, 30, DisplayName = "at 30: a video that is played at once")]
    [Arguments("", "setTimeout(() => film.play(), 100);", 3, 30, DisplayName = "at 30: a video that a timer plays")]
    [Arguments("",
        "let calls = 0; requestAnimationFrame(function frame() { if (calls++ === 4) film.play(); requestAnimationFrame(frame); });", 4, 30,
        DisplayName = "at 30: a video that a frame plays")]
    [Arguments("autoplay", "", 0, 60, "open-gop=1:keyint=5:bframes=3", DisplayName = "at 60: a video with open groups of pictures")]
    [Arguments("autoplay", "", 0, 60, DisplayName = "at 60: a video on the timeline")]
    [Arguments("", "film.play();", 0, 60, DisplayName = "at 60: a video that is played at once")]
    [Arguments("",
        "let calls = 0; requestAnimationFrame(function frame() { if (calls++ === 4) film.play(); requestAnimationFrame(frame); });", 4, 60,
        DisplayName = "at 60: a video that a frame plays")]
    public async Task Every_frame_shows_the_picture_of_its_number(
        string attributes,
        string script,
        int first,
        int rate,
        string encoding = "")
    {
        const int count = 12;
        const double step = 3.5 * 255 / 219; // levels; video has 219 of them
        using var place = new RenderPlace(
            helios,
            $"<!doctype html><body style='margin:0'><video id='film' src='film.mp4' width='320' height='180' muted {attributes}></video><script>{script}</script>"
        );
        (
            await Tool.Run(
                    "ffmpeg", "ffmpeg", "-v", "error", "-f", "lavfi", "-i",
                    $"color=black:s=320x180:r={rate}:d=1,geq=lum='16+N*3.5':cb=128:cr=128", "-c:v", "libx264", "-qp", "0", "-pix_fmt",
                    "yuv420p", "-x264-params", encoding, "film.mp4")
                .In(place.Directory)
        ).Succeeded();
        await place.PlanAsync(
            "--frames", $"{count}", "--fps", $"{rate}", "--chunk-frames", "7", "--video-codec", "ffv1", "--pixel-format", "bgr0", "-o",
            "x.mkv");
        await place.RenderAllAsync();

        List<int> numbers = [];
        for (int frame = 0; frame < count; frame++)
            numbers.Add((int)Math.Round(Video.PixelAt(await Video.DecodeAsync(place.FileOf(frame / 7), frame % 7), 160, 90)[1] / step));

        await Assert
            .That(string.Join(' ', numbers))
            .IsEqualTo(string.Join(' ', Enumerable.Range(0, count).Select(frame => Math.Max(0, frame - first))));
    }
}
