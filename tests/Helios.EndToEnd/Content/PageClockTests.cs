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

/// <summary>
/// A page that computes the number of the frame from any of its clocks gets that of the frame which is shown, at every standard rate. The
/// page
/// shows each number as a row of white and black cells, one for each bit.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(300_000)]
public sealed class PageClockTests(NativeBinary helios)
{
    private const string Page = """
        <!doctype html>
        <style>
          body { margin: 0; background: #000; }
          canvas { display: block; }
          @keyframes count { from { z-index: 0; } to { z-index: 1000000; } }
          #box { position: absolute; }
        </style>
        <canvas width="320" height="180"></canvas><div id="box"></div>
        <script>
        const rate = RATE, literal = LITERAL;
        const context = document.querySelector("canvas").getContext("2d", { willReadFrequently: true });
        const write = (row, value) => {
          for (let bit = 0; bit < 20; bit++) { context.fillStyle = value >> bit & 1 ? "#fff" : "#000"; context.fillRect(bit * 16, row * 10, 16, 10); }
        };
        const numberOf = time => Math.floor(time * rate / 1000);
        const loaded = { now: performance.now(), date: Date.now() };
        const length = 1000000 * 1000 / rate;
        box.style.animation = `count ${length}ms steps(1000000) both`;
        const animation = box.animate([{ width: "0px" }, { width: "1000000px" }], { duration: length, easing: "steps(1000000)" });
        const source = `requestAnimationFrame(function frame(time) { postMessage(Math.floor(time * ${rate} / 1000)); requestAnimationFrame(frame); });`;
        let ofWorker = -1;
        new Worker(URL.createObjectURL(new Blob([source]))).onmessage = ({ data }) => { ofWorker = data; };
        let first = null, second = null, calls = 0;
        requestAnimationFrame(function frame(time) {
          const now = performance.now(), date = Date.now(), n = numberOf(time);
          first ??= { time, date };
          if (++calls === 2) second = { time, n };
          const style = getComputedStyle(box);
          [
            n, numberOf(now), numberOf(date - loaded.date), numberOf(document.timeline.currentTime), numberOf(new Event("x").timeStamp),
            numberOf(time - first.time), Math.round((time - first.time) * rate / 1000), numberOf(date - first.date),
            second ? second.n + numberOf(time - second.time) : 0, Math.floor((now - loaded.now) / (1000 / rate)), Math.floor(time * literal / 1000),
            numberOf(animation.currentTime), Number(style.zIndex), parseInt(style.width), ofWorker, Math.round(time * rate / 1000),
          ].forEach((value, row) => write(row, value));
          requestAnimationFrame(frame);
        });
        </script>
        """;

    /// <summary>Rows of the page.</summary>
    private static readonly string[] s_clocks =
    [
        "t", "performance.now()", "Date", "document.timeline", "Event.timeStamp",
        "t since frame 0", "t since frame 0, rounded", "Date since frame 0",
        "t since frame 1", "performance.now() by the length of a frame", "t with the rate as people write it",
        "Animation.currentTime", "steps() of CSS", "steps() of a Web Animation", "a worker", "t, rounded",
    ];

    [Test]
    [Arguments("24000/1001", "23.976", "screenshot")]
    [Arguments("24", "24", "screenshot")]
    [Arguments("25", "25", "screenshot")]
    [Arguments("30000/1001", "29.97", "screenshot")]
    [Arguments("30", "30", "screenshot")]
    [Arguments("30", "30", "paint")]
    [Arguments("30", "30", "canvas")]
    [Arguments("48", "48", "canvas")]
    [Arguments("50", "50", "canvas")]
    [Arguments("60000/1001", "59.94", "canvas")]
    [Arguments("60", "60", "screenshot")]
    [Arguments("90", "90", "canvas")]
    [Arguments("100", "100", "canvas")]
    [Arguments("120000/1001", "119.88", "canvas")]
    [Arguments("120", "120", "screenshot")]
    public async Task Every_clock_of_a_page_tells_the_number_of_the_frame(string rate, string literal, string capture)
    {
        int[][] frames = await RenderAsync(rate, literal, [], ["--frames", "32", .. ModeOf(capture)]);

        await Assert.That(frames.Length).IsEqualTo(32);
        await Assert.That(FindOthers(frames, 0, rate)).IsEqualTo("");
    }

    /// <summary>Doubles are coarser there, and what is added to time stamps has added up.</summary>
    [Test]
    [Arguments("30000/1001", "29.97", 108_001)]
    [Arguments("60000/1001", "59.94", 216_001)]
    [Arguments("120", "120", 432_001)]
    public async Task So_does_it_after_an_hour(string rate, string literal, int start)
    {
        int[][] frames = await RenderAsync(
            rate,
            literal,
            [],
            ["--history", "seek", "--start-frame", start.ToString(CultureInfo.InvariantCulture), "--frames", "6"]);

        await Assert.That(FindOthers(frames, start, rate)).IsEqualTo("");
    }

