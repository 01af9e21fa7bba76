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
/// Tickers of libraries, from their npm packages, do nothing as long as no time has passed, or too little: in frame 0 they have
/// ticked once, as in the first picture that a browser shows, and then once a frame.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(300_000)]
public sealed class TickerTests(NativeBinary helios)
{
    private const int Frames = 8;

    /// <summary>The number of ticks, and what time it is to the ticker, in units of 0.1 ms.</summary>
    private const string Page = """
        <!doctype html><style>
        body { margin: 0; background: #000; overflow: hidden; }
        #cells { position: fixed; left: 0; top: 0; z-index: 9; }
        #box { position: absolute; left: 100px; top: 60px; width: 80px; height: 80px; background: #fff; }
        </style><canvas id="cells" width="320" height="20"></canvas>
        <script>
        const cells = document.getElementById("cells").getContext("2d", { willReadFrequently: true });
        const write = (row, value) => {
          for (let bit = 0; bit < 20; bit++) { cells.fillStyle = value >> bit & 1 ? "#fff" : "#000"; cells.fillRect(bit * 16, row * 10, 16, 10); }
        };
        let ticks = 0;
        const tick = milliseconds => { write(0, ++ticks); write(1, Math.round(milliseconds * 10)); };
        [0, 1].forEach(row => write(row, 0));
        </script>

        """;

    private const string Gsap = "gsap/dist/gsap.min.js";
    private const string Pixi = "pixi.js/dist/pixi.min.js";
    private const string P5 = "p5/lib/p5.min.js";
    private const string Phaser = "phaser/dist/phaser.min.js";
    private const string Three = "three/build/three.module.js three/build/three.core.js";

    public static IEnumerable<TestDataRow<(string Files, string Script, int Rate)>> Tickers()
    {
        const string gsap = "<script>gsap.ticker.add(time => tick(time * 1000));</script>";
        const string pixi =
            "<script>let total = 0; const ticker = new PIXI.Ticker(); ticker.add(() => tick(total += ticker.elapsedMS)); ticker.start();</script>";
        const string p5 =
            "<script>function setup() { createCanvas(320, 180); } function draw() { background(0); tick(millis()); }</script>";
        const string phaser = """
            <script>
            let total = 0; // its delta is smoothed; a step without time is none
            const update = function () { const passed = this.game.loop.rawDelta; if (passed > 0) tick(total += passed); };
            new Phaser.Game({ type: Phaser.CANVAS, width: 320, height: 180, banner: false, audio: { noAudio: true }, scene: { update } });
            </script>
            """;
        const string three = """
            <script type="module">
            import { Clock } from "./three.module.js";
            const clock = new Clock();
            clock.start();
            requestAnimationFrame(function frame() { if (clock.getDelta() > 0) tick(clock.elapsedTime * 1000); requestAnimationFrame(frame); });
            </script>
            """;
        foreach (int rate in (int[])[30, 60])
        {
            yield return new((Gsap, gsap, rate), DisplayName: $"GSAP at {rate}");
            yield return new((Pixi, pixi, rate), DisplayName: $"Pixi at {rate}");
            yield return new((P5, p5, rate), DisplayName: $"p5 at {rate}");
            yield return new((Phaser, phaser, rate), DisplayName: $"Phaser at {rate}");
            yield return new((Three, three, rate), DisplayName: $"three.js at {rate}");
        }

        yield return new((Gsap, gsap, 120), DisplayName: "GSAP at 120");
        yield return new((Pixi, pixi, 120), DisplayName: "Pixi at 120");
    }

    [Test]
    [MethodDataSource(nameof(Tickers))]
    public async Task A_ticker_ticks_in_every_frame_from_frame_0_on(string files, string script, int rate)
    {
        using RenderPlace place = await RenderAsync(files, script, rate);
        int[][] frames = await Cells.ReadAsync(place.FileOf(0), 2);

        await Assert.That(string.Join(' ', frames.Select(frame => frame[0]))).IsEqualTo(string.Join(' ', Enumerable.Range(1, Frames)));
        int[] steps = [.. frames.Zip(frames.Skip(1), (before, after) => after[1] - before[1])];
        await Assert.That(frames[0][1]).IsBetween(42, 130); // more than 1/240 s, and less than a frame
        // GSAP's go by Date, in whole ms
        await Assert.That(steps.Where(step => step < (10_000 / rate) - 10 || step > (10_000 / rate) + 10)).IsEmpty();
    }

    /// <summary>The headline of `gsap.from` was there in frame 0, and gone in frame 1.</summary>
    [Test]
    public async Task What_comes_in_by_gsap_from_is_hidden_in_frame_0()
    {
        using RenderPlace place = await RenderAsync(Gsap, """
            <div id="box"></div><script>gsap.from("#box", { autoAlpha: 0, y: 40, duration: 0.2 });</script>
            """, 30);

        int[] levels =
        [
            .. await Task.WhenAll(
                Enumerable
                    .Range(0, Frames)
                    .Select(async frame => Video.PixelAt(await Video.DecodeAsync(place.FileOf(0), frame), 140, 110)[1])),
        ];

        await Assert.That(levels[0]).IsLessThan(64);
        await Assert.That(levels[^1]).IsEqualTo(255);
        await Assert.That(levels.Zip(levels.Skip(1), (before, after) => after - before).Where(step => step < 0)).IsEmpty();
    }

    private async Task<RenderPlace> RenderAsync(string files, string script, int rate)
    {
        string[] sources = files.Split(' ');
        string tags = sources.Length == 1 ? $"<script src=\"{Path.GetFileName(files)}\"></script>" : "";
        var place = new RenderPlace(helios, Page + tags + script);
        foreach (string source in sources)
        {
            string path = Path.Combine(Repository.Project, "node", "node_modules", source);
            if (!File.Exists(path)) throw new FileNotFoundException("run npm ci in tests/Helios.EndToEnd/node, as test.sh does", path);
            File.Copy(path, place.Directory.PathOf(Path.GetFileName(source)));
        }

        await place.PlanAsync(
            "--frames", $"{Frames}", "--fps", $"{rate}", "--video-codec", "ffv1", "--pixel-format", "bgr0", "-o", "x.mkv");
        await place.RenderAllAsync();
        return place;
    }
}
