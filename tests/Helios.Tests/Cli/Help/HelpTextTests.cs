using System;
using System.Linq;
using System.Threading.Tasks;
using Helios.Cli.Help;

namespace Helios.Tests.Cli.Help;

internal sealed class HelpTextTests
{
    private const string Long =
        "Plan a job: write the job spec, which tells workers what to render, to stdout or to --job FILE. Starts no browser at all, whatever the page is.";

    private static readonly CommandSchema s_command = new(
        "export-job",
        Long,
        ["composition"],
        [
            new(
                "--output", "-o", "FILE",
                "Final video; .mp4, .mov, .mkv or .webm; the extension decides what it may hold [default: output.mp4]".AsMemory()),
            new("--a-rather-long-option-name", null, "VALUE", "Short.".AsMemory()),
            new("--quiet", "-q", null, "No summary on stderr".AsMemory()),
        ]);

    [Test]
    public async Task Help_of_a_command_is_laid_out() => await Assert.That(HelpText.ForCommand(s_command)).IsEqualTo("""
        Usage: helios export-job <composition> [options]

        Plan a job: write the job spec, which tells workers what to render, to stdout or
        to --job FILE. Starts no browser at all, whatever the page is.

        Options:
          -o, --output <FILE>     Final video; .mp4, .mov, .mkv or .webm; the extension
                                  decides what it may hold [default: output.mp4]
          --a-rather-long-option-name <VALUE>
                                  Short.
          -q, --quiet             No summary on stderr
          -h, --help              This help
          --version               Version and commit

        """);

    [Test]
    public async Task No_line_is_longer_than_80_columns()
    {
        for (int length = 1; length < 60; length++)
        {
            string words = string.Join(' ', Enumerable.Repeat(new string('x', length), 200 / length));
            string help = HelpText.ForCommand(
                s_command with
                {
                    Summary = words,
                    Options = [new("--name", null, "N", words.Length > 0 && length <= 54 ? words.AsMemory() : default)],
                });

            await Assert.That(help.Split('\n').Max(line => line.Length)).IsLessThanOrEqualTo(80);
        }
    }

    [Test]
    public async Task Help_of_the_program_lists_commands_and_exit_codes()
    {
        string help = HelpText.ForProgram([new("schema", "Print the JSON Schema.")]);

        await Assert.That(help).StartsWith("helios: plan, render and merge distributed video from HTML\n\nUsage: helios <command>");
        await Assert.That(help).Contains("\n  schema                  Print the JSON Schema.\n");
        await Assert
            .That(help)
            .Contains(
                "\n  75                      temporary: browser crashed or hung, encoder killed,\n                          time limit; a retry can help\n"
            );
        await Assert.That(help.Split('\n').Max(line => line.Length)).IsLessThanOrEqualTo(80);
    }
}
