using System.Collections.Generic;
using Helios.Os;
using Helios.Os.Processes;
using Helios.Render;

namespace Helios.Run;

/// <summary>The indices of a task's chunks, or rows, one after the other; null when nothing says which.</summary>
internal static class TaskIndices
{
    internal static IEnumerable<int?> Of(TaskChunks task, Interrupts interrupts) => task.IsRead ? Read(interrupts) : Count(task);

    private static IEnumerable<int?> Count(TaskChunks task)
    {
        for (int i = 0; i < task.Count; i++) yield return task.First is int first ? first + i : null;
    }

    /// <summary>Indices that standard input tells, each when it is asked for.</summary>
    private static IEnumerable<int?> Read(Interrupts interrupts)
    {
        var lines = new InputLines(interrupts.ThrowIfRequested);
        while (lines.Next() is string line) yield return TaskIndex.ParseLine(line.Trim());
    }
}
