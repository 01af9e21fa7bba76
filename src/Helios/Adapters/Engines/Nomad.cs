using System.Text;
using Helios.Adapters.Document;
using Helios.Jobs;
using Helios.Render;

namespace Helios.Adapters.Engines;

/// <summary>
/// Nomad 1.4 and later: a batch job for the chunks and one for the merge, as <c>nomad job run -json</c> takes them. Source: hashicorp/nomad
/// api/jobs.go, api/tasks.go, api/resources.go; developer.hashicorp.com/nomad, "restart", "reschedule", "job inspect". Left out: drivers
/// other than docker, periodic jobs, Vault, Consul, preemption.
/// </summary>
internal static class Nomad
{
    /// <summary>Allocations of one group: more are slow to place, and Nomad stores a job as one object.</summary>
    internal const int MaxTasks = 10_000;

    private const long Second = 1_000_000_000; // durations are nanoseconds

    internal static string Write(AdapterJob job, AdapterOptions options)
    {
        TaskPlan plan = TaskPlan.Make(job.ChunkCount, options, MaxTasks, "allocations of a Nomad group");
        EngineLimits.ThrowIfReplaced("${", job.MountedPath(options, MountOf(options)), "Nomad", "--job-path");
        EngineLimits.ThrowIfReplaced("${", MountOf(options), "Nomad", "--mount");
        EngineLimits.ThrowIfReplaced("${", options.Program, "Nomad", "--helios");
        EngineLimits.ThrowIfReplaced("${", options, "Nomad");
        EngineLimits.ThrowUnless(options.Volume is null || options.OtherVolume is null, "--host-volume and --csi-volume exclude each other",
            "command line", "give one of them");
        if (Volume(options) is not null) job.CheckMounted(options, MountOf(options));
        return TaskCommand.FindDocument(job, options) is string step ? Write(job, options, plan, step) : Script(job, options, plan);
    }

    private static string MountOf(AdapterOptions options) => options.Mount ?? "/data";

    private static string Write(AdapterJob job, AdapterOptions options, TaskPlan plan, string step) => JsonText.Write(
        step == AdapterJob.MergeStep
            ? Job(job, options, step, 1, null)
            : Job(job, options, step, plan.Count, new MapNode
            {
                [TaskIndex.Neutral] = "${NOMAD_ALLOC_INDEX}",
                [TaskIndex.ChunksPerTask] = plan.PerTask == 1 ? null : TaskCommand.Number(plan.PerTask),
            }));

    private static MapNode Job(AdapterJob job, AdapterOptions options, string step, int count, MapNode? environment)
    {
        string name = $"{job.NameOf(options)}-{step}";
        return new MapNode
        {
            ["Job"] = new MapNode
            {
                ["ID"] = name,
                ["Name"] = name,
                ["Type"] = "batch",
                ["Namespace"] = options.Account,
                ["Datacenters"] = ListNode.Of(options.Place ?? "*"),
                ["Constraints"] = ListNode.Of(new MapNode
                {
                    ["LTarget"] = "${attr.cpu.arch}",
                    ["Operand"] = "=",
                    ["RTarget"] = options.IsArm ? "arm64" : "amd64"
                }),
                ["TaskGroups"] = ListNode.Of(Group(job, options, TaskCommand.Of(step), count, environment)),
            },
        };
    }

    /// <summary>
    /// Nomad would retry whatever the exit code is, so the command contains the retries, and Nomad makes none. It replaces the tasks of a
    /// lost node by itself.
    /// </summary>
    private static MapNode Group(AdapterJob job, AdapterOptions options, string command, int count, MapNode? environment) => new()
    {
        ["Name"] = "helios",
        ["Count"] = count,
        ["RestartPolicy"] = new MapNode { ["Attempts"] = 0, ["Interval"] = 3600 * Second, ["Delay"] = 15 * Second, ["Mode"] = "fail" },
        ["ReschedulePolicy"] = new MapNode { ["Attempts"] = 0, ["Unlimited"] = false },
        ["Volumes"] = Volume(options) is MapNode volume ? new MapNode { ["work"] = volume } : null,
        ["Tasks"] = ListNode.Of(new MapNode
        {
            ["Name"] = "helios",
            ["Driver"] = "docker",
            ["Config"] = new MapNode
            {
                ["image"] = options.ImageOrDefault,
                ["entrypoint"] = ListNode.Of("/bin/sh", "-c"),
                ["args"] = ListNode.Of(Retry(job, options, command)),
            },
            ["Env"] = environment,
            ["Resources"] = new MapNode { ["Cores"] = options.Cpus, ["MemoryMB"] = options.MemoryMiB },
            ["KillTimeout"] = 30 * Second,
            ["VolumeMounts"] = Volume(options) is null
                ? null
                : ListNode.Of(new MapNode { ["Volume"] = "work", ["Destination"] = MountOf(options), ["ReadOnly"] = false }),
        }),
    };

    /// <summary>Nomad has no time limit: timeout(1) ends an attempt, with 124, which is not tried again.</summary>
    private static string Retry(AdapterJob job, AdapterOptions options, string command) => ShellScript.Retry(
        $"timeout {TaskCommand.Number(options.TimeLimit)} {ShellScript.Task(options, command, job.MountedPath(options, MountOf(options)))}",
        options.RetriesOrDefault);

    private static MapNode? Volume(AdapterOptions options)
    {
        if (options.Volume is string host)
            return new MapNode { ["Name"] = "work", ["Type"] = "host", ["Source"] = host, ["ReadOnly"] = false };
        return options.OtherVolume is not string csi ? null : new MapNode
        {
            ["Name"] = "work",
            ["Type"] = "csi",
            ["Source"] = csi,
            ["ReadOnly"] = false,
            ["AccessMode"] = "multi-node-multi-writer",
            ["AttachmentMode"] = "file-system",
        };
    }

    /// <summary>Jobs of Nomad do not depend on each other, so the script waits.</summary>
    private static string Script(AdapterJob job, AdapterOptions options, TaskPlan plan)
    {
        string name = job.NameOf(options);
        string space = options.Account is string account ? " -namespace=" + ShellScript.Command(account) : "";
        StringBuilder script = ShellScript.BeginSubmission(
            TaskCommand.Submits(job, "Nomad", plan, "Needs nomad.", then: "waits for them, "));
        foreach (string step in job.Steps) script.AppendFile(step + ".json", Write(job, options, plan, step));
        if (Volume(options) is null) script.Append(ShellScript.NothingShared(MountOf(options), "--host-volume or --csi-volume"));
        script.Append('\n').AppendNextSteps($"nomad job status{space} {name}-{job.Step}",
            job.ForSteps("; ", step => $"nomad job stop{space} {name}-{step}"),
            job.ForSteps("; ", step => $"nomad job stop{space} -purge {name}-{step}"));
        return script.Append($$$"""

            run() { # document, job: until nothing of it is left to run
              nomad job run{{{space}}} -detach -json "$work/$1.json" >/dev/null
              until [ "$(nomad job inspect{{{space}}} -t '{{.Status}}' "$2")" = dead ]; do sleep 5; done
              failed=$(nomad job allocs{{{space}}} -t '{{range .}}{{if eq .ClientStatus "failed"}}{{.ID}} {{end}}{{end}}' "$2")
              [ -z "$failed" ] || { echo "$2 failed: nomad alloc logs{{{space}}} -stderr ${failed%% *}" >&2; exit 1; }
            }


            """).Append(job.ForSteps("", step => $"run {step} {name}-{step}\n")).ToString();
    }
}
