using System;
using System.Collections.Generic;

namespace Helios.Run;

/// <summary>
/// Assigns chunks to workers. Each worker has a run of neighbours, which are rendered in one page; a worker whose run has ended takes half
/// of what is left of the longest run.
/// </summary>
internal sealed class ChunkRuns
{
    private readonly int[] _ids;
    private readonly long[] _frames; // of the chunks before each index
    private readonly List<Share> _shares = [];

    /// <summary>A part of <see cref="_ids"/>, without gaps.</summary>
    private sealed class Share(int first, int end)
    {
        internal int First { get; set; } = first;

        internal int End { get; set; } = end;

        /// <summary>Null while no worker has it.</summary>
        internal object? Owner { get; set; }

        internal int Count => End - First;
    }

    /// <param name="ids">The chunks, in the order of their frames.</param>
    /// <param name="framesOf">Their lengths.</param>
    /// <param name="workers">Number of workers, from 1.</param>
    internal ChunkRuns(int[] ids, Func<int, long> framesOf, int workers)
    {
        _ids = ids;
        _frames = new long[ids.Length + 1];
        for (int i = 0; i < ids.Length; i++) _frames[i + 1] = _frames[i] + framesOf(ids[i]);
        int part = 0;
        for (int i = 0; i < ids.Length; i++)
        {
            bool isFirst = i == 0 || ids[i] != ids[i - 1] + 1;
            if (isFirst || _frames[i] * (double)workers >= _frames[^1] * (part + 1.0)) _shares.Add(new Share(i, i));
            part = (int)(_frames[i] * (double)workers / _frames[^1]);
            _shares[^1].End = i + 1;
        }
    }

    /// <summary>Whether all chunks are given out.</summary>
    internal bool IsEmpty => _shares.Count == 0;

    /// <summary>The next chunk for a worker; null when there is none.</summary>
    /// <param name="owner">The worker.</param>
    internal int? Take(object owner)
    {
        Share? share = _shares.Find(share => share.Owner == owner) ?? FindLongest(isFree: true);
        if (share is null)
        {
            if (FindLongest(isFree: false) is not Share longest) return null;
            share = new Share(longest.End - ((longest.Count + 1) / 2), longest.End);
            longest.End = share.First;
            if (longest.Count == 0) _ = _shares.Remove(longest);
            _shares.Add(share);
        }

        share.Owner = owner;
        int id = _ids[share.First++];
        if (share.Count == 0) _ = _shares.Remove(share);
        return id;
    }

    /// <summary>Gives what is left of a worker's run to others.</summary>
    internal void Release(object owner)
    {
        foreach (Share share in _shares)
            if (share.Owner == owner) share.Owner = null;
    }

    private Share? FindLongest(bool isFree)
    {
        Share? longest = null;
        foreach (Share share in _shares)
        {
            if ((share.Owner is null) != isFree) continue;
            if (longest is null || FramesOf(share) > FramesOf(longest)) longest = share;
        }

        return longest;
    }

    private long FramesOf(Share share) => _frames[share.End] - _frames[share.First];
}