    [Test]
    public async Task Thirty_steps_a_second_are_thirty_pictures()
    {
        using var place = new RenderPlace(helios, """
            <!doctype html><style>
            body { margin: 0; background: #000; }
            div { position: absolute; left: 0; top: 0; width: 10px; height: 180px; background: #fff; animation: move 1s steps(30) both; }
            @keyframes move { to { transform: translateX(300px); } }
            </style><div></div>
            """);
        await place.PlanAsync("--frames", "30", "--fps", "30", "--video-codec", "ffv1", "--pixel-format", "bgr0", "-o", "x.mkv");
        await place.RenderAllAsync();

        IEnumerable<int> places = (await Video.DecodeEachAsync(place.FileOf(0)))
            .Select(frame => Enumerable.Range(0, 32).First(place => Video.PixelAt(frame, (place * 10) + 5, 90)[1] > 128));

        await Assert
            .That(places.ToArray())
            .IsEquivalentTo(Enumerable.Range(0, 30).ToArray(), TUnit.Assertions.Enums.CollectionOrdering.Matching);
    }

    /// <summary>Three frames at 30 a second have three different distances to the grid, so each kind begins in each of them.</summary>
    [Test]
    [Arguments("30")]
    [Arguments("60")]
    [Arguments("24000/1001")]
    public async Task Steps_that_begin_in_a_later_frame_are_not_shown_twice(string rate)
    {
        using var place = new RenderPlace(helios, """
            <!doctype html>
            <style>
              body { margin: 0; background: #000; }
              canvas { display: block; }
              @keyframes count { from { z-index: 0; } to { z-index: 1000000; } }
              div { position: absolute; }
            </style>
            <canvas width="320" height="180"></canvas>
            <script>
            const rate = RATE, length = 1000000 * 1000 / rate;
            const context = document.querySelector("canvas").getContext("2d", { willReadFrequently: true });
            const write = (row, value) => {
              for (let bit = 0; bit < 20; bit++) { context.fillStyle = value >> bit & 1 ? "#fff" : "#000"; context.fillRect(bit * 16, row * 10, 16, 10); }
            };
            const shadow = document.body.appendChild(document.createElement("main")).attachShadow({ mode: "closed" });
            shadow.innerHTML = `<style>@keyframes count { from { z-index: 0; } to { z-index: 1000000; } } div { position: absolute; }</style>`;
            const boxes = [];
            let frames = 0;
            requestAnimationFrame(function frame() {
              for (const box of boxes) write(box.row, box.first + Number(getComputedStyle(box.element).zIndex));
              if (frames < 3) {
                for (const kind of ["class", "script", "shadow"]) {
                  const element = (kind === "shadow" ? shadow : document.body).appendChild(document.createElement("div"));
                  if (kind === "script") element.animate([{ zIndex: 0 }, { zIndex: 1000000 }], { duration: length, easing: "steps(1000000)" });
                  else element.style.animation = `count ${length}ms steps(1000000)`;
                  boxes.push({ element, first: frames, row: boxes.length });
                }
              }
              frames++;
              requestAnimationFrame(frame);
            });
            </script>
            """.Replace("RATE", rate, StringComparison.Ordinal)
        );
        await place.PlanAsync(
            "--frames", "24", "--fps", rate, "--shards", "1", "--video-codec", "ffv1", "--pixel-format", "bgr0", "-o", "x.mkv"
        );
        await place.RenderAllAsync();

        int[][] rows = (await Cells.ReadAsync(place.FileOf(0), 9))[3..];

        await Assert
            .That(string.Join('\n', rows.Select(row => string.Join(' ', row))))
            .IsEqualTo(string.Join('\n', Enumerable.Range(3, 21).Select(frame => string.Join(' ', Enumerable.Repeat(frame, 9)))));
    }

    private static string[] ModeOf(string capture) => capture == "canvas" ? ["--mode", "canvas"] : ["--capture", capture];

    /// <summary>Numbers of every frame, by the row.</summary>
    private async Task<int[][]> RenderAsync(string rate, string literal, string[] workerOptions, string[] options)
    {
        using var place = new RenderPlace(
            helios,
            Page.Replace("RATE", rate, StringComparison.Ordinal).Replace("LITERAL", literal, StringComparison.Ordinal));
        await place.PlanAsync([
            "--fps", rate, "--shards", "1", "--video-codec", "ffv1", "--pixel-format", "bgr0", "-o", "x.mkv", .. options,
        ]);
        (await place.Render(["-q", .. workerOptions])).Succeeded();
        return await Cells.ReadAsync(place.FileOf(0), s_clocks.Length);
    }

    /// <summary>What is not as it should be, as text.</summary>
    private static string FindOthers(int[][] frames, int start, string rate)
    {
        List<string> others = [];
        for (int row = 0; row < s_clocks.Length; row++)
        {
            // above 41 frames a second, the page's clock is more than half of a frame ahead
            int ahead = s_clocks[row] == "t, rounded" && RateOf(rate) > 41 ? 1 : 0;
            if (frames.Where((numbers, i) => numbers[row] != start + i + ahead).Any())
                others.Add($"{s_clocks[row]}: {string.Join(' ', frames.Select(numbers => numbers[row]))}");
        }

        return string.Join('\n', others);
    }

    private static double RateOf(string rate)
    {
        double[] terms = [.. rate.Split('/').Select(term => double.Parse(term, CultureInfo.InvariantCulture))];
        return terms[0] / (terms.Length > 1 ? terms[1] : 1);
    }
}
