using System;
using Helios.Adapters.Document;
using Helios.Jobs;

namespace Helios.Adapters.Engines;

/// <summary>
/// The pod that runs one task: shared by Kubernetes Jobs, JobSets and, container and volume, Argo Workflows. Source: kubernetes/api
/// core/v1/types.go.
/// </summary>
internal static class KubernetesPod
{
    internal const string ContainerName = "helios";

    private const string Architecture = "kubernetes.io/arch"; // label of every node

    private const int MaxLabel = 63;
    private const int MaxName = 253;

    internal static string MountOf(AdapterOptions options) => options.Mount ?? "/data";

    internal static MapNode Template(AdapterJob job, AdapterOptions options, string command, ListNode? environment) => new()
    {
        ["spec"] = new MapNode
        {
            ["restartPolicy"] = "Never",
            ["activeDeadlineSeconds"] = options.TimeLimit,
            ["serviceAccountName"] = options.Account,
            ["nodeSelector"] = NodeSelector(options),
            ["containers"] = ListNode.Of(Container(job, options, command, environment, ContainerName)),
            ["volumes"] = Volumes(job, options),
        },
    };

    internal static MapNode Container(AdapterJob job, AdapterOptions options, string command, ListNode? environment, string? name)
    {
        string memory = TaskCommand.Number(options.MemoryMiB) + "Mi";
        EngineLimits.ThrowUnless(!MountOf(options).Contains(':', StringComparison.Ordinal),
            $"\"{MountOf(options)}\" holds a colon, which Kubernetes refuses in a mount path", "--mount", "use another directory");
        return new MapNode
        {
            ["name"] = name,
            ["image"] = options.ImageOrDefault,
            ["command"] = TaskCommand.Command(options, command, job.MountedPath(options, MountOf(options))),
            ["env"] = environment,
            ["resources"] = new MapNode
            {
                ["requests"] = new MapNode { ["cpu"] = TaskCommand.Number(options.Cpus), ["memory"] = memory },
                ["limits"] = new MapNode { ["memory"] = memory },
            },
            ["volumeMounts"] = job.AddressOf(options) is not null
                ? null
                : ListNode.Of(new MapNode { ["name"] = "work", ["mountPath"] = MountOf(options) }),
        };
    }

    internal static ListNode? Volumes(AdapterJob job, AdapterOptions options)
    {
        if (job.AddressOf(options) is not null) return null;
        string claim = options.Volume ?? "helios";
        EngineLimits.ThrowUnless(IsDnsName(claim, MaxName, allowsDots: true), $"\"{claim}\" is not a name of a PersistentVolumeClaim",
            "--claim",
            "give 1 to 253 of a-z, 0-9, - and .");
        return ListNode.Of(new MapNode { ["name"] = "work", ["persistentVolumeClaim"] = new MapNode { ["claimName"] = claim } });
    }

    /// <summary>The architecture, and <c>key=value</c> pairs separated by commas.</summary>
    internal static MapNode NodeSelector(AdapterOptions options)
    {
        var selector = new MapNode { [Architecture] = options.IsArm ? "arm64" : "amd64" };
        if (options.NodeSelector is not string text) return selector;
        foreach (string pair in text.Split(','))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            EngineLimits.ThrowUnless(!pair.StartsWith(Architecture + "=", StringComparison.Ordinal), $"{Architecture} is given already",
                "--node-selector", "use --arch");
            EngineLimits.ThrowUnless(equals > 0 && !pair.Contains(' ', StringComparison.Ordinal) && pair.Length - equals - 1 <= MaxLabel,
                $"\"{pair}\" is not a label of nodes", "--node-selector", "give key=value, several with commas between");
            selector[pair[..equals]] = pair[(equals + 1)..];
        }

        return selector;
    }

    /// <exception cref="HeliosException">64: not a DNS label.</exception>
    internal static void CheckNamespace(AdapterOptions options) => EngineLimits.ThrowUnless(
        options.Place is null || IsDnsName(options.Place, MaxLabel, allowsDots: false),
        $"\"{options.Place}\" is not a namespace", "--namespace", "give 1 to 63 of a-z, 0-9 and -");

    internal static bool IsDnsName(string name, int most, bool allowsDots)
    {
        if (name.Length == 0 || name.Length > most || !char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1]))
            return false;
        foreach (char c in name)
            if (!char.IsAsciiDigit(c) && !char.IsAsciiLetterLower(c) && c != '-' && !(allowsDots && c == '.')) return false;
        return true;
    }
}
