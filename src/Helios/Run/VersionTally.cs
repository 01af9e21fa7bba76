using System.Collections.Generic;
using System.Globalization;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Receipts;
using Helios.Merge;

namespace Helios.Run;

/// <summary>
/// Compares the versions that rendered a job's chunks as soon as they are known: the merge would refuse a mixture only after
/// everything was rendered, and again after every rerun.
/// </summary>
/// <param name="jobId">The job.</param>
/// <param name="allowsMixed">Whether mixtures are allowed.</param>
internal sealed class VersionTally(string jobId, bool allowsMixed)
{
    private readonly SealComparison _seals = new();
    private string? _maker;
    private int _firstChunk;

    /// <exception cref="HeliosException">65: other versions rendered the previous chunks.</exception>
    internal void Add(Chunk chunk, Receipt receipt)
    {
        if (allowsMixed) return;
        if (_maker is null) (_maker, _firstChunk) = (receipt.Maker, chunk.Id);
        if (receipt.Maker != _maker)
        {
            throw Refuse(string.Create(CultureInfo.InvariantCulture,
                $"chunk {_firstChunk} was rendered by {_maker}, but chunk {chunk.Id} by {receipt.Maker}, so seams may be seen"));
        }

        IReadOnlyList<string> differences = _seals.Add(chunk, receipt, isRun: true);
        if (differences.Count > 0) throw Refuse(string.Create(CultureInfo.InvariantCulture, $"chunk {chunk.Id}: {differences[0]}"));
    }

    private HeliosException Refuse(string what) =>
        new(ExitCode.Invalid, what, $"job {jobId}", "render all of it again with --fresh, or continue as it is with --allow-mixed");
}
