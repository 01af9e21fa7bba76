using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Harness.Servers;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Runs;

/// <summary>Jobs in object stores, by the real programs and servers, and by a script for a directory.</summary>
[ClassDataSource<NativeBinary, ObjectStore>(Shared = [SharedType.PerTestSession, SharedType.PerClass])]
[Category("Browser")]
public sealed class BucketTests(NativeBinary helios, ObjectStore stores)
{
    /// <summary>As docs/buckets.md has it: a test compares them.</summary>
    internal const string Script = """
        #!/bin/sh
        # A store in a directory: cp:/srv/farm/q3/job.json
        set -eu
        at() { printf '%s' "${1#cp:}"; }
        case $1 in
          get) from=$(at "$2"); [ -f "$from" ] || exit 66; cp -- "$from" "$3" ;;
          put) to=$(at "$3"); mkdir -p "$(dirname "$to")"; cp -- "$2" "$to.$$"; mv -- "$to.$$" "$to" ;;
          list) cd "$(at "$2")" 2>/dev/null || exit 66; find . -type f -printf '%s %P\n' >"$3" ;;
          get-tree) cd "$(at "$2")"; while IFS= read -r name; do mkdir -p "$3/$(dirname "$name")"; cp -- "$name" "$3/$name"; done <"$4" ;;
          delete) cd "$(at "$2")"; while IFS= read -r name; do rm -f -- "$name"; done <"$3" ;;
          *) exit 64 ;;
        esac

        """;

