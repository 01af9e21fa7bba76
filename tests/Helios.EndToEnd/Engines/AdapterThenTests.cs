using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.CommandLine;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Documents;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;

namespace Helios.EndToEnd.Engines;

/// <summary>--then of adapt: the merge task of every engine gets the program and its arguments, each word as it was given.</summary>
[ClassDataSource<NativeBinary>(Shared = SharedType.PerTestSession)]
public sealed class AdapterThenTests(NativeBinary helios)
{
    private const string Spy = "#!/bin/sh\n[ \"$1\" = render-chunk ] || printf '%s\\n' \"$@\" >>calls\n";

    /// <summary>What a shell, make, a workflow or a submit description would change, but for marks that are refused.</summary>
    private const string Odd = "a 'b' \"c\" $HOME $$ $(id) `id` $1 $(1) 50% #1 ; & | * \\ , $(call x) é";

    private static readonly string[] s_then =
        ["--then", "./my tool", "--then=-c", "--then=--name=x", "--then", Odd, "--then-optional", "--then-timeout", "90"];

    private static string Merge => "merge-chunks\njob.json\n" + string.Join('\n', s_then) + "\n";

    [Test]
    [Arguments("slurm", "merge")]
    [Arguments("grid-engine", "merge")]
    [Arguments("lsf", "merge")]
    [Arguments("pbs", "merge")]
    [Arguments("make", null)]
    public async Task A_script_hands_the_words_over(string engine, string? document)
    {
        using TestDirectory directory = await CreateAsync();
        string script = await AdaptAsync(directory, engine, document);

        if (engine == "make") (await RunAsync(directory, "printf %s \"$1\" | make -s -f -", script)).Succeeded();
        else (await RunAsync(directory, script)).Succeeded();

        await Assert.That(directory.Read("calls")).IsEqualTo(Merge);
        await Assert.That(directory.Names().Where(name => name is not (".helios" or "calls" or "job.json" or "page.html" or "spy")))
            .IsEmpty();
    }

    [Test]
    public async Task A_command_in_a_document_hands_the_words_over()
    {
        using TestDirectory directory = await CreateAsync();
        string azure = (string)JsonNode.Parse(await AdaptAsync(directory, "azure-batch", "tasks"))!.AsArray()[^1]!["commandLine"]!;
        JsonNode nomad = JsonNode.Parse(await AdaptAsync(directory, "nomad", "merge"))!;
        JsonNode github = YamlDocument.Parse(await AdaptAsync(directory, "github-actions", null));
        string[] scripts =
        [
            azure,
            (string)nomad["Job"]!["TaskGroups"]![0]!["Tasks"]![0]!["Config"]!["args"]![0]!,
            (string)github["jobs"]!["merge"]!["steps"]![2]!["run"]!,
        ];

        foreach (string script in scripts)
        {
            directory.Write("calls", "");
            (await RunAsync(directory, script)).Succeeded();
            await Assert.That(directory.Read("calls")).IsEqualTo(Merge);
        }

        JsonNode node = JsonNode.Parse(await AdaptAsync(directory, "helios-node", null))!;
        string[] words = ["./spy", .. Merge.TrimEnd('\n').Split('\n')];
        await Assert.That(string.Join('\n', PosixWords.Split((string)node["mergeCommand"]!))).IsEqualTo(string.Join('\n', words));
    }

    [Test]
    public async Task Json_and_yaml_hold_each_word()
    {
        using TestDirectory directory = await CreateAsync();
        JsonNode aws = JsonNode.Parse(await AdaptAsync(directory, "aws-batch", "merge"))!;
        JsonNode states = JsonNode.Parse(await AdaptAsync(directory, "step-functions", null))!;
        JsonNode google = JsonNode.Parse(await AdaptAsync(directory, "gcp-batch", "merge"))!;
        JsonNode kubernetes = YamlDocument.Parse(await AdaptAsync(directory, "kubernetes", "merge"));
        JsonNode argo = YamlDocument.Parse(await AdaptAsync(directory, "argo", null));
        JsonNode openjd = YamlDocument.Parse(await AdaptAsync(directory, "openjd", null));
        JsonNode cloudRun = YamlDocument.Parse(await AdaptAsync(directory, "cloud-run", "merge"));

        // these engines replace $(NAME), and take $$ for $
        await Assert.That(Read(aws["containerOverrides"]!["command"]!, isEscaped: true)).IsEqualTo(Merge);
        JsonNode parameters = states["States"]!["Merge"]!["Parameters"]!;
        await Assert.That(Read(parameters["ContainerOverrides"]!["Command"]!, isEscaped: true)).IsEqualTo(Merge);
        await Assert.That(Read(kubernetes["spec"]!["template"]!["spec"]!["containers"]![0]!["command"]!, isEscaped: true)).IsEqualTo(Merge);
        await Assert.That(Read(argo["spec"]!["templates"]![2]!["container"]!["command"]!, isEscaped: true)).IsEqualTo(Merge);
        await Assert.That(Read(google["taskGroups"]![0]!["taskSpec"]!["runnables"]![0]!["container"]!["commands"]!)).IsEqualTo(Merge);
        await Assert.That(Read(openjd["steps"]![1]!["script"]!["actions"]!["onRun"]!["args"]!)).IsEqualTo(Merge);
        await Assert.That(Read(cloudRun["spec"]!["template"]!["spec"]!["template"]!["spec"]!["containers"]![0]!["args"]!)).IsEqualTo(Merge);
    }

