using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.CommandLine;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Distribution;

/// <summary>
/// What README.md shows works: every line that begins with <c>helios</c> in a block fenced as <c>sh</c> is run, in order,
/// in a folder with a copy of examples/.
/// </summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
[Timeout(240_000)]
public sealed class ReadMeTests(NativeBinary helios)
{
    [Test]
    public async Task Every_command_of_the_readme_succeeds()
    {
        List<string> commands = ReadCommands(Repository.PathOf("README.md"));
        using var directory = new TestDirectory();
        (await Tool.Run("cp", "coreutils", "-r", Repository.PathOf("examples"), directory.Path)).Succeeded();

        foreach (string command in commands)
        {
            RunResult result = await helios.RunScript(command).In(directory);
            await Assert.That(result.ExitCode).IsEqualTo(0).Because($"README.md says: {command}\nstderr: {result.Stderr}");
        }
    }

    /// <summary>The pages of engines begin with the commands from a page to what is submitted.</summary>
    [Test]
    [MethodDataSource<HelpTests>(nameof(HelpTests.Engines))]
    public async Task Every_command_of_an_engines_page_succeeds(string engine)
    {
        List<string> commands = ReadCommands(Repository.PathOf("docs", "engines", engine + ".md"));
        using var directory = new TestDirectory();
        directory.CreateFolder(".github/workflows");

        foreach (string command in commands)
        {
            RunResult result = await helios.RunScript(command).In(directory);
            await Assert.That(result.ExitCode).IsEqualTo(0).Because($"{engine}.md says: {command}\nstderr: {result.Stderr}");
        }

        await Assert
            .That(commands.Any(command => command.StartsWith($"helios adapt {engine} job.json", StringComparison.Ordinal)))
            .IsTrue();
    }

    /// <summary>Commands with their continuation lines (a backslash at the end).</summary>
    private static List<string> ReadCommands(string file)
    {
        if (!File.Exists(file))
            throw new InvalidOperationException($"{file} does not exist: write it, with commands in blocks fenced as ```sh");

        var commands = new List<string>();
        bool isShell = false;
        bool continues = false;
        foreach (string line in File.ReadLines(file))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) (isShell, continues) = (line == "```sh", false);
            else if (isShell && continues) commands[^1] += "\n" + line;
            else if (isShell && line.StartsWith("helios ", StringComparison.Ordinal)) commands.Add(line);
            else continue;
            continues = isShell && commands.Count > 0 && line.EndsWith('\\');
        }

        return commands.Count > 0
            ? commands
            : throw new InvalidOperationException(
                $"{file} has no block fenced as ```sh with a line that begins with \"helios \": nothing was tested");
    }
}
