using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Core.Interfaces;

namespace Helios.EndToEnd.Harness.Servers;

/// <summary>A real Slurm of one node, started for the tests that submit to it (Slurm/one-node.sh).</summary>
public sealed class SlurmNode : IAsyncInitializer, IAsyncDisposable
{
    /// <summary>So small that a job of few chunks goes beyond it.</summary>
    internal const int MaxArraySize = 5;

    private readonly TestDirectory _directory = new();

    private string Configuration { get; set; } = "";

    public async Task InitializeAsync()
    {
        RunResult result = await Script("start", MaxArraySize.ToString(CultureInfo.InvariantCulture));
        Configuration = result.Succeeded().Stdout.Trim();
    }

    /// <summary>The process with this Slurm as its own.</summary>
    internal ProcessRun Prepare(ProcessRun run) => run.WithEnvironment("SLURM_CONF", Configuration);

    /// <summary>Waits until nothing of these jobs is pending or running.</summary>
    /// <returns>The state of every task, <c>3_0 COMPLETED</c> or <c>4_N/A CANCELLED</c>, in order.</returns>
    internal async Task<IReadOnlyList<string>> WaitAsync(params string[] jobs)
    {
        string list = string.Join(',', jobs);
        while ((await QueueAsync("-j", list)).Count > 0) await Task.Delay(200);
        return await QueueAsync("-j", list, "-t", "all");
    }

    internal async Task<IReadOnlyList<string>> QueueAsync(params string[] options)
    {
        RunResult result = await Prepare(Tool.Run("squeue", "slurm-client", ["-h", "-r", "-o", "%F_%K %T", .. options]));
        return [.. result.Succeeded().Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        await Script("stop");
        _directory.Dispose();
    }

    private ProcessRun Script(string action, params string[] arguments) =>
        new(System.IO.Path.Combine(Repository.Project, "Slurm", "one-node.sh"), [action, _directory.Path, .. arguments]);
}
