using System.Collections.Generic;
using Helios.Cli.Options;

namespace Helios.Tests.Adapters;

/// <summary>Goldens of <c>--then</c>: the merge of every engine, with words that shells and template languages would change.</summary>
internal static class ThenCases
{
    private const string Script = "aws sns publish --subject 50% --message \"it's $HELIOS_OUTPUT $(date)\" #1";

    internal static readonly Dictionary<string, (int Chunks, AdapterArguments Arguments)> All = Make();

    internal static ThenArguments Then => new($"sh\0-c\0{Script}", isOptional: true, "60");

    private static Dictionary<string, (int Chunks, AdapterArguments Arguments)> Make()
    {
        var cases = new Dictionary<string, (int Chunks, AdapterArguments Arguments)>();
        string[] files =
        [
            "argo/then.yaml", "aws-batch/merge-then.json", "azure-batch/tasks-then.json", "cloud-run/merge-then.yaml",
            "gcp-batch/merge-then.json", "github-actions/then.yml", "grid-engine/merge-then.sge", "helios-node/then.json",
            "htcondor/merge-then.sub", "kubernetes/merge-then.yaml", "lsf/merge-then.bsub", "make/then.mk", "nomad/merge-then.json",
            "openjd/then.yaml", "pbs/merge-then.pbs", "slurm/merge-then.sbatch", "step-functions/then.json",
        ];
        foreach (string file in files)
        {
            string name = file.Split('/')[1].Split('.')[0];
            cases.Add(file, (1, new() { Document = name == "then" ? null : name.Split('-')[0], Then = Then }));
        }

        return cases;
    }
}
