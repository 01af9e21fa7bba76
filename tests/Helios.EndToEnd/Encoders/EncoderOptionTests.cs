using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Documents;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Merging;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Encoders;

/// <summary>--encoder-option: every option of the document is known to helios and to the encoder, and is in every chunk.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Category("Browser")]
public sealed class EncoderOptionTests(NativeBinary helios)
{
    private static readonly string s_document = Repository.PathOf("docs", "encode.md");

    public static IEnumerable<string> Codecs() => Markdown.Table(s_document, "Encoder options", "codec").Select(row => row[0]);

    /// <summary>The encoders say on stderr what they do not know, and go on.</summary>
    [Test]
    [MethodDataSource(nameof(Codecs))]
    [Timeout(180_000)]
    public async Task Every_documented_option_is_accepted_by_helios_and_understood_by_the_encoder(string codec)
    {
        string[] options = [.. Markdown.Code(Markdown.Table(s_document, "Encoder options", "codec").Single(row => row[0] == codec)[1])];
        await Assert.That(options.Length).IsGreaterThan(1);

        foreach (string option in options)
        {
            string key = option.Split('=')[0];
            foreach (string value in ValuesOf(option.Split('=')[1]))
            {
                using var directory = new TestDirectory();
                RunResult plan = await helios
                    .Run(
                        "export-job", "page.html", "-o",
                        OutputOf(codec),
                        "--video-codec", codec, "--encoder-option", $"{key}={value}", "-q")
                    .In(directory);
                await Assert.That((string?)plan.Succeeded().Json["renderOptions"]!["encoderOptions"]![key]).IsEqualTo(value);
            }
        }

        // for all at once, since each start of an encoder takes its time; profiles and levels exclude pixels
        foreach (bool isFirst in (bool[])[true, false])
        {
            string[] all =
            [
                .. options
                    .Where(option => !option.StartsWith("profile=", StringComparison.Ordinal))
                    .Select(option =>
                        $"{option.Split('=')[0]}={(isFirst ? ValuesOf(option.Split('=')[1])[0] : ValuesOf(option.Split('=')[1])[^1])}"),
            ];
            RunResult result = await Tool.Run(
                "ffmpeg",
                "ffmpeg",
                [
                    "-v", "warning", "-f", "lavfi", "-i", "testsrc2=s=320x192:r=5", "-frames:v", "3",
                    .. ArgumentsOf(codec, all),
                    "-f", "null", "-",
                ]);
            await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.Stderr);
            await Assert
                .That(result.Stderr)
                .DoesNotContain("rror parsing")
                .And.DoesNotContain("nknown option")
                .And.DoesNotContain("nvalid value");
        }
    }

    [Test]
    public async Task Options_are_in_the_spec_the_receipt_and_every_chunk_which_join_exactly()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        string[] job = ["--frames", "12", "-o", "out.mkv"];
        await place.PlanAsync([.. job, "--shards", "3"]);
        (await place.Render("--index", "0", "--quiet")).Succeeded();
        byte[] plain = place.BytesOf(0);
        string[] options = ["--encoder-option", "tune=animation", "--encoder-option=bframes=0"];
        await place.PlanAsync([.. job, "--shards", "3", .. options]);

        RunResult mixed = await place.Run("merge-chunks", "job.json");
        await place.RenderAllAsync();
        (await place.Run("merge-chunks", "job.json")).Succeeded();

        // the chunk without them is none of this job
        await Assert.That(mixed.Stderr).Contains("it was rendered from another version of this job");
        await Assert.That(place.BytesOf(0).AsSpan().SequenceEqual(plain)).IsFalse();
        JsonObject receipt = place.ReceiptOf(1);
        await Assert.That(receipt["encoderOptions"]!.ToJsonString()).IsEqualTo("{\"tune\":\"animation\",\"bframes\":\"0\"}");
        await Assert.That((string)receipt["videoEncoder"]!).IsEqualTo("libx264");
        JsonObject video = await Video.ProbeAsync(place.Directory.PathOf("out.mkv"));
        await Assert.That((string)video["nb_read_frames"]!).IsEqualTo("12");
        await Assert.That((int)video["has_b_frames"]!).IsEqualTo(0);
    }

    [Test]
    [Arguments("keyint=10",
        "the encoder option \"keyint\" is not for h264: chunks begin with a closed group of frames, and join exactly because helios alone places key frames (--encoder-option); leave it out")]
    [Arguments("-f=null",
        "the encoder option \"-f\" is not for h264: options of an encoder have no dash, and ffmpeg's own are helios' alone (--encoder-option); leave it out")]
    [Arguments("stats=/etc/passwd",
        "the encoder option \"stats\" is not for h264: it reads or writes a file, or holds other options (--encoder-option); leave it out")]
    [Arguments("bframes=17", "the encoder option bframes cannot be \"17\" (--encoder-option); give a whole number from 0 to 16")]
    [Arguments("bframes=3\nkeyint=1",
        "the encoder option bframes cannot be \"3\\u000Akeyint=1\" (--encoder-option); give a whole number from 0 to 16")]
    [Arguments("bframes", "\"bframes\" is not a name and a value (--encoder-option); write KEY=VALUE")]
    [Arguments("=3", "\"=3\" is not a name and a value (--encoder-option); write KEY=VALUE")]
    [Arguments("bframes=", "\"bframes=\" is not a name and a value (--encoder-option); write KEY=VALUE")]
    public async Task An_option_that_is_not_passed_on_is_64(string option, string message)
    {
        using var directory = new TestDirectory();

        RunResult result = await helios.Run("export-job", "page.html", "--encoder-option=" + option).In(directory);

        await Assert.That(result.Stderr).IsEqualTo($"helios: {message}\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
    }

    private static string[] ValuesOf(string values)
    {
        int dots = values.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0) return values.Split('/');
        string most = values[(dots + 2)..].TrimEnd(',');
        return values.EndsWith(',') ? [$"{values[..dots]},{most}", most] : [values[..dots], most];
    }

    private static string OutputOf(string codec) =>
        codec switch
        {
            "vp9" => "x.webm",
            "prores" => "x.mov",
            "ffv1" => "x.mkv",
            _ => "x.mp4",
        };

    private static string[] ArgumentsOf(string codec, string[] all)
    {
        string[] words = [.. all.SelectMany(option => (string[])["-" + option.Split('=')[0], option.Split('=')[1]])];
        string[] tune =
        [
            .. all.Where(option => option.StartsWith("tune=", StringComparison.Ordinal))
                .SelectMany(option => (string[])["-tune", option.Split('=')[1]]),
        ];
        string parameters = string.Join(':', all.Where(option => !option.StartsWith("tune=", StringComparison.Ordinal)));
        return codec switch
        {
            "h264" => ["-pix_fmt", "yuv420p", "-c:v", "libx264", .. tune, "-x264-params", parameters],
            "h265" => ["-pix_fmt", "yuv420p", "-c:v", "libx265", .. tune, "-x265-params", "log-level=warning:" + parameters],
            "av1" =>
            [
                "-pix_fmt", "yuv420p", "-c:v", "libsvtav1", "-preset", "10", "-crf", "40", "-err_detect", "explode", "-svtav1-params",
                string.Join(':', all),
            ],
            "vp9" => ["-pix_fmt", "yuv420p", "-c:v", "libvpx-vp9", "-cpu-used", "8", "-crf", "40", "-b:v", "0", .. words],
            "prores" => ["-pix_fmt", "yuv422p10le", "-c:v", "prores_ks", .. words],
            _ => ["-pix_fmt", "yuv420p", "-c:v", "ffv1", .. words],
        };
    }
}
