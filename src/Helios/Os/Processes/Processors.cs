using System;
using System.Collections.Generic;
using System.Numerics;

namespace Helios.Os.Processes;

/// <summary>
/// The processors that this thread, and all that it starts from now on, may use. Such a limit does not change the output of
/// programs, while a number of encoder threads would change the bytes.
/// </summary>
internal static class Processors
{
    private const int Words = 128; // 8192 processors, the most that Linux is built for

    /// <summary>
    /// Keeps only some of the allowed processors, selected by the position among several users, so
    /// that neighbours do not share.
    /// </summary>
    /// <param name="count">Number of processors, from 1; no effect if that many or fewer exist.</param>
    /// <param name="place">
    /// Position among users of the same machine, from 0; only its remainder modulo the number of processors counts.
    /// </param>
    internal static unsafe void Limit(int count, long place)
    {
        if (!OperatingSystem.IsLinux()) return;
        ulong* mask = stackalloc ulong[Words];
        if (Libc.GetAffinity(0, Words * sizeof(ulong), mask) < 0) return; // then there is no set to choose from
        List<int> chosen = Choose(Allowed(new ReadOnlySpan<ulong>(mask, Words)), count, place);
        new Span<ulong>(mask, Words).Clear();
        foreach (int processor in chosen) mask[processor / 64] |= 1UL << (processor % 64);
        _ = Libc.SetAffinity(0, Words * sizeof(ulong), mask);
    }

    /// <summary>
    /// The processors of a position: the next <paramref name="count"/> after those of the positions
    /// before it, wrapping around at the end.
    /// </summary>
    internal static List<int> Choose(List<int> allowed, int count, long place)
    {
        if (count >= allowed.Count) return allowed;
        var chosen = new List<int>();
        long first = place % allowed.Count * count;
        for (int i = 0; i < count; i++) chosen.Add(allowed[(int)((first + i) % allowed.Count)]);
        return chosen;
    }

    private static List<int> Allowed(ReadOnlySpan<ulong> mask)
    {
        var allowed = new List<int>();
        for (int word = 0; word < mask.Length; word++)
            for (ulong rest = mask[word]; rest != 0; rest &= rest - 1) allowed.Add((word * 64) + BitOperations.TrailingZeroCount(rest));
        return allowed;
    }
}
