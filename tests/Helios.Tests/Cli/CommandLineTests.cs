using System;
using System.Threading.Tasks;
using Helios.Cli;
using Helios.Errors;
using Helios.Tests.Cli.Help;
using Helios.Tests.Support;

namespace Helios.Tests.Cli;

internal sealed class CommandLineTests
{
    [Test]
    [Arguments("job.json", "show-chunk job.json", DisplayName = "only the argument")]
    [Arguments("job.json --index 3", "show-chunk job.json --index 3", DisplayName = "an option after the argument")]
    [Arguments("--index 3 job.json", "show-chunk job.json --index 3", DisplayName = "an option before the argument")]
    [Arguments("job.json --index=3", "show-chunk job.json --index 3", DisplayName = "a value after an equals sign")]
    [Arguments("job.json --output=a=b", "show-chunk job.json --output a=b", DisplayName = "a value with an equals sign")]
    [Arguments("job.json -o x", "show-chunk job.json --output x", DisplayName = "a short name")]
    [Arguments("job.json -o=x", "show-chunk job.json --output x", DisplayName = "a short name with an equals sign")]
    [Arguments("job.json -q", "show-chunk job.json --quiet", DisplayName = "a flag")]
    [Arguments("job.json --index -1", "show-chunk job.json --index -1", DisplayName = "a negative value")]
    [Arguments("job.json --output=--index", "show-chunk job.json --output --index",
        DisplayName = "a value that is an option, after an equals sign")]
    [Arguments("-", "show-chunk -", DisplayName = "standard input")]
    [Arguments("-- job.json", "show-chunk job.json", DisplayName = "the end of options")]
    [Arguments("-q -- -x.json", "show-chunk ./-x.json --quiet", DisplayName = "a file with a leading dash")]
    [Arguments("-- --", "show-chunk ./--", DisplayName = "a file named like the end of options")]
    [Arguments("-- --help", "show-chunk ./--help", DisplayName = "a file named like an option")]
    public async Task A_command_line_is_rewritten_for_the_framework(string words, string expected) =>
        await Assert.That(string.Join(' ', CommandLine.Normalize(words.Split(' '), SampleSchema.Command))).IsEqualTo(expected);

    [Test]
    [Arguments("",
        "64: show-chunk needs <job> (command line); write helios show-chunk <job> [options]; helios show-chunk --help lists the options",
        DisplayName = "nothing")]
    [Arguments("--index 1",
        "64: show-chunk needs <job> (command line); write helios show-chunk <job> [options]; helios show-chunk --help lists the options",
        DisplayName = "no argument")]
    [Arguments("a b", "64: \"b\" is one argument too many (command line); show-chunk takes <job>; quote a path that has blanks",
        DisplayName = "two arguments")]
    [Arguments("a -- -b", "64: \"-b\" is one argument too many (command line); show-chunk takes <job>; quote a path that has blanks",
        DisplayName = "two arguments, one after the end of options")]
    [Arguments("a --indx 1", "64: show-chunk has no option \"--indx\" (command line); did you mean --index?",
        DisplayName = "misspelled option")]
    [Arguments("a --indx=1", "64: show-chunk has no option \"--indx\" (command line); did you mean --index?",
        DisplayName = "misspelled option with a value")]
    [Arguments("a --hepl", "64: show-chunk has no option \"--hepl\" (command line); did you mean --help?", DisplayName = "misspelled help")]
    [Arguments("a --bitrate 3", "64: show-chunk has no option \"--bitrate\" (command line); helios show-chunk --help lists them",
        DisplayName = "unknown option")]
    [Arguments("a -x", "64: show-chunk has no option \"-x\" (command line); helios show-chunk --help lists them",
        DisplayName = "unknown short option")]
    [Arguments("a --index 1 --index=2", "64: --index is given twice (command line); keep one of them", DisplayName = "doubled option")]
    [Arguments("a -q --quiet", "64: --quiet is given twice (command line); keep one of them",
        DisplayName = "doubled flag under both names")]
    [Arguments("a --quiet=yes", "64: --quiet takes no value (command line); write --quiet alone", DisplayName = "flag with a value")]
    [Arguments("a --help=x", "64: --help takes no value (command line); write --help alone", DisplayName = "help with a value")]
    [Arguments("a --index", "64: --index needs a value (command line); write --index <N>", DisplayName = "missing value")]
    [Arguments("a --output=", "64: --output needs a value (command line); write --output <FILE>", DisplayName = "empty value")]
    [Arguments("a --index --quiet",
        "64: --index needs a value, but \"--quiet\" is an option (command line); write --index <N>, or --index=--quiet if that is the value",
        DisplayName = "option as value")]
    [Arguments("a --index -o",
        "64: --index needs a value, but \"-o\" is an option (command line); write --index <N>, or --index=-o if that is the value",
        DisplayName = "short option as value")]
    [Arguments("a --output --", "64: --output cannot have the value \"--\" (command line); write --output <FILE>",
        DisplayName = "end of options as value")]
    [Arguments("a\nb c", "64: \"c\" is one argument too many (command line); show-chunk takes <job>; quote a path that has blanks",
        DisplayName = "newline in an argument")]
    public async Task A_wrong_command_line_is_refused(string words, string refusal) =>
        await Assert
            .That(
                Refusal.TextOf(() => CommandLine.Normalize(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), SampleSchema.Command)))
            .IsEqualTo(refusal);

    [Test]
    [Arguments("a --output -h", DisplayName = "-h")]
    [Arguments("a --output --help", DisplayName = "--help")]
    [Arguments("a --output=-h", DisplayName = "-h after an equals sign")]
    [Arguments("a --output=--help", DisplayName = "--help after an equals sign")]
    public async Task A_value_that_the_framework_would_take_for_help_is_refused(string words)
    {
        HeliosException refusal = Refusal.Of(() => CommandLine.Normalize(words.Split(' '), SampleSchema.Command));

        await Assert.That(refusal.Code).IsEqualTo(ExitCode.Usage);
        await Assert.That(refusal.Fix).DoesNotContain("="); // no advice to try it another way
    }

    [Test]
    public async Task An_empty_argument_is_refused() =>
        await Assert
            .That(Refusal.TextOf(() => CommandLine.Normalize([""], SampleSchema.Command)))
            .IsEqualTo("64: <job> is empty (command line); give a file name");

    [Test]
    [Arguments("a --help", "--help", DisplayName = "help after an argument")]
    [Arguments("-h", "--help", DisplayName = "short help")]
    [Arguments("--version", "--version", DisplayName = "version")]
    [Arguments("--nonsense --help", "--help", DisplayName = "help among mistakes")]
    [Arguments("--index --help", "--help", DisplayName = "help where a value is missing")]
    [Arguments("--output -h", "--help", DisplayName = "short help where a value is missing")]
    [Arguments("a --index 1", null, DisplayName = "neither")]
    [Arguments("-- --help", null, DisplayName = "a file named like help")]
    public async Task Help_and_version_are_found(string words, string? expected) =>
        await Assert.That(CommandLine.FindHelpOrVersion(words.Split(' '), SampleSchema.Command)).IsEqualTo(expected);
}