    [Test]
    [Timeout(120_000)]
    [Arguments("s3://spots/q 3/film", DisplayName = "aws against S3")]
    [Arguments("rclone:seen:spots/q3", DisplayName = "rclone against S3")]
    [Arguments("rclone:azure:spots/q3", DisplayName = "rclone against Azure Blob Storage")]
    public async Task A_job_in_a_bucket_becomes_the_video_of_a_local_one(string folder)
    {
        using RenderPlace place = await PlanAsync();
        string job = (await Run(place, "push", "job.json", folder)).Succeeded().Stdout.Trim();

        RunResult[] workers = await Task.WhenAll(
            Run(place, "render-chunk", job, "--index", "0").RunAsync(), Run(place, "render-chunk", job, "--index", "2").RunAsync());
        foreach (RunResult worker in workers) _ = worker.Succeeded();
        RunResult some = await Run(place, "check-job", job, "--outputs");
        (await Run(place, "render-chunk", job, "--index", "1")).Succeeded();
        RunResult merge = (await Run(place, "merge-chunks", job, "--delete-chunks", "--progress", "plain")).Succeeded();

        await Assert.That(job).IsEqualTo(folder + "/job.json");
        await Assert
            .That(some.Stdout)
            .StartsWith("chunk 1: missing: out/temp_j_part_1.mov: no receipt: not rendered to its end\n")
            .And.EndsWith("\n2 complete, 1 missing, 0 wrong\n");
        await Assert
            .That(merge.Stderr)
            .Matches(
                $"^the merge fetches 0\\.0 MB in 3 chunks, a few at a time, and needs about 0\\.[0-9] MB of disk \\([^\n]+\\)\n(merge: [^\n]+\n)*12 frames of 3 chunks merged in [0-9.]+ s → {folder}/out/film\\.mp4\n$"
            );
        await Assert.That(await DigestOfLocalAsync(place)).IsEqualTo(await DigestOfAsync(place, folder));
        await Assert.That((await Run(place, "check-job", job, "--outputs")).Stdout).EndsWith("0 complete, 3 missing, 0 wrong\n");
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Timeout(120_000)]
    public async Task A_truncated_chunk_and_one_killed_in_its_upload_are_rendered_again()
    {
        using RenderPlace place = await PlanAsync();
        string farm = await PushAsync(
            place,
            Script.Replace(
                "put) to=$(at \"$3\");",
                "put) to=$(at \"$3\"); case $to in *part_2.*.mov) echo >\"$TMPDIR/../uploading\"; sleep 60 ;; esac;",
                StringComparison.Ordinal));
        using (Process killed = Own(place, "render-chunk", "cp:" + farm + "/job.json", "--index", "2").Start())
        {
            killed.StandardInput.Close();
            _ = await Pace.WaitAsync(() => File.Exists(Path.Combine(place.Temporary, "..", "uploading")));
            await RenderPlace.SignalAsync("TERM", killed.Id);
            await killed.WaitForExitAsync();
            await Assert.That(killed.ExitCode).IsEqualTo(143);
        }

        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
        await Assert.That(Directory.GetFiles(farm + "/out")).IsEmpty();
        WriteScript(place, Script);
        (await Own(place, "run-job", "cp:" + farm + "/job.json", "--keep-chunks", "--workers", "1")).Succeeded();
        string chunk = Directory.GetFiles(farm + "/out", "temp_j_part_1.*.mov").Single();
        byte[] bytes = await File.ReadAllBytesAsync(chunk);
        await File.WriteAllBytesAsync(chunk, bytes[..^100]);

        RunResult check = await Own(place, "check-job", "cp:" + farm + "/job.json", "--outputs");
        RunResult merge = await Own(place, "merge-chunks", "cp:" + farm + "/job.json");
        RunResult skipped = await Own(place, "render-chunk", "cp:" + farm + "/job.json", "--index", "0", "--browser", "/nowhere");
        (await Own(place, "render-chunk", "cp:" + farm + "/job.json", "--index", "1")).Succeeded();
        RunResult again = await Own(place, "run-job", "cp:" + farm + "/job.json", "--browser", Chromium(place));

        await Assert
            .That(check.Stdout)
            .Contains($"chunk 1: wrong: out/temp_j_part_1.mov: it has {bytes.Length - 100} bytes, but its receipt says {bytes.Length}\n");
        await Assert.That(merge.ExitCode).IsEqualTo(65).Because(merge.Stderr);
        await Assert.That(skipped.Succeeded().ExitCode).IsEqualTo(0);
        await Assert.That(again.Succeeded().ExitCode).IsEqualTo(0);
        await Assert.That(Directory.GetFiles(farm + "/out").Select(path => Path.GetFileName(path))).IsEquivalentTo(["film.mp4"]);
        byte[] expected = await LocalAsync(place);
        await Assert.That((await File.ReadAllBytesAsync(farm + "/out/film.mp4")).AsSpan().SequenceEqual(expected)).IsTrue();
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    /// <summary>The second worker puts its file and receipt between those of the first.</summary>
    [Test]
    [Timeout(120_000)]
    public async Task Two_workers_of_a_chunk_with_different_bytes_end_in_one_valid_pair()
    {
        using RenderPlace place = await PlanAsync();
        string farm = await PushAsync(
            place,
            Script.Replace(
                "put) ", "put) case $3 in *part_1.mov.json) while [ ! -e \"${WAIT:-/}\" ]; do sleep 0.05; done ;; esac; ",
                StringComparison.Ordinal));
        string job = "cp:" + farm + "/job.json", gate = Path.Combine(place.Temporary, "..", "gate");
        string other = Path.Combine(place.Temporary, "..", "ffmpeg");
        _ = ProgramFile.Write(other, """
            #!/bin/sh
            for word do
              shift
              [ "$word" = 18 ] && word=40
              set -- "$@" "$word"
            done
            exec ffmpeg "$@"

            """);
        foreach (string index in (string[])["0", "2"]) (await Own(place, "render-chunk", job, "--index", index)).Succeeded();
        Task<RunResult> first = Own(place, "render-chunk", job, "--index", "1").WithEnvironment("WAIT", gate).RunAsync();
        await Assert.That(await Pace.WaitAsync(() => Directory.GetFiles(farm + "/out", "temp_j_part_1.*.mov").Length == 1)).IsTrue();
        string kept = Directory.GetFiles(farm + "/out", "temp_j_part_1.*.mov").Single();
        (await Own(place, "render-chunk", job, "--index", "1").WithEnvironment("HELIOS_FFMPEG", other)).Succeeded();
        JsonNode between = JsonNode.Parse(await File.ReadAllTextAsync(farm + "/out/temp_j_part_1.mov.json"))!;
        await File.WriteAllTextAsync(gate, "");
        (await first).Succeeded();

        RunResult check = await Own(place, "check-job", job, "--outputs");
        RunResult merge = await Own(place, "merge-chunks", job, "--delete-chunks");

        await Assert.That(Path.GetFileName(kept)).DoesNotContain(((string)between["digest"]!)[7..23]);
        await Assert.That(check.Succeeded().Stdout).EndsWith("\n3 complete, 0 missing, 0 wrong\n");
        await Assert.That(merge.Succeeded().ExitCode).IsEqualTo(0);
        byte[] expected = await LocalAsync(place);
        await Assert.That((await File.ReadAllBytesAsync(farm + "/out/film.mp4")).AsSpan().SequenceEqual(expected)).IsTrue();
        await Assert.That(Directory.GetFiles(farm + "/out").Select(path => Path.GetFileName(path)!)).IsEquivalentTo(["film.mp4"]);
    }

    [Test]
    public async Task Push_uploads_the_project_then_the_job_and_neither_chunks_nor_the_video()
    {
        using RenderPlace place = await PlanAsync();
        foreach (string name in (string[])
            ["out/film.mp4", "out/temp_j_part_0.mov", "out/temp_j_part_0.mov.json", "temp_x_part_1.mov", "temp_x_part_1.mov.json",
                "temp_a_part_b.png", "temp_y_part_1.mov"])
        {
            await File.WriteAllTextAsync(place.Directory.PathOf(name), "x");
        }

        WriteScript(place, Script.Replace("put) ", "put) echo \"$3\" >>\"$TMPDIR/../puts\"; ", StringComparison.Ordinal));
        string farm = Path.GetFullPath(Path.Combine(place.Temporary, "..", "farm"));
        (await Own(place, "push", "job.json", "cp:" + farm, "-q")).Succeeded();
        await File.WriteAllTextAsync(place.Directory.PathOf("temp_z_part_1.mov.json"), "{}");
        RunResult refused = await Own(place, "push", "job.json", "cp:" + farm, "-q");

        string[] puts = await File.ReadAllLinesAsync(Path.Combine(place.Temporary, "..", "puts"));
        await Assert.That(puts[^1]).IsEqualTo($"cp:{farm}/job.json");
        await Assert
            .That(puts[..^1].Select(line => Path.GetFileName(line)))
            .IsEquivalentTo(["page.html", "temp_a_part_b.png", "temp_y_part_1.mov"]);
        await Assert.That(refused.ExitCode).IsEqualTo(65);
        await Assert
            .That(refused.Stderr)
            .Contains("the file \"temp_z_part_1.mov.json\" has a name that only chunks of a job have in a store");
    }

    [Test]
    public async Task Bytes_that_are_not_those_of_the_receipt_are_never_merged()
    {
        using RenderPlace place = await PlanAsync();
        string farm = await PushAsync(place, Script);
        for (int i = 0; i < 3; i++) (await Own(place, "render-chunk", "cp:" + farm + "/job.json", "--index", $"{i}")).Succeeded();
        string chunk = Directory.GetFiles(farm + "/out", "temp_j_part_1.*.mov").Single();
        byte[] bytes = await File.ReadAllBytesAsync(chunk);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(chunk, bytes);

        RunResult merge = await Own(place, "merge-chunks", "cp:" + farm + "/job.json");

        await Assert.That(merge.ExitCode).IsEqualTo(65).Because(merge.Stderr);
        await Assert.That(merge.Stderr).Contains("chunk 1: wrong: out/temp_j_part_1.mov: its bytes are not those of its receipt\n");
        await Assert.That(File.Exists(farm + "/out/film.mp4")).IsFalse();
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments("\"output\": \"out/film.mp4\"", "\"output\": \"/tmp/film.mp4\"", "$.output")]
    [Arguments("\"composition\": \"page.html\"", "\"composition\": \"file:///etc/passwd\"", "$.composition")]
    [Arguments("\"composition\": \"page.html\"", "\"composition\": \"../page.html\"", "$.composition")]
    [Arguments("\"output\": \"out/film.mp4\"", "\"root\": \"../..\", \"output\": \"out/film.mp4\"", "$.root")]
    public async Task A_hostile_job_leaves_its_folder_nowhere(string member, string hostile, string jsonPath)
    {
        using RenderPlace place = await PlanAsync();
        string farm = await PushAsync(place, Script);
        string spec = await File.ReadAllTextAsync(farm + "/job.json");
        await Assert.That(spec).Contains(member);
        spec = spec.Replace(member, hostile, StringComparison.Ordinal);
        if (jsonPath == "$.output") spec = spec.Replace("\"out/temp", "\"/tmp/temp", StringComparison.Ordinal);
        await File.WriteAllTextAsync(farm + "/job.json", spec);
        var before = new DirectoryInfo(farm).GetFiles("*", SearchOption.AllDirectories).Select(file => file.FullName).ToList();

        RunResult result = await Own(place, "render-chunk", "cp:" + farm + "/job.json", "--index", "0");

        await Assert.That(result.ExitCode).IsEqualTo(65).Because(result.Stderr);
        await Assert.That(result.Stderr).Contains(jsonPath);
        await Assert
            .That(new DirectoryInfo(farm).GetFiles("*", SearchOption.AllDirectories).Select(file => file.FullName))
            .IsEquivalentTo(before);
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [ParallelLimiter<WaitingAtOnce>]
    [ExecutionPriority(TUnit.Core.Enums.Priority.High)]
    public async Task A_project_of_20_000_files_is_fetched_in_one_call()
    {
        using RenderPlace place = await PlanAsync();
        string farm = await PushAsync(
            place,
            Script.Replace(
                "get-tree) ", "get-tree) echo >>\"$TMPDIR/../calls\"; cp -r -- \"$(at \"$2\")/.\" \"$3\"; exit 0; ",
                StringComparison.Ordinal));
        string folder = Directory.CreateDirectory(farm + "/assets").FullName;
        for (int i = 0; i < 20_000; i++) await File.WriteAllTextAsync(Path.Combine(folder, $"{i}.txt"), "x");

        (await Own(place, "render-chunk", "cp:" + farm + "/job.json", "--index", "0")).Succeeded();

        await Assert.That(await File.ReadAllTextAsync(Path.Combine(place.Temporary, "..", "calls"))).IsEqualTo("\n");
        await Assert.That(await place.FindRemainsAsync()).IsEmpty();
    }

    [Test]
    [Arguments("66", 66)]
    [Arguments("73", 66)]
    [Arguments("9", 75)]
    public async Task A_program_that_fails_is_reported_with_its_last_lines(string code, int expected)
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);
        WriteScript(place, $"#!/bin/sh\necho first >&2; echo 'last line' >&2; exit {code}\n");

        RunResult result = await Own(place, "show-chunk", "cp:/nowhere/job.json");

        await Assert.That(result.ExitCode).IsEqualTo(expected);
        await Assert
            .That(result.Stderr)
            .Contains($"cannot fetch cp:/nowhere/job.json, exit code {code}: first | last line (cp:/nowhere/job.json); ");
        await Assert.That(result.Stdout).IsEmpty();
    }

