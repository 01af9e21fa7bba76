using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness;
using Helios.EndToEnd.Harness.Documents;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;
using TUnit.Core;
using k8s;
using k8s.Models;

namespace Helios.EndToEnd.Engines;

/// <summary>
/// The reviewed documents of every engine, shown to the engine's own model, linter or schema. Each of these checks is seen
/// to fail: a document with one mistake follows every document without.
/// </summary>
public sealed class EngineSchemaTests
{
    [Test]
    [Arguments("register-job-definition", "definition", "\"attemptDurationSeconds\"", "\"attemptDuration\"")]
    [Arguments("submit-job", "chunks", "\"size\": 4", "\"size\": \"4\"")]
    [Arguments("submit-job", "merge", "\"jobQueue\"", "\"queue\"")]
    public async Task Aws_batch_documents_fit_the_model_of_the_aws_cli(string command, string kind, string found, string mistake)
    {
        foreach (string document in EngineDocuments.ReadAll("aws-batch", kind))
        {
            RunResult good = await RunAwsAsync(command, document);
            await Assert.That(good.ExitCode).IsEqualTo(0).Because(good.Stderr + document);
        }

        string script = EngineDocuments.Extract(EngineDocuments.Read("aws-batch/script.sh"), kind + ".json");
        await Assert.That(script).Contains(found);
        RunResult bad = await RunAwsAsync(command, script.Replace(found, mistake, StringComparison.Ordinal));
        await Assert.That(bad.ExitCode).IsNotEqualTo(0);
    }

    [Test]
    public async Task Kubernetes_jobs_deserialise_strictly()
    {
        foreach (
            string file in EngineDocuments
                .Find("kubernetes", "", ".yaml")
                .Where(file => !file.EndsWith("jobset.yaml", StringComparison.Ordinal)))
        {
            foreach (string document in (await File.ReadAllTextAsync(file)).Split("---\n"))
            {
                V1Job job = KubernetesYaml.Deserialize<V1Job>(document, strict: true);
                await Assert.That(job.Kind).IsEqualTo("Job");
                await CheckPolicyAsync(job.Spec);
            }
        }
    }

    [Test]
    [Arguments("completions:", "completion:", DisplayName = "unknown field")]
    [Arguments("status: \"True\"", "status: [yes]", DisplayName = "wrong type")]
    [Arguments("  template:", "  tmplate:", DisplayName = "misspelled object")]
    public async Task A_kubernetes_job_with_a_mistake_does_not_deserialise(string found, string mistake)
    {
        string document = EngineDocuments.Read("kubernetes/basic.yaml").Split("---\n")[0];
        await Assert.That(document).Contains(found);

        await Assert
            .That(() => KubernetesYaml.Deserialize<V1Job>(document.Replace(found, mistake, StringComparison.Ordinal), strict: true))
            .ThrowsException();
    }

    [Test]
    public async Task The_jobs_in_a_jobset_deserialise_strictly()
    {
        JsonNode set = YamlDocument.Parse(EngineDocuments.Read("kubernetes/jobset.yaml"));

        foreach (JsonNode? replicated in set["spec"]!["replicatedJobs"]!.AsArray())
            await CheckPolicyAsync(KubernetesYaml.Deserialize<V1JobSpec>(replicated!["template"]!["spec"]!.ToJsonString(), strict: true));
    }

