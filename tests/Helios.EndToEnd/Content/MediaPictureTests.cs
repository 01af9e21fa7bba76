using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Content;

/// <summary>A film shows its own number as a grey: it is the right one in each frame in which the film is to be seen.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class MediaPictureTests(NativeBinary helios)
{
    private const int Count = 12;
    private const int Length = 6; // of a chunk
    private const double Step = 3.5 * 255 / 219; // levels; video has 219 of them
    private const string White = "white";

    private const string Frames =
        "let n = 0; requestAnimationFrame(function frame() { if (n++ === 5) box.className = 'on'; requestAnimationFrame(frame); });";

    /// <summary>The compositor asks for the picture of a video that it shows.</summary>
    [Test]
    [MatrixDataSource]
    public async Task A_video_that_is_revealed_has_its_picture_in_the_first_frame(
        [Matrix("opacity: 0", "visibility: hidden", "display: none", "transform: translateX(500px)")] string style,
        [Matrix("autoplay", "")] string attribute)
    {
        string[] numbers = await RenderAsync($$"""
            <style>#box:not(.on) video { {{style}} } body { background: #fff }</style><div id="box">
            <video id="film" src="film.mp4" width="320" height="180" muted {{attribute}}></video></div>
            <script>{{(attribute.Length == 0 ? "film.play();" : "")}} {{Frames}}</script>
            """);

        await Assert
            .That(string.Join(' ', numbers))
            .IsEqualTo(string.Join(' ', Enumerable.Range(0, Count).Select(frame => frame < 5 ? White : $"{frame}")));
    }

    [Test]
    [Arguments("const film = document.createElement('video'); film.setAttribute('src', 'film.mp4');", DisplayName = "an attribute")]
    [Arguments(
        "const first = document.createElement('video'); first.src = 'film.mp4'; const film = first.cloneNode();", DisplayName = "a copy")]
    [Arguments(
        "const holder = document.createElement('div'); holder.innerHTML = '<video src=film.mp4></video>'; const film = holder.firstChild;",
        DisplayName = "a text")]
    [Arguments(
        "const t = document.createElement('template'); t.innerHTML = '<video><source src=film.mp4></video>'; "
            + "const film = document.importNode(t.content, true).firstChild;", DisplayName = "a template")]
    [Arguments(
        "const film = document.createElement('video'); film.setAttribute('autoplay', ''); film.setAttribute('src', 'film.mp4');",
        DisplayName = "an attribute, and it plays by itself")]
    public async Task A_video_outside_the_document_has_the_picture_of_its_time(string make)
    {
        string[] numbers = await RenderAsync($$"""
            <canvas id="c" width="320" height="180" style="display: block"></canvas><script>
            const context = c.getContext("2d", { willReadFrequently: true });
            {{make}}
            if (!film.autoplay) film.play();
            requestAnimationFrame(function draw() {
              if (film.readyState >= 2) context.drawImage(film, 0, 0);
              requestAnimationFrame(draw);
            });
            </script>
            """);

        await Assert.That(string.Join(' ', numbers)).IsEqualTo(string.Join(' ', Enumerable.Range(0, Count)));
    }

    [Test]
    [Arguments("append", "b.appendBuffer(bytes); v.play();", DisplayName = "it has come")]
    [Arguments("setTimeout", "setTimeout(() => { b.appendBuffer(bytes); v.play(); }, 100);", DisplayName = "it comes by a timer")]
    [Arguments("duration", "source.duration = 1; const t = setInterval(() => { clearInterval(t); b.appendBuffer(bytes); v.play(); }, 100);",
        DisplayName = "it comes by a timer of a player, which has said how long it is")]
    public async Task Data_of_a_script_is_shown_from_its_time_on(string kind, string action)
    {
        string[] numbers = await RenderAsync($$"""
            <style>body { background: #fff }</style><video id="v" width="320" height="180" muted></video><script>
            const source = new MediaSource();
            v.src = URL.createObjectURL(source);
            source.onsourceopen = async () => {
              const b = source.addSourceBuffer('video/mp4; codecs="avc1.64000d"');
              const bytes = await (await fetch("parts.mp4")).arrayBuffer();
              b.onupdateend = () => source.endOfStream();
              {{action}}
            };
            </script>
            """);

        int first = kind == "setTimeout" ? 3 : 0; // the frame whose clock has reached 100 ms
        await Assert
            .That(string.Join(' ', numbers))
            .IsEqualTo(string.Join(' ', Enumerable.Range(0, Count).Select(frame => frame < first ? White : $"{frame - first}")));
    }

    [Test]
    public async Task A_time_for_which_a_script_gives_no_data_is_refused_by_name()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><video id="v" width="320" height="180" muted></video><script>
            const source = new MediaSource();
            v.src = URL.createObjectURL(source);
            source.onsourceopen = async () => {
              const b = source.addSourceBuffer('video/mp4; codecs="avc1.64000d"');
              b.appendBuffer(await (await fetch("parts.mp4")).arrayBuffer());
              b.onupdateend = () => { v.currentTime = 5; source.duration = 10; };
            };
            </script>
            """);
        await MakeFilmsAsync(place);
        await place.PlanAsync("--frames", "3");

        RunResult result = await place.Render("-q");

        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(result.Stderr).Contains("the page's MediaSource has too little data to show its video at ");
    }

    /// <summary>The number that each frame shows.</summary>
    private async Task<string[]> RenderAsync(string body)
    {
        using var place = new RenderPlace(helios, $"<!doctype html><style>body {{ margin: 0 }} video {{ display: block }}</style>{body}");
        await MakeFilmsAsync(place);
        await place.PlanAsync(
            "--frames", $"{Count}", "--fps", "30", "--chunk-frames", $"{Length}", "--video-codec", "ffv1", "--pixel-format", "bgr0", "-o",
            "x.mkv", "--capture", "screenshot");
        await place.RenderAllAsync();
        List<string> numbers = [];
        for (int frame = 0; frame < Count; frame++)
        {
            int level = Video.PixelAt(await Video.DecodeAsync(place.FileOf(frame / Length), frame % Length), 160, 90)[1];
            numbers.Add(level == 255 ? White : Math.Round(level / Step).ToString(CultureInfo.InvariantCulture));
        }

        return [.. numbers];
    }

    private static async Task MakeFilmsAsync(RenderPlace place)
    {
        string[] film =
        [
            "-v", "error", "-f", "lavfi", "-i", "color=black:s=320x180:r=30:d=1,geq=lum='16+N*3.5':cb=128:cr=128", "-c:v", "libx264", "-qp",
            "0", "-pix_fmt", "yuv420p",
        ];
        (await Tool.Run("ffmpeg", "ffmpeg", [.. film, "film.mp4"]).In(place.Directory)).Succeeded();
        (
            await Tool.Run("ffmpeg", "ffmpeg", [.. film, "-movflags", "+frag_keyframe+empty_moov+default_base_moof", "parts.mp4"])
                .In(place.Directory)
        ).Succeeded();
    }
}