    [Test]
    public async Task A_missing_program_is_69_and_says_how_to_get_it()
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);

        RunResult result = await place.Run("show-chunk", "gs://spots/job.json").WithEnvironment("PATH", place.Directory.Path);

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                "helios: there is no program \"gcloud\" (PATH); install the Google Cloud CLI "
                    + "(https://cloud.google.com/sdk/docs/install) and sign in with gcloud auth login; or name a program of yours with --transfer (docs/buckets.md)\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(69);
    }

    [Test]
    public async Task A_missing_object_and_a_missing_bucket_are_66()
    {
        using var place = new RenderPlace(helios, RunJobTests.Moving);

        foreach (
            string job in (string[])
                [
                    "s3://spots/none/job.json", "s3://no-such-bucket/job.json", "rclone:seen:spots/none/job.json",
                    "rclone:azure:spots/none/job.json",
                ])
        {
            await Assert.That((await Run(place, "check-job", job)).ExitCode).IsEqualTo(66).Because(job);
        }
    }

    [Test]
    public async Task The_script_of_the_documentation_is_the_tested_one()
    {
        string page = await File.ReadAllTextAsync(Repository.PathOf("docs", "buckets.md"));

        await Assert.That(page).Contains("```sh\n" + Script + "```\n");
    }

    private async Task<RenderPlace> PlanAsync()
    {
        var place = new RenderPlace(helios, RunJobTests.Moving);
        _ = place.Directory.CreateFolder("out");
        await place.PlanAsync("--frames", "12", "--shards", "3", "--fps", "29.97", "--portable", "-o", "out/film.mp4");
        return place;
    }

    private ProcessRun Run(RenderPlace place, params string[] arguments) => stores.WithStores(place.Run(arguments), place.Directory);

    private static ProcessRun Own(RenderPlace place, params string[] arguments) =>
        place.Run(arguments).WithEnvironment("HELIOS_TRANSFER", Path.Combine(place.Temporary, "..", "transfer"));

    private static async Task<string> PushAsync(RenderPlace place, string script)
    {
        WriteScript(place, script);
        string farm = Path.GetFullPath(Path.Combine(place.Temporary, "..", "farm"));
        (await Own(place, "push", "job.json", "cp:" + farm, "-q")).Succeeded();
        _ = Directory.CreateDirectory(farm + "/out");
        return farm;
    }

    private static void WriteScript(RenderPlace place, string script) =>
        ProgramFile.Write(Path.Combine(place.Temporary, "..", "transfer"), script);

    /// <summary>A browser that does not exist: nothing is left to render.</summary>
    private static string Chromium(RenderPlace place) => place.Directory.PathOf("no-browser");

    private async Task<string> DigestOfAsync(RenderPlace place, string folder)
    {
        string copy = place.Directory.PathOf("copy.mp4");
        ProcessRun get = folder.StartsWith("s3:", StringComparison.Ordinal)
            ? new ProcessRun("env", ["aws", "s3", "cp", folder + "/out/film.mp4", copy])
            : new ProcessRun("rclone", ["copyto", folder["rclone:".Length..] + "/out/film.mp4", copy]);
        (await stores.WithStores(get, place.Directory)).Succeeded();
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(copy)));
    }

    private static async Task<string> DigestOfLocalAsync(RenderPlace place) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(await LocalAsync(place)));

    private static async Task<byte[]> LocalAsync(RenderPlace place)
    {
        (await place.RunJob()).Succeeded();
        return await File.ReadAllBytesAsync(place.Directory.PathOf("out/film.mp4"));
    }
}
