using System;
using System.Collections.Generic;

namespace Helios.Text;

/// <summary>
/// Texts in an order that is the same everywhere. Sorted collections, and sorting by a comparer, would link the run-time's type loader
/// (docs/decisions/0003); sorting by a function does not.
/// </summary>
internal static class OrdinalOrder
{
    internal static string[] Sort(IReadOnlyCollection<string> texts)
    {
        string[] sorted = [.. texts];
        Array.Sort(sorted, string.CompareOrdinal);
        return sorted;
    }
}