    [Test]
    [Arguments("jobset", "kubernetes/jobset.yaml", "JobSet", "dependsOn:", "depends:", "is not a field of ReplicatedJob")]
    [Arguments("jobset", "kubernetes/jobset.yaml", "JobSet", "status: Complete", "status: Completed", "expected Ready|Complete")]
    [Arguments("argo", "argo/basic.yaml", "Workflow", "withSequence:", "withSequences:", "is not a field of DAGTask")]
    [Arguments("argo", "argo/basic.yaml", "Workflow", "failFast: true", "failFast: always", "expected boolean")]
    [Arguments("argo", "argo/options.yaml", "Workflow", "mountPath:", "path:", "is not a field of VolumeMount")]
    [Arguments("argo", "argo/rows.yaml", "Workflow", "failFast: false", "failFast: never", "expected boolean")]
    [Arguments("argo", "argo/rows-bucket.yaml", "Workflow", "withSequence:", "withSequences:", "is not a field of DAGTask")]
    [Arguments("cloud-run", "cloud-run/rows.yaml", "CloudRunJob", "taskCount: 6000", "taskCount: \"6000\"", "expected integer")]
    [Arguments("openjd", "openjd/rows.yaml", "JobTemplate", "parameterSpace:", "parameters:", "is not a field of StepTemplate")]
    [Arguments("openjd", "openjd/basic.yaml", "JobTemplate", "cancelation:", "cancellation:", "is not a field of Action")]
    [Arguments("openjd", "openjd/shared.yaml", "JobTemplate", "range: \"0-2\"", "range: 3", "expected string")]
    [Arguments("openjd", "openjd/dealt.yaml", "JobTemplate", "rangeConstraint: CONTIGUOUS", "rangeConstraint: CONTINUOUS",
        "expected CONTIGUOUS|NONCONTIGUOUS")]
    [Arguments("openjd", "openjd/dealt.yaml", "JobTemplate", "targetRuntimeSeconds", "targetRuntime", "is not a field of Chunks")]
    [Arguments("cloud-run", "cloud-run/chunks-options.yaml", "CloudRunJob", "timeoutSeconds:", "timeout:", "is not a field of TaskSpec")]
    [Arguments("cloud-run", "cloud-run/chunks-options.yaml", "CloudRunJob", "taskCount: 6000", "taskCount: \"6000\"", "expected integer")]
    [Arguments("cloud-run", "cloud-run/merge.yaml", "CloudRunJob", "bucketName:", "bucket:", "bucketName is missing")]
    [Arguments("openjd", "openjd/one-task.yaml", "JobTemplate", "steps:", "step:", "$.steps is missing")]
    public async Task Yaml_documents_have_only_fields_of_the_engine(
        string table,
        string file,
        string type,
        string found,
        string mistake,
        string finding)
    {
        string text = EngineDocuments.Read(file);
        await Assert.That(FieldTable.Load(table).Check(YamlDocument.Parse(text), type)).IsEmpty();

        await Assert.That(text).Contains(found);
        IReadOnlyList<string> findings = FieldTable
            .Load(table)
            .Check(YamlDocument.Parse(text.Replace(found, mistake, StringComparison.Ordinal)), type);
        await Assert.That(string.Join('\n', findings)).Contains(finding);
    }

    [Test]
    [Arguments("google-batch", "gcp-batch", "chunks", "Job", "\"taskCount\"", "\"taskcount\"", "is not a field of TaskGroup")]
    [Arguments("google-batch", "gcp-batch", "merge", "Job", "\"maxRetryCount\": 3", "\"maxRetryCount\": \"3\"", "expected integer")]
    [Arguments("google-batch", "gcp-batch", "chunks", "Job", "RETRY_TASK", "RETRY", "expected")]
    [Arguments("nomad", "nomad", "chunks", "JobRegisterRequest", "\"RestartPolicy\"", "\"Restart\"", "is not a field of TaskGroup")]
    [Arguments("nomad", "nomad", "merge", "JobRegisterRequest", "\"Cores\": 4", "\"Cores\": \"4\"", "expected integer")]
    [Arguments("azure-batch", "azure-batch", "job", "JobAddParameter", "performexitoptionsjobaction", "terminate",
        "expected noaction|performexitoptionsjobaction")]
    [Arguments("azure-batch", "azure-batch", "tasks", "list<TaskAddParameter>", "\"commandLine\"", "\"command\"", "commandLine is missing")]
    [Arguments("azure-batch", "azure-batch", "tasks", "list<TaskAddParameter>", "\"default\"", "\"defaultProperty\"",
        "is not a field of ExitConditions")]
    public async Task Json_documents_have_only_fields_of_the_engine(
        string table,
        string engine,
        string kind,
        string type,
        string found,
        string mistake,
        string finding)
    {
        foreach (string document in EngineDocuments.ReadAll(engine, kind))
            await Assert.That(FieldTable.Load(table).Check(JsonNode.Parse(document), type)).IsEmpty();

        string good = EngineDocuments.Extract(EngineDocuments.Read($"{engine}/script.sh"), kind + ".json");
        await Assert.That(good).Contains(found);
        IReadOnlyList<string> findings = FieldTable
            .Load(table)
            .Check(JsonNode.Parse(good.Replace(found, mistake, StringComparison.Ordinal)), type);
        await Assert.That(string.Join('\n', findings)).Contains(finding);
    }

