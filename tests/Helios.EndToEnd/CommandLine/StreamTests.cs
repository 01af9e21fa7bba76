using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.CommandLine;

/// <summary>Standard streams that are closed early, full, shared or not there at all.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class StreamTests(NativeBinary helios)
{
    private const string Full =
        "helios: the result cannot be written: No space left on device (standard output); make room or redirect it elsewhere, then run it again\n";
    private const string Closed =
        "helios: the result cannot be written: Bad file descriptor (standard output); make room or redirect it elsewhere, then run it again\n";

    [Test]
    public async Task A_reader_that_has_seen_enough_ends_the_export_with_success()
    {
        using var directory = new TestDirectory();

        // the shell's own status is that of head: helios writes its own beside it
        RunResult result = await helios
            .RunScript("{ helios export-job page.html --frames 1000000 --chunk-frames 1; echo $? >status; } | head -1")
            .In(directory);

        await Assert.That(result.Stdout).IsEqualTo("{\n");
        await Assert.That(directory.Read("status")).IsEqualTo("0\n");
        await Assert.That(result.Stderr).Matches("^(1000000 frames at 30 fps in 1000000 chunks of 1\n)?$");
    }

    [Test]
    [Arguments("export-job page.html --quiet")]
    [Arguments("check-job job.json")]
    [Arguments("show-chunk job.json")]
    [Arguments("schema")]
    [Arguments("--help")]
    [Arguments("--version")]
    [Arguments("export-job --help")]
    public async Task A_full_disk_behind_stdout_is_74_with_a_message(string commandLine)
    {
        using TestDirectory directory = await CreateWithJob();

        RunResult result = await helios.RunScript($"helios {commandLine} >/dev/full").In(directory);

        await Assert.That(result.Stderr).IsEqualTo(Full);
        await Assert.That(result.ExitCode).IsEqualTo(74);
    }

    [Test]
    [Arguments("export-job page.html --quiet")]
    [Arguments("check-job job.json")]
    [Arguments("show-chunk job.json")]
    [Arguments("schema")]
    [Arguments("--help")]
    [Arguments("--version")]
    public async Task A_stdout_that_is_closed_is_74_with_a_message(string commandLine)
    {
        using TestDirectory directory = await CreateWithJob();

        RunResult result = await helios.RunScript($"helios {commandLine} >&-").In(directory);

        await Assert.That(result.Stderr).IsEqualTo(Closed);
        await Assert.That(result.ExitCode).IsEqualTo(74);
    }

    [Test]
    [Arguments("<&-", DisplayName = "stdin closed")]
    [Arguments(">&-", DisplayName = "stdout closed")]
    [Arguments("2>&-", DisplayName = "stderr closed")]
    [Arguments("<&- >&- 2>&-", DisplayName = "all closed")]
    public async Task A_spec_that_goes_to_a_file_needs_no_stream(string redirection)
    {
        using TestDirectory directory = await CreateWithJob();
        string expected = directory.Read("job.json");

        RunResult result = await helios.RunScript($"helios export-job page.html --job-id j --job other.json {redirection}").In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(directory.Read("other.json")).IsEqualTo(expected);
    }

    [Test]
    public async Task A_closed_stdin_in_place_of_a_spec_is_74()
    {
        RunResult result = await helios.RunScript("helios check-job - <&-");

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                "helios: the job spec cannot be read: Bad file descriptor (standard input); check the disk or the pipe, then run it again\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(74);
    }

    [Test]
    public async Task A_stderr_that_cannot_be_written_does_not_spoil_the_result()
    {
        using var directory = new TestDirectory();

        RunResult result = await helios.RunScript("helios export-job page.html 2>/dev/full").In(directory);

        await Assert.That(result.Succeeded().Json["chunks"]!.AsArray().Count).IsEqualTo(1);
    }

    [Test]
    public async Task Two_exports_into_one_redirection_are_both_kept()
    {
        using var directory = new TestDirectory();

        RunResult result = await helios
            .RunScript("(helios export-job page.html --job-id first -q; helios export-job page.html --job-id second -q) >both")
            .In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(0);
        string[] documents = directory.Read("both").Split("}\n{");
        await Assert.That(documents.Length).IsEqualTo(2);
        await Assert.That((string)JsonNode.Parse(documents[0] + "}")!["jobId"]!).IsEqualTo("first");
        await Assert.That((string)JsonNode.Parse("{" + documents[1])!["jobId"]!).IsEqualTo("second");
    }

    [Test]
    public async Task An_export_appended_to_a_file_keeps_what_is_there()
    {
        using var directory = new TestDirectory();
        directory.Write("log", "before\n");

        await helios.RunScript("helios export-job page.html --compact -q >>log").In(directory);

        string[] lines = directory.Read("log").Split('\n');
        await Assert.That(lines[0]).IsEqualTo("before");
        await Assert.That(lines.Count(line => line.StartsWith('{'))).IsEqualTo(1);
    }

    /// <summary>As Node.js leaves its pipes, and ssh a terminal: who shares a descriptor shares that, too.</summary>
    [Test]
    public async Task Streams_that_do_not_wait_are_waited_for()
    {
        Tool.Require("perl", "perl-base");
        using var directory = new TestDirectory();

        RunResult result = await helios
            .RunScript(
                """
                unwaiting() { perl -e 'fcntl(STDIN, 4, 2048); fcntl(STDOUT, 4, 2049); exec @ARGV' "$@"; }
                helios export-job page.html --frames 100000 --chunk-frames 1 --job-id j -q >expected.json
                { unwaiting helios export-job page.html --frames 100000 --chunk-frames 1 --job-id j -q; echo $? >status; } | { sleep 1; cat >job.json; }
                cmp expected.json job.json && { sleep 1; cat job.json; } | unwaiting helios check-job -
                """
            )
            .In(directory);

        await Assert.That(result.Stderr).IsEqualTo("");
        await Assert.That(directory.Read("status")).IsEqualTo("0\n");
        await Assert.That(result.Stdout).IsEqualTo("valid: job j, 100000 frames in 100000 chunks\n");
    }

    /// <summary>Its words to its own children are on their command lines, where nobody else's variable gets in between.</summary>
    [Test]
    public async Task Variables_with_its_name_that_are_not_its_own_change_nothing()
    {
        using TestDirectory directory = await CreateWithJob();

        RunResult result = await helios
            .Run("check-job", "job.json")
            .In(directory)
            .WithEnvironment("HELIOS_EXEC", "1")
            .WithEnvironment("HELIOS_PARENT", "1");

        await Assert.That(result.Succeeded().Stdout).IsEqualTo("valid: job j, 30 frames in 1 chunk\n");
    }

    private async Task<TestDirectory> CreateWithJob()
    {
        var directory = new TestDirectory();
        (await helios.RunScript("helios export-job page.html --job-id j -q >job.json").In(directory)).Succeeded();
        return directory;
    }
}
