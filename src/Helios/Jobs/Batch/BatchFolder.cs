using System.Globalization;
using System.IO;

namespace Helios.Jobs.Batch;

/// <summary>
/// Names in the folder of a batch: <c>batch.json</c>, the index, and <c>job_&lt;id&gt;.json</c>, the job spec of each row. The names
/// follow from the id, so that a worker opens the spec of a row without a search in the index.
/// </summary>
internal static class BatchFolder
{
    /// <summary>Most rows of a batch, as of the chunks of a job.</summary>
    internal const int MaxRows = ChunkPlan.MaxChunks;

    internal const string IndexName = "batch.json";

    /// <summary>Name of the job spec of a row.</summary>
    internal static string JobName(int id) => string.Create(CultureInfo.InvariantCulture, $"job_{id}.json");

    /// <summary>Name of the receipt of a row that is complete.</summary>
    internal static string ReceiptName(int id) => string.Create(CultureInfo.InvariantCulture, $"job_{id}.receipt.json");

    internal static string IndexOf(string folder) => Path.Combine(folder, IndexName);
}
