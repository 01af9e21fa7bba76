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

/// <summary>What a style asks for while a frame is drawn is in that frame, as a browser that is given time would show it.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class LateStyleTests(NativeBinary helios)
{
    private const string Begin = """
        <!doctype html><style>
        @font-face { font-family: Late; src: url(font.woff2) }
        body { margin: 0; background: #fff; font: 30px monospace } div { width: 150px; height: 100px }
        .font { font-family: Late } .background { background: url(picture.svg) } .mask { background: #d33; mask-image: url(picture.svg) }
        .border { border: 20px solid; border-image: url(picture.svg) 30 } .content::after { content: url(picture.svg) } .list { list-style: inside url(picture.svg); display: list-item }
        @keyframes keyed { 0%, 49% { background-image: none } 50%, 100% { background-image: url(picture.svg) } }
        .keyed { animation: keyed 0.2s steps(1) both }
        </style>
        """;

    private const string ByFrame =
        "<div id=d>0123</div><script>let n = 0; requestAnimationFrame(function draw() { if (n++ === 3) d.className = '{0}'; requestAnimationFrame(draw); });</script>";
    private const string ByTimer = "<div id=d>0123</div><script>setTimeout(() => { d.className = '{0}'; }, 100);</script>";

    [Test]
    [MatrixDataSource]
    public async Task It_is_in_the_first_frame_that_can_show_it(
        [Matrix("font", "background", "mask", "border", "content", "list")] string style,
        [Matrix(false, true)] bool byTimer,
        [Matrix("screenshot", "paint")] string capture)
    {
        await ShowsAtOnceAsync((byTimer ? ByTimer : ByFrame).Replace("{0}", style, StringComparison.Ordinal), capture);
    }

    [Test]
    [Arguments("<div class=keyed></div>", "screenshot", DisplayName = "keyframes")]
    [Arguments("<div class=keyed></div>", "paint", DisplayName = "keyframes, by paint")]
    [Arguments(
        "<img id=d src=\"data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7\"><script>let n = 0; requestAnimationFrame(function draw() { if (n++ === 3) d.src = 'picture.svg'; requestAnimationFrame(draw); });</script>",
        "screenshot", DisplayName = "a picture of a script")]
    [Arguments(
        "<div>0123</div><script>let n = 0; requestAnimationFrame(function draw() { if (n++ === 3) document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'late.css' })); requestAnimationFrame(draw); });</script>",
        "screenshot", DisplayName = "a style sheet that imports another, which asks for a picture")]
    public Task So_is_that_of(string body, string capture) => ShowsAtOnceAsync(body, capture);

    /// <summary>Frames 0 to 2 are alike, and 3 to 7 are alike.</summary>
    private async Task ShowsAtOnceAsync(string body, string capture)
    {
        using var place = new RenderPlace(helios, Begin + body);
        string assets = Path.Combine(Repository.Project, "Pages", "assets");
        File.Copy(Path.Combine(assets, "dejavu-subset.woff2"), place.Directory.PathOf("font.woff2"));
        File.Copy(Path.Combine(assets, "picture.svg"), place.Directory.PathOf("picture.svg"));
        place.Directory.Write("late.css", "@import url(later.css);");
        place.Directory.Write("later.css", "div { background: url(picture.svg) }");

        (
            await place.Run(
                "render", "page.html", "--frames", "8", "--fps", "30", "--shards", "1", "--width", "320", "--height", "180",
                "--video-codec", "ffv1", "--pixel-format", "bgr0", "--capture", capture, "-o", "out.mkv", "-q")
        ).Succeeded();

        string[] frames = [.. (await Video.HashAsync(place.Directory.PathOf("out.mkv"))).Select(frame => frame.Digest)];
        string[] expected = [.. Enumerable.Repeat(frames[0], 3), .. Enumerable.Repeat(frames[7], 5)];
        await Assert.That(frames[7]).IsNotEqualTo(frames[0]);
        await Assert.That(string.Join('\n', frames)).IsEqualTo(string.Join('\n', expected));
    }
}
