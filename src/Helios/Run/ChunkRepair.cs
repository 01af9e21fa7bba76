using System;
using System.Collections.Generic;
using System.Globalization;
using Helios.Jobs;
using Helios.Merge;
using Helios.Os;
using Helios.Progress;

namespace Helios.Run;

/// <summary>
/// When all chunks are complete, finds those that the merge would refuse because a file of the page changed meanwhile or because
/// they do not fit their neighbours, and renders each of them again once.
/// </summary>
internal sealed class ChunkRepair(JobSpec spec, ChunkTable chunks, RunSettings settings, RunStatus status)
{
    private readonly bool[] _tried = new bool[chunks.Count];
    private readonly bool[] _rendered = new bool[chunks.Count];

    /// <param name="rendered">Chunks that this run has rendered.</param>
    /// <param name="render">Renders chunks; the argument is true when some of them do not fit their neighbours.</param>
    internal void Repair(int[] rendered, Action<int[], bool> render)
    {
        foreach (int id in rendered) _rendered[id] = true;
        while (true) // each chunk once; one that is right now may show that the next one was wrong, too
        {
            bool[] isOdd = FindOdd(out bool hasSeams);
            var odd = new List<int>();
            for (int id = 0; id < isOdd.Length; id++)
            {
                if (!isOdd[id]) continue;
                odd.Add(id);
                status.Forget(chunks.FramesOf(id), !_rendered[id]);
                _rendered[id] = _tried[id] = true;
            }

            if (odd.Count == 0) return;
            render([.. odd], hasSeams);
        }
    }

    private bool[] FindOdd(out bool hasSeams)
    {
        hasSeams = false;
        bool[] isOdd = new bool[chunks.Count];
        string?[] seams = new string?[chunks.Count + 1]; // the problem before each chunk, where it does not fit
        var check = new ChunkCheck(spec, settings.Directory,
            new ProjectFiles(spec, settings.Directory, settings.Interrupts.ThrowIfRequested));
        var seam = new SeamCheck();
        for (int id = 0; id < chunks.Count; id++)
        {
            settings.Interrupts.ThrowIfRequested();
            Chunk chunk = chunks.Get(id);
            var (_, reason, receipt) = check.CheckReceipt(chunk);
            if (!settings.AllowsMixed) seams[id] = seam.Add(chunk, receipt);
            if (receipt is not null || _tried[id]) continue;
            isOdd[id] = true;
            Warn(string.Create(CultureInfo.InvariantCulture, $"chunk {id} is rendered again: {reason}"));
        }

        for (int id = 1; id < chunks.Count; id++)
        {
            if (seams[id] is null || Choose(id, seams[id - 1] is not null && seams[id + 1] is null) is not int chosen || isOdd[chosen])
                continue;
            isOdd[chosen] = hasSeams = true;
            Warn(string.Create(CultureInfo.InvariantCulture, $"{seams[id]}; chunk {chosen} is rendered again"));
        }

        return isOdd;
    }

    /// <summary>The chunk at a seam that is wrong, or null when both were tried.</summary>
    /// <param name="later">The chunk after the seam.</param>
    /// <param name="isEarlier">Whether the chunk before it does not fit on its other side either.</param>
    private int? Choose(int later, bool isEarlier)
    {
        var (first, second) = isEarlier ? (later - 1, later) : (later, later - 1);
        return !_tried[first] ? first : !_tried[second] ? second : null;
    }

    private void Warn(string text) => settings.Progress.Warn("helios: " + text);
}
