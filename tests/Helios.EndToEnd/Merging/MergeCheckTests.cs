using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Media;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Runs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Merging;

/// <summary>A merged video that is not right never replaces the old one, even when ffmpeg exits with 0.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class MergeCheckTests(NativeBinary helios)
{
    private const string Old = "the video of yesterday";

    [Test]
    [Arguments("mp4", "insert '-frames:v' 9", "it holds 9 frames, expected 24", DisplayName = "too few frames in mp4")]
    [Arguments("mkv", "insert '-frames:v' 9", "it holds 9 frames, expected 24", DisplayName = "too few frames in mkv")]
    [Arguments("mp4", "replace -video_track_timescale 1000", "its time scale is 1000, expected 12000",
        DisplayName = "times that are rounded")]
    [Arguments("mkv", "insert -bsf:v 'setts=ts=TS*2'", "frame 1 in decoding order is at [0-9]+ ms, which is not its place",
        DisplayName = "frames off their places")]
    [Arguments("mov", "graph 's/atrim=end_sample=96096,asetpts/atrim=end_sample=48000,asetpts/'",
        "its audio lasts [0-9.]+ s, expected 2[.]002", DisplayName = "truncated audio in mov")]
    [Arguments("mkv", "graph 's/atrim=end_sample=96096,asetpts/atrim=end_sample=48000,asetpts/'",
        "its audio lasts [0-9.]+ s, expected 2[.]002", DisplayName = "truncated audio in mkv")]
    [Arguments("mp4", "silence", "it has no audio", DisplayName = "no audio")]
    public async Task A_result_that_is_not_right_is_75_and_the_old_video_stays(string container, string change, string wrong)
    {
        using var place = new RenderPlace(helios, MergeTests.Moving);
        place.Directory.Write("click.wav", Sound.MakeClicks([100], Sound.Rate));
        place.Directory.Write("output." + container, Old);
        await place.PlanAsync(
            "--frames", "24", "--fps", "12000/1001", "--shards", "2", "--output", "output." + container, "--audio", "click.wav,loop");
        await place.RenderAllAsync();

        RunResult result = await place.Run("merge-chunks", "job.json", "--ffmpeg", FaultyFfmpeg(place, change));

        await Assert
            .That(result.Stderr)
            .Matches(
                $"(^|\n)helios: the merged video is not right: {wrong} \\([^\n]+/output\\.{container}\\); run it again; if it happens again, please report it with the version of [^\n]+/lie\n$"
            );
        await Assert.That(result.ExitCode).IsEqualTo(75);
        await Assert.That(place.Directory.Read("output." + container)).IsEqualTo(Old);
        await Assert.That(place.Directory.Names().Where(name => name.EndsWith(".tmp", StringComparison.Ordinal))).IsEmpty();
        await Assert.That(File.Exists(place.FileOf(1))).IsTrue();
    }

    /// <summary>An ffmpeg that changes its arguments when it concatenates.</summary>
    private static string FaultyFfmpeg(RenderPlace place, string change)
    {
        string path = RunSystemTests.Program(place, "lie", $$"""
            exec bash -c '
            insert() { at=$((${#words[@]} - 1)); words=("${words[@]:0:at}" "$@" "${words[@]:at}"); }
            replace() { for ((i = 0; i < ${#words[@]}; i++)); do [[ ${words[i]} != "$1" ]] || words[i + 1]=$2; done; }
            graph() { for ((i = 0; i < ${#words[@]}; i++)); do [[ ${words[i]} != -filter_complex ]] || words[i + 1]=$(sed "$1" <<<"${words[i + 1]}"); done; }
            silence() { graph "s/\$/;[audio]anullsink/"; for ((i = 0; i < ${#words[@]}; i++)); do [[ ${words[i]} != "[audio]" ]] || { words[i - 1]=-sn; words[i]=-an; }; done; }
            words=("$@")
            if [[ " $* " == *" concat "* ]]; then . "$0.change"; fi
            exec ffmpeg "${words[@]}"' "$0" "$@"
            """);
        place.Directory.Write("lie.change", change + "\n");
        return path;
    }
}
