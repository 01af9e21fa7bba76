using System;
using System.IO;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Jobs;

/// <summary>check-job: accepts what export-job wrote, refuses what is no file where one belongs, and says what is rendered.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class CheckJobTests(NativeBinary helios)
{
    [Test]
    [Arguments("ln -s /etc/passwd temp_j_part_2.mov", "a symbolic link is there")]
    [Arguments("ln -s nowhere temp_j_part_2.mov", "a symbolic link is there")]
    [Arguments("mkfifo temp_j_part_2.mov", "a device or pipe is there")]
    [Arguments("mkdir temp_j_part_2.mov", "a directory is there")]
    public async Task What_is_no_regular_file_in_place_of_a_chunk_is_refused(string setUp, string kind)
    {
        using TestDirectory directory = await CreateWithJobAsync(helios);
        (await helios.RunScript(setUp).In(directory)).Succeeded();

        RunResult result = await helios.Run("check-job", "job.json").In(directory);

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                $"helios: \"{directory.Path}/temp_j_part_2.mov\" is not a file: {kind} (job.json $.chunks); remove it: helios writes regular files only\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    [Test]
    public async Task A_link_in_place_of_the_output_is_refused()
    {
        using TestDirectory directory = await CreateWithJobAsync(helios);
        File.CreateSymbolicLink(directory.PathOf("output.mp4"), "/etc/passwd");

        RunResult result = await helios.Run("check-job", "job.json").In(directory);

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                $"helios: \"{directory.Path}/output.mp4\" is not a file: a symbolic link is there (job.json $.output); remove it: helios writes regular files only\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    [Test]
    public async Task A_link_among_the_folders_of_a_chunk_of_another_name_is_refused()
    {
        using TestDirectory directory = await CreateWithJobAsync(helios);
        File.CreateSymbolicLink(directory.PathOf("parts"), "/tmp");
        directory.Write("job.json", directory.Read("job.json").Replace("/temp_j_part_2.mov", "/parts/two.mov", StringComparison.Ordinal));

        RunResult result = await helios.Run("check-job", "job.json").In(directory);

        await Assert
            .That(result.Stderr)
            .StartsWith($"helios: \"{directory.Path}/parts\" is not a file: a symbolic link is there (job.json $.chunks)");
        await Assert.That(result.ExitCode).IsEqualTo(65);
    }

    [Test]
    [Arguments("missing.json", "the file cannot be read: no such file or directory (missing.json); check the path and its permissions")]
    [Arguments("folder",
        "the folder has no batch.json, so it is no batch, or was not planned to its end (folder); plan it with helios export-job --rows, or name a job file")]
    public async Task A_spec_that_is_not_there_is_66(string job, string stderr)
    {
        using var directory = new TestDirectory();
        directory.CreateFolder("folder");

        RunResult result = await helios.Run("check-job", job).In(directory);

        await Assert.That(result.Stderr).IsEqualTo($"helios: {stderr}\n");
        await Assert.That(result.ExitCode).IsEqualTo(66);
    }

    [Test]
    public async Task A_valid_spec_is_one_line_on_stdout_and_quiet_says_nothing()
    {
        using TestDirectory directory = await CreateWithJobAsync(helios);

        RunResult result = await helios.Run("check-job", "job.json").In(directory);
        RunResult quiet = await helios.Run("check-job", "job.json", "--quiet").In(directory);

        await Assert.That(result.Succeeded().Stdout).IsEqualTo("valid: job j, 60 frames in 4 chunks\n");
        await Assert.That(result.Stderr).IsEmpty();
        await Assert.That(quiet.Succeeded().Stdout + quiet.Stderr).IsEmpty();
    }

    [Test]
    public async Task Members_may_stand_in_any_order_in_a_file()
    {
        using TestDirectory directory = await CreateWithJobAsync(helios);
        RunResult sorted = await Tool.Run("jq", "jq", "--sort-keys", "--compact-output", ".", "job.json").In(directory);
        directory.Write("sorted.json", sorted.Succeeded().Stdout);

        RunResult check = await helios.Run("check-job", "sorted.json").In(directory);
        RunResult chunk = await helios.Run("show-chunk", "sorted.json", "--index", "3", "--field", "startFrame").In(directory);

        await Assert.That(check.ExitCode).IsEqualTo(0);
        await Assert.That(chunk.Succeeded().Stdout).IsEqualTo("45\n");
    }

    /// <summary>What stands behind the chunks counts as well: a tool may add members at the end.</summary>
    [Test]
    public async Task A_digest_that_stands_behind_the_chunks_is_seen()
    {
        using TestDirectory directory = await CreateWithJobAsync(helios);
        RunResult moved = await Tool.Run(
                "jq", "jq", ". as $job | del(.compositionDigest) | .compositionDigest = $job.compositionDigest", "job.json")
            .In(directory);
        directory.Write("moved.json", moved.Succeeded().Stdout);

        RunResult check = await helios.Run("check-job", "moved.json").In(directory);

        await Assert.That(check.Stderr).IsEmpty();
        await Assert.That(check.ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task Outputs_tells_complete_missing_and_wrong_chunk_files()
    {
        using TestDirectory directory = await CreateWithJobAsync(helios);
        directory.Write("temp_j_part_1.mov", "frames");
        directory.Write("temp_j_part_2.mov", "frames");
        directory.Write("temp_j_part_2.mov.json", "this is no receipt");

        RunResult result = await helios.Run("check-job", "job.json", "--outputs").In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(result.Stdout).Contains($"chunk 0: missing: {directory.Path}/temp_j_part_0.mov: no file\n");
        await Assert
            .That(result.Stdout)
            .Contains($"chunk 1: missing: {directory.Path}/temp_j_part_1.mov: no receipt: not rendered to its end\n");
        await Assert.That(result.Stdout).Contains($"chunk 2: wrong: {directory.Path}/temp_j_part_2.mov: ");
        await Assert.That(result.Stdout).EndsWith("\n0 complete, 3 missing, 1 wrong\n");
        await Assert.That(result.Stderr).IsEmpty();
    }

    /// <summary>With job.json: job j, 60 frames in 4 chunks.</summary>
    internal static async Task<TestDirectory> CreateWithJobAsync(NativeBinary helios)
    {
        var directory = new TestDirectory();
        (await helios.RunScript("helios export-job page.html --job-id j --duration 2 --shards 4 -q >job.json").In(directory)).Succeeded();
        return directory;
    }
}
