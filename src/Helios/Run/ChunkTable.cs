using System;
using System.Collections.Generic;
using Helios.Jobs;

namespace Helios.Run;

/// <summary>All chunks of a job in little memory: 12 bytes each, plus the name where it is not the usual one.</summary>
/// <param name="usual">Names of the job's chunk files.</param>
internal sealed class ChunkTable(ChunkFileNames usual)
{
    private readonly List<long> _starts = [];
    private readonly List<int> _counts = [];
    private readonly Dictionary<int, string> _otherNames = [];

    internal int Count => _starts.Count;

    internal void Add(Chunk chunk)
    {
        if (chunk.Output != usual[chunk.Id]) _otherNames.Add(chunk.Id, chunk.Output);
        _starts.Add(chunk.StartFrame);
        _counts.Add((int)chunk.FrameCount); // at most 10^9
    }

    /// <summary>Whether no chunk file has a name of its own.</summary>
    internal bool HasUsualNames => _otherNames.Count == 0;

    internal FrameRange RangeOf(int id) => new(_starts[id], _counts[id]);

    internal long FramesOf(int id) => _counts[id];

    internal Chunk Get(int id) => new()
    {
        Id = id,
        StartFrame = _starts[id],
        FrameCount = _counts[id],
        Output = _otherNames.TryGetValue(id, out string? name) ? name : usual[id],
    };
}