    [Test]
    [MethodDataSource<HelpTests>(nameof(HelpTests.Engines))]
    public async Task Chunks_get_none_of_it(string engine)
    {
        using TestDirectory directory = await CreateAsync();

        string with = await AdaptAsync(directory, engine, null);

        await Assert.That(with.Split("my tool").Length).IsEqualTo(2).Because(with);
    }

    [Test]
    [Arguments("argo", "{{", "Argo")]
    [Arguments("openjd", "{{", "Open Job Description")]
    [Arguments("nomad", "${", "Nomad")]
    public async Task What_an_engine_would_replace_and_cannot_escape_is_64(string engine, string mark, string name)
    {
        using TestDirectory directory = await CreateAsync();

        RunResult result = await helios.Run("adapt", engine, "job.json", "--then", "say", "--then", $"{mark}X}}}}").In(directory);

        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert.That(result.Stdout).IsEmpty();
        await Assert.That(result.Stderr).IsEqualTo($"helios: \"{mark}X}}}}\" holds {mark}, which {name} would replace (--then); "
            + "write it otherwise, or into a script that tasks have\n");
    }

    [Test]
    [Arguments("--then", "a\nb", "there is a control character in \"a\\u000Ab\" (--then); leave it out")]
    [Arguments("--then-optional", null, "--then-optional needs --then (command line); name the program with --then")]
    [Arguments("--then-timeout", "60", "--then-timeout needs --then (command line); name the program with --then")]
    [Arguments("--then-timeout", "0", "\"0\" is not a whole number from 1 to 86400 (--then-timeout); give one, in digits")]
    public async Task A_wrong_value_is_64(string option, string? value, string message)
    {
        using TestDirectory directory = await CreateAsync();

        RunResult result = await helios.Run(["adapt", "make", "job.json", option, .. value is null ? [] : new[] { value }]).In(directory);

        await Assert.That(result.Stderr).IsEqualTo($"helios: {message}\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
        await Assert.That(result.Stdout).IsEmpty();
    }

    [Test]
    [Arguments("aws-batch")]
    [Arguments("kubernetes")]
    [Arguments("slurm")]
    public async Task A_batch_has_no_merge_task_for_it(string engine)
    {
        using TestDirectory directory = await CreateAsync();
        directory.Write("rows.jsonl", "{\"id\":\"a\"}\n");
        (await RunAsync(directory, "helios export-job page.html --rows rows.jsonl -o '{id}.mp4' --job batch -q")).Succeeded();

        RunResult result = await helios.Run("adapt", engine, "batch", "--then", "say").In(directory);

        await Assert.That(result.Stderr)
            .IsEqualTo("helios: --then is for the video of a job, not for a batch (command line); leave it out\n");
        await Assert.That(result.ExitCode).IsEqualTo(64);
    }

    /// <summary>The words from the command on.</summary>
    private static string Read(JsonNode list, bool isEscaped = false)
    {
        IEnumerable<string> words = list.AsArray().Select(word => (string)word!).SkipWhile(word => word != "merge-chunks");
        string text = string.Join('\n', words.Select((word, i) => i == 1 ? "job.json" : word)) + "\n"; // each engine has its own path
        return isEscaped ? text.Replace("$$", "$", StringComparison.Ordinal) : text;
    }

    private async Task<TestDirectory> CreateAsync()
    {
        var directory = new TestDirectory();
        _ = ProgramFile.Write(directory.PathOf("spy"), Spy);
        (await RunAsync(directory, "helios export-job page.html --job-id j --portable -q --job job.json")).Succeeded();
        return directory;
    }

    private async Task<string> AdaptAsync(TestDirectory directory, string engine, string? document)
    {
        string[] path = engine is "nomad" or "azure-batch" ? ["--job-path", "job.json"] : [];
        string[] only = document is null ? [] : ["--document", document];
        return (await helios.Run(["adapt", engine, "job.json", "--helios", "./spy", .. path, .. only, .. s_then]).In(directory))
            .Succeeded().Stdout;
    }

    private ProcessRun RunAsync(TestDirectory directory, string script, params string[] arguments) =>
        helios.RunScript(script, arguments).In(directory).WithEnvironment("PBS_O_WORKDIR", directory.Path);
}
