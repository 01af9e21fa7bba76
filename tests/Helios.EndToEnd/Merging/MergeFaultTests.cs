using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Merging;

/// <summary>Every fault of merge-chunks ends with its exit code and one message, leaves the old output alone and nothing behind.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class MergeFaultTests(NativeBinary helios)
{
    private const string Old = "the video of yesterday";

    /// <summary>An hour of sound over two pictures: ffmpeg is busy long enough to be disturbed.</summary>
    private static readonly string[] s_long = ["--frames", "36", "--fps", "0.01", "--shards", "2", "--audio", "click.wav,loop"];

    /// <summary>
    /// What is done to chunk 1 of three, whose names are those of the first, the second and a copy of the third; and what is said of it.
    /// </summary>
    private static readonly (string Name, Action<RenderPlace> Break, string Reason)[] s_broken =
    [
        ("missing", place => File.Delete(place.FileOf(1)), "missing: FILE: no file"),
        ("without receipt", place => File.Delete(place.FileOf(1) + ".json"), "missing: FILE: no receipt: not rendered to its end"),
        (
            "truncated",
            place => File.WriteAllBytes(place.FileOf(1), place.BytesOf(1)[..^100]),
            "wrong: FILE: it has [0-9]+ bytes, but its receipt says [0-9]+"),
        ("truncated, and its receipt with it", place => Forge(place, place.BytesOf(1)[..^100]), "wrong: FILE: it is cut off or broken"),
        ("cut to nothing, and its receipt with it", place => Forge(place, []), "wrong: FILE: it is empty"),
        (
            "changed",
            place => File.WriteAllBytes(place.FileOf(1), [.. place.BytesOf(1)[..^1], (byte)(place.BytesOf(1)[^1] ^ 1)]),
            "wrong: FILE: its bytes are not those of its receipt"),
        (
            "swapped with another file",
            place => File.Copy(place.FileOf(0), place.FileOf(1), overwrite: true),
            "wrong: FILE: it(s bytes are not those of its receipt| has [0-9]+ bytes, but its receipt says [0-9]+)"),
        ("a double of another", place => Duplicate(place), "wrong: FILE: it is chunk 0"),
        ("of another job", place => Change(place, receipt => receipt["jobId"] = "k"), "wrong: FILE: it is of job k"),
        (
            "of another version of the job",
            place => Change(place, receipt => receipt["specDigest"] = "sha256:00"),
            "wrong: FILE: it was rendered from another version of this job"),
        (
            "of other frames",
            place => Change(place, receipt => receipt["startFrame"] = 0),
            "wrong: FILE: it holds 2 frames from 0, expected 2 from 2"),
        ("text", place => File.WriteAllText(place.FileOf(1), "no video"), "wrong: FILE: it has 8 bytes, but its receipt says [0-9]+"),
        ("text, and its receipt with it", place => Forge(place, "no video at all"u8.ToArray()), "wrong: FILE: it is not a movie file"),
        (
            "a list of other files, and its receipt with it",
            place => Forge(place, System.Text.Encoding.UTF8.GetBytes($"ffconcat version 1.0\nfile '{place.FileOf(0)}'\n")),
            "wrong: FILE: it is not a movie file"),
        (
            "shorter, and its receipt with it",
            place => Forge(place, File.ReadAllBytes(place.FileOf(2))),
            "wrong: FILE: it holds 1 frames, expected 2"),
        (
            "a link",
            place =>
            {
                File.Move(place.FileOf(1), place.FileOf(1) + ".real");
                File.CreateSymbolicLink(place.FileOf(1), place.FileOf(1) + ".real");
            },
            ".*a symbolic link is there.*"),
        (
            "a folder",
            place =>
            {
                File.Delete(place.FileOf(1));
                _ = Directory.CreateDirectory(place.FileOf(1));
            },
            ".*a directory is there.*"),
    ];

    [Test]
    public async Task A_chunk_that_is_not_complete_is_named_and_nothing_is_written()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "5", "--chunk-frames", "2");
        await place.RenderAllAsync();
        string pristine = place.Directory.PathOf("..", "pristine");
        (await Tool.Run("cp", "coreutils", "-a", place.Directory.Path, pristine)).Succeeded();
        foreach (var (name, breakIt, reason) in s_broken)
        {
            (await new ProcessRun("/bin/sh", ["-c", "rm -rf ./* && cp -a \"$1\"/. .", "sh", pristine]).In(place.Directory)).Succeeded();
            place.Directory.Write("output.mp4", Old);
            breakIt(place);
            IReadOnlyList<string> before = place.Directory.List();

            RunResult result = await place.Run("merge-chunks", "job.json");

            await Assert
                .That(result.Stderr)
                .Matches(
                    reason[0] == '.'
                        ? $"^helios: {reason}\n$"
                        : $"^chunk 1: {reason.Replace("FILE", System.Text.RegularExpressions.Regex.Escape(place.FileOf(1)), StringComparison.Ordinal)}\nhelios: 1 of 3 chunks cannot be merged \\(job j\\); render them again, chunk 1 with --index 1 --force; helios check-job --outputs lists what is missing\n$"
                )
                .Because(name);
            await Assert.That(result.ExitCode).IsEqualTo(65).Because(name);
            await Assert.That(result.Stdout).IsEmpty();
            await Assert.That(place.Directory.List()).IsEquivalentTo(before).Because(name);
        }
    }

    [Test]
    public async Task All_bad_chunks_are_listed()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "40", "--shards", "40");
        (await place.Render("--index", "7", "--quiet")).Succeeded();

        RunResult result = await place.Run("merge-chunks", "job.json");

        string[] lines = result.Stderr.Split('\n');
        await Assert.That(lines.Take(20).All(line => line.EndsWith(": no file", StringComparison.Ordinal))).IsTrue();
        await Assert.That(lines[20]).IsEqualTo("… and 19 more");
        await Assert.That(lines[21]).StartsWith("helios: 39 of 40 chunks cannot be merged (job j); ");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    [Test]
    public async Task A_chunk_that_is_encoded_differently_is_refused()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "4", "--shards", "2", "--preset", "ultrafast");
        (await place.Render("--index", "0", "--quiet")).Succeeded();
        string digest = (string)place.ReceiptOf(0)["specDigest"]!;
        await place.PlanAsync("--frames", "4", "--shards", "2", "--preset", "slow");
        (await place.Render("--index", "1", "--quiet")).Succeeded();
        Change(place, receipt => receipt["specDigest"] = digest);
        await place.PlanAsync("--frames", "4", "--shards", "2", "--preset", "ultrafast");

        RunResult result = await place.Run("merge-chunks", "job.json");

        await Assert
            .That(result.Stderr)
            .StartsWith(
                $"chunk 1: wrong: {place.FileOf(1)}: it is encoded differently than chunk 0\nhelios: 1 of 2 chunks cannot be merged ");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    [Test]
    [Arguments("browser", "HeadlessChrome/1.0")]
    [Arguments("encoder", "4.4")]
    public async Task Versions_are_not_mixed_unless_it_is_allowed(string member, string version)
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        await place.PlanAsync("--frames", "4", "--shards", "2");
        await place.RenderAllAsync();
        Change(place, receipt => receipt[member] = version);

        RunResult refused = await place.Run("merge-chunks", "job.json");
        RunResult allowed = await place.Run("merge-chunks", "job.json", "--allow-mixed", "--quiet");

        await Assert
            .That(refused.Stderr)
            .Matches(
                $"^chunk 0: rendered by [^\n]+\nchunk 1: rendered by [^\n]*{version}[^\n]*\nhelios: the chunks were rendered by different versions of helios, browser or encoder, or kinds of processor, so seams may be seen \\(job j\\); render them with one version, or merge them as they are with --allow-mixed\n$"
            );
        await Assert.That(refused.ExitCode).IsEqualTo(65);
        await Assert.That(allowed.Succeeded().Stderr).IsEmpty();
    }

    [Test]
    [Arguments("TERM", 143)]
    [Arguments("INT", 130)]
    public async Task A_signal_ends_the_merge_and_the_next_one_succeeds(string signal, int exitCode)
    {
        using RenderPlace place = await PrepareLongAsync();

        RunResult result = await place.DisturbMergeAsync(id => RenderPlace.SignalAsync(signal, id));

        await Assert
            .That(result.Stderr)
            .IsEqualTo($"helios: interrupted by SIG{signal} (signal); run it again; nothing half done was left behind\n");
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(place.Directory.Read("output.mp4")).IsEqualTo(Old);
        await AssertNothingRemainsAsync(place);
    }

    [Test]
    public async Task A_killed_ffmpeg_is_75()
    {
        using RenderPlace place = await PrepareLongAsync();

        RunResult result = await place.DisturbMergeAsync(_ =>
            place.SignalChildAsync("KILL", line =>
                line.Contains("ffmpeg", StringComparison.Ordinal) && !line.Contains("merge-chunks", StringComparison.Ordinal)));

        await Assert
            .That(result.Stderr)
            .Matches("^helios: ffmpeg ended with exit code 137 while concatenating \\([^\n]+\\); run it again\n$");
        await Assert.That(result.ExitCode).IsEqualTo(75);
        await Assert.That(place.Directory.Read("output.mp4")).IsEqualTo(Old);
        await AssertNothingRemainsAsync(place);
    }

    [Test]
    [Arguments(false, DisplayName = "ten minutes later")]
    [Arguments(true, DisplayName = "after the clock was set back")]
    public async Task A_killed_helios_leaves_the_old_video_and_no_process(bool isFuture)
    {
        using RenderPlace place = await PrepareLongAsync();

        RunResult result = await place.DisturbMergeAsync(id => RenderPlace.SignalAsync("KILL", id));
        _ = await place.WaitForEndAsync();

        await Assert.That(result.ExitCode).IsEqualTo(137);
        await Assert.That(place.FindProcesses()).IsEmpty();
        await Assert.That(place.Directory.Read("output.mp4")).IsEqualTo(Old);
        await place.PlanAsync("--frames", "36", "--fps", "0.01", "--shards", "2"); // without sound: the same chunks
        foreach (string left in Directory.EnumerateFiles(place.Directory.Path, "*.tmp"))
            File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddMinutes(isFuture ? 60 : -11)); // a clock that was set back
        (await place.Run("merge-chunks", "job.json")).Succeeded();
        await AssertNothingRemainsAsync(place);
    }

    [Test]
    public async Task A_directory_that_is_removed_meanwhile_is_73()
    {
        using RenderPlace place = await PrepareLongAsync("out/video.mp4");

        RunResult result = await place.DisturbMergeAsync(_ =>
        {
            Directory.Delete(place.Directory.PathOf("out"), recursive: true);
            return Task.CompletedTask;
        });
        string temporary = place.Directory.PathOf("out", "temp_j_merge");

        await Assert
            .That(result.Stderr)
            .Matches(
                $"^helios: the directory was removed meanwhile \\({temporary}\\.[0-9a-f]{{16}}\\.tmp\\); create it, then run it again\n$"
            );
        await Assert.That(result.ExitCode).IsEqualTo(73);
        await AssertNothingRemainsAsync(place);
    }

    [Test]
    public async Task A_directory_that_is_not_there_or_an_output_that_is_no_file_is_refused()
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        _ = place.Directory.CreateFolder("out");
        await place.PlanAsync("--frames", "2", "--output", "out/video.mp4");
        await place.RenderAllAsync();
        File.CreateSymbolicLink(place.Directory.PathOf("out", "video.mp4"), "elsewhere.mp4");
        RunResult link = await place.Run("merge-chunks", "job.json");
        Directory.Delete(place.Directory.PathOf("out"), recursive: true);
        RunResult gone = await place.Run("merge-chunks", "job.json");
        RunResult none = await place.Run("merge-chunks", "job.json", "--ffmpeg", "/no/such/ffmpeg");
        string output = place.Directory.PathOf("out", "video.mp4");

        await Assert.That(link.Stderr).Contains("a symbolic link is there");
        await Assert.That(link.ExitCode).IsEqualTo(65);
        await Assert
            .That(gone.Stderr)
            .IsEqualTo(
                $"helios: the directory \"{place.Directory.PathOf("out")}\" does not exist ({output}); create it, or name another with --workdir\n"
            );
        await Assert.That(gone.ExitCode).IsEqualTo(73);
        await Assert.That(none.Stderr).StartsWith("helios: there is no program \"/no/such/ffmpeg\" (--ffmpeg); ");
        await Assert.That(none.ExitCode).IsEqualTo(69);
    }

    private async Task<RenderPlace> PrepareLongAsync(string output = "output.mp4")
    {
        var place = new RenderPlace(helios, "<!doctype html><body style='margin:0;background:#00f'>");
        place.Directory.Write("click.wav", Sound.MakeClicks([100], Sound.Rate));
        _ = Directory.CreateDirectory(Path.GetDirectoryName(place.Directory.PathOf(output))!);
        place.Directory.Write(output, Old);
        await place.PlanAsync([.. s_long, "-o", output]);
        await place.RenderAllAsync();
        return place;
    }

    private static async Task AssertNothingRemainsAsync(RenderPlace place)
    {
        IReadOnlyList<string> remains = await place.FindRemainsAsync();
        await Assert.That(remains.Where(name => !name.Contains("temp_j_part_", StringComparison.Ordinal))).IsEmpty();
    }

    /// <summary>Changes chunk 1's receipt.</summary>
    private static void Change(RenderPlace place, Action<JsonObject> change)
    {
        JsonObject receipt = place.ReceiptOf(1);
        change(receipt);
        File.WriteAllText(place.FileOf(1) + ".json", receipt.ToJsonString());
    }

    /// <summary>Replaces chunk 1 by other bytes, for which its receipt vouches.</summary>
    private static void Forge(RenderPlace place, byte[] bytes)
    {
        File.WriteAllBytes(place.FileOf(1), bytes);
        Change(place, receipt =>
            (receipt["size"], receipt["digest"]) = (bytes.Length, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes))));
    }

    private static void Duplicate(RenderPlace place)
    {
        foreach (string end in (string[])["", ".json"]) File.Copy(place.FileOf(0) + end, place.FileOf(1) + end, overwrite: true);
    }
}
