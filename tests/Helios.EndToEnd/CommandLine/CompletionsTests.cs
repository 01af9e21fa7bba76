using System;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.CommandLine;

/// <summary>Completions, asked for from the real shells. PowerShell is not packaged here: its text is only looked at.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class CompletionsTests(NativeBinary helios)
{
    [Test]
    [Arguments("helios exp", "export-job")]
    [Arguments("helios adapt sl", "slurm")]
    [Arguments("helios adapt slurm --ti", "--time-limit")]
    [Arguments("helios render --key", "", DisplayName = "an option that does not exist")]
    [Arguments("helios render --keep", "--keep-chunks")]
    [Arguments("helios render --chunk-f", "--chunk-frames")]
    [Arguments("helios completions f", "fish")]
    [Arguments("helios run-job a", "a b.json", DisplayName = "a file as the argument")]
    [Arguments("helios export-job -o a", "a b.json", DisplayName = "a file as a value")]
    [Arguments("helios export-job --shards ", "", DisplayName = "a value that nobody knows")]
    public async Task Bash_completes(string line, string expected)
    {
        Tool.Require("bash", "bash");
        using var directory = MakeDirectory();

        RunResult result = await helios
            .RunScript(
                """
                exec bash -c 'eval "$(helios completions bash)"; COMP_WORDS=($1); [ "${1% }" = "$1" ] || COMP_WORDS+=(""); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _helios; printf "%s\n" "${COMPREPLY[@]}"' bash "$1"
                """,
                line)
            .In(directory);

        await Assert.That(result.Succeeded().Stdout.TrimEnd('\n')).IsEqualTo(expected);
        await Assert.That(result.Stderr).IsEmpty();
    }

    [Test]
    [Arguments("helios exp", "export-job")]
    [Arguments("helios adapt sl", "slurm")]
    [Arguments("helios adapt slurm --ti", "--time-limit")]
    [Arguments("helios render --keep", "--keep-chunks")]
    [Arguments("helios completions f", "fish")]
    [Arguments("helios run-job a", "a b.json", DisplayName = "a file as the argument")]
    [Arguments("helios export-job -o a", "a b.json", DisplayName = "a file as a value")]
    [Arguments("helios export-job --shards ", "", DisplayName = "a value that nobody knows")]
    public async Task Fish_completes(string line, string expected)
    {
        Tool.Require("fish", "fish");
        using var directory = MakeDirectory();

        RunResult result = await helios
            .RunScript("exec fish --no-config -c 'helios completions fish | source; complete -C $argv[1]' -- \"$1\"", line)
            .In(directory)
            .WithEnvironment("HOME", directory.Path);

        await Assert
            .That(
                string.Join(
                    '\n',
                    result.Succeeded().Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(found => found.Split('\t')[0])))
            .IsEqualTo(expected);
        await Assert.That(result.Stderr).IsEmpty();
    }

    [Test]
    public async Task Zsh_completes()
    {
        Tool.Require("zsh", "zsh");
        using var directory = MakeDirectory();
        directory.Write("drive.zsh", """
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell 'PS1=; autoload -U compinit; compinit -u -D; source <(helios completions zsh); print REA""DY'
            while zpty -r shell line; do [[ $line == *READY* ]] && break; done
            for line wanted in "$@"; do
              zpty -w -n shell "$line"$'\t'
              zpty -r -m shell seen "*${(b)wanted}*" # to the time limit, where it never comes
              print -r -- "$seen"
              zpty -w -n shell $'\x15'
              sleep 0.1
            done
            zpty -w shell exit
            """);
        string[] completions =
        [
            "helios exp", "helios export-job ", "helios adapt sl", "helios adapt slurm ", "helios adapt slurm --ti",
            "helios adapt slurm --time-limit=", "helios render --keep", "helios render --keep-chunks ", "helios completions z",
            "helios completions zsh ", "helios run-job a", "helios run-job a\\ b.json ",
        ];

        RunResult result = await helios
            .RunScript("exec zsh -f drive.zsh \"$@\"", completions)
            .In(directory)
            .WithEnvironment("HOME", directory.Path)
            .WithEnvironment("TERM", "dumb");

        for (int i = 1; i < completions.Length; i += 2) await Assert.That(result.Succeeded().Stdout).Contains(completions[i]);
    }

    [Test]
    [Arguments("bash")]
    [Arguments("zsh")]
    [Arguments("fish")]
    [Arguments("powershell")]
    public async Task Every_option_of_every_command_is_there(string shell)
    {
        string script = (await helios.Run("completions", shell)).Succeeded().Stdout;
        foreach (string command in HelpTests.Commands())
        {
            string help = (await helios.Run(command, "--help")).Succeeded().Stdout;
            string[] options =
            [
                .. help.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
                    .Where(word => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2)
                    .Select(word => word.Trim('.', ',', ';', ':', ']', ')')),
            ];

            await Assert.That(script).Contains(command);
            await Assert
                .That(options.Where(option => !script.Contains(shell == "fish" ? "-l " + option[2..] : option, StringComparison.Ordinal)))
                .IsEmpty();
        }
    }

    [Test]
    public async Task A_shell_that_is_none_is_64()
    {
        RunResult result = await helios.Run("completions", "fisch");

        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                "helios: there are no completions for \"fisch\" (did you mean \"fish\"?) (<shell>); use one of bash, zsh, fish, powershell\n"
            );
        await Assert.That(result.ExitCode).IsEqualTo(64);
    }

    private static TestDirectory MakeDirectory()
    {
        var directory = new TestDirectory();
        directory.Write("a b.json", "{}");
        return directory;
    }
}
