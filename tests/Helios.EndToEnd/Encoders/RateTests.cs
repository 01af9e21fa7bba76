using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Encoders;

/// <summary>Bit rates in chunks: the average of each, a limit that holds for the whole video, the same bytes every time.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class RateTests(NativeBinary helios)
{
    /// <summary>Noise that differs in every frame, the worst that an encoder can get.</summary>
    private const string Noise = """
        <!doctype html><body style="margin:0"><canvas id="c" width="320" height="180" style="display:block"></canvas><script>
        const context = c.getContext('2d'), image = context.createImageData(320, 180);
        const draw = () => { for (let i = 0; i < image.data.length; i++) image.data[i] = i % 4 == 3 ? 255 : Math.random() * 256; context.putImageData(image, 0, 0); requestAnimationFrame(draw); };
        requestAnimationFrame(draw);
        </script>
        """;

    [Test]
    [Arguments("--quality 18 --bitrate 4M", "--quality and --bitrate exclude each other (command line); give one of them")]
    [Arguments("--bitrate 0", "\"0\" is not a number of bits (--bitrate); give 1k to 2000M bits, in whole kilobits, such as 800k or 4.5M")]
    [Arguments("--bitrate 1000000M",
        "\"1000000M\" is not a number of bits (--bitrate); give 1k to 2000M bits, in whole kilobits, such as 800k or 4.5M")]
    [Arguments("--max-bitrate 4m",
        "\"4m\" is not a number of bits (--max-bitrate); give 1k to 2000M bits, in whole kilobits, such as 800k or 4.5M")]
    [Arguments("--buffer-size 1G",
        "\"1G\" is not a number of bits (--buffer-size); give 1k to 2000M bits, in whole kilobits, such as 800k or 4.5M")]
    [Arguments("--buffer-size 1M",
        "a buffer without a maximum bit rate limits nothing (--buffer-size); add the maximum bit rate, or leave it out")]
    [Arguments("--bitrate 4M --max-bitrate 3M", "the maximum bit rate 3000000 is below the bit rate 4000000 (--max-bitrate); raise it")]
    [Arguments("--max-bitrate 4M --buffer-size 100k",
        "a buffer of 100000 bits holds less than 4 frames at the maximum bit rate (--buffer-size); give at least 534k")]
    [Arguments("--quality 0 --max-bitrate 4M", "quality 0 is lossless, whatever the bit rate (--max-bitrate); give a quality above 0")]
    [Arguments("-o x.webm --max-bitrate 4M",
        "the encoder of vp9 does not hold a maximum bit rate (--max-bitrate); leave it out, or use h264 or h265")]
    [Arguments("-o x.mov --video-codec prores --bitrate 4M",
        "prores has no bit rate (--bitrate); leave it out, or choose another video codec")]
    [Arguments("--video-codec av1 --bitrate 4M", "av1 has no bit rate (--bitrate); leave it out, or choose another video codec")]
    [Arguments("-o x.gif --bitrate 4M", "a .gif file has no bit rate (--bitrate); leave it out, or render a video")]
    [Arguments("-o %d.png --max-bitrate 4M", "a .png file has no maximum bit rate (--max-bitrate); leave it out, or render a video")]
    [Arguments("--fps 0.01 --max-bitrate 2000M",
        "4 frames at the maximum bit rate are more than the largest buffer holds, 2000000000 bits (--max-bitrate); lower it, or raise the frame rate")]
    [Arguments("--bitrate 4M\n",
        "\"4M\\u000A\" is not a number of bits (--bitrate); give 1k to 2000M bits, in whole kilobits, such as 800k or 4.5M")]
    [Arguments("--bitrate -4M",
        "\"-4M\" is not a number of bits (--bitrate); give 1k to 2000M bits, in whole kilobits, such as 800k or 4.5M")]
    [Arguments("--bitrate 4Mbit/s",
        "\"4Mbit/s\" is not a number of bits (--bitrate); give 1k to 2000M bits, in whole kilobits, such as 800k or 4.5M")]
    public async Task A_rate_that_cannot_be_kept_is_64(string options, string message)
    {
        using var directory = new TestDirectory();

        RunResult result = await helios.Run(["export-job", "page.html", .. options.Split(' ')]).In(directory);

        await Assert.That(result.Stderr).IsEqualTo($"helios: {message}\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert.That(result.Stdout).IsEmpty();
    }

    [Test]
    [Arguments("out.mp4", "h264", "--max-bitrate 2M --buffer-size 1M")]
    [Arguments("out.mkv", "h264", "--max-bitrate 2M --buffer-size 1M --bitrate 1800k")]
    [Arguments("out.mp4", "h265", "--max-bitrate 2M --buffer-size 1M --preset ultrafast")]
    [Timeout(180_000)]
    public async Task A_limit_holds_over_the_joins_and_every_run_gives_the_same_bytes(string output, string codec, string options)
    {
        using var place = new RenderPlace(helios, Noise);
        await place.PlanAsync(["--frames", "60", "--shards", "4", "-o", output, "--video-codec", codec, .. options.Split(' ')]);
        await place.RenderAllAsync();
        byte[][] first = [.. Enumerable.Range(0, 4).Select(place.BytesOf)];
        JsonNode?[] seams = [.. Enumerable.Range(0, 4).Select(chunk => place.ReceiptOf(chunk)["seam"]!["last"])];

        (await place.Render("--index", "2", "--force", "--quiet").Under("taskset", "--cpu-list", "0")).Succeeded();
        (await place.Run("merge-chunks", "job.json")).Succeeded();

        await Assert.That(place.BytesOf(2).SequenceEqual(first[2])).IsTrue();
        long[] sizes = await SizesAsync(place.Directory.PathOf(output));
        await Assert.That(sizes.Length).IsEqualTo(60);
        await Assert.That(FindUnderflow(sizes, most: 2_000_000, buffer: 1_000_000)).IsEqualTo(-1);
        await Assert.That(sizes.Sum() * 8 / 2.0).IsBetween(1_000_000, 2_500_000); // it is used, too
        await place.PlanAsync(["--frames", "60", "-o", output, "--video-codec", codec, .. options.Split(' ')]);
        (await place.Render("--index", "0", "--force", "--quiet")).Succeeded();
        await Assert.That((string)place.ReceiptOf(0)["seam"]!["last"]!).IsEqualTo((string)seams[3]!); // the whole has the same frames
    }

    [Test]
    public async Task The_default_buffer_holds_four_frames_at_a_low_rate()
    {
        using var place = new RenderPlace(helios, "");

        await place.PlanAsync("--fps", "1", "--frames", "1", "--max-bitrate", "1M");

        await Assert.That((int)place.Job["renderOptions"]!["bufferSize"]!).IsEqualTo(4_000_000);
    }

    [Test]
    [Timeout(180_000)]
    public async Task A_chunk_that_exceeds_the_limit_by_itself_says_so()
    {
        using var place = new RenderPlace(helios, Noise);
        string encoder = Write(place, "s/^[0-9]*000$/90000000/"); // it does not hold back
        await place.PlanAsync("--frames", "2", "--shards", "2", "--max-bitrate", "30k", "--buffer-size", "10k");

        RunResult result = await place.Render("--index", "1", "--quiet", "--ffmpeg", encoder);

        await Assert
            .That(RenderPlace.Said(result))
            .Matches(
                "^helios: the chunk exceeds its maximum bit rate: frame [0-9]+ in decoding order has [0-9]+ bits, and the buffer holds [0-9]+ then "
                    + "\\([^\n]+_part_1\\.mov\\); plan the job with a larger --buffer-size or --max-bitrate, a worse quality or a lower --bitrate\n$"
            );
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(place.Directory.Names()).IsEquivalentTo(["job.json", "page.html"]);
    }

    /// <summary>x265 before 3.2 ignores it, and then every run gives other bytes.</summary>
    [Test]
    public async Task An_encoder_that_does_not_know_an_option_is_69()
    {
        using var place = new RenderPlace(helios, Noise);
        string encoder = Write(place, "s/const-vbv/const-vvb/");
        await place.PlanAsync("--frames", "2", "--video-codec", "h265", "--max-bitrate", "1M");

        RunResult result = await place.Render("--quiet", "--ffmpeg", encoder);

        await Assert
            .That(RenderPlace.Said(result))
            .Matches(
                "^helios: the encoder of h265 does not know an option that the job needs: Unknown option: const-vvb\\.[^\n]* \\([^\n]+\\); install an ffmpeg with a later version of it, [^\n]+\n$"
            );
        await Assert.That(result.ExitCode).IsEqualTo(69);
    }

    /// <summary>Each chunk is a frame that fits into a full buffer; both do not, and this encoder does not hold back.</summary>
    [Test]
    [Timeout(180_000)]
    public async Task A_video_that_exceeds_its_limit_is_not_merged()
    {
        using var place = new RenderPlace(helios, Noise);
        string[] plan = ["--frames", "2", "--shards", "2", "--preset", "ultrafast"];
        await place.PlanAsync(plan);
        (await place.Render("--index", "0", "--quiet")).Succeeded();
        long kilobits = place.BytesOf(0).Length * 8L / 1000;
        string encoder = Write(place, "s/^[0-9]*000$/90000000/");
        await place.PlanAsync([.. plan, "--max-bitrate", $"{kilobits}k", "--buffer-size", $"{kilobits * 3 / 2}k"]);
        foreach (string chunk in (string[])["0", "1"])
            (await place.Render("--index", chunk, "--force", "--quiet", "--ffmpeg", encoder)).Succeeded();

        RunResult result = await place.Run("merge-chunks", "job.json");

        await Assert
            .That(result.Stderr)
            .Matches(
                "^helios: the video exceeds its maximum bit rate: frame [0-9]+ in decoding order has [0-9]+ bits, and the buffer holds [0-9]+ then "
                    + "\\(job j\\); plan the job with a larger --buffer-size or --max-bitrate, a worse quality or a lower --bitrate\n$");
        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(File.Exists(place.Directory.PathOf("output.mp4"))).IsFalse();
    }

    [Test]
    [Arguments("out.mp4", "h264")]
    [Arguments("out.webm", "vp9")]
    [Timeout(180_000)]
    public async Task An_average_is_kept_by_every_chunk_with_the_same_bytes_on_fewer_processors(string output, string codec)
    {
        using var place = new RenderPlace(helios, Noise);
        await place.PlanAsync("--frames", "60", "--shards", "2", "-o", output, "--video-codec", codec, "--bitrate", "1500k");
        await place.RenderAllAsync();
        byte[] first = place.BytesOf(1);

        (await place.Render("--index", "1", "--force", "--quiet").Under("taskset", "--cpu-list", "0")).Succeeded();
        (await place.Run("merge-chunks", "job.json")).Succeeded();

        await Assert.That(place.BytesOf(1).SequenceEqual(first)).IsTrue();
        await Assert.That((int)place.Job["renderOptions"]!["bitrate"]!).IsEqualTo(1_500_000);
        foreach (int chunk in (int[])[0, 1])
            await Assert.That(place.BytesOf(chunk).Length * 8.0).IsBetween(750_000, 3_000_000).Because(codec); // a second each, roughly
    }

    [Test]
    public async Task Chunks_of_another_rate_are_not_merged()
    {
        using var place = new RenderPlace(helios, "<!doctype html><body style='background:#0f0'>");
        await place.PlanAsync("--frames", "4", "--shards", "2", "--bitrate", "1M");
        await place.RenderAllAsync();
        await place.PlanAsync("--frames", "4", "--shards", "2", "--bitrate", "2M");

        RunResult result = await place.Run("merge-chunks", "job.json");

        await Assert.That(result.Stderr).Contains("it was rendered from another version of this job");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    /// <summary>ffmpeg with each of its arguments changed by sed.</summary>
    private static string Write(RenderPlace place, string change) =>
        ProgramFile.Write(Path.GetFullPath(place.Directory.PathOf("..", "encoder")), $"""
            #!/bin/sh
            for word; do shift; set -- "$@" "$(printf %s "$word" | sed '{change}')"; done
            exec ffmpeg "$@"

            """
        );

    /// <summary>Bytes of the frames in decoding order, as ffprobe sees them.</summary>
    private static async Task<long[]> SizesAsync(string path)
    {
        JsonObject probe = (
            await Tool.Run(
                "ffprobe", "ffmpeg", "-v", "error", "-select_streams", "v:0", "-show_entries", "packet=size", "-of", "json", path))
            .Succeeded()
            .Json;
        return [.. probe["packets"]!.AsArray().Select(packet => long.Parse((string)packet!["size"]!))];
    }

    /// <summary>
    /// The frame that a buffer lacks at its time, at 30 frames a second; -1 for none. Not the way in which helios counts.
    /// </summary>
    private static int FindUnderflow(IReadOnlyList<long> sizes, double most, double buffer)
    {
        double fill = buffer;
        for (int i = 0; i < sizes.Count; i++)
        {
            if (sizes[i] * 8 > fill + 1) return i;
            fill = Math.Min(buffer, fill - (sizes[i] * 8) + (most / 30));
        }

        return -1;
    }
}
