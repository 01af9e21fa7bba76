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

namespace Helios.EndToEnd.Rendering;

/// <summary>Several stills, contact sheets and posters: each frame is that of the video, also where the page accumulates.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(180_000)]
public sealed class StillTests(NativeBinary helios)
{
    /// <summary>What is drawn stays: each frame adds to those before it, and a transition begins when a timer says so.</summary>
    private const string Accumulating = """
        <!doctype html><style>#b { position:absolute;top:100px;width:40px;height:40px;background:#00f;transition:transform 1s }</style>
        <body style="margin:0;background:#fff"><canvas width="320" height="100" style="position:absolute;left:0;top:0"></canvas><div id="b"></div><script>
        const context = document.querySelector("canvas").getContext("2d");
        let x = 0;
        const draw = () => { context.fillStyle = `hsl(${x * 12} 90% 50%)`; context.fillRect(x * 5, Math.random() * 80, 5, 20); x++; requestAnimationFrame(draw); };
        requestAnimationFrame(draw);
        setTimeout(() => { b.style.transform = "translateX(200px)"; }, 400);
        </script>
        """;

    private static readonly string[] s_small = ["--width", "320", "--height", "180", "--fps", "10"];

    [Test]
    [Arguments("screenshot")]
    [Arguments("paint")]
    public async Task Stills_of_a_list_are_the_frames_of_the_video(string capture)
    {
        using var place = new RenderPlace(helios, Accumulating);
        string[] job = ["page.html", .. s_small, "--capture", capture];
        _ = Directory.CreateDirectory(place.Directory.PathOf("all"));
        (await place.Run(["render", .. job, "--frames", "20", "-o", "all/%d.png", "--shards", "2"])).Succeeded();

        RunResult result = await place.Run(["render", .. job, "--frames", "20", "--still", "50%,3,100%,4,0", "-o", "shot.png"]);
        (await place.Run(["render", .. job, "--still", "7,12", "-o", "p_%03d.PNG"])).Succeeded();

        await Assert
            .That(RenderPlace.Said(result.Succeeded()))
            .Matches(
                "^frame 0 in [0-9.]+ s → shot_000000.png\nframe 3 in [^\n]+\nframe 4 in [^\n]+\nframe 10 in [^\n]+\nframe 19 in [^\n]+\n$");
        await Assert
            .That(place.Directory.Names())
            .IsEquivalentTo([
                "all", "p_007.PNG", "p_012.PNG", "page.html", "shot_000000.png", "shot_000003.png", "shot_000004.png", "shot_000010.png",
                "shot_000019.png",
            ]);
        foreach (
            var (file, frame) in (IEnumerable<(string, int)>)
                [
                    ("shot_000000.png", 0),
                    ("shot_000003.png", 3),
                    ("shot_000004.png", 4),
                    ("shot_000010.png", 10),
                    ("shot_000019.png", 19),
                    ("p_007.PNG", 7),
                    ("p_012.PNG", 12),
                ])
        {
            await Assert.That(await PixelsAsync(place, file) == await PixelsAsync(place, $"all/{frame}.png")).IsTrue().Because(file);
        }

        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    /// <summary>Every picture of the sheet is compared with its still, by a colour that only that frame has.</summary>
    [Test]
    public async Task A_contact_sheet_shows_the_whole_with_labels()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><body style="margin:0"><script>
            window.helios = { duration: 10, fps: 10, seek(frame) { document.body.style.background = `rgb(${frame * 2} 100 ${200 - frame * 2})`; } };
            </script>
            """);

        RunResult result = await place.Run(
            "render", "page.html", "--width", "320", "--height", "180", "--contact-sheet", "sheet.png", "--probe");

        await Assert.That(RenderPlace.Said(result.Succeeded())).EndsWith("contact sheet of 12 frames → sheet.png\n");
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["page.html", "sheet.png"]);
        byte[] sheet = await DecodeAsync(place, "sheet.png");
        const int Width = (4 * 332) + 12;
        await Assert.That(sheet.Length).IsEqualTo(Width * ((3 * (180 + 26 + 12)) + 12) * 3);
        long[] frames = [.. Enumerable.Range(0, 12).Select(i => i * 99L / 11)];
        for (int i = 0; i < 12; i++)
        {
            int left = 12 + (i % 4 * 332), top = 12 + (i / 4 * 218);
            await Assert.That(At(left + 160, top + 90)).IsEqualTo($"{frames[i] * 2} 100 {200 - (frames[i] * 2)}").Because($"picture {i}");
            int bright = 0; // the label's pixels, which are lighter than the ground
            for (int y = top + 180; y < top + 206; y++)
                for (int x = left; x < left + 320; x++) bright += sheet[((y * Width) + x) * 3] > 128 ? 1 : 0;
            await Assert.That(bright).IsBetween(100, 1500).Because($"label {i}");
        }

        string At(int x, int y) => string.Join(' ', sheet.Skip(((y * Width) + x) * 3).Take(3));
    }

    [Test]
    public async Task A_contact_sheet_of_a_list_leaves_the_stills_when_they_have_a_name()
    {
        using var place = new RenderPlace(helios, Accumulating);

        (await place.Run(["render", "page.html", .. s_small, "--still", "5,1", "--contact-sheet", "only.png"])).Succeeded();
        (
            await place.Run([
                "render", "page.html", .. s_small, "--still", "5,1", "--contact-sheet", "sheet.png", "-o", "s.png", "--scale", "2",
            ])
        ).Succeeded();

        await Assert.That(place.Directory.Names()).IsEquivalentTo(["only.png", "page.html", "s_000001.png", "s_000005.png", "sheet.png"]);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    public async Task Too_many_frames_are_refused_at_once()
    {
        using var directory = new TestDirectory();
        directory.Write("page.html", "<!doctype html>");
        string[] render = ["render", "page.html", "--still", string.Join(',', Enumerable.Range(0, 1000))];

        RunResult sheet = await helios.Run([.. render, "--contact-sheet", "a.png"]).In(directory);
        RunResult stills = await helios
            .Run(["render", "page.html", "--still", string.Join(',', Enumerable.Range(0, 10_000)), "--contact-sheet", "a.png"])
            .In(directory);

        await Assert
            .That((sheet.ExitCode, sheet.Stderr))
            .IsEqualTo(
                (
                    64,
                    "helios: a contact sheet of 1000 frames cannot be looked at (--contact-sheet); give at most 100 with --still, or make several sheets\n"
                ));
        await Assert
            .That((stills.ExitCode, stills.Stderr))
            .IsEqualTo((64, "helios: 10000 frames are too many (--still); give at most 1000, or render them all with --frames-only\n"));
    }

    [Test]
    public async Task A_poster_is_a_frame_of_the_job_beside_its_video()
    {
        using var place = new RenderPlace(helios, Accumulating);
        string[] job = ["page.html", .. s_small, "--start-frame", "4", "--frames", "8"];
        (await place.Run(["render", .. job, "--frames-only", "-o", "all"])).Succeeded();

        RunResult result = await place.Run(["render", .. job, "--poster", "50%", "-o", "film.webm"]);

        await Assert.That(RenderPlace.Said(result.Succeeded())).Matches("^frame 8 in [0-9.]+ s → film\\.poster\\.png\n8 frames in ");
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["all", "film.poster.png", "film.webm", "page.html"]);
        await Assert.That(await PixelsAsync(place, "film.poster.png") == await PixelsAsync(place, "all/000008.png")).IsTrue();
    }

    /// <summary>The second frame fails, so the first one is not published either.</summary>
    [Test]
    public async Task All_stills_appear_or_none()
    {
        using var place = new RenderPlace(
            helios,
            "<!doctype html><body><script>let n = 0; const f = () => { if (n++ === 5) throw new Error('five'); requestAnimationFrame(f); }; requestAnimationFrame(f);</script>"
        );

        RunResult result = await place.Run(["render", "page.html", .. s_small, "--still", "2,8", "-o", "s.png"]);

        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["page.html"]);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    private static async Task<string> PixelsAsync(RenderPlace place, string name) => Convert.ToHexString(await DecodeAsync(place, name));

    private static Task<byte[]> DecodeAsync(RenderPlace place, string name) => Video.DecodeAsync(place.Directory.PathOf(name), 0);
}
