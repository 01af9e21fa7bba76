using System.Collections.Generic;

namespace Helios.Transfer;

/// <summary>An object of a store.</summary>
/// <param name="Name">Its key below the listed folder.</param>
/// <param name="Size">In bytes.</param>
internal readonly record struct StoreObject(string Name, long Size)
{
    /// <summary>Bytes of several.</summary>
    internal static long SizeOf(IReadOnlyList<StoreObject> objects)
    {
        long bytes = 0;
        foreach (StoreObject item in objects) bytes += item.Size;
        return bytes;
    }
}
