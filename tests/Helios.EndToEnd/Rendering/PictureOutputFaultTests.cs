using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Merging;
using Helios.EndToEnd.Runs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Rendering;

/// <summary>
/// Every fault while a GIF or an image sequence is made ends with the exit code that it has for a video, and leaves the old files and
/// nothing else.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class PictureOutputFaultTests(NativeBinary helios)
{
    private const string Old = "the picture of yesterday";
    private const string Gif = "out/all.gif";
    private const string Png = "out/%d.png";

    [Test]
    [Arguments(Gif, "palettegen", "cat >/dev/null; exit 0", "ffmpeg found no palette", DisplayName = "gif without palette")]
    [Arguments(Gif, "paletteuse", "insert -frames:v 9", "it holds 9 frames, expected 24", DisplayName = "gif with too few frames")]
    [Arguments(Gif, "paletteuse", "replace -final_delay 50", "the end is at 242/100 s, which is not its place",
        DisplayName = "gif that stands still at its end")]
    [Arguments(Gif, "paletteuse", "graph 's/\\[out\\]/,setpts=2*PTS[out]/'", "frame 1 is at 17/100 s, which is not its place",
        DisplayName = "gif at half the speed")]
    [Arguments(Gif, "paletteuse", "insert -s 160x90", "it has 160x90 pixels, expected 320x180", DisplayName = "gif of another size")]
    [Arguments(Gif, "paletteuse", "after 'truncate -s -1 \"$out\"'", "it ends too early", DisplayName = "gif that is cut off")]
    [Arguments(Png, "image2", "insert -frames:v 9", "it holds 9 frames, expected 24", DisplayName = "too few png files")]
    [Arguments(Png, "image2", "after 'cp \"${out%/*}\"/3.png \"${out%/*}\"/24.png'", "it holds 25 frames, expected 24",
        DisplayName = "too many png files")]
    [Arguments(Png, "image2", "replace -start_number 1", "frame 0 is missing", DisplayName = "png files with wrong numbers")]
    [Arguments(Png, "image2", "insert -s 160x90", "frame 0: it has 160x90 pixels, expected 320x180",
        DisplayName = "png files of another size")]
    [Arguments(Png, "image2", "replace -pix_fmt rgba", "frame 0: it is not RGB of 8 bits", DisplayName = "png files with transparency")]
    [Arguments(Png, "image2", "after 'truncate -s -1 \"${out%/*}\"/7.png'", "frame 7: it is cut off",
        DisplayName = "png file that is cut off")]
    [Arguments(Png, "image2", "after 'truncate -s 0 \"${out%/*}\"/23.png'", "frame 23: it is empty",
        DisplayName = "png file that is empty")]
    public async Task A_result_that_is_not_right_is_75_and_the_old_one_stays(string output, string pass, string change, string wrong)
    {
        using RenderPlace place = await PrepareAsync(output, "--fps", "12000/1001");

        RunResult result = await place.Run("merge-chunks", "job.json", "--progress", "none", "--ffmpeg", Lie(place, pass, change));

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                $"helios: the merged video is not right: {wrong} ({place.Directory.PathOf(output)}); run it again; if it happens again, please report it with the version of {place.Directory.PathOf("lie")}\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(75);
        await AssertOldAsync(place);
        await Assert.That(File.Exists(place.FileOf(1))).IsTrue();
    }

    [Test]
    [Arguments(Gif, "palettegen", "TERM", 143)]
    [Arguments(Gif, "paletteuse", "INT", 130)]
    [Arguments(Png, "image2", "TERM", 143)]
    public async Task A_signal_ends_the_merge_and_the_next_one_succeeds(string output, string pass, string signal, int exitCode)
    {
        using RenderPlace place = await PrepareAsync(output, "--fps", "1");

        RunResult result = await place.DisturbMergeAsync(id => RenderPlace.SignalAsync(signal, id), "--ffmpeg", Slow(place, pass));
        RunResult again = await place.Run("merge-chunks", "job.json", "--delete-chunks");

        await Assert
            .That(result.Stderr)
            .IsEqualTo($"helios: interrupted by SIG{signal} (signal); run it again; nothing half done was left behind\n");
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(again.Succeeded().Stderr).StartsWith("24 frames of 3 chunks merged in ");
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments(Gif, "palettegen")]
    [Arguments(Gif, "paletteuse")]
    [Arguments(Png, "image2")]
    public async Task A_killed_ffmpeg_is_75(string output, string pass)
    {
        using RenderPlace place = await PrepareAsync(output, "--fps", "1");

        RunResult result = await place.DisturbMergeAsync(async _ =>
        {
            static bool IsMeant(string line) => line.Split(' ')[0].EndsWith("/ffmpeg", StringComparison.Ordinal);
            await UntilAsync(() => place.FindProcesses().Any(child => IsMeant(child.CommandLine))); // the second pass may just begin
            await place.SignalChildAsync("KILL", IsMeant);
        }, "--ffmpeg", Slow(place, pass));

        await Assert
            .That(result.Stderr)
            .IsEqualTo($"helios: ffmpeg ended with exit code 137 while concatenating ({place.Directory.PathOf("slow")}); run it again\n");
        await Assert.That(result.ExitCode).IsEqualTo(75);
        await AssertOldAsync(place);
    }

    [Test]
    [Arguments(Gif, "paletteuse")]
    [Arguments(Png, "image2")]
    public async Task What_a_killed_helios_leaves_is_removed_by_the_next(string output, string pass)
    {
        using RenderPlace place = await PrepareAsync(output, "--fps", "1");

        string[] Left() => Directory.GetFileSystemEntries(place.Directory.PathOf("out"), "temp_j_merge.*.tmp");
        RunResult result = await place.DisturbMergeAsync(async id =>
        {
            await UntilAsync(() => Left().Length > 0); // the second pass may just begin
            await RenderPlace.SignalAsync("KILL", id);
        }, "--ffmpeg", Slow(place, pass));
        _ = await place.WaitForEndAsync();
        string left = Left().Single();
        RunResult soon = await place.Run("merge-chunks", "job.json", "--quiet");
        bool isKept = Path.Exists(left); // somebody may still be at work
        if (Directory.Exists(left)) Directory.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddMinutes(-11));
        else File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddMinutes(-11));
        RunResult later = await place.Run("merge-chunks", "job.json", "--quiet", "--delete-chunks");

        await Assert.That(result.ExitCode).IsEqualTo(137);
        await Assert.That(place.FindProcesses()).IsEmpty();
        await Assert.That(soon.Succeeded().Stderr).IsEmpty();
        await Assert.That(isKept).IsTrue();
        await Assert.That(later.Succeeded().Stderr).IsEmpty();
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments(Gif, "paletteuse")]
    [Arguments(Png, "image2")]
    public async Task A_directory_that_is_removed_meanwhile_is_73(string output, string pass)
    {
        using RenderPlace place = await PrepareAsync(output, "--fps", "4");

        string folder = place.Directory.PathOf("out");
        RunResult result = await place.DisturbMergeAsync(async _ =>
        {
            await UntilAsync(() => Directory.GetFileSystemEntries(folder, "temp_j_merge.*.tmp").Length > 0); // written by the second pass
            Directory.Move(folder, place.Directory.PathOf("gone")); // while files come, removing it may fail
        }, "--ffmpeg", Slow(place, pass));
        string temporary = place.Directory.PathOf("out", "temp_j_merge");

        await Assert
            .That(result.Stderr)
            .Matches(
                $"^helios: the directory was removed meanwhile \\({temporary}\\.[0-9a-f]{{16}}\\.tmp\\); create it, then run it again\n$"
            );
        await Assert.That(result.ExitCode).IsEqualTo(73);
        await Assert.That(Directory.Exists(place.Directory.PathOf("out"))).IsFalse();
    }

    [Test]
    public async Task A_frame_that_is_no_file_is_refused_before_anything_is_written()
    {
        using RenderPlace place = await PrepareAsync(Png);
        string frame = place.Directory.PathOf("out", "7.png");
        File.Delete(frame);
        File.CreateSymbolicLink(frame, "0.png");
        RunResult link = await place.Run("merge-chunks", "job.json");
        File.Delete(frame);
        _ = Directory.CreateDirectory(frame);
        RunResult folder = await place.Run("merge-chunks", "job.json");

        await Assert
            .That(link.Stderr)
            .IsEqualTo($"helios: a symbolic link is there ({frame}); remove it: helios writes regular files only\n");
        await Assert.That(link.ExitCode).IsEqualTo(73);
        await Assert
            .That(folder.Stderr)
            .IsEqualTo($"helios: a directory is there ({frame}); remove it: helios writes regular files only\n");
        await Assert.That(folder.ExitCode).IsEqualTo(73);
        await Assert.That(place.Directory.Read("out/0.png")).IsEqualTo(Old);
    }

    [Test]
    [Arguments("all.gif", "small/all.gif\n", DisplayName = "gif")]
    [Arguments("%d.png", "small/0.png\nsmall/1.png\nsmall/2.png\nsmall/3.png\nsmall/4.png\nsmall/5.png\n", DisplayName = "png files")]
    public async Task A_full_disk_is_74_and_the_merge_succeeds_when_there_is_room(string output, string files)
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
        await place.PlanAsync("--frames", "6", "--shards", "2", "--output", "small/" + output, "--portable");
        await place.RenderAllAsync();
        long size = new[] { 0, 1 }.Sum(chunk => new FileInfo(place.Directory.PathOf(place.FileOf(chunk))).Length);

        RunResult result = await helios
            .RunScript(
                """
                cp -r small kept
                mount -t tmpfs -o "size=$1" helios-test small || { echo "cannot mount a tmpfs: run the tests as root, or allow user namespaces" >&2; exit 99; }
                cp kept/* small/
                helios merge-chunks job.json --progress none; echo "first: $?" >&2
                ls small/*.tmp small/*.gif small/*.png 2>/dev/null
                mount -o "remount,size=$2" small
                helios merge-chunks job.json --quiet; echo "second: $?" >&2
                ls -d small/*.tmp small/*.gif small/*.png 2>/dev/null
                """,
                (size * 6 / 5).ToString(CultureInfo.InvariantCulture),
                (size * 4).ToString(CultureInfo.InvariantCulture))
            .Under("unshare", Environment.IsPrivilegedProcess ? ["--mount"] : ["--mount", "--map-root-user"])
            .In(place.Directory)
            .WithEnvironment("TMPDIR", place.Temporary);

        await Assert
            .That(result.Stderr)
            .Matches(
                "^helios: ffmpeg ended with exit code [01] while concatenating: [^\n]*No space left on device[^\n]*; make room, then run it again\nfirst: 74\nsecond: 0\n$"
            );
        await Assert.That(result.Stdout).IsEqualTo(files);
    }

    [Test]
    public async Task Run_job_removes_what_it_finds_left_and_what_it_needs_no_more()
    {
        using RenderPlace place = await PrepareAsync(Png);
        string boot = (await File.ReadAllTextAsync("/proc/sys/kernel/random/boot_id"))[..8];
        string left = Directory.CreateDirectory(place.Directory.PathOf("out", $"temp_j_merge.{boot}89abcdef.tmp")).FullName;
        // of another machine: at work, for all we know
        string others = Directory.CreateDirectory(place.Directory.PathOf("out", "temp_j_merge.0123456789abcdef.tmp")).FullName;
        await File.WriteAllTextAsync(Path.Combine(left, "0.png"), "half");

        RunResult result = await place.RunJob();
        bool isKept = Directory.Exists(others);
        if (isKept) Directory.Delete(others);

        await Assert.That(RenderPlace.Said(result.Succeeded())).StartsWith("3 of 3 chunks are complete already\n24 frames in ");
        await Assert
            .That(Directory.EnumerateFileSystemEntries(place.Directory.PathOf("out")).Select(path => Path.GetFileName(path)))
            .IsEquivalentTo([.. Enumerable.Range(0, 24).Select(n => $"{n}.png"), "all.gif"]);
        await Assert.That(isKept).IsTrue();
    }

    private static async Task UntilAsync(Func<bool> isSo) => await Assert.That(await Pace.WaitAsync(isSo)).IsTrue();

    /// <summary>An ffmpeg that reads the chunks no faster than they are shown, so that there is time to disturb it.</summary>
    /// <param name="place">Where it is made.</param>
    /// <param name="pass">A word of the command line where it does.</param>
    internal static string Slow(RenderPlace place, string pass = "concat") => RunSystemTests.Program(place, "slow", $$"""
        exec bash -c '
        words=()
        for word in "$@"; do
          if [[ $word == -safe && " $* " == *{{pass}}* ]]; then words+=(-re); fi
          words+=("$word")
        done
        exec ffmpeg "${words[@]}"' "$0" "$@"
        """);

    /// <summary>An ffmpeg that does something else than it was told in one of its passes.</summary>
    internal static string Lie(RenderPlace place, string pass, string change)
    {
        string path = RunSystemTests.Program(place, "lie", $$"""
            exec bash -c '
            insert() { at=$((${#words[@]} - 1)); words=("${words[@]:0:at}" "$@" "${words[@]:at}"); }
            replace() { for ((i = 0; i < ${#words[@]}; i++)); do [[ ${words[i]} != "$1" ]] || words[i + 1]=$2; done; }
            graph() { for ((i = 0; i < ${#words[@]}; i++)); do [[ ${words[i]} != -filter_complex ]] || words[i + 1]=$(sed "$1" <<<"${words[i + 1]}"); done; }
            after() { ffmpeg "${words[@]}"; out=${words[-1]#file:}; eval "$1"; exit 0; }
            words=("$@")
            if [[ " $* " == *{{pass}}* ]]; then . "$0.change"; fi
            exec ffmpeg "${words[@]}"' "$0" "$@"
            """);
        place.Directory.Write("lie.change", change + "\n");
        return path;
    }

    /// <summary>24 frames in three chunks, and results of yesterday in their place.</summary>
    private async Task<RenderPlace> PrepareAsync(string output, params string[] options)
    {
        var place = new RenderPlace(helios, MergeTests.Moving);
        _ = place.Directory.CreateFolder("out");
        place.Directory.Write(Gif, Old);
        for (int n = 0; n < 24; n++) place.Directory.Write($"out/{n}.png", Old);
        await place.PlanAsync(["--frames", "24", "--shards", "3", "--output", output, .. options]);
        await place.RenderAllAsync();
        return place;
    }

    private static async Task AssertOldAsync(RenderPlace place)
    {
        IReadOnlyList<string> remains = await place.FindRemainsAsync();
        await Assert.That(remains.Where(name => !name.Contains("temp_j_part_", StringComparison.Ordinal))).IsEmpty();
        await Assert.That(place.Directory.Read(Gif)).IsEqualTo(Old);
        for (int n = 0; n < 24; n++) await Assert.That(place.Directory.Read($"out/{n}.png")).IsEqualTo(Old);
    }
}
