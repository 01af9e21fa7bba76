using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.CommandLine;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Documents;
using Helios.EndToEnd.Harness.Programs;
using Helios.EndToEnd.Jobs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Engines;

/// <summary>Whatever a path holds, tasks get that very path, and nothing of it is executed, replaced or taken for syntax.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class AdapterQuotingTests(NativeBinary helios)
{
    private const string Spy = "#!/bin/sh\nprintf '%s\\n' \"$@\" >>calls\n";

    /// <summary>Names that no engine's own language marks.</summary>
    public static IEnumerable<TestDataRow<string>> Names() =>
        ShowChunkTests.Directories().Where(row => !row.Data.Contains('\n', StringComparison.Ordinal));

    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task A_shell_make_and_a_splitter_hand_the_path_over(string name)
    {
        using TestDirectory directory = await CreateAsync();
        string path = name[0] == '-' ? "./" + name : name;

        (await RunAsync(directory, "helios adapt make job.json --helios ./spy --job-path=\"$1\" | make -s -f -", name)).Succeeded();
        await Assert.That(directory.Read("calls")).IsEqualTo($"render-chunk\n{path}\nmerge-chunks\n{path}\n");

        string slurm = await AdaptAsync(directory, "slurm", name, "--document", "chunks", "--helios", "./spy");
        await RunCommandAsync(directory, slurm, path);

        foreach (string engine in (string[])["grid-engine", "pbs", "lsf"])
            await RunCommandAsync(directory, await AdaptAsync(directory, engine, name, "--document", "chunks", "--helios", "./spy"), path);

        string azure = await AdaptAsync(directory, "azure-batch", name, "--document", "tasks", "--helios", "./spy");
        await RunCommandAsync(directory, (string)JsonNode.Parse(azure)![0]!["commandLine"]!, name);

        JsonNode github = YamlDocument.Parse(await AdaptAsync(directory, "github-actions", name, "--helios", "./spy"));
        await RunCommandAsync(directory, (string)github["jobs"]!["chunks"]!["steps"]![1]!["run"]!, path);

        JsonNode node = JsonNode.Parse(await AdaptAsync(directory, "helios-node", name))!;
        await Assert
            .That(PosixWords.Split((string)node["chunks"]![0]!["command"]!))
            .IsEquivalentTo(["helios", "render-chunk", path, "--index", "0"]);
        await Assert.That(PosixWords.Split((string)node["mergeCommand"]!)).IsEquivalentTo(["helios", "merge-chunks", path]);

        await Assert
            .That(directory.Names().Where(entry => entry is not (".helios" or "calls" or "job.json" or "page.html" or "spy")))
            .IsEmpty();
    }

    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task Json_and_yaml_hold_the_path_as_one_word(string name)
    {
        using TestDirectory directory = await CreateAsync();

        JsonNode aws = JsonNode.Parse(await AdaptAsync(directory, "aws-batch", name, "--document", "definition"))!;
        JsonNode states = JsonNode.Parse(await AdaptAsync(directory, "step-functions", name))!;
        JsonNode google = JsonNode.Parse(await AdaptAsync(directory, "gcp-batch", name, "--document", "merge"))!;
        JsonNode kubernetes = YamlDocument.Parse(await AdaptAsync(directory, "kubernetes", name, "--document", "merge"));
        JsonNode argo = YamlDocument.Parse(await AdaptAsync(directory, "argo", name));
        JsonNode openjd = YamlDocument.Parse(await AdaptAsync(directory, "openjd", name));
        JsonNode dealt = YamlDocument.Parse(await AdaptAsync(directory, "openjd", name, "--target-time", "5m"));
        JsonNode cloudRun = YamlDocument.Parse(await AdaptAsync(directory, "cloud-run", name, "--document", "merge"));
        JsonNode nomad = JsonNode.Parse(await AdaptAsync(directory, "nomad", name, "--document", "chunks", "--helios", "./spy"))!;

        string escaped = name.Replace("$", "$$", StringComparison.Ordinal); // these engines replace $(NAME), and take $$ for $
        await Assert.That(Last(aws["containerProperties"]!["command"])).IsEqualTo(escaped);
        await Assert.That(Last(states["States"]!["Chunks"]!["Parameters"]!["ContainerOverrides"]!["Command"])).IsEqualTo(escaped);
        await Assert.That(Last(google["taskGroups"]![0]!["taskSpec"]!["runnables"]![0]!["container"]!["commands"])).IsEqualTo(name);
        await Assert.That(Last(kubernetes["spec"]!["template"]!["spec"]!["containers"]![0]!["command"])).IsEqualTo(escaped);
        await Assert.That(Last(argo["spec"]!["templates"]![1]!["container"]!["command"])).IsEqualTo(escaped);
        await Assert.That(Last(openjd["steps"]![0]!["script"]!["actions"]!["onRun"]!["args"])).IsEqualTo(name);
        await Assert.That(Last(dealt["steps"]![0]!["script"]!["actions"]!["onRun"]!["args"])).IsEqualTo(name);
        await Assert.That(Last(cloudRun["spec"]!["template"]!["spec"]!["template"]!["spec"]!["containers"]![0]!["args"])).IsEqualTo(name);
        await RunCommandAsync(directory, Last(nomad["Job"]!["TaskGroups"]![0]!["Tasks"]![0]!["Config"]!["args"]), name);
    }

    [Test]
    [MethodDataSource<HelpTests>(nameof(HelpTests.Engines))]
    public async Task A_line_break_in_a_path_is_64(string engine)
    {
        using TestDirectory directory = await CreateAsync();

        RunResult result = await helios.Run("adapt", engine, "job.json", "--job-path", "a\nb").In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert.That(result.Stdout).IsEmpty();
        await Assert.That(result.Stderr).IsEqualTo("helios: there is a control character in \"a\\u000Ab\" (--job-path); leave it out\n");
    }

    [Test]
    [Arguments("argo", "Argo")]
    [Arguments("openjd", "Open Job Description")]
    public async Task What_an_engine_would_replace_and_cannot_escape_is_64(string engine, string name)
    {
        using TestDirectory directory = await CreateAsync();

        RunResult result = await helios.Run("adapt", engine, "job.json", "--job-path", "/data/{{workflow.name}}").In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert.That(result.Stdout).IsEmpty();
        await Assert
            .That(result.Stderr)
            .IsEqualTo(
                $"helios: \"/data/{{{{workflow.name}}}}\" holds {{{{, which {name} would replace (--job-path); use a path without it\n");
    }

    [Test]
    public async Task An_expression_of_github_is_text_in_a_path()
    {
        using TestDirectory directory = await CreateAsync();

        JsonNode workflow = YamlDocument.Parse(
            await AdaptAsync(directory, "github-actions", "${{ secrets.KEY }}.json", "--helios", "./spy"));

        string run = (string)workflow["jobs"]!["chunks"]!["steps"]![1]!["run"]!;
        await Assert.That(run.Split("${{ '${{' }}").Length).IsEqualTo(2);
        await RunCommandAsync(directory, run.Replace("${{ '${{' }}", "${{", StringComparison.Ordinal), "${{ secrets.KEY }}.json");
    }

    private static string Last(JsonNode? list) => (string)list!.AsArray()[^1]!;

    private async Task<TestDirectory> CreateAsync()
    {
        var directory = new TestDirectory();
        _ = ProgramFile.Write(directory.PathOf("spy"), Spy);
        (await RunAsync(directory, "helios export-job page.html --job-id j --portable -q --job job.json")).Succeeded();
        return directory;
    }

    private async Task<string> AdaptAsync(TestDirectory directory, string engine, string path, params string[] options) =>
        (await helios.Run(["adapt", engine, "job.json", "--job-path=" + path, .. options]).In(directory)).Succeeded().Stdout;

    /// <summary>Runs what an engine would, and expects one call of the spy.</summary>
    private async Task RunCommandAsync(TestDirectory directory, string script, string path)
    {
        directory.Write("calls", "");
        (await RunAsync(directory, script)).Succeeded();
        await Assert.That(directory.Read("calls")).IsEqualTo($"render-chunk\n{path}\n");
    }

    private ProcessRun RunAsync(TestDirectory directory, string script, params string[] arguments) =>
        helios.RunScript(script, arguments).In(directory).WithEnvironment("SLURM_ARRAY_TASK_ID", "0")
            .WithEnvironment("SGE_TASK_ID", "1").WithEnvironment("LSB_JOBINDEX", "1").WithEnvironment("PBS_O_WORKDIR", directory.Path);
}
