using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using ConsoleAppFramework;
using Helios.Cli.Commands;
using Helios.Cli.Help;

namespace Helios.Tests.Cli.Help;

internal sealed class CommandSchemaTests
{
    [Test]
    public async Task Arguments_are_named_by_their_description() =>
        await Assert.That(SampleSchema.Command.Arguments).IsEquivalentTo(["job"]);

    [Test]
    public async Task The_summary_is_the_text_before_the_sections() =>
        await Assert.That(SampleSchema.Command.Summary).IsEqualTo("Show one chunk of a job spec, for bootstrap scripts.");

    [Test]
    public async Task Options_are_read_with_names_values_and_descriptions() =>
        await Assert.That(string.Join('\n', SampleSchema.Command.Options)).IsEqualTo("""
            CommandOption { Name = --index, Short = , ValueName = N, Description = Which chunk, from 0 }
            CommandOption { Name = --output, Short = -o, ValueName = FILE, Description = Where to write [default: stdout] }
            CommandOption { Name = --workdir, Short = , ValueName = DIR, Description = Where relative paths of the spec start }
            CommandOption { Name = --quiet, Short = -q, ValueName = , Description = Nothing on stderr }
            """);

    [Test]
    [Arguments("-o", "--output", DisplayName = "short")]
    [Arguments("--output", "--output", DisplayName = "long")]
    [Arguments("output", null, DisplayName = "without dashes")]
    [Arguments("--out", null, DisplayName = "beginning of a name")]
    public async Task An_option_is_found_by_either_name(string typed, string? name) =>
        await Assert.That(SampleSchema.Command.FindOption(typed)?.Name).IsEqualTo(name);

    [Test]
    public async Task Help_and_version_are_options_of_every_command() =>
        await Assert
            .That(SampleSchema.Command.OptionNames())
            .IsEquivalentTo(["--index", "--output", "--workdir", "--quiet", "--help", "--version"]);

    [Test]
    public async Task Commands_are_read_with_their_summaries() =>
        await Assert.That(string.Join('\n', CommandSchema.ParseCommands("""
            Usage: [command] [-h|--help] [--version]

            Commands:
              check-job     Check a job spec:  its shape.
              schema        Print the JSON Schema.

            """))).IsEqualTo("""
            CommandSummary { Name = check-job, Summary = Check a job spec:  its shape. }
            CommandSummary { Name = schema, Summary = Print the JSON Schema. }
            """);

    /// <summary>The real commands: whatever the framework prints for them must be understood.</summary>
    [Test]
    [NotInParallel("ConsoleApp.Log")]
    public async Task Every_real_command_is_understood()
    {
        List<CommandSummary> commands = CommandSchema.ParseCommands(HelpOf("--help"));
        await Assert.That(commands.Select(command => command.Name)).Contains("export-job");

        foreach (CommandSummary command in commands)
        {
            CommandSchema schema = CommandSchema.Parse(command.Name, HelpOf([.. command.Name.Split(' '), "--help"]));
            await Assert.That(schema.Summary).IsEqualTo(command.Summary);
            foreach (CommandOption option in schema.Options)
            {
                await Assert.That(option.Name).StartsWith("--");
                await Assert.That(option.Help).IsNotEmpty();
                await Assert
                    .That(option.ValueName is null || option.ValueName == option.ValueName.ToUpperInvariant())
                    .IsTrue()
                    .Because(option.Name);
            }
        }
    }

    [Test]
    [NotInParallel("ConsoleApp.Log")]
    public async Task The_flags_of_export_job_are_told_from_its_options()
    {
        CommandSchema schema = CommandSchema.Parse("export-job", HelpOf("export-job", "--help"));

        await Assert
            .That(schema.Options.Where(option => option.ValueName is null).Select(option => option.Name))
            .IsEquivalentTo(["--probe", "--offline", "--portable", "--compact", "--strict-fonts", "--quiet"]);
        await Assert.That(schema.Options.Count).IsEqualTo(49);
        await Assert.That(schema.FindOption("-o")?.ValueName).IsEqualTo("FILE");
    }

    private static string HelpOf(params string[] words)
    {
        var text = new StringBuilder();
        Action<string> log = ConsoleApp.Log;
        ConsoleApp.Log = line => text.Append(line).Append('\n');
        try
        {
            var app = ConsoleApp.Create();
            app.Add<JobCommands>();
            app.Run(words);
        }
        finally
        {
            ConsoleApp.Log = log;
        }

        return text.ToString();
    }
}
