using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Helios.Os.Processes;

/// <summary>What the threads of processes have done so far, from <c>/proc</c>: two looks tell whether one has run between them.</summary>
internal static class ThreadActivity
{
    private const string OwnStatus = "/proc/self/status";
    private const int LongestStatus = 8192; // the last lines count; a list of thousands of groups is longer, and then nothing is known

    private static readonly Lazy<bool> s_isKnown = new(static () =>
        File.Exists(OwnStatus) && File.ReadAllBytes(OwnStatus).AsSpan().IndexOf(Taken) >= 0);

    private static ReadOnlySpan<byte> State => "\nState:\t"u8;

    private static ReadOnlySpan<byte> Given => "\nvoluntary_ctxt_switches:\t"u8;

    private static ReadOnlySpan<byte> Taken => "\nnonvoluntary_ctxt_switches:\t"u8;

    /// <summary>Whether the system tells: Linux does, a kernel in its place such as gVisor may not.</summary>
    internal static bool IsKnown => s_isKnown.Value;

    /// <summary>One thread.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Switches">How often it has begun or ceased to run.</param>
    internal readonly record struct Seen(long Id, long Switches);

    /// <summary>Looks at all threads of some processes.</summary>
    /// <returns>Them, without those of processes that have ended; null when one runs, or waits for a processor or a disk.</returns>
    internal static List<Seen>? FindResting(IEnumerable<long> processes)
    {
        var threads = new List<Seen>();
        try
        {
            foreach (long process in processes)
            {
                string tasks = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task");
                if (!Directory.Exists(tasks)) continue;
                foreach (string thread in Directory.EnumerateDirectories(tasks))
                {
                    if (Read(thread + "/status") is not long switches) return null;
                    threads.Add(new Seen(long.Parse(Path.GetFileName(thread.AsSpan()), CultureInfo.InvariantCulture), switches));
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // one has just ended
        }

        return threads;
    }

    private static long? Read(string path)
    {
        Span<byte> status = stackalloc byte[LongestStatus];
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        int length = RandomAccess.Read(file, status, 0);
        return Parse(status[..length]);
    }

    /// <summary>How often a thread has begun or ceased to run: from <c>/proc/…/status</c> (proc_pid_status(5)).</summary>
    /// <param name="status">That file.</param>
    /// <returns>Null when it does not sleep, or the file does not tell.</returns>
    internal static long? Parse(ReadOnlySpan<byte> status)
    {
        if (Find(status, State) is not [(byte)'S', ..]) return null;
        return Utf8Parser.TryParse(Find(status, Given), out long given, out _)
            && Utf8Parser.TryParse(Find(status, Taken), out long taken, out _)
            ? given + taken
            : null;
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> status, ReadOnlySpan<byte> name)
    {
        int start = status.IndexOf(name);
        return start < 0 ? default : status[(start + name.Length)..];
    }
}
