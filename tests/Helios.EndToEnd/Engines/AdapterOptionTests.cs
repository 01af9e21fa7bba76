using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Helios.EndToEnd.CommandLine;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Engines;

/// <summary>
/// The command line of adapt: every option does something, the job is checked first, and nothing is written for a wrong one.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class AdapterOptionTests(NativeBinary helios)
{
    /// <summary>A value for each option, and what else it needs to be seen.</summary>
    private static readonly Dictionary<string, string> s_values = new()
    {
        ["--account"] = "studio",
        ["--accounting-group"] = "studio",
        ["--alpha"] = "",
        ["--bucket"] = "gs://spots/q3",
        ["--chunks-per-task"] = "3",
        ["--claim"] = "spots",
        ["--concurrency"] = "2",
        ["--constraint"] = "avx2",
        ["--cpus"] = "2",
        ["--csi-volume"] = "efs",
        ["--datacenter"] = "dc1",
        ["--definition"] = "d",
        ["--document"] = "chunks",
        ["--efs"] = "fs-0123456789abcdef0",
        ["--execution-role"] = "arn:x",
        ["--helios"] = "/opt/helios",
        ["--host-volume"] = "spots",
        ["--host-path"] = "/mnt/fsx",
        ["--image"] = "registry.example/helios:1",
        ["--job-path"] = "elsewhere/job.json",
        ["--job-role"] = "arn:y",
        ["--jobset"] = "",
        ["--location"] = "europe-west4",
        ["--machine-type"] = "c2d-standard-8",
        ["--max-array-size"] = "2",
        ["--memory"] = "4G",
        ["--mount"] = "/srv/spots",
        ["--name"] = "promo",
        ["--namespace"] = "video",
        ["--nfs"] = "10.0.0.2:/x",
        ["--arch"] = "arm64",
        ["--node-selector"] = "pool=render",
        ["--parallel-environment"] = "threads",
        ["--partition"] = "render",
        ["--platform"] = "fargate",
        ["--pool"] = "p",
        ["--project"] = "p",
        ["--qos"] = "night",
        ["--queue"] = "q",
        ["--region"] = "europe-west4",
        ["--requirements"] = "HasSharedDisk",
        ["--retries"] = "1",
        ["--runs-on"] = "self-hosted",
        ["--service-account"] = "renderer",
        ["--share"] = "spots",
        ["--spot"] = "",
        ["--target-time"] = "5m",
        ["--tasks"] = "2",
        ["--then"] = "notify-send",
        ["--then-optional"] = "",
        ["--then-timeout"] = "60",
        ["--time-limit"] = "30m",
    };

    [Test]
    [MethodDataSource<HelpTests>(nameof(HelpTests.Engines))]
    public async Task Every_option_that_help_lists_changes_the_document(string engine)
    {
        using TestDirectory directory = await CreateAsync();
        string help = (await helios.Run("adapt", engine, "--help")).Succeeded().Stdout;
        string[] options =
        [
            .. Regex
                .Matches(help, "^  (--[a-z-]+)", RegexOptions.Multiline)
                .Select(match => match.Groups[1].Value)
                .Where(option => option is not ("--help" or "--version")),
        ];
        await Assert.That(options).IsNotEmpty();

        foreach (string option in options)
        {
            string kind = engine == "azure-batch" && option == "--document" ? "tasks" : s_values[option];
            string[] words = kind.Length == 0 ? [option] : [option, kind];
            string[] others = option == "--platform" ? ["--execution-role", "arn:x"]
                : engine == "aws-batch" && option == "--arch" ? ["--platform", "fargate", "--execution-role", "arn:x"]
                : option.StartsWith("--then-", StringComparison.Ordinal) ? ["--then", "notify-send"] : [];
            string without = (await helios.Run(["adapt", engine, "job.json", .. others]).In(directory)).Succeeded().Stdout;
            string with = (await helios.Run(["adapt", engine, "job.json", .. others, .. words]).In(directory)).Succeeded().Stdout;
            await Assert.That(with).IsNotEqualTo(without).Because(option);
        }
    }

    [Test]
    [MethodDataSource<HelpTests>(nameof(HelpTests.Engines))]
    public async Task The_same_job_and_options_give_the_same_bytes_from_a_file_and_from_a_pipe(string engine)
    {
        using TestDirectory directory = await CreateAsync();

        RunResult file = await helios.Run("adapt", engine, "job.json").In(directory);
        RunResult pipe = await helios.RunScript($"cat job.json | helios adapt {engine} -").In(directory);

        await Assert.That(pipe.Succeeded().Stdout).IsEqualTo(file.Succeeded().Stdout);
        await Assert.That(file.Stderr).IsEmpty();
        await Assert.That(file.Stdout).EndsWith("\n");
    }

    [Test]
    [MethodDataSource<HelpTests>(nameof(HelpTests.Engines))]
    public async Task A_job_that_fails_check_job_is_65_with_nothing_on_stdout(string engine)
    {
        using TestDirectory directory = await CreateAsync();
        directory.Write("job.json", directory.Read("job.json").Replace("\"id\":3", "\"id\":4", StringComparison.Ordinal)); // the last chunk

        RunResult result = await helios.Run("adapt", engine, "job.json").In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(65);
        await Assert.That(result.Stdout).IsEmpty();
        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                "helios: $.chunks[3].id is 4, expected 3: ids are dense and in order (job.json); write the spec again with helios export-job\n"
            );
    }

    [Test]
    [Arguments("missing.json", 66)]
    [Arguments(".", 66)]
    public async Task A_job_that_cannot_be_read_is_66(string job, int code)
    {
        using TestDirectory directory = await CreateAsync();

        RunResult result = await helios.Run("adapt", "slurm", job).In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(code);
        await Assert.That(result.Stdout).IsEmpty();
        await Assert.That(result.Stderr.Count(c => c == '\n')).IsEqualTo(1);
    }

    [Test]
    [Arguments("slurm", "--concurrency", "0", "\"0\" is not a whole number from 1 to 10000000 (--concurrency); give one, in digits")]
    [Arguments("kubernetes", "--memory", "lots", "\"lots\" is not an amount of memory (--memory); give 64M to 16T, such as 512M or 8G")]
    [Arguments("kubernetes", "--image", "a\nb",
        "\"a\\u000Ab\" is not a container image (--image); give [registry/]name[:tag] or …@sha256:…")]
    [Arguments("aws-batch", "--retries", "12", "12 is more than the 9 retries of AWS Batch (--retries); give fewer")]
    [Arguments("openjd", "--time-limit", "60", "\"60\" is not a time (--time-limit); give 1s to 30d, such as 90s, 45m, 2h or 1h30m")]
    public async Task A_wrong_value_is_64_with_nothing_on_stdout(string engine, string option, string value, string stderr)
    {
        using TestDirectory directory = await CreateAsync();

        RunResult result = await helios.Run("adapt", engine, "job.json", option, value).In(directory);

        await Assert.That(result.Stderr).IsEqualTo($"helios: {stderr}\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert.That(result.Stdout).IsEmpty();
    }

    private async Task<TestDirectory> CreateAsync()
    {
        var directory = new TestDirectory();
        (
            await helios
                .RunScript("helios export-job page.html --job-id j --portable --frames 4 --shards 4 -q --job job.json")
                .In(directory)
        ).Succeeded();
        return directory;
    }
}
