using System.Collections.Generic;
using Helios.Jobs;
using Helios.Jobs.Receipts;

namespace Helios.Transfer;

/// <summary>The chunk files of a job in a store, as they were listed.</summary>
internal sealed class StoredChunks
{
    private readonly Dictionary<string, long> _sizes = [];

    /// <param name="spec">The job.</param>
    /// <param name="objects">Everything in its folder.</param>
    internal StoredChunks(JobSpec spec, IEnumerable<StoreObject> objects)
    {
        Prefix = ChunkFileNames.For(spec).Prefix;
        foreach (StoreObject item in objects)
        {
            if (!item.Name.StartsWith(Prefix, System.StringComparison.Ordinal)) continue;
            _sizes[item.Name] = item.Size;
            All.Add(item);
            if (item.Name.EndsWith(ReceiptEnd, System.StringComparison.Ordinal)) Receipts.Add(item);
        }
    }

    internal const string ReceiptEnd = ".json";

    /// <summary>Beginning of their names.</summary>
    internal string Prefix { get; }

    /// <summary>Files and receipts, also those that no chunk needs.</summary>
    internal List<StoreObject> All { get; } = [];

    internal List<StoreObject> Receipts { get; } = [];

    internal bool HasReceipt(Chunk chunk) => _sizes.ContainsKey(ChunkNames.OfReceipt(chunk.Output));

    /// <summary>Size of the file that a receipt certifies; null when it is not there.</summary>
    internal long? FindSize(Chunk chunk, Receipt receipt) =>
        _sizes.TryGetValue(ChunkNames.OfFile(chunk.Output, receipt.Digest), out long size) ? size : null;
}
