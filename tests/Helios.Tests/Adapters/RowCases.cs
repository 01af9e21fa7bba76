using System;
using System.Collections.Generic;
using Helios.Adapters;
using Helios.Cli.Options;
using Helios.Jobs;

namespace Helios.Tests.Adapters;

/// <summary>Goldens of batches: the tasks of every engine that render rows, on a shared volume and in a bucket.</summary>
internal static class RowCases
{
    internal static readonly Dictionary<string, (int Chunks, AdapterArguments Arguments)> All = new()
    {
        ["argo/rows.yaml"] = (4, new() { Tasks = "2" }),
        ["argo/rows-bucket.yaml"] = (4, new() { Bucket = "s3://spots/q3" }),
        ["aws-batch/rows.sh"] = (25_000, new() { Volume = "fs-0123456789abcdef0" }),
        ["aws-batch/rows-bucket.sh"] = (4, new() { Bucket = "s3://spots/q3" }),
        ["azure-batch/rows.sh"] = (3, new() { Tasks = "2" }),
        ["azure-batch/rows-bucket.sh"] = (1, new() { Bucket = "az://renders/spots/q3/" }),
        ["cloud-run/rows.yaml"] = (12_000, new() { Document = "rows", Concurrency = "50", Volume = "render-bucket" }),
        ["cloud-run/rows.sh"] = (4, new() { Tasks = "2", OtherVolume = "10.0.0.2:/share" }),
        ["gcp-batch/rows.sh"] = (4, new() { Tasks = "2", OtherVolume = "10.0.0.2:/share" }),
        ["gcp-batch/rows-alpha-bucket.sh"] = (4, new() { IsAlpha = true, Bucket = "gs://spots/q3" }),
        ["github-actions/rows.yml"] = (3, new() { Tasks = "2" }),
        ["grid-engine/rows.sh"] = (4, new()),
        ["htcondor/rows.sh"] = (4, new() { Tasks = "2", Concurrency = "1" }),
        ["kubernetes/rows.yaml"] = (4, new() { Tasks = "2" }),
        ["kubernetes/rows-bucket.yaml"] = (4, new() { Bucket = "s3://spots/q3/", Document = "rows" }),
        ["lsf/rows.sh"] = (4, new() { Concurrency = "2" }),
        ["make/rows.mk"] = (10, new() { ChunksPerTask = "3" }),
        ["nomad/rows.sh"] = (4, new() { Tasks = "2", Volume = "spots" }),
        ["openjd/rows.yaml"] = (4, new() { Tasks = "2" }),
        ["pbs/rows.sh"] = (4, new() { Tasks = "2" }),
        ["slurm/rows.sh"] = (4, new()),
        ["step-functions/rows.json"] = (4, new() { Tasks = "2" }),
        ["step-functions/rows-bucket.json"] = (1, new() { Bucket = "s3://spots" }),
    };

    /// <summary>The portable batch of these cases.</summary>
    internal static AdapterJob NewBatch(int rows, string folder = "batch") => AdapterEngines.NewJob(rows, folder) with
    {
        IsBatch = true,
        VisitOutputs = visit =>
        {
            for (int i = 0; i < rows; i++) visit($"out/{i}.mp4");
        },
    };
}
