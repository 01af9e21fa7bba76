using System.Globalization;
using System.Text;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Transfer;

namespace Helios.Merge;

/// <summary>Lines of <c>check-job --outputs</c>: every chunk that is incomplete or does not fit, then the totals.</summary>
internal sealed class OutputReport(JobSpec spec, string directory, StoredChunks? stored = null)
{
    private readonly ChunkCheck _check = new(spec, directory, new ProjectFiles(spec, directory, check: null), stored);
    private readonly SealComparison _seals = new();
    private readonly SeamCheck _seams = new();
    private readonly StringBuilder _lines = new();
    private string? _maker;
    private int _makerOf;
    private bool _isMixed;
    private int _complete;
    private int _missing;
    private int _wrong;

    internal bool IsComplete => _missing + _wrong == 0 && !_isMixed;

    internal string Text =>
        _lines.ToString() + string.Create(CultureInfo.InvariantCulture, $"{_complete} complete, {_missing} missing, {_wrong} wrong\n");

    internal void Add(Chunk chunk)
    {
        var (state, reason, receipt) = _check.CheckAll(chunk, null);
        if (receipt is not null) Compare(chunk, receipt);
        if (_seams.Add(chunk, receipt) is string seam) AddMixed(seam);
        if (state == ChunkState.Complete) _complete++;
        else if (state == ChunkState.Missing) _missing++;
        else _wrong++;
        if (state == ChunkState.Complete) return;
        string word = state == ChunkState.Missing ? "missing" : "wrong";
        _lines.Append(CultureInfo.InvariantCulture, $"chunk {chunk.Id}: {word}: {ErrorText.OneLine(chunk.Output)}: {reason}\n");
    }

    /// <summary>Collects the differences that the merge would refuse.</summary>
    private void Compare(Chunk chunk, Receipt receipt)
    {
        if (_maker is null) (_maker, _makerOf) = (receipt.Maker, chunk.Id);
        if (receipt.Maker != _maker)
        {
            AddMixed(string.Create(CultureInfo.InvariantCulture,
                $"chunk {chunk.Id}: rendered by {receipt.Maker}, chunk {_makerOf} by {_maker}"));
        }

        foreach (string difference in _seals.Add(chunk, receipt))
            AddMixed(string.Create(CultureInfo.InvariantCulture, $"chunk {chunk.Id}: {difference}"));
    }

    private void AddMixed(string line)
    {
        _isMixed = true;
        _lines.Append(line).Append('\n');
    }
}
