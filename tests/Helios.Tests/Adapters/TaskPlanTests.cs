using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using CsCheck;
using Helios.Adapters;
using Helios.Cli.Options;
using Helios.Render;
using Helios.Tests.Support;

namespace Helios.Tests.Adapters;

internal sealed class TaskPlanTests
{
    [Test]
    [Arguments(4, null, null, 4, 1, DisplayName = "a task a chunk")]
    [Arguments(1000, null, null, 1000, 1, DisplayName = "as many chunks as the engine takes tasks")]
    [Arguments(1001, null, null, 501, 2, DisplayName = "one chunk more")]
    [Arguments(10_000_000, null, null, 1000, 10_000, DisplayName = "ten million chunks")]
    [Arguments(10, "3", null, 3, 4, DisplayName = "three tasks")]
    [Arguments(10, "4", null, 4, 3, DisplayName = "four tasks, the last has one chunk")]
    [Arguments(10, "6", null, 5, 2, DisplayName = "six tasks would leave one without chunks")]
    [Arguments(4, "9", null, 4, 1, DisplayName = "more tasks than chunks")]
    [Arguments(10, null, "4", 3, 4, DisplayName = "four chunks a task")]
    [Arguments(10, null, "99", 1, 99, DisplayName = "more chunks a task than there are")]
    public async Task Chunks_are_dealt_to_tasks(int chunks, string? tasks, string? perTask, int count, int each)
    {
        TaskPlan plan = Plan(chunks, tasks, perTask);

        await Assert.That((plan.Count, plan.PerTask)).IsEqualTo((count, each));
    }

    [Test]
    [Arguments(2000, "1001", null, "64: 1000 is more than the 999 tasks (--tasks); give --chunks-per-task 3 or more, or leave it to helios",
        999)]
    [Arguments(2000, null, "1",
        "64: 2000 is more than the 1000 tasks (--chunks-per-task); give --chunks-per-task 2 or more, or leave it to helios", 1000)]
    public async Task More_tasks_than_the_engine_takes_are_refused(int chunks, string? tasks, string? perTask, string refusal, int most) =>
        await Assert.That(Refusal.TextOf(() => Plan(chunks, tasks, perTask, most))).IsEqualTo(refusal);

    /// <summary>Every chunk belongs to exactly one task that the worker finds by its index, and no task is empty.</summary>
    [Test]
    public void Tasks_tile_the_chunks() =>
        Gen.Select(Gen.Int[1, 3000], Gen.Int[0, 50], Gen.Int[1, 1000])
            .Sample(
                (chunks, tasks, most) =>
                {
                    int wanted = Math.Min(tasks, most);
                    TaskPlan plan = Plan(chunks, wanted == 0 ? null : wanted.ToString(), null, most);
                    int next = 0;
                    for (int task = 0; task < plan.Count; task++)
                    {
                        var environment = new Dictionary<string, string>
                        {
                            ["HELIOS_CHUNK_INDEX"] = task.ToString(),
                            ["HELIOS_CHUNKS_PER_TASK"] = plan.PerTask.ToString(),
                        };
                        TaskChunks found = TaskIndex.FindChunks(null, name => environment.GetValueOrDefault(name));
                        if (found.First != next || next >= chunks)
                            return false;
                        next += found.Count;
                    }

                    return next >= chunks && plan.Count <= most;
                });

    private static TaskPlan Plan(int chunks, string? tasks, string? perTask, int most = 1000) =>
        TaskPlan.Make(chunks, new AdapterArguments { Tasks = tasks, ChunksPerTask = perTask }.ToOptions(), most, "tasks");
}
