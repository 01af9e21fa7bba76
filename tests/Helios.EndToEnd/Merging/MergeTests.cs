using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Merging;

/// <summary>merge-chunks gives the video that an unsharded render would have given, in every container.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class MergeTests(NativeBinary helios)
{
    internal const string Moving = """
        <!doctype html><body style="margin:0;background:#fff"><div id="b" style="width:60px;height:60px;background:#00f"></div><p id="p"></p><script>
        let n = 0;
        const draw = () => { b.style.transform = `translateX(${n * 5}px)`; p.textContent = n++; requestAnimationFrame(draw); };
        requestAnimationFrame(draw);
        </script>
        """;

    [Test]
    [Arguments("", "video.mp4 video.mov video.mkv", DisplayName = "h264")]
    [Arguments("--video-codec h265 --preset ultrafast", "video.mp4 video.mov video.mkv", DisplayName = "h265")]
    [Arguments("--video-codec vp9 --preset 8", "video.webm video.mp4 video.mkv", DisplayName = "vp9")]
    [Arguments("--video-codec av1 --preset 12", "video.webm video.mp4 video.mkv", DisplayName = "av1")]
    [Arguments("--video-codec prores", "video.mov", DisplayName = "prores")]
    [Arguments("--video-codec prores --preset 4444 --pixel-format yuva444p10le", "video.mov video.mkv", DisplayName = "prores with alpha")]
    [Arguments("--video-codec ffv1", "video.mkv video.mov", DisplayName = "ffv1")]
    [Arguments("--video-codec ffv1 --pixel-format bgra", "video.mkv video.mov", DisplayName = "ffv1 with alpha")]
    public async Task Every_frame_is_at_its_place_in_each_container(string codec, string outputs)
    {
        using var place = new RenderPlace(helios, Moving);
        string[] job = ["--frames", "10", "--fps", "30000/1001", "--shards", "3", .. Words(codec)];
        await place.PlanAsync([.. job, "--output", Words(outputs)[0]]);
        await place.RenderAllAsync();
        var frames = new List<string>();
        for (int i = 0; i < 3; i++) frames.AddRange((await Video.HashAsync(place.FileOf(i))).Select(frame => frame.Digest));

        foreach (string output in Words(outputs))
        {
            await place.PlanAsync([.. job, "--output", output]); // chunks are the same for every container
            RunResult result = await place.Run("merge-chunks", "job.json");

            await Assert.That(result.Succeeded().Stdout).IsEmpty();
            await Assert.That(result.Stderr).Matches("^10 frames of 3 chunks merged in [0-9.]+ s → [^\n]+\n$");
            string video = place.Directory.PathOf(output);
            await Assert.That(await Video.HashAsync(video)).IsEquivalentTo(frames.Select((digest, n) => ((long)n, digest))).Because(output);
            JsonObject stream = await Video.ProbeAsync(video);
            await Assert.That((string)stream["r_frame_rate"]!).IsEqualTo("30000/1001");
            if (codec.Contains("bgra", StringComparison.Ordinal))
                continue;
            foreach (string tag in (string[])["color_space", "color_primaries", "color_transfer"])
                await Assert.That((string?)stream[tag]).IsEqualTo("bt709").Because($"{tag} of {output}");
            // prores has no range but the limited one, which ffprobe does not say
            await Assert.That((string?)stream["color_range"] ?? "tv").IsEqualTo("tv").Because(output);
        }

        await Assert.That(frames.Distinct().Count()).IsEqualTo(10);
        await Assert.That(place.Directory.Names().Where(name => name.EndsWith(".tmp", StringComparison.Ordinal))).IsEmpty();
        await Assert.That(File.Exists(place.FileOf(2))).IsTrue();
    }

    [Test]
    public async Task An_mp4_can_play_before_it_is_loaded_to_its_end()
    {
        using var place = new RenderPlace(helios, Moving);
        await place.PlanAsync("--frames", "4");
        await place.RenderAllAsync();

        (await place.Run("merge-chunks", "job.json")).Succeeded();

        string bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(place.Directory.PathOf("output.mp4")));
        await Assert.That(bytes.IndexOf("moov", StringComparison.Ordinal)).IsLessThan(bytes.IndexOf("mdat", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_job_may_come_by_a_pipe_and_its_chunks_may_go()
    {
        using var place = new RenderPlace(helios, Moving);
        place.Directory.CreateFolder("elsewhere");
        await place.PlanAsync("--frames", "6", "--shards", "3", "--portable");
        await place.RenderAllAsync();

        RunResult result = await place
            .Run("merge-chunks", "-", "--workdir", "..", "--delete-chunks", "--quiet")
            .In(place.Directory.PathOf("elsewhere"))
            .WithInput(place.Directory.Read("job.json"));

        await Assert.That(result.Succeeded().Stderr).IsEmpty();
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["elsewhere", "job.json", "output.mp4", "page.html"]);
        await Assert.That((string)(await Video.ProbeAsync(place.Directory.PathOf("output.mp4")))["nb_read_frames"]!).IsEqualTo("6");
    }

    [Test]
    public async Task Names_may_be_odd()
    {
        string[] names =
        [
            "two  words", "it's 'quoted'", "line\nbreak\r", "grüße-日本-🎬", "back\\slash:colon,comma|pipe", "100% %d %03d", "#comment",
        ];
        using var place = new RenderPlace(helios, Moving);
        _ = Directory.CreateDirectory(place.Directory.PathOf(names));
        string folder = string.Join('/', names);
        foreach (string name in names)
        {
            await place.PlanAsync("--frames", "2", "--output", $"./{folder}/{name}.mp4");
            await place.RenderAllAsync(); // once: the chunks are the same

            RunResult result = await place.Run("merge-chunks", "job.json");

            await Assert.That(result.Succeeded().Stdout).IsEmpty();
            await Assert.That(File.Exists(place.Directory.PathOf([.. names, name + ".mp4"]))).IsTrue();
            await Assert.That(Directory.EnumerateFileSystemEntries(place.Temporary)).IsEmpty();
        }
    }

    private static string[] Words(string options) => options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
