using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
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
    private const int Levels = 60; // of the film; then it begins anew
    private const double Step = 3.5 * 255 / 219; // levels; video has 219 of them
    private const string White = "white";

    private const string Frames =
        "let n = 0; requestAnimationFrame(function frame() { if (n++ === 5) box.className = 'on'; requestAnimationFrame(frame); });";

    private const string GoingCover = "#box.on i { display: none }";

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

    /// <summary>Likewise what nothing opaque covers, wholly; nobody tells helios what does.</summary>
    [Test]
    [Arguments(GoingCover, DisplayName = "a cover")]
    [Arguments("i { display: none } #box:not(.on)::after { content: ''; position: fixed; inset: 0; background: #fff }",
        DisplayName = "generated content")]
    [Arguments("i { display: none } #box:not(.on) { clip-path: inset(0 100% 0 0) }", DisplayName = "a clip")]
    [Arguments("i { display: none } #box { overflow: hidden; height: 180px } #box:not(.on) video { margin-left: 330px }",
        DisplayName = "the end of its box")]
    [Arguments("i { display: none } video { position: absolute; z-index: -1 } #box { height: 180px } #box:not(.on) { background: #fff }",
        DisplayName = "the ground of an element around it")]
    [Arguments("i { display: none } #box { transform-style: preserve-3d } video { backface-visibility: hidden } "
        + "#box:not(.on) video { transform: rotateY(180deg) }", DisplayName = "its back")]
    public async Task A_video_that_is_uncovered_has_its_picture_in_the_first_frame(string style)
    {
        string[] numbers = await RenderAsync(Covered(style, 5), isApart: true); // the second chunk begins with the frame behind that

        await Assert.That(string.Join(' ', numbers)).IsEqualTo(Uncovered(5, Count));
    }

    /// <summary>The cover goes in an animation frame that no frame of the video shows.</summary>
    [Test]
    public async Task A_video_that_is_uncovered_between_two_frames_has_its_picture_in_the_second()
    {
        string[] numbers = await RenderAsync(Covered(GoingCover, 5), options: ["--page-fps", "60"]);

        await Assert.That(string.Join(' ', numbers)).IsEqualTo(Uncovered(3, Count));
    }

    /// <summary>What a script seeks to in a callback of the frame comes while the frame is drawn.</summary>
    [Test]
    public async Task A_video_that_a_script_seeks_has_its_picture_whenever_it_is_uncovered()
    {
        string[] numbers = await RenderAsync("""
            <style>body { background: #fff } i { position: absolute; inset: 0; background: #fff }</style>
            <video id="film" src="film.mp4" width="320" height="180" muted></video><i id="cover"></i><script>
            let n = 0;
            requestAnimationFrame(function frame() {
              film.currentTime = (n + 0.5) / 30;
              cover.style.display = n++ % 2 ? "none" : "";
              requestAnimationFrame(frame);
            });
            </script>
            """);

        await Assert
            .That(string.Join(' ', numbers))
            .IsEqualTo(string.Join(' ', Enumerable.Range(0, Count).Select(frame => frame % 2 == 0 ? White : $"{frame}")));
    }

    [Test]
    [Arguments("<video src=film.mp4 autoplay muted></video>", DisplayName = "by an attribute")]
    [Arguments("<video src=film.mp4 muted></video><script>document.querySelector(`video`).play();</script>", DisplayName = "by a script")]
    public async Task A_video_that_plays_in_a_sandboxed_frame_is_65(string body)
    {
        using var place = new RenderPlace(helios, $"<!doctype html><iframe sandbox=allow-scripts srcdoc=\"{body}\"></iframe>");
        await MakeFilmsAsync(place);
        await place.PlanAsync("--frames", "3", "--fps", "30");

        RunResult result = await place.Render("-q");

        await Assert.That(RenderPlace.Said(result))
            .StartsWith("helios: the page plays https://composition.helios/film.mp4 in a frame of another site, or a sandboxed one, ");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    /// <summary>Under a cover that stands still for so long that the frames behind it are only looked at.</summary>
    [Test]
    public async Task A_video_that_is_uncovered_after_many_equal_frames_has_its_picture_in_the_first()
    {
        string[] numbers = await RenderAsync(Covered(GoingCover, 72), 76, 76);

        await Assert.That(string.Join(' ', numbers)).IsEqualTo(Uncovered(72, 76));
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
    /// <summary>A page with a film below an element of the page's colour.</summary>
    /// <param name="style">What uncovers it when the box has the class "on".</param>
    /// <param name="last">Animation frames before that.</param>
    private static string Covered(string style, int last) => $$"""
        <style>
        body { background: #fff; overflow: hidden } i { position: absolute; inset: 0; background: #fff }
        video { animation: show 0.1s steps(1) forwards } @keyframes show { from { opacity: 0 } to { opacity: 1 } } {{style}}
        </style>
        <div id="box"><video id="film" src="film.mp4" width="320" height="180" muted autoplay></video><i></i></div>
        <script>{{Frames.Replace("5", last.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)}}</script>
        """;

    /// <summary>Numbers of a film that is seen from a frame on.</summary>
    private static string Uncovered(int first, int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(frame => frame < first ? White : $"{frame % Levels}"));

    /// <param name="body">Of the page.</param>
    /// <param name="count">Frames.</param>
    /// <param name="length">Frames of a chunk.</param>
    /// <param name="isApart">Whether a worker of its own renders the second chunk.</param>
    /// <param name="options">Of the plan.</param>
    private async Task<string[]> RenderAsync(
        string body, int count = Count, int length = Length, bool isApart = false, params string[] options)
    {
        using var place = new RenderPlace(helios, $"<!doctype html><style>body {{ margin: 0 }} video {{ display: block }}</style>{body}");
        await MakeFilmsAsync(place);
        await place.PlanAsync(
            [
                "--frames", $"{count}", "--fps", "30", "--chunk-frames", $"{length}", "--video-codec", "ffv1", "--pixel-format", "bgr0",
                "-o", "x.mkv", "--capture", "screenshot", .. options,
            ]);
        await place.RenderAllAsync();
        if (isApart) (await place.Render("--index", "1", "--force", "-q")).Succeeded();
        List<string> numbers = [];
        for (int chunk = 0; chunk * length < count; chunk++)
        {
            foreach (byte[] frame in await Video.DecodeEachAsync(place.FileOf(chunk)))
            {
                int level = Video.PixelAt(frame, 160, 90)[1];
                numbers.Add(level == 255 ? White : Math.Round(level / Step).ToString(CultureInfo.InvariantCulture));
            }
        }

        return [.. numbers];
    }

    private static async Task MakeFilmsAsync(RenderPlace place)
    {
        string[] film =
        [
            "-v", "error", "-f", "lavfi", "-i", "color=black:s=320x180:r=30:d=3,geq=lum='16+mod(N,60)*3.5':cb=128:cr=128",
            "-c:v", "libx264", "-qp", "0", "-pix_fmt", "yuv420p",
        ];
        (await Tool.Run("ffmpeg", "ffmpeg", [.. film, "film.mp4"]).In(place.Directory)).Succeeded();
        (
            await Tool.Run("ffmpeg", "ffmpeg", [.. film, "-movflags", "+frag_keyframe+empty_moov+default_base_moof", "parts.mp4"])
                .In(place.Directory)
        ).Succeeded();
    }
}
