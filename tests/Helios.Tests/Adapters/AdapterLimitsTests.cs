using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Helios.Adapters;
using Helios.Adapters.Engines;
using Helios.Cli.Options;
using Helios.Jobs;
using Helios.Tests.Support;

namespace Helios.Tests.Adapters;

/// <summary>Limits of engines are met when a document is written; at the limit there is a document.</summary>
internal sealed class AdapterLimitsTests
{
    public static IEnumerable<TestDataRow<(string Engine, int Chunks, object Arguments, string Refusal)>> Refused()
    {
        // tasks
        yield return Row(
            "aws-batch",
            10_001,
            new() { Tasks = "10001" },
            "10001 is more than the 10000 tasks of an AWS Batch array (--tasks); give --chunks-per-task 2 or more, or leave it to helios");
        yield return Row(
            "step-functions",
            10_001,
            new() { ChunksPerTask = "1" },
            "10001 is more than the 10000 tasks of an AWS Batch array (--chunks-per-task); give --chunks-per-task 2 or more, or leave it to helios"
        );
        yield return Row(
            "kubernetes",
            100_001,
            new() { ChunksPerTask = "1" },
            "100001 is more than the 100000 completions of an Indexed Job (--chunks-per-task); give --chunks-per-task 2 or more, or leave it to helios"
        );
        yield return Row(
            "argo",
            5000,
            new() { Tasks = "1500" },
            "1250 is more than the 1000 tasks whose statuses fit into a workflow object of 1 MB (--tasks); give --chunks-per-task 5 or more, or leave it to helios"
        );
        yield return Row(
            "gcp-batch",
            100_001,
            new() { Tasks = "100001" },
            "100001 is more than the 100000 tasks of a Google Cloud Batch job (--tasks); give --chunks-per-task 2 or more, or leave it to helios"
        );
        yield return Row(
            "azure-batch",
            10_001,
            new() { ChunksPerTask = "1" },
            "10001 is more than the 10000 tasks that Azure Batch is given in one job (--chunks-per-task); give --chunks-per-task 2 or more, or leave it to helios"
        );
        yield return Row(
            "slurm",
            1002,
            new() { Tasks = "1002" },
            "1002 is more than the 1001 tasks of a Slurm array here (MaxArraySize) (--tasks); give --chunks-per-task 2 or more, or leave it to helios"
        );
        yield return Row(
            "grid-engine",
            75_001,
            new() { ChunksPerTask = "1" },
            "75001 is more than the 75000 tasks of a Grid Engine array here (max_aj_tasks) (--chunks-per-task); give --chunks-per-task 2 or more, or leave it to helios"
        );
        yield return Row(
            "pbs",
            10_001,
            new() { Tasks = "10001" },
            "10001 is more than the 10000 subjobs of a PBS array here (max_array_size) (--tasks); give --chunks-per-task 2 or more, or leave it to helios"
        );
        yield return Row(
            "lsf",
            1001,
            new() { Tasks = "1001" },
            "1001 is more than the 1000 elements of an LSF array here (MAX_JOB_ARRAY_SIZE) (--tasks); give --chunks-per-task 2 or more, or leave it to helios"
        );
        yield return Row(
            "htcondor",
            100_001,
            new() { ChunksPerTask = "1" },
            "100001 is more than the 100000 nodes of one DAG (--chunks-per-task); give --chunks-per-task 2 or more, or leave it to helios");
        yield return Row(
            "nomad",
            10_001,
            new() { ChunksPerTask = "1" },
            "10001 is more than the 10000 allocations of a Nomad group (--chunks-per-task); give --chunks-per-task 2 or more, or leave it to helios"
        );
        yield return Row(
            "cloud-run",
            10_001,
            new() { ChunksPerTask = "1" },
            "10001 is more than the 10000 tasks of a Cloud Run job (--chunks-per-task); give --chunks-per-task 2 or more, or leave it to helios"
        );
        yield return Row(
            "openjd",
            400,
            new() { TargetTime = "5m", ChunksPerTask = "151" },
            "151 is more than the 150 chunks that AWS Deadline Cloud begins with in a task (--chunks-per-task); give fewer");
        yield return Row(
            "github-actions",
            257,
            new() { ChunksPerTask = "1" },
            "257 is more than the 256 jobs of a matrix of GitHub Actions (--chunks-per-task); give --chunks-per-task 2 or more, or leave it to helios"
        );

        // concurrency
        yield return Row(
            "kubernetes",
            4,
            new() { Concurrency = "100001" },
            "100001 is more than the 100000 pods of an Indexed Job's parallelism (--concurrency); give fewer, or leave it out");
        yield return Row(
            "gcp-batch",
            4,
            new() { Concurrency = "5001" },
            "5001 is more than the 5000 parallel tasks of a Google Cloud Batch job (--concurrency); give fewer");

        // retries, with what counts as one
        yield return Row("aws-batch", 4, new() { Retries = "10" }, "10 is more than the 9 retries of AWS Batch (--retries); give fewer");
        yield return Row(
            "gcp-batch",
            4,
            new() { Retries = "11" },
            "11 is more than the 10 retries of Google Cloud Batch (--retries); give fewer");
        yield return Row(
            "aws-batch",
            4,
            new() { Retries = "0", IsSpot = true },
            "on AWS Batch a reclaimed machine costs an attempt, so a spot job without retries ends with the first (--retries); give at least 1, or leave --spot out"
        );
        yield return Row(
            "step-functions",
            4,
            new() { Retries = "0", IsSpot = true },
            "on AWS Batch a reclaimed machine costs an attempt, so a spot job without retries ends with the first (--retries); give at least 1, or leave --spot out"
        );
        yield return Row(
            "gcp-batch",
            4,
            new() { Retries = "0", IsSpot = true },
            "on Google Cloud Batch a reclaimed machine costs a retry, so a spot job without retries ends with the first (--retries); give at least 1, or leave --spot out"
        );

        yield return Row("cloud-run", 4, new() { Retries = "11" }, "11 is more than the 10 retries of Cloud Run (--retries); give fewer");

        // time
        yield return Row(
            "cloud-run",
            4,
            new() { TimeLimit = "8d" },
            "691200 is more than the 604800 seconds (7 days) that Cloud Run runs a task (--time-limit); give less");
        yield return Row(
            "aws-batch",
            4,
            new() { TimeLimit = "59s" },
            "59 s is less than the 60 s that AWS Batch takes (--time-limit); give at least 1m");
        yield return Row(
            "step-functions",
            4,
            new() { TimeLimit = "59s" },
            "59 s is less than the 60 s that AWS Batch takes (--time-limit); give at least 1m");
        yield return Row(
            "gcp-batch",
            4,
            new() { TimeLimit = "15d" },
            "1296000 is more than the 1209600 seconds (14 days) that Google Cloud Batch runs a job (--time-limit); give less");
        yield return Row(
            "github-actions",
            4,
            new() { TimeLimit = "7h" },
            "25200 is more than the 21600 seconds of a job on GitHub's runners (--time-limit); give less, or cut the job into more chunks");
        yield return Row(
            "github-actions",
            4,
            new() { TimeLimit = "6d", Place = "self-hosted" },
            "518400 is more than the 432000 seconds of a job on your own runners (--time-limit); give less, or cut the job into more chunks"
        );

        // names
        string name = new('n', 55);
        yield return Row(
            "kubernetes",
            11,
            new() { Name = name },
            $"65 is more than the 63 characters of a host name, and the last pod's would be {name}-chunks-10 (--name); give a shorter one");
        yield return Row(
            "kubernetes",
            101,
            new() { Name = name[..41], IsJobSet = true },
            $"54 is more than the 57 characters that a JobSet leaves for {name[..41]}-chunks-0-100 (--name); give a shorter one",
            isRefused: false);
        yield return Row(
            "kubernetes",
            101,
            new() { Name = name[..45], IsJobSet = true },
            $"58 is more than the 57 characters that a JobSet leaves for {name[..45]}-chunks-0-100 (--name); give a shorter one");
        yield return Row(
            "argo",
            1,
            new() { Name = name + "nnn" },
            "58 is more than the 57 characters that Argo leaves for a workflow's name (--name); give a shorter one");
        yield return Row(
            "gcp-batch",
            1,
            new() { Name = name + "nnn" },
            $"65 is more than the 64 characters of a Google Cloud Batch job such as {name}nnn-chunks (--name); give a shorter one");

        yield return Row(
            "cloud-run",
            1,
            new() { Name = name + "nn" },
            $"64 is more than the 63 characters of a Cloud Run job such as {name}nn-chunks (--name); give a shorter one");
    }

