using System.Globalization;
using Helios.Jobs;
using Helios.Jobs.Receipts;

namespace Helios.Merge;

/// <summary>
/// Compares the frame before each chunk, as the chunk rendered it, with the last frame of its neighbour. Chunks must be given in
/// order.
/// </summary>
internal sealed class SeamCheck
{
    private (Chunk Chunk, Receipt Receipt)? _previous;

    /// <summary>Chunks whose receipts have no seam because an older version wrote them.</summary>
    internal int Unproven { get; private set; }

    /// <summary>Why the seam before a chunk does not fit; null when it does, or when it is unknown.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="receipt">Its receipt; null when the chunk is not complete.</param>
    internal string? Add(Chunk chunk, Receipt? receipt)
    {
        var previous = _previous;
        _previous = receipt is null ? null : (chunk, receipt);
        if (receipt is not null && receipt.Seam is null) Unproven++;
        if (previous is not var (before, beforeReceipt) || receipt?.Seam?.Before is not string digest || beforeReceipt.Seam is not Seam seam
            || seam.Last == digest)
        {
            return null;
        }

        return string.Create(CultureInfo.InvariantCulture,
            $"chunks {before.Id} and {chunk.Id} do not fit: the frame before frame {chunk.StartFrame} is not the same in both; "
                + $"{SealComparison.Describe(before, beforeReceipt, chunk, receipt)}");
    }
}
