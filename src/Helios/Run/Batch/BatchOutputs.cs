using System;
using System.Globalization;
using System.Text;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Batch;
using Helios.Merge;
using Helios.Progress;

namespace Helios.Run.Batch;

/// <summary>
/// What <c>check-job --outputs</c> says of a batch: every row that is missing or wrong, and the totals. Rows that are missing for the same
/// reason, one after the other, are one line.
/// </summary>
internal sealed class BatchOutputs
{
    private readonly BatchSource _batch;
    private readonly RowReceipts _receipts;
    private readonly StringBuilder _lines = new();
    private readonly MissingChunks _missing;
    private int _complete;
    private int _wrong;
    private long _completeFrames;
    private long _frames;

    /// <param name="batch">The batch.</param>
    /// <param name="sizeInStore">As of <see cref="RowReceipts"/>.</param>
    internal BatchOutputs(BatchSource batch, Func<string, long?>? sizeInStore = null)
    {
        _batch = batch;
        _receipts = new RowReceipts(batch, static () => { }, sizeInStore);
        _missing = new MissingChunks(text => _lines.Append(text), RunStatus.Row);
    }

    internal bool IsComplete => _missing.Count + _wrong == 0;

    /// <exception cref="HeliosException">65, 66: its job cannot be read.</exception>
    internal void Add(BatchRow row)
    {
        var (state, reason, _) = _receipts.Find(row.Id);
        _frames += row.TotalFrames;
        string output = _batch.NameOf(row.Output);
        if (state == ChunkState.Missing)
        {
            _missing.Add(new Chunk { Id = row.Id, StartFrame = 0, FrameCount = row.TotalFrames, Output = output }, reason);
            return;
        }

        _missing.Flush();
        if (state == ChunkState.Complete)
        {
            _complete++;
            _completeFrames += row.TotalFrames;
            return;
        }

        _wrong++;
        _lines.Append(CultureInfo.InvariantCulture, $"{RunStatus.Row} {row.Id}: wrong: {ErrorText.OneLine(output)}: {reason}\n");
    }

    internal string ToText()
    {
        _missing.Flush();
        return string.Create(CultureInfo.InvariantCulture,
            $"{_lines}{_completeFrames} of {_frames} frames\n{_complete} complete, {_missing.Count} missing, {_wrong} wrong\n");
    }
}
