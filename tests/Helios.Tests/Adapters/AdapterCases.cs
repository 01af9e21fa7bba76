using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Helios.Adapters;
using Helios.Adapters.Engines;
using Helios.Cli.Options;
using Helios.Jobs;
using Helios.Plan;
using Helios.Tests.Support;

namespace Helios.Tests.Adapters;

/// <summary>Jobs and options that the tests of adapters share; each case is a golden, too: <c>Golden/&lt;engine&gt;/&lt;case&gt;.&lt;extension&gt;</c>.</summary>
internal static class AdapterCases
{
    internal static readonly Dictionary<string, Func<AdapterJob, AdapterOptions, string>> Engines = new()
    {
        ["argo"] = Argo.Write,
        ["aws-batch"] = AwsBatch.Write,
        ["azure-batch"] = AzureBatch.Write,
        ["gcp-batch"] = GoogleBatch.Write,
        ["github-actions"] = GitHubActions.Write,
        ["helios-node"] = WriteHeliosNode,
        ["kubernetes"] = Kubernetes.Write,
        ["make"] = Makefile.Write,
        ["openjd"] = OpenJobDescription.Write,
        ["slurm"] = Slurm.Write,
        ["step-functions"] = StepFunctions.Write,
    };

    private const string Odd = "it's $HOME & 50% #1.json";

