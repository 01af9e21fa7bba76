using System;
using System.Collections.Generic;
using Helios.Jobs;
using Helios.Jobs.Receipts;

namespace Helios.Transfer;

/// <summary>The chunk files of a job in a store, as they were listed.</summary>
internal sealed class StoredChunks
{
    private readonly Dictionary<string, long> _sizes = [];
    private Func<List<StoreObject>>? _listAgain;

    /// <param name="spec">The job.</param>
    /// <param name="objects">Everything in its folder.</param>
    /// <param name="listAgain">Lists the folder again; null to believe the first list.</param>
    internal StoredChunks(JobSpec spec, List<StoreObject> objects, Func<List<StoreObject>>? listAgain = null)
    {
        Prefix = ChunkFileNames.For(spec).Prefix;
        _listAgain = listAgain;
        Add(objects);
    }

    internal const string ReceiptEnd = ".json";

    /// <summary>Beginning of their names.</summary>
    internal string Prefix { get; }

    /// <summary>Files and receipts, also those that no chunk needs.</summary>
    internal List<StoreObject> All { get; } = [];

    internal List<StoreObject> Receipts { get; } = [];

    internal bool HasReceipt(Chunk chunk) => _sizes.ContainsKey(ChunkNames.OfReceipt(chunk.Output));

    /// <summary>
    /// Size of the file that a receipt certifies; null when it is not there. Another worker of the chunk may have put both since the folder
    /// was listed, so a file that is missing is looked for in a second list.
    /// </summary>
    internal long? FindSize(Chunk chunk, Receipt receipt)
    {
        string name = ChunkNames.OfFile(chunk.Output, receipt.Digest);
        if (!_sizes.ContainsKey(name) && _listAgain is not null)
        {
            Add(_listAgain());
            _listAgain = null;
        }

        return _sizes.TryGetValue(name, out long size) ? size : null;
    }

    private void Add(List<StoreObject> objects)
    {
        foreach (StoreObject item in objects)
        {
            if (!item.Name.StartsWith(Prefix, StringComparison.Ordinal) || !_sizes.TryAdd(item.Name, item.Size)) continue;
            All.Add(item);
            if (item.Name.EndsWith(ReceiptEnd, StringComparison.Ordinal)) Receipts.Add(item);
        }
    }
}
