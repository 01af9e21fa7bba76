using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Helios.Errors;
using Helios.Jobs;

namespace Helios.Merge;

/// <summary>Chunks that are missing, in ranges: of a job that has begun most are, and there may be a million.</summary>
/// <param name="addLine">Receives lines, each with its end.</param>
/// <param name="unit">What is missing, chunks or the rows of a batch.</param>
internal sealed class MissingChunks(Action<string> addLine, string unit = "chunk")
{
    private const int MostLines = 3; // of chunks that are missing for the same reason, one after the other

    private readonly List<(int First, int Last)> _ranges = [];
    private readonly StringBuilder _lines = new();
    private string _reason = "";
    private int _begin;
    private int _end = -1; // after the last chunk of the current range

    internal int Count { get; private set; }

    /// <summary>Ids, first and last of each range.</summary>
    internal IReadOnlyList<(int First, int Last)> Ranges => _ranges;

    internal void Add(Chunk chunk, string reason)
    {
        Count++;
        if (_ranges.Count > 0 && _ranges[^1].Last == chunk.Id - 1) _ranges[^1] = (_ranges[^1].First, chunk.Id);
        else _ranges.Add((chunk.Id, chunk.Id));
        if (chunk.Id != _end || reason != _reason)
        {
            Flush();
            (_begin, _reason) = (chunk.Id, reason);
        }

        _end = chunk.Id + 1;
        if (_end - _begin <= MostLines)
            _lines.Append(CultureInfo.InvariantCulture, $"{unit} {chunk.Id}: missing: {ErrorText.OneLine(chunk.Output)}: {reason}\n");
    }

    /// <summary>Writes the lines of the current range.</summary>
    internal void Flush()
    {
        int count = _end - _begin;
        if (count > MostLines)
            addLine(string.Create(CultureInfo.InvariantCulture, $"{unit}s {_begin} to {_end - 1}: missing: {_reason}\n"));
        else if (_lines.Length > 0) addLine(_lines.ToString());
        _lines.Clear();
        (_begin, _end) = (0, -1);
    }
}
