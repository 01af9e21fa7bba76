using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Helios.EndToEnd.Harness.Programs;
using TUnit.Core.Interfaces;

namespace Helios.EndToEnd.Harness.Servers;

/// <summary>A real Grid Engine of one node, started for the tests that submit to it (GridEngine/one-node.sh).</summary>
public sealed class GridEngineNode : IAsyncInitializer, IAsyncDisposable
{
    /// <summary>So small that a job of few chunks goes beyond it.</summary>
    internal const int MaxTasks = 5;

    private readonly TestDirectory _directory = new();

    private string[] Configuration { get; set; } = [];

    public async Task InitializeAsync()
    {
        RunResult result = await Script("start", MaxTasks.ToString(CultureInfo.InvariantCulture));
        Configuration = result.Succeeded().Stdout.Trim().Split('\n');
    }

    /// <summary>The process with this Grid Engine as its own.</summary>
    internal ProcessRun Prepare(ProcessRun run) => run.WithEnvironment("SGE_ROOT", Configuration[0]).WithEnvironment("SGE_CELL", "default")
        .WithEnvironment("SGE_QMASTER_PORT", Configuration[1]).WithEnvironment("SGE_EXECD_PORT", Configuration[2]);

    /// <summary>Waits until nothing of these jobs is pending or running.</summary>
    /// <returns>The exit code of every task that ended, <c>3.1 0</c>, in order; a job without tasks has task <c>undefined</c>.</returns>
    internal async Task<IReadOnlyList<string>> WaitAsync(params string[] jobs)
    {
        while ((await QueueAsync()).Intersect(jobs).Any()) await Task.Delay(200);
        var ended = new List<string>();
        foreach (string job in jobs)
        {
            // the accounting file is written a moment later
            RunResult result = await Account(job);
            for (int i = 0; i < 50 && result.ExitCode != 0; i++)
            {
                await Task.Delay(200);
                result = await Account(job);
            }

            string task = "";
            foreach (string[] words in result.Stdout.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            {
                if (words.Length < 2) continue;
                if (words[0] == "taskid") task = words[1];
                if (words[0] == "exit_status") ended.Add($"{job}.{task} {words[1]}");
            }
        }

        ended.Sort(StringComparer.Ordinal);
        return ended;
    }

    /// <summary>Ids of jobs that are pending or running.</summary>
    internal async Task<IReadOnlyList<string>> QueueAsync()
    {
        RunResult result = await Prepare(Tool.Run("qstat", "gridengine-client"));
        return [.. result.Succeeded().Stdout.Split('\n').Skip(2).Select(line => line.Trim().Split(' ')[0]).Where(id => id.Length > 0)];
    }

    public async ValueTask DisposeAsync()
    {
        await Script("stop");
        _directory.Dispose();
    }

    private ProcessRun Account(string job) => Prepare(Tool.Run("qacct", "gridengine-client", "-j", job));

    private ProcessRun Script(string action, params string[] arguments) =>
        new(System.IO.Path.Combine(Repository.Project, "GridEngine", "one-node.sh"), [action, _directory.Path, .. arguments]);
}
