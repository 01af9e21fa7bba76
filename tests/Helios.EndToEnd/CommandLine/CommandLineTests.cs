using System.Collections.Generic;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.CommandLine;

/// <summary>Manners of the command line: what is wrong with it is one line on stderr and exit code 64, and nothing is done.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class CommandLineTests(NativeBinary helios)
{
    private const string Commands =
        "adapt, check-job, completions, doctor, estimate, export-job, merge-chunks, push, render, render-chunk, run-job, schema, show-chunk, verify";

    private const string Engines =
        "argo, aws-batch, azure-batch, cloud-run, gcp-batch, github-actions, grid-engine, helios-node, htcondor, kubernetes, lsf, make, nomad, openjd, pbs, slurm, step-functions";

    public static IEnumerable<TestDataRow<(string[] Arguments, string Stderr)>> Mistakes()
    {
        // no command, or none that exists
        yield return Row("nothing", [], $"no command is given (command line); use one of {Commands}; helios --help explains them");
        yield return Row("empty command", [""], $"no command is given (command line); use one of {Commands}; helios --help explains them");
        yield return Row(
            "letters swapped in a command",
            ["export-jbo", "page.html"],
            "\"export-jbo\" is not a command (command line); did you mean export-job?");
        yield return Row(
            "letter missing in a command",
            ["exprt-job"],
            "\"exprt-job\" is not a command (command line); did you mean export-job?");
        yield return Row(
            "the framework's word for any command", ["[command]"], $"\"[command]\" is not a command (command line); use one of {Commands}");
        yield return Row("unlike any command", ["frobnicate"], $"\"frobnicate\" is not a command (command line); use one of {Commands}");
        yield return Row(
            "option before the command",
            ["--shards", "3"],
            $"\"--shards\" is an option, and the command comes first (command line); use one of {Commands}");

        // a command without its arguments, or with too many
        foreach (var (command, argument) in new[] { ("export-job", "composition"), ("check-job", "job"), ("show-chunk", "job") })
        {
            yield return Row(
                $"{command} alone",
                [command],
                $"{command} needs <{argument}> (command line); write helios {command} <{argument}> [options]; helios {command} --help lists the options"
            );
        }

        yield return Row(
            "nothing after --",
            ["export-job", "--"],
            "export-job needs <composition> (command line); write helios export-job <composition> [options]; helios export-job --help lists the options"
        );
        yield return Row("empty argument", ["export-job", ""], "<composition> is empty (command line); give a file name");
        yield return Row(
            "two arguments",
            ["export-job", "page.html", "b.html"],
            "\"b.html\" is one argument too many (command line); export-job takes <composition>; quote a path that has blanks");
        yield return Row(
            "two arguments, one after --",
            ["export-job", "page.html", "--", "b.html"],
            "\"b.html\" is one argument too many (command line); export-job takes <composition>; quote a path that has blanks");

        // two words: adapt and an engine
        yield return Row("adapt alone", ["adapt"], $"adapt needs an engine and a job (command line); use one of {Engines}");
        yield return Row(
            "letter missing in an engine",
            ["adapt", "slrm", "job.json"],
            $"\"slrm\" is not an engine that helios knows (did you mean \"slurm\"?) (command line); use one of {Engines}");
        yield return Row(
            "unlike any engine",
            ["adapt", "frobnicator", "job.json"],
            $"\"frobnicator\" is not an engine that helios knows (command line); use one of {Engines}");
        yield return Row(
            "option before the engine",
            ["adapt", "--image", "x", "slurm", "job.json"],
            $"\"--image\" is an option, and the engine comes first (command line); use one of {Engines}");
        yield return Row(
            "an engine without a job",
            ["adapt", "slurm"],
            "adapt slurm needs <job> (command line); write helios adapt slurm <job> [options]; helios adapt slurm --help lists the options"
        );
        yield return Row(
            "an engine as a command",
            ["slurm", "job.json"],
            $"\"slurm\" is not a command (command line); use one of {Commands}");
        yield return Row(
            "option of another engine",
            ["adapt", "make", "job.json", "--partition", "x"],
            "adapt make has no option \"--partition\" (command line); helios adapt make --help lists them");

        // options that do not exist
        yield return Row(
            "letter missing in an option",
            ["export-job", "page.html", "--shard", "3"],
            "export-job has no option \"--shard\" (command line); did you mean --shards?");
        yield return Row(
            "unlike any option",
            ["export-job", "page.html", "--frobnicate"],
            "export-job has no option \"--frobnicate\" (command line); helios export-job --help lists them");
        yield return Row(
            "option of another command",
            ["check-job", "job.json", "--shards", "3"],
            "check-job has no option \"--shards\" (command line); helios check-job --help lists them");
        yield return Row(
            "unknown option with a value",
            ["export-job", "page.html", "--widht=3"],
            "export-job has no option \"--widht\" (command line); did you mean --width?");
        yield return Row(
            "value stuck to a short option",
            ["export-job", "page.html", "-ofoo.mp4"],
            "export-job has no option \"-ofoo.mp4\" (command line); helios export-job --help lists them");
        yield return Row(
            "leading-dash file without --",
            ["export-job", "-dash.html"],
            "export-job has no option \"-dash.html\" (command line); helios export-job --help lists them");
        yield return Row(
            "option of a command without any",
            ["schema", "--foo"],
            "schema has no option \"--foo\" (command line); helios schema --help lists them");

        // values that are missing, or too much
        yield return Row(
            "value missing at the end",
            ["export-job", "page.html", "--shards"],
            "--shards needs a value (command line); write --shards <N>");
        yield return Row(
            "value missing of a short option",
            ["export-job", "page.html", "-o"],
            "--output needs a value (command line); write --output <FILE>");
        yield return Row(
            "an option in place of a value",
            ["export-job", "page.html", "--shards", "--fps", "30"],
            "--shards needs a value, but \"--fps\" is an option (command line); write --shards <N>, or --shards=--fps if that is the value"
        );
        yield return Row(
            "-- in place of a value",
            ["export-job", "page.html", "--shards", "--"],
            "--shards cannot have the value \"--\" (command line); write --shards <N>");
        yield return Row(
            "empty value",
            ["export-job", "page.html", "--shards="],
            "--shards needs a value (command line); write --shards <N>");
        yield return Row(
            "a flag with a value",
            ["export-job", "page.html", "--quiet=1"],
            "--quiet takes no value (command line); write --quiet alone");
        yield return Row(
            "an option twice",
            ["export-job", "page.html", "--shards", "1", "--shards", "2"],
            "--shards is given twice (command line); keep one of them");
        yield return Row(
            "an option twice, once by its short name",
            ["export-job", "page.html", "-o", "a.mp4", "--output=b.mp4"],
            "--output is given twice (command line); keep one of them");
        yield return Row(
            "a flag twice",
            ["export-job", "page.html", "-q", "--quiet"],
            "--quiet is given twice (command line); keep one of them");
    }

    [Test]
    [MethodDataSource(nameof(Mistakes))]
    public async Task A_wrong_command_line_is_64_with_one_line_on_stderr_and_does_nothing(string[] arguments, string stderr)
    {
        using var directory = new TestDirectory();
        var before = directory.List();

        RunResult result = await helios.Run(arguments).In(directory);

        await Assert.That(result.Stderr).IsEqualTo($"helios: {stderr}\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert.That(result.Stdout).IsEmpty();
        await Assert.That(directory.List()).IsEquivalentTo(before);
    }

    [Test]
    public async Task A_command_without_arguments_says_so_when_it_gets_one()
    {
        RunResult result = await helios.Run("schema", "x");

        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert.That(result.Stderr).StartsWith("helios: \"x\" is one argument too many (command line); ");
        await Assert.That(result.Stderr).DoesNotContain("<>");
    }

    [Test]
    [Arguments("--shards", "4")]
    [Arguments("--shards=4", null)]
    public async Task An_option_takes_its_value_after_a_blank_or_an_equals_sign(string option, string? value)
    {
        using var directory = new TestDirectory();
        string[] words = value is null ? [option] : [option, value];

        RunResult result = await helios.Run(["export-job", "page.html", "--frames", "8", .. words]).In(directory);

        await Assert.That(result.Succeeded().Json["chunks"]!.AsArray().Count).IsEqualTo(4);
    }

    [Test]
    public async Task The_value_after_an_equals_sign_may_hold_another_one_and_look_like_an_option()
    {
        using var directory = new TestDirectory();

        RunResult result = await helios.Run("export-job", "page.html", "--selector=--fps=\"a\"").In(directory);

        await Assert.That((string)result.Succeeded().Json["renderOptions"]!["selector"]!).IsEqualTo("--fps=\"a\"");
    }

    [Test]
    public async Task Options_may_stand_before_the_argument_and_a_short_one_takes_a_value()
    {
        using var directory = new TestDirectory();

        RunResult result = await helios.Run("export-job", "-o", "film.mov", "--shards", "2", "page.html", "-q").In(directory);

        await Assert.That((string)result.Succeeded().Json["output"]!).IsEqualTo(directory.PathOf("film.mov"));
    }

    [Test]
    public async Task After_two_dashes_a_file_may_begin_with_a_dash()
    {
        using var directory = new TestDirectory();
        directory.Write("--shards", "page");

        RunResult result = await helios.Run("export-job", "--shards", "2", "--", "--shards").In(directory);

        await Assert.That((string)result.Succeeded().Json["composition"]!).IsEqualTo($"file://{directory.Path}/--shards");
    }

    [Test]
    public async Task An_unknown_command_asked_for_help_is_still_a_mistake()
    {
        RunResult result = await helios.Run("export-jbo", "--help");

        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert.That(result.Stdout).IsEmpty();
    }

    private static TestDataRow<(string[] Arguments, string Stderr)> Row(string name, string[] arguments, string stderr) =>
        new((arguments, stderr), DisplayName: name);
}
