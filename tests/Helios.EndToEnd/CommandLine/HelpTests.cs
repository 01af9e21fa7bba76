using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.CommandLine;

/// <summary>Help and version: on stdout, exit code 0, and the very text that was reviewed (Golden/help).</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class HelpTests(NativeBinary helios)
{
    private const int Columns = 80;

    public static IEnumerable<string> Commands() =>
        [
            "export-job", "check-job", "show-chunk", "render-chunk", "merge-chunks", "push", "run-job", "render", "estimate", "verify",
            "doctor", "completions", "schema",
        ];

    public static IEnumerable<string> Engines() =>
        [
            "argo", "aws-batch", "azure-batch", "cloud-run", "gcp-batch", "github-actions", "grid-engine", "helios-node", "htcondor",
            "kubernetes", "lsf", "make", "nomad", "openjd", "pbs", "slurm", "step-functions",
        ];

    public static IEnumerable<string> CommandsAndProgram() =>
        ["helios", "adapt", .. Commands(), .. Engines().Select(engine => "adapt " + engine)];

    [Test]
    [MethodDataSource(nameof(CommandsAndProgram))]
    public async Task Help_is_its_golden_file(string command)
    {
        RunResult result = await helios.Run(Words(command, "--help"));
        string golden = Path.Combine(Repository.Project, "Golden", "help", command.Replace(' ', '-') + ".txt");
        if (Environment.GetEnvironmentVariable("HELIOS_UPDATE_GOLDEN") == "1") await File.WriteAllTextAsync(golden, result.Stdout);

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(result.Stderr).IsEmpty();
        await Assert.That(result.Stdout).IsEqualTo(File.Exists(golden) ? await File.ReadAllTextAsync(golden) : "");
    }

    [Test]
    [MethodDataSource(nameof(CommandsAndProgram))]
    public async Task Help_fits_eighty_columns(string command)
    {
        RunResult result = await helios.Run(Words(command, "--help"));

        await Assert.That(result.Stdout.Split('\n').Where(line => line.Length > Columns || line.EndsWith(' '))).IsEmpty();
    }

    [Test]
    [MethodDataSource(nameof(CommandsAndProgram))]
    public async Task The_short_option_gives_the_same_help(string command)
    {
        RunResult help = await helios.Run(Words(command, "--help"));
        RunResult shortHelp = await helios.Run(Words(command, "-h"));

        await Assert.That(shortHelp.Stdout).IsEqualTo(help.Stdout);
        await Assert.That(shortHelp.ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task Help_of_the_program_names_every_command()
    {
        RunResult result = await helios.Run("--help");

        await Assert.That(Commands().Where(command => !result.Stdout.Contains($"\n  {command} ", StringComparison.Ordinal))).IsEmpty();
    }

    [Test]
    public async Task Help_of_adapt_names_every_engine_and_that_of_the_program_none()
    {
        RunResult adapt = await helios.Run("adapt", "--help");
        RunResult program = await helios.Run("--help");

        await Assert.That(Engines().Where(engine => !adapt.Stdout.Contains($"\n  {engine} ", StringComparison.Ordinal))).IsEmpty();
        await Assert.That(program.Stdout).Contains("\n  adapt  ");
        await Assert.That(program.Stdout).DoesNotContain("slurm");
    }

    [Test]
    [MethodDataSource(nameof(Commands))]
    public async Task Help_wins_over_other_mistakes_in_the_command_line(string command)
    {
        RunResult result = await helios.Run(command, "--frobnicate", "--help");

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(result.Stdout).StartsWith($"Usage: helios {command}");
    }

    [Test]
    [MethodDataSource(nameof(CommandsAndProgram))]
    public async Task Version_is_one_line_with_number_and_commit_everywhere(string command)
    {
        RunResult result = await helios.Run(Words(command, "--version"));

        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(result.Stderr).IsEmpty();
        await Assert.That(result.Stdout).Matches(@"^helios [0-9]+\.[0-9]+\.[0-9]+ \([0-9a-f]{12}(\+changes)?\)\n$");
    }

    private static string[] Words(string command, string option) => command == "helios" ? [option] : [.. command.Split(' '), option];
}
