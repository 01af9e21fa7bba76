using System;
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

    /// <summary>Name of the lock of whoever writes into the folder.</summary>
    internal const string LockName = "batch.lock";

    /// <summary>Name of the report of a run.</summary>
    internal const string ReportName = "report.jsonl";

    /// <summary>In a store: the index without its rows, put last. A worker needs no more of it than their number.</summary>
    internal const string HeadName = "batch.head.json";

    /// <summary>In a store: the folder of the project, with its final slash.</summary>
    internal const string ProjectName = "project/";

    /// <summary>Beginning and end of the names of jobs and receipts.</summary>
    internal const string JobStart = "job_";
    internal const string JobEnd = ".json";

    internal const string ReceiptEnd = ".receipt.json";

    /// <summary>Name of the job spec of a row.</summary>
    internal static string JobName(int id) => string.Create(CultureInfo.InvariantCulture, $"{JobStart}{id}{JobEnd}");

    /// <summary>Name of the receipt of a row that is complete.</summary>
    internal static string ReceiptName(int id) => string.Create(CultureInfo.InvariantCulture, $"{JobStart}{id}{ReceiptEnd}");

    /// <summary>Whether a name in the folder is of the batch itself, and not of its project.</summary>
    internal static bool IsOwn(string name) => name is IndexName or LockName or ReportName or HeadName || IsOfRow(name);

    /// <summary>Whether a name is that of a row's job or receipt.</summary>
    internal static bool IsOfRow(string name)
    {
        if (!name.StartsWith(JobStart, StringComparison.Ordinal)) return false;
        int end = name.AsSpan(JobStart.Length).IndexOfAnyExceptInRange('0', '9') + JobStart.Length;
        return end > JobStart.Length && name.AsSpan(end) is JobEnd or ReceiptEnd;
    }

    internal static string IndexOf(string folder) => Path.Combine(folder, IndexName);
}
