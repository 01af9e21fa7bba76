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

        // volumes and machines
        yield return Row("cloud-run", 4, new() { Cpus = "3" }, "Cloud Run has no size with 3 CPUs (--cpus); use 1, 2, 4, 6 or 8");
        yield return Row(
            "cloud-run",
            4,
            new() { Cpus = "2", Memory = "9G" },
            "Cloud Run has no size with 2 CPUs and 9216 MiB (--memory); with 2 CPUs use 512M to 8192M");
        yield return Row(
            "cloud-run",
            4,
            new() { Volume = "bucket", OtherVolume = "10.0.0.2:/x" },
            "--bucket and --nfs exclude each other (command line); give one of them");
        yield return Row(
            "cloud-run",
            4,
            new() { OtherVolume = "10.0.0.2" },
            "\"10.0.0.2\" is not an NFS export (--nfs); give SERVER:/PATH");
        yield return Row(
            "nomad",
            4,
            new() { Volume = "spots", OtherVolume = "efs" },
            "--host-volume and --csi-volume exclude each other (command line); give one of them");
        yield return Row(
            "nomad",
            4,
            new() { JobPath = "/data/${meta.x}" },
            "\"/data/${meta.x}\" holds ${, which Nomad would replace (--job-path); use a path without it");
        yield return Row(
            "aws-batch",
            4,
            new() { Arch = "arm64" },
            "on EC2 the compute environment decides the architecture (--arch); use a queue whose compute environment has machines of one architecture, or --platform fargate"
        );
        yield return Row(
            "gcp-batch",
            4,
            new() { Arch = "arm64", MachineType = "e2-standard-8" },
            "machines of type e2-standard-8 have amd64 processors (--arch); leave one of --arch and --machine-type out");
        yield return Row(
            "gcp-batch",
            4,
            new() { Arch = "amd64", MachineType = "t2a-standard-8" },
            "machines of type t2a-standard-8 have arm64 processors (--arch); leave one of --arch and --machine-type out");
        yield return Row(
            "gcp-batch",
            4,
            new() { Arch = "arm64", Cpus = "80" },
            "no arm64 machine of type c4a has 80 CPUs and 8192 MiB (--arch); give fewer --cpus or less --memory");
        yield return Row(
            "aws-batch",
            4,
            new() { Volume = "fs-1", Document = "definition" },
            "\"fs-1\" is not an EFS file system (--efs); give an id such as fs-0123456789abcdef0, or fs-…:/directory");
        yield return Row(
            "aws-batch",
            4,
            new() { Volume = "fs-0123456789abcdef0", OtherVolume = "/mnt" },
            "--efs and --host-path exclude each other (command line); give one of them");
        yield return Row(
            "aws-batch",
            4,
            new() { Platform = "fargate" },
            "Fargate needs a role that pulls the image and writes the log (--execution-role); give its ARN");
        yield return Row(
            "aws-batch",
            4,
            new() { Platform = "farget" },
            "\"farget\" is not a platform of AWS Batch (did you mean \"fargate\"?) (--platform); use ec2 or fargate");
        yield return Row("aws-batch", 4, Fargate("3", "8G"), "Fargate has no size with 3 CPUs (--cpus); use 1, 2, 4, 8 or 16");
        yield return Row(
            "aws-batch",
            4,
            Fargate("4", "7G"),
            "Fargate has no size with 4 CPUs and 7168 MiB (--memory); with 4 CPUs use 8G to 30G in steps of 1G");
        yield return Row(
            "aws-batch",
            4,
            Fargate("8", "18G"),
            "Fargate has no size with 8 CPUs and 18432 MiB (--memory); with 8 CPUs use 16G to 60G in steps of 4G");
        yield return Row(
            "gcp-batch",
            4,
            new() { Volume = "bucket", OtherVolume = "10.0.0.2:/x" },
            "--bucket and --nfs exclude each other (command line); give one of them");
        yield return Row(
            "gcp-batch",
            4,
            new() { OtherVolume = "10.0.0.2" },
            "\"10.0.0.2\" is not an NFS export (--nfs); give SERVER:/PATH");
        yield return Row(
            "kubernetes",
            4,
            new() { Volume = "My Claim" },
            "\"My Claim\" is not a name of a PersistentVolumeClaim (--claim); give 1 to 253 of a-z, 0-9, - and .");
        yield return Row(
            "kubernetes",
            4,
            new() { Mount = "/a:b" },
            "\"/a:b\" holds a colon, which Kubernetes refuses in a mount path (--mount); use another directory");
        yield return Row(
            "kubernetes",
            4,
            new() { Place = "Video" },
            "\"Video\" is not a namespace (--namespace); give 1 to 63 of a-z, 0-9 and -");
        yield return Row(
            "argo",
            4,
            new() { NodeSelector = "pool=a,kubernetes.io/arch=arm64" },
            "kubernetes.io/arch is given already (--node-selector); use --arch");
        yield return Row(
            "argo",
            4,
            new() { NodeSelector = "pool" },
            "\"pool\" is not a label of nodes (--node-selector); give key=value, several with commas between");

        // documents
        yield return Row(
            "slurm",
            4,
            new() { Document = "chunk" },
            "there is no document \"chunk\" (did you mean \"chunks\"?) (--document); use all, chunks or merge");
        yield return Row(
            "kubernetes",
            4,
            new() { Document = "merge", IsJobSet = true },
            "--jobset is one document (--document); leave one of them out");
        yield return Row(
            "github-actions",
            4,
            new() { JobPath = "/srv/job.json" },
            "\"/srv/job.json\" is absolute, and a runner's checkout is not there (--job-path); give a path in the repository");
        yield return Row(
            "openjd",
            4,
            new() { JobPath = "/" + new string('p', 1100) },
            "1101 is more than the 1024 characters of an Open Job Description parameter (--job-path); use a shorter path");
    }

    [Test]
    [MethodDataSource(nameof(Refused))]
    public async Task Beyond_a_limit_is_64_with_the_limit_the_value_and_the_way_out(
        (string Engine, int Chunks, object Arguments, string Refusal) row)
    {
        void Write() => AdapterCases.Engines[row.Engine](AdapterCases.NewJob(row.Chunks), ((AdapterArguments)row.Arguments).ToOptions());

        if (row.Refusal.Length == 0) Write();
        else await Assert.That(Refusal.TextOf(Write)).IsEqualTo("64: " + row.Refusal);
    }

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
        await Assert.That(AdapterCases.Engines[engine](AdapterCases.NewJob(chunks), new AdapterArguments().ToOptions())).Contains(expected);

    [Test]
    [Arguments("out/f_%05d.png", "out/f_[0-9]*.png")]
    [Arguments("out/%d.png", "out/[0-9]*.png")]
    [Arguments("out/100%d.gif", "out/100%d.gif")]
    public async Task An_image_sequence_is_an_artifact_of_all_its_files(string output, string path)
    {
        AdapterJob job = AdapterCases.NewJob(4);

        await Assert
            .That(GitHubActions.Write(job with { Spec = job.Spec with { Output = output } }, new AdapterArguments().ToOptions()))
            .Contains($"path: \"{path}\"\n");
    }

    [Test]
    [Arguments("github-actions", "GitHub Actions")]
    [Arguments("openjd", "Open Job Description")]
    [Arguments("azure-batch", "Azure Batch")]
    public async Task Where_files_travel_paths_of_one_machine_are_refused(string engine, string name) =>
        await Assert
            .That(Refusal.TextOf(() => AdapterCases.Engines[engine](Absolute(), new AdapterArguments().ToOptions())))
            .IsEqualTo(
                $"64: the job's paths are those of one machine (/srv/spots/out.mp4), and tasks of {name} find their files elsewhere (job.json); plan it with export-job --portable"
            );

    [Test]
    [Arguments("kubernetes", null, null)]
    [Arguments("argo", null, null)]
    [Arguments("aws-batch", "fs-0123456789abcdef0", null)]
    [Arguments("gcp-batch", null, "10.0.0.2:/x")]
    public async Task A_job_that_writes_outside_of_the_shared_volume_is_refused(string engine, string? volume, string? other)
    {
        string mount = engine == "gcp-batch" ? "/mnt/disks/work" : "/data";
        var arguments = new AdapterArguments { Volume = volume, OtherVolume = other };

        await Assert
            .That(Refusal.TextOf(() => AdapterCases.Engines[engine](Absolute(), arguments.ToOptions())))
            .IsEqualTo(
                $"64: the job writes /srv/spots/out.mp4, but tasks share only what is mounted at {mount} (--mount); plan it with --portable, or mount the volume where the job's files are"
            );
        await Assert
            .That(
                AdapterCases.Engines[engine](
                    Absolute(),
                    new AdapterArguments
                    {
                        Volume = volume,
                        OtherVolume = other,
                        Mount = "/srv/spots",
                    }.ToOptions()))
            .Contains("/srv/spots/job.json");
    }

    [Test]
    public async Task Sound_files_must_be_shared_too()
    {
        AdapterJob job = AdapterCases.NewJob(2);
        RenderOptions render = job.Spec.RenderOptions with
        {
            Audio =
            [
                new AudioTrack { File = "music.mp3", Digest = Specs.Digest },
                new AudioTrack { File = "/home/me/voice.wav", Digest = Specs.Digest },
            ],
        };
        AdapterJob withSound = job with { Spec = job.Spec with { RenderOptions = render } };

        await Assert
            .That(Refusal.TextOf(() => Kubernetes.Write(withSound, new AdapterArguments().ToOptions())))
            .StartsWith("64: the job reads /home/me/voice.wav, but tasks share only what is mounted at /data");
        await Assert
            .That(Refusal.TextOf(() => GitHubActions.Write(withSound, new AdapterArguments().ToOptions())))
            .StartsWith("64: the job's paths are those of one machine (/home/me/voice.wav)");
    }

    private static AdapterJob Absolute()
    {
        JobSpec spec = Specs.Read(Specs.Text).Spec!;
        return new AdapterJob(spec, 3, HasUsualChunkFiles: true, "job.json");
    }

    private static AdapterArguments Fargate(string cpus, string memory) =>
        new()
        {
            Platform = "fargate",
            ExecutionRole = "arn:aws:iam::1:role/x",
            Cpus = cpus,
            Memory = memory,
        };

    private static TestDataRow<(string Engine, int Chunks, object Arguments, string Refusal)> Row(
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