    internal static readonly Dictionary<string, (int Chunks, AdapterArguments Arguments)> All = new()
    {
        ["argo/basic.yaml"] = (4, new()),
        ["argo/options.yaml"] = (2500, new() { Name = "promo", Place = "video", Account = "renderer", Image = "registry.example/helios:1", Cpus = "2", Memory = "4G", TimeLimit = "90m", Retries = "0", Concurrency = "50", Volume = "spots", Mount = "/srv/spots", NodeSelector = "pool=render", Architecture = "arm64" }),
        ["aws-batch/script.sh"] = (4, new() { Volume = "fs-0123456789abcdef0", Image = "registry.example/helios:1", Place = "render" }),
        ["aws-batch/script-nothing-shared.sh"] = (4, new()),
        ["aws-batch/definition-fargate.json"] = (4, new() { Document = "definition", Platform = "fargate", ExecutionRole = "arn:aws:iam::123456789012:role/ecs", Account = "arn:aws:iam::123456789012:role/render", Volume = "fs-0123456789abcdef0:/spots", Cpus = "2", Memory = "16G" }),
        ["aws-batch/definition-spot.json"] = (4, new() { Document = "definition", IsSpot = true, OtherVolume = "/mnt/fsx" }),
        ["aws-batch/definition-no-retries.json"] = (4, new() { Document = "definition", Retries = "0", TimeLimit = "60s" }),
        ["aws-batch/chunks-one-task.json"] = (1, new() { Document = "chunks" }),
        ["aws-batch/chunks-beyond-the-array.json"] = (10_001, new() { Document = "chunks" }),
        ["aws-batch/merge.json"] = (4, new() { Document = "merge", JobPath = "/data/$(AWS) $x/job.json" }),
        ["azure-batch/script.sh"] = (2, new()),
        ["azure-batch/tasks-image.json"] = (3, new() { Document = "tasks", Image = "registry.example/helios:1", Tasks = "2", Volume = "spots", TimeLimit = "2h", Retries = "1" }),
        ["azure-batch/tasks-path.json"] = (1, new() { Document = "tasks", JobPath = "/srv/" + Odd }),
        ["azure-batch/job.json"] = (4, new() { Document = "job", Name = "promo", Place = "render", Concurrency = "10" }),
        ["gcp-batch/script.sh"] = (4, new() { Volume = "gs://render-bucket/spots", Image = "registry.example/helios:1" }),
        ["gcp-batch/script-alpha.sh"] = (4, new() { IsAlpha = true, Account = "studio", Place = "europe-west4", OtherVolume = "10.0.0.2:/share" }),
        ["gcp-batch/chunks-spot.json"] = (4, new() { Document = "chunks", IsSpot = true, MachineType = "c2d-standard-8", Concurrency = "2", Volume = "render-bucket" }),
        ["gcp-batch/chunks-beyond-the-limit.json"] = (250_000, new() { Document = "chunks" }),
        ["gcp-batch/merge-alpha.json"] = (4, new() { Document = "merge", IsAlpha = true, TimeLimit = "20m" }),
        ["github-actions/basic.yml"] = (4, new()),
        ["github-actions/container.yml"] = (600, new() { Place = "self-hosted", Image = "registry.example/helios:1", Concurrency = "20", TimeLimit = "10h", Retries = "0", JobPath = "spots/a ${{ b }}.json" }),
        ["helios-node/basic.json"] = (3, new()),
        ["helios-node/quoted.json"] = (1, new() { JobPath = Odd, Program = "/opt/my tools/helios" }),
        ["kubernetes/basic.yaml"] = (4, new()),
        ["kubernetes/chunks.yaml"] = (100_001, new() { Document = "chunks", Architecture = "arm64", Place = "video", Account = "renderer", Image = "registry.example/helios:1", Concurrency = "8", Retries = "6", NodeSelector = "cloud.google.com/gke-spot=true,pool=render", Volume = "spots" }),
        ["kubernetes/merge.yaml"] = (4, new() { Document = "merge", JobPath = "/data/$(HOME): \"x\".json" }),
        ["kubernetes/jobset.yaml"] = (4, new() { IsJobSet = true, Place = "video", Concurrency = "9" }),
        ["make/basic.mk"] = (20, new()),
        ["make/odd-path.mk"] = (3, new() { JobPath = Odd, Tasks = "2", Retries = "0", Program = "/opt/my tools/helios" }),
        ["openjd/basic.yaml"] = (4, new()),
        ["openjd/shared.yaml"] = (10, new() { JobPath = "/srv/spots/job.json", ChunksPerTask = "4", Cpus = "16", Memory = "32G", TimeLimit = "15m", Program = "/opt/helios", Architecture = "arm64" }),
        ["openjd/one-task.yaml"] = (1, new()),
        ["slurm/script.sh"] = (4, new()),
        ["slurm/chunks.sbatch"] = (1500, new() { Document = "chunks", Place = "render,debug", Account = "studio", QualityOfService = "night", NodeSelector = "avx2&ssd", Cpus = "8", Memory = "16G", TimeLimit = "90s", Retries = "1", Concurrency = "10", JobPath = "/srv/" + Odd }),
        ["slurm/chunks-large-arrays.sbatch"] = (1500, new() { Document = "chunks", MaxArraySize = "4001" }),
        ["slurm/merge.sbatch"] = (4, new() { Document = "merge", Name = "promo" }),
        ["step-functions/basic.json"] = (4, new()),
        ["step-functions/options.json"] = (25_000, new() { IsSpot = true, Place = "render", Definition = "helios:3", Mount = "/mnt/efs", Name = "promo" }),
    };

    internal static string Write(string name)
    {
        var (chunks, arguments) = All[name];
        return Engines[name.Split('/')[0]](NewJob(chunks), arguments.ToOptions());
    }

    /// <summary>A portable job of one frame a chunk.</summary>
    internal static AdapterJob NewJob(int chunks, string file = "job.json") => new(Plan(chunks).Spec, chunks, HasUsualChunkFiles: true, file);

    private static JobPlan Plan(int chunks) => Gens.Plan(Gens.NewArguments() with
    {
        JobId = "k3v9x0c2m1qa",
        Frames = chunks.ToString(),
        Shards = chunks.ToString(),
        Output = "out/spot.mp4",
        IsPortable = true,
    });

    private static string WriteHeliosNode(AdapterJob job, AdapterOptions options)
    {
        var stream = new MemoryStream();
        using (var writer = new HeliosNode(job, options, stream))
        {
            JobPlan plan = Plan(job.ChunkCount);
            for (int i = 0; i < job.ChunkCount; i++)
                writer.Add(new Chunk { Id = i, StartFrame = plan.Chunks[i].Start, FrameCount = plan.Chunks[i].Count, Output = plan.ChunkFiles[i] });
            writer.End();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
