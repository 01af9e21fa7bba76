using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Merging;

/// <summary>merge-chunks on a disk that is too small, or fills up: 74, and the next merge succeeds.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class MergeDiskTests(NativeBinary helios)
{
    [Test]
    public async Task A_full_disk_is_74_and_the_merge_succeeds_when_there_is_room()
    {
        Tool.Require("unshare", "util-linux");
        using var place = new RenderPlace(helios, """
            <!doctype html><body style="margin:0"><canvas width="320" height="180"></canvas><script>
            const context = document.querySelector("canvas").getContext("2d"), image = context.createImageData(320, 180);
            const draw = () => { for (let i = 0; i < image.data.length; i++) image.data[i] = Math.random() * 256; context.putImageData(image, 0, 0); requestAnimationFrame(draw); };
            requestAnimationFrame(draw);
            </script>
            """);
        _ = place.Directory.CreateFolder("small");
        await place.PlanAsync("--frames", "6", "--shards", "2", "--output", "small/video.mkv", "--video-codec", "ffv1", "--portable");
        await place.RenderAllAsync();
        string[] chunks = [place.Directory.PathOf(place.FileOf(0)), place.Directory.PathOf(place.FileOf(1))];
        long size = chunks.Sum(path => new FileInfo(path).Length);

        RunResult result = await helios
            .RunScript(
                """
                cp -r small kept
                mount -t tmpfs -o "size=$1" helios-test small || { echo "cannot mount a tmpfs: run the tests as root, or allow user namespaces" >&2; exit 99; }
                cp kept/* small/
                helios merge-chunks job.json --progress none; echo "first: $?" >&2
                ls small
                mount -o "remount,size=$2" small
                helios merge-chunks job.json --quiet; echo "second: $?" >&2
                ls small
                """,
                (size * 3 / 2).ToString(CultureInfo.InvariantCulture),
                (size * 4).ToString(CultureInfo.InvariantCulture))
            .Under("unshare", Environment.IsPrivilegedProcess ? ["--mount"] : ["--mount", "--map-root-user"])
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary);

        // what cannot fit is known before a byte is written
        await Assert
            .That(result.Stderr)
            .Matches(
                $"^helios: the video needs [0-9.]+ MB of disk, and [0-9.]+ MB are free \\({place.Directory.PathOf("small")}\\); make room, then run it again\nfirst: 74\nsecond: 0\n$"
            );
        const string Files = "temp_j_part_0.mov\ntemp_j_part_0.mov.json\ntemp_j_part_1.mov\ntemp_j_part_1.mov.json\n";
        await Assert.That(result.Stdout).IsEqualTo(Files + Files + "video.mkv\n");
    }

    /// <summary>The index of ten minutes of sound is larger than what is left: ffmpeg says so, and ends with 0.</summary>
    [Test]
    public async Task A_disk_that_is_full_when_the_index_is_written_is_74()
    {
        Tool.Require("unshare", "util-linux");
        using var place = new RenderPlace(helios, "<!doctype html><body style='margin:0;background:#00f'>");
        place.Directory.Write("click.wav", Sound.MakeClicks([100], Sound.Rate));
        _ = place.Directory.CreateFolder("small");
        await place.PlanAsync(
            "--frames", "6", "--fps", "0.01", "--shards", "2", "--audio", "click.wav,loop", "--output", "small/video.mp4", "--portable");
        await place.RenderAllAsync();
        (await place.Run("merge-chunks", "job.json")).Succeeded();
        long size = new FileInfo(place.Directory.PathOf("small", "video.mp4")).Length;
        File.Delete(place.Directory.PathOf("small", "video.mp4"));
        long chunks = Directory
            .EnumerateFiles(place.Directory.PathOf("small"))
            .Sum(path => (new FileInfo(path).Length + 4095) / 4096 * 4096);

        RunResult result = await helios
            .RunScript(
                """
                cp -r small kept
                mount -t tmpfs -o "size=$1" helios-test small || { echo "cannot mount a tmpfs: run the tests as root, or allow user namespaces" >&2; exit 99; }
                cp kept/* small/
                helios merge-chunks job.json --progress none; echo "first: $?" >&2
                ls small/*.tmp small/*.mp4 2>/dev/null
                mount -o "remount,size=$2" small
                helios merge-chunks job.json --quiet; echo "second: $?" >&2
                """,
                (chunks + size - 57_344).ToString(CultureInfo.InvariantCulture),
                (chunks + (2 * size)).ToString(CultureInfo.InvariantCulture))
            .Under("unshare", Environment.IsPrivilegedProcess ? ["--mount"] : ["--mount", "--map-root-user"])
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary);

        await Assert
            .That(result.Stderr)
            .Matches(
                "^helios: ffmpeg ended with exit code 0 while concatenating: [^\n]*No space left on device[^\n]*; make room, then run it again\nfirst: 74\nsecond: 0\n$"
            );
        await Assert.That(result.Stdout).IsEmpty();
    }
}