    /// <summary>What no schema of Argo holds: names that refer to others.</summary>
    [Test]
    public async Task Templates_tasks_and_parameters_of_a_workflow_exist()
    {
        foreach (string file in EngineDocuments.Find("argo", "", ".yaml"))
        {
            JsonNode spec = YamlDocument.Parse(await File.ReadAllTextAsync(file))["spec"]!;
            Dictionary<string, JsonNode> templates = spec["templates"]!
                .AsArray()
                .ToDictionary(template => (string)template!["name"]!, template => template!);
            JsonArray tasks = templates[(string)spec["entrypoint"]!]["dag"]!["tasks"]!.AsArray();

            await Assert.That(tasks.All(task => templates.ContainsKey((string)task!["template"]!))).IsTrue();
            bool isBatch = Path.GetFileName(file).StartsWith("rows", StringComparison.Ordinal);
            await Assert.That((string?)tasks.ElementAtOrDefault(1)?["depends"])
                .IsEqualTo(isBatch ? null : (string)tasks[0]!["name"]! + ".Succeeded");
            string parameter = (string)tasks[0]!["arguments"]!["parameters"]![0]!["name"]!;
            JsonNode chunk = templates[(string)tasks[0]!["template"]!];
            await Assert.That((string)chunk["inputs"]!["parameters"]![0]!["name"]!).IsEqualTo(parameter);
            await Assert.That((string)chunk["container"]!["env"]![0]!["value"]!).IsEqualTo($"{{{{inputs.parameters.{parameter}}}}}");
            if (file.EndsWith("bucket.yaml", StringComparison.Ordinal)) continue; // which needs no volume
            string volume = (string)spec["volumes"]![0]!["name"]!;
            await Assert
                .That(
                    templates
                        .Values.Where(template => template["container"] is not null)
                        .All(template => (string)template["container"]!["volumeMounts"]![0]!["name"]! == volume))
                .IsTrue();
        }
    }

    /// <summary>What the shape of a template does not hold: its names, and the constraints of the specification's text.</summary>
    [Test]
    public async Task Steps_and_parameters_of_a_template_exist()
    {
        foreach (string file in EngineDocuments.Find("openjd", "", ".yaml"))
        {
            JsonNode template = YamlDocument.Parse(await File.ReadAllTextAsync(file));
            JsonArray steps = template["steps"]!.AsArray();
            string text = template.ToJsonString();

            bool isBatch = Path.GetFileName(file).StartsWith("rows", StringComparison.Ordinal);
            await Assert.That((string?)steps.ElementAtOrDefault(1)?["dependencies"]![0]!["dependsOn"])
                .IsEqualTo(isBatch ? null : (string)steps[0]!["name"]!);
            await Assert
                .That((string)steps[0]!["parameterSpace"]!["taskParameterDefinitions"]![0]!["range"]!)
                .Matches("^0(-[1-9][0-9]*)?$");
            string[] references = [.. text.Split("{{").Skip(1).Select(part => part.Split("}}")[0]).Distinct()];
            string[] defined =
            [
                "Task.Param.Index",
                .. template["parameterDefinitions"]?.AsArray().Select(parameter => "Param." + (string)parameter!["name"]!) ?? [],
            ];
            await Assert.That(references).IsEquivalentTo(defined);
            await Assert
                .That(
                    steps
                        .Select(step => (long)step!["script"]!["actions"]!["onRun"]!["cancelation"]!["notifyPeriodInSeconds"]!)
                        .All(seconds => seconds is > 0 and <= 600))
                .IsTrue();
        }
    }

