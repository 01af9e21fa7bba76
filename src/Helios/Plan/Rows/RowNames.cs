using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using Helios.Os.Files;
using Helios.Text;

namespace Helios.Plan.Rows;

/// <summary>
/// Finds names that two rows have in common, in 8 bytes a row: the first 64 bits of the SHA-256 of each are kept, and sorted at
/// the end. Equal ones are candidates: the caller reads the rows again for the names themselves.
/// </summary>
internal sealed class RowNames
{
    private const int BlockSize = 64 * 1024;

    private readonly List<ulong[]> _blocks = [];
    private int _count;

    /// <summary>The same for the same names in any order; tells whether a file of rows was changed between two readings.</summary>
    internal ulong Sum { get; private set; }

    internal static ulong HashOf(string path)
    {
        var hash = new Sha256();
        hash.Append(Encoding.UTF8.GetBytes(PathRules.KeyOf(path)));
        return BinaryPrimitives.ReadUInt64BigEndian(Convert.FromHexString(hash.Finish().AsSpan(0, 16)));
    }

    internal void Add(string path)
    {
        if (_count % BlockSize == 0) _blocks.Add(new ulong[BlockSize]);
        ulong hash = HashOf(path);
        _blocks[^1][_count++ % BlockSize] = hash;
        Sum += hash;
    }

    /// <summary>The hashes that are there more than once; empties the list.</summary>
    internal HashSet<ulong> FindRepeated()
    {
        ulong[] all = new ulong[_count];
        for (int i = 0; i < _blocks.Count; i++)
        {
            int start = i * BlockSize;
            _blocks[i].AsSpan(0, Math.Min(BlockSize, _count - start)).CopyTo(all.AsSpan(start));
            _blocks[i] = [];
        }

        _blocks.Clear();
        Array.Sort(all);
        var repeated = new HashSet<ulong>();
        for (int i = 1; i < all.Length; i++)
            if (all[i] == all[i - 1]) _ = repeated.Add(all[i]);
        return repeated;
    }
}
