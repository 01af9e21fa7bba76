using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Runs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Rendering;

/// <summary>
/// Somebody sets the clock back an hour in the middle of a run. libfaketime shows that to helios (its dynamically linked
/// build: a static one loads nothing) and to ffmpeg; the browser does not even start with it, and has virtual time anyway.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
[Timeout(120_000)]
public sealed class ClockTests(NativeBinary helios)
{
    [Test]
    public async Task A_clock_that_is_set_back_in_a_run_changes_nothing()
    {
        Tool.Require("faketime", "faketime");
        string library = Directory.EnumerateFiles("/usr/lib", "libfaketime.so.1", SearchOption.AllDirectories).First();
        using var place = new RenderPlace(helios, RunFaultTests.Slow);
        await place.PlanAsync("--frames", "120", "--shards", "3");
        (await place.RunJob()).Succeeded();
        byte[] undisturbed = await File.ReadAllBytesAsync(place.Directory.PathOf("output.mp4"));
        File.Delete(place.Directory.PathOf("output.mp4"));
        string clock = place.Directory.Write("clock", "+0\n");

        ProcessRun run = new ProcessRun(
            Repository.Published(Repository.HostRid + "-dynamic"),
            ["run-job", "job.json", "--workers", "2", "--progress", "json", "--browser", await MakeUnfakedAsync(place)])
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary)
            .WithEnvironment("LD_PRELOAD", library)
            .WithEnvironment("FAKETIME_TIMESTAMP_FILE", clock)
            .WithEnvironment("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .WithEnvironment("FAKETIME_NO_CACHE", "1");
        using Process process = run.Start();
        process.StandardInput.Close();
        string said = "";
        while (await process.StandardError.ReadLineAsync() is string line)
        {
            said += line + "\n";
            if (
                line.Contains("\"event\":\"progress\"", StringComparison.Ordinal)
                && !line.Contains("\"frames\":0,", StringComparison.Ordinal))
            {
                await File.WriteAllTextAsync(clock, "-1h\n");
            }
        }

        await process.WaitForExitAsync();
        await Assert.That(process.ExitCode).IsEqualTo(0).Because(said);
        await Assert.That(await File.ReadAllTextAsync(clock)).IsEqualTo("-1h\n");
        await Assert.That(said).DoesNotContain("\"event\":\"chunk-failed\"");
        await Assert.That(said).DoesNotMatch("(seconds|Ms|secondsLeft)\":(-|[0-9]{5,}[.])"); // no time is negative, or an hour
        await Assert
            .That((await File.ReadAllBytesAsync(place.Directory.PathOf("output.mp4"))).AsSpan().SequenceEqual(undisturbed))
            .IsTrue();
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    private static async Task<string> MakeUnfakedAsync(RenderPlace place)
    {
        place.Directory.Write("browser.c", """
            #include <stdlib.h>
            #include <unistd.h>
            int main(int count, char **words)
            {
                unsetenv("LD_PRELOAD");
                words[0] = "/usr/lib/chromium/chromium-headless-shell";
                return execv(words[0], words);
            }
            """);
        (await Tool.Run("gcc", "gcc", "-o", "browser", "browser.c").In(place.Directory)).Succeeded();
        return place.Directory.PathOf("browser");
    }
}