    [Test]
    [Arguments("actionlint", "github-actions", ".yml", "needs: chunks", "needs: chunk", "which does not exist in this workflow")]
    [Arguments("actionlint", "github-actions", ".yml", "${{ matrix.index }}", "${{ matrix.idnex }}", "is not defined")]
    [Arguments("asl", "step-functions", ".json", "\"Next\": \"Merge\"", "\"Next\": \"Marge\"", "MISSING_TRANSITION_TARGET")]
    [Arguments("asl", "step-functions", ".json", "\"Type\": \"Task\"", "\"Type\": \"Tusk\"", "")]
    public async Task Linters_of_the_engine_find_nothing(
        string linter,
        string engine,
        string extension,
        string found,
        string mistake,
        string finding)
    {
        using var directory = new TestDirectory();
        IReadOnlyList<string> files = EngineDocuments.Find(engine, "", extension);
        string text = await File.ReadAllTextAsync(files[0]);
        await Assert.That(text).Contains(found);
        string bad = directory.Write("bad" + extension, text.Replace(found, mistake, StringComparison.Ordinal));

        RunResult result = await Tool.Run(
            "node",
            "nodejs npm",
            [Path.Combine(Repository.Project, "node", "check-documents.js"), linter, .. files]);
        RunResult worse = await Tool.Run("node", "nodejs npm", Path.Combine(Repository.Project, "node", "check-documents.js"), linter, bad);

        await Assert.That(result.Succeeded().Stdout).IsEmpty();
        await Assert.That(worse.Succeeded().Stdout).Contains(finding);
        await Assert.That(worse.Stdout).IsNotEmpty();
    }

    /// <summary>Rules that the API server adds to the types (pkg/apis/batch/validation).</summary>
    private static async Task CheckPolicyAsync(V1JobSpec job)
    {
        await Assert.That(job.Template.Spec.RestartPolicy).IsEqualTo("Never");
        await Assert.That(job.CompletionMode == "Indexed" || job.BackoffLimitPerIndex is null).IsTrue();
        foreach (V1PodFailurePolicyRule rule in job.PodFailurePolicy.Rules)
        {
            await Assert.That(rule.OnExitCodes is null).IsNotEqualTo(rule.OnPodConditions is null);
            if (rule.OnExitCodes is null) continue;
            await Assert.That(rule.OnExitCodes.Values).IsEquivalentTo(rule.OnExitCodes.Values.Distinct().Order());
            await Assert.That(rule.OnExitCodes.Values).DoesNotContain(0);
            await Assert.That(job.Template.Spec.Containers.Select(container => container.Name)).Contains(rule.OnExitCodes.ContainerName);
        }
    }

    /// <summary>Offline: the CLI checks parameters against its model before it would ask anybody.</summary>
    private static async Task<RunResult> RunAwsAsync(string command, string document)
    {
        using var directory = new TestDirectory();
        string file = directory.Write("document.json", document);
        return await Tool.Run(
                "/usr/bin/aws", "awscli", "batch", command, "--cli-input-json", "file://" + file, "--generate-cli-skeleton", "output")
            .WithEnvironment("AWS_DEFAULT_REGION", "eu-central-1")
            .WithEnvironment("AWS_EC2_METADATA_DISABLED", "true")
            .In(directory);
    }
}
