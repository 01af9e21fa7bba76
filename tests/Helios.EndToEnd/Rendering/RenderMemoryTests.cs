using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Rendering;

/// <summary>Memory does not grow with the frames of a chunk: a limit that two hundred pictures kept would break twice over.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class RenderMemoryTests(NativeBinary helios)
{
    private const int Frames = 200;
    private const int LimitMegabytes = 400; // a picture has 3.7

    [Test]
    [Arguments("screenshot", "opaque")]
    [Arguments("paint", "opaque")]
    [Arguments("canvas", "opaque")]
    [Arguments("canvas", "transparent")]
    public async Task Of_a_page_with_a_canvas(string capture, string ground)
    {
        using var place = new RenderPlace(helios, $$"""
            <!doctype html><body style="margin:0;background:#024"><canvas width="1280" height="720" style="display:block"></canvas><script>
            const context = document.querySelector("canvas").getContext("2d");
            const draw = time => {
              context.clearRect(0, 0, 1280, 720);
              if ("{{ground}}" === "opaque") { context.fillStyle = "#135"; context.fillRect(0, 0, 1280, 720); }
              context.fillStyle = "#fa0";
              context.fillRect(time / 10, 100, 200, 200);
              requestAnimationFrame(draw);
            };
            requestAnimationFrame(draw);
            </script>
            """
        );
        (
            await place.Run(
                "export-job", "page.html", "--frames", $"{Frames}", "--width", "1280", "--height", "720", "--preset", "ultrafast",
                "--capture", capture, "--mode",
                capture == "canvas" ? "canvas" : "dom",
                "--job", "job.json", "--job-id", "j", "-q"
            )
        ).Succeeded();

        int peak = 0;
        RunResult result = await place.DisturbAsync(async _ =>
        {
            while (
                place
                    .FindProcesses()
                    .Where(process => process.CommandLine.Contains("--type=renderer", StringComparison.Ordinal))
                    .Select(process => PeakMegabytes(process.Id))
                    .ToArray()
                    is { Length: > 0 } peaks)
            {
                peak = Math.Max(peak, peaks.Max());
                await Task.Delay(50);
            }
        });

        result.Succeeded();
        await Assert.That(peak).IsBetween(50, LimitMegabytes);
    }

    /// <summary>0 for a process that has just ended.</summary>
    private static int PeakMegabytes(int process)
    {
        try
        {
            string line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                ?? "VmHWM: 0 kB";
            return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture)
                / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
