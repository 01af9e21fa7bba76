using System;
using System.Globalization;
using System.IO;
using Helios.Jobs;
using Helios.Os.Files;
using Helios.Text;

namespace Helios.Run;

/// <summary>
/// Number of workers that a machine, or a container's share of it, can feed: one for each processor (.NET respects affinity and
/// cgroup quotas, versions 1 and 2), limited by memory.
/// </summary>
/// <param name="root">Directory of <c>proc</c> and <c>sys</c>; <c>/</c> except in tests.</param>
internal sealed class MachineLimits(string root)
{
    // peak PSS of browser, encoder and worker together in the examples: 330 MiB at 720p, 540 at 1080p, 1520 at 4K
    private const long WorkerBytes = 250_000_000;
    private const int BytesPerPixel = 170;

    /// <summary>Workers of a job that fit into memory, at most one for each processor, at least 1.</summary>
    internal int CountWorkers(int processors, RenderOptions options) =>
        (int)Math.Clamp(AvailableMemory() / BytesOfWorker(options), 1, Math.Max(1, processors));

    /// <summary>Memory that one worker of a job needs.</summary>
    internal static long BytesOfWorker(RenderOptions options) =>
        WorkerBytes + ((long)options.PixelWidth * options.PixelHeight * BytesPerPixel);

    /// <summary>Bytes that this process and its children may use; <see cref="long.MaxValue"/> when unlimited.</summary>
    internal long AvailableMemory()
    {
        long least = ReadKilobytes("proc/meminfo", "MemAvailable:") * 1024;
        if (least <= 0) least = long.MaxValue;
        foreach (string line in ReadText("proc/self/cgroup").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split(':', 3);
            if (parts.Length < 3) continue;
            if (parts[1].Length == 0) least = Math.Min(least, LeastAbove("sys/fs/cgroup", parts[2], "memory.max"));
            else if (Array.IndexOf(parts[1].Split(','), "memory") >= 0)
                least = Math.Min(least, LeastAbove("sys/fs/cgroup/memory", parts[2], "memory.limit_in_bytes"));
        }

        return least;
    }

    /// <summary>The smallest limit from a group up to the root; inside a container the path may be the host's and not exist.</summary>
    private long LeastAbove(string mount, string group, string file)
    {
        long least = long.MaxValue;
        string path = group.Trim('/');
        while (true)
        {
            string text = ReadText(Path.Combine(mount, path, file)).Trim();
            if (DecimalText.TryParseDigits(text, out long limit)) least = Math.Min(least, limit);
            if (path.Length == 0) return least;
            path = Path.GetDirectoryName(path) ?? "";
        }
    }

    private long ReadKilobytes(string file, string name)
    {
        foreach (string line in ReadText(file).Split('\n'))
        {
            if (!line.StartsWith(name, StringComparison.Ordinal)) continue;
            string number = line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
            if (long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long value)) return value;
        }

        return 0;
    }

    private string ReadText(string file)
    {
        try
        {
            return TextFile.Read(Path.Combine(root, file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
