using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Helios.Os.Files;

namespace Helios.Os.Processes;

/// <summary>This process, and those that it has started, directly or not.</summary>
internal static class ProcessTree
{
    private const double TicksPerSecond = 100; // of the kernel's interface, whatever its own clock is
    private const int Parent = 1, FirstTime = 11, Times = 4; // fields after the name: proc_pid_stat(5)

    /// <summary>Of one process.</summary>
    /// <param name="Parent">Id of its parent.</param>
    /// <param name="Ticks">Processor time, with that of ended children.</param>
    internal sealed record Usage(int Parent, long Ticks);

    /// <summary>
    /// Processor time that they have used so far, s, with that of those which have ended and were waited for; null where there is no
    /// <c>/proc</c>.
    /// </summary>
    internal static double? CpuTime()
    {
        if (!OperatingSystem.IsLinux()) return null;
        var all = new Dictionary<int, Usage>();
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out int id)) continue;
            try
            {
                if (Parse(TextFile.Read(directory + "/stat")) is Usage found) all[id] = found;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // it has just ended
            }
        }

        long ticks = 0;
        foreach (var (id, found) in all)
            if (IsBelow(id, all)) ticks += found.Ticks;
        return ticks / TicksPerSecond;
    }

    /// <summary>Processor time that no process of the machine has used since it started, s; null where there is no <c>/proc</c>.</summary>
    internal static double? IdleTime()
    {
        if (!OperatingSystem.IsLinux()) return null;
        foreach (string line in TextFile.ReadLines("/proc/stat")) return ParseIdle(line);
        return null;
    }

    /// <summary>Of the first line of <c>/proc/stat</c>: <c>cpu user nice system idle iowait …</c>.</summary>
    internal static double? ParseIdle(string line)
    {
        const int Idle = 4, Waiting = 5;
        string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > Waiting && fields[0] == "cpu"
            && long.TryParse(fields[Idle], NumberStyles.None, CultureInfo.InvariantCulture, out long idle)
            && long.TryParse(fields[Waiting], NumberStyles.None, CultureInfo.InvariantCulture, out long waiting)
            ? (idle + waiting) / TicksPerSecond
            : null;
    }

    /// <summary>Parent and processor time of a line of <c>/proc/&lt;id&gt;/stat</c>; the name in parentheses may hold anything.</summary>
    internal static Usage? Parse(string line)
    {
        int end = line.LastIndexOf(')');
        string[] fields = end < 0 ? [] : line[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < FirstTime + Times || !int.TryParse(fields[Parent], CultureInfo.InvariantCulture, out int parent)) return null;
        long ticks = 0;
        for (int i = 0; i < Times; i++)
        {
            if (!long.TryParse(fields[FirstTime + i], CultureInfo.InvariantCulture, out long time)) return null;
            ticks += time;
        }

        return new Usage(parent, ticks);
    }

    private static bool IsBelow(int id, Dictionary<int, Usage> all)
    {
        for (int steps = 0; steps < all.Count; steps++) // lines are read one after the other, so that they may form a cycle
        {
            if (id == Environment.ProcessId) return true;
            if (!all.TryGetValue(id, out Usage? found)) return false;
            id = found.Parent;
        }

        return false;
    }
}