    [Test]
    [MethodDataSource(nameof(Refused))]
    public async Task Beyond_a_limit_is_64_with_the_limit_the_value_and_the_way_out(
        (string Engine, int Chunks, object Arguments, string Refusal) row) => await AdapterEngines.CheckAsync(row);

    [Test]
    [Arguments("aws-batch", 10_000, "\"size\": 10000")]
    [Arguments("aws-batch", 10_001, "\"size\": 5001")]
    [Arguments("kubernetes", 100_000, "completions: 100000")]
    [Arguments("argo", 1001, "count: \"501\"")]
    [Arguments("gcp-batch", 100_001, "\"taskCount\": \"50001\"")]
    [Arguments("slurm", 1001, "--array=0-1000")]
    [Arguments("slurm", 1002, "--array=0-500")]
    [Arguments("grid-engine", 75_000, "#$ -t 1-75000\n")]
    [Arguments("grid-engine", 75_001, "#$ -t 1-37501\n")]
    [Arguments("pbs", 10_000, "#PBS -J 0-9999\n")]
    [Arguments("lsf", 1000, "[1-1000]")]
    [Arguments("lsf", 1001, "[1-501]")]
    [Arguments("htcondor", 100_001, "JOB chunk50000 ")]
    [Arguments("nomad", 10_001, "\"Count\": 5001")]
    [Arguments("cloud-run", 10_001, "taskCount: 5001")]
    [Arguments("github-actions", 256, "255]")]
    [Arguments("github-actions", 257, "128]")]
    public async Task At_the_limit_each_chunk_has_a_task_and_beyond_it_chunks_share_tasks(string engine, int chunks, string expected) =>
        await Assert.That(AdapterEngines.All[engine](AdapterEngines.NewJob(chunks), new AdapterArguments().ToOptions())).Contains(expected);

    internal static TestDataRow<(string Engine, int Chunks, object Arguments, string Refusal)> Row(
        string engine,
        int chunks,
        AdapterArguments arguments,
        string refusal,
        bool isRefused = true
    ) =>
        new(
            (engine, chunks, arguments, isRefused ? refusal : ""),
            DisplayName: $"{engine}: {(isRefused ? refusal.Split('(')[0] : "not " + refusal.Split('(')[0])}");
}
