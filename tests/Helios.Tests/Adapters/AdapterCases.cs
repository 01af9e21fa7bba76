using System;
using System.Collections.Generic;
using Helios.Adapters;
using Helios.Cli.Options;
using Helios.Tests.Support;

namespace Helios.Tests.Adapters;

/// <summary>
/// Options of adapters, for jobs of some size; each case is a golden:
/// <c>Golden/&lt;engine&gt;/&lt;case&gt;.&lt;extension&gt;</c>.
/// </summary>
internal static class AdapterCases
{
    private const string Odd = "it's $HOME & 50% #1.json";

    internal static readonly Dictionary<string, (int Chunks, AdapterArguments Arguments)> All = new([.. ThenCases.All, .. RowCases.All])
    {
        ["argo/basic.yaml"] = (4, new()),
        ["argo/bucket.yaml"] = (4, new() { Bucket = "s3://spots/q3" }),
        ["argo/options.yaml"] = (
            2500,
            new()
            {
                Name = "promo",
                Place = "video",
                Account = "renderer",
                Image = "registry.example/helios:1",
                Cpus = "2",
                Memory = "4G",
                TimeLimit = "90m",
                Retries = "0",
                Concurrency = "50",
                Volume = "spots",
                Mount = "/srv/spots",
                NodeSelector = "pool=render",
                Arch = "arm64",
            }),
        ["aws-batch/script.sh"] = (
            4,
            new()
            {
                Volume = "fs-0123456789abcdef0",
                Image = "registry.example/helios:1",
                Place = "render",
            }),
        ["aws-batch/script-bucket.sh"] = (4, new() { Bucket = "s3://spots/q3/it's $1" }),
        ["aws-batch/script-nothing-shared.sh"] = (4, new()),
        ["aws-batch/definition-fargate.json"] = (
            4,
            new()
            {
                Document = "definition",
                Platform = "fargate",
                ExecutionRole = "arn:aws:iam::123456789012:role/ecs",
                Account = "arn:aws:iam::123456789012:role/render",
                Volume = "fs-0123456789abcdef0:/spots",
                Cpus = "2",
                Memory = "16G",
            }),
        ["aws-batch/fargate-arm-definition.json"] = (
            4,
            new()
            {
                Document = "definition",
                Platform = "fargate",
                ExecutionRole = "arn:aws:iam::123456789012:role/ecs",
                Arch = "arm64",
            }),
        ["aws-batch/definition-spot.json"] = (
            4,
            new()
            {
                Document = "definition",
                IsSpot = true,
                OtherVolume = "/mnt/fsx",
            }),
        ["aws-batch/definition-no-retries.json"] = (
            4,
            new()
            {
                Document = "definition",
                Retries = "0",
                TimeLimit = "60s",
            }),
        ["aws-batch/chunks-one-task.json"] = (1, new() { Document = "chunks" }),
        ["aws-batch/chunks-beyond-the-array.json"] = (10_001, new() { Document = "chunks" }),
        ["aws-batch/merge.json"] = (4, new() { Document = "merge", JobPath = "/data/$(AWS) $x/job.json" }),
        ["azure-batch/script.sh"] = (2, new()),
        ["azure-batch/script-bucket.sh"] = (2, new() { Bucket = "az://renders/spots/q3/" }),
        ["azure-batch/tasks-image.json"] = (
            3,
            new()
            {
                Document = "tasks",
                Image = "registry.example/helios:1",
                Tasks = "2",
                Volume = "spots",
                TimeLimit = "2h",
                Retries = "1",
            }),
        ["azure-batch/tasks-path.json"] = (1, new() { Document = "tasks", JobPath = "/srv/" + Odd }),
        ["azure-batch/job.json"] = (4, new() { Document = "job", Name = "promo", Place = "render", Concurrency = "10" }),
        ["cloud-run/script.sh"] = (4, new() { Volume = "gs://render-bucket/spots", Image = "registry.example/helios:1" }),
        ["cloud-run/script-nothing-shared.sh"] = (4, new() { Account = "studio", Place = "europe-west4" }),
        ["cloud-run/chunks-options.yaml"] = (
            12_000,
            new()
            {
                Document = "chunks",
                Name = "promo",
                OtherVolume = "10.0.0.2:/share",
                Mount = "/srv",
                Cpus = "8",
                Memory = "16G",
                TimeLimit = "2h",
                Retries = "0",
                Concurrency = "50",
                ExecutionRole = "renderer@studio.example",
                JobPath = "/srv/" + Odd,
            }),
        ["cloud-run/merge.yaml"] = (4, new() { Document = "merge", Volume = "render-bucket" }),
        ["gcp-batch/chunks-arm.json"] = (4, new() { Document = "chunks", Arch = "arm64", Cpus = "6", Memory = "40G" }),
        ["gcp-batch/script.sh"] = (4, new() { Volume = "gs://render-bucket/spots", Image = "registry.example/helios:1" }),
        ["gcp-batch/script-bucket.sh"] = (4, new() { Bucket = "gs://spots/q3" }),
        ["gcp-batch/script-alpha.sh"] = (
            4,
            new()
            {
                IsAlpha = true,
                Account = "studio",
                Place = "europe-west4",
                OtherVolume = "10.0.0.2:/share",
            }),
        ["gcp-batch/chunks-spot.json"] = (
            4,
            new()
            {
                Document = "chunks",
                IsSpot = true,
                MachineType = "c2d-standard-8",
                Concurrency = "2",
                Volume = "render-bucket",
            }),
        ["gcp-batch/chunks-beyond-the-limit.json"] = (250_000, new() { Document = "chunks" }),
        ["gcp-batch/merge-alpha.json"] = (4, new() { Document = "merge", IsAlpha = true, TimeLimit = "20m" }),
        ["github-actions/basic.yml"] = (4, new()),
        ["github-actions/container.yml"] = (
            600,
            new()
            {
                Place = "self-hosted",
                Image = "registry.example/helios:1",
                Concurrency = "20",
                TimeLimit = "10h",
                Retries = "0",
                JobPath = "spots/a ${{ b }}.json",
            }),
        ["grid-engine/script.sh"] = (4, new()),
        ["grid-engine/chunks.sge"] = (
            1500,
            new()
            {
                Document = "chunks",
                Name = "promo",
                Place = "render.q",
                Account = "studio",
                ParallelEnvironment = "threads",
                Cpus = "8",
                Memory = "16G",
                TimeLimit = "90s",
                Retries = "1",
                Concurrency = "10",
                MaxArraySize = "1000",
                JobPath = "/srv/" + Odd,
                Arch = "amd64",
            }),
        ["grid-engine/merge.sge"] = (4, new() { Document = "merge", Cpus = "1" }),
        ["helios-node/basic.json"] = (3, new()),
        ["helios-node/quoted.json"] = (1, new() { JobPath = Odd, Program = "/opt/my tools/helios" }),
        ["htcondor/script.sh"] = (3, new()),
        ["htcondor/chunks.sub"] = (
            250,
            new()
            {
                Document = "chunks",
                Account = "studio",
                NodeSelector = "HasSharedDisk",
                Arch = "arm64",
                ChunksPerTask = "10",
                Cpus = "8",
                Memory = "16G",
                TimeLimit = "90s",
                Retries = "1",
                JobPath = "/srv/" + Odd,
                Program = "/opt/my \"tools\"/helios",
            }),
        ["htcondor/merge.sub"] = (
            4,
            new()
            {
                Document = "merge",
                Name = "promo",
                NodeSelector = "HasSharedDisk",
            }),
        ["htcondor/dag.dag"] = (4, new() { Document = "dag", Concurrency = "2" }),
        ["kubernetes/basic.yaml"] = (4, new()),
        ["kubernetes/bucket.yaml"] = (4, new() { Bucket = "s3://spots/q3/" }),
        ["kubernetes/chunks.yaml"] = (
            100_001,
            new()
            {
                Document = "chunks",
                Arch = "arm64",
                Place = "video",
                Account = "renderer",
                Image = "registry.example/helios:1",
                Concurrency = "8",
                Retries = "6",
                NodeSelector = "cloud.google.com/gke-spot=true,pool=render",
                Volume = "spots",
            }),
        ["kubernetes/merge.yaml"] = (4, new() { Document = "merge", JobPath = "/data/$(HOME): \"x\".json" }),
        ["kubernetes/jobset.yaml"] = (4, new() { IsJobSet = true, Place = "video", Concurrency = "9" }),
        ["lsf/script.sh"] = (4, new()),
        ["lsf/chunks.bsub"] = (
            1500,
            new()
            {
                Document = "chunks",
                Name = "promo",
                Place = "render",
                Account = "studio",
                Cpus = "8",
                Memory = "16G",
                TimeLimit = "90s",
                Retries = "1",
                Concurrency = "10",
                JobPath = "/srv/" + Odd,
                Arch = "arm64",
            }),
        ["lsf/merge.bsub"] = (4, new() { Document = "merge", Arch = "amd64" }),
        ["make/basic.mk"] = (20, new()),
        ["make/odd-path.mk"] = (3, new() { JobPath = Odd, Tasks = "2", Retries = "0", Program = "/opt/my tools/helios" }),
        ["nomad/script.sh"] = (4, new() { Volume = "spots", Image = "registry.example/helios:1" }),
        ["nomad/script-namespace.sh"] = (4, new() { Account = "video", Place = "dc1" }),
        ["nomad/chunks-options.json"] = (
            25_000,
            new()
            {
                Document = "chunks",
                Name = "promo",
                OtherVolume = "efs",
                Mount = "/srv",
                Arch = "arm64",
                Cpus = "8",
                Memory = "16G",
                TimeLimit = "2h",
                Retries = "0",
                JobPath = "/srv/" + Odd,
            }),
        ["nomad/merge.json"] = (4, new() { Document = "merge" }),
        ["openjd/dealt.yaml"] = (250, new() { TargetTime = "5m", ChunksPerTask = "4", JobPath = "/srv/" + Odd }),
        ["openjd/basic.yaml"] = (4, new()),
        ["openjd/shared.yaml"] = (
            10,
            new()
            {
                JobPath = "/srv/spots/job.json",
                ChunksPerTask = "4",
                Cpus = "16",
                Memory = "32G",
                TimeLimit = "15m",
                Program = "/opt/helios",
                Arch = "arm64",
            }),
        ["openjd/one-task.yaml"] = (1, new()),
        ["pbs/script.sh"] = (4, new()),
        ["pbs/chunks.pbs"] = (
            15_000,
            new()
            {
                Document = "chunks",
                Name = "promo",
                Place = "render",
                Account = "studio",
                Cpus = "8",
                Memory = "16G",
                TimeLimit = "90s",
                Retries = "1",
                Concurrency = "10",
                JobPath = "/srv/" + Odd,
            }),
        ["pbs/chunks-one-task.pbs"] = (1, new() { Document = "chunks" }),
        ["pbs/merge.pbs"] = (4, new() { Document = "merge" }),
        ["slurm/chunks-arm.sbatch"] = (4, new() { Document = "chunks", Arch = "arm64", NodeSelector = "avx2|ssd" }),
        ["slurm/script.sh"] = (4, new()),
        ["slurm/chunks.sbatch"] = (
            1500,
            new()
            {
                Document = "chunks",
                Place = "render,debug",
                Account = "studio",
                QualityOfService = "night",
                NodeSelector = "avx2&ssd",
                Cpus = "8",
                Memory = "16G",
                TimeLimit = "90s",
                Retries = "1",
                Concurrency = "10",
                JobPath = "/srv/" + Odd,
            }),
        ["slurm/chunks-large-arrays.sbatch"] = (1500, new() { Document = "chunks", MaxArraySize = "4001" }),
        ["slurm/merge.sbatch"] = (4, new() { Document = "merge", Name = "promo" }),
        ["step-functions/basic.json"] = (4, new()),
        ["step-functions/bucket.json"] = (4, new() { Bucket = "s3://spots" }),
        ["step-functions/options.json"] = (
            25_000,
            new()
            {
                IsSpot = true,
                Place = "render",
                Definition = "helios:3",
                Mount = "/mnt/efs",
                Name = "promo",
            }),
    };

    internal static string Write(string name)
    {
        var (chunks, arguments) = All[name];
        AdapterJob job = RowCases.All.ContainsKey(name) ? RowCases.NewBatch(chunks) : AdapterEngines.NewJob(chunks);
        return AdapterEngines.All[name.Split('/')[0]](job, arguments.ToOptions());
    }
}
