using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Helios.Adapters;
using Helios.Adapters.Engines;
using Helios.Cli.Options;
using Helios.Jobs;
using Helios.Plan;
using Helios.Tests.Support;
using TUnit.Assertions;
using TUnit.Assertions.Extensions;

namespace Helios.Tests.Adapters;

/// <summary>What writes the document of each engine, and jobs to write it for.</summary>
internal static class AdapterEngines
{
    internal static readonly Dictionary<string, Func<AdapterJob, AdapterOptions, string>> All = new()
    {
        ["argo"] = Argo.Write,
        ["aws-batch"] = AwsBatch.Write,
        ["azure-batch"] = AzureBatch.Write,
        ["cloud-run"] = CloudRun.Write,
        ["gcp-batch"] = GoogleBatch.Write,
        ["github-actions"] = GitHubActions.Write,
        ["grid-engine"] = GridEngine.Write,
        ["helios-node"] = WriteHeliosNode,
        ["htcondor"] = HtCondor.Write,
        ["kubernetes"] = Kubernetes.Write,
        ["lsf"] = Lsf.Write,
        ["make"] = Makefile.Write,
        ["nomad"] = Nomad.Write,
        ["openjd"] = OpenJobDescription.Write,
        ["pbs"] = Pbs.Write,
        ["slurm"] = Slurm.Write,
        ["step-functions"] = StepFunctions.Write,
    };

    /// <summary>A portable job of one frame a chunk.</summary>
    internal static AdapterJob NewJob(int chunks, string file = "job.json") =>
        new(Plan(chunks).Spec, chunks, HasUsualChunkFiles: true, file);

    /// <summary>Writes the document of a row, which is refused with 64 and this text; with an empty one it is not refused.</summary>
    internal static async Task CheckAsync((string Engine, int Chunks, object Arguments, string Refusal) row)
    {
        void Write() => All[row.Engine](NewJob(row.Chunks), ((AdapterArguments)row.Arguments).ToOptions());

        if (row.Refusal.Length == 0) Write();
        else await Assert.That(Refusal.TextOf(Write)).IsEqualTo("64: " + row.Refusal);
    }

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
            {
                writer.Add(
                    new Chunk
                    {
                        Id = i,
                        StartFrame = plan.Chunks[i].Start,
                        FrameCount = plan.Chunks[i].Count,
                        Output = plan.ChunkFiles[i],
                    });
            }

            writer.End();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
